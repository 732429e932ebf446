"""Made-up counties over five years, alone or together as a city or a province.

A county alone has 2,000 projects, each of 200 in a province 1,000. Every county has its own money (two funds
that may replace each other, and one of its own that industry may not have), a rising share for industry, a
floor a village and a target on tap water. Costs, ranks and the benefit of a 万元 are drawn from few values,
so that there are ties on purpose.
"""

from pathlib import Path

import numpy as np
import polars as pl

PROJECTS, IN_A_PROVINCE = 2_000, 1_000
"""Projects of a county, alone and as one of many."""

A_VILLAGE, VILLAGES_A_TOWN = 20, 10
"""Projects a village, and villages a town."""

CATEGORIES = ("产业发展", "乡村建设行动", "就业项目", "巩固三保障成果")
SCENARIO = """zxsim_version = "0.1"
name = "{name}"
years = [2021, 2025]
[fund.central]
level = "中央"
amount_wan = {central}
{each}
[fund.provincial]
level = "省"
amount_wan = {provincial}
{each}
[fund.county]
level = "区县"
amount_wan = {county}
per_place = [{counties}]
not_categories = ["产业发展"]
[rule.industry]
kind = "rising_share"
funds = ["central", "provincial"]
categories = ["产业发展"]
start = 0.50
step = 0.02
{each_county}
[rule.village]
kind = "place_floor"
each = "village"
at_least_wan = 30
[indicator.water]
counts = "persons"
[effect.water]
kind = "coverage"
indicator = "water"
categories = ["乡村建设行动"]
heads = "beneficiary_persons"
[target.water]
indicator = "water"
each = "village"
relation = ">="
value = 0.9
tier = 1
[effect.orchard]
kind = "asset_yield"
categories = ["产业发展"]
yield = 0.06
lag = 1
life = 10
[effect.posts]
kind = "asset_yield"
categories = ["就业项目"]
yield = 0.5
lag = 0
life = 1
"""


def write_counties(folder: Path, counties: int, *, projects: int = PROJECTS, pooled: bool = False) -> Path:
    """Write a scenario of so many counties with so many projects each.

    ``pooled``: the two upper funds are one sum for all counties, so that everything hangs together.
    """
    ids = [f"c{county:03}" for county in range(counties)]
    listed = ", ".join(f'"{county}"' for county in ids)
    money = counties if pooled else 1
    folder.mkdir(parents=True, exist_ok=True)
    text = SCENARIO.format(
        name=f"{counties} 个县",
        central=3 * projects * money,
        provincial=3 * projects * money / 2,
        county=projects,
        each="" if pooled else f"per_place = [{listed}]",
        each_county="" if pooled else 'each = "county"',
        counties=listed,
    )
    villages = projects // A_VILLAGE
    (folder / "scenario.toml").write_text(text, encoding="utf-8")
    _places(ids, villages).write_csv(folder / "places.csv")
    _projects(ids, projects, villages).write_csv(folder / "projects.csv")
    return folder


def _places(counties: list[str], villages_of_one: int) -> pl.DataFrame:
    of_one = [(village // VILLAGES_A_TOWN, village % VILLAGES_A_TOWN) for village in range(villages_of_one)]
    towns = [f"{county}t{town}" for county in counties for town in range(of_one[-1][0] + 1)]
    villages = [f"{county}t{town}v{village}" for county in counties for town, village in of_one]
    named = [
        pl.DataFrame({"id": ids, "level": level, "parent": [place[:cut] for place in ids]})
        for ids, level, cut in ((counties, "county", 0), (towns, "town", 4), (villages, "village", 6))
    ]
    frame = pl.concat(named)
    people = pl.when(pl.col("level") == "village").then(800)
    return frame.select(
        "id",
        pl.col("id").alias("name"),
        "level",
        "parent",
        people.alias("population"),
        base_water=pl.lit(0.6),
    )


def _projects(counties: list[str], projects: int, villages: int) -> pl.DataFrame:
    draw = np.random.default_rng(7)
    size = projects * len(counties)
    number = np.arange(size)
    county, within = np.divmod(number, projects)
    town, village = np.divmod(within % villages, VILLAGES_A_TOWN)
    places = [f"c{c:03}t{t}v{v}" for c, t, v in zip(county, town, village, strict=True)]
    return pl.DataFrame(
        {
            "id": [f"P{n:06}" for n in number],
            "name": [f"项目{n}" for n in number],
            "places": places,
            "category": np.array(CATEGORIES)[draw.integers(0, len(CATEGORIES), size)],
            "cost_wan": draw.integers(3, 23, size) * 5.0,
            "beneficiary_persons": draw.integers(1, 10, size) * 10,
            "rank": draw.integers(1, 41, size),
            "建设内容": np.array(["新建", "改建", "扩建"])[draw.integers(0, 3, size)],
        }
    )
