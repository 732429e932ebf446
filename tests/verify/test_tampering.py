"""An untouched run verifies clean; every kind of tampering is caught with its own code."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.verify.spoil import UNIT, add, addresses, codes, edited, pick, read_rows
from zxsim.verify import verify


def test_untouched_run_verifies_clean(run: Path) -> None:
    """Nothing is said of a run as it was written."""
    assert verify(run) == []


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("project_id", "P99", "verify_unknown_project"),
        ("place_id", "丙一", "verify_unknown_place"),
        ("place_id", "甲二", "verify_place"),
        ("fund_id", "county", "verify_unknown_fund"),
        ("fund_id", "sector", "verify_fund_place"),
        ("fund_id", "sector", "verify_fund_category"),
        ("fund_id", "town", "verify_budget"),
        ("year", "2030", "verify_year"),
        ("year", "今年", "verify_year"),
        ("year", "2025", "verify_budget"),
        ("category", "其他", "verify_category"),
        ("amount_wan", "-0.01", "verify_negative"),
        ("amount_wan", "0.00", "verify_negative"),
        ("amount_wan", "0.015", "verify_amount_not_on_grid"),
        ("amount_wan", "1e2", "verify_not_a_number"),
        ("amount_wan", "", "verify_not_a_number"),
        ("amount_wan", "NaN", "verify_not_a_number"),
        ("amount_wan", "99999999999", "verify_not_a_number"),
    ],
)
def test_changed_cell_is_caught_at_its_line(run: Path, cell: str, value: str, code: str) -> None:
    """A cell of the allocation that names something wrong is reported with what was found."""
    messages = edited(run, lambda rows: rows[0].update({cell: value}))
    found = [message for message in messages if message.code == code]
    assert found
    if code != "verify_budget":
        assert (found[0].file, found[0].line, found[0].fields["found"]) == (
            "allocation.csv",
            2,
            _shown(cell, value, code),
        )


def _shown(cell: str, value: str, code: str) -> str:
    if cell != "fund_id" or code == "verify_unknown_fund":
        return value
    return {"verify_fund_place": "甲一", "verify_fund_category": "产业发展; 种植业"}[code]


@pytest.mark.parametrize("step", [UNIT, -UNIT])
def test_one_unit_more_or_less_in_any_row_is_caught(run: Path, step: Decimal) -> None:
    """The sums of the run differ as soon as one amount does."""
    count = len(read_rows(run / "allocation.csv"))
    original = (run / "allocation.csv").read_bytes()
    for i in range(count):
        messages = edited(run, lambda rows, i=i: add(rows[i], step))  # type: ignore[misc]
        assert {"verify_figure", "verify_parquet"} <= codes(messages)
        (run / "allocation.csv").write_bytes(original)


def test_dropped_row_is_caught(run: Path) -> None:
    """Money that vanishes leaves the sums of its place too high."""
    messages = edited(run, lambda rows: rows.pop(0))
    assert "by_place.csv" in {message.file for message in messages if message.code == "verify_figure"}


def test_added_row_is_caught(run: Path) -> None:
    """A new row of 0.01 in a year in which its category had nothing makes a sum that is not reported."""
    row = {"project_id": "P11", "place_id": "县", "category": "项目管理费", "fund_id": "city", "year": "2023"}
    messages = edited(run, lambda rows: rows.append(row | {"amount_wan": "0.01"}))
    assert "项目管理费 2023" in addresses(messages, "verify_row_missing")


def test_doubled_row_is_caught(run: Path) -> None:
    """The same project, place, fund and year may stand only once."""
    messages = edited(run, lambda rows: rows.append(dict(rows[0])))
    (found,) = [message for message in messages if message.code == "verify_duplicate"]
    assert found.line == len(read_rows(run / "allocation.csv")) + 1


def test_empty_allocation_breaks_every_floor(run: Path) -> None:
    """A plan without money is judged, not skipped."""
    header = (run / "allocation.csv").read_text(encoding="utf-8").splitlines()[0]
    (run / "allocation.csv").write_text(header + "\n", encoding="utf-8")
    messages = verify(run)
    assert {"verify_rule", "verify_required"} <= codes(messages)


def test_earmarked_money_outside_its_places_is_caught(run: Path) -> None:
    """A project of the county itself lies in no town, so the towns' money cannot pay it."""
    messages = edited(run, lambda rows: pick(rows, project_id="P10").update(fund_id="town", year="2024"))
    assert "verify_fund_place" in codes(messages)


