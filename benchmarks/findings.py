"""The tables that ``allocation.py`` prints: times, and ratios of times with what is wanted of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clock import Cost

ZXSIM, ONE_PIECE, PULP, LINOPY = "zxsim", "HiGHS in one piece", "PuLP + CBC script", "linopy + HiGHS"
CHAIN, COMPARED = "zxsim, all stages", "its two comparison plans"
STAGES, JOB = "all stages / one stage", f"whole job / one stage by {ONE_PIECE}"
WANTED: Mapping[tuple[str, int], str] = {
    (f"{ZXSIM} / {ONE_PIECE}", 2_000): "≤ 1.5",
    (f"{PULP} / {ZXSIM}", 2_000): "≥ 5",
    (STAGES, 2_000): "≤ 6",
    (f"{ZXSIM} / {ONE_PIECE}", 200_000): "≤ 0.25",
    (f"{ZXSIM} / {ONE_PIECE}, pooled", 200_000): "≤ 1.1",
    (JOB, 200_000): "≤ 1",
}
"""What a ratio at a number of projects must reach."""


@dataclass(frozen=True)
class Time:
    """What a piece of work costs at a size; ``peak_mib`` where it ran in a process of its own."""

    work: str
    projects: int
    cost: Cost
    peak_mib: float | None = None
    note: str = ""

    def cells(self) -> list[str]:
        """Texts of its row."""
        peak = "" if self.peak_mib is None else f"{self.peak_mib:,.0f}"
        return [
            self.work,
            f"{self.projects:,}",
            f"{self.cost.cpu:.2f}",
            f"{self.cost.wall:.2f}",
            peak,
            self.note,
        ]


@dataclass(frozen=True)
class Ratio:
    """How one work compares with another that was measured in turn with it."""

    work: str
    projects: int
    ratio: Cost

    def cells(self) -> list[str]:
        """Texts of its row."""
        wanted = WANTED.get((self.work, self.projects), "")
        return [self.work, f"{self.projects:,}", f"{self.ratio.cpu:.2f}", f"{self.ratio.wall:.2f}", wanted]


TIMES = ["work", "projects", "processor s", "wall s", "peak MiB", ""]
RATIOS = ["ratio", "projects", "processor", "wall", "wanted"]


def markdown(times: Sequence[Time], ratios: Sequence[Ratio]) -> str:
    """Both tables as Markdown, which reads well on a terminal too."""
    parts = [_table(TIMES, [row.cells() for row in times]), _table(RATIOS, [row.cells() for row in ratios])]
    return "\n".join(parts)


def _table(head: list[str], rows: list[list[str]]) -> str:
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    ruler = ["-" * width for width in widths]
    lines = (
        "| "
        + " | ".join(
            _aligned(cell, width, i) for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in [head, ruler, *rows]
    )
    return "".join(f"{line} |\n" for line in lines)


def _aligned(cell: str, width: int, column: int) -> str:
    numbers = range(1, 4)
    return cell.rjust(width) if column in numbers else cell.ljust(width)
