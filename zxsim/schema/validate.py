"""From the merged TOML to a :class:`Scenario`: pydantic's errors become messages with file and line.

One broken record does not hide another: what fails is taken out, and the rest is checked further.
"""

import copy
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from zxsim import __version__
from zxsim.core.identity import hidden
from zxsim.core.messages import Faults, nearest
from zxsim.core.rulespec import Soft
from zxsim.core.spec import Figure, Spec, kind_of
from zxsim.effects import EFFECT_KINDS
from zxsim.indicators.coverage import CoverageIndicator
from zxsim.rules import RULE_KINDS
from zxsim.schema.calibration import Calibration
from zxsim.schema.households import Household
from zxsim.schema.insurance import Insurance
from zxsim.schema.measure import Measure
from zxsim.schema.procedure import Procedure
from zxsim.schema.scenario import Benefit, Fund, Scenario
from zxsim.schema.simulation import Simulation
from zxsim.schema.source import SINGLE, Source
from zxsim.schema.target import Target
from zxsim.shocks import SHOCK_KINDS

KnownKeys = Callable[[tuple[str | int, ...], dict[str, Any]], Sequence[str]]

_SECTIONS: Mapping[str, type[Spec]] = {
    "fund": Fund,
    "indicator": CoverageIndicator,
    "target": Target,
    "measure": Measure,
}
_SINGLE: Mapping[str, type[Spec]] = {
    "benefit": Benefit,
    "household": Household,
    "insurance": Insurance,
    "procedure": Procedure,
    "simulation": Simulation,
    "calibration": Calibration,
}
_KINDS: Mapping[str, Mapping[str, type[Spec]]] = {
    "rule": {kind_of(kind): kind for kind in RULE_KINDS},
    "effect": {kind_of(kind): kind for kind in EFFECT_KINDS},
    "shock": {kind_of(kind): kind for kind in SHOCK_KINDS},
}


def scenario_of(source: Source, faults: Faults) -> Scenario | None:
    """Validate what was read; broken records are noted in ``faults`` and left out.

    Returns ``None`` when what is left is no scenario at all.
    """
    data = copy.deepcopy(source.data)
    try:
        scenario = Scenario.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        note_errors(error, source, data, _known_keys, faults)
        return _what_is_left(errors, data)
    _check_version(scenario, source, faults)
    return scenario


def note_errors(
    error: ValidationError, source: Source, data: dict[str, Any], known: KnownKeys, faults: Faults
) -> None:
    """Note what pydantic found, one fault a key; ``known`` gives the keys allowed beside an unknown one."""
    for detail in _one_a_key(error.errors(include_url=False), data):
        _note(detail, source, data, known, faults)


def _what_is_left(errors: list[ErrorDetails], data: dict[str, Any]) -> Scenario | None:
    """Validate again without the broken records; their faults are noted already."""
    if not _leave_out(errors, data):
        return None
    try:
        return Scenario.model_validate(data)
    except ValidationError:
        return None


def _check_version(scenario: Scenario, source: Source, faults: Faults) -> None:
    made_for = scenario.zxsim_version.split(".")
    ours = __version__.split(".")
    try:
        newer = [int(part) for part in made_for[:2]] > [int(part) for part in ours[:2]]
    except ValueError:
        newer = True
    if newer:
        given = scenario.zxsim_version
        faults.add(
            source.message("made_for_other_version", ("zxsim_version",), given=given, ours=__version__)
        )


def key_path(loc: tuple[str | int, ...], data: Any, kind: str = "") -> tuple[str | int, ...]:  # noqa: ANN401
    """Strip from pydantic's location what the user did not write: union tags and figure wrappers."""
    path: list[str | int] = []
    here = data
    for i, part in enumerate(loc):
        text = str(part)
        if isinstance(here, dict) and text in here:
            here = here[text]
            path.append(text)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
        elif i == len(loc) - 1 and kind == "missing" and isinstance(here, dict):
            path.append(text)
    return tuple(path)


def _one_a_key(errors: list[ErrorDetails], data: dict[str, Any]) -> list[ErrorDetails]:
    """Keep one error a key: a union of word and number reports each branch."""
    best: dict[tuple[str | int, ...], ErrorDetails] = {}
    for error in errors:
        path = key_path(error["loc"], data, error["type"])
        if path not in best or best[path]["type"] == "string_type":
            best[path] = error
    return list(best.values())


def _leave_out(errors: list[ErrorDetails], data: dict[str, Any]) -> bool:
    """Take the broken records out of ``data``; false when a key of the scenario itself is broken."""
    paths = [key_path(error["loc"], data, error["type"]) for error in errors]  # before anything is gone
    for error, path in zip(errors, paths, strict=True):
        section = str(path[0]) if path else ""
        if (error["type"] == "extra_forbidden" and len(path) == 1) or section in SINGLE:
            data.pop(section, None)
        elif len(path) >= 2 and isinstance(data.get(section), dict):  # noqa: PLR2004 (section and id)
            data[section].pop(str(path[1]), None)
        elif section in data or not path or error["type"] == "missing":
            return False
    return True


