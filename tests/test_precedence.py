"""Precedence, as the first docstring of zxsim/schema/source.py states it: one table of cases."""

from pathlib import Path

import pytest

from zxsim.errors import DataError
from zxsim.rules.category_share import CategoryShare
from zxsim.rules.rising_share import RisingShare
from zxsim.schema.load import load

BASE = """
zxsim_version = "0.1"
name = "base"
years = [2023, 2024]
[fund.city]
level = "市"
amount_wan = { 2023 = 10, 2024 = 20 }
[rule.industry]
kind = "rising_share"
categories = ["产业发展"]
start = { value = 0.5, low = 0.4, high = 0.6, assumed = true }
step = 0.05
"""
MIDDLE = (
    'extends = "scenario.toml"\nname = "middle"\n[rule.industry]\nstep = 0.04\n[project.P1]\ncost_wan = 7\n'
)
TOP = 'extends = "middle.toml"\n[rule.industry]\nstart = 0.3\n'


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    (tmp_path / "scenario.toml").write_text(BASE, encoding="utf-8")
    (tmp_path / "middle.toml").write_text(MIDDLE, encoding="utf-8")
    (tmp_path / "top.toml").write_text(TOP, encoding="utf-8")
    (tmp_path / "places.csv").write_text("id,name,level\nv,村,village\n", encoding="utf-8")
    projects = "id,name,places,category,cost_wan\nP1,茶园,v,产业发展,5\n"
    (tmp_path / "projects.csv").write_text(projects, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("file", "settings", "name", "start", "step", "first_fund", "cost"),
    [
        ("scenario.toml", [], "base", 0.5, 0.05, 10, 5),
        ("middle.toml", [], "middle", 0.5, 0.04, 10, 7),
        ("top.toml", [], "middle", 0.3, 0.04, 10, 7),
        ("top.toml", ["rule.industry.step=0.01"], "middle", 0.3, 0.01, 10, 7),
        ("top.toml", ["rule.industry.step=0.01", "rule.industry.step=0.02"], "middle", 0.3, 0.02, 10, 7),
        ("top.toml", ["fund.city.amount_wan.2023=11"], "middle", 0.3, 0.04, 11, 7),
        ("top.toml", ["name=新方案"], "新方案", 0.3, 0.04, 10, 7),
        ("top.toml", ["project.P1.cost_wan=9"], "middle", 0.3, 0.04, 10, 9),
    ],
)
def test_the_nearer_source_wins(
    file: str,
    settings: list[str],
    name: str,
    start: float,
    step: float,
    first_fund: int,
    cost: int,
    folder: Path,
) -> None:
    """``--set`` wins over the what-if, the what-if over what it extends, all over the defaults."""
    loaded = load(folder / file, settings)
    rule = loaded.spec.rule["industry"]
    assert isinstance(rule, RisingShare)
    assert rule.start is not None
    assert rule.step is not None
    assert loaded.spec.name == name
    assert (float(rule.start), float(rule.step)) == (start, step)
    assert loaded.layout.funds[0].amount.tolist() == [first_fund * 100, 2000]
    assert loaded.projects["cost_wan"].to_list() == [cost]


def test_a_figure_is_replaced_whole(folder: Path) -> None:
    """A what-if's plain number takes the range and the mark of an assumption away."""
    assert [a.address for a in load(folder / "scenario.toml").assumptions] == ["[rule.industry] start"]
    assert load(folder / "top.toml").assumptions == []


def test_a_rule_can_be_switched_off(folder: Path) -> None:
    """``rule.x.enabled = false`` keeps the rule in the file and out of the model."""
    loaded = load(folder / "scenario.toml", ["rule.industry.enabled=false"])
    assert not loaded.spec.rule["industry"].enabled


def test_a_part_of_a_number_cannot_be_set(folder: Path) -> None:
    """Setting one year of a fund that has one number for all years would silently drop the others."""
    with pytest.raises(DataError) as caught:
        load(folder / "scenario.toml", ["fund.city.amount_wan=5", "fund.city.amount_wan.2023=6"])
    (message,) = caught.value.messages
    assert (message.code, message.file) == ("set_inside_number", "--set fund.city.amount_wan.2023=6")
    assert (message.line, message.address) == (0, "[fund.city] amount_wan")
    form = str(message.fields["form"])
    assert form.startswith('--set "fund.city.amount_wan={')
    full = load(folder / "scenario.toml", ["fund.city.amount_wan=5", form[len('--set "') : -1]])
    amounts = full.spec.fund["city"].amount_wan
    assert sorted(amounts) == list(range(full.spec.years[0], full.spec.years[1] + 1))
    assert {year: amount.value for year, amount in amounts.items()} == {**dict.fromkeys(amounts, 5), 2023: 6}
    with pytest.raises(DataError, match="set_inside_value"):
        load(folder / "scenario.toml", ["years.first=2023"])


TARGET = """
[target.income]
indicator = "income"
each = "village"
relation = ">="
value = 9000
tier = 1
"""


def test_a_record_merges_key_by_key_even_when_it_has_a_value(folder: Path) -> None:
    """A target has a key ``value`` and is no figure: a what-if may switch it off, weigh it, or move it."""
    base = (folder / "scenario.toml").read_text(encoding="utf-8")
    (folder / "scenario.toml").write_text(base + TARGET.replace("income", "i", 1), encoding="utf-8")
    (folder / "places.csv").write_text(
        "id,name,level,population,income_yuan,income_year,trend\nv,村,village,100,8000,2022,0.05\n",
        encoding="utf-8",
    )
    loaded = load(folder / "scenario.toml", ["target.i.weight=2", "target.i.value=9500", "target.i.tier=3"])
    target = loaded.spec.target["i"]
    assert (float(target.weight), float(target.number), target.tier) == (2, 9500, 3)
    assert not load(folder / "scenario.toml", ["target.i.enabled=false"]).spec.target["i"].enabled


def test_the_nearer_of_two_keys_that_exclude_each_other_stays(folder: Path) -> None:
    """``at_most`` in a what-if replaces ``at_least`` of the base, ``places`` replaces ``each``."""
    rule = '[rule.fee]\nkind = "category_share"\ncategories = ["项目管理费"]\nat_least = 0.1\n'
    floor = '[rule.floor]\nkind = "place_floor"\neach = "village"\nat_least_wan = 1\n'
    base = (folder / "scenario.toml").read_text(encoding="utf-8")
    (folder / "scenario.toml").write_text(base + rule + floor, encoding="utf-8")
    spec = load(folder / "scenario.toml", ["rule.fee.at_most=0.2", 'rule.floor.places=["v"]']).spec
    fee = spec.rule["fee"]
    assert isinstance(fee, CategoryShare)
    assert (fee.at_least, float(fee.at_most or 0)) == (None, 0.2)
    assert spec.rule["floor"].places == ("v",)


def test_a_file_may_replace_one_number_by_amounts_by_year(folder: Path) -> None:
    """Written in full in a what-if file, amounts by year take the place of one number for all years."""
    base = (folder / "scenario.toml").read_text(encoding="utf-8")
    text = base.replace("{ 2023 = 10, 2024 = 20 }", "15")
    (folder / "scenario.toml").write_text(text, encoding="utf-8")
    (folder / "years.toml").write_text(
        'extends = "scenario.toml"\n[fund.city]\namount_wan = { 2023 = 11, 2024 = 12 }\n', encoding="utf-8"
    )
    assert load(folder / "years.toml").layout.funds[0].amount.tolist() == [1100, 1200]
