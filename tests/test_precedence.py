"""Precedence, as the first docstring of zxsim/schema/source.py states it: one table of cases."""

from pathlib import Path

import pytest

from zxsim.errors import DataError
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
    assert [message.code for message in caught.value.messages] == ["set_inside_number"]
