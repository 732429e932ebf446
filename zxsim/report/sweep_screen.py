"""The screen of a sweep: its points with the axes of the frontier, and where the rest is."""

from pathlib import Path

import polars as pl
from rich.markup import escape

from zxsim.exporters.sheet import shown
from zxsim.report.plain_sheets import SheetWriter, warning
from zxsim.report.screen import Screen
from zxsim.report.sweep_sheets import STAR, format_of, heading, notes, status
from zxsim.whatif.sweep_figures import SIMULATED
from zxsim.whatif.sweep_frontier import Axes
from zxsim.whatif.sweep_grid import key_path
from zxsim.whatif.sweep_point import CONFLICT
from zxsim.whatif.sweep_read import SweepData

MOST_ROWS = 30
MOST_VALUES = 12
PLANNED = ("benefit", "spent_wan", "targets_met")
IF_SIMULATED = ("targets_met", "open_cases", "unresolved", "least_probability")


class SweepScreen(Screen):
    """Prints a sweep in one language."""

    _overflow = "fold"  # a heading in Chinese has no spaces to be broken at

    def show(self, sweep: SweepData, axes: Axes, resumed: int) -> None:
        """Print the points and their frontier."""
        make = SheetWriter(sweep, self._language)
        if said := warning(sweep, self._language):
            self._console.print(said, markup=False, soft_wrap=True)
        self._size(sweep, resumed)
        self._points(make, sweep, axes)
        self._impossible(make, sweep)
        for note in notes(make, sweep, axes):
            self._console.print(note, markup=False, soft_wrap=True)
        self._line("run", str(sweep.folder))

    def written(self, to: Path, *, replaced: bool) -> None:
        """Say where the table went, and whether a file of that name is gone."""
        self._line("sweep_written", str(to) + (self._label("replaced") if replaced else ""))

    def _size(self, sweep: SweepData, resumed: int) -> None:
        conflicts = int((sweep.points["status"] == CONFLICT).sum())
        parts = [self._label("sweep_size", count=len(sweep.points))]
        parts += [self._label("sweep_conflicts", count=conflicts)] if conflicts else []
        parts += [self._label("sweep_resumed", count=resumed)] if resumed else []
        comma = "，" if self._language == "zh" else ", "
        self._line("sweep", comma.join(parts))
        for one in sweep.keys:
            values = one.values if len(one.values) <= MOST_VALUES else (*one.values[:2], "…", one.values[-1])
            said = self._label("sweep_values", varied=one.key, values=" ".join(values))
            self._line("sweep_varied", said)

    def _points(self, make: SheetWriter, sweep: SweepData, axes: Axes) -> None:
        points = sweep.points
        simulated = any(name in points.columns for name in SIMULATED)
        drawn = [axes.x, axes.y, *(IF_SIMULATED if simulated else PLANNED)]
        keys = [one.key for one in sweep.keys]
        figures = [name for name in dict.fromkeys(drawn) if name in points.columns and name not in keys]
        names = ["point", *keys, *figures]
        short = _short(keys)
        numbers = {name for name in names if points.schema[name].is_numeric()}
        table = self._table(
            *((short.get(name) or heading(make, name), name in numbers) for name in names),
            (make.words("sweep_frontier"), False),
            (make.words("sweep_status"), False),
        )
        best = set(axes.frontier(points))
        for row in points.head(MOST_ROWS).iter_rows(named=True):
            cells = [escape(shown(row[name], format_of(name, points.schema[name]))) or "—" for name in names]
            table.add_row(*cells, STAR if row["point"] in best else "", status(make, row["status"]))
        self._console.print(table)
        if len(points) > MOST_ROWS:
            self._say("sweep_more", count=len(points) - MOST_ROWS)

    def _impossible(self, make: SheetWriter, sweep: SweepData) -> None:
        """Name the clauses of points without a plan, those that follow each other and say the same once."""
        told = sweep.points.filter(pl.col("clauses") != "").select("point", "status", "clauses").rows()
        said = ""
        for point, ended, clauses in told[:MOST_ROWS]:
            if clauses != said:
                line = self._label("sweep_impossible", point=point, status=status(make, ended))
                self._console.print(f"{line}{self._colon}{clauses}", markup=False, soft_wrap=True)
            said = clauses


def _short(keys: list[str]) -> dict[str, str]:
    """Last word of each key, where it tells them apart."""
    last = [key_path(key)[-1] for key in keys]
    return dict(zip(keys, last if len(set(last)) == len(last) else keys, strict=True))
