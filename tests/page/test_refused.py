"""What cannot be made a page of, or written, is told in a sentence with its exit code; no file is left."""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from zxsim.cli import run as command

Paths = Mapping[str, Path]
Capture = pytest.CaptureFixture[str]


def refused(ask: list[str], code: int, capsys: Capture) -> tuple[str, str]:
    """What is said in both languages, one line each, with that exit code."""
    said = []
    for language in ("zh", "en"):
        assert command(["report", *ask, "--lang", language]) == code
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "Traceback" not in printed.err
        assert len(printed.err.strip().splitlines()) == 1
        said.append(printed.err)
    return said[0], said[1]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("x.pdf", "用浏览器打印为 PDF"),
        ("x.xlsx", "要以 .html 结尾"),
        ("x", "要以 .html 结尾"),
        ("no/x.html", "请先建好，或换个位置"),
        ("folder.html", "这是一个文件夹"),
    ],
)
def test_a_file_that_cannot_be_a_page(
    name: str, words: str, runs: Paths, tmp_path: Path, capsys: Capture
) -> None:
    """The remedy is named, and nothing is written."""
    (tmp_path / "folder.html").mkdir()
    zh, en = refused([str(runs["hostile"]), "--to", str(tmp_path / name)], 3, capsys)
    assert words in zh
    assert "Errno" not in en
    assert [path.name for path in tmp_path.iterdir()] == ["folder.html"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(runs: Paths, tmp_path: Path, capsys: Capture) -> None:
    """Not permitted is said so."""
    tmp_path.chmod(0o500)
    zh, _ = refused([str(runs["hostile"]), "--to", str(tmp_path / "x.html")], 3, capsys)
    assert "没有写入权限" in zh


def test_a_page_is_not_written_into_a_run(runs: Paths, capsys: Capture) -> None:
    """A run is evidence, whichever of the runs it is."""
    first, second = runs["planned"], runs["hostile"]
    zh, _ = refused([str(first), str(second), "--to", str(second / "x.html")], 3, capsys)
    assert "不能导出到运行结果文件夹里" in zh
    assert not list(second.glob("*.html"))


def test_a_folder_of_results_is_answered_with_its_latest_run(
    runs: Paths, tmp_path: Path, capsys: Capture
) -> None:
    """Whoever names the folder above is told the run."""
    zh, _ = refused([str(runs["hostile"].parent), "--to", str(tmp_path / "x.html")], 3, capsys)
    assert str(runs["hostile"]) in zh


@pytest.mark.parametrize(
    "file", ["run.json", "allocation.parquet", "inputs/resolved.toml", "inputs/places.csv"]
)
@pytest.mark.parametrize("damage", ["empty", "rubbish", "gone"])
def test_a_damaged_run_names_the_file(
    file: str, damage: str, runs: Paths, tmp_path: Path, capsys: Capture
) -> None:
    """Missing, empty or rubbish: the file at fault is named, and a page that was there stays as it was."""
    copy, page = tmp_path / "run", tmp_path / "x.html"
    shutil.copytree(runs["hostile"], copy)
    page.write_text("before", encoding="utf-8")
    if damage == "gone":
        (copy / file).unlink()
    else:
        (copy / file).write_bytes(b"" if damage == "empty" else b"[1, 2]\n")
    zh, _ = refused([str(copy), "--to", str(page)], 3, capsys)
    assert file in zh
    assert page.read_text(encoding="utf-8") == "before"


def test_a_table_without_a_column_names_it(runs: Paths, tmp_path: Path, capsys: Capture) -> None:
    """A run that another version wrote is told from a page that would be wrong."""
    copy = tmp_path / "run"
    shutil.copytree(runs["hostile"], copy)
    pl.read_parquet(copy / "rules.parquet").drop("slack").write_parquet(copy / "rules.parquet")
    zh, en = refused([str(copy), "--to", str(tmp_path / "x.html")], 3, capsys)
    assert "rules.parquet 没有 slack" in zh
    assert "has no slack" in en


def test_runs_twice_or_too_many_are_a_wrong_command_line(
    runs: Paths, tmp_path: Path, capsys: Capture
) -> None:
    """Exit 2, as for any command line that cannot be meant."""
    run, page = str(runs["hostile"]), str(tmp_path / "x.html")
    zh, _ = refused([run, f"{run}/.", "--to", page], 2, capsys)
    assert "给了两遍" in zh
    zh, _ = refused([*(f"{run}{at}" for at in range(7)), "--to", page], 2, capsys)
    assert "最多放 6 次" in zh
    assert "--to" in refused([run], 2, capsys)[0]


def test_json_is_one_line_and_nothing_else(runs: Paths, tmp_path: Path, capsys: Capture) -> None:
    """Status, run, runs and the file; a fault comes as JSON too."""
    asked = [str(runs["hostile"]), str(runs["planned"])]
    assert command(["report", *asked, "--to", str(tmp_path / "x.html"), "--json"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert json.loads(printed.out) == {
        "status": "reported",
        "run": asked[0],
        "runs": asked,
        "to": str(tmp_path / "x.html"),
        "replaced": False,
    }
    assert command(["report", "nowhere", "--to", "x.html", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["status"] == "fault"


def test_the_command_says_where_the_page_is(runs: Paths, tmp_path: Path, capsys: Capture) -> None:
    """One line with the file and its size."""
    assert command(["report", str(runs["hostile"]), "--to", str(tmp_path / "页.html")]) == 0
    assert capsys.readouterr().out.startswith(f"已写到 {tmp_path / '页.html'}（")
    assert [path.name for path in tmp_path.iterdir()] == ["页.html"]
