"""Reading scenario.toml: the chain of ``extends``, ``--set``, and where each key came from.

Precedence, highest first (written only here; the table-driven test is tests/test_precedence.py):

1. ``--set KEY=VALUE``, the later one on the command line winning;
2. the what-if file;
3. the file it ``extends``, and so on to the base;
4. the defaults of the schema.

Tables merge key by key; a figure (a number, or a table with ``value``), a list or a word is
replaced whole, and of two keys that exclude each other (``places`` and ``each``) the nearer one stays.

Tables are read from one folder: that of the what-if or, where neither places.csv nor projects.csv stands
there, the next on the way to the base that has one of them.
"""

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from zxsim.core.inside import is_file_name, leads_outside, outside_allowed
from zxsim.core.messages import Faults
from zxsim.errors import DataError, Message, UsageError
from zxsim.schema.infull import in_full
from zxsim.schema.linemap import KeyPath, line_map
from zxsim.schema.plain_texts import clean_words
from zxsim.schema.rivals import rivals

_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_LARGEST = 64 * 2**20


SINGLE = ("benefit", "household", "insurance", "procedure", "simulation", "calibration")
"""Tables that are one record each; in all others of two levels the second is an id."""


@dataclass(eq=False)
class Source:
    """Merged data of a scenario and, for each key path, the file and line that set it.

    ``notices`` says what was cut out of its texts and those of its tables; ``folder`` is where its tables
    stand.
    """

    path: Path
    data: dict[str, Any]
    setting: bool = False
    lines: dict[KeyPath, tuple[str, int]] = field(default_factory=dict)
    notices: list[Message] = field(default_factory=list)
    folder: Path = Path()

    def ledger_folder(self, name: str) -> Path:
        """Folder of the ledger of households: beside the scenario itself, or with its tables."""
        own = self.path.parent
        return own if (own / name).is_file() else self.folder

    def where(self, *path: str | int) -> tuple[str, int]:
        """File and line of a key, or of the nearest table around it."""
        words = tuple(str(part) for part in path)
        for end in range(len(words), 0, -1):
            if words[:end] in self.lines:
                return self.lines[words[:end]]
        return self.path.name, 1

    def message(self, code: str, path: Sequence[str | int], **fields: object) -> Message:
        """Make a message about a key, such as ``[rule.fee] at_most``."""
        file, line = self.where(*path)
        return Message(code, fields, file, line, address(path))


def address(path: Sequence[str | int]) -> str:
    """Write a key path as the user sees it in the file.

    >>> address(("rule", "fee", "at_most"))
    '[rule.fee] at_most'
    """
    words = [str(part) for part in path]
    if len(words) <= 1:
        return "".join(words)
    table, rest = (words[:1], words[1:]) if words[0] in SINGLE else (words[:2], words[2:])
    return f"[{'.'.join(table)}]" + (f" {'.'.join(rest)}" if rest else "")


def read_source(path: Path, settings: Sequence[str] = ()) -> Source:
    """Read a scenario file with everything it extends, and lay ``settings`` over it.

    Raises
    ------
    DataError, UsageError
        See :func:`read_base` and :func:`overlaid`.
    """
    return overlaid(read_base(path), settings)


def read_base(path: Path) -> Source:
    """Read a scenario file with everything it extends.

    Raises
    ------
    DataError
        A file cannot be read, is not TOML, extends itself, or extends something outside its folder.
    """
    if path.is_dir():
        resolved = path / "resolved.toml"  # the inputs of a run are a scenario, too
        path = resolved if resolved.is_file() else path / "scenario.toml"
    chain = _chain(path)
    merged = Source(path, {}, folder=_folder(chain))
    for part in reversed(chain):
        part.data.pop("extends", None)
        _merge(merged, part)
    return merged


def overlaid(base: Source, settings: Sequence[str]) -> Source:
    """Return a copy of what was read with ``settings`` laid over it.

    Raises
    ------
    DataError
        A setting stands inside a number.
    UsageError
        A setting is not KEY=VALUE.
    """
    merged = Source(base.path, copied(base.data), lines=dict(base.lines), folder=base.folder)
    for setting in settings:
        _merge(merged, setting_source(setting))
    merged.notices += [merged.message(code, path, count=1) for path, code in list(clean_words(merged.data))]
    return merged


def copied(data: dict[str, Any]) -> dict[str, Any]:
    """Copy tables within tables; nothing else is ever changed where it stands."""
    return {key: copied(value) if isinstance(value, dict) else value for key, value in data.items()}


def _folder(chain: Sequence[Source]) -> Path:
    """Return the nearest folder that has tables; it is the file's own unless reading outside is allowed."""
    for part in chain:
        if any((part.path.parent / name).exists() for name in ("places.csv", "projects.csv")):
            return part.path.parent
    return chain[0].path.parent


def _chain(path: Path) -> list[Source]:
    chain, seen = [], [path.resolve()]
    while True:
        part = _read(path)
        chain.append(part)
        base = part.data.get("extends")
        if base is None:
            return chain
        if not isinstance(base, str) or not (is_file_name(base) or outside_allowed()):
            raise DataError([part.message("extends_elsewhere", ("extends",), given=str(base))])
        path = path.parent / base
        if path.resolve() in seen:
            cycle = [p.name for p in [*seen, path]]
            raise DataError([part.message("extends_cycle", ("extends",), chain=cycle)])
        if not path.is_file():
            found = sorted(p.name for p in path.parent.glob("*.toml"))
            faults = Faults()
            faults.unknown("extends_missing", base, found, part.message("", ("extends",)))
            faults.raise_any()
        seen.append(path.resolve())


