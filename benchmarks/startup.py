"""How long whole processes take beside the least they could take, in turn in one run, as ratios.

``optimize`` on the demo is compared with importing what it needs; ``--help`` with a Typer app of as
many commands that do nothing, formatted in the same plain way.

Usage: python benchmarks/startup.py [runs]
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
IMPORTS = "import numpy, scipy.sparse, polars, pydantic, highspy"
BARE = """
import typer
app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None)
for name in ("validate", "optimize", "verify", "export", "schema"):
    app.command(name)(lambda: None)
app()
"""


def seconds(command: list[str]) -> float:
    """Run a command once and return its wall time."""
    started = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603 (our own commands)
    return time.perf_counter() - started


def compare(name: str, ours: list[str], least: list[str], runs: int) -> None:
    """Print the medians and their ratio after one warm-up of each."""
    seconds(ours)
    seconds(least)
    pairs = [(seconds(ours), seconds(least)) for _ in range(runs)]
    ratio = statistics.median(a / b for a, b in pairs)
    mine, other = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"{name}: {mine:.3f} s beside {other:.3f} s, ratio {ratio:.2f} (median of {runs} pairs)")  # noqa: T201


def main() -> None:
    """Run both comparisons."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    python, zxsim = sys.executable, [sys.executable, "-m", "zxsim"]
    with tempfile.TemporaryDirectory() as results:
        demo = [*zxsim, "optimize", "scenarios/published-library", "--results", results, "--quiet"]
        compare("optimize on the demo / imports alone", demo, [python, "-c", IMPORTS], runs)
    compare("--help / bare Typer app", [*zxsim, "--help"], [python, "-c", BARE, "--help"], runs)


if __name__ == "__main__":
    main()
