"""``runs`` and ``compare`` on the command line, in both languages, and what may be wrong with their input."""

import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from tests.forms.books import cells
from tests.households.folders import folder as household_folder
from zxsim.cli import run
from zxsim.runs.listing import matched

Capture = pytest.CaptureFixture[str]
FEW = ["--replications", "3", "--workers", "1", "--quiet"]


@pytest.fixture(name="results", scope="module")
def _results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two plans that were simulated, a simulation of no plan, and what else a folder may hold."""
    made = tmp_path_factory.mktemp("made")
    scenario, results = str(household_folder(made)), str(made / "results")
    assert run(["optimize", scenario, "--results", results, *FEW]) == 0
    assert run(["optimize", scenario, "--results", results, "--set", "fund.f.amount_wan=40", *FEW]) == 0
    assert run(["simulate", scenario, "--results", results, *FEW]) == 0
    return made / "results"


@pytest.fixture(name="runs", scope="module")
def _runs(results: Path) -> list[str]:
    """The folders: 60 万元 a year, 40 万元 a year, no plan."""
    found = [
        (json.loads(path.read_text(encoding="utf-8")), path.parent) for path in results.glob("*/*/run.json")
    ]
    found.sort(key=lambda pair: -pair[0].get("spent_wan", 0))
    return [str(folder) for _, folder in found]


def test_single_replications_have_the_means_of_the_summary(runs: list[str]) -> None:
    """Absent rows are 0; verify accepts the run, whose table has no CSV."""
    table = pl.read_parquet(Path(runs[0], "replications.parquet"))
    summary = pl.read_parquet(Path(runs[0], "simulation.parquet")).filter(
        (pl.col("statistic") == "mean") & pl.col("period").str.contains(r"^\d{4}$")
    )
    keys = ["indicator", "place_id", "group", "period"]
    means = table.group_by("indicator", "place_id", "group", period=pl.col("year").cast(pl.String)).agg(
        mine=pl.col("value").sum() / 3
    )
    joined = means.join(summary, on=keys, how="left")
    inside = joined.filter((pl.col("place_id") == "") | ~pl.col("indicator").is_in(["entries", "exits"]))
    assert len(inside) > 20
    assert inside["value"].null_count() == 0
    assert ((inside["mine"] - inside["value"]).abs() <= 1e-4).all()
    of_places = means.filter((pl.col("place_id") != "") & (pl.col("indicator") == "entries"))
    whole = means.filter(
        (pl.col("place_id") == "") & (pl.col("group") == "") & (pl.col("indicator") == "entries")
    )
    assert of_places["mine"].sum() == pytest.approx(whole["mine"].sum())
    assert not Path(runs[0], "replications.csv").exists()
    assert run(["verify", runs[0]]) == 0


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("3 次运行", "无计划", "没有列出", "没有写完", "读不出来")),
        ("en", ("3 runs", "no plan", "not listed")),
    ],
)
def test_runs_are_listed_and_the_rest_is_named(
    results: Path, language: str, words: tuple[str, ...], tmp_path: Path, capsys: Capture
) -> None:
    """One line for a damaged run, for a folder that is none and for one not finished; never a crash."""
    copy = tmp_path / "results"
    shutil.copytree(results, copy)
    (scenario,) = copy.iterdir()
    (scenario / "foreign").mkdir()
    for name in ("swept", ".sweep-0"):
        (scenario / name).mkdir()
        (scenario / name / "sweep.json").touch()
    (scenario / ".unfinished-0").mkdir()
    for name, text in (
        ("broken", "{"),
        ("list", "[]"),
        ("bare", "{}"),
        ("time", '{"scenario": 1, "created": 5}'),
    ):
        (scenario / name).mkdir()
        (scenario / name / "run.json").write_text(text, encoding="utf-8")
    assert run(["runs", "--results", str(copy), "--lang", language]) == 0
    screen = capsys.readouterr().out
    assert all(word in screen for word in words)
    assert screen.count("  · ") == 8
    assert run(["runs", "--results", str(copy), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert {one["spent_wan"] for one in said["runs"]} == {None, 160.0, 220.0}
    assert all(one["run"] in screen.replace("  ", "\n").splitlines() for one in said["runs"])  # never folded
    times = [one["created"] for one in said["runs"]]
    assert times == sorted(times, reverse=True)
    assert said["run"] == said["runs"][0]["run"]
    assert len(said["others"]) == 8
    assert {"sweep_is_no_run", "sweep_unfinished"} <= {one["code"] for one in said["others"]}


def test_an_empty_folder_has_no_runs_and_a_missing_one_is_refused(tmp_path: Path, capsys: Capture) -> None:
    """0 and a line; 3 and a remedy."""
    assert run(["runs", "--results", str(tmp_path)]) == 0
    assert "没有运行" in capsys.readouterr().out
    assert run(["runs", "--results", str(tmp_path / "none")]) == 3
    assert "--results" in capsys.readouterr().err


def test_a_run_beside_itself_is_one_line(runs: list[str], capsys: Capture) -> None:
    """Simulated, with pairs: nothing differs, exit 0, also as data."""
    assert run(["compare", runs[0], runs[0]]) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines() == ["A、B 的输入和结果完全相同，没有差别"]
    assert printed.err == ""
    assert run(["compare", runs[0], runs[0], runs[0], "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["status"] == "same"
    assert set(said["rows"].values()) == {0}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("换了去处", "受益和受损", "3 对重复", "不带计划", "人均可支配收入")),
        ("en", ("goes elsewhere", "Who gains", "3 pairs", "no plan", "income per head")),
    ],
)
def test_the_screen_and_the_workbook_say_what_differs(
    runs: list[str], language: str, words: tuple[str, ...], tmp_path: Path, capsys: Capture
) -> None:
    """Three runs; every figure has the label of its run, and the labels their folders."""
    book = tmp_path / "比较.xlsx"
    assert run(["compare", *runs, "--to", str(book), "--lang", language]) == 0
    screen = capsys.readouterr().out
    assert all(word in screen for word in ("fund.f.amount_wan.2021", *words))
    assert all(f"{label} = {folder}" in screen for label, folder in zip("ABC", runs, strict=True))
    sheets = cells(book)
    assert next(iter(sheets)) == {"zh": "比较", "en": "Comparison"}[language]
    assert len(sheets) == 9
    assert run(["compare", *runs, "--to", str(tmp_path / "a.md"), "--quiet", "--lang", language]) == 0
    assert capsys.readouterr().out == ""
    assert (tmp_path / "a.md").read_text(encoding="utf-8").count("## ") == 9
    assert not list(tmp_path.glob(".unfinished*"))


def test_bad_input_is_refused_in_words(runs: list[str], tmp_path: Path, capsys: Capture) -> None:
    """One run: usage. No run, a damaged one, an unknown ending, a file inside a run: data."""
    damaged = tmp_path / "damaged"
    shutil.copytree(runs[0], damaged)
    (damaged / "allocation.parquet").write_bytes(b"PAR1")
    other = tmp_path / "columns"
    shutil.copytree(runs[0], other)
    pl.DataFrame({"x": [1]}).write_parquet(other / "replications.parquet")
    for arguments, code, words in (
        ([runs[0]], 2, "至少要两次运行"),
        ([runs[0], str(tmp_path)], 3, "run.json"),
        ([runs[0], str(damaged)], 3, "allocation.parquet"),
        ([runs[1], str(other)], 3, "replications.parquet"),
        ([*runs[:2], "--to", str(tmp_path / "a.doc")], 3, "另存"),
        ([*runs[:2], "--to", str(tmp_path / "a.xslx")], 3, ".xlsx"),
        ([*runs[:2], "--to", str(Path(runs[1]) / "a.xlsx")], 3, "换个位置"),
        ([*runs[:2], "--to", str(tmp_path / "no" / "a.xlsx")], 3, "no"),
    ):
        assert run(["compare", *arguments]) == code, arguments
        printed = capsys.readouterr()
        assert words in printed.err
        assert printed.out == ""
    assert not list(tmp_path.glob("a.*"))


@pytest.mark.parametrize(
    ("language", "sheets", "words"),
    [
        ("zh", ("模拟结果", "达标概率"), ("指标", "人均可支配收入", "边缘易致贫户", "均值", "数值")),
        (
            "en",
            ("Simulation", "Probabilities"),
            ("indicator", "income per head", "marginal", "mean", "value"),
        ),
    ],
)
def test_a_simulation_is_exported_in_words(
    runs: list[str], language: str, sheets: tuple[str, ...], words: tuple[str, ...], tmp_path: Path
) -> None:
    """The workbook of a run has its simulation, one of no plan nothing else; the long table has no codes."""
    to, options = tmp_path / "a.xlsx", ["--lang", language]
    assert run(["export", runs[0], "--to", str(to), *options]) == 0
    book = cells(to)
    assert set(sheets) < set(book)
    assert run(["export", runs[2], "--to", str(to), *options]) == 0
    assert tuple(cells(to)) == sheets
    table = tmp_path / "a.csv"
    assert run(["export", runs[0], "--table", "simulation", "--to", str(table), *options]) == 0
    text = table.read_text(encoding="utf-8-sig")
    assert all(word in text for word in words)
    assert "open_cases" not in text
    means = pl.read_parquet(Path(runs[0], "simulation.parquet")).filter(
        (pl.col("indicator") == "income") & (pl.col("place_id") == "") & (pl.col("statistic") == "mean")
    )
    income = next(
        row for row in book[sheets[0]] if str(row[0]).lower() in ("人均可支配收入", "income per head")
    )
    assert income[1:] == [pytest.approx(value, abs=0.005) for value in means.sort("period")["value"]]


def test_a_pattern_stands_for_the_runs_that_it_finds(
    runs: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without sweeps and what is unfinished; a sweep by its name and a pattern without runs stay errors."""
    (parent,) = {Path(folder).parent for folder in runs}
    mine = shutil.copytree(parent, tmp_path / "mine")
    (mine / "swept").mkdir()
    (mine / "swept" / "sweep.json").write_text("{}", encoding="utf-8")
    (mine / ".unfinished-0").mkdir()
    (mine / "notes.txt").write_text("", encoding="utf-8")
    found = sorted(str(mine / Path(folder).name) for folder in runs)
    assert [str(run) for run in matched([mine / "*", mine / ".*"])] == [*found, str(mine / ".*")]
    pattern = str(mine / "*")
    assert run(["compare", pattern, "--json"]) == 0
    assert [one["run"] for one in json.loads(capsys.readouterr().out)["runs"]] == found
    assert run(["report", pattern, "--to", str(tmp_path / "a.html"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["runs"] == found
    for given in (str(mine / "swept"), str(mine / "nothing*")):
        assert run(["compare", found[0], given]) == 3
        assert given in capsys.readouterr().err
    strange = shutil.copytree(found[0], tmp_path / "a[b]*")
    assert matched([strange]) == [strange]


def test_runs_of_one_scenario_are_told_apart(
    runs: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By name and by what differs from the first; inputs that cannot be read are told of."""
    results = tmp_path / "results"
    mine = shutil.copytree(Path(runs[0]).parent, results / "mine")
    for day, name in enumerate((Path(folder).name for folder in runs), start=1):
        file = mine / name / "run.json"
        manifest = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(
            json.dumps({**manifest, "created": f"2026-01-0{day}T00:00:00+00:00"}), encoding="utf-8"
        )
    assert run(["runs", "--results", str(results), "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    (at,) = (number for number, line in enumerate(lines) if Path(runs[1]).name in line)
    assert lines[at].endswith(f"  {manifest['name']}")
    assert lines[at + 1] == "       fund.f.amount_wan.2021 60 → 40"
    assert sum("→" in line for line in lines) == 3
    for text in ("fund = 3", "["):
        (mine / Path(runs[1]).name / "inputs" / "resolved.toml").write_text(text, encoding="utf-8")
        assert run(["runs", "--results", str(results)]) == 0
        assert "resolved.toml" in capsys.readouterr().out
