"""What every rule kind has in common in TOML, and the contract a kind fulfils."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from zxsim.core.layout import IntArray, Layout
from zxsim.core.rows import RuleRows
from zxsim.core.spec import Ident, Spec

Level = Literal["province", "city", "county", "town", "village", "natural_village"]
Fault = tuple[str, str, Mapping[str, object]]
"""Key at fault within the rule, code of the message, its fields."""


class Scoped(Spec):
    """Where something holds: at stated places, at each place of a level, or at all together."""

    places: Annotated[tuple[Ident, ...], Field(min_length=1)] | None = None
    """Ids of places, one row for each; a place means itself and all below it."""
    each: Level | None = None
    """One row for each place of this level; not together with `places`."""

    @model_validator(mode="after")
    def _one_scope(self) -> Self:
        if self.places is not None and self.each is not None:
            raise PydanticCustomError("places_and_each", "both places and each")
        return self


class RuleSpec(Scoped):
    """Keys that every rule kind has."""

    label_words: ClassVar[Mapping[str, str]]
    """Name of the kind in zh and en."""

    enabled: bool = True
    """False switches the rule off, in a what-if for example."""
    label: str = ""
    """Name of the rule for people."""
    clause: str = ""
    """Clause of the policy paper."""
    source: str = ""
    """Where the rule was published, when not in the paper itself."""
    funds: Annotated[tuple[Ident, ...], Field(min_length=1)] | None = None
    """Ids of the funds it speaks of; all funds when not given."""
    years: tuple[StrictInt, StrictInt] | None = None
    """First and last year in which it holds; the whole horizon when not given."""
    negotiable: bool = True
    """False for a clause that nobody may give up: a conflict is first sought among the others."""

    @property
    def grid(self) -> tuple[Decimal, str]:
        """Size and unit of the smallest change of its figure: ``wan``, ``share``, ``count`` or ``yuan``."""
        return Decimal("0.0001"), "share"

    def loosened(self, steps: int) -> Self | None:
        """Return a copy with its figures loosened by so many steps of its grid; ``None`` without a figure.

        Never beyond doing nothing: a floor not below 0, a cap not above 1. Below 0 steps it is tightened.
        """
        del steps
        return None

    @abstractmethod
    def rows(self, rule_id: str, layout: Layout) -> RuleRows | None:
        """Return the rows of the rule, or ``None`` for a rule that only filters columns."""

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield what is wrong with the rule in this scenario; nothing by default."""
        del layout
        return iter(())

    def earmark_faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield a fault where a share of the money held is asked by place of funds not earmarked there."""
        places = self.place_scope(layout)
        mixed = [] if places is None else layout.not_earmarked_at(self.funds, places)
        if mixed:
            yield "of", "fund_not_earmarked", {"funds": mixed}

    def place_scope(self, layout: Layout) -> IntArray | None:
        """Positions of its places, ``None`` for all together (``each`` is resolved on loading)."""
        return None if self.places is None else layout.place_positions(self.places)

    def year_scope(self, layout: Layout) -> IntArray:
        """Calendar years in which the rule holds."""
        first, last = self.years or (int(layout.years[0]), int(layout.years[-1]))
        return layout.years[(layout.years >= first) & (layout.years <= last)]