def read_text(path: Path) -> str:
    """Read a UTF-8 text (BOM allowed) or raise :class:`DataError` saying what is wrong with the file."""
    return decoded(read_bytes(path), path.name)


def read_bytes(path: Path) -> bytes:
    """Read a file of a scenario or raise :class:`DataError` saying why it cannot or may not be read."""
    try:
        if path.stat().st_size > _LARGEST and path.suffix == ".toml":
            raise DataError([Message("file_too_large", {"most": _LARGEST // 2**20}, path.name)])
        if not path.is_file() and path.exists() and not path.is_dir():
            raise DataError([Message("file_not_regular", {}, path.name)])
        if leads_outside(path) and not outside_allowed():
            raise DataError([Message("file_outside", {}, path.name)])
        return path.read_bytes()
    except FileNotFoundError:
        raise DataError([Message("file_missing", {"folder": str(path.parent)}, path.name)]) from None
    except OSError as error:
        raise DataError([Message("file_unreadable", {"reason": str(error.strerror)}, path.name)]) from None


def decoded(raw: bytes, name: str) -> str:
    """Decode UTF-8, with or without BOM; name GB18030 and UTF-16 when it is one of them."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise DataError([Message("is_a_workbook", {}, name)])
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DataError([Message("encoding_utf16", {}, name, line)])
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        raise DataError([Message("encoding_unknown", {}, name, line)]) from None
    code = "encoding_gb18030" if name.endswith(".csv") else "encoding_not_utf8"
    raise DataError([Message(code, {}, name, line)])


def _read(path: Path) -> Source:
    text = read_text(path)
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_PLACE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        reason = _TOML_PLACE.sub("", str(error)).strip()
        if reason.startswith("Invalid initial character for a key part"):
            raise DataError([Message("toml_bare_key", {}, path.name, line)]) from None
        raise DataError([Message("toml_syntax", {"reason": reason}, path.name, line)]) from None
    except RecursionError:
        raise DataError([Message("toml_syntax", {"reason": "nested too deeply"}, path.name, 1)]) from None
    return Source(path, data, lines={key: (path.name, line) for key, line in line_map(text).items()})


def setting_source(setting: str) -> Source:
    """Read ``KEY=VALUE``: VALUE as TOML, else as a text.

    Raises
    ------
    UsageError
        It is not KEY=VALUE.
    """
    key, equals, value = setting.partition("=")
    quoted = ".".join(
        part if re.fullmatch(r"[\w-]+", part, re.ASCII) or part.startswith(('"', "'")) else json.dumps(part)
        for part in re.findall(r"\"[^\"]*\"|'[^']*'|[^.]+", key.strip())
    )
    for text in (value.strip(), json.dumps(value.strip(), ensure_ascii=False)):
        try:
            data = tomllib.loads(f"{quoted} = {text}", parse_float=Decimal)
        except tomllib.TOMLDecodeError:
            continue
        if equals and quoted and len(data) == 1 and "extends" not in data:
            name = f"--set {setting}"
            lines = dict.fromkeys(line_map(f"{quoted} = {text}"), (name, 0))
            return Source(Path(), data, setting=True, lines=lines)
    raise UsageError([Message("set_syntax", {"given": setting})])


def _is_table(given: object, path: KeyPath) -> bool:
    """Whether a value merges key by key: a record always does, a figure (a table with ``value``) never."""
    record = len(path) == 2 and path[0] not in SINGLE  # noqa: PLR2004 (section and id)
    return isinstance(given, dict) and (record or "value" not in given)


def _merge(base: Source, over: Source) -> None:
    _merge_tables(base, over, base.data, over.data, ())
    base.lines.update(over.lines)
    for path, where in over.lines.items():
        for end in range(1, len(path)):  # a record that only --set names is at fault there
            base.lines.setdefault(path[:end], where)


def _merge_tables(
    base: Source, over: Source, under: dict[str, Any], upper: dict[str, Any], path: KeyPath
) -> None:
    for key, value in upper.items():
        here, old = (*path, key), under.get(key)
        if _is_table(value, here) and _is_table(old, here):
            _merge_tables(base, over, under[key], value, here)
        elif _is_table(value, here) and old is not None and over.setting and here not in over.lines:
            raise DataError([_inside(over, here, in_full(key, old, value, base.data.get("years")))])
        else:
            under[key] = value
            for rival in rivals(here, str(upper.get("kind", under.get("kind")))):
                if rival not in upper:
                    under.pop(rival, None)


def _inside(over: Source, here: KeyPath, full: str) -> Message:
    """Say that a setting stands inside a value that is no table, and how a number is written in full."""
    (name, _), *_ = over.lines.values()
    if not full:
        return Message("set_inside_value", {}, name, 0, address(here))
    return Message("set_inside_number", {"form": f'--set "{".".join(here)}={full}"'}, name, 0, address(here))
