"""A made-up county of 2,000 projects over five years under 20 clauses, written as a scenario folder."""

import csv
import random
from collections.abc import Mapping
from pathlib import Path

PROJECTS, TOWNS, VILLAGES_A_TOWN = 2000, 6, 10
CATEGORIES = ("产业发展", "乡村建设行动", "就业项目", "巩固三保障成果")
HEADER = """zxsim_version = "0.1"
name = "{name}"
years = [2021, 2025]
[fund.central]
level = "中央"
amount_wan = 9000
[fund.city]
level = "市"
amount_wan = 3000
not_categories = ["就业项目"]
[fund.town]
level = "区县"
amount_wan = 300
per_place = [{towns}]
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
[benefit]
source = "own"
unit = "分"
"""
SHARE = 'kind = "category_share"\ncategories = ["{}"]\n{} = {}\n'
RULES: Mapping[str, str] = {
    "rise": 'kind = "rising_share"\ncategories = ["产业发展"]\nstart = 0.30\nstep = 0.02\n',
    "village": 'kind = "place_floor"\neach = "village"\nat_least_wan = 20\n',
    "town": 'kind = "place_floor"\neach = "town"\nat_least_wan = 600\n',
    "period": 'kind = "place_floor"\neach = "village"\nat_least_wan = 200\nper = "period"\n',
    "spent": SHARE.format("巩固三保障成果", "at_least", 0.05) + 'of = "spent"\n',
    "jobs": SHARE.format("就业项目", "at_least", 0.1) + 'funds = ["central"]\n',
    "jobs_cap": SHARE.format("就业项目", "at_most", 0.2),
    "building": SHARE.format("乡村建设行动", "at_least", 0.1),
    "building_cap": SHARE.format("乡村建设行动", "at_most", 0.45),
    "security_cap": SHARE.format("巩固三保障成果", "at_most", 0.15),
    "city_industry": SHARE.format("产业发展", "at_least", 0.3) + 'funds = ["city"]\n',
    "fee": SHARE.format("项目管理费", "at_most", 0.01),
    **{
        f"early{n}": f'kind = "place_floor"\nat_least_wan = {3000 + 500 * n}\nyears = [2021, {2021 + n}]\n'
        for n in range(4)
    },
    "central_village": 'kind = "place_floor"\neach = "village"\nat_least_wan = 5\nfunds = ["central"]\n',
}
"""Seventeen rules that can all be kept; with the three funds they are 20 clauses."""


def write_county(folder: Path, changed: Mapping[str, str] | None = None) -> Path:
    """Write the scenario, with some rules put in the place of others, and return its folder."""
    draw = random.Random(7)  # noqa: S311 (nothing secret)
    towns = [f"t{t}" for t in range(TOWNS)]
    villages = [f"{town}v{v}" for town in towns for v in range(VILLAGES_A_TOWN)]
    places = [("c", "county", "", "")]
    places += [(town, "town", "c", "") for town in towns]
    places += [(village, "village", village[:2], 800) for village in villages]
    rows = [("id", "name", "level", "parent", "population", "base_water")]
    rows += [(name, name, *rest, 0.6) for name, *rest in places]
    projects = [("id", "name", "places", "category", "cost_wan", "benefit", "beneficiary_persons", "rank")]
    for n in range(PROJECTS):
        cost = round(draw.uniform(15, 110), 2)
        worth = round(cost * draw.uniform(0.5, 2), 2)
        category = CATEGORIES[n % len(CATEGORIES)]
        place = villages[n % len(villages)]
        projects.append(
            (f"P{n:04}", f"项目{n}", place, category, cost, worth, draw.randint(5, 90), n % 40 + 1)
        )
    header = HEADER.format(name="县", towns=", ".join(f'"{town}"' for town in towns))
    rules = {**RULES, **(changed or {})}
    text = header + "".join(f"[rule.{name}]\n{rule}" for name, rule in rules.items())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scenario.toml").write_text(text, encoding="utf-8")
    for name, table in (("places.csv", rows), ("projects.csv", projects)):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(table)
    return folder
