"""What the reference says of files is so: its examples run, its keys are all, plan.csv binds when renamed."""

import csv
import json
import re
from pathlib import Path

import pytest

from zxsim.cli import run
from zxsim.schema.editors import Language
from zxsim.schema.page_file_examples import EXAMPLES, IMPORT_MAPPING, IMPORTED_SHEET
from zxsim.schema.page_files import MEANING_WORDS, file_lines
from zxsim.sheets.mapping import FundMapping, ImportMapping, SheetMapping
from zxsim.sheets.vocabulary import MEANINGS

Capture = pytest.CaptureFixture[str]
Key = tuple[str, str, str, str]


def _written(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in EXAMPLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _imported(folder: Path, *more: str) -> Path:
    sheet, to = folder / "项目表.csv", folder / "out"
    sheet.write_text(IMPORTED_SHEET, encoding="gb18030")
    assert run(["import", str(sheet), "--to", str(to), *more, "--json"]) == 0
    return to


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _amounts(path: Path) -> dict[Key, float]:
    """Amounts by project, place, fund and year; columns of a run's table end in ``_id``."""
    rows = [{name.removesuffix("_id"): cell for name, cell in row.items()} for row in _rows(path)]
    return {
        (r["project"], r["place"], r["fund"], r["year"]): float(r["amount_wan"])
        for r in rows
        if float(r["amount_wan"])
    }


def _allocated(scenario: Path, results: Path, capsys: Capture) -> dict[Key, float]:
    capsys.readouterr()
    assert run(["optimize", str(scenario), "--results", str(results), "--json"]) == 0
    return _amounts(Path(json.loads(capsys.readouterr().out)["run"]) / "allocation.csv")


@pytest.mark.parametrize("file", ["scenario.toml", "more_money.toml"])
def test_the_examples_of_the_reference_run(file: str, tmp_path: Path, capsys: Capture) -> None:
    """The folder that the page shows is a scenario with a plan, and its what-if is one."""
    folder = _written(tmp_path / "例")
    found = _allocated(folder / file, tmp_path / "results", capsys)
    assert found["P1", "dong", "central", "2025"] >= 30
    assert found["P3", "xi", "central", "2025"] >= 12


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_names_every_key_and_word_of_a_mapping(language: Language) -> None:
    """No key of import.toml and no meaning of a column is missing."""
    page = "\n".join(file_lines(language))
    keys = {name for model in (ImportMapping, SheetMapping, FundMapping) for name in model.model_fields}
    assert {key for key in keys if f"`{key}`" not in page} == set()
    assert set(MEANING_WORDS) == set(MEANINGS)


def test_the_example_of_a_mapping_reads_the_example_of_a_sheet(tmp_path: Path, capsys: Capture) -> None:
    """Both projects, both funds, and the category that only the mapping names."""
    mapping = tmp_path / "import.toml"
    mapping.write_text(IMPORT_MAPPING, encoding="utf-8")
    to = _imported(tmp_path, "--mapping", str(mapping))
    assert json.loads(capsys.readouterr().out)["differences"] == []
    found = {row["name"]: row["category"] for row in _rows(to / "projects.csv")}
    assert found == {"东村茶园产业基地": "产业发展", "西村饮水工程": "乡村建设行动"}
    assert sum(_amounts(to / "plan.csv").values()) == 130


def test_the_plan_of_a_sheet_binds_under_the_other_name_only(tmp_path: Path, capsys: Capture) -> None:
    """As plan.csv it changes nothing, as commitments.csv it is the plan; rows may be left out."""
    to = _imported(tmp_path)
    plan = _amounts(to / "plan.csv")
    anew = _allocated(to, tmp_path / "results", capsys)
    text = (to / "plan.csv").read_text(encoding="utf-8-sig")
    (to / "plan.csv").unlink()
    assert _allocated(to, tmp_path / "results", capsys) == anew
    (to / "commitments.csv").write_text(text, encoding="utf-8")
    assert _allocated(to, tmp_path / "results", capsys) == plan
    (to / "commitments.csv").write_text("\n".join(text.splitlines()[:2]) + "\n", encoding="utf-8")
    key = next(iter(plan))
    assert _allocated(to, tmp_path / "results", capsys)[key] >= plan[key]


def test_a_scenario_takes_utf8_alone_and_an_import_gb18030_as_well(tmp_path: Path, capsys: Capture) -> None:
    """A table in GB18030 is refused with the remedy; with a byte order mark it is read; exports have one."""
    folder = _written(tmp_path / "例")
    table = EXAMPLES["projects.csv"]
    (folder / "projects.csv").write_text(table, encoding="gb18030")
    assert run(["validate", str(folder)]) == 3
    assert "CSV UTF-8" in capsys.readouterr().err
    (folder / "projects.csv").write_text(table, encoding="utf-8-sig")
    assert run(["optimize", str(folder), "--results", str(tmp_path / "results"), "--json"]) == 0
    out = tmp_path / "out.csv"
    assert run(["export", json.loads(capsys.readouterr().out)["run"], "--to", str(out)]) == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_pages_show_the_same_examples() -> None:
    """Fenced blocks are the same in both languages."""
    blocks = [re.findall(r"```.*?```", "\n".join(file_lines(one)), re.DOTALL) for one in ("zh", "en")]
    assert blocks[0] == blocks[1]
    assert len(blocks[0]) == len(EXAMPLES) + 2
