"""The command ``calibrate``; uses typer as cli.py does."""

from pathlib import Path
from typing import Annotated

import typer

from zxsim.cli_help import LANGUAGE, _
from zxsim.cli_options import Json, Lang, Outside, Quiet, Results, Scenario, Settings
from zxsim.cli_progress import Seed, progress_line
from zxsim.console import print_json
from zxsim.errors import ExitCode

Page = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.md",
        help=_("同时写出“可信到什么程度”的说明页", "write the page on how far to trust the model too"),
    ),
]


def calibrate(
    scenario: Scenario,
    settings: Settings = None,
    results: Results = Path("results"),
    seed: Seed = None,
    page: Page = None,
    *,
    as_json: Json = False,
    quiet: Quiet = False,
    outside: Outside = False,
    lang: Lang = LANGUAGE,
) -> None:
    """Exit 7 where a figure stays outside its tolerance; the run is written all the same."""
    del outside
    from zxsim import calibrating  # noqa: PLC0415 (heavy)
    from zxsim.report.trust_page import trust_page, write_page  # noqa: PLC0415

    with progress_line(lang, shown=not (as_json or quiet), words="calibration_progress") as progress:
        ended = calibrating.calibrate(
            scenario, settings=settings or (), results=results, seed=seed, progress=progress
        )
    found = ended.calibrated
    if page is not None:
        write_page(trust_page(found.calibration, found.validation, lang), page)
    if as_json:
        print_json(ended.summary())
    elif not quiet:
        from zxsim.report.calibrated_screen import CalibratedScreen  # noqa: PLC0415

        screen = CalibratedScreen(lang)
        screen.show(found)
        screen.folder(ended.folder)
    if not found.within:
        raise typer.Exit(ExitCode.DIFFERENCE)
