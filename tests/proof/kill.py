"""Commands killed at random instants, and on a full disk: what they leave is whole or absent.

Usage: python -m tests.proof.kill [--kills 200]

Every command starts beside a finished run, which must not change. What is found afterwards in the results is
a whole run (the independent check accepts it), or hidden and unfinished; what was there before is the same
bytes. On a full disk, a small tmpfs, a command must end by itself and say so (root only).
"""

import argparse
import hashlib
import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.proof.fuzz import command
from zxsim.errors import ExitCode

SCENARIO = str(Path(__file__).parents[2] / "scenarios" / "changjiang")
FEW = ("--replications", "20", "--workers", "1")
VARIED = "rule.village_floor.at_least_wan=30,32,34"
DISK_KIB = (40, 120, 200, 280)
"""Sizes of the small disks: too small for a run, and for less and less of it."""


@dataclass(frozen=True)
class Job:
    """A command line, in which ``{results}``, ``{run}`` and ``{file}`` stand for what it works on."""

    name: str
    arguments: Sequence[str]

    def line(self, here: Path, run: Path) -> list[str]:
        """Return the command line for a work folder."""
        words = {"results": here / "results", "run": run, "file": here / "workbook.xlsx"}
        return [sys.executable, "-m", "zxsim", *(word.format(**words) for word in self.arguments)]


JOBS = (
    Job("optimize", ("optimize", SCENARIO, "--results", "{results}", *FEW)),
    Job("simulate", ("simulate", "{run}", "--results", "{results}", *FEW)),
    Job("export", ("export", "{run}", "--to", "{file}")),
    Job("sweep", ("sweep", SCENARIO, "--vary", VARIED, "--results", "{results}", "--workers", "1")),
)


def tree(folder: Path) -> Mapping[str, str]:
    """Return the hash of every file below a folder by its path; what is hidden and unfinished is left out."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def prepared(here: Path) -> Path:
    """Write a finished run and a finished workbook; return the run's folder."""
    _, said, _ = command("optimize", SCENARIO, "--results", str(here / "results"), *FEW)
    run = Path(said["run"])
    command("export", str(run), "--to", str(here / "workbook.xlsx"))
    return run


def fault_after(here: Path, before: Mapping[str, str]) -> str | None:
    """Say what is damaged or half-written in a work folder after a command ended or was killed."""
    after = tree(here)
    changed = [name for name in before if after.get(name) != before[name] and not name.endswith(".xlsx")]
    if changed:
        return f"changed: {changed}"
    for run in (here / "results").glob("*/[!.]*"):
        new = not any(name.startswith(str(run.relative_to(here))) for name in before)
        fault = (_sweep_fault(run, here) if run.name.endswith("-sweep") else _run_fault(run)) if new else None
        if fault:
            return fault
        if new:
            shutil.rmtree(run)
    return _workbook_fault(here / "workbook.xlsx")


def _run_fault(run: Path) -> str | None:
    """Say whether a run is not whole."""
    if not (run / "run.json").is_file():
        return f"half a run: {run.name}"
    code, found, errors = command("verify", str(run))
    return f"verify {code}: {found.get('differences')} {errors}" if code else None


def _sweep_fault(sweep: Path, here: Path) -> str | None:
    """Say whether a sweep is not whole, or of other bytes than the first one, however often resumed."""
    if not (sweep / "sweep.json").is_file():
        return f"half a sweep: {sweep.name}"
    found = {name: digest for name, digest in tree(sweep).items() if name.endswith((".csv", ".parquet"))}
    first = here / "first-sweep.json"
    if not first.exists():
        first.write_text(json.dumps(found), encoding="utf-8")
    return None if json.loads(first.read_text(encoding="utf-8")) == found else "a sweep of other bytes"


def _workbook_fault(path: Path) -> str | None:
    """Say whether the workbook, old or new, cannot be read."""
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415 (only here)

    try:
        with ZipFile(path) as book:
            return book.testzip()
    except (BadZipFile, OSError) as error:
        return f"workbook: {error}"


def killed(job: Job, kills: int, here: Path, seed: int = 0) -> Iterator[str]:
    """Kill a command so many times, at instants drawn evenly over the time it takes; give each fault."""
    draw = random.Random(seed)  # noqa: S311 (instants, no secrets)
    run = prepared(here)
    before = tree(here)
    began = time.perf_counter()
    subprocess.run(job.line(here, run), check=True, capture_output=True)
    whole = time.perf_counter() - began
    if fault := fault_after(here, before):
        yield f"{job.name}, not killed: {fault}"
    for _ in range(kills):
        instant = draw.uniform(0, whole)
        process = subprocess.Popen(
            job.line(here, run), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.wait(instant)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if fault := fault_after(here, before):
            yield f"{job.name}, killed after {instant:.2f} s: {fault}"


@contextmanager
def small_disk(folder: Path, kib: int) -> Iterator[None]:
    """Mount a small tmpfs on a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["/bin/mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", str(folder)]
    subprocess.run(mount, check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["/bin/umount", str(folder)], check=True)


def full_disk(job: Job, kib: int, here: Path) -> str | None:
    """Run a command whose results go to a disk that is too small; say what is wrong with how it ended."""
    run = prepared(here)
    small = here / "small"
    with small_disk(small, kib):
        ended = subprocess.run(job.line(small, run), capture_output=True, check=False, text=True)
        left = [name for name in tree(small) if name != "workbook.xlsx"]
        hidden = list(small.rglob(".unfinished*"))  # a sweep keeps what it has, to go on from it
    said = ended.stderr
    if ended.returncode == ExitCode.OK:
        return None if left or (job.name == "export") else "says ok, but wrote nothing"
    if ended.returncode != ExitCode.DATA or "Traceback" in said or not said.strip():
        return f"{job.name} on {kib} KiB: exit {ended.returncode}: {said}"
    return f"{job.name} on {kib} KiB left {left or hidden}" if left or hidden else None


def main() -> None:
    """Kill each command, then fill the disk."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="over all commands together")
    given = parser.parse_args()
    faults = []
    for number, job in enumerate(JOBS):
        with TemporaryDirectory() as name:
            faults += list(killed(job, given.kills // len(JOBS) + 1, Path(name), seed=number))
        sys.stdout.write(f"{job.name}: {given.kills // len(JOBS) + 1} times killed\n")
        for kib in DISK_KIB:
            with TemporaryDirectory() as name:
                faults += [fault for fault in [full_disk(job, kib, Path(name))] if fault]
        sys.stdout.write(f"{job.name}: {len(DISK_KIB)} small disks\n")
    for fault in faults:
        sys.stdout.write(fault + "\n")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
