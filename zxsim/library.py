"""What ``import zxsim`` gives: scenarios and runs as objects whose methods are the commands.

>>> import zxsim
>>> run = zxsim.Scenario("scenarios/published-library").optimize()  # doctest: +SKIP
>>> run.table("allocation")  # doctest: +SKIP

Every method takes the options of the command of its name, does the same and writes the same folder. An error
is a :class:`~zxsim.errors.ZxsimError`: its messages are data, its notes the sentences of the command line.
What ``--allow-outside`` is there, ``with reading_outside():`` is here.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from zxsim import api
from zxsim.core.inside import reading_outside
from zxsim.errors import (
    ConflictError,
    DataError,
    InternalError,
    LimitError,
    Message,
    StoppedError,
    UsageError,
    ZxsimError,
)
from zxsim.library_calls import worded
from zxsim.library_options import (
    Given,
    Planning,
    Simulating,
    absolute,
    folder_of,
    from_here,
    require_texts,
    results_of,
    sentences,
    simulation_of,
    solver_of,
)
from zxsim.library_runs import SavedRun, SavedSweep, compare, saved, simulated
from zxsim.report.why import explained
from zxsim.report.wording import Language
from zxsim.runs.data import RunData
from zxsim.runs.listing import Listing
from zxsim.schema.load import Loaded
from zxsim.schema.shipped import DEFAULT

if TYPE_CHECKING:
    from zxsim.sheets.importing import Understood
    from zxsim.sheets.wishes import Wishes

__all__ = [
    "ConflictError",
    "DataError",
    "InternalError",
    "LimitError",
    "Message",
    "SavedRun",
    "SavedSweep",
    "Scenario",
    "StoppedError",
    "UsageError",
    "ZxsimError",
    "compare",
    "import_sheets",
    "list_runs",
    "new_scenario",
    "reading_outside",
    "scenario_schema",
    "sentences",
    "shipped_scenarios",
]


class Scenario:
    """A scenario: the file or folder that it stands in, and what is laid over it.

    Parameters
    ----------
    path : str or Path
        ``scenario.toml`` (or a what-if file beside it), or its folder.
    settings : str
        ``KEY=VALUE`` each, as ``--set`` takes them.
    """

    def __init__(self, path: Given, *settings: str) -> None:
        require_texts(settings, "Scenario(path, 'key=1', 'key=2')")
        self.path, self.settings = absolute(path), settings

    def __repr__(self) -> str:
        return f"Scenario({', '.join(map(repr, (str(from_here(self.path)), *self.settings)))})"

    def changed(self, *settings: str) -> "Scenario":
        """Return the scenario with further settings laid over it."""
        return Scenario(self.path, *self.settings, *settings)

    @worded
    def validate(self) -> Loaded:
        """Load and check everything, and make sure that the hard rules can all be kept."""
        return api.validate(from_here(self.path), self.settings)

    @worded
    def optimize(self, *, simulate: bool = True, **options: Unpack[Planning]) -> SavedRun:
        """Allocate the money, simulate the households where there are any, and write the run."""
        ended = api.optimize(
            from_here(self.path),
            settings=self.settings,
            results=results_of(options),
            solver=solver_of(options),
            simulation=simulation_of(options) if simulate else None,
        )
        return saved(ended.folder)

    @worded
    def simulate(self, **options: Unpack[Simulating]) -> SavedRun:
        """Simulate the households under no plan."""
        return simulated(from_here(self.path), self.settings, options)

    @worded
    def evaluate(
        self, plan: Given, *, sheet: str | None = None, simulate: bool = True, **options: Unpack[Planning]
    ) -> SavedRun:
        """Score a plan made by hand; table ``broken`` of the run says which rules it breaks."""
        ended = api.evaluate(
            from_here(self.path),
            Path(plan),
            sheet=sheet,
            settings=self.settings,
            results=results_of(options),
            solver=solver_of(options),
            simulation=simulation_of(options) if simulate else None,
        )
        return saved(ended.folder)

    @worded
    def replan(
        self,
        approved: RunData | Given,
        *,
        sheet: str | None = None,
        simulate: bool = True,
        **options: Unpack[Planning],
    ) -> SavedRun:
        """Find the plan that changes an approved one least; table ``plan_changes`` says what changes."""
        ended = api.replan(
            from_here(self.path),
            folder_of(approved),
            sheet=sheet,
            settings=self.settings,
            results=results_of(options),
            solver=solver_of(options),
            simulation=simulation_of(options) if simulate else None,
        )
        return saved(ended.folder)

    @worded
    def sweep(self, *vary: str, simulate: bool = False, **options: Unpack[Planning]) -> SavedSweep:
        """Plan every point of a grid, ``KEY=A:B:N`` or ``KEY=v1,v2``; an unfinished sweep is continued."""
        from zxsim.whatif.sweep_point import Wanted  # noqa: PLC0415 (heavy)

        require_texts(vary, "sweep('key=1:2:3', 'key=a,b')")
        wanted = Wanted(options.get("seed"), options.get("replications"), options.get("precision"))
        ended = api.sweep(
            from_here(self.path),
            vary,
            settings=self.settings,
            results=results_of(options),
            solver=solver_of(options),
            wanted=wanted if simulate else None,
            count=options.get("workers"),
            cluster=options.get("cluster"),
        )
        return SavedSweep(ended.folder)

    @worded
    def explain(
        self, *, project: str | None = None, clause: str | None = None, language: Language = "zh"
    ) -> dict[str, Any]:
        """Say what the clauses cost, or why a project is funded or not; writes nothing."""
        return explained(api.explain(from_here(self.path), self.settings), language, project, clause)

    @worded
    def calibrate(self, *, seed: int | None = None, results: Given = "results") -> SavedRun:
        """Fit the free parameters to published figures; tables ``calibration`` and ``validation``."""
        from zxsim.calibrating import calibrate  # noqa: PLC0415 (heavy, and seldom used)

        path = from_here(self.path)
        return saved(calibrate(path, settings=self.settings, results=Path(results), seed=seed).folder)


@worded
def new_scenario(folder: Given, name: str = DEFAULT) -> Scenario:
    """Copy a shipped scenario into a folder that is new or empty."""
    api.new_scenario(Path(folder), name)
    return Scenario(folder)


@worded
def shipped_scenarios() -> Mapping[str, Scenario]:
    """Return the scenarios that come with zxsim, by name."""
    return {name: Scenario(folder) for name, folder in api.shipped_scenarios().items()}


@worded
def import_sheets(
    files: Sequence[Given] | Given,
    to: Given,
    *,
    sheet: str | None = None,
    mapping: Given | None = None,
    wishes: "Wishes | None" = None,
    language: Language = "zh",
) -> "Understood":
    """Make a scenario folder out of one or more project sheets; see :func:`zxsim.api.import_sheets`."""
    given = None if mapping is None else Path(mapping)
    sheets = [files] if isinstance(files, str | os.PathLike) else files
    return api.import_sheets([Path(file) for file in sheets], Path(to), sheet, given, wishes, language)


@worded
def list_runs(results: Given = "results") -> Listing:
    """List the runs in a folder of results, the newest first: ``runs`` is a table."""
    return api.list_runs(Path(results))


@worded
def scenario_schema(language: Language = "zh") -> dict[str, Any]:
    """Return the JSON Schema of scenario.toml."""
    from zxsim.schema.editors import json_schema  # noqa: PLC0415 (heavy)

    return json_schema(language)
