"""How long loading 200,000 projects, checked, takes beside what polars needs to read the same projects.csv.

Usage: python benchmarks/loading.py [runs]
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import polars as pl
from province import IN_A_PROVINCE, write_counties

from zxsim.schema.load import load

WANTED = 200_000


def main() -> None:
    """Print the times and their ratio; neither side's first run counts."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        province = write_counties(Path(folder) / "province", WANTED // IN_A_PROVINCE, projects=IN_A_PROVINCE)
        pairs = [_pair(province) for _ in range(runs + 1)][1:]
    mine, other = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(  # noqa: T201
        f"loading {WANTED:,} projects: {mine:.3f} s beside {other:.3f} s for polars.read_csv, "
        f"ratio {mine / other:.2f} (median of {runs} runs)"
    )


def _pair(province: Path) -> tuple[float, float]:
    """Seconds for loading the scenario, and for polars to read its projects.csv."""
    started = time.perf_counter()
    pl.read_csv(province / "projects.csv")
    between = time.perf_counter()
    load(province)
    return time.perf_counter() - between, between - started


if __name__ == "__main__":
    main()
