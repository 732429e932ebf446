"""Hypothesis strategies for projects that are all or nothing, paid on given dates, or tied to each other."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Any

from hypothesis import strategies as st

from tests import strategies
from tests.scenarios import Case, Row, fund, project

CENT = Decimal("0.01")


def public_cost(row: Row) -> Decimal:
    """万元 of public money of a project, rounded up."""
    own = Decimal(str(row.get("self_raised_share") or 0))
    return (Decimal(str(row["cost_wan"])) * (1 - own)).quantize(CENT, ROUND_CEILING)


def window(row: Row, horizon: tuple[int, int]) -> tuple[int, int]:
    """First and last year in which a project may be paid."""
    return int(str(row.get("first_year") or horizon[0])), int(str(row.get("last_year") or horizon[1]))


@st.composite
def outlays(draw: st.DrawFn, row: Row, horizon: tuple[int, int]) -> str:
    """An outlay that adds up to the public cost: none, by calendar year, or from a start year."""
    first, last = window(row, horizon)
    units = int(public_cost(row) * 100)
    count = draw(st.integers(1, min(last - first + 1, units)))
    ends = sorted(draw(st.sets(st.integers(1, units - 1), min_size=count - 1, max_size=count - 1)))
    paid = [Decimal(b - a) / 100 for a, b in zip([0, *ends], [*ends, units], strict=True)]
    form = draw(st.sampled_from(["any year", "calendar", "from start"]))
    if form == "any year":
        return ""
    if form == "from start":
        return ";".join(map(str, paid))
    years = sorted(draw(st.sets(st.integers(first, last), min_size=count, max_size=count)))
    return ";".join(f"{year}:{amount}" for year, amount in zip(years, paid, strict=True))


@st.composite
def modes(draw: st.DrawFn, rows: Sequence[Row], horizon: tuple[int, int]) -> list[Row]:
    """The same projects, each in any mode, some with a smallest useful amount or a tie to another."""
    names = [str(row["id"]) for row in rows]
    found: list[Row] = []
    for row in rows:
        cells: dict[str, object] = {"mode": draw(st.sampled_from(["divisible", "whole", "whole", "fixed"]))}
        if cells["mode"] == "fixed":
            cells["outlay"] = draw(outlays(row, horizon))
        if cells["mode"] == "divisible" and draw(st.booleans()):
            cells["minimum_wan"] = public_cost(row) * draw(strategies.shares(10, 100))
        others = [name for name in names if name != row["id"]]
        tie = draw(st.sampled_from(["requires", "excludes", "", "", ""]))
        if tie and others:
            cells[tie] = draw(st.sampled_from(others))
        forbidden = draw(st.integers(0, 19)) == 0 and not row.get("required")
        cells["forbidden"] = "true" if forbidden else ""
        found.append({**row, **cells})
    return found


@st.composite
def counts(draw: st.DrawFn) -> Mapping[str, Any]:
    """A floor or a cap on the number of projects, in all or by place, perhaps of one fund and some years."""
    limit = draw(st.sampled_from(["at_least", "at_most", "at_most"]))
    counted = [[strategies.INDUSTRY], [strategies.BUILDING, strategies.JOBS], strategies.CATEGORIES]
    spec: dict[str, Any] = {
        "kind": "project_count",
        "categories": draw(st.sampled_from(counted)),
        limit: draw(st.integers(0 if limit == "at_most" else 1, 3)),
    }
    scopes: list[dict[str, Any]] = [{}, {}, {"each": "village"}, {"each": "town"}, {"places": ["t1", "v3"]}]
    spec |= draw(st.sampled_from(scopes))
    if not spec.keys().isdisjoint(("each", "places")) and draw(st.booleans()):
        spec["already"] = "leading_industries"
    if draw(st.integers(0, 3)) == 0:
        spec["funds"] = ["all"]
    return spec


@st.composite
def mixed(draw: st.DrawFn) -> Case:
    """Scenarios of all kinds with all modes mixed: links, counts, carried money and commitments as well."""
    case: Case = draw(
        st.one_of(
            strategies.cases(),
            strategies.kind_relaxations().map(lambda pair: pair.tight),
            strategies.limited(),
        )
    )
    rows = draw(modes(case.projects, case.years))
    rules = dict(case.rules)
    places = case.places
    if draw(st.booleans()):
        rules["count"] = draw(counts())
        there = [draw(st.integers(0, 2)) for _ in places]
        places = [
            {**row, "leading_industries": ";".join("茶果菌"[:n])}
            for row, n in zip(places, there, strict=True)
        ]
    funds = case.funds
    if draw(st.booleans()):
        funds = {**funds, "all": {**funds["all"], "carry_over": draw(st.integers(1, 2))}}
    return case.but(projects=rows, rules=rules, places=places, funds=funds, **draw(promises(rows, case)))


@st.composite
def promises(draw: st.DrawFn, rows: Sequence[Row], case: Case) -> Mapping[str, Any]:
    """Perhaps commitments to some divisible projects, and perhaps a first year that is decided."""
    if "open" in case.rules or not draw(st.booleans()):
        return {}
    found = []
    for row in rows:
        if (
            row["mode"] != "divisible"
            or row.get("forbidden")
            or row.get("minimum_wan")
            or draw(st.booleans())
        ):
            continue
        year = draw(st.integers(*window(row, case.years)))
        cell = {"project": row["id"], "fund": "all", "year": year}
        place = str(row["places"])
        cell["place"] = place.partition(":")[0] if ":" in place else ""
        most = int(public_cost(row) * 20)  # a fifth of the cost: the smallest part may be no more
        if most:
            found.append({**cell, "amount_wan": Decimal(draw(st.integers(1, min(most, 300)))) / 100})
    decided = case.years[0] if draw(st.integers(0, 4)) == 0 else None
    return {"commitments": found, "decided_through": decided}


@st.composite
def _library(draw: st.DrawFn, horizon: tuple[int, int], most: int) -> list[Row]:
    """Between two and ``most`` projects of any place, window, cost and own benefit."""
    names = draw(
        st.lists(
            st.sampled_from([*strategies.NAMES, *strategies.NEW_NAMES]),
            min_size=2,
            max_size=most,
            unique=True,
        )
    )
    ranks = draw(st.booleans())
    rows = []
    for name in names:
        first = draw(st.integers(*horizon))
        cells = {
            "first_year": first if draw(st.integers(0, 3)) == 0 else "",
            "last_year": draw(st.integers(first, horizon[1])) if draw(st.integers(0, 3)) == 0 else "",
            "rank": draw(st.sampled_from(["", 1, 2, 3])) if ranks else "",
            "required": "true" if draw(st.integers(0, 29)) == 0 else "",
            "benefit": draw(st.integers(0, 50)),
            "beneficiary_persons": draw(st.integers(1, 400)),
            "beneficiary_households": draw(st.integers(1, 120)),
        }
        place = draw(st.sampled_from([*strategies.VILLAGES, "t1", "c", "v1:0.5;v2:0.5"]))
        cost = draw(strategies.wan(60))
        rows.append(project(name, cost, draw(st.sampled_from(strategies.CATEGORIES)), place, **cells))
    return rows


@st.composite
def choosable(draw: st.DrawFn, most: int) -> Case:
    """Up to ``most`` projects of all modes, links, counts, funds, places and rules, some of them soft.

    Either of one year, with effects and targets; or of several years with the planner's own benefit, so
    that the year of a last payment never matters and every choice leaves a linear programme of money alone.
    """
    horizon = (strategies.FIRST_YEAR, strategies.FIRST_YEAR + draw(st.sampled_from([0, 1, 1, 2])))
    rules = dict(draw(strategies.rules(horizon)))
    for name in sorted(
        rules.keys() - {"open"}
    ):  # as hard rules most of them cannot be kept with whole projects
        if draw(st.integers(0, 3)):
            rules[name] = {**rules[name], "soft": {"tier": draw(st.integers(1, 3)), "weight": 1}}
    one_year = horizon[0] == horizon[1]
    places: Sequence[Row] = draw(strategies.places(["w"] if one_year else []))
    if draw(st.booleans()):
        rules["count"] = draw(counts())
        there = st.sampled_from(["", "", "茶", "茶;果"])
        places = [{**row, "leading_industries": draw(there)} for row in places]
    return Case(
        funds=draw(strategies.funds(horizon)),
        projects=draw(modes(draw(_library(horizon, most)), horizon)),
        years=horizon,
        places=places,
        rules=rules,
        **(draw(strategies.purposes(horizon)) if one_year else {}),
    )


@st.composite
def many_choices(draw: st.DrawFn, least: int, most: int) -> Case:
    """From ``least`` to ``most`` projects, mostly whole, two funds and two years under a share and a cap."""
    count = draw(st.integers(least, most))
    rows = []
    for number in range(count):
        cost = draw(strategies.wan(60))
        cells = {"mode": draw(st.sampled_from(["whole", "whole", "fixed", "divisible"]))}
        worth = draw(st.integers(50, 150))
        category = draw(st.sampled_from(strategies.CATEGORIES))
        rows.append(project(f"P{number:03d}", cost, category, benefit=cost * worth / 100, **cells))
    share = {"kind": "category_share", "categories": [strategies.INDUSTRY], "of": "spent"}
    counted = {"kind": "project_count", "categories": [strategies.BUILDING]}
    return Case(
        funds={
            "f": fund(draw(strategies.wan(12 * count, 5 * count))),
            "g": fund(draw(strategies.wan(60)), categories=[strategies.JOBS]),
        },
        projects=rows,
        years=(2021, 2022),
        rules={
            "share": {**share, "at_least": draw(strategies.shares(5, 50))},
            "count": {**counted, "at_most": draw(st.integers(1, count // 3))},
        },
    )
