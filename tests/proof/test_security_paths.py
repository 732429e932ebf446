"""What a scenario or a run names stays within its folder, unless a flag allows it."""

import os
import shutil
from pathlib import Path

import pytest

from tests.proof.hostile import CLAUSE, write
from zxsim import api
from zxsim.cli import run
from zxsim.core.inside import reading_outside
from zxsim.errors import DataError

Capture = pytest.CaptureFixture[str]
HELD = "某人的秘密"
TABLES = ("places.csv", "projects.csv", "clauses.csv", "commitments.csv", "progress.csv", "tasks.csv")


@pytest.fixture(name="given")
def _given(tmp_path: Path) -> Path:
    return write(tmp_path / "given", ["村"] * 20)


def _refused(given: Path, capsys: Capture, *more: str) -> str:
    assert run(["validate", str(given), *more]) == 3
    said = capsys.readouterr()
    assert HELD not in said.out + said.err
    assert "Traceback" not in said.err
    return said.err


@pytest.mark.parametrize(
    "name", ["../base.toml", "{outside}", "..\\base.toml", "C:base.toml", "\\\\s\\a.toml", "..", ""]
)
@pytest.mark.parametrize("key", ["extends", "ledger"])
def test_a_name_that_leads_elsewhere_is_refused(key: str, name: str, given: Path, capsys: Capture) -> None:
    """Above, absolute, in the manner of Windows: with file, line, key and the flag that would allow it."""
    outside = given.parent / "base.toml"
    outside.write_text(HELD, encoding="utf-8")
    named = name.format(outside=outside)
    file, whatif = ("whatif.toml", True) if key == "extends" else ("scenario.toml", False)
    text = "extends = '{}'\n" if whatif else (given / "scenario.toml").read_text(encoding="utf-8")
    text = text.format(named) if whatif else text.replace('"ledger.csv"', f"'{named}'")
    (given / file).write_text(text, encoding="utf-8")
    said = _refused(given / file, capsys, "--lang", "en")
    assert said.startswith(f"{file}:")
    assert key in said
    assert "--allow-outside" in said


@pytest.mark.parametrize("name", ["scenario.toml", "ledger.csv", *TABLES])
def test_a_link_that_leads_elsewhere_is_refused(name: str, given: Path, capsys: Capture) -> None:
    """Nothing of the file behind it is shown; the flag allows it."""
    outside = given.parent / "outside"
    outside.write_text(f"{HELD},{HELD}\n1,2\n", encoding="utf-8")
    if (given / name).exists():
        shutil.move(given / name, outside)
    (given / name).symlink_to(outside)
    said = _refused(given, capsys, "--lang", "en")
    assert name in said
    assert "link" in said
    run(["validate", str(given), "--lang", "en", "--allow-outside"])
    assert "--allow-outside" not in capsys.readouterr().err


def test_links_within_the_folder_are_read(given: Path) -> None:
    """A link to a neighbour, and the folder behind a link, are no one else's."""
    shutil.move(given / "places.csv", given / "places.2024")
    (given / "places.csv").symlink_to("places.2024")
    (given.parent / "linked").symlink_to(given)
    assert run(["validate", str(given.parent / "linked")]) == 0


def test_the_flag_allows_what_lies_outside(given: Path, tmp_path: Path, capsys: Capture) -> None:
    """A what-if of another folder's scenario with the ledger beside it; the run stands alone."""
    other = tmp_path / "other"
    other.mkdir()
    for name in ("places.csv", "projects.csv", "clauses.csv"):
        shutil.copy(given / name, other)
    text = 'extends = "../given/scenario.toml"\nhousehold.ledger = "../given/ledger.csv"\n'
    (other / "scenario.toml").write_text(text, encoding="utf-8")
    _refused(other, capsys)
    line = ["optimize", str(other), "--results", str(tmp_path / "results"), "--replications", "1"]
    assert run([*line, "--workers", "1", "--allow-outside"]) == 0
    assert run([*line, "--workers", "1"]) == 3
    (made,) = tmp_path.glob("results/other/2*")
    assert run(["verify", str(made)]) == 0
    assert run(["explain", str(made)]) == 0
    with reading_outside():
        assert api.load(other).label == "other"
    with pytest.raises(DataError):
        api.load(other)


