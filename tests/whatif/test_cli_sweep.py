"""``zxsim sweep`` end to end: both languages, files, bad input, simulated points."""

import json
import zipfile
from pathlib import Path

import polars as pl
import pytest

from tests.whatif.tiny import SHARE, TINY, tiny
from zxsim.cli import run
from zxsim.report.sweep_words import SWEEP_LABELS
from zxsim.whatif.sweep_figures import INDICATORS, PLANNED, SIMULATED
from zxsim.whatif.sweep_point import CONFLICT, LIMIT

DEMO = Path(__file__).parent.parent.parent / "scenarios" / "changjiang"
Capture = pytest.CaptureFixture[str]


def swept(folder: Path, *more: str, vary: str = f"{SHARE}=0.5:0.9:3") -> list[str]:
    """Arguments of a sweep of the tiny county in this process."""
    return ["sweep", str(tiny(folder)), "--vary", vary, "--results", str(folder), "--workers", "1", *more]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh",
            ["推演：3 个点，其中 1 个无法满足全部约束", "点 3 约束冲突：[rule.r] C-1", "低收入农户年增收"],
        ),
        (
            "en",
            ["Sweep: 3 points, 1 of them in conflict", "Point 3 conflict: [rule.r] C-1", "Low-income gain"],
        ),
    ],
)
def test_the_screen_tells_points_frontier_and_conflicts(
    language: str, words: list[str], tmp_path: Path, capsys: Capture
) -> None:
    """One row a point with the axes, what is in the way, and where the rest is."""
    assert run(swept(tmp_path, "--lang", language)) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    for word in words:
        assert word in printed.out
    rows = [line.split() for line in printed.out.splitlines()]
    second = next(row for row in rows if row[:2] == ["2", "0.7"])
    assert second[2:6] == ["70.0%", "3.50", "16.00", "100.00"]
    assert second[7] == "*"
    assert str(next(tmp_path.glob("tiny/2*-sweep"))) in printed.out


def test_json_holds_the_table_and_nothing_else(tmp_path: Path, capsys: Capture) -> None:
    """Status, folder, axes, frontier and every point; the tables on disk say the same."""
    assert run(swept(tmp_path, "--json", "--x", SHARE, "--y", "benefit")) == 0
    printed = capsys.readouterr()
    said = json.loads(printed.out)
    assert (printed.err, said["status"], said["x"], said["y"]) == ("", "swept", SHARE, "benefit")
    assert said["frontier"] == [1, 2]
    folder = Path(said["run"])
    assert pl.read_parquet(folder / "sweep.parquet").to_dicts() == said["points"]
    assert pl.read_csv(folder / "sweep.csv")["spent_wan"].to_list() == [100, 100, None]
    told = json.loads((folder / "sweep.json").read_text(encoding="utf-8"))
    assert [point["status"] for point in told["points"]] == ["optimal", "optimal", "conflict"]
    point = json.loads((folder / told["points"][2]["folder"] / "point.json").read_text(encoding="utf-8"))
    assert point["messages"] == [{"code": "conflict_alone", "fields": {"clauses": ["[rule.r] C-1"]}}]


def test_a_sweep_is_written_as_a_workbook_with_a_native_chart(tmp_path: Path, capsys: Capture) -> None:
    """A scatter of one series a value of the first key, axes named; Markdown, CSV and Parquet as well."""
    book = tmp_path / "推演.xlsx"
    more = ("--vary", "fund.f.amount_wan=50,100", "--to", str(book), "--set", "target.income.enabled=false")
    assert run(swept(tmp_path, *more)) == 0
    capsys.readouterr()
    with zipfile.ZipFile(book) as parts:
        chart = parts.read("xl/charts/chart1.xml").decode()
        texts = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<c:scatterChart>" in chart
    assert chart.count("<c:ser>") == 3
    for word in ("产业占比", "低收入农户年增收（万元）", f"{SHARE}=0.7"):
        assert word in chart
    assert SHARE in texts
    (folder,) = tmp_path.glob("tiny/2*-sweep")
    for ending in (".md", ".csv", ".parquet"):
        to = tmp_path / f"again{ending}"
        assert run(["sweep", str(folder), "--to", str(to), "--quiet"]) == 0
    assert len(pl.read_parquet(tmp_path / "again.parquet")) == 6
    assert "70.0%" in (tmp_path / "again.md").read_text(encoding="utf-8")
    first = book.read_bytes()
    assert run(["sweep", str(folder), "--to", str(book), "--quiet"]) == 0
    assert book.read_bytes() == first


