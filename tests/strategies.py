"""All hypothesis strategies: small scenarios, what relaxes them, and small programmes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from hypothesis import strategies as st

from tests.scenarios import OWN, Case, Records, Row, fund, project
from zxsim.core.program import Program, ProgramBuilder, Triplets

INDUSTRY, BUILDING, JOBS = "产业发展", "乡村建设行动", "就业项目"
CATEGORIES = (INDUSTRY, BUILDING, JOBS)
NAMES = ("B", "D", "F", "H", "K", "水", "路", "果园")
NEW_NAMES = ("A", "E", "J", "Z", "丁", "茶")
VILLAGES = ("v1", "v2", "v3")
FIRST_YEAR = 2021
NOTHING: Records = {}


@dataclass(frozen=True)
class Relaxed:
    """Two scenarios, the second with everything that the first allows, and more; ``what`` was relaxed."""

    what: str
    tight: Case
    loose: Case


@dataclass(frozen=True, eq=False)
class Stated:
    """A small bounded programme and costs to be minimised one after the other."""

    program: Program
    costs: Sequence[np.ndarray[Any, np.dtype[np.float64]]]


def wan(most: int, least: int = 1) -> st.SearchStrategy[Decimal]:
    """Amounts in 万元 with two digits, half of them whole so that ties happen."""
    fine = st.integers(least * 100, most * 100).map(lambda units: Decimal(units) / 100)
    return st.one_of(st.integers(least, most).map(Decimal), fine)


def shares(low: int, high: int) -> st.SearchStrategy[Decimal]:
    """Shares in per cent or per mille from ``low`` to ``high`` per cent."""
    per_cent = st.integers(low, high).map(lambda n: Decimal(n) / 100)
    return st.one_of(per_cent, st.integers(low * 10, high * 10).map(lambda n: Decimal(n) / 1000))


def places(indicators: Sequence[str] = ("w",)) -> st.SearchStrategy[list[Row]]:
    """A county with two towns and three villages, each with what targets may ask of it."""
    return st.lists(st.integers(1, 40), min_size=6, max_size=6).map(
        lambda numbers: [
            {
                "id": name,
                "name": name,
                "level": level,
                "parent": parent,
                "population": 50 * n,
                "households": 15 * n,
                "income_yuan": 9000 + 70 * n,
                "income_year": 2020,
                "trend": Decimal(n) / 1000,
                **{f"base_{indicator}": Decimal(n) / 50 for indicator in indicators},
            }
            for (name, level, parent), n in zip(
                [
                    ("c", "county", ""),
                    ("t1", "town", "c"),
                    ("t2", "town", "c"),
                    ("v1", "village", "t1"),
                    ("v2", "village", "t1"),
                    ("v3", "village", "t2"),
                ],
                numbers,
                strict=True,
            )
        ]
    )


@st.composite
def projects(draw: st.DrawFn, horizon: tuple[int, int], *, ranks: bool) -> list[Row]:
    """Between two and eight projects; each category and village may occur, windows within the horizon."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=8, unique=True))
    return [draw(_project(name, horizon, ranks=ranks)) for name in names]


@st.composite
def _project(draw: st.DrawFn, name: str, horizon: tuple[int, int], *, ranks: bool) -> Row:
    first = draw(st.integers(*horizon))
    heads = draw(st.integers(1, 400))
    return project(
        name,
        draw(wan(60)),
        draw(st.sampled_from(CATEGORIES)),
        draw(st.sampled_from([*VILLAGES, "t1", "c", "v1:0.5;v2:0.5", "v1:0.333;v2:0.333;v3:0.334"])),
        self_raised_share=draw(st.sampled_from(["", "0.1", "0.333"])),
        first_year=first if draw(st.booleans()) else "",
        last_year=draw(st.integers(first, horizon[1])) if draw(st.booleans()) else "",
        required="true" if draw(st.integers(0, 19)) == 0 else "",
        rank=draw(st.sampled_from(["", 1, 2, 3, 5])) if ranks else "",
        benefit=draw(st.integers(0, 50)),
        beneficiary_persons=heads,
        beneficiary_households=heads // 3,
    )


