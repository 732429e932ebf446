"""The example of each file on the reference page, and of a sheet with its mapping."""

from collections.abc import Mapping

EXAMPLES: Mapping[str, str] = {
    "scenario.toml": """\
zxsim_version = "0.1"
name = "青山县 2025–2026 年（示例）"
years = [2025, 2026]
illustrative = true

[fund.central]
label = "中央衔接资金"
level = "中央"
amount_wan = { 2025 = 100, 2026 = 120 }

[rule.industry]
kind = "category_share"
label = "产业占比"
clause = "QS-01"
categories = ["产业发展"]
at_least = 0.6

[indicator.tap_water]
label = "自来水普及率"
counts = "persons"

[effect.water]
kind = "coverage"
indicator = "tap_water"
projects = ["P2"]
heads = "beneficiary_persons"

[target.water]
indicator = "tap_water"
places = ["dong"]
years = [2026, 2026]
relation = ">="
value = 0.9
tier = 1
""",
    "places.csv": """\
id,name,level,parent,population,base_tap_water
qs,青山县,county,,,
dz,东镇,town,qs,,
dong,东村,village,dz,800,0.7
xi,西村,village,dz,600,0.9
""",
    "projects.csv": """\
id,name,places,category,cost_wan,beneficiary_persons,建设内容
P1,东村茶园,dong,产业发展,90,,新建茶园 200 亩
P2,东村饮水,dong,乡村建设行动,40,200,铺设管网 3 公里
P3,两村大棚,dong:0.6;xi:0.4,产业发展,120,,建大棚 20 座
""",
    "commitments.csv": """\
project,place,fund,year,amount_wan
P1,,central,2025,30
P3,xi,central,2025,12
""",
    "more_money.toml": """\
extends = "scenario.toml"
name = "中央资金多 20 万元"

[fund.central]
amount_wan = { 2025 = 110, 2026 = 130 }

[project.P1]
cost_wan = 95
""",
}
"""One scenario, file by file: it can be copied and run."""

IMPORTED_SHEET = """\
青山县2025年衔接资金项目计划表,,,,
序号,项目名称,村,中央衔接资金（万元）,县级衔接资金（万元）
1,东村茶园产业基地,东村,60,30
2,西村饮水工程,西村,40,0
合计,,,100,30
"""

IMPORT_MAPPING = """\
name = "青山县2025年衔接资金项目计划表"
county = "青山县"
years = [2025, 2025]

[fund.central]
label = "中央衔接资金"
level = "中央"

[fund.county]
label = "县级衔接资金"
level = "区县"

[name_words]
"饮水" = "乡村建设行动"

[sheet."计划"]
heading_rows = [2, 2]
unit = "万元"

[sheet."计划".columns]
A = "序号"
B = "项目名称"
C = "村"
D = "资金:central"
E = "资金:county"
"""
