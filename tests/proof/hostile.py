"""A scenario whose every free text is meant to do harm or names a person, and all commands run on it."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

CARD, OLD_CARD, PHONE, LINE = "11010519491231002X", "110105491231002", "13812345678", "0798-8331234"
ACCOUNT, HOLDER = "6222021502001234567", "欧阳甲乙"
PLANTED = (CARD, OLD_CARD, PHONE, LINE, ACCOUNT, HOLDER)
PERSON = f"身份证{CARD}、{OLD_CARD} 电话{PHONE} {LINE} 卡号{ACCOUNT}"

HARM = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{7*7}}{% raw %}",
    "=cmd|' /C calc'!A0",
    "+1+cmd",
    "-2+3",
    "@SUM(1)",
    "http://evil.example/x",
    "file:///etc/passwd",
    "[red]x[/red][link=http://evil.example]y[/link][/nothing]:smile:",
    "\x1b[31m\x9b2J\u202eabc\x07",
    "a|b`c*d_e\n# f",
    '"""\nname = \'x\'\n[fund.more]\n\\',
)

CLAUSE = 4
"""Which of the words is the id of the clause."""

TOML = """zxsim_version = "0.1"
name = {0}
notes = {1}
years = [2024, 2025]
illustrative = true
[fund.city]
label = {2}
level = "市"
amount_wan = {{ 2024 = {{ value = 30, source = {3}, clause = {4} }}, 2025 = 30 }}
[fund.county]
label = {5}
level = "区县"
amount_wan = 12
[rule.share]
kind = "category_share"
categories = ["产业发展"]
at_least = {{ value = 0.2, low = 0.1, high = 0.4, assumed = true, source = {6} }}
clause = {4}
label = {7}
[indicator.water]
label = {8}
counts = "persons"
[effect.water]
kind = "coverage"
label = {9}
indicator = "water"
categories = ["乡村建设行动"]
heads = 300
[target.water]
label = {10}
indicator = "water"
each = "village"
years = [2025, 2025]
relation = ">="
value = 0.9
tier = 1
clause = {4}
lead = {12}
[target.income]
label = {11}
indicator = "income"
each = "village"
years = [2025, 2025]
relation = ">="
value = 11000
tier = 2
[benefit]
source = "own"
[household]
ledger = "ledger.csv"
[procedure]
line_yuan = 7000
[shock.illness]
kind = "illness"
label = {13}
rate = {{ value = 0.3, low = 0.1, high = 0.4, assumed = true }}
spending_yuan = 9000
spending_spread = 0.8
[measure.relief]
label = {14}
gain_yuan = 6000
[calibration]
replications = 2
removed_before = 1
[calibration.free]
"procedure.exit_quarter" = {{ low = 0.05, high = 0.95 }}
[calibration.figure.new]
label = {13}
figure = "entry_rate"
published = 0.1
"""


def texts(person: str = "") -> list[str]:
    """Harmful texts, each with a person's numbers behind it."""
    return [harm + person for harm in HARM]


def write(folder: Path, words: Sequence[str], phone: str = "") -> Path:
    """Write the scenario with these words in all free texts, and a ledger of households."""
    folder.mkdir(parents=True)
    (folder / "scenario.toml").write_text(TOML.format(*map(_quoted, words)), encoding="utf-8")
    places = [
        ("c", "county", None, 14, 7, None),
        ("a", "village", "c", 8, 4, 0.2),
        ("b", "village", "c", 6, 3, 0.1),
    ]
    pl.DataFrame(
        [
            {"id": one, "name": words[(12, 11, 5)[at]], "level": level, "parent": parent,
             "population": persons,
             "households": households, "lifted_population": 3 if parent else None, "income_yuan": 10000,
             "income_year": 2023, "trend": 0.03, "base_water": base, "x_note": words[-1 - at],
             "x_phone": phone}
            for at, (one, level, parent, persons, households, base) in enumerate(places)
        ]
    ).write_csv(folder / "places.csv")  # fmt: skip
    kinds = ("产业发展", "就业项目", "乡村建设行动")
    pl.DataFrame(
        [
            {"id": f"P{at}", "name": word, "places": "ab"[at % 2], "category": kinds[at % 3],
             "cost_wan": 5 + at % 3, "subcategory": word, "status": word, "department": word,
             "benefit": 1 + at, "建设内容": word, "责任人": word, "备注": word, "x_note": word,
             "x_=1+1": phone}
            for at, word in enumerate(words)
        ]
    ).write_csv(folder / "projects.csv")  # fmt: skip
    clause = {"section": words[0], "role": words[1], "scope": words[2], "indicator": words[3], "value": "0.2"}
    pl.DataFrame(
        [{"clause": words[CLAUSE], **clause, "carried_as": "rule", "where": "rule.share", "unit": words[5],
          "note_zh": words[6], "note_en": words[7]}]
    ).write_csv(folder / "clauses.csv")  # fmt: skip
    (folder / "ledger.csv").write_text(_ledger(), encoding="utf-8")
    return folder


def _quoted(text: str) -> str:
    escapes = {letter: f"\\u{letter:04x}" for letter in (*range(0x20), 0x22, 0x5C, *range(0x7F, 0xA0))}
    return f'"{text.translate(escapes)}"'


def _ledger() -> str:
    heading = (
        "户编号,户主姓名,身份证号码,村,家庭人口,劳动能力,脱贫户,缓退户,家庭人均纯收入(元),监测户,备注,x_账"
    )
    sizes = [("a", 3), ("a", 2), ("a", 2), ("a", 1), ("b", 3), ("b", 2), ("b", 1)]
    rows = [
        f"{at},{HOLDER},{CARD},{place},{size},有劳动能力,{'是' if at in (0, 4) else '否'},否,{7000 + at},"
        f"{'是' if at == 1 else '否'},{HOLDER}{PHONE},{ACCOUNT}"
        for at, (place, size) in enumerate(sizes)
    ]
    return "\n".join([heading, *rows]) + "\n"
