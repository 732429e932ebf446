"""How long the marginal values of 20 clause-years take beside the chain of stages they belong to.

Usage: python benchmarks/marginals.py [runs]
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from library import write_county

from zxsim.optimize.build import build
from zxsim.optimize.highs import SolverSettings
from zxsim.optimize.integer import best_chain
from zxsim.optimize.marginals import marginals
from zxsim.schema.load import load


def main() -> None:
    """Print the times and their ratio."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as folder:
        loaded = load(write_county(Path(folder) / "county"))
    model, settings = build(loaded.spec, loaded.layout), SolverSettings()
    pairs = []
    for _ in range(runs):
        started = time.perf_counter()
        chain = best_chain(model, settings)
        between = time.perf_counter()
        found = marginals(model, loaded.spec, chain, settings)
        pairs.append((time.perf_counter() - between, between - started))
    ratio = statistics.median(ours / one for ours, one in pairs)
    mine, other = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(  # noqa: T201
        f"marginal values of {len(found)} clause-years: {mine:.2f} s beside {other:.2f} s for the chain, "
        f"ratio {ratio:.2f} (median of {runs} pairs)"
    )


if __name__ == "__main__":
    main()
