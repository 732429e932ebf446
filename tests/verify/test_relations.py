"""Every relation of a target against figures worked out by hand, in runs written by hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.verify.handmade import Handmade, heard
from zxsim.verify import verify

RELIEF = "[effect.r]\nkind = 'relief'\nprojects = ['P1', 'P2']\nlag = 0\nlife = 1\n"
PAID = "P1,甲,city,2022,8 P1,甲,city,2023,16 P2,乙,city,2023,2"
"""Yuan per head in 甲: 800 in 2022 and 1600 in 2023, over 8000; in 乙 100 in 2023, over 9000 · 1.1ⁿ.
In 镇: 200 in 2022 and 450 in 2023, over 10000."""


def target(keys: str) -> str:
    """Write a target on income in tier 1."""
    return f"{RELIEF}[target.t]\nindicator = 'income'\ntier = 1\nclause = 'K'\n{keys}\n"


def row(place: str, year: int, relation: str, *figures: object, state: str = "met") -> str:
    """Write a row; figures: value, upper, planned, shortfall, baseline, trend, plan, then unavoidable."""
    shown, unavoidable = figures[:7], figures[7:] or ("",)
    return f"t,{place},{year},K,income,1,{relation},{','.join(map(str, shown))},{state},{unavoidable[0]}\n"


B, C = 9000 * 1.1**2, 9000 * 1.1**3
"""Income of 乙 without the plan in 2022 and 2023."""

R, S = 8800 / 10200, 9600 / 10450
"""Income of 甲 against that of 镇 in 2022 and 2023."""
ABOVE, RATIO = "growth_above_parent", "ratio_to_parent"
IN_2023 = 'places = ["甲"]\nyears = [2023, 2023]'

CASES = {
    "above": (
        'relation = ">"\nvalue = 9599\nmargin = 1\nplaces = ["甲"]\nyears = [2023, 2023]',
        row("甲", 2023, ">", 9600, "", 9600, 0, 8000, 0, 1600),
    ),
    "above by too little": (
        'relation = ">"\nvalue = 9600\nmargin = 1\nplaces = ["甲"]\nyears = [2023, 2023]',
        row("甲", 2023, ">", 9601, "", 9600, 1, 8000, 0, 1600, state="met_within_unit"),
    ),
    "below": (
        'relation = "<"\nvalue = 9500\nmargin = 2.5\nplaces = ["甲"]\nyears = [2023, 2023]',
        row("甲", 2023, "<", 9497.5, "", 9600, 102.5, 8000, 0, 1600, state="missed"),
    ),
    "between": (
        'relation = "between"\nvalue = 8900\nupper = 9500\nplaces = ["甲"]\nyears = [2021, 2023]',
        row("甲", 2021, "between", 8900, 9500, 8000, 900, 8000, 0, 0, state="missed")
        + row("甲", 2022, "between", 8900, 9500, 8800, 100, 8000, 0, 800, state="missed")
        + row("甲", 2023, "between", 8900, 9500, 9600, 100, 8000, 0, 1600, state="missed"),
    ),
    "growth from before the horizon": (
        'relation = "growth"\nvalue = 0.1\nbase_year = 2020\nplaces = ["甲"]\nyears = [2022, 2022]',
        row("甲", 2022, "growth", 0.1, "", 1.1**0.5 - 1, 0.1 - (1.1**0.5 - 1), 8000, 0, 800, state="missed"),
    ),
    "growth from a planned year": (
        'relation = "growth"\nvalue = 0.09\nbase_year = 2022\nplaces = ["甲"]\nyears = [2023, 2023]',
        row("甲", 2023, "growth", 0.09, "", 9600 / 8800 - 1, 0, 8000, 0, 1600),
    ),
    "growth above parent": (
        f'relation = "{ABOVE}"\nvalue = 0.2\nbase_year = 2019\n{IN_2023}',
        row("甲", 2023, ABOVE, 0.2, "", 0.155, 0.045, 8000, 0, 1600, 0.01, state="out_of_reach"),
    ),
    "growth above another": (
        f'relation = "{ABOVE}"\nvalue = -0.5\nbase_year = 2020\nthan = "乙"\n{IN_2023}',
        row("甲", 2023, ABOVE, -0.5, "", 1.2 - (C + 100) / 9000, 0, 8000, 0, 1600),
    ),
    "ratio to parent": (
        f'relation = "{RATIO}"\nvalue = 0.95\nplaces = ["甲"]\nyears = [2022, 2023]',
        row("甲", 2022, RATIO, 0.95, "", R, 0.95 - R, 8000, 0, 800, state="missed")
        + row("甲", 2023, RATIO, 0.95, "", S, 0.95 - S, 8000, 0, 1600, state="missed"),
    ),
    "not below previous": (
        'relation = "not_below_previous"\nscale = 1\nplaces = ["甲", "乙"]\nyears = [2021, 2024]',
        row("乙", 2021, "not_below_previous", 0, "", 900, 0, 9000, 900, 0)
        + row("乙", 2022, "not_below_previous", 0, "", B - 9900, 0, 9000, B - 9000, 0)
        + row("乙", 2023, "not_below_previous", 0, "", C + 100 - B, 0, 9000, C - 9000, 100)
        + row("乙", 2024, "not_below_previous", 0, "", 1.1 * C - C - 100, 0, 9000, 1.1 * C - 9000, 0)
        + row("甲", 2021, "not_below_previous", 0, "", 0, 0, 8000, 0, 0)
        + row("甲", 2022, "not_below_previous", 0, "", 800, 0, 8000, 0, 800)
        + row("甲", 2023, "not_below_previous", 0, "", 800, 0, 8000, 0, 1600)
        + row("甲", 2024, "not_below_previous", 0, "", -1600, 1600, 8000, 0, 0, state="missed"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_relation_passes_with_its_figures_and_no_other(name: str, tmp_path: Path) -> None:
    """Figures worked out by hand are those expected; 0.01 万元 less makes the planned one another."""
    keys, rows = CASES[name]
    run = Handmade(paid=PAID, records=target(keys), targets=rows)
    assert heard(tmp_path / "run", run) == []
    spoiled = verify(
        replace(run, paid=PAID.replace("2022,8", "2022,7.99").replace("16", "15.99")).write(tmp_path / "x")
    )
    assert {"verify_figure"} == {message.code for message in spoiled}
    assert "planned" in " ".join(message.address for message in spoiled)


@pytest.mark.parametrize(
    ("name", "before", "after", "address"),
    [
        ("between", "9500", "9600", "upper"),
        ("above", ",9600,,", ",9599,,", "value"),
        ("above by too little", "met_within_unit", "met", "state"),
        ("below", "missed", "met_within_unit", "state"),
        ("growth above parent", "out_of_reach", "missed", "state"),
        ("growth above parent", "0.01", "", "state"),
        ("ratio to parent", "missed,", "missed,0.1", "state"),
    ],
)
def test_changed_cell_of_a_target_is_caught(
    name: str, before: str, after: str, address: str, tmp_path: Path
) -> None:
    """Bounds, and the word of each row, follow from the inputs and the figures."""
    keys, rows = CASES[name]
    assert before in rows
    run = Handmade(paid=PAID, records=target(keys), targets=rows.replace(before, after))
    messages = verify(run.write(tmp_path / "run"))
    assert {(m.code, m.address.split()[-1]) for m in messages} == {("verify_figure", address)}


def test_ratio_to_nothing_is_not_shown_and_lacks_nothing(tmp_path: Path) -> None:
    """Where the place compared with has a coverage of 0, there is no ratio to report."""
    keys = (
        "[target.t]\nindicator = 'road'\ntier = 1\nrelation = 'ratio_to_parent'\nvalue = 0.9\nclause = 'K'\n"
    )
    records = (
        f"{keys}than = '镇'\nplaces = ['甲']\nyears = [2024, 2024]\n[indicator.road]\ncounts = 'persons'\n"
    )
    rows = row("甲", 2024, "ratio_to_parent", 0.9, "", "", 0, 0.5, 0, 0).replace("income", "road")
    folder = Handmade(paid="", records=records, targets=rows).write(tmp_path / "run")
    path = folder / "inputs" / "places.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    bases = ["base_road", "0.4", "0", "0.5", "0.6"]
    text = "\n".join(f"{line},{base}" for line, base in zip(lines, bases, strict=True)) + "\n"
    path.write_text(text, encoding="utf-8")
    assert [message.code for message in verify(folder)] == ["verify_hash"]


def test_growth_that_begins_where_it_ends_is_a_message(tmp_path: Path) -> None:
    """A base year that is not before the year makes no sense, and is said."""
    keys = 'relation = "growth"\nvalue = 0.1\nbase_year = 2023\nplaces = ["甲"]\nyears = [2023, 2023]'
    found = heard(tmp_path / "run", Handmade(paid=PAID, records=target(keys)))
    assert [code for code, *_ in found] == ["verify_file_unreadable"]