@pytest.mark.usefixtures("given")
def test_a_whatif_elsewhere_reads_the_tables_of_its_base(tmp_path: Path, capsys: Capture) -> None:
    """Where it has none of its own; its words and ``--set`` go before the base's, cells in TOML as well."""
    other = tmp_path / "other"
    other.mkdir()
    text = 'extends = "../given/scenario.toml"\nfund.county.amount_wan = 20\nproject.P1.cost_wan = 9\n'
    (other / "scenario.toml").write_text(text, encoding="utf-8")
    (other / "clauses.csv").write_text("clause\n", encoding="utf-8")
    assert "--allow-outside" in _refused(other, capsys)
    with reading_outside():
        loaded = api.load(other, ["fund.county.amount_wan=25"])
        assert api.load(other).spec.fund["county"].amount_wan != loaded.spec.fund["county"].amount_wan
    cost = dict(loaded.projects.select("id", "cost_wan").iter_rows())
    assert (loaded.label, float(cost["P1"]), float(cost["P2"])) == ("other", 9, 7)
    assert ("table_of_base_read", "clauses.csv") in [(told.code, told.file) for told in loaded.warnings]
    line = ["optimize", str(other), "--results", str(tmp_path / "results"), "--replications", "1"]
    assert run([*line, "--workers", "1", "--allow-outside"]) == 0
    (made,) = tmp_path.glob("results/other/2*")
    assert run(["verify", str(made)]) == 0
    assert "P1,村,b,就业项目,村,9" in (made / "inputs" / "projects.csv").read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_what_is_no_regular_file_is_refused(given: Path, capsys: Capture) -> None:
    """A pipe would wait for ever."""
    (given / "clauses.csv").unlink()
    os.mkfifo(given / "clauses.csv")
    assert "clauses.csv" in _refused(given, capsys)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["run.json", "allocation.parquet", "allocation.csv", "inputs/projects.csv", "inputs"]
)
def test_a_run_with_a_link_to_elsewhere_is_not_read(
    name: str, given: Path, tmp_path: Path, capsys: Capture
) -> None:
    """Nobody's file is exported because a run that was sent says that it is its own."""
    assert run(["optimize", str(given), "--results", str(tmp_path / "results"), "--no-simulate"]) == 0
    (made,) = tmp_path.glob("results/given/2*")
    outside = tmp_path / "outside"
    shutil.move(made / name, outside)
    (made / name).symlink_to(outside)
    capsys.readouterr()
    for line in (
        ["verify"], ["export", "--to", "a.xlsx"], ["export", "--to", "a.csv"], ["report", "--to", "a.html"],
        ["compare", str(made)], ["explain"], ["simulate", "--results", str(tmp_path / "more")],
    ):  # fmt: skip
        assert run([line[0], str(made), *line[1:]]) in (2, 3), line
    assert not (tmp_path / "more").exists()


NAMES = ("../../x", "/x", "a/b", "a\\b", "CON", "x" * 300, "x. ", "..", "~", "$(id)", "-rf", "a\0b")


def test_names_in_a_scenario_name_no_files(tmp_path: Path) -> None:
    """Whatever a scenario, a fund or a project is called, files are named by folders and by zxsim."""
    given = write(tmp_path / "given", ["村" if at == CLAUSE else NAMES[at % len(NAMES)] for at in range(20)])
    before = set(tmp_path.rglob("*"))
    assert run(["optimize", str(given), "--results", str(tmp_path / "results"), "--no-simulate"]) == 0
    (made,) = tmp_path.glob("results/given/2*")
    assert run(["export", str(made), "--to", str(tmp_path / "a.xlsx")]) == 0
    made_now = set(tmp_path.rglob("*")) - before
    assert {path for path in made_now if not path.is_relative_to(made)} == {
        tmp_path / "a.xlsx", tmp_path / "results", tmp_path / "results" / "given", made,
    } - {made}  # fmt: skip


@pytest.mark.parametrize("name", ["../x", "a/b", "..", "x y", "a\\b"])
def test_ids_cannot_be_paths(name: str, given: Path, capsys: Capture) -> None:
    """Ids of funds, rules, indicators and projects are letters, digits, ``_`` and ``.``."""
    text = (given / "projects.csv").read_text(encoding="utf-8")
    (given / "projects.csv").write_text(text.replace("P1,", f"{name},", 1), encoding="utf-8")
    if name != "..":
        _refused(given, capsys)
    _refused(given, capsys, "--set", f'rule."{name}".kind="budget"')


@pytest.mark.slow
@pytest.mark.parametrize("text", ["[" * 200_000, "{}", "[]", "1", '"x"', "\0", ""])
def test_a_run_with_a_damaged_manifest_gets_an_answer(text: str, given: Path, tmp_path: Path) -> None:
    """Whatever stands in run.json, every command says so in words, and nothing is written."""
    made = tmp_path / "results" / "given" / "made"
    (made / "inputs").mkdir(parents=True)
    (made / "run.json").write_text(text, encoding="utf-8")
    for line in (
        ["verify"], ["export", "--to", "a.xlsx"], ["export", "--to", "a.lp"], ["export", "--to", "a.csv"],
        ["report", "--to", "a.html"], ["compare", str(given)], ["simulate"],
    ):  # fmt: skip
        assert run([line[0], str(made), *line[1:]]) in (2, 3, 7), line
    assert run(["runs", "--results", str(tmp_path / "results")]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["given", "results"]
