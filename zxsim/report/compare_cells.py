"""How figures of a comparison are written, on the screen and in words of a workbook."""

from collections.abc import Mapping
from typing import Any

from zxsim.report.indicator_labels import GROUP_LABELS, INDICATOR_LABELS
from zxsim.report.labels import LABELS, label
from zxsim.report.terminal import amount
from zxsim.report.wording import Language
from zxsim.whatif.compare_findings import signed

Row = Mapping[str, Any]
NOTHING = "—"


def figure(value: float | None, unit: str) -> str:
    """Write a level in its unit.

    >>> figure(24813.6, "yuan"), figure(0.966, "share"), figure(1.24, "households"), figure(None, "yuan")
    ('24,814', '96.6%', '1.24', '—')
    """
    if value is None:
        return NOTHING
    return format(value, {"yuan": ",.0f", "share": ".1%"}.get(unit, ",.2f"))


def change(value: float | None, unit: str) -> str:
    """Write a difference in its unit, with its sign.

    >>> change(-13.6, "yuan"), change(0.036, "share")
    ('-13.60', '+3.6%')
    """
    if value is None:
        return NOTHING
    return format(value, "+.1%") if unit == "share" else signed(value)


def interval(row: Row) -> str:
    """Write the interval of a difference."""
    if row["low"] is None:
        return NOTHING
    return f"{change(row['low'], row['unit'])} … {change(row['high'], row['unit'])}"


def indicator_words(row: Row, language: Language) -> str:
    """Name of an indicator: the scenario's own, or that of what a simulation counts."""
    if row["indicator_name"]:
        return str(row["indicator_name"])
    found = INDICATOR_LABELS.get(row["indicator"])
    return found[0 if language == "zh" else 1] if found else str(row["indicator"])


def who(row: Row, name: str, language: Language) -> str:
    """Name of a place or of a group of households; all where it is neither."""
    group = GROUP_LABELS.get(row.get("group") or row.get("item") or "")
    if row.get("group") or row.get("kind") == "group":
        return group[0 if language == "zh" else 1] if group else str(row.get("group") or row.get("item"))
    return name or label("everywhere", language)


def of_target(row: Row, key: str, side: str = "") -> str:
    """Write a figure of a target, in yuan, per cent or households, before, after or of one run."""
    value = row[f"{key}{side}"]
    return amount({**row, key: value}, key) if value is not None else NOTHING


def chance(value: float | None) -> str:
    """Write a probability."""
    return NOTHING if value is None else f"{value:.0%}"


def state_words(state: str | None, language: Language) -> str:
    """Result of a target in words; nothing where no plan knows it."""
    return NOTHING if state is None else label(state, language)


def relation_words(relation: str, language: Language) -> str:
    """Relation of a target in words, or its sign."""
    return label(relation, language) if relation in LABELS else relation
