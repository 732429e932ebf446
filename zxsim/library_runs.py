"""Runs and sweeps that were written, as objects: their tables, and the commands that take a run."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Unpack

import polars as pl

from zxsim import api
from zxsim.console import as_data
from zxsim.errors import DataError, Message, UsageError
from zxsim.library_calls import worded
from zxsim.library_options import (
    Given,
    Simulating,
    absolute,
    folders_of,
    from_here,
    results_of,
    simulation_of,
)
from zxsim.report.why import about_another, explained
from zxsim.report.wording import Language
from zxsim.runs.data import RunData
from zxsim.runs.export import known_table, require_run
from zxsim.whatif.comparison import Comparison
from zxsim.whatif.sweep_read import SweepData, finished_sweep


class _Saved(RunData):
    """A folder whose tables are asked for by name, and whose faults are told in words."""

    @property
    def tables(self) -> list[str]:
        """Names of its tables."""
        return sorted(path.stem for path in self.folder.glob("*.parquet"))

    @worded
    def table(self, name: str) -> pl.DataFrame:
        """Return a table, one of :attr:`tables`."""
        try:
            known_table(self.folder, name)
        except DataError as error:
            raise UsageError(error.messages) from None
        return super().table(name)

    @worded
    def _read(self, name: str, read: Any) -> Any:  # noqa: ANN401 (each file has a type of its own)
        return super()._read(name, read)


class SavedRun(_Saved):
    """The folder of a run: ``table(name)``, ``manifest`` (run.json), and the commands that take a run.

    Raises
    ------
    DataError
        The folder is no run.
    """

    @worded
    def __init__(self, folder: Given) -> None:
        super().__init__(absolute(require_run(Path(folder))))

    def __repr__(self) -> str:
        return f"SavedRun({str(from_here(self.folder))!r})"

    @worded
    def verify(self) -> list[Message]:
        """Check the run by independent code; an empty list means that all is as it says."""
        return api.verify(from_here(self.folder))

    @worded
    def simulate(self, **options: Unpack[Simulating]) -> "SavedRun":
        """Simulate the households under the run's plan, as a run of its own."""
        return simulated(from_here(self.folder), (), options)

    @worded
    def explain(
        self, *, project: str | None = None, clause: str | None = None, language: Language = "zh"
    ) -> dict[str, Any]:
        """Say what the clauses cost, what one costs, or why a project is funded or not.

        Of a run that was evaluated or replanned, the answers are those of the best plan of its scenario;
        ``notices`` says so.
        """
        folder = from_here(self.folder)
        answers = explained(api.explain(folder), language, project, clause)
        return {"notices": as_data(about_another(folder), language), **answers}

    @worded
    def compare(
        self, *others: RunData | Given, to: Given | None = None, language: Language = "zh"
    ) -> Comparison:
        """Say what differs in other runs beside this one; ``to`` is a file (.xlsx, .md, .html) to write."""
        return compare([self, *others], to, language)

    @worded
    def export(
        self,
        to: Given,
        *,
        table: str | None = None,
        form: str | None = None,
        year: int | None = None,
        quarter: int | None = None,
        place: str | None = None,
        language: Language = "zh",
    ) -> None:
        """Write the workbook, a table, an official form or the model; see :func:`zxsim.api.export`."""
        run = from_here(self.folder)
        api.export(run, Path(to), table, language, form=form, year=year, quarter=quarter, place=place)

    @worded
    def report(self, to: Given, *others: RunData | Given, language: Language = "zh") -> None:
        """Write one page that opens offline, of this run or of several."""
        api.report(folders_of([self, *others]), Path(to), language)


class SavedSweep(_Saved, SweepData):
    """The folder of a finished sweep: ``points`` has a row a point, ``keys`` says what was varied.

    Raises
    ------
    DataError
        The folder is no sweep, or it is not finished.
    """

    @worded
    def __init__(self, folder: Given) -> None:
        super().__init__(absolute(finished_sweep(Path(folder)).folder))

    def __repr__(self) -> str:
        return f"SavedSweep({str(from_here(self.folder))!r})"

    @worded
    def export(
        self, to: Given, *, x: str | None = None, y: str | None = None, language: Language = "zh"
    ) -> None:
        """Write a sheet, a table or a page; ``x`` and ``y`` are columns that the frontier is drawn over."""
        from zxsim.report.sweep_file import export_sweep  # noqa: PLC0415 (heavy)

        export_sweep(SweepData(from_here(self.folder)), self.axes(x, y), Path(to), language)


def saved(folder: Path | None) -> SavedRun:
    """Open the run that was just written."""
    assert folder is not None, "the library always writes"
    return SavedRun(folder)


def simulated(path: Path, settings: Sequence[str], options: Simulating) -> SavedRun:
    """Simulate a scenario without a plan, or a run."""
    found = api.simulate(
        path, settings=settings, results=results_of(options), simulation=simulation_of(options)
    )
    return saved(found.folder)


@worded
def compare(
    runs: Sequence[RunData | Given], to: Given | None = None, language: Language = "zh"
) -> Comparison:
    """Compare runs, or the paths of runs, with the first; write the file ``to`` where it is given.

    Raises
    ------
    UsageError, DataError
        Fewer than two runs, a damaged one, a file that cannot be written.
    """
    from zxsim.report.compare_file import require_ending, write_file  # noqa: PLC0415 (heavy)

    folders = folders_of(runs)
    if to is not None:
        require_ending(Path(to), folders)
    found = api.compare(folders)
    if to is not None:
        write_file(found, Path(to), language)
    return found
