"""What export cannot do, it refuses with the remedy that helps in that very case, and leaves no file."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from zxsim.cli import run as command

Runs = Mapping[str, Path]

CASES = {
    "years": (["--form", "项目计划表"], "x.csv", "用 --year 选一年"),
    "workbook": (["--year", "2024"], "x.csv", "用 --form 选一张报表或 --table 选一张表"),
    "tables": (["--form", "绩效目标表"], "x.parquet", "要 .parquet 就不写 --form 和 --year"),
    "model": (["--year", "2024"], "x.lp", "要 .lp 就不写 --form 和 --year"),
    "pdf": (["--form", "绩效目标表"], "x.pdf", "在 Excel 或 WPS 里打开，再另存为 .pdf"),
    "docx": ([], "x.docx", "先导出为 .xlsx"),
    "old": ([], "x.xls", "是不是要写「.xlsx」？"),
    "no_folder": ([], "no/x.xlsx", "请先建好，或换个位置"),
    "folder": ([], "folder.xlsx", "请在后面加上文件名"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_remedy_fits_the_case(
    case: str, runs: Runs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 3, one sentence with what to do, no file; in English as well."""
    more, to, remedy = CASES[case]
    (tmp_path / "folder.xlsx").mkdir()
    ask = ["export", str(runs["changjiang"]), "--to", str(tmp_path / to), *more]
    assert command(ask) == 3
    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == 1
    assert remedy in said[0]
    assert command([*ask, "--lang", "en"]) == 3
    assert "Errno" not in said[0] + capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["folder.xlsx"]


def test_a_folder_of_results_is_answered_with_its_latest_run(
    runs: Runs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever names the folder above gets the run to name instead."""
    run = runs["mixed"]
    for above in (run.parent, run.parent.parent):
        assert command(["export", str(above), "--to", str(tmp_path / "x.xlsx")]) == 3
        assert "是不是要写「" in (said := capsys.readouterr().err)
        assert Path(said.split("「")[1].split("」")[0], "run.json").is_file()


def test_a_damaged_run_is_to_be_run_again(
    runs: Runs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file at fault is named, and what to do."""
    copy = tmp_path / "run"
    shutil.copytree(runs["mixed"], copy)
    (copy / "targets.parquet").write_bytes(b"x")
    assert command(["export", str(copy), "--to", str(tmp_path / "x.xlsx")]) == 3
    said = capsys.readouterr().err
    assert "targets.parquet" in said
    assert "请用 zxsim optimize 重新运行" in said
