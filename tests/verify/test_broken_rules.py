"""Each kind of rule is kept to the last 0.01 万元, and reported from the first one short."""

import ast
from decimal import Decimal
from pathlib import Path

import pytest

import zxsim.verify
from tests.verify.spoil import UNIT, Row, add, addresses, edited, pick, read_rows, shortened, spare
from zxsim.core.spec import kind_of
from zxsim.rules import RULE_KINDS
from zxsim.verify import CHECKS


def test_every_rule_kind_has_an_independent_check() -> None:
    """A kind of rule without a check of its own would pass unseen."""
    kinds = {kind_of(kind) for kind in RULE_KINDS}
    assert set(CHECKS) == kinds | {"budget"}


def test_verify_imports_no_code_that_makes_plans() -> None:
    """Only money and messages are shared with the rest, so that one bug cannot hide another."""
    allowed = ("zxsim.verify", "zxsim.core.money", "zxsim.errors")
    for path in Path(zxsim.verify.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            ours = [name for name in names if name.split(".")[0] == "zxsim"]
            assert all(name.startswith(allowed) for name in ours), (path.name, ours)


def test_category_share_one_unit_short_is_caught(run: Path) -> None:
    """A floor on a share breaks when 0.01 too little is spent on its categories, and not before."""
    limit = Decimal("0.2") * Decimal(50)
    spent = sum(
        Decimal(row["amount_wan"])
        for row in read_rows(run / "allocation.csv")
        if (row["fund_id"], row["year"], row["category"]) == ("town", "2024", "乡村建设行动")
        and row["place_id"] in {"甲一", "甲二"}
    )
    cells = {"fund_id": "town", "year": "2024", "category": "乡村建设行动", "place_id": "甲一"}
    just = edited(run, lambda rows: shortened(rows, spent - limit, **cells))
    assert "[rule.town_building] 镇甲 2024" not in addresses(just, "verify_rule")
    short = edited(run, lambda rows: shortened(rows, UNIT, **cells))
    assert "[rule.town_building] 镇甲 2024" in addresses(short, "verify_rule")


def test_share_of_spent_money_one_unit_over_its_cap_is_caught(run: Path) -> None:
    """A cap of 1 % of what is spent breaks by the first 0.01 above it."""
    paid = [Decimal(row["amount_wan"]) for row in read_rows(run / "allocation.csv") if row["year"] == "2023"]
    most = (sum(paid, Decimal(0)) / 99).quantize(UNIT, rounding="ROUND_FLOOR")
    fee = {"project_id": "P11", "place_id": "县", "category": "项目管理费", "fund_id": "city", "year": "2023"}
    just = edited(run, lambda rows: rows.append(fee | {"amount_wan": str(most)}))
    assert "[rule.fee] 2023" not in addresses(just, "verify_rule")
    over = edited(run, lambda rows: add(rows[-1], UNIT))
    assert "[rule.fee] 2023" in addresses(over, "verify_rule")


@pytest.mark.parametrize("year", ["2024", "2025"])
def test_rising_share_one_unit_short_is_caught(run: Path, year: str) -> None:
    """The rise over the share of the year before is judged in whole units."""
    held = {"2024": Decimal(240), "2025": Decimal(260)}[year]
    above = int(spare(run, "rise", "", year) * held / UNIT) * UNIT
    cells = {"fund_id": "city", "year": year, "category": "产业发展"}
    just = edited(run, lambda rows: shortened(rows, above, **cells))
    assert f"[rule.rise] {year}" not in addresses(just, "verify_rule")
    short = edited(run, lambda rows: shortened(rows, UNIT, **cells))
    assert f"[rule.rise] {year}" in addresses(short, "verify_rule")


def test_start_of_a_rising_share_is_caught(run: Path) -> None:
    """The first year with money has a floor of its own, rounded up to 0.01."""
    floor = (Decimal("0.35") * Decimal("200.01")).quantize(UNIT, rounding="ROUND_CEILING")
    cells = {"fund_id": "city", "year": "2023", "category": "产业发展"}
    spent = spare(run, "rise", "", "2023") * Decimal("200.01") + Decimal("0.35") * Decimal("200.01")
    above = spent.quantize(UNIT) - floor
    just = edited(run, lambda rows: shortened(rows, above, **cells))
    assert "[rule.rise] 2023" not in addresses(just, "verify_rule")
    short = edited(run, lambda rows: shortened(rows, UNIT, **cells))
    assert "[rule.rise] 2023" in addresses(short, "verify_rule")


def test_path_of_a_rising_share_is_caught(run: Path) -> None:
    """A share below the stated path of the year is reported."""
    messages = edited(run, lambda rows: shortened(rows, Decimal(15), project_id="P07", year="2023"))
    assert "[rule.water_path] 2023" in addresses(messages, "verify_rule")


def test_place_floor_one_unit_short_is_caught(run: Path) -> None:
    """A village that gets 0.01 less than its floor is named with the year."""
    above = spare(run, "village", "乙二", "2023")
    cells = {"place_id": "乙二", "year": "2023"}
    just = edited(run, lambda rows: shortened(rows, above, **cells))
    assert "[rule.village] 乙二 2023" not in addresses(just, "verify_rule")
    short = edited(run, lambda rows: shortened(rows, UNIT, **cells))
    assert "[rule.village] 乙二 2023" in addresses(short, "verify_rule")


def test_place_floor_over_the_period_is_caught(run: Path) -> None:
    """A floor over all years counts the money of the place and of all below it."""
    above = spare(run, "town_total", "镇乙", "")

    def less(rows: list[Row]) -> None:
        inside = [row for row in rows if row["place_id"] in {"乙一", "乙二"}]
        shortened(inside, above + UNIT)

    messages = edited(run, less)
    (found,) = [m for m in messages if m.code == "verify_rule" and m.address == "[rule.town_total] 镇乙"]
    assert (found.fields["expected"], found.fields["found"]) == (">= 120.00", "119.99")


def test_budget_one_unit_over_is_caught(run: Path) -> None:
    """0.01 more than a fund holds in a year is too much."""
    messages = edited(run, lambda rows: add(pick(rows, fund_id="city", year="2024"), UNIT))
    (found,) = [message for message in messages if message.code == "verify_budget"]
    assert found.address == "[fund.city] 2024"
    assert (found.fields["expected"], found.fields["found"]) == ("<= 240.00", "240.01")


def test_earmark_one_unit_over_is_caught(run: Path) -> None:
    """0.01 moved from one town to another leaves the fund's sum alone and breaks the earmark."""

    def moved(rows: list[Row]) -> None:
        add(pick(rows, fund_id="town", year="2024", place_id="甲一"), UNIT)
        add(pick(rows, fund_id="town", year="2024", place_id="乙二"), -UNIT)

    assert addresses(edited(run, moved), "verify_budget") == {"[fund.town] 镇甲 2024"}
