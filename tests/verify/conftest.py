"""A small made-up scenario that uses every kind of rule, effect and target, and a run of it."""

import shutil
from pathlib import Path

import pytest

from zxsim.optimize.plan import optimize
from zxsim.optimize.solution import SolverSettings
from zxsim.runs.store import save_run
from zxsim.schema.load import load

SCENARIO = """
zxsim_version = "0.1"
name = "核对用的小方案"
years = [2023, 2025]
illustrative = true

[fund.city]
level = "市"
clause = "T-01"
amount_wan = { 2023 = 200.019, 2024 = { value = 240, source = "made up" }, 2025 = 260 }
[fund.town]
level = "区县"
amount_wan = { 2023 = 40.333, 2024 = 50 }
per_place = ["镇甲", "镇乙"]
not_categories = ["项目管理费"]
[fund.sector]
level = "省"
kind = "sector"
amount_wan = 20
places = ["镇乙"]
categories = ["乡村建设行动"]

[rule.industry]
kind = "category_share"
clause = "T-02"
funds = ["city"]
categories = ["产业发展"]
at_least = { value = 0.3, low = 0.2, high = 0.4, assumed = true }
[rule.fee]
kind = "category_share"
categories = ["项目管理费"]
at_most = 0.01
of = "spent"
[rule.town_building]
kind = "category_share"
funds = ["town"]
categories = ["乡村建设行动"]
at_least = 0.2
each = "town"
[rule.rise]
kind = "rising_share"
clause = "T-03"
funds = ["city"]
categories = ["产业发展"]
start = 0.35
step = 0.05
[rule.water_path]
kind = "rising_share"
categories = ["农村供水保障"]
of = "spent"
path = { 2023 = 0.05, 2025 = 0.07 }
[rule.village]
kind = "place_floor"
each = "village"
at_least_wan = 11.111
years = [2023, 2024]
[rule.town_total]
kind = "place_floor"
places = ["镇乙"]
at_least_wan = 120
per = "period"
categories = ["产业发展", "乡村建设行动"]
[rule.library]
kind = "eligibility"
clause = "T-04"
where = { status = ["planned", "under_way"] }
[rule.switched_off]
kind = "place_floor"
at_least_wan = 100000
enabled = false

[indicator.tap_water]
counts = "persons"
[indicator.road]
counts = "households"

[effect.water]
kind = "coverage"
indicator = "tap_water"
categories = ["农村供水保障"]
heads = "beneficiary_persons"
[effect.roads]
kind = "coverage"
indicator = "road"
projects = ["P05", "P06"]
heads = 120
lag = 1
[effect.orchard]
kind = "asset_yield"
categories = ["产业发展"]
yield = 0.08
collective_share = 0.3
low_income_share = 0.4
lag = 1
life = 8
decay = 0.1
[effect.seedlings]
kind = "asset_yield"
projects = ["P03"]
yield = 0.2
lag = 0
life = 1

[target.water]
indicator = "tap_water"
each = "village"
years = [2024, 2025]
relation = ">="
value = 0.9
tier = 1
clause = "T-05"
[target.income]
indicator = "income"
places = ["镇甲", "县"]
relation = ">="
value = 15000
tier = 2

[benefit]
coverage_yuan = { road = 800 }
"""

PLACES = """\
id,name,level,parent,population,households,income_yuan,income_year,trend,base_tap_water,base_road
县,某县,county,,6000,1800,11000,2021,0.06,0.7,0.5
镇甲,甲镇,town,县,3500,1000,10500,2021,0.055,0.7,0.5
镇乙,乙镇,town,县,2500,800,11500,2022,0.06,0.7,0.5
甲一,甲一村,village,镇甲,1200,330,10000,2022,0.05,0.6,0.4
甲二,甲二村,village,镇甲,900,260,9800,2022,0.05,0.85,0.9
乙一,乙一村,village,镇乙,1100,300,11000,2022,0.05,0.75,0.5
乙二,乙二村,village,镇乙,800,210,10900,2022,0.05,0.88,0.6
"""

PROJECTS = """\
id,name,places,category,subcategory,cost_wan,self_raised_share,first_year,last_year,required,forbidden,status,\
beneficiary_persons,rank,x_note
P01,果园,甲一,产业发展,种植业,180.5,0.1,,,,,planned,400,1,"a, b"
P02,茶园,甲二,产业发展,种植业,120,,2023,2024,,,planned,300,2,
P03,育苗,乙一,产业发展,种植业,90.005,,,,,,under_way,200,3,
P04,加工厂,乙二,产业发展,加工流通,150,0.2,2024,2025,,,planned,200,4,
P05,道路,甲一:0.6;甲二:0.4,乡村建设行动,通村路,101.01,,,,,,planned,500,5,
P06,道路二,乙一,乡村建设行动,通村路,80,,,,,,planned,300,6,
P07,供水甲,甲一,乡村建设行动,农村供水保障,70,,,,,,planned,500,7,
P08,供水乙,乙一:0.5;乙二:0.5,乡村建设行动,农村供水保障,45.01,,,,true,,under_way,350,8,
P09,供水丙,甲二,乡村建设行动,农村供水保障,40,,,,,,planned,60,9,
P10,县道,县,乡村建设行动,通村路,200,,,,,,planned,900,10,
P11,管理费,县,项目管理费,,12,,,,,,planned,0,11,
P12,停建,甲一,产业发展,种植业,60,,,,,true,planned,100,12,
P13,设想,甲一,产业发展,种植业,60,,,,,,idea,100,13,
P14,早期,乙二,产业发展,种植业,55,,2023,2023,,,planned,90,14,
P15,文明,乙二,乡村治理和精神文明,,30,,,,,,,90,15,
"""


def build(folder: Path, scenario: str = SCENARIO, places: str = PLACES, projects: str = PROJECTS) -> Path:
    """Write a scenario folder, optimise it and return its run folder."""
    folder.mkdir(parents=True)
    (folder / "scenario.toml").write_text(scenario, encoding="utf-8")
    (folder / "places.csv").write_text(places, encoding="utf-8")
    (folder / "projects.csv").write_text(projects, encoding="utf-8")
    settings = SolverSettings()
    plan = optimize(load(folder), settings)
    return save_run(plan, folder.parent / "results", settings, {})


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run, made once; never changed."""
    return build(tmp_path_factory.mktemp("verify") / "small")


@pytest.fixture
def run(finished: Path, tmp_path: Path) -> Path:
    """A copy of the finished run that a test may spoil."""
    return Path(shutil.copytree(finished, tmp_path / "run"))
