"""A hypothesis strategy that puts everything a scenario may say into small scenarios at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.scenarios import OWN, Case, Records, Row, fund, loaded, project
from tests.strategies import BUILDING, CATEGORIES, FIRST_YEAR, INDUSTRY, JOBS, VILLAGES, places, shares, wan

Horizon = tuple[int, int]
IDS = ("A", "C", "E", "茶", "路", "水", "果园", "作坊")
TOWNS = ("t1", "t2")
LEVELS = ("village", "town", "county")
WHERE = (*VILLAGES, *VILLAGES, "t1", "c", "v1:0.5;v2:0.5", "v1:0.333;v2:0.333;v3:0.334", "t2:0.7;v1:0.3")
RELATIONS = (
    *(">=", "<=", "=", ">", "<", "between"),
    *("growth", "growth_above_parent", "ratio_to_parent", "not_below_previous"),
)
KINDS = (
    *("category_share", "rising_share", "place_floor", "eligibility", "project_count"),
    *("per_capita_standard", "income_use", "priority", "balance", "payment_progress"),
)
TIERS = st.integers(1, 3)
WEIGHTS = st.sampled_from([1, 2, Decimal("0.5")])


@st.composite
def everything(draw: st.DrawFn) -> Case:
    """Scenarios with everything; some of them cannot be kept.

    What is decided is drawn last, from the payments that the scenario allows.
    """
    horizon = (FIRST_YEAR, FIRST_YEAR + draw(st.integers(0, 3)))
    rows = draw(_projects(horizon))
    decided = draw(st.sampled_from([None, None, FIRST_YEAR])) if horizon[1] > FIRST_YEAR else None
    case = Case(
        funds=draw(_funds(horizon)),
        projects=rows,
        years=horizon,
        places=draw(_places()),
        rules=draw(_rules(horizon, rows, decided)),
        indicators={"w": {"counts": draw(st.sampled_from(["persons", "households"]))}},
        effects=draw(_effects()),
        targets=draw(_targets(horizon)),
        benefit=draw(st.sampled_from([OWN, {"coverage_yuan": {"w": 900}}, {}])),
    )
    listed = draw(_commitments(case, decided))
    return case.but(commitments=listed, decided_through=decided)


@st.composite
def _places(draw: st.DrawFn) -> list[Row]:
    """Places with heads that can use an effect at some of them, never adding up over the levels."""
    eligible = draw(st.lists(st.sampled_from(["", 0, 4, 20, 90]), min_size=6, max_size=6).filter(any))
    industries = draw(st.lists(st.sampled_from(["", "茶叶", "茶叶; 蔬菜"]), min_size=6, max_size=6))
    return [
        {**row, "lifted_population": heads, "leading_industries": words, "x_posts_there": len(words)}
        for row, heads, words in zip(draw(places()), eligible, industries, strict=True)
    ]


@st.composite
def _funds(draw: st.DrawFn, horizon: Horizon) -> Records:
    """Up to three interchangeable funds for all, and earmarked and narrow ones, each carried over or not."""
    years = range(horizon[0], horizon[1] + 1)
    carried = {"carry_over": draw(st.sampled_from([0, 0, 1, 2]))}
    poor = draw(st.sampled_from([None, *years])) if len(years) > 1 else None
    twins = ("b", "a", "c")[: draw(st.integers(1, 3))]
    found = {
        name: fund({year: 0 if year == poor else draw(wan(60, 10)) for year in years}, **carried)
        for name in twins
    }
    for name in ("earmark", "earmark2")[: draw(st.integers(0, 2))]:
        where = draw(st.sampled_from([VILLAGES, VILLAGES, TOWNS]))
        found[name] = fund(draw(wan(15)), per_place=where, carry_over=draw(st.integers(0, 2)))
    if draw(st.booleans()):
        kinds: Sequence[Mapping[str, Any]] = (
            {"categories": [INDUSTRY]},
            {"not_categories": [JOBS]},
            {"places": ["t1"]},
        )
        found["narrow"] = fund(
            draw(wan(30)), carry_over=draw(st.integers(0, 1)), **draw(st.sampled_from(kinds))
        )
    return found


@st.composite
def _projects(draw: st.DrawFn, horizon: Horizon) -> list[Row]:
    """Projects with windows, ranks and several places; a few all or nothing, with outlays and links."""
    names = draw(st.lists(st.sampled_from(IDS), min_size=3, max_size=8, unique=True))
    ranked, plain = draw(st.booleans()), draw(st.booleans())
    rows = []
    for name in names:
        first = draw(st.integers(*horizon)) if draw(st.integers(0, 3)) == 0 else horizon[0]
        last = draw(st.integers(first, horizon[1])) if draw(st.integers(0, 3)) == 0 else horizon[1]
        heads = draw(st.integers(1, 300))
        cells: Mapping[str, Any] = {
            "first_year": first if first > horizon[0] else "",
            "last_year": last if last < horizon[1] else "",
            "rank": draw(st.sampled_from(["", 1, 2, 4])) if ranked else "",
            "benefit": draw(st.integers(0, 60)),
            "beneficiary_persons": heads,
            "beneficiary_households": heads // 3,
            "status": draw(st.sampled_from(["planned", "planned", "idea"])),
            **draw(_cost() if plain else _mode([other for other in names if other != name], (first, last))),
        }
        rows.append(project(name, place=draw(st.sampled_from(WHERE)), **cells))
    return rows


@st.composite
def _cost(draw: st.DrawFn) -> Mapping[str, Any]:
    """Category, cost and what is self-raised; rarely the project must be paid."""
    return {
        "category": draw(st.sampled_from(CATEGORIES)),
        "cost_wan": draw(wan(50, 2)),
        "self_raised_share": draw(st.sampled_from(["", "", "", "0.1", "0.333"])),
        "required": "true" if draw(st.integers(0, 19)) == 0 else "",
    }


@st.composite
def _mode(draw: st.DrawFn, others: Sequence[str], window: Horizon) -> Mapping[str, Any]:
    """As above, and how the project is paid and which others it requires or excludes."""
    found: dict[str, Any] = {**draw(_cost()), "self_raised_share": ""}
    cost = found["cost_wan"]
    kind = draw(st.sampled_from(["", "", "", "whole", "fixed", "minimum"]))
    if kind in ("whole", "fixed"):
        found["mode"] = kind
    if kind in ("minimum", "whole") and draw(st.booleans()):
        found["minimum_wan"] = cost / 4
    if kind == "fixed" and draw(st.booleans()):
        found["outlay"] = draw(_outlay(cost, window))
    if draw(st.integers(0, 7)) == 0:
        found[draw(st.sampled_from(["requires", "excludes"]))] = draw(st.sampled_from(others))
    return found


@st.composite
def _outlay(draw: st.DrawFn, cost: Decimal, window: Horizon) -> str:
    """One or two payments that add up to the cost, in stated years or from a start on."""
    first, last = window
    if first == last:
        return draw(st.sampled_from([f"{first}:{cost}", f"{cost}"]))
    amounts = [Decimal(1), cost - 1]
    if draw(st.booleans()):
        return ";".join(str(amount) for amount in amounts)
    return f"{first}:{amounts[0]};{last}:{amounts[1]}"


@st.composite
def _rules(draw: st.DrawFn, horizon: Horizon, rows: Sequence[Row], decided: int | None) -> Records:
    """Up to four rules of any kind, hard or soft; hard ones spare the years that are decided."""
    found: dict[str, Mapping[str, Any]] = {}
    for kind in sorted(draw(st.sets(st.sampled_from(KINDS), max_size=4))):
        hard = kind == "eligibility" or draw(st.booleans())
        spec = {"kind": kind, **getattr(_RuleDraw(draw, horizon, rows, hard), kind)()}
        if not hard:
            spec["soft"] = {"tier": draw(TIERS), "weight": draw(WEIGHTS)}
        elif kind == "priority":
            spec["soft"] = False
        if hard and decided is not None:
            spec["years"] = [decided + 1, horizon[1]]
            for key in {"path", "shares"} & set(spec):
                spec[key] = {year: share for year, share in spec[key].items() if year > decided}
        if all(spec.get(key) != {} for key in ("path", "shares")):
            found[kind.replace("_", "")] = spec
    return found


@dataclass(frozen=True)
class _RuleDraw:
    """Draws the keys of a rule, a method a kind; what a hard rule asks can often be kept."""

    draw: st.DrawFn
    horizon: Horizon
    rows: Sequence[Row]
    hard: bool

    def _one_of(self, words: Sequence[Any]) -> Any:
        return self.draw(st.sampled_from(words))

    def _up_to(self, hard: int, soft: int) -> Decimal:
        return self.draw(shares(1, hard if self.hard else soft))

    def category_share(self) -> Mapping[str, Any]:
        where = self._one_of([{}, {}, {"each": "town", "of": "spent"}])
        found = {"categories": [self._one_of(CATEGORIES)], "of": self._one_of(["spent", "fund"]), **where}
        if self.draw(st.booleans()):
            return {**found, "at_least": self._up_to(15, 60)}
        return {**found, "at_most": self.draw(shares(40 if self.hard else 10, 90))}

    def rising_share(self) -> Mapping[str, Any]:
        found: dict[str, Any] = {"categories": [INDUSTRY, JOBS]}
        if self.draw(st.booleans()):
            start, step = self._up_to(8, 30), self.draw(shares(0, 5))
            return {**found, "start": start, "step": step, "funds": self._one_of([["b"], ["b"], None])}
        years = range(self.horizon[0], self.horizon[1] + 1)
        steps = sorted(self._up_to(8, 30) for _ in years)
        return {**found, "of": "spent", "path": dict(zip(years, steps, strict=True))}

    def place_floor(self) -> Mapping[str, Any]:
        per, amount = self._one_of(["year", "period", "period"]), self.draw(wan(2 if self.hard else 20))
        return {"at_least_wan": amount, "per": per, "each": self._one_of(LEVELS)}

    def eligibility(self) -> Mapping[str, Any]:
        return {"where": {"status": ["planned"]}, "funds": self._one_of([["b"], None])}

    def project_count(self) -> Mapping[str, Any]:
        found: dict[str, Any] = {"categories": self._one_of([[INDUSTRY], [BUILDING, JOBS]])}
        found[self._one_of(["at_least", "at_most"])] = self.draw(st.integers(0, 1 if self.hard else 3))
        if self.draw(st.booleans()):
            return found
        already = self._one_of([None, "leading_industries", "x_posts_there"])
        return {**found, "each": "county" if self.hard else self._one_of(LEVELS), "already": already}

    def per_capita_standard(self) -> Mapping[str, Any]:
        return {
            "standard_yuan": self.draw(st.integers(1, 10 if self.hard else 400)),
            "heads": self._one_of(["population", "households"]),
            "per": self._one_of(["year", "period", "period"]),
            "each": self._one_of(LEVELS),
        }

    def income_use(self) -> Mapping[str, Any]:
        return {
            "funds": ["b"],
            "categories": [self._one_of(CATEGORIES)],
            "projects": self._one_of([None, [self.rows[0]["id"]]]),
            "at_least": self._up_to(15, 70),
            "per": self._one_of(["year", "period", "period"]),
        }

    def priority(self) -> Mapping[str, Any]:
        if self.draw(st.booleans()):
            return {"funds": ["b"], "projects": [self._one_of(self.rows)["id"]]}
        return {"funds": ["b"], "categories": [self._one_of(CATEGORIES)]}

    def balance(self) -> Mapping[str, Any]:
        return {
            "band": self.draw(shares(80 if self.hard else 5, 100)),
            "each": self._one_of(["village", "town"]),
            "heads": self._one_of(["population", "households"]),
            "per": self._one_of(["year", "period"]),
        }

    def payment_progress(self) -> Mapping[str, Any]:
        year = self.draw(st.integers(*self.horizon))
        return {"shares": {year: self._up_to(20, 100)}, "funds": self._one_of([None, ["b"]])}


@st.composite
def _effects(draw: st.DrawFn) -> Records:
    """Coverage and one to three effects on income, with and without heads that limit them."""
    heads = "beneficiary_persons"
    capped = draw(st.booleans())
    eligible = {"eligible": "lifted_population"} if capped else {}
    gap = {**eligible, "gap_yuan": draw(st.sampled_from([300, 3000]))} if capped else {}
    common = {
        "lag": draw(st.integers(0, 2)),
        "life": draw(st.integers(1, 6)),
        "decay": draw(shares(0, 30)),
        "low_income_share": draw(shares(0, 100)),
    }
    forms: Records = {
        "asset_yield": {"yield": draw(shares(2, 30)), "collective_share": draw(shares(0, 30))},
        "jobs": {"posts": draw(st.sampled_from([3, heads])), "wage_yuan": 800, **gap},
        "household_output": {"households": "beneficiary_households", "gain_yuan": 500, **eligible},
        "training": {"heads": heads, "employed_share": draw(shares(10, 90)), "gain_yuan": 900, **eligible},
        "relief": {"paid_share": draw(shares(50, 100)), **gap},
    }
    found: dict[str, Mapping[str, Any]] = {
        "w": {
            "kind": "coverage",
            "categories": [BUILDING],
            "indicator": "w",
            "heads": draw(st.sampled_from([heads, 30])),
            "lag": draw(st.integers(0, 1)),
        }
    }
    for kind in sorted(draw(st.sets(st.sampled_from(sorted(forms)), min_size=1, max_size=3))):
        categories = draw(st.sampled_from([[INDUSTRY], [JOBS], [INDUSTRY, JOBS]]))
        found[kind] = {"kind": kind, "categories": categories, **common, **forms[kind]}
    return found


@st.composite
def _targets(draw: st.DrawFn, horizon: Horizon) -> Records:
    """Up to three targets of any relation, on income or coverage, at any level."""
    found: dict[str, Mapping[str, Any]] = {}
    for relation in sorted(draw(st.sets(st.sampled_from(RELATIONS), max_size=3))):
        water = relation not in ("growth", "growth_above_parent") and draw(st.booleans())
        indicator = "w" if water else "income"
        year = draw(st.integers(*horizon))
        below = relation in ("growth_above_parent", "ratio_to_parent")
        where = [["t1", "t2"], VILLAGES, ["v1", "t2"]] + [["c"], ["c", "t1", "v1"]] * (not below)
        found[f"{indicator}{RELATIONS.index(relation)}"] = {
            "indicator": indicator,
            "relation": relation,
            "tier": draw(TIERS),
            "weight": draw(WEIGHTS),
            "years": [year, horizon[1]],
            "places": draw(st.sampled_from(where)),
            **_asked(draw, relation, horizon, water=water),
        }
    return found


def _asked(draw: st.DrawFn, relation: str, horizon: Horizon, *, water: bool) -> Mapping[str, Any]:
    """What a relation compares with."""
    if relation == "not_below_previous":
        return {}
    if relation == "growth":
        return {"value": draw(shares(0, 8)), "base_year": horizon[0] - draw(st.integers(1, 3))}
    if relation == "growth_above_parent":
        than = draw(st.sampled_from([{}, {"than": "c"}]))
        return {"value": draw(shares(-5, 5)), "scale": Decimal("0.05"), **than}
    if relation == "ratio_to_parent":
        return {"value": draw(shares(80, 110)), **draw(st.sampled_from([{}, {"than": "c"}]))}
    value = draw(shares(30, 99)) if water else draw(st.integers(9000, 13000))
    upper = value + draw(st.integers(0, 1)) * (Decimal("0.005") if water else 500)
    return {"value": value, "upper": upper} if relation == "between" else {"value": value}


@st.composite
def _commitments(draw: st.DrawFn, case: Case, decided: int | None) -> list[Row] | None:
    """A few payments that the scenario allows, small beside what they pay for."""
    layout = loaded(case).layout
    pays = [j for j in range(len(layout)) if not layout.modes.whole[layout.column_project[j]]]
    if not pays or (decided is None and draw(st.booleans())):
        return None
    rows: list[Row] = []
    for j in sorted(draw(st.sets(st.sampled_from(pays), max_size=4))):
        most = int(layout.part_cost[layout.column_part[j]]) // 12
        rows.append(
            {
                "project": layout.project_ids[layout.column_project[j]],
                "place": layout.places.ids[layout.column_place[j]],
                "fund": layout.funds[layout.column_fund[j]].fund_id,
                "year": int(layout.years[layout.column_year[j]]),
                "amount_wan": Decimal(draw(st.integers(1, max(1, most)))) / 100,
            }
        )
    return rows
