"""What a template of a form may say; a county writes its own in the same words."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from zxsim.core.rulespec import Level
from zxsim.core.spec import Ident, Number, Spec
from zxsim.exporters.sheet import Paper
from zxsim.forms.sources import PROGRESS_HEAD, PROGRESS_SOURCES

LONGEST_NAME = 27
"""Characters of a name: with a year behind it, it must be the name of a sheet, which has 31 at most."""

NOT_IN_NAMES = "[]:*?/\\'"
"""Characters that no name of a sheet may hold."""


QUARTERS = 4
"""Quarters of a year."""


def _sheet_name(name: str) -> str:
    if any(letter in name for letter in NOT_IN_NAMES) or not 0 < len(name.strip()) <= LONGEST_NAME:
        raise PydanticCustomError("form_name", "form name", {"most": LONGEST_NAME, "bad": NOT_IN_NAMES})
    return name


def _one_or_more(given: object) -> object:
    return (given,) if isinstance(given, str) else given


def _of_four_quarters(shares: tuple[float, ...]) -> tuple[float, ...]:
    if len(shares) != QUARTERS or list(shares) != sorted(shares):
        raise PydanticCustomError(
            "form_expected", "shares of four quarters", {"shares": list(map(float, shares))}
        )
    return shares


ShareOfYear = Annotated[float, Field(ge=0, le=1)]
Width = Annotated[Number, Field(ge=1, le=200)]


class FormColumn(Spec):
    """One column; a source that has several items (`amount_by_level`) becomes a column for each."""

    heading: str
    """Heading; `{item}` in it is the item of a source that has several, such as 中央, `{year}` the year."""
    group: str = ""
    """Heading above it, which neighbours with the same one share."""
    source: str | None = None
    """What stands in it; the id of the column when not given."""
    text: str | None = None
    """The same text in every row instead, such as `""` for a column that the office fills in."""
    width: Width = Decimal(12)
    """Width in half-width characters."""
    omit: Literal["never", "empty", "same"] = "never"
    """`empty`: left out when no row has anything; `same`: also when all rows have the same."""
    joined: bool = False
    """True merges equal texts that stand below each other."""


class FormHead(Spec):
    """A name with its value above the table; two stand in a row."""

    label: str
    """Name; placeholders are filled in as in the title."""
    source: str | None = None
    """What stands beside it; the id of the entry when not given."""
    text: str | None = None
    """A text instead, with placeholders as in the title; `""` leaves it to the office."""
    wide: bool = False
    """True gives it a row of its own."""


class FormIndicator(Spec):
    """One line of a form of indicators, or one for each category, target or fund."""

    first: str
    """First-level indicator, such as 产出指标."""
    second: str
    """Second-level indicator."""
    third: str
    """Third-level indicator; with `each`, `{category}`, `{target}`, … are filled in."""
    unit: str = ""
    """Unit of its value; for a target left empty, it follows from the indicator."""
    source: str | None = None
    """What its value is; nothing for a value that the office fills in."""
    each: Literal["category", "target"] | None = None
    """One line for each category with money, or for each target."""
    of: Literal["income", "coverage"] | None = None
    """With `each = "target"`: only targets of income, or only those of coverage."""
    blank: bool = False
    """With `each`: one empty line for the office where there is none."""
    remark: str = ""
    """Remark; with `each`, placeholders are filled in as in `third`."""


class Form(Spec):
    """A form: one row for each project and place with money, place, indicator, target or task."""

    name: Annotated[str, AfterValidator(_sheet_name)]
    """Name of the form and of its sheet."""
    title: str
    """Title; `{place}`, `{year}` and `{name}` (of the scenario) are filled in."""
    unit: str = "单位：万元"
    """Line above the table, at the right."""
    line: tuple[str, ...] = ()
    """Texts before it in the same line, such as 填报单位 and 填报日期 to be filled in by hand."""
    head: dict[Ident, FormHead] = {}  # noqa: RUF012 (pydantic copies defaults)
    """Names and values between that line and the table by id, in their order."""
    rows: Literal["project", "place", "indicator", "target", "task"]
    """What a row is."""
    each_place: Annotated[tuple[Level, ...], BeforeValidator(_one_or_more)] = ()
    """A sheet for each place of this level, or of these; for forms by project and by target."""
    expected: Annotated[tuple[ShareOfYear, ...], AfterValidator(_of_four_quarters)] = (0.25, 0.5, 0.75, 1.0)
    """Share of a year's money that is to be paid by the end of each quarter; less is behind."""
    each_year: bool = False
    """True writes one sheet for each year with money, false one for the whole horizon."""
    level: Level | None = None
    """Level of the places of a form by place; money elsewhere stands at its own place."""
    group_by: str | None = None
    """Source of words by which rows are grouped, each group with its 小计."""
    total: Literal["first", "last", "none"] = "last"
    """Where the row 合计 stands."""
    total_label: str = "合计"
    """Word of the row of totals."""
    subtotal_label: str = "小计"
    """Word of the row below each group."""
    column: Annotated[dict[Ident, FormColumn], Field(min_length=1)]
    """Columns by id, in their order."""
    indicator: dict[Ident, FormIndicator] = {}  # noqa: RUF012 (pydantic copies defaults)
    """Lines of a form of indicators by id, in their order."""
    notes: tuple[str, ...] = ()
    """Lines below the table."""
    landscape: bool | None = None
    """False prints upright, true across; by the width of the table when not given."""
    paper: Paper | None = None
    """Paper, A4 or A3; by the width of the table when not given."""
    font: str = "宋体"
    """Font of all texts."""

    @property
    def of_progress(self) -> bool:
        """Whether it is a report of a quarter: something in it is known from progress.csv alone."""
        shown = {one.source or key for key, one in self.column.items() if one.text is None}
        above = {one.source or key for key, one in self.head.items() if one.text is None}
        return bool((shown & set(PROGRESS_SOURCES)) | (above & set(PROGRESS_HEAD)))
