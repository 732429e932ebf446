"""The official forms say what the run says: totals, subtotals, funds by level, places, targets."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.forms.books import FilledForm, cells, form_of
from tests.forms.conftest import FORMULA, SHIPPED
from tests.scenarios import write
from tests.whatif.plans import ONE
from zxsim import api
from zxsim.forms.records import LEVEL_WORDS
from zxsim.runs.data import RunData

Runs = Mapping[str, Path]
NAMES = [*SHIPPED, "mixed"]
NEAR = 1e-9


def filled(run: Path, folder: Path, form: str, **more: Any) -> Mapping[str, FilledForm]:
    """Export a form and read it back, sheet by sheet."""
    to = folder / "form.xlsx"
    api.export(run, to, form=form, **more)
    return {name: form_of(rows) for name, rows in cells(to).items()}


@pytest.mark.parametrize("name", NAMES)
def test_the_plan_of_each_year_holds_every_payment_of_it(name: str, runs: Runs, tmp_path: Path) -> None:
    """One row a project and place, amounts and totals by level as in the run, 小计 and 合计 adding up."""
    allocation = pl.read_parquet(runs[name] / "allocation.parquet")
    levels = {fund: keys["level"] for fund, keys in RunData(runs[name]).funds.items()}
    found = filled(runs[name], tmp_path, "项目计划表")
    assert list(found) == [f"项目计划表{year}" for year in sorted(set(allocation["year"]))]
    for sheet, form in found.items():
        paid = allocation.filter(pl.col("year") == int(sheet[-4:]))
        rows = paid.group_by("project_id", "place_id").agg(pl.col("amount_wan").sum()).sort(pl.all())
        assert sorted(form.column("项目编号")) == rows["project_id"].to_list()
        assert sorted(form.column("其中：本年资金安排-合计")) == pytest.approx(
            sorted(rows["amount_wan"]), abs=NEAR
        )
        assert form.total("其中：本年资金安排-合计") == pytest.approx(paid["amount_wan"].sum(), abs=NEAR)
        for level, word in LEVEL_WORDS.items():
            ours = paid.filter(pl.col("fund_id").is_in([f for f in levels if levels[f] == level]))
            if level in levels.values():
                assert form.total(f"其中：本年资金安排-{word}") == pytest.approx(
                    ours["amount_wan"].sum(), abs=NEAR
                )
        for category, inside, total in form.groups("其中：本年资金安排-合计"):
            ours = paid.filter(pl.col("category") == category)
            assert sum(inside) == pytest.approx(total, abs=NEAR)
            assert total == pytest.approx(ours["amount_wan"].sum(), abs=NEAR)
        assert form.column("序号") == list(range(1, len(rows) + 1))


@pytest.mark.parametrize("name", NAMES)
def test_the_allocation_by_town_adds_up_to_the_run(name: str, runs: Runs, tmp_path: Path) -> None:
    """Rows, and the columns by level, year and category, add up to all money of the run."""
    spent = pl.read_parquet(runs[name] / "allocation.parquet")["amount_wan"].sum()
    (form,) = filled(runs[name], tmp_path, "资金分配表").values()
    assert sum(form.column("资金合计")) == pytest.approx(spent, abs=NEAR)
    assert form.total("资金合计") == pytest.approx(spent, abs=NEAR)
    for group in ("按资金级次", "按年度", "按项目类别"):
        parts = [form.total(heading) for heading in form.headings if heading.startswith(group)]
        assert sum(parts) == pytest.approx(spent, abs=NEAR)


def test_money_above_the_towns_stands_at_its_own_place(runs: Runs, tmp_path: Path) -> None:
    """Towns with what lies below them, the county's own projects in a row of their own."""
    (form,) = filled(runs["mixed"], tmp_path, "fund_allocation").values()
    allocation = pl.read_parquet(runs["mixed"] / "allocation.parquet")
    sums = dict(allocation.group_by("place_id").agg(pl.col("amount_wan").sum()).iter_rows())
    found = dict(zip(form.column("地区"), form.column("资金合计"), strict=True))
    expected = {"甲县（本级）": ["c"], "甲镇": ["a1"], "乙镇": ["b", "b1"]}
    assert found == {
        place: pytest.approx(sum(sums.get(one, 0.0) for one in inside), abs=NEAR)
        for place, inside in expected.items()
        if place != "甲县（本级）" or "c" in sums
    }


def test_a_project_at_two_places_is_counted_once(runs: Runs, tmp_path: Path) -> None:
    """Where a project is counted at each of its towns, the counts have no total."""
    (form,) = filled(runs["mixed"], tmp_path, "资金分配表").values()
    place = form.headings.index("项目数（个）")
    assert [row[place] for row in form.rows if row[0] == "合计"] == [""]


