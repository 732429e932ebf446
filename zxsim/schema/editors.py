"""The JSON Schema of scenario.toml, for editors: with the meaning of each key in Chinese or English."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from zxsim.core.spec import Spec, in_chinese
from zxsim.schema.scenario import Scenario

Language = Literal["zh", "en"]

EXTENDS = {
    "zh": "同一文件夹里被这个推演改动的文件；写了它，这里只写不同之处。",
    "en": "File in the same folder that this what-if changes; then only what differs is needed.",
}


def json_schema(language: Language) -> dict[str, Any]:
    """Return the JSON Schema of scenario.toml, what-if files included."""
    schema = described(Scenario, language)
    schema["properties"]["extends"] = {"type": "string", "description": EXTENDS[language]}
    for part in (schema, *schema["$defs"].values()):
        part.pop("required", None)  # a what-if names only what differs
    opened: dict[str, Any] = _open_unions(schema)
    return opened


def described(model: type[Spec], language: Language) -> dict[str, Any]:
    """Return the schema of one record, every description in one language."""
    schema: dict[str, Any] = model.model_json_schema()
    if language == "zh":
        known = {spec.__name__: spec for spec in _specs(Spec)}
        for part in records(schema):
            _translate(part, in_chinese(known[part["title"]]))
    return schema


def records(schema: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 (JSON)
    """Yield every part of a schema that describes a record with keys."""
    if isinstance(schema, list):
        for part in schema:
            yield from records(part)
    elif isinstance(schema, dict):
        if isinstance(schema.get("title"), str) and isinstance(schema.get("properties"), dict):
            yield schema
        for part in schema.values():
            yield from records(part)


def _translate(record: dict[str, Any], words: Mapping[str, str]) -> None:
    for part, meaning in ((record, words[""]), *((p, words.get(k)) for k, p in record["properties"].items())):
        part.pop("description", None)
        if meaning:
            part["description"] = meaning


def _specs(base: type[Spec]) -> Iterator[type[Spec]]:
    for spec in base.__subclasses__():
        yield spec
        yield from _specs(spec)


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
