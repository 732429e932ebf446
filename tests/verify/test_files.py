"""Files of a run that are changed, missing, unreadable or not its own."""

from pathlib import Path

import pytest

from tests.verify.spoil import addresses, codes
from zxsim.verify import verify


@pytest.mark.parametrize("name", ["resolved.toml", "places.csv", "projects.csv"])
def test_input_changed_after_the_run_is_caught(run: Path, name: str) -> None:
    """One more byte in an input file is enough."""
    path = run / "inputs" / name
    path.write_bytes(path.read_bytes() + b"\n")
    assert [message.file for message in verify(run) if message.code == "verify_hash"] == [f"inputs/{name}"]


def test_input_file_that_is_not_listed_is_caught(run: Path) -> None:
    """Nothing may be slipped in beside the listed inputs."""
    (run / "inputs" / "notes.txt").write_text("paid\n", encoding="utf-8")
    assert codes(verify(run)) == {"verify_file_unlisted"}


FILES = ["run.json", "inputs/resolved.toml", "inputs/places.csv", "inputs/projects.csv"]
TABLES = ["allocation.csv", "rules.csv", "targets.csv", "by_place.csv", "excluded.csv", "rules.parquet"]


@pytest.mark.parametrize("name", FILES + TABLES)
def test_missing_file_is_a_message(run: Path, name: str) -> None:
    """A file that is not there is named, and the rest is still checked."""
    (run / name).unlink()
    assert name in {message.file for message in verify(run) if message.code == "verify_file_missing"}


@pytest.mark.parametrize("name", FILES + TABLES)
@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a\nb,c\n", b"[[", b"{}"])
def test_unreadable_file_is_a_message(run: Path, name: str, content: bytes) -> None:
    """Whatever stands in a file, it is named in a message and nothing is raised."""
    (run / name).write_bytes(content)
    assert name in {message.file for message in verify(run) if message.code == "verify_file_unreadable"}


def test_folder_that_is_no_run_is_a_message(tmp_path: Path) -> None:
    """A path that does not exist has no run.json."""
    assert ("verify_file_missing", "run.json") in [(m.code, m.file) for m in verify(tmp_path / "nothing")]


def test_unknown_rule_kind_is_a_message(run: Path) -> None:
    """A kind that nobody checks is said, never passed over."""
    path = run / "inputs" / "resolved.toml"
    text = path.read_text(encoding="utf-8").replace('kind = "eligibility"', 'kind = "hearsay"')
    path.write_text(text, encoding="utf-8")
    assert addresses(verify(run), "verify_unknown_kind") == {"[rule.library]"}