def test_the_targets_form_says_what_is_planned_and_leaves_satisfaction_empty(
    runs: Runs, tmp_path: Path
) -> None:
    """Outputs are counted from the payments, effects are the targets' planned values at the worst place."""
    to = tmp_path / "x.xlsx"
    api.export(runs["changjiang"], to, form="绩效目标表")
    (rows,) = cells(to).values()
    by_third = {row[2]: row for row in rows}
    assert by_third["安排资金"][4:] == [400.0, 80.0, 80.0, 80.0, 80.0, 80.0, ""]
    assert by_third["安排资金的项目数"][4] == 20.0
    assert by_third["完成时限"][4] == "2025年底前"
    planned = pl.read_parquet(runs["changjiang"] / "targets.parquet").filter(pl.col("target") == "tap_water")
    assert by_third["自来水普及率"][4] == pytest.approx(planned["planned"].min())
    assert by_third["自来水普及率"][-1] == "考核要求≥90% CJ-08；2个地区中2个达到"
    satisfaction = by_third["受益群众满意度"]
    assert satisfaction[4:-1] == [""] * 6
    assert satisfaction[-1] == "zxsim 不掌握满意度数据，由填报单位填写"


def test_heads_count_in_proportion_to_the_money_paid(runs: Runs, tmp_path: Path) -> None:
    """300 persons of a project that gets a part of its cost count by that part, rounded down."""
    to = tmp_path / "x.xlsx"
    api.export(runs["mixed"], to, form="绩效目标表")
    (rows,) = cells(to).values()
    paid = pl.read_parquet(runs["mixed"] / "projects.parquet").filter(pl.col("project_id") == "P1")
    part = paid["paid_wan"][0] / paid["public_cost_wan"][0]
    (found,) = [row[4] for row in rows if row[2] == "受益人数"]
    assert found == int(300 * part + 1e-6)


def test_one_year_can_be_chosen(runs: Runs, tmp_path: Path) -> None:
    """``--year`` fills the forms with that year alone."""
    run = runs["mixed"]
    paid = pl.read_parquet(run / "allocation.parquet").filter(pl.col("year") == 2025)["amount_wan"].sum()
    assert list(filled(run, tmp_path, "项目计划表", year=2025)) == ["项目计划表2025"]
    (form,) = filled(run, tmp_path, "资金分配表", year=2025).values()
    assert form.total("资金合计") == pytest.approx(paid, abs=NEAR)
    assert [h for h in form.headings if h.startswith("按年度")] == ["按年度-2025年"]


def test_the_lead_department_stands_as_the_responsible_unit(runs: Runs, tmp_path: Path) -> None:
    """责任单位 of the library, else the column ``department``; heads as 受益对象."""
    form = filled(runs["mixed"], tmp_path, "项目计划表", year=2024)["项目计划表2024"]
    of = {name: at for at, name in enumerate(form.column("项目编号"))}
    assert form.column("责任单位")[of["P2"]] == "人社局"
    assert form.column("受益对象")[of["P2"]] == "80户"


def test_the_plan_has_the_columns_that_are_filed(runs: Runs, tmp_path: Path) -> None:
    """What the library says, 总投资 by place, 实施期限; what it does not say has its empty column."""
    headings = ["总投资", "自筹资金", "实施期限", "建设性质", "绩效目标", "群众参与"]
    headings += ["联农带农机制", "实施单位", "责任人"]
    found = {
        (name, village): said
        for form in filled(runs["filed"], tmp_path, "项目计划表").values()
        for name, village, *said in zip(
            *(form.column(heading) for heading in ("项目编号", "村", *headings) if heading in form.headings),
            strict=True,
        )
    }
    told = ["2024年3月-2025年6月", "新建", "产业增收", "投工投劳", "土地流转", "合作社", "王某"]
    assert found["F1", "东村"] == [60.0, 12.0, *told]
    assert found["F1", "西村"] == [40.0, 8.0, *told]
    paid = pl.read_parquet(runs["filed"] / "allocation.parquet").filter(pl.col("project_id") == "F3")["year"]
    first, last = min(paid.to_list()), max(paid.to_list())
    span = f"{first}年" if first == last else f"{first}-{last}年"
    assert "2024年" in found["F2", ""]
    assert span in found["F3", "东村"]
    bare = filled(runs["mixed"], tmp_path, "项目计划表", year=2024)["项目计划表2024"]
    for heading in ("建设性质", "绩效目标", "联农带农机制", "实施单位", "责任人"):
        assert set(bare.column(heading)) == {""}


@pytest.mark.parametrize("form", ["项目计划表", "资金分配表", "绩效目标表"])
def test_who_files_and_when_is_filled_in_by_hand(form: str, runs: Runs, tmp_path: Path) -> None:
    """Every form has 填报单位 and 填报日期 above its table, on the line of the unit of money."""
    api.export(runs["filed"], tmp_path / "x.xlsx", form=form)
    for rows in cells(tmp_path / "x.xlsx").values():
        line = [text for text in rows[1] if text]
        assert line[:2] == ["填报单位：", "填报日期：    年  月  日"]
        assert line[2:] == ([] if form == "绩效目标表" else ["单位：万元"])


