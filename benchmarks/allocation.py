"""The allocation beside what anyone would use instead, in one run, as ratios, all with the same objective.

Usage: python benchmarks/allocation.py [--counties 1 3 10] [--runs 5] [--province 200] [--province-runs 1]
[--pools 3] [--choices 300 2000] [--to TABLE.md] [--picture FILE.png], after
``pip install -r requirements-dev.txt -r benchmarks/requirements.txt``.

One stage is the benefit under all rules, from finished arrays to the solution; only the PuLP script and
linopy build their model in that time. A county has 2,000 projects, each of a province 1,000. ``--province``
is left out by default: it takes many minutes, each of its works in a process of its own, for the memory.
Every figure is a median, every ratio the median of ratios of works measured in turn.
"""

import argparse
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from cases import Place, with_choices
from contests import (
    Report,
    chain_contest,
    choice_contest,
    job_contest,
    large_chain,
    large_contest,
    stage_contest,
)
from findings import ONE_PIECE, Ratio, Time, markdown
from province import IN_A_PROVINCE


def reports(given: argparse.Namespace, folder: Path) -> Iterator[Report]:
    """Run all that is asked for, the quickest first."""
    for counties in given.counties:
        place = Place.written(folder / f"{counties}", counties)
        yield stage_contest(place, given.runs)
        yield chain_contest(place, given.runs)
    for counties in given.pools:
        pool = Place.written(folder / f"{counties}-pooled", counties, pooled=True)
        yield stage_contest(pool, given.runs, peers=False)
    for count in given.choices:
        place = Place.written(folder / f"{count}-whole", 1)
        with_choices(place.folder, count)
        yield choice_contest(place, count)
    if given.province:
        yield from province_reports(given, folder)


def province_reports(given: argparse.Namespace, folder: Path) -> Iterator[Report]:
    """Run what a province is measured by."""
    written = partial(Place.written, counties=given.province, each=IN_A_PROVINCE)
    place, runs = written(folder / "province"), given.province_runs
    times, ratios = large_contest(place, runs)
    yield times, ratios
    one_piece = next(time.cost for time in times if time.work == ONE_PIECE)
    yield large_chain(place)
    yield job_contest(place, one_piece)
    yield large_contest(written(folder / "pool", pooled=True), runs)


def main() -> None:
    """Print the tables, and write them and the picture where asked."""
    given = _arguments()
    times: list[Time] = []
    ratios: list[Ratio] = []
    with TemporaryDirectory() as folder:
        for more_times, more_ratios in reports(given, Path(folder)):
            times += more_times
            ratios += more_ratios
            sys.stderr.write(markdown(more_times, more_ratios))
            _write(given, times, ratios)
    sys.stdout.write(markdown(times, ratios))


def _write(given: argparse.Namespace, times: list[Time], ratios: list[Ratio]) -> None:
    """Write what is known so far: the larger sizes may take long, or end in an error."""
    if given.to:
        given.to.write_text(markdown(times, ratios), encoding="utf-8")
    if given.picture and len({time.projects for time in times}) > 1:
        from picture import draw  # noqa: PLC0415 (heavy)

        draw(times, given.picture)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--counties", type=int, nargs="*", default=[1, 3, 10], help="sizes of 2,000 projects each"
    )
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured")
    parser.add_argument("--province", type=int, default=0, help="counties of a province; 0 leaves it out")
    parser.add_argument("--province-runs", type=int, default=1)
    parser.add_argument("--choices", type=int, nargs="*", default=[300, 2000], help="all-or-nothing projects")
    parser.add_argument("--pools", type=int, nargs="*", default=[3], help="counties that share their money")
    parser.add_argument("--to", type=Path, help="Markdown file for the tables")
    parser.add_argument("--picture", type=Path, help="PNG file for time against size")
    return parser.parse_args()


if __name__ == "__main__":
    main()
