"""The reports that the papers ask for, against what was worked out by hand from ``REPORTED``."""

import csv
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.forms.books import Rows, cells, form_of
from tests.forms.conftest import REPORTED
from tests.scenarios import project, write
from zxsim import api
from zxsim.cli import run as command
from zxsim.schema.load import load

Runs = Mapping[str, Path]
Capture = pytest.CaptureFixture[str]


def sheets(run: Path, folder: Path, form: str, **more: Any) -> Mapping[str, Rows]:
    """Export a form and read it back, sheet by sheet."""
    to = folder / "form.xlsx"
    api.export(run, to, form=form, **more)
    return cells(to)


def beside(rows: Rows, label: str) -> Any:
    """What stands beside a name above the table."""
    table = next(at for at, row in enumerate(rows) if row[0] == "序号")
    (found,) = [row[at:] for row in rows[:table] for at, cell in enumerate(row) if cell == label]
    return next((cell for cell in found[1:] if cell != ""), "")


def below(rows: Rows, *headings: str) -> list[list[Any]]:
    """Cells of the plain rows below some headings."""
    form = form_of(rows)
    places = [form.headings.index(heading) for heading in headings]
    return [[row[place] for place in places] for row in form.rows if isinstance(row[0], float)]


def test_the_quarterly_report_of_a_town_by_hand(runs: Runs, tmp_path: Path) -> None:
    """The third quarter of 2024, 75 % due: what was planned, paid and built, and each project's state."""
    found = sheets(runs["reported"], tmp_path, "季度报告")
    assert list(found) == ["季度报告2024Q3甲镇", "季度报告2024Q3乙镇"]
    rows = found["季度报告2024Q3甲镇"]
    assert rows[0][0] == "甲镇2024年第3季度项目进度报告"
    assert "报送时限：2024年10月5日前" in rows[1]
    money = ("财政资金-本年计划", "财政资金-本季支付", "财政资金-本年支付", "支付率", "形象进度", "进展")
    assert below(rows, "项目编号", *money) == [
        ["P1", 40.0, 7.5, 30.0, 0.75, 0.7, "正常"],
        ["P3", 10.0, 0.0, 10.0, 1.0, 1.0, "已完工，资金付清"],
        ["P4", 5.0, 0.0, 0.0, 0.0, 0.0, "未开工"],
        ["P2", 20.0, 5.0, 5.0, 0.25, 0.3, "支付滞后"],
    ]
    assert form_of(rows).total("财政资金-本年支付") == 45.0
    heads = ("项目数（个）", "本年计划（万元）", "已支付（万元）", "支付率")
    assert [beside(rows, head) for head in heads] == [4.0, 75.0, 45.0, 0.6]
    assert beside(rows, "存在问题").split("\n") == [
        "1. 支付滞后1个：P2（25.0%）",
        "2. 未开工1个：P4",
        "3. 2025年未达到（项目库达不到）：自来水（R-3）东村计划50.00%，要求≥95%",
    ]


def test_problems_name_rules_and_money_that_was_not_planned(runs: Runs, tmp_path: Path) -> None:
    """A soft rule that is broken, one without room, a works that wait for money, money outside the plan."""
    rows = sheets(runs["reported"], tmp_path, "季度报告", place="乙镇")["季度报告2024Q3乙镇"]
    states = dict(below(rows, "项目编号", "进展"))
    assert states == {"P5": "已完工，资金未付清", "P6": "本年无计划却有支付"}
    assert below(rows, "财政资金-本年计划", "财政资金-本年支付") == [[25.0, 20.0], [0.0, 1.0]]
    assert beside(rows, "存在问题").split("\n") == [
        "1. 已完工，资金未付清1个：P5",
        "2. 本年无计划却有支付1个：P6",
        "3. 没有做到：南村投入（R-2）南村实际25.00万元，要求≥30.00万元",
        "4. 刚好做到、没有余量：每镇投入（R-1）乙镇",
        "5. 2025年未达到（项目库达不到）：自来水（R-3）南村计划40.00%，要求≥95%",
    ]


def test_a_quarter_can_be_chosen(runs: Runs, tmp_path: Path) -> None:
    """In the second quarter P2 had no report; what came later does not count."""
    rows = sheets(runs["reported"], tmp_path, "季度报告", year=2024, quarter=2, place="a")[
        "季度报告2024Q2甲镇"
    ]
    assert "报送时限：2024年7月5日前" in rows[1]
    found = below(rows, "项目编号", "财政资金-本年支付", "形象进度", "进展")
    assert found == [
        ["P1", 22.5, 0.5, "正常"],
        ["P3", 10.0, 1.0, "已完工，资金付清"],
        ["P4", 0.0, "", "本季度未报"],
        ["P2", 0.0, 0.0, "本季度未报"],
    ]