def test_a_finished_sweep_takes_other_axes_but_no_changes(tmp_path: Path, capsys: Capture) -> None:
    """Shown again with other axes; what would change its points is refused, and so is a file within it."""
    assert run(swept(tmp_path, "--quiet")) == 0
    (folder,) = tmp_path.glob("tiny/2*-sweep")
    assert run(["sweep", str(folder), "--x", "spent_wan", "--y", "benefit", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["x"], said["y"], said["frontier"]) == ("spent_wan", "benefit", [1])
    assert run(["sweep", str(folder), "--vary", "a=1"]) == 2
    assert run(["sweep", str(folder), "--x", "clauses"]) == 2
    assert run(["sweep", str(folder), "--to", str(folder / "x.xlsx")]) == 3
    (folder / "sweep.json").write_text("{", encoding="utf-8")
    capsys.readouterr()
    assert run(["sweep", str(folder), "--lang", "en"]) == 3
    assert "cannot read the sweep" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (["--vary", f"{SHARE}=0.5:1.6:3"], 3, ["--vary rule.r.at_least=1.05", "1.6 大于允许的最大值 1"]),
        (["--vary", "rule.r.atleast=0.5,0.6"], 3, ["是不是要写「at_least」"]),
        (["--vary", "rule.s.at_least=0.5,0.6"], 3, ["方案里没有 s", "可写：r"]),
        (["--vary", "rul.r.at_least=0.5,0.6"], 3, ["是不是要写「rule」"]),
        (["--vary", "project.P9.cost_wan=1,2"], 3, ["P9", "可写：P1、P2"]),
        (["--vary", "fund.f.amount_wan=many"], 3, ["--vary fund.f.amount_wan=many", "不是数"]),
        (["--vary", f"{SHARE}=0.1:0.2"], 2, ["不是完整的范围"]),
        (["--vary", f"{SHARE}=50%:60%:3"], 2, ["不是完整的范围", "60% 写 0.6"]),
        (["--vary", "rule.r=0.1:0.2:2"], 3, ["--vary rule.r 是整个表", "例如 rule.r.at_least"]),
        (["--vary", f"{SHARE}=0.1,0.1"], 2, ["同一个值写了两次"]),
        (["--vary", "x", "--vary", "y"], 2, ["写的是 x", "写的是 y"]),
        ([], 2, ["没有写要变动什么"]),
        (["--vary", f"{SHARE}=0.1,0.2", "--set", f"{SHARE}=0.3"], 2, ["写了不止一次"]),
        (["--vary", f"{SHARE}=0.1,0.2", "--x", "benefits"], 2, ["是不是要写「benefit」"]),
        (["--vary", f"{SHARE}=0.1,0.2", "--to", "a.xslx"], 3, [".xlsx", ".html"]),
        (["--vary", f"{SHARE}=0.1,0.2", "--solver", "higs"], 2, ["是不是要写「highs」"]),
        (["--vary", f"{SHARE}=0.1,0.2", "--simulate"], 3, ["[household]"]),
    ],
)
def test_bad_input_is_refused_before_anything_is_run(
    more: list[str], code: int, words: list[str], tmp_path: Path, capsys: Capture
) -> None:
    """Every faulty point at once, with what is allowed; nothing is written."""
    results = tmp_path / "results"
    assert run(["sweep", str(tiny(tmp_path)), "--results", str(results), *more]) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert not results.exists()
    for word in words:
        assert word in printed.err
    assert "Traceback" not in printed.err


def test_faults_of_all_points_are_told_once(tmp_path: Path, capsys: Capture) -> None:
    """A value at fault is in several points of the grid, and is one fault."""
    more = ("--vary", "fund.f.amount_wan=1,2,3")
    assert run(swept(tmp_path, *more, vary=f"{SHARE}=0.5,1.5,2.5")) == 3
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert lines[-1] == "发现 2 个问题"


def test_simulated_points_have_probabilities_and_the_bytes_of_the_main_job(
    tmp_path: Path, capsys: Capture
) -> None:
    """One replication of few households: the same tables as ``optimize`` writes, and columns made of them."""
    few = [
        "--set",
        "place.liuyang.households=300",
        "--replications",
        "1",
        "--results",
        str(tmp_path),
        "--json",
    ]
    vary = ["--vary", "rule.industry_share.start=0.6,0.9", "--simulate", "--workers", "1"]
    assert run(["sweep", str(DEMO), *few, *vary]) == 0
    said = json.loads(capsys.readouterr().out)
    assert run(["optimize", str(DEMO), *few, "--set", "rule.industry_share.start=0.9"]) == 0
    main = Path(json.loads(capsys.readouterr().out)["run"])
    point = Path(said["run"]) / "points" / "0002"
    for table in ("simulation", "simulated_targets", "allocation", "targets"):
        assert (point / f"{table}.csv").read_bytes() == (main / f"{table}.csv").read_bytes()
    likely = pl.read_parquet(main / "simulated_targets.parquet")
    row = said["points"][1]
    assert row["least_probability"] == likely["probability"].min()
    water = likely.filter(pl.col("target") == "tap_water")["probability"].min()
    assert row["probability_tap_water"] == water
    assert run(["sweep", said["run"], "--y", "probability_tap_water"]) == 0
    assert "末年在册" in capsys.readouterr().out


def test_every_column_and_status_has_its_words() -> None:
    """What stands in the table of a sweep can be read in both languages."""
    statuses = ("optimal", "feasible", "not_roundable", CONFLICT, LIMIT)
    for name in ("point", "status", "clauses", *PLANNED, *INDICATORS, *SIMULATED, *statuses):
        assert all(SWEEP_LABELS[f"sweep_{name}"])


def test_a_plan_that_cannot_be_rounded_is_a_row(tmp_path: Path, capsys: Capture) -> None:
    """Two fifths of at least 101 and at most 103 units are no whole numbers; of 1.05 万元 they are."""
    share = {"kind": "category_share", "categories": ["产业发展"], "of": "spent"}
    floor = {"kind": "place_floor", "at_least_wan": 1.01, "places": ["v"]}
    rules = {"least": {**share, "at_least": 0.4}, "most": {**share, "at_most": 0.4}, "floor": floor}
    case = TINY.but(rules=rules, targets={})
    command = ["sweep", str(tiny(tmp_path, case)), "--vary", "fund.f.amount_wan=1.03,1.05", "--workers", "1"]
    assert run([*command, "--results", str(tmp_path), "--json"]) == 0
    points = json.loads(capsys.readouterr().out)["points"]
    assert [point["status"] for point in points] == ["not_roundable", "optimal"]
    assert points[0]["clauses"].startswith("category_share(")
    assert points[1]["industry_share"] == 0.4
