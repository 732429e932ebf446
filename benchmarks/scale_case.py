"""Made-up counties of ``province.py`` with households, as many as one likes, for the whole job."""

from pathlib import Path

import polars as pl
from province import A_VILLAGE, write_counties

SHIPPED = Path(__file__).parent.parent / "scenarios" / "changjiang" / "scenario.toml"
IN_A_VILLAGE, IN_A_COUNTY, PERSONS = 500, 50_000, 3.6
"""Households of a village and of a large county, and persons of a household."""

TARGET = """
[target.all_helped]
indicator = "unresolved"
each = "county"
years = [2025, 2025]
relation = "="
value = 0
tier = 1
"""
CATEGORIES = {'projects = ["LY06", "JL06"]': "乡村建设行动", 'projects = ["LY07", "JL07"]': "就业项目"}
"""Projects of the shipped scenario that pay for measures, and what pays for them here."""


def write_case(folder: Path, households: int) -> Path:
    """Write a scenario of so many households, 20 projects for each 500 of them, and return its folder.

    Shocks, procedure and measures are those of the shipped scenario changjiang.
    """
    villages = households // IN_A_VILLAGE
    counties = max(1, households // IN_A_COUNTY)
    write_counties(folder, counties, projects=villages // counties * A_VILLAGE)
    text = (folder / "scenario.toml").read_text(encoding="utf-8")
    text = text.replace("start = 0.50", "start = 0.25")  # two villages alone have few projects of industry
    (folder / "scenario.toml").write_text(text + TARGET + _simulated(), encoding="utf-8")
    path = folder / "places.csv"
    village = pl.when(pl.col("level") == "village")
    pl.read_csv(path).with_columns(
        population=village.then(round(IN_A_VILLAGE * PERSONS)),
        households=village.then(IN_A_VILLAGE),
        lifted_population=village.then(round(IN_A_VILLAGE * PERSONS / 10)),
        monitored_households=village.then(IN_A_VILLAGE // 50),
        income_yuan=village.then(15_796),
        income_year=village.then(2019),
        trend=village.then(0.078),
    ).write_csv(path)
    return folder


def _simulated() -> str:
    """Sections of the shipped scenario that only the simulation reads."""
    text = SHIPPED.read_text(encoding="utf-8")
    text = text[text.index("[household]\n") :]
    for projects, category in CATEGORIES.items():
        text = text.replace(projects, f'categories = ["{category}"]')
    return text