@st.composite
def funds(draw: st.DrawFn, horizon: tuple[int, int]) -> Records:
    """One fund for everything and at most two narrower ones; money in every year."""
    years = range(horizon[0], horizon[1] + 1)
    found = {"all": fund({year: draw(wan(80, 20)) for year in years})}
    if draw(st.booleans()):
        found["earmark"] = fund(draw(wan(15)), per_place=draw(st.sampled_from([VILLAGES, ("t1", "t2")])))
    if draw(st.booleans()):
        narrow = draw(
            st.sampled_from([{"categories": [INDUSTRY]}, {"not_categories": [JOBS]}, {"places": ["t1"]}, {}])
        )
        found["narrow"] = fund(draw(wan(30)), **narrow)
    return found


@st.composite
def rules(draw: st.DrawFn, horizon: tuple[int, int], *, of_fund: bool = True) -> Records:
    """Rules of every kind that a small library can often keep; ``of_fund`` lets rows depend on money."""
    base = st.sampled_from(["fund", "spent"] if of_fund else ["spent"])
    found: dict[str, Mapping[str, Any]] = {}
    chosen = draw(st.sets(st.sampled_from(["cap", "least", "rise", "path", "floor", "open"]), max_size=4))
    if "cap" in chosen:
        found["cap"] = _share(draw, base, [BUILDING, JOBS], "at_most", 20, 95)
    if "least" in chosen:
        found["least"] = _share(draw, base, [INDUSTRY], "at_least", 1, 45)
    if "rise" in chosen and of_fund:
        found["rise"] = {
            "kind": "rising_share",
            "categories": [INDUSTRY],
            "start": draw(shares(0, 30)),
            "step": draw(shares(0, 8)),
            "funds": ["all"],
        }
    if "path" in chosen:
        years = range(horizon[0], horizon[1] + 1)
        steps = sorted(draw(shares(0, 60)) for _ in years)
        found["path"] = {
            "kind": "rising_share",
            "categories": [BUILDING, JOBS],
            "of": "spent",
            "path": dict(zip(years, steps, strict=True)),
        }
    if "floor" in chosen:
        scope: Mapping[str, Any] = draw(
            st.sampled_from([{"each": "village"}, {"each": "town"}, {"places": ["t1", "v3"]}, {}])
        )
        found["floor"] = {
            "kind": "place_floor",
            "at_least_wan": draw(wan(4)),
            "per": draw(st.sampled_from(["year", "period"])),
            **scope,
        }
    if "open" in chosen:
        names = draw(st.sets(st.sampled_from(NAMES), min_size=5))
        found["open"] = {"kind": "eligibility", "where": {"name": sorted(names)}}
    return found


def _share(
    draw: st.DrawFn, base: st.SearchStrategy[str], names: Sequence[str], limit: str, low: int, high: int
) -> Mapping[str, Any]:
    return {
        "kind": "category_share",
        "categories": names,
        limit: draw(shares(low, high)),
        "of": draw(base),
    }


@st.composite
def purposes(draw: st.DrawFn, horizon: tuple[int, int]) -> Mapping[str, Any]:
    """Own benefit, or effects with targets in some tiers and perhaps a worth of coverage."""
    targets = draw(_targets(horizon))
    effects: Records = {
        "w": {
            "kind": "coverage",
            "categories": [BUILDING],
            "indicator": "w",
            "heads": draw(st.sampled_from(["beneficiary_persons", 30])),
            "lag": draw(st.integers(0, 1)),
        },
        "o": {
            "kind": "asset_yield",
            "categories": [INDUSTRY],
            "yield": draw(shares(2, 12)),
            "collective_share": draw(shares(0, 30)),
            "low_income_share": draw(shares(0, 100)),
            "lag": draw(st.integers(0, 1)),
            "life": draw(st.integers(1, 10)),
            "decay": draw(shares(0, 30)),
        },
        "job": {
            "kind": "asset_yield",
            "categories": [JOBS],
            "yield": draw(shares(20, 60)),
            "lag": 0,
            "life": 1,
        },
    }
    indicators = {"w": {"counts": draw(st.sampled_from(["persons", "households"]))}}
    common = {"indicators": indicators, "effects": effects, "targets": targets}
    if draw(st.booleans()):
        return {**common, "benefit": OWN}
    return {**common, "benefit": {"coverage_yuan": {"w": draw(st.sampled_from([500, 2000]))}}}


