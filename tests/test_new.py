"""``zxsim new``: a copy of a shipped scenario that works at once, from a checkout and from the wheel."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import zxsim
from zxsim import api
from zxsim.cli import run
from zxsim.errors import DataError

ROOT = Path(__file__).parent.parent
BOM = b"\xef\xbb\xbf"
Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "scenarios").iterdir()))
def test_a_copy_is_the_shipped_scenario_and_validates(name: str, tmp_path: Path, capsys: Capture) -> None:
    """Every file is there, byte for byte but for the mark that Excel needs; parents are made as needed."""
    folder = tmp_path / "新建" / "我的 方案"
    assert run(["new", str(folder), "--from", name, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["status"], printed["from"]) == ("created", name)
    originals = {path.name: path.read_bytes() for path in (ROOT / "scenarios" / name).iterdir()}
    copies = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert printed["files"] == sorted(originals)
    assert {file: content.removeprefix(BOM) for file, content in copies.items()} == originals
    marked = {file for file, content in copies.items() if content.startswith(BOM)}
    assert marked == {file for file in originals if file.endswith(".csv")}
    assert run(["validate", str(folder)]) == 0


@pytest.mark.parametrize(
    ("language", "words"), [("zh", ["接下来", "公开项目库示例"]), ("en", ["Next", "公开项目库示例"])]
)
def test_it_says_what_to_run_next(language: str, words: list[str], tmp_path: Path, capsys: Capture) -> None:
    """The commands printed can be pasted, blanks in names included; an empty folder may be there already."""
    folder = tmp_path / "a b"
    folder.mkdir()
    assert run(["new", str(folder), "--lang", language]) == 0
    said = capsys.readouterr().out
    assert all(word in said for word in words)
    quoted = f'"{folder}"' if os.name == "nt" else f"'{folder}'"
    assert f"zxsim validate {quoted}" in said
    assert f"zxsim optimize {quoted}" in said


def test_the_list_has_every_scenario_with_its_title(capsys: Capture) -> None:
    """``--list`` names what ``--from`` takes, in words and as JSON."""
    assert run(["new", "--list"]) == 0
    said = capsys.readouterr().out
    assert "published-library  公开项目库示例（默认）" in said
    assert "changjiang  昌江区重点帮扶村示例" in said
    assert run(["new", "--list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["scenarios"]
    assert {"name": "changjiang", "title": "昌江区重点帮扶村示例"} in listed


BAD = {
    "a folder that holds something": (["taken"], 3, "taken 已经存在而且不是空文件夹", "taken exists"),
    "a file": (["file.txt"], 3, "file.txt 已经存在", "file.txt exists"),
    "inside a file": (["file.txt/new"], 3, "建不了", "cannot make the folder"),
    "a name too long": (["长" * 300], 3, "建不了", "cannot make the folder"),
    "an unknown scenario": (
        ["new", "--from", "published"],
        3,
        "published；可写：baoshan-2021、changjiang、chongqing、getashang、lintong、published-library、xixian；是不是要写「published-library」？",
        "no scenario published comes with zxsim; allowed: baoshan-2021, changjiang, chongqing, getashang, l",
    ),
    "a path instead of a name": (
        ["new", "--from", "../taken"],
        3,
        "没有随附方案 ../taken",
        "no scenario ../",
    ),
    "both at once": (["taken", "--from", "x"], 3, "发现 2 个问题", "2 faults"),
    "no folder": ([], 2, "缺少参数 DIR", "missing argument DIR"),
    "a list into a folder": (["new", "--list"], 2, "不能再写 new", "--list takes nothing else, not new"),
    "a name without a value": (["new", "--from"], 2, "--from", "--from"),
    "an unknown option": (["new", "--form", "x"], 2, "没有选项 --form", "no such option: --form"),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_copied_is_refused_in_words(
    case: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Each fault ends with its exit code and a sentence, and nothing is written or changed."""
    arguments, code, zh, en = BAD[case]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "file.txt").write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    assert run(["new", "--lang", language, *arguments]) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert (zh if language == "zh" else en) in printed.err
    assert "Traceback" not in printed.err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_disk_that_fills_up_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """A copy that fails in its last step is a fault in words, and its folder is gone."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    assert run(["new", str(tmp_path / "mine")]) == 3
    assert "磁盘已满" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_installation_without_scenarios_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package whose data were left out is told to be installed again."""
    monkeypatch.setattr(zxsim, "__file__", str(tmp_path / "zxsim" / "__init__.py"))
    with pytest.raises(DataError) as caught:
        api.new_scenario(tmp_path / "mine")
    assert [message.code for message in caught.value.messages] == ["scenarios_not_installed"]


def test_the_wheel_holds_the_scenarios_and_copies_them(tmp_path: Path) -> None:
    """Built and installed without a network into a folder of its own, ``new`` and ``validate`` work there."""
    quiet = {**os.environ, "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(build, check=True, capture_output=True, cwd=ROOT)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert {"zxsim/_scenarios/changjiang/scenario.toml", "zxsim/py.typed"} <= set(archive.namelist())
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*install, "--target", str(site), str(wheel)], check=True, env=quiet)
    for arguments in (["new", "mine", "--from", "changjiang"], ["validate", "mine"]):
        script = (
            f"import sys; sys.path.insert(0, {str(site)!r}); from zxsim import __file__, cli;"
            f"assert __file__.startswith({str(site)!r}), __file__; sys.exit(cli.run({arguments!r}))"
        )
        subprocess.run([sys.executable, "-c", script], check=True, cwd=tmp_path, capture_output=True)
    assert (tmp_path / "mine" / "scenario.toml").is_file()
