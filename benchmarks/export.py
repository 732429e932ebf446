"""Seconds and peak memory of writing one sheet as a workbook: ``python benchmarks/export.py 20000``."""

import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from zxsim.exporters import SHEET_EXPORTERS
from zxsim.exporters.sheet import Column, Kind, Sheet

TEXTS, AMOUNTS = 9, 4


def main(rows: int) -> None:
    """Write ``rows`` projects with nine texts and four amounts each."""
    texts = [Column(f"列{i}", [f"项目{i}第{row}行" for row in range(rows)], 14) for i in range(TEXTS)]
    amounts: list[float] = [row / 100 for row in range(rows)]
    money = [Column(f"资金{i}", amounts, 10, group="资金", format="money") for i in range(AMOUNTS)]
    sheet = Sheet("表", "标题", [*texts, *money], [Kind.PLAIN] * rows, right="单位：万元")
    with TemporaryDirectory() as folder:
        started = perf_counter()
        SHEET_EXPORTERS[".xlsx"]([sheet], Path(folder) / "x.xlsx")
        seconds = perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{rows} rows: {seconds:.1f} s, {peak:.0f} MB at most\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