@st.composite
def _targets(draw: st.DrawFn, horizon: tuple[int, int]) -> Records:
    found: dict[str, Mapping[str, Any]] = {}
    for name in sorted(draw(st.sets(st.sampled_from(["water", "income", "exact", "county"]), max_size=3))):
        relation = draw(st.sampled_from(["="] if name == "exact" else [">=", ">=", "<="]))
        is_water = name in ("water", "exact")
        found[name] = {
            "indicator": "w" if is_water else "income",
            "relation": relation,
            "value": draw(shares(30, 100)) if is_water else draw(st.integers(9000, 12000)),
            "tier": draw(st.integers(1, 3)),
            "weight": draw(st.sampled_from([1, 2, Decimal("0.5")])),
            "years": [draw(st.integers(*horizon)), horizon[1]],
            "places": ["c"] if name == "county" else draw(st.sampled_from([VILLAGES, ("t1", "v3")])),
        }
    return found


@st.composite
def cases(draw: st.DrawFn, *, of_fund: bool = True) -> Case:
    """Scenarios with everything: some of them cannot be kept."""
    horizon = (FIRST_YEAR, FIRST_YEAR + draw(st.integers(0, 2)))
    return Case(
        funds=draw(funds(horizon)),
        projects=draw(projects(horizon, ranks=draw(st.booleans()))),
        years=horizon,
        places=draw(places()),
        rules=draw(rules(horizon, of_fund=of_fund)),
        **draw(purposes(horizon)),
    )


WATER: Mapping[str, Any] = {
    "indicators": {"w": {"counts": "persons"}},
    "effects": {
        "w": {
            "kind": "coverage",
            "categories": [BUILDING],
            "indicator": "w",
            "heads": "beneficiary_persons",
        }
    },
}
"""A coverage that every project for building raises by its own beneficiaries."""


@st.composite
def uneven(draw: st.DrawFn) -> Case:
    """Scenarios whose optimum rarely lies on whole units: shares of money spent in per mille, odd amounts.

    Industry is worth least and has a floor, jobs are worth most and have a cap, so that both bind; village
    targets of coverage ask for amounts that are no whole units.
    """
    horizon = (FIRST_YEAR, FIRST_YEAR + draw(st.integers(0, 2)))
    rows = []
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=3, max_size=8, unique=True)):
        category = draw(st.sampled_from(CATEGORIES))
        cost = draw(wan(60))
        worth = {INDUSTRY: 1, BUILDING: 2, JOBS: 3}[category] + draw(st.integers(0, 3)) / 4
        where = draw(st.sampled_from(["v1", "v2", "v3", "t1", "v1:0.333;v2:0.333;v3:0.334"]))
        heads = {"beneficiary_persons": draw(st.integers(1, 400))}
        rows.append(project(name, cost, category, where, benefit=round(float(cost) * worth, 2), **heads))
    years = range(horizon[0], horizon[1] + 1)
    target: Mapping[str, Any] = {
        "indicator": "w",
        "each": "village",
        "relation": draw(st.sampled_from([">=", "="])),
        "value": draw(shares(30, 95)),
        "tier": draw(st.integers(1, 3)),
    }
    chosen = draw(st.sets(st.sampled_from(["least", "cap", "rise"]), min_size=1))
    share: Mapping[str, Any] = {"kind": "category_share", "of": "spent"}
    found: Records = {
        "least": {**share, "categories": [INDUSTRY], "at_least": draw(shares(5, 60))},
        "cap": {**share, "categories": [JOBS], "at_most": draw(shares(5, 50))},
        "rise": {
            "kind": "rising_share",
            "categories": [INDUSTRY],
            "start": draw(shares(0, 20)),
            "step": draw(shares(0, 4)),
        },
    }
    amounts_wan = {year: Decimal(draw(st.integers(2000, 9000))) / 100 for year in years}
    return Case(
        funds={"all": fund(amounts_wan), "earmark": fund(draw(wan(9)), per_place=VILLAGES)},
        projects=rows,
        years=horizon,
        places=draw(places()),
        rules={name: found[name] for name in sorted(chosen)},
        **WATER,
        targets=draw(st.sampled_from([NOTHING, {"w": target}])),
    )


