"""The screen of the list of runs."""

from pathlib import Path

from rich.text import Text

from zxsim.report.compare_cells import NOTHING, chance
from zxsim.report.labels import LABELS
from zxsim.report.screen import WIDTH, Screen
from zxsim.report.wording import sentence
from zxsim.runs.listing import Listing


class RunsScreen(Screen):
    """Prints a list of runs in one language; a narrow screen has no times, which the folders' names hold."""

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
        keys = (
            "run_time",
            "status",
            "benefit",
            "spent_wan",
            "replications",
            "targets_met",
            "least_probability",
        )
        numbers = keys[2:]
        shown = keys if self._console.width >= WIDTH else keys[1:]
        table = self._table(*((self._label(key), key in numbers) for key in (*shown, "run_folder")))
        for row in listing.runs.iter_rows(named=True):
            known = row["targets"] is not None
            cells = (
                row["created"][:16].replace("T", " "),
                self._label(row["status"]) if row["status"] in LABELS else row["status"],
                NOTHING if row["benefit"] is None else f"{row['benefit']:,.2f}",
                NOTHING if row["spent_wan"] is None else f"{row['spent_wan']:,.2f}",
                str(row["replications"]) if row["simulated"] else NOTHING,
                f"{row['targets_met']}/{row['targets']}" if known else NOTHING,
                chance(row["least_probability"]),
                str(Path(row["run"]).relative_to(results)),
            )
            table.add_row(*(Text(cell) for cell in cells[len(keys) - len(shown) :]))
        self._console.print(table)
