"""A picture of processor time against size, with the slope of each work: 1 is in proportion to size."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from clock import slope
from findings import Time

MARKS = "osD^v<>"


def draw(times: Sequence[Time], to: Path) -> None:
    """Draw every work that was measured at two sizes or more."""
    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415 (after the choice to draw without a screen)

    figure, axes = plt.subplots(figsize=(8, 5.5), layout="constrained")
    marks = iter(MARKS)
    for work, points in _by_work(times).items():
        projects, seconds = [p for p, _ in points], [s for _, s in points]
        label = f"{work}: slope {slope(projects, seconds):.2f}"
        axes.plot(projects, seconds, marker=next(marks, "."), label=label)
    axes.set(xscale="log", yscale="log", xlabel="projects (five years each)", ylabel="processor time, s")
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend()
    figure.savefig(to, dpi=150)
    plt.close(figure)


def _by_work(times: Sequence[Time]) -> dict[str, list[tuple[int, float]]]:
    """Sizes and seconds of each work, without those that have one size only."""
    found: dict[str, list[tuple[int, float]]] = {}
    for row in times:
        found.setdefault(row.work, []).append((row.projects, row.cost.cpu))
    return {work: sorted(points) for work, points in found.items() if len({p for p, _ in points}) > 1}