@st.composite
def limited(draw: st.DrawFn) -> Case:
    """Targets at any level on a coverage and an income that count no more than their places can use.

    Populations and eligible heads of the levels do not add up, as in the tables that people keep.
    """
    horizon = (FIRST_YEAR, FIRST_YEAR + draw(st.integers(0, 2)))
    eligible = draw(st.lists(st.sampled_from(["", 0, 3, 10, 40, 200]), min_size=6, max_size=6).filter(any))
    rows = [{**row, "lifted_population": heads} for row, heads in zip(draw(places()), eligible, strict=True)]
    effects: Records = {
        **WATER["effects"],
        "r": {
            "kind": "relief",
            "categories": [JOBS],
            "eligible": "lifted_population",
            "gap_yuan": draw(st.sampled_from([500, 3000])),
            "life": draw(st.integers(1, 3)),
            "decay": draw(shares(0, 30)),
        },
        "o": {"kind": "asset_yield", "categories": [INDUSTRY, JOBS], "yield": draw(shares(2, 12)), "life": 4},
    }
    found: dict[str, Mapping[str, Any]] = {}
    for number in range(draw(st.integers(1, 3))):
        water = draw(st.booleans())
        found[f"target{number}"] = {
            "indicator": "w" if water else "income",
            "relation": draw(st.sampled_from([">=", ">"])),
            "value": draw(shares(30, 99)) if water else draw(st.integers(9000, 14000)),
            "tier": draw(st.integers(1, 3)),
            "years": [draw(st.integers(*horizon)), horizon[1]],
            "places": draw(st.sampled_from([["c"], ["t1", "t2"], VILLAGES, ["c", "t1", "v1"]])),
        }
    return Case(
        funds=draw(funds(horizon)),
        projects=draw(projects(horizon, ranks=False)),
        years=horizon,
        places=rows,
        indicators=WATER["indicators"],
        effects=effects,
        targets=found,
        benefit=draw(st.sampled_from([OWN, {"coverage_yuan": {"w": 900}}])),
    )


@st.composite
def ties(draw: st.DrawFn) -> Case:
    """Scenarios full of ties: equal benefit a 万元, equal costs and ranks, interchangeable funds."""
    horizon = (FIRST_YEAR, FIRST_YEAR + draw(st.integers(0, 2)))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=3, max_size=8, unique=True))
    rows = []
    for name in names:
        cost = draw(st.sampled_from([20, 30]))
        rows.append(
            project(
                name,
                cost,
                draw(st.sampled_from([INDUSTRY, BUILDING])),
                draw(st.sampled_from(["v1", "v2", "v1:0.5;v2:0.5"])),
                rank=draw(st.sampled_from(["", 1, 2])),
                benefit=cost * draw(st.sampled_from([1, 1, 2])),
                beneficiary_persons=100,
            )
        )
    amount = draw(st.sampled_from([10, 15, 25]))
    twins = {name: fund(amount) for name in ("f", "g", "h")[: draw(st.integers(1, 3))]}
    least = draw(st.sampled_from([Decimal("0.25"), Decimal("0.5")]))
    tenth = Decimal("0.1")
    share = {"kind": "category_share", "categories": [INDUSTRY], "at_least": least, "of": "spent"}
    rise = {"kind": "rising_share", "categories": [INDUSTRY], "start": tenth, "step": tenth}
    target = {"indicator": "w", "each": "village", "relation": ">=", "value": 1, "tier": 1}
    return Case(
        funds={**twins, "earmark": fund(5, per_place=["v1", "v2"])},
        projects=rows,
        years=horizon,
        places=draw(places()),
        rules=draw(st.sampled_from([NOTHING, {"share": share}, {"rise": rise}])),
        **WATER,
        targets=draw(st.sampled_from([NOTHING, {"w": target}])),
    )


