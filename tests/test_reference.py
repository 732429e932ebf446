"""The reference page and the JSON Schema: complete in Chinese and English, and never stale."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from zxsim.cli import run
from zxsim.core.spec import Spec, in_chinese
from zxsim.effects.asset_yield import AssetYield
from zxsim.schema.columns import COMMITMENT_COLUMNS, PROJECT_COLUMNS, Column, place_columns
from zxsim.schema.editors import Language, json_schema, records
from zxsim.schema.reference import reference_page

ROOT = Path(__file__).parent.parent
PAGES: dict[Language, str] = {"en": "scenario-reference.md", "zh": "scenario-reference.zh.md"}
COLUMNS = {**place_columns(["water"]), **PROJECT_COLUMNS, **COMMITMENT_COLUMNS}
HAN = re.compile(r"[\u4e00-\u9fff]")


def specs(base: type[Spec] = Spec) -> list[type[Spec]]:
    """Return every record of a scenario that the package knows; those of forms have a page of their own."""
    below = [found for spec in base.__subclasses__() for found in (spec, *specs(spec))]
    named = [spec for spec in below if spec.__module__.startswith("zxsim.")]
    return [spec for spec in named if not spec.__module__.startswith("zxsim.forms.")]


@pytest.mark.parametrize("language", PAGES)
def test_the_reference_page_is_not_stale(language: Language) -> None:
    """Each page in docs is what ``zxsim schema --markdown --lang`` prints."""
    page = (ROOT / "docs" / PAGES[language]).read_text(encoding="utf-8")
    assert page == reference_page(language), "run: make reference"


@pytest.mark.parametrize("spec", specs(), ids=lambda spec: spec.__name__)
def test_every_key_has_its_chinese_beside_it(spec: type[Spec]) -> None:
    """A class that says in English what a key is says it in Chinese as well, and of no other key."""
    own = [key for key in vars(spec).get("__annotations__", {}) if key in spec.model_fields]
    told = {key for key in own if spec.model_fields[key].description}
    chinese = vars(spec).get("chinese", {})
    assert set(chinese) - {""} == told
    assert all(HAN.search(words) for words in chinese.values())


def test_every_record_of_the_schema_says_in_chinese_what_it_is() -> None:
    """No record is described in English in one language and not at all in the other."""
    english, chinese = (list(records(json_schema(language))) for language in ("en", "zh"))
    assert len(english) == len(chinese) > 20
    for ours, theirs in zip(english, chinese, strict=True):
        assert ours["title"] == theirs["title"]
        assert HAN.search(theirs.get("description", "")), ours["title"]
        assert ours["properties"].keys() == theirs["properties"].keys()


def test_the_chinese_schema_holds_no_english_sentence() -> None:
    """Every description that an editor shows with ``--lang zh`` is Chinese."""

    def descriptions(part: Any) -> list[str]:
        if isinstance(part, list):
            return [text for inner in part for text in descriptions(inner)]
        if not isinstance(part, dict):
            return []
        own = [part["description"]] if isinstance(part.get("description"), str) else []
        return own + [text for inner in part.values() for text in descriptions(inner)]

    texts = descriptions(json_schema("zh"))
    assert len(texts) > 150
    assert [text for text in texts if not HAN.search(text)] == []


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_has_a_meaning_in_both_languages(column: str) -> None:
    """A column of a CSV is told in English and in Chinese."""
    spec: Column = COLUMNS[column]
    assert spec.meaning
    assert HAN.search(spec.chinese)


def test_a_key_is_described_under_its_name_in_toml() -> None:
    """``yield`` is a word of Python and has another name there."""
    assert in_chinese(AssetYield)["yield"].startswith("每付 1 万元")
    assert "lag" in in_chinese(AssetYield)


def test_the_pages_have_the_same_tables_and_formulas() -> None:
    """The Chinese page names every key, column and word that the English page names, as often."""
    tables: list[list[str]] = []
    for language in PAGES:
        page = reference_page(language)
        tables.append(re.findall(r"^\| (`[a-z_]+`) \|", page, re.MULTILINE))
        assert page.count("\n- *") == reference_page("en").count("\n- *")
    assert tables[0] == tables[1]


def test_the_chinese_page_uses_chinese_punctuation() -> None:
    """No half-width comma, colon or full stop stands after a Chinese character."""
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", reference_page("zh"), flags=re.DOTALL)
    assert re.findall(r"[\u4e00-\u9fff][,:;?]", prose) == []


def test_the_json_schema_knows_every_section() -> None:
    """Editors are offered the same keys that loading accepts, ``extends`` included."""
    keys = set(json_schema("zh")["properties"])
    assert {"fund", "rule", "target", "effect", "indicator", "benefit", "extends"} <= keys


@pytest.mark.parametrize(("language", "words"), [("zh", "就业岗位"), ("en", "jobs")])
def test_the_command_prints_page_and_schema_in_the_language_asked_for(
    language: Language, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--markdown`` gives the page, ``--json`` wraps the schema; both follow ``--lang``."""
    assert run(["schema", "--markdown", "--lang", language]) == 0
    page = capsys.readouterr().out
    assert page == reference_page(language)
    assert words in page
    assert run(["schema", "--json", "--lang", language]) == 0
    assert json.loads(capsys.readouterr().out)["schema"] == json_schema(language)
