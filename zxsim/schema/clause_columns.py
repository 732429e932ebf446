"""Columns of clauses.csv, and what its cells hold."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from zxsim.schema.columns import Cell, Column

CLAUSES = "clauses.csv"
CARRIERS = ("place", "rule", "target", "fund", "simulation", "measure", "report", "not_modelled")
WITHOUT_KEY = ("report", "not_modelled")
"""What needs no place in the scenario."""
CONVERSIONS = ("same", "coverage", "above")
BETWEEN = ".."
"""Between the two numbers of a range."""

CLAUSE_COLUMNS: Mapping[str, Column] = {
    "clause": Column(
        Cell.TEXT,
        needed=True,
        meaning="Id of the clause, as `clause` names it.",
        chinese="条款编号，与方案中的 `clause` 一致。",
    ),
    "section": Column(Cell.TEXT, meaning="Where it stands in the paper.", chinese="在文件中的位置。"),
    "role": Column(Cell.TEXT, meaning="What kind of clause it is.", chinese="条款的性质。"),
    "scope": Column(Cell.TEXT, meaning="Whom it speaks of.", chinese="条款的对象。"),
    "indicator": Column(Cell.TEXT, meaning="What it speaks of.", chinese="条款的内容。"),
    "year": Column(Cell.TEXT, meaning="Year or years, or `each`.", chinese="年度；每年写 `each`。"),
    "op": Column(Cell.TEXT, meaning="How it compares.", chinese="比较方式。"),
    "value": Column(
        Cell.TEXT, meaning="Its number; a range is `1..2`.", chinese="文件写的数；区间写 `1..2`。"
    ),
    "unit": Column(Cell.TEXT, meaning="Unit of the number.", chinese="数的单位。"),
    "carried_as": Column(
        Cell.WORD,
        needed=True,
        words=CARRIERS,
        meaning="What carries it: places, a rule, a target, a fund, figures of the simulation, a measure, "
        "a report; or that it is not modelled.",
        chinese="由什么落实：place 地区、rule 约束、target 目标、fund 资金、simulation 模拟参数、"
        "measure 帮扶措施、report 报表；not_modelled 没有写入。",
    ),
    "where": Column(
        Cell.TEXT,
        meaning="Keys that carry it, separated by `;`: `rule.industry`, `place.dong`, "
        "`fund.central.amount_wan.2025`.",
        chinese="落实它的键，用 `;` 分隔，如 `rule.industry`、`place.dong`、`fund.central.amount_wan.2025`。",
    ),
    "figures": Column(
        Cell.TEXT,
        meaning="Keys whose number must be the paper's, separated by `;`; for a range one for each end.",
        chinese="应与文件的数一致的键，用 `;` 分隔；区间的两端各写一个。",
    ),
    "conversion": Column(
        Cell.WORD,
        words=CONVERSIONS,
        default="same",
        meaning="`same` number; `coverage`: what the paper asks in full is a coverage of 1; "
        "`above`: a number just above, for a strict “more than”.",
        chinese="same 同一个数；coverage 文件要求的全部做到记为覆盖率 1；above “高于”写成略高一点的数。",
    ),
    "note_zh": Column(
        Cell.TEXT,
        needed=True,
        meaning="What it asks and how it is carried, or why not, in Chinese.",
        chinese="条款要求什么、怎样落实；没有写入的，写原因。",
    ),
    "note_en": Column(Cell.TEXT, meaning="The same in English.", chinese="同上，英文。"),
}


def numbers_in(cell: str | None) -> list[Decimal]:
    """Return the number of a cell, or both ends of a range; nothing where it is in words.

    >>> numbers_in("1..2"), numbers_in("rising"), numbers_in("nan")
    ([Decimal('1'), Decimal('2')], [], [])
    """
    try:
        found = [Decimal(part) for part in (cell or "").split(BETWEEN)]
    except InvalidOperation:
        return []
    return found if all(number.is_finite() for number in found) else []


def agrees(found: Decimal, stated: Decimal, conversion: str) -> bool:
    """Whether a figure of the scenario is the one of the paper.

    >>> agrees(Decimal("0.001"), Decimal(0), "above"), agrees(Decimal(1), Decimal(5), "coverage")
    (True, True)
    """
    if conversion == "coverage":
        return found == 1
    return found > stated if conversion == "above" else found == stated
