"""Places of a run: which place lies in which, and the figures of places.csv."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zxsim.verify.ratios import FloatArray, Whole

IntArray = NDArray[np.int64]
INTEGERS = {"year": pl.Int64, "column": pl.Int64, "within": pl.String, "row": pl.Int64}


@dataclass(frozen=True, eq=False)
class Places:
    """Places in the order of places.csv.

    Attributes
    ----------
    table : polars.DataFrame
        Text cells of places.csv.
    parent : int array (places,)
        Position of the place that each lies in, −1 for none.
    """

    table: pl.DataFrame
    parent: IntArray

    @cached_property
    def ids(self) -> list[str]:
        """Ids of the places."""
        return self.table["id"].to_list()

    @cached_property
    def position(self) -> dict[str, int]:
        """Position of each id."""
        return {place: i for i, place in enumerate(self.ids)}

    def at(self, places: Iterable[str]) -> IntArray:
        """Positions of some ids."""
        return np.array([self.position[place] for place in places], dtype=np.int64)

    @cached_property
    def by_depth(self) -> list[IntArray]:
        """Positions of the places, those without a parent first, then those that lie in them, and so on."""
        levels, inside = [], self.parent < 0
        while inside.any():
            levels.append(np.flatnonzero(inside))
            inside = np.isin(self.parent, levels[-1])
        return levels

    @cached_property
    def ancestry(self) -> pl.DataFrame:
        """Pairs (``place_id``, ``within``): each place with itself and every place that it lies in."""
        place = np.arange(len(self.parent))
        above, pairs = place, []
        while len(above):
            pairs.append((place, above))
            inside = self.parent[above] >= 0
            place, above = place[inside], self.parent[above[inside]]
        ids = self.table["id"]
        place, above = (
            (np.concatenate([pair[i] for pair in pairs]) for i in (0, 1)) if pairs else (place,) * 2
        )
        return pl.DataFrame({"place_id": ids.gather(place), "within": ids.gather(above)})

    def inside(self, places: Iterable[str]) -> set[str]:
        """Ids of the given places and of all below them."""
        found = np.isin(np.arange(len(self.parent)), self.at(set(places) & self.position.keys()))
        for level in self.by_depth[1:]:
            found[level] |= found[self.parent[level]]
        return set(self.table["id"].filter(pl.Series(found)))

    def added_up(self, own: pl.DataFrame, places: Sequence[str] | None, years: Sequence[int]) -> Whole:
        """Add up units by place (itself and all below it) and year.

        Parameters
        ----------
        own : polars.DataFrame
            ``place_id``, ``year`` and ``units`` of what belongs to each place itself.
        places : sequence of str or None
            One row each; ``None`` for one row of everything.

        Returns
        -------
        object array of int (places or 1, years)
        """
        column = pl.DataFrame({"year": list(years), "column": range(len(years))}, schema_overrides=INTEGERS)
        if places is None:
            inside = own.with_columns(row=pl.lit(0))
        else:
            row = pl.DataFrame({"within": list(places), "row": range(len(places))}, schema_overrides=INTEGERS)
            inside = own.join(self.ancestry.join(row, on="within"), on="place_id")
        sums = inside.join(column, on="year").group_by("row", "column").agg(pl.col("units").sum())
        found = np.zeros((1 if places is None else len(places), len(years)), dtype=object)
        found[sums["row"].to_numpy(), sums["column"].to_numpy()] = sums["units"].to_numpy().astype(object)
        return found

    @property
    def tops(self) -> IntArray:
        """Positions of the places that lie in no other."""
        return np.flatnonzero(self.parent < 0)

    def cells(self, column: str) -> pl.Series:
        """Texts of a column, empty where there is none."""
        if column not in self.table.columns:
            return pl.Series(column, [""] * len(self.parent), dtype=pl.String)
        return self.table[column]

    def exact(self, place: str, column: str) -> Decimal:
        """Return a figure of a place without rounding.

        Raises
        ------
        ValueError
            The cell is empty or no number.
        """
        text = self.cells(column)[self.position[place]]
        try:
            return Decimal(text)
        except InvalidOperation:
            raise ValueError(f"{place} {column}: {text!r}") from None

    def numbers(self, column: str, at: IntArray | None = None) -> FloatArray:
        """Figures of a column: at given places, or at all of them with NaN where a cell is empty.

        Raises
        ------
        ValueError
            A cell is no number, or empty at a given place.
        """
        texts = self.cells(column) if at is None else self.cells(column).gather(at)
        empty = (texts == "") if at is None else pl.Series([False] * len(texts), dtype=pl.Boolean)
        found = texts.cast(pl.Float64, strict=False)
        wrong = (found.is_null() & ~empty).arg_true()
        if len(wrong):
            place = wrong[0] if at is None else at[wrong[0]]
            raise ValueError(f"{self.ids[place]} {column}: {texts[wrong[0]]!r}")
        return found.fill_null(float("nan")).to_numpy()


def places_of(table: pl.DataFrame) -> Places:
    """Build the tree from the text cells of places.csv.

    Raises
    ------
    ValueError
        An id stands twice, a parent is unknown, or places lie within each other in a circle.
    """
    ids = table["id"]
    if ids.is_duplicated().any():
        raise ValueError("an id stands twice")
    named = table["parent"] if "parent" in table.columns else pl.Series([""] * len(ids), dtype=pl.String)
    position = {place: i for i, place in enumerate(ids)}
    parent = np.array([position.get(above, -1) for above in named], dtype=np.int64)
    lost = np.flatnonzero((parent < 0) & (named != "").to_numpy())
    places = Places(table, parent)
    circle = np.setdiff1d(np.arange(len(ids)), np.concatenate([parent[:0], *places.by_depth, lost]))
    for i in [*lost, *circle][:1]:
        raise ValueError(f"{ids[int(i)]} parent: {named[int(i)]}")
    return places
