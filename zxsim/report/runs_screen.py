"""The screen of the list of runs."""

from pathlib import Path

from rich.text import Text

from zxsim.report.compare_cells import NOTHING, Row, chance
from zxsim.report.labels import LABELS
from zxsim.report.screen import WIDTH, Screen
from zxsim.report.wording import sentence
from zxsim.runs.listing import Listing


class RunsScreen(Screen):
    """Prints a list of runs in one language."""

    _overflow = "fold"

    def show(self, listing: Listing, results: Path) -> None:
        """Print one line a run, then what else lies there."""
        if not len(listing.runs):
            self._say("runs_none", folder=results)
        else:
            self._say("runs_count", folder=results, count=len(listing.runs))
            self._runs(listing, results)
        if listing.others:
            self._say("runs_others")
        for message in listing.others:
            self._console.print(f"  · {sentence(message, self._language)}", markup=False, soft_wrap=True)

    def _runs(self, listing: Listing, results: Path) -> None:
        """Print the runs; on a narrow screen each is numbered and its folder stands below the table."""
        numbers = ("benefit", "spent_wan", "replications", "targets_met", "least_probability")
        wide = self._console.width >= WIDTH
        rows = list(listing.runs.iter_rows(named=True))
        folders = [str(Path(row["run"]).relative_to(results)) for row in rows]
        headings = [(self._label(key), key in numbers) for key in ("run_time", "status", *numbers)]
        side = (self._label("run_folder"), False)
        table = self._table(*([*headings, side] if wide else [("", False), *headings]))
        table.columns[0 if wide else 1].no_wrap = True
        for at, row in enumerate(rows):
            cells = [row["created"][:16].replace("T", " "), *self._figures(row)]
            cells = [*cells, folders[at]] if wide else [str(at + 1), *cells]
            table.add_row(*(Text(cell) for cell in cells))
        self._console.print(table)
        if not wide:
            for at, folder in enumerate(folders):
                self._console.print(f"{at + 1:>3}  {folder}", markup=False, soft_wrap=True)

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
