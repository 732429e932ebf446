"""Writes docs/clauses.md and docs/clauses.zh.md: every clause of the shipped programmes and what carries it.

``make reference`` runs it; a test fails when a page is stale. Everything comes from the clauses.csv beside
each shipped scenario.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from zxsim.report.clause_text import asks
from zxsim.report.clause_words import CARRIER_WORDS
from zxsim.schema.clause_columns import CARRIERS, CLAUSES
from zxsim.schema.columns import listed
from zxsim.schema.shipped import shipped_scenarios, title

Language = Literal["en", "zh"]
PAGES: Mapping[Language, str] = {"en": "clauses.md", "zh": "clauses.zh.md"}

_HEAD: Mapping[Language, tuple[str, ...]] = {
    "en": (
        "# Every clause, and what carries it",
        "",
        "Made by `make reference` from the `clauses.csv` beside each scenario; a test fails when stale.",
        "[中文](clauses.zh.md)",
        "",
        "Figures in *asks* are the paper's. Where a key is named, `zxsim validate` checks that it is there,",
        "and warns where its figure is not the paper's.",
    ),
    "zh": (
        "# 逐条落实表",
        "",
        "由 `make reference` 按各方案旁边的 `clauses.csv` 生成；内容过时会有测试报错。",
        "[English](clauses.md)",
        "",
        "“要求”一栏是文件写的数。写了键的，`zxsim validate` 检查它在方案里，数与文件不一致会提示。",
    ),
}
_COLUMNS: Mapping[Language, tuple[str, ...]] = {
    "en": ("clause", "stands in", "year", "asks", "carried as", "where", "note"),
    "zh": ("条款", "位置", "年度", "要求", "落实为", "方案中的键", "说明"),
}
_COUNTED: Mapping[Language, str] = {
    "en": "{all} clauses: {parts}.",
    "zh": "共 {all} 条：{parts}。",
}
_BETWEEN: Mapping[Language, tuple[str, str]] = {"en": (", ", " "), "zh": ("、", "")}
_YEARS: Mapping[Language, Mapping[str, str]] = {"en": {"each": "each"}, "zh": {"each": "每年"}}


def clauses(folder: Path) -> list[Mapping[str, str]]:
    """Return the rows of a scenario's clauses.csv, none where it has none."""
    path = folder / CLAUSES
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def page(language: Language) -> str:
    """Return the page in Markdown."""
    return "\n".join(_lines(language)) + "\n"


def _lines(language: Language) -> Iterator[str]:
    yield from _HEAD[language]
    for name, folder in shipped_scenarios().items():
        rows = clauses(folder)
        if rows:
            yield from ("", f"## {title(folder)} `{name}`", "", _counts(rows, language), "")
            yield from _table(rows, language)


def _carriers(language: Language) -> Mapping[str, str]:
    at = 0 if language == "zh" else 1
    return {kind: words[at] for kind, words in CARRIER_WORDS.items()}


def _counts(rows: list[Mapping[str, str]], language: Language) -> str:
    comma, blank = _BETWEEN[language]
    words = _carriers(language)
    found = [row["carried_as"] for row in rows]
    parts = [
        f"{words[kind]}{blank} {found.count(kind)}".replace("  ", " ") for kind in CARRIERS if kind in found
    ]
    return _COUNTED[language].format(all=len(rows), parts=comma.join(parts))


def _table(rows: list[Mapping[str, str]], language: Language) -> Iterator[str]:
    words = {**_carriers(language), "not_modelled": f"**{_carriers(language)['not_modelled']}**"}
    yield f"| {' | '.join(_COLUMNS[language])} |"
    yield "|---" * len(_COLUMNS[language]) + "|"
    for row in rows:
        cells = (
            row["clause"],
            row["section"],
            _YEARS[language].get(row["year"], row["year"].replace("-", "–")),
            asks(row, language),
            words[row["carried_as"]],
            " ".join(f"`{key}`" for key in listed(row["where"])),
            row[f"note_{language}"],
        )
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    for each, file in PAGES.items():
        (Path(__file__).parent / file).write_text(page(each), encoding="utf-8")
