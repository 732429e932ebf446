"""What a check of a rule says: the rows that rules.csv should have, and what is broken."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from zxsim.core.money import UNITS_PER_WAN
from zxsim.errors import Message
from zxsim.verify.findings import finding
from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.plan import Plan

AT_LEAST, AT_MOST = ">=", "<="


@dataclass(frozen=True)
class Judged:
    """One row of a rule, exactly.

    Attributes
    ----------
    year, since : int or None
        Last (or only) year that counts, and the first one where several do; both ``None`` for the
        whole period.
    left, right : Fraction
        Both sides: 万元, shares where ``denominator`` is given, or a number of projects.
    room : Fraction
        Units of 0.01 万元 (hundredths of a project for a count) between the left side and its limit,
        negative where the rule is broken. A limit that does not depend on the plan is a whole number
        of units.
    numerator, denominator : str
        Codes of what a share divides by what.
    defined : bool
        False for a share of nothing: the row is kept and shows no left side.
    is_count : bool
        Whether the sides are numbers of projects.
    tier : int or None
        Tier that pays for a breach of a soft rule; ``None`` for a hard rule.
    """

    rule: str
    kind: str
    clause: str
    place: str
    year: int | None
    left: Fraction
    relation: str
    right: Fraction
    room: Fraction
    numerator: str = ""
    denominator: str = ""
    defined: bool = True
    is_count: bool = False
    since: int | None = None
    tier: int | None = None

    @property
    def slack(self) -> Fraction:
        """Distance from the limit in the unit of the two sides."""
        gap = self.left - self.right
        return gap if self.relation == AT_LEAST else -gap

    @property
    def unit(self) -> str:
        """Unit of the two sides."""
        if self.is_count:
            return "count"
        return "share" if self.denominator else "wan"

    @property
    def address(self) -> str:
        """Name of the row for people."""
        return named(self.kind, self.rule, self.place, span_of(self.since, self.year))

    def broken(self) -> Iterator[Message]:
        """Yield a message where a hard rule is broken; a soft one may be, at a price in its tier."""
        if self.room < 0 and self.tier is None:
            code = "verify_budget" if self.kind == "budget" else "verify_rule"
            form = ".2f" if self.unit == "wan" else ".12g"
            limit = f"{self.relation} {float(self.right):{form}}"
            yield finding(code, limit, f"{float(self.left):{form}}", address=self.address)


def money_floor(
    names: tuple[str, str, str],
    cell: tuple[str, int | None],
    units: int,
    floor: int,
    since: int | None = None,
) -> Judged:
    """Judge a floor of money; ``names`` are rule, kind and clause, ``cell`` is place and year."""
    rule, kind, clause = names
    left, right = Fraction(units, UNITS_PER_WAN), Fraction(floor, UNITS_PER_WAN)
    room = Fraction(units - floor)
    return Judged(rule, kind, clause, *cell, left, AT_LEAST, right, room, since=since)


@dataclass(frozen=True)
class Verdict:
    """What a check found: rows of rules.csv, and messages of a rule that has no such rows."""

    rows: Sequence[Judged] = ()
    findings: Sequence[Message] = field(default=())


Check = Callable[[str, Record, Inputs, Plan], Verdict]
"""Rule id (fund id for a budget), its record in resolved.toml, inputs, plan → verdict."""


@dataclass(frozen=True)
class Scope:
    """Where a rule holds; ``places`` is ``None`` for all places together."""

    funds: Sequence[str]
    places: Sequence[str] | None
    years: Sequence[int]

    @property
    def grid(self) -> list[tuple[str, int]]:
        """Place and year of each row, places outside, years inside."""
        return [(place, year) for place in self.shown_places for year in self.years]

    @property
    def shown_places(self) -> Sequence[str]:
        """Places of the rows, ``""`` for all together."""
        return [""] if self.places is None else self.places

    def by_period(
        self, rule: Record, sums: Mapping[tuple[str, int], int]
    ) -> dict[tuple[str, int | None], int]:
        """Units of each row: of each place and year, or of a place in all where ``per`` is ``period``."""
        got: dict[tuple[str, int | None], int] = {}
        for place, year in self.grid:
            cell = place, None if rule["per"] == "period" else year
            got[cell] = got.get(cell, 0) + sums.get((place, year), 0)
        return got


def scope_of(rule: Record, inputs: Inputs) -> Scope:
    """Read which funds, places and years a rule speaks of."""
    first, last = rule.get("years", (inputs.years[0], inputs.years[-1]))
    years = [year for year in inputs.years if first <= year <= last]
    return Scope(rule.get("funds", list(inputs.funds)), rule.get("places"), years)


def span_of(since: object, year: object) -> str:
    """Write the years that a row counts.

    >>> span_of(2021, 2023), span_of(None, 2023), span_of("", "")
    ('2021-2023', '2023', '')
    """
    return "-".join(str(word) for word in (since, year) if word not in {None, ""})


def named(kind: str, rule: str, *words: str) -> str:
    """Write the address of a rule's row.

    >>> named("place_floor", "village", "留阳村", "2023")
    '[rule.village] 留阳村 2023'
    """
    section = "fund" if kind == "budget" else "rule"
    return " ".join([f"[{section}.{rule}]", *(word for word in words if word)])
