"""What the whole costs against its size: households of ``optimize``, points of ``sweep``.

Usage: python benchmarks/scale.py [--households 1000 10000 ...] [--points 1 10 ...] [--to TABLE.md]

``optimize`` is the whole command on made-up counties (``scale_case.py``; places and projects grow with
them), without a simulation, with a single replication, and with as many as it takes by default; ``sweep`` is
the whole command on the shipped scenario changjiang and on a county of 2,000 projects. Processor time is that
of the command and its workers. Memory is what all their processes hold together, looked at 20 times a
second. A slope of 1 is in proportion to the size: *slope* is that since the size before, and below the table
stands that of a line through all sizes.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from clock import now, slope
from province import write_counties
from scale_case import SHIPPED, write_case

ROOT = Path(__file__).parent.parent
LOOK_SECONDS = 0.05
PAGE_GIB = os.sysconf("SC_PAGE_SIZE") / 2**30
HEAD = ("work", "size", "processor s", "slope", "wall s", "peak GiB", "slope of memory")


@dataclass(frozen=True)
class Measured:
    """What a command cost at a size."""

    work: str
    size: int
    cpu: float
    wall: float
    peak_gib: float


def measured(work: str, size: int, arguments: Sequence[str]) -> Measured:
    """Run a command of zxsim in a session of its own, and watch it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    before, peak, ended = now(), 0.0, threading.Event()
    process = subprocess.Popen(  # noqa: S603 (our own command)
        [sys.executable, "-m", "zxsim", *arguments, "--json"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    waiting = threading.Thread(target=lambda: (process.wait(), ended.set()))
    waiting.start()
    while not ended.wait(LOOK_SECONDS):
        peak = max(peak, held_gib(process.pid))
    waiting.join()
    if process.returncode:
        raise SystemExit(f"{work} {size:,}: exit {process.returncode}")
    cost = now() - before
    return Measured(work, size, cost.cpu, cost.wall, peak)


def held_gib(session: int) -> float:
    """Memory that the processes of a session hold (resident), each page once for every process."""
    pages = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # gone meanwhile
            continue
        if int(fields[3]) == session:
            pages += int(fields[21])
    return pages * PAGE_GIB


def households(sizes: Sequence[int], folder: Path) -> Iterator[Measured]:
    """Measure the whole job, one replication and as many as by default."""
    for size in sizes:
        case, results = (
            write_case(folder / f"{size} households", size),
            ["--results", str(folder / "results")],
        )
        yield measured("optimize, no simulation", size, ["optimize", str(case), *results, "--no-simulate"])
        yield measured(
            "optimize, one replication", size, ["optimize", str(case), *results, "--replications", "1"]
        )
        yield measured("optimize", size, ["optimize", str(case), *results])


def points(counts: Sequence[int], folder: Path) -> Iterator[Measured]:
    """Measure sweeps of a small scenario and of a county."""
    county = write_counties(folder / "county", 1)
    cases = (
        ("sweep of two villages", SHIPPED.parent, "rule.industry_share.start=0.50:0.90"),
        ("sweep of 2,000 projects", county, "rule.industry.start=0.50:0.60"),
    )
    for work, case, vary in cases:
        for count in counts:
            varied = f"{vary}:{count}" if count > 1 else vary.partition(":")[0]
            results = folder / f"{count} points"
            yield measured(work, count, ["sweep", str(case), "--vary", varied, "--results", str(results)])


def table(found: Sequence[Measured]) -> str:
    """Markdown: a row a size, grouped by work, and the slope of each work in all."""
    lines = ["| " + " | ".join(HEAD) + " |", "|---" + "|---:" * (len(HEAD) - 1) + "|"]
    totals = []
    for work in dict.fromkeys(row.work for row in found):
        rows = [row for row in found if row.work == work]
        for before, row in zip([None, *rows], rows, strict=False):
            lines.append("| " + " | ".join(_cells(before, row)) + " |")
        if len(rows) > 1:
            sizes = [row.size for row in rows]
            totals.append(f"{work} {slope(sizes, [row.cpu for row in rows]):.2f}")
    return "\n".join(lines) + f"\n\nSlope of processor time over all sizes: {'; '.join(totals)}.\n"


def _cells(before: Measured | None, row: Measured) -> list[str]:
    cpu = memory = ""
    if before is not None:
        sizes = [before.size, row.size]
        cpu = f"{slope(sizes, [before.cpu, row.cpu]):.2f}"
        memory = f"{slope(sizes, [before.peak_gib, row.peak_gib]):.2f}"
    return [
        row.work,
        f"{row.size:,}",
        f"{row.cpu:.1f}",
        cpu,
        f"{row.wall:.0f}",
        f"{row.peak_gib:.2f}",
        memory,
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--households", type=int, nargs="*", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--points", type=int, nargs="*", default=[1, 10, 100, 1_000])
    parser.add_argument("--to", type=Path)
    given = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory() as folder:
        works = [households(given.households, Path(folder))]
        works += [points(given.points, Path(folder))] if given.points else []
        for work in works:
            for row in work:
                found.append(row)
                sys.stderr.write(" ".join(_cells(None, row)) + "\n")
    text = table(found)
    sys.stdout.write(text)
    if given.to:
        given.to.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