@st.composite
def relaxations(draw: st.DrawFn) -> Relaxed:
    """A scenario and the same with one right side relaxed; no row but a budget depends on money raised."""
    what = draw(st.sampled_from(["budget", "floor", "least", "cap", "start", "step", "path"]))
    case = draw(cases(of_fund=what not in ("budget", "path")))
    horizon = case.years
    if what == "budget":
        name = draw(st.sampled_from(sorted(case.funds)))
        return Relaxed(what, case, case.but(funds={**case.funds, name: _richer(draw, case.funds[name])}))
    rule, tight, loose = _limits(draw, what, horizon)
    return Relaxed(
        what, case.but(rules={**case.rules, rule: tight}), case.but(rules={**case.rules, rule: loose})
    )


def _richer(draw: st.DrawFn, spec: Mapping[str, Any]) -> Mapping[str, Any]:
    amount, more = spec["amount_wan"], draw(wan(40))
    if isinstance(amount, Mapping):
        year = draw(st.sampled_from(sorted(amount)))
        return {**spec, "amount_wan": {**amount, year: amount[year] + more}}
    return {**spec, "amount_wan": amount + more}


def _limits(
    draw: st.DrawFn, what: str, horizon: tuple[int, int]
) -> tuple[str, Mapping[str, Any], Mapping[str, Any]]:
    """Return a rule's id, the rule, and the same relaxed."""
    spec: dict[str, Any]
    if what == "floor":
        spec = {"kind": "place_floor", "each": draw(st.sampled_from(["village", "town"])), "per": "period"}
        high, low = sorted([draw(wan(8)), draw(wan(8))], reverse=True)
        return "floor", {**spec, "at_least_wan": high}, {**spec, "at_least_wan": low}
    if what in ("least", "cap"):
        key, names = ("at_least", [INDUSTRY]) if what == "least" else ("at_most", [BUILDING, JOBS])
        low, high = sorted([draw(shares(5, 70)), draw(shares(5, 70))])
        tight, loose = (high, low) if what == "least" else (low, high)
        spec = {"kind": "category_share", "categories": names, "of": draw(st.sampled_from(["fund", "spent"]))}
        return what, {**spec, key: tight}, {**spec, key: loose}
    low, high = sorted([draw(shares(0, 30)), draw(shares(0, 30))])
    if what == "path":
        spec = {"kind": "rising_share", "categories": [INDUSTRY], "of": "spent"}
        return (
            "path",
            {**spec, "path": {horizon[1]: high}},
            {**spec, "path": {horizon[1]: low}},
        )
    spec = {"kind": "rising_share", "categories": [INDUSTRY], "funds": ["all"], "start": 0, "step": 0}
    return "rise", {**spec, what: high}, {**spec, what: low}


@st.composite
def kind_relaxations(draw: st.DrawFn) -> Relaxed:
    """A scenario with one more rule, hard or soft, and the same with its figure relaxed."""
    what = draw(st.sampled_from(["standard", "use", "band", "progress"]))
    case = draw(cases())
    tight, loose = _figures(draw, what, case)
    soft = (
        {"soft": draw(st.sampled_from([{"tier": 1}, {"tier": 3, "weight": 2}]))}
        if draw(st.booleans())
        else {}
    )
    rules_ = [{**case.rules, "new": {**spec, **soft}} for spec in (tight, loose)]
    return Relaxed(f"{what}{', soft' * bool(soft)}", case.but(rules=rules_[0]), case.but(rules=rules_[1]))


