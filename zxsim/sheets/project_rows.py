"""Rows of projects.csv out of the projects that the sheets hold."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from zxsim.core.money import public_cost, units_up
from zxsim.errors import Message
from zxsim.sheets.mapping import ImportMapping
from zxsim.sheets.notes import Notes
from zxsim.sheets.places import Places
from zxsim.sheets.projects import Project, as_decimal
from zxsim.sheets.record import passed_columns

_MOST_DIGITS = 9
_LEAST_MONEY = Fraction(1, 1000)


def project_rows(
    projects: Sequence[Project], places: Places, mapping: ImportMapping, notes: Notes
) -> list[dict[str, str]]:
    """Return the rows of projects.csv; an empty text is an empty cell."""
    assert mapping.years is not None
    passed = passed_columns(mapping)
    rows = []
    for project in projects:
        row = _row(project, places, mapping.years, notes)
        rows.append(row | dict(zip(passed, project.first.official, strict=True)))
    return rows


def _row(project: Project, places: Places, years: tuple[int, int], notes: Notes) -> dict[str, str]:
    first = project.first
    persons, households, rank = first.numbers
    window = _clipped(project, years, notes)
    return {
        "id": project.id,
        "name": first.name,
        "places": _places(project, places),
        "category": first.category,
        "subcategory": first.subcategory,
        "cost_wan": plain_number(project.cost),
        "self_raised_share": _raised(project),
        "first_year": str(window[0]) if window else "",
        "last_year": str(window[1]) if window else "",
        "status": first.status,
        "beneficiary_persons": str(persons or ""),
        "beneficiary_households": str(households or ""),
        "rank": str(rank or ""),
        "department": first.department,
    }


def _clipped(project: Project, years: tuple[int, int], notes: Notes) -> tuple[int, int] | None:
    """Years of a project inside the scenario's; none where they are the same, or outside of it."""
    if project.window is None:
        return None
    first, last = max(project.window[0], years[0]), min(project.window[1], years[1])
    paid = [year for _, _, year in project.paid]
    first, last = min([first, *paid]), max([last, *paid])
    if first > last:
        notes.messages.append(
            Message(
                "import_window_clipped",
                {"first": project.window[0], "last": project.window[1]},
                "",
                0,
                project.id,
            )
        )
        return None
    return None if (first, last) == years else (first, last)


def _places(project: Project, places: Places) -> str:
    if len(project.shares) == 1:
        return places.ids[next(iter(project.shares))]
    return ";".join(
        f"{places.ids[key]}:{plain_number(as_decimal(share))}" for key, share in project.shares.items()
    )


def _raised(project: Project) -> str:
    """Self-raised share with the fewest digits that leave the public money as the sheet says.

    It is rounded up, so the public money is less by a thousandth of a 万元 at most before it is rounded up.
    """
    if not project.self_raised:
        return ""
    share = Fraction(project.self_raised) / Fraction(project.cost)
    public = units_up(project.cost - project.self_raised)
    digits, up = 1, Decimal(1)
    while digits < _MOST_DIGITS:
        digits += 1
        up = Decimal(-(-share.numerator * 10**digits // share.denominator)) / 10**digits
        less = (Fraction(up) - share) * Fraction(project.cost)
        if less <= _LEAST_MONEY and public_cost(project.cost, up) == public:
            break
    return plain_number(up)


def plain_number(value: Decimal) -> str:
    """Write a number without exponent and zeros at the end.

    >>> plain_number(Decimal("30.00")), plain_number(Decimal("1E+2"))
    ('30', '100')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
