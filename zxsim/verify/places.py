"""Places of a run: which place lies in which, and the figures of places.csv."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import polars as pl


@dataclass(frozen=True, eq=False)
class Places:
    """Places by id.

    Attributes
    ----------
    cells : mapping
        Id → column → text of places.csv.
    above : mapping
        Id → the place itself and every place that it lies in, nearest first.
    ancestry : polars.DataFrame
        The same as pairs (``place_id``, ``within``).
    """

    cells: Mapping[str, Mapping[str, str]]
    above: Mapping[str, tuple[str, ...]]
    ancestry: pl.DataFrame

    def inside(self, places: Iterable[str]) -> set[str]:
        """Ids of the given places and of all below them."""
        wanted = set(places)
        return {place for place, above in self.above.items() if not wanted.isdisjoint(above)}

    def knows(self, place: str, column: str) -> bool:
        """Whether a cell of a place is filled."""
        return bool(self.cells[place].get(column))

    @property
    def tops(self) -> list[str]:
        """Ids of the places that lie in no other."""
        return [place for place, above in self.above.items() if len(above) == 1]

    @property
    def from_below(self) -> list[str]:
        """Ids of all places, each after every place that lies in it."""
        return sorted(self.above, key=lambda place: -len(self.above[place]))

    def exact(self, place: str, column: str) -> Decimal:
        """Return a figure of a place without rounding.

        Raises
        ------
        ValueError
            The cell is empty or no number.
        """
        text = self.cells[place].get(column, "")
        try:
            return Decimal(text)
        except InvalidOperation:
            raise ValueError(f"{place} {column}: {text!r}") from None

    def number(self, place: str, column: str) -> float:
        """Return a figure of a place.

        Raises
        ------
        ValueError
            The cell is empty or no number.
        """
        return float(self.exact(place, column))


def places_of(table: pl.DataFrame) -> Places:
    """Build the tree from the text cells of places.csv.

    Raises
    ------
    ValueError
        An id stands twice, a parent is unknown, or places lie within each other in a circle.
    """
    cells = {row["id"]: row for row in table.iter_rows(named=True)}
    if len(cells) < len(table):
        raise ValueError("an id stands twice")
    above = {place: _chain(place, cells) for place in cells}
    pairs = [(place, within) for place, chain in above.items() for within in chain]
    ancestry = pl.DataFrame(pairs, schema={"place_id": pl.String, "within": pl.String}, orient="row")
    return Places(cells, above, ancestry)


def _chain(place: str, cells: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    chain = [place]
    while parent := cells[chain[-1]].get("parent", ""):
        if parent not in cells or parent in chain:
            raise ValueError(f"{chain[-1]} parent: {parent}")
        chain.append(parent)
    return tuple(chain)
