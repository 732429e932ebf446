"""What a check of a rule says: the rows that rules.csv should have, and what is broken."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl

from zxsim.core.money import UNITS_PER_WAN
from zxsim.errors import Message
from zxsim.verify.findings import finding
from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.plan import Plan
from zxsim.verify.ratios import BoolArray, FloatArray, Ratios, Whole, over

AT_LEAST, AT_MOST = ">=", "<="


@dataclass(frozen=True, eq=False)
class Cells:
    """Place and years of each row.

    ``year`` and ``since`` are the last (or only) year that counts, and the first one where several do;
    both ``None`` for the whole period.
    """

    place: Sequence[str]
    year: Sequence[int | None]
    since: Sequence[int | None]

    def where(self, part: BoolArray) -> "Cells":
        """Return only some rows."""
        at = np.flatnonzero(part).tolist()
        return Cells([self.place[i] for i in at], [self.year[i] for i in at], [self.since[i] for i in at])


@dataclass(frozen=True, eq=False)
class Judged:
    """Rows of one rule, exactly.

    Attributes
    ----------
    left, right : Ratios
        Both sides: 万元, shares where ``denominator`` is given, or a number of projects.
    relation : str or sequence of str
        Of all rows, or of each.
    room : Ratios
        Units of 0.01 万元 (hundredths of a project for a count) between the left side and its limit,
        negative where the rule is broken. A limit that does not depend on the plan is a whole number
        of units.
    numerator, denominator : str
        Codes of what a share divides by what.
    defined : bool array (rows,) or None
        False for a share of nothing: the row is kept and shows no left side. ``None``: all are.
    is_count : bool
        Whether the sides are numbers of projects.
    tier : int or None
        Tier that pays for a breach of a soft rule; ``None`` for a hard rule.
    """

    rule: str
    kind: str
    clause: str
    cells: Cells
    left: Ratios
    relation: str | Sequence[str]
    right: Ratios
    room: Ratios
    numerator: str = ""
    denominator: str = ""
    defined: BoolArray | None = None
    is_count: bool = False
    tier: int | None = None

    def __len__(self) -> int:
        return len(self.cells.place)

    @property
    def relations(self) -> Sequence[str]:
        """Relation of each row."""
        return [self.relation] * len(self) if isinstance(self.relation, str) else self.relation

    @property
    def unit(self) -> str:
        """Unit of the two sides."""
        if self.is_count:
            return "count"
        return "share" if self.denominator else "wan"

    def where(self, part: BoolArray) -> "Judged":
        """Return only some rows of a rule with one relation."""
        return replace(
            self,
            cells=self.cells.where(part),
            left=self.left.where(part),
            right=self.right.where(part),
            room=self.room.where(part),
            defined=None if self.defined is None else self.defined[part],
        )

    def broken(self) -> Iterator[Message]:
        """Yield a message where a hard rule is broken; a soft one may be, at a price in its tier."""
        if self.tier is not None:
            return
        code = "verify_budget" if self.kind == "budget" else "verify_rule"
        form = ".2f" if self.unit == "wan" else ".12g"
        for i in np.flatnonzero(self.room.top < 0).tolist():
            left, right = (side.where(np.array([i])).floats()[0] for side in (self.left, self.right))
            cells = self.cells
            address = named(self.kind, self.rule, cells.place[i], span_of(cells.since[i], cells.year[i]))
            yield finding(code, f"{self.relations[i]} {right:{form}}", f"{left:{form}}", address=address)

    def frame(self) -> pl.DataFrame:
        """Rows that rules.csv should have: words as text, numbers as floats."""
        gap = (self.left - self.right).floats()
        at_least = np.array([relation == AT_LEAST for relation in self.relations], dtype=np.bool_)
        defined = np.ones(len(self), dtype=np.bool_) if self.defined is None else self.defined
        binding = (self.room.top <= self.room.below).astype(np.bool_) & defined
        words = {
            "rule": self.rule,
            "kind": self.kind,
            "clause": self.clause,
            "tier": "" if self.tier is None else str(self.tier),
            "unit": self.unit,
            "numerator": self.numerator,
            "denominator": self.denominator,
        }
        return pl.DataFrame(
            {
                "scope": pl.Series(self.cells.place, dtype=pl.String),
                "year": pl.Series(self.cells.year, dtype=pl.Int64).cast(pl.String).fill_null(""),
                "since": pl.Series(self.cells.since, dtype=pl.Int64).cast(pl.String).fill_null(""),
                "relation": pl.Series(self.relations, dtype=pl.String),
                "binding": pl.Series(np.where(binding, "true", "false"), dtype=pl.String),
                "lhs": _where(defined, self.left.floats()),
                "rhs": self.right.floats(),
                "slack": _where(defined, np.where(at_least, gap, -gap)),
            }
        ).with_columns(pl.lit(word).alias(name) for name, word in words.items())


def _where(shown: BoolArray, numbers: FloatArray) -> pl.Series:
    """Numbers that are shown, null for the others."""
    return pl.Series(np.where(shown, numbers, np.nan)).fill_nan(None)


def money_floor(names: tuple[str, str, str], cells: Cells, units: Whole, floor: Whole) -> Judged:
    """Judge floors of money; ``names`` are rule, kind and clause."""
    left, right = over(units, UNITS_PER_WAN), over(floor, UNITS_PER_WAN)
    return Judged(*names, cells, left, AT_LEAST, right, over(units - floor))


@dataclass(frozen=True)
class Verdict:
    """What a check found: rows of rules.csv, and messages of a rule that has no such rows."""

    rows: Judged | None = None
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
    def shown_places(self) -> Sequence[str]:
        """Places of the rows, ``""`` for all together."""
        return [""] if self.places is None else self.places

    @property
    def cells(self) -> Cells:
        """Rows of a grid of places and years, places outside, years inside."""
        return grid_cells(self.shown_places, self.years)

    def by_period(self, rule: Record, sums: Whole) -> Whole:
        """Units of each place and year, or of a place in all where ``per`` is ``period``."""
        return sums.sum(axis=1, keepdims=True) if rule["per"] == "period" else sums

    def period_cells(self, rule: Record) -> Cells:
        """Rows of what :meth:`by_period` gives."""
        return grid_cells(self.shown_places, [None] if rule["per"] == "period" else self.years)


def grid_cells(
    places: Sequence[str], years: Sequence[int | None], since: Sequence[int | None] | None = None
) -> Cells:
    """Rows of a grid, places outside, years inside."""
    first = since or [None] * len(years)
    place = [place for place in places for _ in years]
    return Cells(place, list(years) * len(places), list(first) * len(places))


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
