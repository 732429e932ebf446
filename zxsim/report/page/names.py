"""Rules, steps, years and relations as a page writes them."""

from collections.abc import Mapping
from typing import Any

from zxsim.exporters.sheet import shown
from zxsim.report.page.source import PageRun

_ONE = {"points": "point", "count": "one_project"}


def rule_name(run: PageRun, row: Mapping[str, Any]) -> str:
    """Name of a rule with its clause."""
    return " ".join(text for text in (run.make.label_of(row["rule"]), row["clause"]) if text)


def year_text(run: PageRun, year: int | None) -> str:
    """A year, or the years of the horizon where a figure is of all of them."""
    years = run.make.run.years
    return "–".join(str(one) for one in dict.fromkeys((years[0], years[-1]))) if year is None else str(year)


def step_text(run: PageRun, step: float, unit: str) -> str:
    """Size of a step with its unit, shares in points."""
    size, word = (round(100 * step, 9), "points") if unit == "share" else (step, unit)
    return f"{shown(size, 'number')} {run.words(_ONE.get(word, word) if size == 1 else word)}"