def _known_keys(path: tuple[str | int, ...], data: dict[str, Any]) -> list[str]:
    """Keys that are allowed beside the last part of ``path``."""
    if len(path) == 1:
        return [*Scenario.model_fields, "extends"]
    section, record = str(path[0]), data.get(str(path[0]), {})
    if section in _SINGLE:
        return _keys_within(_SINGLE[section], path[1:-1])
    kind = record.get(str(path[1]), {}).get("kind") if section in _KINDS else None
    model = _KINDS.get(section, {}).get(str(kind)) or _SECTIONS.get(section)
    if len(path) > 3 and path[2] == "soft":  # noqa: PLR2004 (section, id, key, a key in it)
        return list(Soft.model_fields)
    if len(path) > 3 or model is None:  # noqa: PLR2004 (deeper than section, id, key: inside a figure)
        return list(Figure.model_fields)
    return [field.alias or name for name, field in model.model_fields.items()]


def _keys_within(model: type[Spec], path: tuple[str | int, ...]) -> list[str]:
    """Keys of the record that a path leads to inside a table that is one record."""
    kind: object = model
    for key in path:
        if isinstance(kind, type) and issubclass(kind, Spec) and str(key) in kind.model_fields:
            kind = kind.model_fields[str(key)].annotation
        else:  # an id in a table of records
            kind = _record_in(kind)
    return list(_record_in(kind).model_fields)


def _record_in(kind: object) -> type[Spec]:
    """Return the record that a type is, or that a table holds; a figure where there is none."""
    found = [part for part in (kind, *get_args(kind)) if isinstance(part, type) and issubclass(part, Spec)]
    return found[0] if found else Figure


def _note(
    error: ErrorDetails, source: Source, data: dict[str, Any], known: KnownKeys, faults: Faults
) -> None:
    kind, context = error["type"], error.get("ctx", {})
    path = key_path(error["loc"], data, kind)
    given = _shown(error["input"])
    where = source.message("", path)
    if kind == "extra_forbidden":
        faults.unknown("unknown_key", str(path[-1]), known(path, data), where)
    elif kind in ("literal_error", "union_tag_invalid"):
        expected = str(context.get("expected", context.get("expected_tags", "")))
        if kind == "union_tag_invalid":
            given, where = str(context["tag"]), source.message("", (*path, "kind"))
        faults.unknown("unknown_word", given, _words(expected), where)
    elif kind == "union_tag_not_found":
        kinds = sorted(_KINDS[str(path[0])])
        other = _mistyped(path, source, data)
        faults.add(
            source.message("missing_key", (*path, "kind"), nearest=other, allowed=[] if other else kinds)
        )
    elif kind == "missing":
        missing = "tuple_length" if isinstance(error["input"], list) else "missing_key"
        faults.add(
            source.message(missing, path, given=given, nearest=_mistyped(path[:-1], source, data), allowed=[])
        )
    else:
        code, fields = _plain_code(kind, context)
        faults.add(
            source.message(code, path, given=given, **{k: v for k, v in fields.items() if k != "given"})
        )


def _mistyped(path: Sequence[str | int], source: Source, data: Mapping[str, Any]) -> str:
    """Record that a what-if or a setting means when it lays something over one that there is not."""
    if len(path) != 2:  # noqa: PLR2004 (section and id)
        return ""
    section, record = map(str, path)
    near = nearest(record, [name for name in data.get(section, {}) if name != record])
    elsewhere = near and source.where(section, near)[0] != source.where(section, record)[0]
    return f"{section}.{near}" if elsewhere else ""


def _words(expected: str) -> list[str]:
    """Split pydantic's "'a', 'b' or 'c'" into words."""
    return [word.strip("'") for word in re.split(r", | or ", expected)]


def _plain_code(kind: str, context: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    if kind == "decimal_max_places":
        return "too_many_decimals", {"limit": context["decimal_places"]}
    limits = {
        "greater_than_equal": "ge",
        "less_than_equal": "le",
        "greater_than": "gt",
        "multiple_of": "multiple_of",
    }
    if kind == "less_than_equal" and context["le"] != 1:
        return "number_too_large", {"limit": str(context["le"])}
    if kind in limits:
        return f"number_{kind}", {"limit": str(context[limits[kind]])}
    types = {
        "string_type": "a_word",
        "bool_type": "true_or_false",
        "bool_parsing": "true_or_false",
        "int_type": "a_whole_number",
        "int_parsing": "a_whole_number",
        "int_from_float": "a_whole_number",
        "int_parsing_size": "a_whole_number",
        "tuple_type": "a_list",
        "dict_type": "a_table",
        "model_type": "a_table",
        "model_attributes_type": "a_table",
    }
    if kind in types:
        return "wrong_type", {"expected": types[kind]}
    return {"too_short": "empty_list", "too_long": "tuple_length"}.get(kind, kind), context


def _shown(given: object) -> str:
    """Write what the user gave, cut to one line; what identifies a person goes first, while it is whole."""
    text = hidden(str(given), given=True)
    return text if len(text) <= 60 else text[:57] + "…"  # noqa: PLR2004 (what fits a line)
