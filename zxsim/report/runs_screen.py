"""The screen of the list of runs."""

from collections.abc import Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from zxsim.report.compare_cells import NOTHING, Row, chance
from zxsim.report.labels import LABELS
from zxsim.report.screen import Screen
from zxsim.report.wording import sentence
from zxsim.runs.listing import Listing

ENDLESS = 10_000
"""Width at which nothing is folded."""


class RunsScreen(Screen):
    """Prints a list of runs in one language."""

    _overflow = "fold"

    def show(self, listing: Listing, results: Path) -> None:
        """Print one line a run, then what else lies there."""
        if not len(listing.runs):
            self._say("runs_none", folder=results)
        else:
            self._say("runs_count", folder=results, count=len(listing.runs))
            self._runs(listing)
        if listing.others:
            self._say("runs_others")
        for message in listing.others:
            self._console.print(f"  · {sentence(message, self._language)}", markup=False, soft_wrap=True)

    def _runs(self, listing: Listing) -> None:
        """Print the runs; where their folders do not fit they stand, numbered, below the table."""
        rows = list(listing.runs.iter_rows(named=True))
        table = self._rows(rows, with_folders=True)
        endless = self._console.options.update(max_width=ENDLESS)
        if self._console.measure(table, options=endless).maximum <= self._console.width:
            self._console.print(table)
            return
        self._console.print(self._rows(rows, with_folders=False))
        for number, row in enumerate(rows, start=1):
            self._console.print(f"{number:>3}  {row['run']}", markup=False, soft_wrap=True)

    def _rows(self, rows: Sequence[Row], *, with_folders: bool) -> Table:
        """Make the table of the runs, each with its folder or a number."""
        numbers = ("benefit", "spent_wan", "replications", "targets_met", "least_probability")
        headings = [(self._label(key), key in numbers) for key in ("run_time", "status", *numbers)]
        side = (self._label("run_folder"), False)
        table = self._table(*([*headings, side] if with_folders else [("", False), *headings]))
        table.columns[0 if with_folders else 1].no_wrap = True
        for number, row in enumerate(rows, start=1):
            cells = [row["created"][:16].replace("T", " "), *self._figures(row)]
            cells = [*cells, row["run"]] if with_folders else [str(number), *cells]
            table.add_row(*(Text(cell) for cell in cells))
        return table

    def _figures(self, row: Row) -> list[str]:
        known = row["targets"] is not None
        return [
            self._label(row["status"]) if row["status"] in LABELS else row["status"],
            NOTHING if row["benefit"] is None else f"{row['benefit']:,.2f}",
            NOTHING if row["spent_wan"] is None else f"{row['spent_wan']:,.2f}",
            str(row["replications"]) if row["simulated"] else NOTHING,
            f"{row['targets_met']}/{row['targets']}" if known else NOTHING,
            chance(row["least_probability"]),
        ]
