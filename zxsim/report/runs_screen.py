"""The screen of the list of runs."""

from collections.abc import Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from zxsim.core.identity import hidden
from zxsim.report.compare_cells import NOTHING, Row, chance
from zxsim.report.labels import LABELS
from zxsim.report.screen import Screen
from zxsim.report.wording import sentence
from zxsim.runs.data import RunData
from zxsim.runs.listing import Listing
from zxsim.whatif.told_apart import told_apart


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
        """Print the runs, then, numbered, their folders and names and what tells them apart."""
        rows = list(listing.runs.iter_rows(named=True))
        self._console.print(self._rows(rows))
        apart = told_apart([(row["scenario"], RunData(Path(row["run"]))) for row in rows])
        if any(apart):
            self._say("runs_apart")
        for number, (row, told) in enumerate(zip(rows, apart, strict=True), start=1):
            name = hidden(row["name"], given=False)
            self._console.print(f"{number:>3}  {row['run']}  {name}", markup=False, soft_wrap=True)
            for one in told:
                text = hidden(one, given=False) if isinstance(one, str) else sentence(one, self._language)
                self._console.print(f"       {text}", markup=False, soft_wrap=True)

    def _rows(self, rows: Sequence[Row]) -> Table:
        """Make the table of the runs, each with a number."""
        numbers = ("benefit", "spent_wan", "replications", "targets_met", "least_probability")
        headings = [(self._label(key), key in numbers) for key in ("run_time", "status", *numbers)]
        table = self._table(("", False), *headings)
        table.columns[1].no_wrap = True
        for number, row in enumerate(rows, start=1):
            cells = [str(number), row["created"][:16].replace("T", " "), *self._figures(row)]
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