def test_the_targets_form_begins_with_the_project_as_a_whole(runs: Runs, tmp_path: Path) -> None:
    """项目名称, 实施期, 资金总额 with 财政拨款 and 其他资金 (self-raised in proportion); the rest by hand."""
    api.export(runs["filed"], tmp_path / "x.xlsx", form="绩效目标表")
    (rows,) = cells(tmp_path / "x.xlsx").values()
    pairs: dict[str, Any] = {}
    for row in rows[2:7]:
        texts = [(at, cell) for at, cell in enumerate(row) if cell != ""]
        for at, cell in texts:
            after = [other for place, other in texts if place > at]
            pairs.setdefault(str(cell), after[0] if after else "")
    paid = pl.read_parquet(runs["filed"] / "allocation.parquet")
    spent = float(paid["amount_wan"].sum())
    central = float(paid.filter(pl.col("fund_id") == "central")["amount_wan"].sum())
    raised = float(paid.filter(pl.col("project_id") == "F1")["amount_wan"].sum()) / 4
    assert pairs["项目名称"] == "测试"
    assert pairs["实施期"] == "2024-2025年"
    assert pairs["其中：财政拨款"] == pytest.approx(central, abs=NEAR)
    assert pairs["其他资金"] == pytest.approx(spent - central + raised, abs=0.006)
    assert pairs["资金总额（万元）"] == pytest.approx(pairs["其中：财政拨款"] + pairs["其他资金"], abs=NEAR)
    assert {"主管部门", "实施单位", "总体目标"} <= set(pairs)
    second = {row[1] for row in rows}
    assert {"数量指标", "质量指标", "时效指标", "成本指标", "服务对象满意度指标"} <= second
    assert {"经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"} <= second


def test_income_of_a_collective_is_an_economic_effect_in_wan(runs: Runs, tmp_path: Path) -> None:
    """Its target stands among the economic effects, in 万元 with both digits; a ratio is a percentage."""
    (form,) = filled(runs["xixian"], tmp_path, "绩效目标表").values()
    rows = {row[2]: row for row in form.rows}
    row = rows["村集体收入超过10万元"]
    assert row[0:2] == ["效益指标", "经济效益指标"] or row[:2] == ["", ""]
    assert row[3:5] == ["万元", pytest.approx(10.01, abs=0.005)]
    assert any("考核要求＞10.01万元 XX-07" in str(cell) for cell in row)
    assert any("考核要求与对照之比≥100% XX-05" in str(cell) for cell in rows["镇收入达到新区平均"])


def test_names_and_remarks_are_texts_whatever_they_look_like(runs: Runs, tmp_path: Path) -> None:
    """What starts with = + - @ comes back letter for letter, and no cell is a formula."""
    found = filled(runs["mixed"], tmp_path, "项目计划表")
    names = [name for form in found.values() for name in form.column("项目名称")]
    remarks = [text for form in found.values() for text in form.column("备注")]
    built = [text for form in found.values() for text in form.column("建设内容")]
    assert FORMULA in names
    assert set(remarks) == {"", "@注"}
    assert set(built) == {"", "-修路|<b>\n两公里"}


def test_a_target_that_is_short_by_less_than_a_unit_of_money_says_so(runs: Runs, tmp_path: Path) -> None:
    """0.8999 beside at least 90 % would look wrongly judged: the state says what it is judged by."""
    run = runs["changjiang"]
    states = pl.read_parquet(run / "targets.parquet").filter(pl.col("year") == 2025)["state"].to_list()
    assert "met_within_unit" in states
    api.export(run, tmp_path / "form.csv", form="年度考核", year=2025)
    shown = pl.read_csv(tmp_path / "form.csv")["计划是否达到"].to_list()
    within = [text for text in shown if text and text.startswith("达到") and "0.01 万元" in text]
    assert len(within) == states.count("met_within_unit")
    assert shown.count("达到") == states.count("met")


def test_a_name_that_ends_in_a_figure_stands_apart_from_the_year(tmp_path: Path) -> None:
    """重点乡镇1 and 2021 are not read as one number; other names stand as they always did."""
    for name, title in (("乡镇1", "乡镇1 2021年度"), ("东镇", "东镇2021年度")):
        place = {"id": "v", "name": name, "level": "town"}
        case = write(ONE.but(places=[place]), tmp_path / name)
        run = api.optimize(case, results=tmp_path / "r").folder
        assert run is not None
        api.export(run, tmp_path / "form.md", form="资金分配表")
        assert (tmp_path / "form.md").read_text(encoding="utf-8").startswith(f"## {title}")
