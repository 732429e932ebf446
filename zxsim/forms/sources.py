"""What a column of a form may show: the names of sources by kind of row."""

from collections.abc import Iterable, Mapping

from zxsim.core.places import LEVELS
from zxsim.schema.columns import OFFICIAL, passes_through

ITEM_SOURCES = ("amount_by_level", "amount_by_fund", "amount_by_year", "amount_by_category")
"""Sources that become a column for each item."""

VALUE_BY_YEAR = "value_by_year"

PROGRESS_SOURCES = (
    *("paid_wan", "paid_quarter_wan", "paid_total_wan"),
    *("paid_share", "physical_share", "work_status"),
)
"""Sources of a form by project that only reports of progress have."""

SOURCES: Mapping[str, tuple[str, ...]] = {
    "project": (
        *("number", "project_id", "project_name", "category", "subcategory", "place", "place_id", *LEVELS),
        *("amount_wan", *ITEM_SOURCES[:3], "cost_wan", "public_cost_wan", "self_raised_wan"),
        *("years_paid", "period", "schedule"),
        *("status", "department", "beneficiaries", "beneficiary_persons", "beneficiary_households"),
        *PROGRESS_SOURCES,
    ),
    "place": (
        *("number", "place", "place_id", *LEVELS, "projects", "population", "households"),
        *("amount_wan", *ITEM_SOURCES),
    ),
    "indicator": ("number", "first", "second", "third", "unit", "value", VALUE_BY_YEAR, "remark"),
    "target": (
        *("number", "target", "target_name", "indicator", "clause", "lead", "area", "place", "place_id"),
        *(*LEVELS, "year", "required", "value", "planned", "mean", "low", "high", "probability", "met"),
    ),
    "task": (
        *("number", "task_number", "title", "lead", "units", "target", "target_name", "indicator", "clause"),
        *("required", "year", "planned", "mean", "probability", "places", "reached", "state"),
    ),
}
"""Sources of each kind of row; forms by project and task may also show the columns that pass through."""

INDICATOR_SOURCES = (
    *("projects", "projects_in_full", "amount_wan", "amount_share"),
    *("beneficiary_persons", "beneficiary_households", "deadline", "planned"),
)
"""Values that a line of a form of indicators may have."""

HEAD_SOURCES = (
    *("name", "place", "period", "total_wan", "fiscal_wan", "other_wan", "amount_wan", "projects"),
    *("targets", "measures", "yearly", "units", "problems"),
)
"""What an entry above the table may show."""

OF_EACH: Mapping[str | None, tuple[str, ...]] = {
    None: (),
    "category": ("category",),
    "target": ("target", "indicator", "relation", "required", "clause", "lead", "places", "reached"),
}
"""Placeholders of a line by what it stands for."""

PROGRESS_HEAD = ("paid_wan", "paid_share", "expected_share")
"""Entries that only a report of progress has beside them."""

OF_PROJECTS = ("projects", "measures", "units", "problems", *PROGRESS_HEAD)
"""Entries that are made of the rows of a form by project."""

EACH_PLACE = ("project", "target")
"""Rows of forms that can have a sheet for each place."""

TITLE_PLACEHOLDERS = ("place", "year", "name")
QUARTER_PLACEHOLDERS = ("quarter", "due", "expected")
"""Placeholders that only a report of progress has beside them."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "project": ("category", "subcategory", "department", "status", *LEVELS),
    "place": LEVELS,
    "indicator": ("first", "second"),
    "target": ("area", "place", "target_name", "lead", *LEVELS),
    "task": ("lead",),
}
"""Sources by which rows may be grouped."""


PASSING = ("project", "task")
"""Rows that have the columns that pass through."""


def known_source(rows: str, source: str) -> bool:
    """Whether a form with such rows can show a source."""
    return source in SOURCES[rows] or (rows in PASSING and passes_through(source))


def source_names(rows: str) -> Iterable[str]:
    """Return all names to choose from, those that pass through included."""
    return (*SOURCES[rows], *(OFFICIAL if rows in PASSING else ()))
