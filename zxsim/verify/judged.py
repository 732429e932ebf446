"""What a check of a rule says: the rows that rules.csv should have, and what is broken."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

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
    left, right : Fraction
        Both sides: 万元, or shares where ``denominator`` is given.
    room : Fraction
        Units of 0.01 万元 between the money and its limit, negative where the rule is broken. A
        limit that does not depend on the plan is a whole number of units.
    numerator, denominator : str
        Codes of what a share divides by what.
    defined : bool
        False for a share of nothing: the row is kept and shows no left side.
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

    @property
    def slack(self) -> Fraction:
        """Distance from the limit in the unit of the two sides."""
        gap = self.left - self.right
        return gap if self.relation == AT_LEAST else -gap

    @property
    def unit(self) -> str:
        """Unit of the two sides."""
        return "share" if self.denominator else "wan"

    @property
    def address(self) -> str:
        """Name of the row for people."""
        return named(self.kind, self.rule, self.place, "" if self.year is None else str(self.year))

    def broken(self) -> Iterator[Message]:
        """Yield a message where the rule is broken."""
        if self.room < 0:
            code = "verify_budget" if self.kind == "budget" else "verify_rule"
            form = ".12g" if self.denominator else ".2f"
            limit = f"{self.relation} {float(self.right):{form}}"
            yield finding(code, limit, f"{float(self.left):{form}}", address=self.address)


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


def scope_of(rule: Record, inputs: Inputs) -> Scope:
    """Read which funds, places and years a rule speaks of."""
    first, last = rule.get("years", (inputs.years[0], inputs.years[-1]))
    years = [year for year in inputs.years if first <= year <= last]
    return Scope(rule.get("funds", list(inputs.funds)), rule.get("places"), years)


def named(kind: str, rule: str, *words: str) -> str:
    """Write the address of a rule's row.

    >>> named("place_floor", "village", "留阳村", "2023")
    '[rule.village] 留阳村 2023'
    """
    section = "fund" if kind == "budget" else "rule"
    return " ".join([f"[{section}.{rule}]", *(word for word in words if word)])