def _figures(draw: st.DrawFn, what: str, case: Case) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return a rule over one figure, and the same relaxed."""
    spec: dict[str, Any] = {}
    low, high = sorted([draw(shares(0, 60)), draw(shares(0, 60))])
    level = draw(st.sampled_from(["village", "town"]))
    if what in ("standard", "band"):
        spec = {
            "each": level,
            "heads": draw(st.sampled_from(["population", "households"])),
            "per": draw(st.sampled_from(["year", "period"])),
        }
    if what == "standard":
        spec["kind"] = "per_capita_standard"
        return {**spec, "standard_yuan": 100 * high}, {**spec, "standard_yuan": 100 * low}
    if what == "band":
        spec["kind"] = "balance"
        return {**spec, "band": low}, {**spec, "band": high}
    if what == "use":
        spec = {"kind": "income_use", "funds": ["all"], "categories": [INDUSTRY]}
        spec["projects"] = [draw(st.sampled_from(case.projects))["id"]]
        spec["per"] = draw(st.sampled_from(["year", "period"]))
        return {**spec, "at_least": high}, {**spec, "at_least": low}
    year = draw(st.integers(*case.years))
    spec = {"kind": "payment_progress", "funds": ["all"]}
    return {**spec, "shares": {year: high}}, {**spec, "shares": {year: low}}


@st.composite
def enlargements(draw: st.DrawFn) -> Relaxed:
    """A scenario and the same with one more optional project, sorted anywhere, with a rank in use or none."""
    case = draw(cases())
    taken = [row["rank"] for row in case.projects if row.get("rank")]
    name = draw(st.sampled_from(NEW_NAMES))
    added = dict(draw(_project(name, case.years, ranks=False)))
    added["required"] = ""
    added["rank"] = draw(st.sampled_from(["", *taken]))
    at = draw(st.integers(0, len(case.projects)))
    rules_ = {
        key: {**rule, "where": {"name": [*rule["where"]["name"], name]}} if "where" in rule else rule
        for key, rule in case.rules.items()
    }
    tight = case.but(rules=rules_)
    rows = [*case.projects[:at], added, *case.projects[at:]]
    return Relaxed("project", tight, tight.but(projects=rows))


@st.composite
def programs(draw: st.DrawFn, *, stages: int = 2) -> Stated:
    """Programmes of two to four columns in a box and up to three rows, all data small whole numbers.

    The point 1 keeps every row, so none is infeasible; few different numbers make optima that are not
    unique, and rows that repeat each other, common.
    """
    columns, rows = draw(st.integers(2, 4)), draw(st.integers(0, 3))
    small = st.integers(-2, 2)
    matrix = np.array([[draw(small) for _ in range(columns)] for _ in range(rows)], dtype=float)
    matrix = matrix.reshape(rows, columns)
    inside = matrix.sum(axis=1)
    lower, upper = np.full(rows, -np.inf), np.full(rows, np.inf)
    for i in range(rows):
        kind = draw(st.sampled_from(["<=", ">=", "=", "between"]))
        if kind != "<=":
            lower[i] = inside[i] - (0 if kind == "=" else draw(st.integers(0, 2)))
        if kind != ">=":
            upper[i] = inside[i] + (0 if kind == "=" else draw(st.integers(0, 2)))
    builder = ProgramBuilder()
    builder.add_columns(
        np.zeros(columns),
        np.array([draw(st.integers(1, 3)) for _ in range(columns)], dtype=float),
        lambda: [f"x{j}" for j in range(columns)],
    )
    row, column = np.nonzero(matrix)
    builder.add_rows(
        lower, upper, Triplets(row, column, matrix[row, column]), lambda: [f"r{i}" for i in range(rows)]
    )
    costs = [np.array([draw(small) for _ in range(columns)], dtype=float) for _ in range(stages)]
    return Stated(builder.build(), costs)
