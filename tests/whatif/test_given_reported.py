"""What pages, forms, workbooks, explain and verify say of plans that were evaluated or replanned."""

import json
import re
import shlex
from pathlib import Path

import polars as pl
import pytest

from tests.page.reading import Reader
from tests.scenarios import write
from tests.whatif.given_runs import CASE, EDITED, Capture, exported, said
from tests.whatif.plans import write_csv
from zxsim.cli import run


def command_on_page(folder: Path, page: Path, capsys: Capture) -> list[str]:
    """Arguments of the command that a page gives to get the tables again."""
    assert run(["report", str(folder), "--to", str(page), "--lang", "en"]) == 0
    capsys.readouterr()
    found = re.search(r"zxsim ((?:optimize|evaluate|replan) .*)", topics_of(page)["reproduce"])
    assert found is not None
    return shlex.split(found[1])


def topics_of(page: Path) -> dict[str, str]:
    """Text of each topic of a page."""
    return Reader(page.read_text(encoding="utf-8")).topics


def assert_same_tables(again: Path, folder: Path) -> None:
    """Assert that two runs hold the same tables, but for the cells of the file that one was read from."""
    names = sorted(path.stem for path in folder.glob("*.parquet"))
    assert names == sorted(path.stem for path in again.glob("*.parquet"))
    for name in names:
        tables = [pl.read_parquet(one / f"{name}.parquet") for one in (again, folder)]
        kept = [table.drop("cell") if name == "broken" else table for table in tables]
        assert kept[0].equals(kept[1]), name


def test_the_command_of_an_evaluated_page_gives_the_same_tables(
    case: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not those of the best plan: the page says evaluate, with the amounts that the run itself holds."""
    plan = write_csv(tmp_path / "hand made.csv", EDITED)
    folder = Path(
        said(["evaluate", case, "--plan", plan, "--results", tmp_path / "my runs"], capsys, 7)["run"]
    )
    command = command_on_page(folder, tmp_path / "page.html", capsys)
    assert command[0] == "evaluate"
    plan.unlink()
    monkeypatch.chdir(tmp_path / "my runs")
    again = Path(said([*command, "--results", tmp_path / "again"], capsys, 7)["run"])
    assert_same_tables(again, folder)
    assert command_on_page(again, tmp_path / "again.html", capsys)[0] == "evaluate"


@pytest.mark.parametrize("kind", ["run", "file"])
def test_the_command_of_a_replanned_page_gives_the_same_tables(
    kind: str,
    case: Path,
    first: Path,
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The page says replan, and from what: another run by its folder, a file by its name and sheet."""
    results = tmp_path / "r"
    origin = first if kind == "run" else exported(first, results / "approved plan.xlsx", "zh", capsys)
    cut = ["--set", "fund.city.amount_wan={ 2021 = 80, 2022 = 60 }"]
    folder = Path(said(["replan", case, "--from", origin, "--results", results, *cut], capsys)["run"])
    command = command_on_page(folder, tmp_path / "page.html", capsys)
    assert command[0] == "replan"
    assert origin.name in topics_of(tmp_path / "page.html")["reproduce"]
    monkeypatch.chdir(results)
    again = Path(said([*command, "--results", tmp_path / "again"], capsys)["run"])
    assert len(pl.read_parquet(again / "plan_changes.parquet"))
    assert_same_tables(again, folder)


def test_a_broken_rising_share_is_not_said_to_be_kept(tmp_path: Path, capsys: Capture) -> None:
    """Of 150 and 110 held, 20 and 16 keep the share, 20 and 1 break it; of the money spent both fall."""
    rising = {"kind": "rising_share", "categories": ["产业发展"], "start": 0, "step": 0, "clause": "丙-03"}
    case = write(CASE.but(rules={"rising": rising}, targets={}), tmp_path / "case")
    told = {}
    for name, second in (("kept", 16), ("broken", 1)):
        rows = [["A", "", "", "", "", "city", 2021, 20], ["B", "", "v1", "", "", "city", 2021, 10]]
        rows += [["A", "", "", "", "", "city", 2022, second], ["B", "", "v1", "", "", "city", 2022, 40]]
        plan = write_csv(tmp_path / f"{name}.csv", rows)
        ask = ["evaluate", case, "--plan", plan, "--results", tmp_path / name]
        folder = Path(said(ask, capsys, 0 if name == "kept" else 7)["run"])
        notices = json.loads((folder / "run.json").read_text(encoding="utf-8"))["notices"]
        told[name] = [notice["code"] for notice in notices]
    assert "spent_share_falls" in told["kept"]
    assert "spent_share_falls" not in told["broken"]