def test_barred_category_is_caught(run: Path) -> None:
    """A fund that may not pay management fees is not let off because the place fits."""
    fee = {
        "project_id": "P11",
        "place_id": "甲一",
        "category": "项目管理费",
        "fund_id": "town",
        "year": "2023",
    }
    messages = edited(run, lambda rows: rows.append(fee | {"amount_wan": "0.01"}))
    assert "verify_fund_category" in codes(messages)


def test_payment_after_the_window_is_caught(run: Path) -> None:
    """A project whose last year is 2024 cannot be paid in 2025."""
    messages = edited(run, lambda rows: pick(rows, project_id="P02", year="2024").update(year="2025"))
    (found,) = [message for message in messages if message.code == "verify_window"]
    assert (found.fields["expected"], found.fields["found"]) == ("2023-2024", "2025")


def test_payment_before_the_window_is_caught(run: Path) -> None:
    """A project whose first year is 2024 cannot be paid in 2023."""
    messages = edited(run, lambda rows: pick(rows, project_id="P04", fund_id="town").update(year="2023"))
    assert "verify_window" in codes(messages)


@pytest.mark.parametrize(("project", "code"), [("P13", "verify_eligibility"), ("P12", "verify_forbidden")])
def test_money_for_a_project_that_may_have_none_is_caught(run: Path, project: str, code: str) -> None:
    """An ineligible or forbidden project of the same place and category cannot stand in for another."""
    messages = edited(run, lambda rows: pick(rows, project_id="P01").update(project_id=project))
    assert code in codes(messages)


@pytest.mark.parametrize(("project", "place", "cost"), [("P03", "乙一", "90.01"), ("P05", "甲二", "40.40")])
def test_cost_one_unit_over_is_caught(run: Path, project: str, place: str, cost: str) -> None:
    """A project, or its part at one place, may cost no more than its rounded-up public cost."""
    messages = edited(run, lambda rows: add(pick(rows, project_id=project, place_id=place), UNIT))
    (found,) = [message for message in messages if message.code == "verify_cost"]
    assert (found.address, found.fields["expected"]) == (f"{project} {place}", f"<= {cost}")


def test_required_project_one_unit_short_is_caught(run: Path) -> None:
    """Each part of a required project is paid in full; the odd 0.01 went to the smaller place id."""
    messages = edited(run, lambda rows: add(pick(rows, project_id="P08", place_id="乙二"), -UNIT))
    (found,) = [message for message in messages if message.code == "verify_required"]
    assert (found.address, found.fields["expected"], found.fields["found"]) == (
        "P08 乙二",
        "= 22.50",
        "22.49",
    )


def test_many_messages_of_one_code_are_counted(run: Path) -> None:
    """Fifty of a code are listed; the last message counts the others."""
    row = {"project_id": "P99", "place_id": "县", "category": "其他", "fund_id": "city", "year": "2023"}
    extra = [row | {"amount_wan": f"{i}.01"} for i in range(70)]
    messages = edited(run, lambda rows: rows.extend(extra))
    listed = [message for message in messages if message.code == "verify_unknown_project"]
    (more,) = [
        m for m in messages if m.code == "verify_more" and m.fields["code"] == "verify_unknown_project"
    ]
    assert (len(listed), more.fields["count"]) == (50, 20)
