"""Damaged scenario folders and sheets: each is refused in words, or planned and verified; nothing in between.

Usage: python -m tests.proof.fuzz [--folders 5000] [--sheets 1000] [--first 0]
"""

import argparse
import io
import json
import shutil
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.proof.mutations import mutated, read_folder, write_folder
from tests.proof.watched import watched
from zxsim.cli import run
from zxsim.errors import ExitCode

SCENARIOS = sorted(path.parent for path in (Path(__file__).parents[2] / "scenarios").glob("*/scenario.toml"))
REFUSALS = (ExitCode.USAGE, ExitCode.DATA, ExitCode.CONFLICT, ExitCode.LIMIT)


def command(*arguments: str) -> tuple[int, dict[str, Any], str]:
    """Run a command line in this process: its exit code, its JSON and what it said on standard error."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run([*arguments, "--json"])
    return code, json.loads(out.getvalue()) if out.getvalue() else {}, err.getvalue()


def folder_case(number: int, work: Path) -> str | None:
    """Damage a scenario and run the main job on it; say what is wrong with what happened."""
    here = work / str(number)
    here.mkdir()
    files, done = mutated(read_folder(SCENARIOS[number % len(SCENARIOS)]), number)
    write_folder(files, here / "given")
    results = here / "results"
    few = ("--replications", "1", "--workers", "1")
    code, said, errors = command("optimize", str(here / "given"), "--results", str(results), *few)
    fault = _refusal_fault(code, said, errors, tuple(files)) if code else _run_fault(said)
    fault = fault or _left_behind(results, planned=not code)
    shutil.rmtree(here)
    return f"{fault} [{done}]" if fault else None


def _refusal_fault(code: int, said: dict[str, Any], errors: str, names: Sequence[str]) -> str | None:
    """Say what is wrong with a refusal: an internal error, or a fault without its file or its place in it."""
    messages = said.get("messages", [])
    if code not in REFUSALS or not messages or "Traceback" in errors:
        return f"exit {code}: {messages or errors}"
    if code == ExitCode.DATA:
        for message in messages:
            placed = message["line"] or message["address"] or message["file"] not in names
            if not message["file"] or not placed:
                return f"names no file or no place in it: {message}"
    return None


def _run_fault(said: dict[str, Any]) -> str | None:
    """Say what the independent check finds in a run."""
    code, found, errors = command("verify", said["run"])
    return f"verify {code}: {found.get('differences') or found} {errors}" if code else None


def _left_behind(results: Path, *, planned: bool) -> str | None:
    """Say what stands in the results that is no whole run."""
    there = sorted(results.glob("*/*")) if results.exists() else []
    whole = [path for path in there if (path / "run.json").is_file()]
    if len(whole) != planned or there != whole or (results.exists() and not planned):
        return f"left behind: {[path.name for path in there]}"
    return None


def main() -> None:
    """Try all, and print the cases that failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folders", type=int, default=5_000)
    parser.add_argument("--sheets", type=int, default=1_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    given = parser.parse_args()
    failed = 0
    from tests.proof.sheets import sheet_case  # noqa: PLC0415 (both modules use command)

    with TemporaryDirectory() as name:
        for kind, case, count in (
            ("folder", folder_case, given.folders),
            ("sheet", sheet_case, given.sheets),
        ):
            numbers = range(given.first, given.first + count)
            for number, fault in watched(partial(case, work=Path(name)), numbers):
                failed += 1
                sys.stdout.write(f"{kind} {number}: {fault}\n")
                sys.stdout.flush()
            sys.stdout.write(f"{count} {kind}s tried\n")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