def test_the_share_that_is_due_is_the_templates(runs: Runs, tmp_path: Path) -> None:
    """A county that asks for 80 % by September finds P1 behind."""
    shipped = Path(api.__file__).parent / "forms" / "quarterly_report.toml"
    text = shipped.read_text(encoding="utf-8").replace("0.75, 1.0]", "0.8, 1.0]")
    own = tmp_path / "own.toml"
    own.write_text(text, encoding="utf-8")
    rows = sheets(runs["reported"], tmp_path, str(own), place="甲镇")["季度报告2024Q3甲镇"]
    assert dict(below(rows, "项目编号", "进展"))["P1"] == "支付滞后"
    assert any("低于80%（时间进度）" in str(row[0]) for row in rows)


def test_the_implementation_plan_by_hand(runs: Runs, tmp_path: Path) -> None:
    """A sheet for each town and village: targets, measures, years, units, and its projects by year."""
    found = sheets(runs["reported"], tmp_path, "实施方案")
    assert list(found) == [f"实施方案{place}" for place in ("甲镇", "东村", "西村", "乙镇", "南村")]
    rows = found["实施方案甲镇"]
    assert beside(rows, "量化目标") == (
        "1. 2025年自来水≥95%（R-3），计划50.00%–95.00%，2个地区，牵头单位水务局"
    )
    assert (
        beside(rows, "举措") == "1. 产业发展：4个项目，安排65.00万元\n2. 乡村建设行动：1个项目，安排20.00万元"
    )
    assert beside(rows, "年度计划") == "2024年：4个项目、75.00万元；2025年：1个项目、10.00万元"
    assert beside(rows, "责任单位") == "项目：农业农村局（2个）、水务局（1个）\n考核目标牵头单位：水务局"
    by_year = ("年度计划（安排资金）-2024年", "年度计划（安排资金）-2025年")
    assert below(rows, "项目编号", *by_year)[-2:] == [["P6", 0.0, 10.0], ["P2", 20.0, 0.0]]
    village = found["实施方案东村"]
    assert village[0][0] == "甲镇东村2024-2025年乡村振兴实施方案"
    assert [name for (name,) in below(village, "项目编号")] == ["P1", "P4", "P6"]
    assert form_of(village).total("年度计划（安排资金）-合计") == 55.0


def test_the_year_end_assessment_by_hand(runs: Runs, tmp_path: Path) -> None:
    """Targets of the year by town: what is asked for, planned, met; those switched off are not there."""
    (rows,) = sheets(runs["reported"], tmp_path, "年度考核").values()
    assert rows[0][0] == "甲县2025年度考核目标完成情况"
    assert [row[0] for row in rows if "、" in str(row[0])][:2] == ["一、甲镇", "二、乙镇"]
    found = [
        [row[1], row[2], row[4], pytest.approx(row[5]), row[6]] for row in rows if isinstance(row[0], float)
    ]
    assert found == [
        ["东村", "自来水", "≥95%", 0.5, "未达到（项目库达不到）"],
        ["西村", "自来水", "≥95%", 0.95, "达到"],
        ["南村", "自来水", "≥95%", 0.4, "未达到（项目库达不到）"],
    ]


