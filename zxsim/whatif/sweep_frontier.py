"""Two columns of a sweep against each other, and the points that no other point beats in both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from zxsim.core.messages import nearest
from zxsim.errors import Message, UsageError
from zxsim.optimize.objectives import TIERS
from zxsim.schema.scenario import Scenario
from zxsim.whatif.sweep_grid import Varied
from zxsim.whatif.sweep_table import columns_of, of_numbers

if TYPE_CHECKING:
    from zxsim.core.layout import BoolArray

ACROSS = ("industry_share",)
UPWARDS = ("low_income_gain_wan", "benefit", "household_gain_wan", "targets_met", "spent_wan")
"""What is drawn where nothing is asked for: the first of each that differs between points."""

LESS_IS_BETTER = ("gap", *TIERS, "left_wan", "open_cases", "unresolved")
TEXTS = ("status", "clauses")


@dataclass(frozen=True)
class Axes:
    """Columns along which a sweep is drawn."""

    x: str
    y: str

    def frontier(self, table: pl.DataFrame) -> list[int]:
        """Numbers of the points for which no other is better in one of both and as good in the other.

        More is better but for :data:`LESS_IS_BETTER`; points without both figures are left out.
        """
        known = table.drop_nulls([self.x, self.y])
        sides = np.array([_upwards(known, name) for name in (self.x, self.y)])
        better: BoolArray = np.array(
            [
                ((sides >= own[:, None]).all(axis=0) & (sides > own[:, None]).any(axis=0)).any()
                for own in sides.T
            ],
            dtype=np.bool_,
        )
        return [int(number) for number in known["point"].to_numpy()[~better]]


def _upwards(table: pl.DataFrame, name: str) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    values = table[name].cast(pl.Float64).to_numpy()
    return -values if name in LESS_IS_BETTER else values


def axes_of(table: pl.DataFrame, keys: Sequence[Varied], x: str | None, y: str | None) -> Axes:
    """Choose the axes that are not given."""
    varied = [one.key for one in keys]
    across = x or _first(table, [*ACROSS, *varied])
    return Axes(across, y or _first(table, [name for name in UPWARDS if name != across]))


def _first(table: pl.DataFrame, names: Sequence[str]) -> str:
    """The first column whose numbers differ; the first of numbers where none does."""
    numbers = [name for name in names if name in table.columns and table[name].dtype.is_numeric()]
    differing = (name for name in numbers if table[name].drop_nulls().n_unique() > 1)
    return next(differing, numbers[0] if numbers else "spent_wan")


def require_axes(
    keys: Sequence[Varied], scenario: Scenario, given: tuple[str | None, str | None], *, simulated: bool
) -> None:
    """Refuse axes that are no column of numbers, before anything is worked out.

    Raises
    ------
    UsageError
        With the nearest column.
    """
    texts = (*TEXTS, *(one.key for one in keys if not of_numbers(one)))
    known = [name for name in columns_of(keys, scenario, simulated=simulated) if name not in texts]
    messages = [
        Message("unknown_axis", {"given": name, "allowed": known, "nearest": nearest(name, known)})
        for name in given
        if name is not None and name not in known
    ]
    if messages:
        raise UsageError(messages)
