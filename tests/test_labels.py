"""Every table of words is complete in Chinese and English: all modules of words are walked."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

import zxsim
from zxsim import report
from zxsim.effects import EFFECT_KINDS
from zxsim.forms.words import INDICATOR_UNITS, INDICATOR_WORDS, RELATION_WORDS, STATE_WORDS
from zxsim.indicators import BUILT_IN, INDICATOR_KINDS
from zxsim.report.labels import LABELS
from zxsim.report.wording import WORDS
from zxsim.rules import RULE_KINDS
from zxsim.runs.states import MET, MET_WITHIN_UNIT, MISSED, OUT_OF_REACH
from zxsim.schema.target import Relation
from zxsim.shocks import SHOCK_KINDS

PACKAGE = Path(zxsim.__file__).parent
HAN = re.compile(r"[\u4e00-\u9fff]+")
OF_WORDS = re.compile(r"(_words|labels|wording)$")
NO_UNIT = ("count", "coverage", "share")
"""Units that have no word behind a number: in English none, in Chinese only one for counts."""


def _modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(report.__path__, "zxsim.report."):
        if OF_WORDS.search(found.name):
            yield found.name


def _pairs(value: object, at: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each (zh, en) in a table, or in a table of tables, with where it stands."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _pairs(part, f"{at} {key}")
    elif isinstance(value, tuple) and [type(part) for part in value] == [str, str]:
        yield at, value


TABLES = {
    f"{module} {name}": value
    for module in _modules()
    for name, value in vars(importlib.import_module(module)).items()
    if isinstance(value, Mapping) and name.isupper()
}
PAIRS = dict(pair for at, table in TABLES.items() for pair in _pairs(table, at))


def _calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function or method of such a name in the package, with its file and line."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in names:
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def faults(zh: str, en: str) -> list[str]:
    """Say what a pair of texts lacks."""
    found = [] if zh.strip() and en.strip() else ["empty"]
    letters = "".join(literal for literal, *_ in Formatter().parse(zh))
    if re.search("[A-Za-z]", letters) and not HAN.search(letters):
        found.append("the Chinese is not Chinese")
    if any(word not in zh for word in HAN.findall(en)):
        found.append("the English has Chinese of its own")
    return found


def test_the_walk_finds_what_a_pair_lacks() -> None:
    """A text left out, left in the other language, and a pair that is whole."""
    assert faults("", "a") == ["empty"]
    assert faults("rows", "rows") == ["the Chinese is not Chinese"]
    assert faults("行", "行数 rows") == ["the English has Chinese of its own"]
    assert faults("{count} 行（项目名称）", "{count} rows (项目名称)") == []


def test_all_modules_of_words_are_walked() -> None:
    """No module of words without a table that the walk sees."""
    assert {at.split()[0] for at in TABLES} == set(_modules()) - {"zxsim.report.reason_words"}
    assert len(PAIRS) > len(WORDS) + len(LABELS)


@pytest.mark.parametrize("at", sorted(TABLES))
def test_a_table_has_every_text_in_both_languages(at: str) -> None:
    """No text is missing, none is in the wrong language, and both have the same fields."""
    for where, (zh, en) in _pairs(TABLES[at], at):
        if where.endswith(tuple(f"clause_words UNIT_WORDS {unit}" for unit in NO_UNIT)):
            continue
        assert not faults(zh, en), where
        fields = ({name for _, name, *_ in Formatter().parse(text) if name} for text in (zh, en))
        assert len({frozenset(each) for each in fields}) == 1 or where.endswith(" usage"), where


@pytest.mark.parametrize(("whole", "suffix"), [(LABELS, "_LABELS"), (WORDS, "_WORDS")])
def test_no_table_hides_a_word_of_another(whole: Mapping[str, object], suffix: str) -> None:
    """A key that stands in two tables put together has the same words in both."""
    for at, table in TABLES.items():
        module, name = at.split()
        if name.endswith(suffix) and name.removesuffix(suffix).lower() in module and set(table) <= set(whole):
            for key, words in table.items():
                found = whole[key]
                assert isinstance(found, tuple)
                assert found[0].startswith(words[0]), f"{at} {key}"


def test_every_label_that_is_asked_for_exists() -> None:
    """A key that code writes out when it asks for a label is in the table of labels."""
    asked = {where: _text(call.args[0]) for where, call in _calls("label", "words") if call.args}
    keys = {
        where: key
        for where, key in asked.items()
        if key is not None and not where.startswith(("forms", "schema"))
    }
    records = {"rule", "fund", "target", "indicator", "measure", "effect", "shock"}
    assert len(keys) > 100
    assert {w: k for w, k in keys.items() if k not in LABELS and k not in records} == {}


def test_every_help_text_is_in_both_languages() -> None:
    """What ``--help`` says of commands and options."""
    texts = {where: [_text(arg) for arg in call.args] for where, call in _calls("_")}
    written = {where: pair for where, pair in texts.items() if all(isinstance(text, str) for text in pair)}
    assert len(written) > 30
    assert len(texts) - len(written) <= 1, "one call puts typer's own words into a language"
    for where, (zh, en) in written.items():
        assert not faults(str(zh), str(en)), where


@pytest.mark.parametrize("kind", [*RULE_KINDS, *EFFECT_KINDS, *SHOCK_KINDS, *INDICATOR_KINDS])
def test_every_kind_has_its_name_in_both_languages(kind: type) -> None:
    """Rules, effects, shocks and indicators carry their names themselves."""
    words = vars(kind)["label_words"]
    assert not faults(words["zh"], words["en"])


def test_forms_have_a_word_for_every_relation_state_and_indicator() -> None:
    """Official forms are Chinese; what a run can say has its word there."""
    assert set(RELATION_WORDS) == set(get_args(Relation))
    assert {MET, MET_WITHIN_UNIT, MISSED, OUT_OF_REACH} < set(STATE_WORDS)
    assert set(BUILT_IN) == set(INDICATOR_WORDS) == set(INDICATOR_UNITS)
    words = [*RELATION_WORDS.values(), *STATE_WORDS.values(), *INDICATOR_WORDS.values()]
    assert all(word.strip() for word in words)