@pytest.fixture(name="simulated", scope="module")
def _simulated(runs: Runs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    few = api.SimulationSettings(replications=2, workers=1)
    folder = api.simulate(runs["changjiang"], results=tmp_path_factory.mktemp("few"), simulation=few).folder
    assert folder is not None
    return folder


def test_the_assessment_has_what_the_simulation_found(simulated: Path, tmp_path: Path) -> None:
    """Mean, quantiles and probability of every row; what no plan knows of says so."""
    table = pl.read_parquet(simulated / "simulated_targets.parquet").filter(pl.col("year") == 2025)
    rows = sheets(simulated, tmp_path, "年度考核", year=2025)["年度考核2025"]
    columns = ("模拟-均值", "模拟-5%分位", "模拟-95%分位", "模拟-达标概率")
    found = below(rows, *columns)
    expected = table.select("mean", "low", "high", "probability").rows()
    for ours, theirs in zip(sorted(map(tuple, found)), sorted(expected), strict=True):
        assert ours == pytest.approx(theirs)
    cases = [row for row in below(rows, "考核目标", "计划值", "计划是否达到") if row[2] == "只能模拟"]
    assert len(cases) == len(table.filter(pl.col("planned").is_null())) > 0
    assert {planned for _, planned, _ in cases} == {""}


def test_targets_that_need_a_simulation_stand_there_without_one(runs: Runs, tmp_path: Path) -> None:
    """An assessment of a run without simulation leaves none of them out."""
    rows = sheets(runs["changjiang"], tmp_path, "年度考核", year=2025)["年度考核2025"]
    found = [row for row in below(rows, "考核目标", "要求", "计划是否达到") if row[2] == "没有模拟"]
    assert found
    assert all(asked.endswith("户") for _, asked, _ in found)
    assert not any(heading.startswith("模拟") for heading in form_of(rows).headings)


def test_the_ledger_of_tasks_by_hand(runs: Runs, tmp_path: Path) -> None:
    """By lead department and number, one row a target: the farthest place, and how many places meet it."""
    (rows,) = sheets(runs["reported"], tmp_path, "任务台账").values()
    head = next(at for at, row in enumerate(rows) if row[0] == "任务序号")
    plain = [row for row in rows[head + 2 :] if not str(row[0]).startswith("注")]
    assert [row[0] for row in plain] == ["一、农业农村局", 1.0, "二、水务局", 2.0, "", 3.0]
    assert plain[1][1:5] == ["茶园", "农业农村局", "", "没有量化目标"]
    assert plain[3][1:13] == [
        *("供水工程", "水务局", "各镇、财政局", "自来水", "R-3", 2025.0, "≥95%"),
        *(0.4, 1.0, 3.0, "未达到（项目库达不到）", ""),
    ]
    assert plain[4][4] == "off"
    assert plain[4][11] == "没有启用"


def test_a_task_of_a_simulated_target_says_how_surely(simulated: Path, tmp_path: Path) -> None:
    """The least probability of its places stands behind; a plan has no value for it."""
    run = tmp_path / "run"
    shutil.copytree(simulated, run)
    table = pl.read_parquet(run / "simulated_targets.parquet").filter(pl.col("planned").is_null())
    target = table["target"][0]
    text = f"number,title,lead,units,target\n1,监测帮扶,乡村振兴局,,{target}\n"
    (run / "inputs" / "tasks.csv").write_text(text, encoding="utf-8")
    (rows,) = sheets(run, tmp_path, "任务台账").values()
    (row,) = [row for row in rows if row[0] == 1.0]
    least = table.filter((pl.col("target") == target) & (pl.col("year") == 2025))["probability"].min()
    assert row[-3:-1] == ["只能模拟", pytest.approx(least)]


def test_progress_and_tasks_are_part_of_a_run(runs: Runs, tmp_path: Path, capsys: Capture) -> None:
    """They stand among its inputs, which load again, and verify finds a change in them."""
    run = tmp_path / "run"
    shutil.copytree(runs["reported"], run)
    assert {"progress.csv", "tasks.csv"} <= set(json.loads((run / "run.json").read_text("utf-8"))["inputs"])
    first, again = load(tmp_path_of(runs)), load(run / "inputs" / "resolved.toml")
    for name, frame in first.reported.tables.items():
        assert again.reported.tables[name].select(frame.columns[:3]).equals(frame.select(frame.columns[:3]))
    assert api.verify(run) == []
    path = run / "inputs" / "progress.csv"
    path.write_text(path.read_text("utf-8").replace("12.5", "12.6"), encoding="utf-8")
    assert command(["verify", str(run)]) == 7
    assert "progress.csv" in capsys.readouterr().out


def tmp_path_of(runs: Runs) -> Path:
    """Folder of the scenario behind the run ``reported``."""
    return runs["reported"].parent.parent.parent / "reported"


def test_payments_are_rounded_down_and_listed(tmp_path: Path) -> None:
    """A payment with more than two digits is cut to 0.01 and stands among the changes."""
    rows = [{"project": "P1", "quarter": "2024Q1", "paid_wan": "1.239"}]
    loaded = load(write(REPORTED.but(progress=rows, tasks=None), tmp_path / "case"))
    assert [str(value) for value in loaded.reported.tables["progress.csv"]["paid_wan"].cast(pl.Float64)] == [
        "1.23"
    ]
    assert [(c.record, c.given, c.used) for c in loaded.changes] == [("P1 2024Q1", "1.239", "1.23")]


def test_the_plan_does_not_change_with_progress(runs: Runs, tmp_path: Path) -> None:
    """Without both tables the allocation is the same, byte by byte."""
    bare = api.optimize(
        write(REPORTED.but(progress=None, tasks=None), tmp_path / "bare"), results=tmp_path / "r"
    )
    assert bare.folder is not None
    both = [(run / "allocation.csv").read_bytes() for run in (bare.folder, runs["reported"])]
    assert both[0] == both[1]


@pytest.mark.parametrize(
    ("name", "more", "code", "words"),
    [
        ("mixed", ["--form", "季度报告"], 3, "要有 progress.csv"),
        ("mixed", ["--form", "任务台账"], 3, "要有 tasks.csv"),
        ("mixed", ["--form", "年度考核"], 3, "2024–2025 年没有考核目标"),
        ("reported", ["--form", "年度考核", "--year", "2024"], 3, "2024–2024 年没有考核目标"),
        ("reported", ["--form", "季度报告", "--quarter", "4"], 3, "2024Q1、2024Q2、2024Q3"),
        ("reported", ["--form", "季度报告", "--year", "2025"], 3, "2025 没有进度"),
        ("reported", ["--quarter", "4"], 3, "没有进度"),
        ("reported", ["--form", "季度报告", "--quarter", "5"], 2, "quarter"),
        ("reported", ["--form", "季度报告", "--place", "甲真"], 3, "是不是要写「甲镇」"),
        ("reported", ["--form", "季度报告", "--place", "东村"], 3, "没有地区 东村 的报表"),
        ("reported", ["--form", "项目计划表", "--quarter", "3"], 2, "项目计划表不分季度"),
        ("reported", ["--form", "项目计划表", "--place", "甲镇"], 2, "--place"),
        ("reported", ["--place", "甲镇"], 2, "--place"),
        ("reported", ["--table", "rules", "--quarter", "3"], 2, "--quarter"),
    ],
)
def test_a_report_that_cannot_be_made_is_refused(
    name: str, more: list[str], code: int, words: str, runs: Runs, tmp_path: Path, capsys: Capture
) -> None:
    """What is missing or not known is named, in both languages; nothing is written."""
    ask = ["export", str(runs[name]), "--to", str(tmp_path / "x.xlsx"), *more]
    assert command(ask) == code
    assert words in capsys.readouterr().err
    assert command([*ask, "--lang", "en"]) == code
    assert list(tmp_path.iterdir()) == []


def test_a_form_by_place_without_such_places_says_so(tmp_path: Path, capsys: Capture) -> None:
    """A scenario of one village without towns has no quarterly report."""
    places = ({"id": "v", "name": "村", "level": "village"},)
    rows = [{"project": "P", "quarter": "2024Q1", "paid_wan": 1}]
    case = REPORTED.but(
        places=places,
        projects=(project("P", 9, benefit=1),),
        rules={},
        effects={},
        targets={},
        tasks=None,
        progress=rows,
    )
    run = api.optimize(write(case.but(indicators={}), tmp_path / "one"), results=tmp_path / "r").folder
    ask = ["export", str(run), "--form", "季度报告", "--to", str(tmp_path / "x.xlsx")]
    assert command(ask) == 3
    assert "没有这些级别的地区：town" in capsys.readouterr().err


def test_the_workbook_leaves_out_what_has_no_data_and_what_has_too_many_sheets(
    runs: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The summary names both."""
    api.export(runs["mixed"], tmp_path / "mixed.xlsx")
    notes = [str(row[0]) for row in cells(tmp_path / "mixed.xlsx")["说明"]]
    assert any("季度报告、年度考核、任务台账" in note for note in notes)
    monkeypatch.setattr("zxsim.report.workbook.MOST_SHEETS_OF_FORM", 4)
    api.export(runs["reported"], tmp_path / "x.xlsx")
    found = cells(tmp_path / "x.xlsx")
    assert {"季度报告2024Q3甲镇", "季度报告2024Q3乙镇", "年度考核2025", "任务台账"} <= set(found)
    assert not any(name.startswith("实施方案") for name in found)
    assert any("张数太多" in str(row[0]) and "实施方案" in str(row[0]) for row in found["说明"])


def test_places_of_one_name_have_sheets_of_their_own(runs: Runs, tmp_path: Path) -> None:
    """Names of sheets are unique, whatever places are called, and no longer than Excel allows."""
    run = tmp_path / "run"
    shutil.copytree(runs["reported"], run)
    path = run / "inputs" / "places.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    at = header.index("name")
    named = [[*row[:at], f"很长很长的{'永' * 30}胜/村", *row[at + 1 :]] for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *named])
    names = list(sheets(run, tmp_path, "实施方案"))
    assert len(names) == len({name.lower() for name in names}) == 5
    assert all(len(name) <= 31 for name in names)


def test_a_csv_holds_the_report_of_one_place(runs: Runs, tmp_path: Path) -> None:
    """With ``--place`` a form by place fits into a CSV; without, all sheets are named."""
    ask = ["export", str(runs["reported"]), "--form", "quarterly_report", "--to", str(tmp_path / "x.csv")]
    assert command(ask) == 3
    assert command([*ask, "--place", "甲镇"]) == 0
    text = (tmp_path / "x.csv").read_text(encoding="utf-8-sig")
    assert "P2" in text
    assert "P5" not in text
