"""Reasons that others give in English are told in Chinese."""

import errno
import os
import re
import tomllib
from pathlib import Path

import pytest

from zxsim.cli import run
from zxsim.report.reason_words import reason

Capture = pytest.CaptureFixture[str]

LATIN = re.compile("[A-Za-z]{3,}")

WRONG_TOML = (
    "a = ", "[a", "[[a]", "a = [1", "a = 1\na = 2", "[a]\n[a]", "a = 'x", 'a = "x', "a = tru", "= 3b",
    "a 3", "a = 1 2",
    'a = "\\q"', "[[a]]\n[a]", "a = {b=1\n", "a = {}\n[a.b]", 'a = "\\u12"', "a = {a=1,a=2}", 'a = "x\ny"',
    "a = 2024-02-31", "a = {b = 1}\na.c = 2",
)  # fmt: skip


@pytest.mark.parametrize("text", WRONG_TOML)
def test_faults_of_toml_are_told_in_chinese(text: str) -> None:
    """Whatever the reader complains of, but for the words of the file itself."""
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    said = reason(str(caught.value).rpartition(" (at ")[0], 0)
    assert not LATIN.search(said), said


@pytest.mark.parametrize(
    "number",
    [
        errno.ENOENT, errno.EACCES, errno.EPERM, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENOTEMPTY,
        errno.ENOSPC, errno.EROFS, errno.ENAMETOOLONG, errno.EMFILE, errno.EIO, errno.EINVAL, errno.ELOOP,
    ],
)  # fmt: skip
def test_faults_of_the_system_are_told_in_chinese(number: int) -> None:
    """With and without its number and the path."""
    assert not LATIN.search(reason(os.strerror(number), 0))
    assert not LATIN.search(reason(str(OSError(number, os.strerror(number), "x")), 0))


@pytest.mark.parametrize(
    "arguments",
    [
        ["optimize", "甲", "乙"],
        ["optimize", "--gap", "x", "甲"],
        ["optimize", "--nodes", "1.5", "甲"],
        ["optimize", "--nodes", "-1", "甲"],
        ["optimize", "--results"],
        ["optimize", "--quiet=3", "甲"],
        ["import", "甲", "--to", "乙", "--unit", "两"],
    ],
)
def test_faults_of_the_command_line_are_told_in_chinese(arguments: list[str], capsys: Capture) -> None:
    """Options are named as they are typed; nothing else is English."""
    assert run(arguments) == 2
    said = capsys.readouterr().err
    assert not LATIN.search(re.sub(r"--\w+|'\w+'", "", said)), said


def test_an_unknown_reason_is_quoted() -> None:
    """What nobody has translated stays as it is, in quotation marks; English is never touched."""
    assert reason("Something odd", 0) == "「Something odd」"
    assert reason("Something odd", 1) == "Something odd"
    assert reason("拒绝访问。", 0) == "拒绝访问。"


def test_a_folder_that_cannot_be_written(tmp_path: Path, capsys: Capture) -> None:
    """The whole sentence is Chinese."""
    (tmp_path / "a").write_text("", encoding="utf-8")
    assert run(["new", str(tmp_path / "a" / "b")]) == 3
    assert "不是文件夹" in capsys.readouterr().err
