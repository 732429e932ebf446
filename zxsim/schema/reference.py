"""The reference page of the scenario format, in Chinese or English, made from the schema."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from zxsim.core.spec import Spec
from zxsim.effects import EFFECT_KINDS
from zxsim.indicators.coverage import CoverageIndicator
from zxsim.rules import RULE_KINDS
from zxsim.schema.calibration import Bounds, Calibration, PublishedFigure
from zxsim.schema.clause_columns import CLAUSE_COLUMNS, CLAUSES
from zxsim.schema.columns import COMMITMENT_COLUMNS, OFFICIAL, PROJECT_COLUMNS, Column, place_columns
from zxsim.schema.editors import Language, described
from zxsim.schema.households import Household, IncomeShares, MonthSpread
from zxsim.schema.insurance import Insurance
from zxsim.schema.ledger_columns import LEDGER_COLUMNS
from zxsim.schema.measure import Measure
from zxsim.schema.page_chinese import CHINESE
from zxsim.schema.page_english import ENGLISH
from zxsim.schema.page_files import file_lines
from zxsim.schema.procedure import Procedure
from zxsim.schema.report_columns import PROGRESS, PROGRESS_COLUMNS, TASK_COLUMNS, TASKS
from zxsim.schema.scenario import Benefit, Fund, Scenario
from zxsim.schema.simulation import Simulation
from zxsim.schema.target import Target
from zxsim.shocks import SHOCK_KINDS


def reference_page(language: Language) -> str:
    """Return the reference page in Markdown."""
    return "\n".join(_Page(language).lines()) + "\n"


class _Page:
    """The page in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._words = CHINESE if language == "zh" else ENGLISH

    def lines(self) -> Iterator[str]:
        """All lines of the page."""
        yield from self._words.introduction
        yield from self._sections()
        yield from self._tables()
        yield from file_lines(self._language)
        yield from ("", *self._words.formulas)

    def _sections(self) -> Iterator[str]:
        word = self._words.identifier
        yield from self._model("scenario.toml", Scenario, leave_out=("place", "project"))
        yield from self._model(f"[fund.{word}]", Fund)
        for rule in RULE_KINDS:
            yield from self._model(f"[rule.{word}] {self._kind(rule.label_words)}", rule)
        yield from self._model(f"[indicator.{word}]", CoverageIndicator)
        for effect in EFFECT_KINDS:
            yield from self._model(f"[effect.{word}] {self._kind(effect.label_words)}", effect)
        yield from self._model(f"[target.{word}]", Target)
        yield from self._model("[benefit]", Benefit)
        yield from self._simulation()
        overridden = self._words.both.format(f"[place.{word}]", f"[project.{word}]")
        yield from ("", f"## {overridden}", "", *self._words.overrides)

    def _simulation(self) -> Iterator[str]:
        word = self._words.identifier
        yield from self._model("[household]", Household)
        yield from self._model("[household.income_shares]", IncomeShares)
        yield from self._model("[household.month_spread]", MonthSpread)
        for shock in SHOCK_KINDS:
            yield from self._model(f"[shock.{word}] {self._kind(shock.label_words)}", shock)
        yield from self._model("[insurance]", Insurance)
        yield from self._model("[procedure]", Procedure)
        yield from self._model(f"[measure.{word}]", Measure)
        yield from self._model("[simulation]", Simulation)
        yield from self._model("[calibration]", Calibration)
        yield from self._model("[calibration.free]", Bounds)
        yield from self._model(f"[calibration.figure.{word}]", PublishedFigure)

    def _kind(self, words: Mapping[str, str]) -> str:
        return words["zh"] if self._language == "zh" else f"{words['zh']} ({words['en']})"

    def _model(self, title: str, model: type[Spec], leave_out: Sequence[str] = ()) -> Iterator[str]:
        schema = described(model, self._language)
        needed = schema.get("required", [])
        yield from ("", f"## {title}", "", _in_one_line(schema), "", *_heading(self._words.keys))
        for key, field in schema["properties"].items():
            if key not in leave_out:
                default = self._words.required if key in needed else _default(field.get("default"))
                yield f"| `{key}` | {self._what(field)} | {default} | {_in_one_line(field)} |"

    def _what(self, field: Mapping[str, Any]) -> str:
        """Say in a few words what a key takes."""
        types = self._words.types
        if "$ref" in field:
            return types.get(field["$ref"].rsplit("/", 1)[-1], types["object"])
        if "const" in field:
            return _code(field["const"])
        if "enum" in field:
            return " ".join(_code(word) for word in field["enum"])
        if "anyOf" in field:
            words = [self._what(part) for part in field["anyOf"] if part.get("type") != "null"]
            return self._words.joined_by.join(dict.fromkeys(words))
        return self._plain_type(field)

    def _plain_type(self, field: Mapping[str, Any]) -> str:
        words, kind = self._words, field.get("type", "object")
        if kind == "array":
            pair = "prefixItems" in field
            return words.types["pair"] if pair else words.list_of.format(self._what(field["items"]))
        inner = field.get("additionalProperties")
        if kind == "object" and isinstance(inner, dict) and inner:
            return words.table_of.format(self._what(inner))
        return words.types[kind]

    def _tables(self) -> Iterator[str]:
        words = self._words
        tables = (
            ("places.csv", place_columns([words.indicator])),
            ("projects.csv", PROJECT_COLUMNS),
            (words.optional.format("commitments.csv"), COMMITMENT_COLUMNS),
            (words.optional.format(PROGRESS), PROGRESS_COLUMNS),
            (words.optional.format(TASKS), TASK_COLUMNS),
            (words.optional.format(CLAUSES), CLAUSE_COLUMNS),
            (words.ledger, LEDGER_COLUMNS),
        )
        for name, columns in tables:
            yield from ("", f"## {name}", "", *_heading(words.columns))
            for column, spec in columns.items():
                meaning = spec.chinese if self._language == "zh" else spec.meaning
                needed = words.needed if spec.needed else ""
                yield f"| `{column}` | {self._cell(spec)} | {needed} | {meaning} |"
        official = "、".join(OFFICIAL)
        yield from ("", *(line.replace("{}", official) for line in words.passing_through))

    def _cell(self, spec: Column) -> str:
        if spec.words:
            return " ".join(f"`{word}`" for word in spec.words)
        return self._words.types[spec.cell.value]


def _heading(words: Sequence[str]) -> tuple[str, str]:
    return f"| {' | '.join(words)} |", "|---" * len(words) + "|"


def _in_one_line(part: Mapping[str, Any]) -> str:
    return " ".join(str(part.get("description", "")).split())


def _code(value: object) -> str:
    return f"`{json.dumps(value, ensure_ascii=False)}`"


def _default(value: object) -> str:
    if value in (None, "", {}):
        return ""
    if isinstance(value, dict):
        return f"`{float(value['value']):g}`" if "value" in value else ""
    return _code(value)
