"""Figures of a calibration in words and digits, the same on the screen and on the page."""

from collections.abc import Mapping
from typing import Any

from zxsim.report.calibration_words import FIGURE_LABELS
from zxsim.report.wording import Language

Row = Mapping[str, Any]

_DAYS, _SIZES = "days_", "persons_per_"


def name_of(row: Row, language: Language) -> str:
    """Return the name of a figure: the scenario's own in Chinese, what the figure is in English."""
    return (
        str(row["label"])
        if language == "zh" and row["label"]
        else FIGURE_LABELS[row["figure"]][0 if language == "zh" else 1]
    )


def number(row: Row, key: str) -> str:
    """Write the published or the simulated number of a figure in its unit: per cent, days, persons, a ratio.

    >>> number({"figure": "entry_rate", "model": 0.0093081}, "model")
    '0.93 %'
    >>> number({"figure": "days_to_notice", "model": 10.0}, "model")
    '10.0'
    """
    value, figure = row[key], str(row["figure"])
    if value is None:
        return "—"
    if figure.startswith((_DAYS, _SIZES)):
        return f"{value:.1f}" if figure.startswith(_DAYS) else f"{value:.2f}"
    return f"{value:.3f}" if figure.startswith("income_") else f"{100 * value:.2f} %"


def published(row: Row) -> str:
    """Write the published number with its relation, where that is not equality."""
    relation = "" if row["relation"] == "=" else f"{row['relation']} "
    return relation + number(row, "published") if row["published"] is not None else "—"


def difference(row: Row) -> str:
    """Write the relative difference of a figure, ``—`` where nothing was published."""
    return "—" if row["difference"] is None else f"{100 * row['difference']:+.1f} %"


def parameter(value: float) -> str:
    """Write the value of a parameter with the digits that a scenario states.

    >>> parameter(0.007587), parameter(2500.0)
    ('0.007587', '2500')
    """
    return f"{value:.6f}".rstrip("0").rstrip(".")
