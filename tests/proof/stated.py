"""A scenario's money stated a second time, from what stands in its files alone, and solved exactly.

Divisible projects, the planner's own benefit, funds of every sort without carry-over, eligibility by name,
category shares and place floors: the money that is best in benefit, then in what is spent, then in the
library's order, then by the bits that make it unique.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any

from tests.proof.exact import ExactProgramme
from tests.scenarios import Case, Records, Row

Cell = tuple[str, str, str, int]
"""Project, place, fund and year."""

PARENT = {"v1": "t1", "v2": "t1", "v3": "t2", "t1": "c", "t2": "c", "c": ""}
"""The places of all drawn scenarios."""
RULE_KEYS = {
    "category_share": {"kind", "categories", "at_least", "at_most", "of"},
    "place_floor": {"kind", "at_least_wan", "per", "each", "places"},
    "eligibility": {"kind", "where"},
}
PROJECT_KEYS = {
    *("id", "name", "places", "category", "cost_wan", "self_raised_share", "first_year", "last_year"),
    *("benefit", "beneficiary_persons", "beneficiary_households", "status"),
}
BITS = 20


def plain(case: Case) -> Case:
    """Leave out of a scenario what is not stated here: effects, targets, modes, ranks, other rules."""
    rows = [{key: value for key, value in row.items() if key in PROJECT_KEYS} for row in case.projects]
    funds = {name: {**spec, "carry_over": 0} for name, spec in case.funds.items()}
    rules = {name: spec for name, spec in case.rules.items() if _is_stated(spec)}
    return Case(funds, rows, case.years, case.places, rules, case.indicators)


def _is_stated(spec: Mapping[str, Any]) -> bool:
    named = spec["kind"] != "eligibility" or list(spec["where"]) == ["name"]
    return named and set(spec) <= RULE_KEYS.get(spec["kind"], set())


def exact_plan(case: Case) -> Mapping[Cell, Fraction] | None:
    """Return the best money of a plain scenario in 万元, cell by cell, if any plan keeps its rules."""
    stated = _Stated(case)
    point = stated.programme().minimised(stated.objectives())
    return None if point is None else dict(zip(stated.cells, point, strict=True))


def unique_weight(cell: Cell) -> Fraction:
    """1 + (20 bits of SHA-256 of the cell's name)/2²⁰."""
    digest = hashlib.sha256("x({},{},{},{})".format(*cell).encode()).digest()
    return 1 + Fraction(int.from_bytes(digest[:4], "big") >> (32 - BITS), 1 << BITS)


def _inside(place: str, chosen: Sequence[str]) -> bool:
    while place:
        if place in chosen:
            return True
        place = PARENT.get(place, "")
    return False


def _number(given: object) -> Fraction:
    return Fraction(str(given or 0))


def _up(value: Fraction) -> Fraction:
    return Fraction(ceil(value * 100), 100)


def _down(value: Fraction) -> Fraction:
    return Fraction(floor(value * 100), 100)


def _classes(case: Case, years: range) -> Records:
    """Funds with their amounts by year, those that may pay the same in the same years as one.

    That is how zxsim plans them, and whose names the last objective weighs.
    """
    groups: dict[str, list[tuple[str, Mapping[int, Fraction]]]] = {}
    for name, spec in case.funds.items():
        given = spec["amount_wan"]
        by_year = given if isinstance(given, Mapping) else dict.fromkeys(years, given)
        amounts = {year: _down(_number(by_year.get(year))) for year in years}
        alike = [(key, value) for key, value in sorted(spec.items()) if key != "amount_wan"]
        groups.setdefault(f"{alike} {[amounts[year] > 0 for year in years]}", []).append((name, amounts))
    return {
        "+".join(sorted(name for name, _ in group)): {
            **case.funds[group[0][0]],
            "amount_wan": {year: sum((each[year] for _, each in group), Fraction(0)) for year in years},
        }
        for group in groups.values()
    }


class _Stated:
    """The cells of a scenario, and its rows and objectives over them."""

    def __init__(self, case: Case) -> None:
        self._years = range(case.years[0], case.years[1] + 1)
        self._case = case = case.but(funds=_classes(case, self._years))
        self._rows = {str(row["id"]): row for row in case.projects}
        self._parts = {name: dict(_parts(row)) for name, row in self._rows.items()}
        self.cells = [
            (name, place, fund, year)
            for name in sorted(self._rows)
            for place in sorted(self._parts[name])
            for fund in sorted(case.funds)
            for year in self._years
            if self._may_pay(self._rows[name], place, fund, year)
        ]

    def _may_pay(self, row: Row, place: str, fund: str, year: int) -> bool:
        """Whether there is a cell: the fund holds money then and may pay it, in the project's own years."""
        spec, rules = self._case.funds[fund], self._case.rules.values()
        first, last = row.get("first_year") or self._years[0], row.get("last_year") or self._years[-1]
        places = spec.get("per_place") or spec.get("places")
        return (
            self._case.funds[fund]["amount_wan"][year] > 0
            and int(str(first)) <= year <= int(str(last))
            and row["category"] in spec.get("categories", [row["category"]])
            and row["category"] not in spec.get("not_categories", [])
            and (places is None or _inside(place, places))
            and all(row["name"] in rule["where"]["name"] for rule in rules if "where" in rule)
        )

    def programme(self) -> ExactProgramme:
        """Return budgets, costs and rules."""
        found = ExactProgramme(len(self.cells))
        for name, parts in self._parts.items():
            for place, cost in parts.items():
                found.add(self._sum(project=name, place=place), "<=", cost)
        for fund, spec in self._case.funds.items():
            for year in self._years:
                for place in spec.get("per_place", [""]):
                    found.add(
                        self._sum(fund=fund, year=year, below=place),
                        "<=",
                        self._case.funds[fund]["amount_wan"][year],
                    )
        for spec in self._case.rules.values():
            for row, relation, bound in self._rule(spec):
                found.add(row, relation, bound)
        return found

    def _sum(self, **wanted: object) -> Mapping[int, Fraction]:
        """Sum of cells: of a project, place, fund or year, of categories, of a place and those below."""
        keys = ("project", "place", "fund", "year")
        below, categories = wanted.pop("below", ""), wanted.pop("categories", None)
        return {
            j: Fraction(1)
            for j, cell in enumerate(self.cells)
            if all(cell[keys.index(key)] == value for key, value in wanted.items())
            and (not below or _inside(cell[1], [str(below)]))
            and (categories is None or self._rows[cell[0]]["category"] in categories)  # type: ignore[operator]
        }

    def _rule(self, spec: Mapping[str, Any]) -> Iterator[tuple[Mapping[int, Fraction], str, Fraction]]:
        if spec["kind"] == "category_share":
            relation, key = (">=", "at_least") if "at_least" in spec else ("<=", "at_most")
            share, rounded = _number(spec[key]), _up if relation == ">=" else _down
            for year in self._years:
                inside, every = self._sum(year=year, categories=spec["categories"]), self._sum(year=year)
                if spec.get("of", "fund") == "spent":
                    yield {j: inside.get(j, Fraction(0)) - share for j in every}, relation, Fraction(0)
                else:
                    yield inside, relation, rounded(share * self._held(year))
        elif spec["kind"] == "place_floor":
            least = _up(_number(spec["at_least_wan"]))
            for place in self._scope(spec):
                for when in [{}] if spec["per"] == "period" else [{"year": year} for year in self._years]:
                    yield self._sum(below=place, **when), ">=", least

    def _held(self, year: int) -> Fraction:
        count = {fund: len(spec.get("per_place", [""])) for fund, spec in self._case.funds.items()}
        return sum((count[fund] * self._case.funds[fund]["amount_wan"][year] for fund in count), Fraction(0))

    def _scope(self, spec: Mapping[str, Any]) -> Sequence[str]:
        if "each" in spec:
            return [str(row["id"]) for row in self._case.places if row["level"] == spec["each"]]
        return list(spec.get("places", [""]))

    def objectives(self) -> list[Mapping[int, Fraction]]:
        """Benefit, money spent, earlier years first (no project has a rank), and the weights of names."""
        benefit = {name: _number(row.get("benefit")) / _public(row) for name, row in self._rows.items()}
        years, first = len(self._years), self._years[0]
        return [
            {j: -benefit[cell[0]] for j, cell in enumerate(self.cells)},
            dict.fromkeys(range(len(self.cells)), Fraction(-1)),
            {j: 1 + Fraction(cell[3] - first, years + 1) for j, cell in enumerate(self.cells)},
            {j: unique_weight(cell) for j, cell in enumerate(self.cells)},
        ]


def _public(row: Row) -> Fraction:
    """Cost without what is self-raised, rounded up."""
    return _up(_number(row["cost_wan"]) * (1 - _number(row.get("self_raised_share"))))


def _parts(row: Row) -> Iterator[tuple[str, Fraction]]:
    """Places of a project with their whole units of its cost; what is left goes to the largest remainders."""
    entries = [entry.partition(":") for entry in str(row["places"]).split(";")]
    shares = {place: Fraction(share or 1) for place, _, share in entries}
    units = _public(row) * 100
    whole = {place: floor(share * units) for place, share in shares.items()}
    by_rest = sorted(shares, key=lambda place: (whole[place] - shares[place] * units, place))
    for place in by_rest[: int(units) - sum(whole.values())]:
        whole[place] += 1
    yield from ((place, Fraction(amount, 100)) for place, amount in whole.items())
