"""The scenario format for editors (JSON Schema) and for people (the reference page), made from the schema."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from zxsim.effects import EFFECT_KINDS
from zxsim.indicators.coverage import CoverageIndicator
from zxsim.rules import RULE_KINDS
from zxsim.schema.columns import (
    COMMITMENT_COLUMNS,
    FREE_PREFIX,
    OFFICIAL,
    PROJECT_COLUMNS,
    Column,
    place_columns,
)
from zxsim.schema.scenario import Benefit, Fund, Scenario
from zxsim.schema.target import Target

FIGURES = {
    "Share": "number 0–1",
    "NotNegative": "number ≥ 0",
    "Positive": "number > 0",
    "Whole": "whole number ≥ 0",
    "Years": "whole number 0–100",
    "Figure": "number",
}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of scenario.toml, what-if files included."""
    schema: dict[str, Any] = Scenario.model_json_schema()
    schema["properties"]["extends"] = {
        "type": "string",
        "description": "File in the same folder that this what-if changes; then only what differs is needed.",
    }
    for part in (schema, *schema["$defs"].values()):
        part.pop("required", None)  # a what-if names only what differs
    opened: dict[str, Any] = _open_unions(schema)
    return opened


def _open_unions(schema: Any) -> Any:  # noqa: ANN401 (JSON)
    """Let a record of a what-if do without ``kind``: anyOf instead of a discriminated oneOf."""
    if isinstance(schema, list):
        return [_open_unions(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    opened = {key: _open_unions(part) for key, part in schema.items() if key != "discriminator"}
    if "oneOf" in opened:
        opened["anyOf"] = opened.pop("oneOf")
    return opened


def reference_page() -> str:
    """Return the reference page in Markdown."""
    return "\n".join([*_introduction(), *_sections(), *_tables(), *_formulas(), ""])


def _introduction() -> Iterator[str]:
    yield from (
        "# Scenario reference",
        "",
        "Made by `zxsim schema --markdown`; a test fails when this page is stale.",
        "",
        "A scenario is a folder with `scenario.toml`, `places.csv` and `projects.csv`, in UTF-8. A what-if",
        'stands beside it: `extends = "scenario.toml"` and only what differs. Precedence: `--set` > what-if',
        "> base > defaults. Ids hold letters of any script, digits, `_` and `.`; in TOML an id with Chinese in it",
        'needs quotes: `[fund."中央资金"]`.',
        "",
        "Any *number* may be a table `{ value, low, high, source, clause, assumed }`;",
        "`assumed = true` needs `low` and `high`, and every report lists it.",
    )


def _formulas() -> Iterator[str]:
    """Say how the figures of a plan come about."""
    yield from (
        "",
        "## How figures are computed",
        "",
        "- *Places*: money at a place counts for it and for every place that it lies in.",
        "- *Coverage* at a year's end: base + served / eligible. Eligible are the persons or households of the place;",
        "  a project serves heads · (paid until `lag` years before) / (its public cost). From the lowest places up a",
        "  place counts its own projects' heads and what its places count, no more than are eligible and unserved.",
        "- *Income* at a year's end: `income_yuan` · (1 + `trend`)^(year − `income_year`) + Y / population. Y fades by",
        "  `decay` a year and grows by the yuan of the money paid `lag` years before; what is left of it after `life`",
        "  years ends. With `eligible`, no more counts at a place than its eligible heads can use, again from the",
        "  lowest places up.",
        "- *Yuan a year of a 万元* paid: `asset_yield` 10⁴ · `yield` · (1 − `collective_share`); `jobs` `posts` ·",
        "  `wage_yuan` / public cost; `household_output` `households` · `gain_yuan` / public cost; `training` `heads` ·",
        "  `employed_share` · `gain_yuan` / public cost; `relief` 10⁴ · `paid_share`.",
        "- *Relations*: `>` and `<` are passed by `margin`, which the printed value holds; `between` `value` and `upper`;",
        "  `growth`: (income / income of `base_year`)^(1/years) − 1 ≥ `value`; `growth_above_parent`: income / income of",
        "  `base_year`, less the same of `than`, ≥ `value`; `ratio_to_parent`: the place / `than` ≥ `value`;",
        "  `not_below_previous`: no year below the one before it.",
        "- *Shortfall* of a target: missing / |value| (or / `scale`) · `weight` · the place's share of the population of",
        "  the target's places (equal shares where one has no population). Tier 1 is minimised first, then 2, then 3.",
        "- *Soft rule* (`soft = { tier = 2 }`): what a row misses / its limit (/ the money of the rule's funds in its",
        "  years where the limit is 0) · `weight` / the rule's number of rows, minimised with the targets of its tier.",
        "- *Balance*: money per head of a place over the mean, which is all money of the places / all their heads.",
        "- *Priority*: D is the public cost of the key projects that the funds may pay by the end of a year, R what",
        "  they can have had by then (the lesser of D and last year's R + this year's money). Where R = D, they have",
        "  all of D by then, from any fund; otherwise the year's money goes to them alone.",
        "- *Project count*: a floor counts projects whose public cost the rule's funds and years have paid in full (or",
        "  at least `minimum_wan`); a cap counts every project with any of that money.",
        '- *Benefit*, `source = "own"`: `benefit` of a project in proportion to the public money paid.',
        '- *Benefit*, `source = "effects"`, in 万元: all yuan that count, over the whole life, also after the horizon, each year',
        "  divided by (1 + `discount_rate`)^(years from the first of the horizon), times 1 + (`low_income_weight` − 1) ·",
        "  `low_income_share`; and `coverage_yuan` once for each head newly served, no more than are unserved, for",
        "  indicators without a target.",
        "- *Public cost*: `cost_wan` · (1 − `self_raised_share`), rounded up to 0.01; at several places it is split by",
        "  their shares, the largest remainders first.",
    )


def _sections() -> Iterator[str]:
    yield from _model("scenario.toml", Scenario, leave_out=("place", "project"))
    yield from _model("[fund.ID]", Fund)
    for rule in RULE_KINDS:
        yield from _model(f"[rule.ID] {rule.label_words['zh']} ({rule.label_words['en']})", rule)
    yield from _model("[indicator.ID]", CoverageIndicator)
    for effect in EFFECT_KINDS:
        yield from _model(f"[effect.ID] {effect.label_words['zh']} ({effect.label_words['en']})", effect)
    yield from _model("[target.ID]", Target)
    yield from _model("[benefit]", Benefit)
    yield from (
        "",
        "## [place.ID] and [project.ID]",
        "",
        "Override cells of `places.csv` and `projects.csv`: `[project.P012]` with `cost_wan = 80`.",
    )


def _model(title: str, model: Any, leave_out: tuple[str, ...] = ()) -> Iterator[str]:  # noqa: ANN401 (any pydantic model)
    schema = model.model_json_schema()
    needed = schema.get("required", [])
    yield from ("", f"## {title}", "")
    yield from (" ".join(str(schema.get("description", "")).split()), "")
    yield from ("| key | what | default | meaning |", "|---|---|---|---|")
    for key, field in schema["properties"].items():
        if key not in leave_out:
            default = "required" if key in needed else _default(field.get("default"))
            meaning = " ".join(str(field.get("description", "")).split())
            yield f"| `{key}` | {_what(field)} | {default} | {meaning} |"


def _default(value: object) -> str:
    if value in (None, "", {}):
        return ""
    if isinstance(value, dict):
        return f"`{float(value['value']):g}`" if "value" in value else ""
    return f"`{json.dumps(value, ensure_ascii=False)}`"


def _what(field: Mapping[str, Any]) -> str:
    """Say in a few words what a key takes."""
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[-1]
        return FIGURES.get(name, "table")
    if "const" in field:
        return f"`{json.dumps(field['const'], ensure_ascii=False)}`"
    if "enum" in field:
        return " ".join(f"`{json.dumps(word, ensure_ascii=False)}`" for word in field["enum"])
    if "anyOf" in field:
        words = [_what(part) for part in field["anyOf"] if part.get("type") != "null"]
        return " or ".join(dict.fromkeys(words))
    return _plain_type(field)


def _plain_type(field: Mapping[str, Any]) -> str:
    kind = field.get("type", "")
    if kind == "array":
        if "prefixItems" in field:
            return "`[first, last]`"
        return f"list of {_what(field.get('items', {}))}"
    if kind == "object":
        inner = field.get("additionalProperties")
        return f"table of {_what(inner)}" if isinstance(inner, dict) and inner else "table"
    return {"string": "text", "boolean": "`true` or `false`", "integer": "whole number"}.get(kind, "table")


def _tables() -> Iterator[str]:
    tables = (
        ("places.csv", place_columns(["‹indicator›"])),
        ("projects.csv", PROJECT_COLUMNS),
        ("commitments.csv (optional)", COMMITMENT_COLUMNS),
    )
    for name, columns in tables:
        yield from ("", f"## {name}", "", "| column | what | needed | meaning |", "|---|---|---|---|")
        for column, spec in columns.items():
            yield f"| `{column}` | {_cell(spec)} | {'yes' if spec.needed else ''} | {spec.meaning} |"
    official = "、".join(OFFICIAL)
    yield from (
        "",
        f"Columns that start with `{FREE_PREFIX}` and these headings pass through untouched: {official}.",
        f"One that starts with `{FREE_PREFIX}` and holds nothing but numbers can be named where an effect asks for a",
        "column. Any other unknown column is an error. An empty cell means *not given*.",
    )


def _cell(spec: Column) -> str:
    if spec.words:
        return " ".join(f"`{word}`" for word in spec.words)
    return {"share": "number 0–1", "money": "万元", "whole": "whole number", "flag": "`true` or `false`"}.get(
        spec.cell.value, spec.cell.value
    )
