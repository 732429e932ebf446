"""Topics about where a run comes from: what is assumed in it, and how to get it again."""

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from zxsim.optimize.solution import LIMITS
from zxsim.report.assumption_sheet import assumptions as sheet
from zxsim.report.page.limits import MOST_ROWS, cut
from zxsim.report.page.parts import Facts, Part, Table, Text
from zxsim.report.page.source import PageRun
from zxsim.schema.load import load

ASSUMPTION_COLUMNS = dict.fromkeys(("address", "value", "low", "high", "source"), pl.String())

_OWN_SOLVER = "highs"
_METHODS = {"ipm": "highs-ipm"}


def assumptions(run: PageRun) -> list[Part]:
    """Return every figure that nobody published, with its range and where it is taken from."""
    found = assumed_in(run)
    if not len(found):
        return [Text(run.words("page_nothing_assumed"))]
    whole = sheet(run.make, found)
    _, note = cut(run, found, "assumptions", "page_first")
    columns = [replace(column, values=column.values[:MOST_ROWS]) for column in whole.columns]
    return [
        Text(run.words("page_assumed", count=f"{len(found):,}")),
        Table(run.words("page_assumptions"), columns, choices=(0, 1), searched=True, note=note),
    ]


def assumed_in(run: PageRun) -> pl.DataFrame:
    """Return the table of assumptions; a run without a plan has them in its inputs only."""
    if run.planned:
        return run.table("assumptions")
    found = load(run.folder / "inputs" / "resolved.toml").assumptions
    return pl.DataFrame([vars(one) for one in found], schema=ASSUMPTION_COLUMNS)


def reproduce(run: PageRun) -> list[Part]:
    """Return the commands that give the same tables, and what they were made with."""
    manifest = run.manifest
    simulation = manifest.get("simulation") or {}
    facts = [(run.words("page_run_id"), place_of(run)), (run.words("page_created"), str(manifest["created"]))]
    facts.append((run.words("zxsim_version"), str(manifest["zxsim_version"])))
    if run.planned:
        facts.append((run.words("page_solver"), solver_text(manifest["solver"])))
    if versions := manifest.get("versions"):
        facts.append(
            (run.words("page_versions"), ", ".join(f"{name} {one}" for name, one in versions.items()))
        )
    if simulation:
        facts += [
            (run.words("page_seed"), str(simulation["seed"])),
            (run.words("page_replications"), str(simulation["replications"])),
            (run.words("page_precision"), f"±{100 * simulation['half_width']:.1f}"),
        ]
    facts += [(run.words("page_hash", file=name), str(value)) for name, value in manifest["inputs"].items()]
    if run.given:
        plan = manifest["plan"]
        facts.append((run.words("page_plan_hash", file=plan.get("run", plan["file"])), str(plan["sha256"])))
    commands = [
        (run.words("page_command"), command_of(run)),
        (run.words("page_check"), f"zxsim verify {shlex.quote(place_of(run))}"),
    ]
    shown = commands if run.planned else commands[:1]
    return [
        Text(run.words("page_how" if run.planned else "page_how_alone")),
        *_told_before(run),
        Facts(shown, code=True),
        Facts(facts, code=True),
    ]


def _told_before(run: PageRun) -> Iterator[Text]:
    """Say what must be known before the commands are run: a file that must be there, or how they end."""
    if run.replanned:
        plan = run.manifest["plan"]
        yield Text(run.words("page_approved_first", plan=plan.get("run", plan["file"])), "note")
    if run.broken_count:
        yield Text(run.words("page_ends_with_7"), "note")


def place_of(run: PageRun) -> str:
    """Folder of the run below that of all results."""
    folder = run.folder.resolve()
    return f"{folder.parent.name}/{folder.name}"


def command_of(run: PageRun) -> str:
    """Command line that does the run again from its own inputs."""
    words = ["zxsim", _verb(run), f"{place_of(run)}/inputs/resolved.toml"]
    if run.replanned:
        plan = run.manifest["plan"]
        words += ["--from", plan.get("run", plan["file"])]
        words += ["--sheet", plan["sheet"]] if "sheet" in plan else []
    elif run.given:
        words += ["--plan", f"{place_of(run)}/allocation.csv"]
    if run.planned:
        words += solver_options(run.manifest["solver"])
    simulation = run.manifest.get("simulation")
    if simulation:
        words += ["--seed", str(simulation["seed"]), "--replications", str(simulation["replications"])]
        words += ["--precision", f"{simulation['precision']:g}"]
    elif run.make.run.scenario.get("household") is not None:
        words.append("--no-simulate")
    return shlex.join(words)


def _verb(run: PageRun) -> str:
    if not run.planned:
        return "simulate"
    return "replan" if run.replanned else "evaluate" if run.given else "optimize"


def solver_options(solver: Mapping[str, Any]) -> list[str]:
    """Return what chooses a solver and limits it on the command line, nothing for the usual one."""
    name = solver["name"]
    if name == _OWN_SOLVER:
        name = _METHODS.get(solver.get("method", ""), name)
    words = [] if name == _OWN_SOLVER else ["--solver", str(name)]
    for limit in LIMITS:
        words += [f"--{limit}", str(solver[limit])] if limit in solver else []
    return words


def solver_text(solver: Mapping[str, Any]) -> str:
    """Name, version and method of what solved it."""
    return " ".join(str(told) for key, told in solver.items() if told and key not in LIMITS)
