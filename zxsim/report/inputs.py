"""The inputs of a run in words: what a key is called, and what stands in it."""

import re

from zxsim.report.input_words import INPUT_CODES, INPUT_NAMES
from zxsim.report.labels import LABELS
from zxsim.report.plain_sheets import SheetWriter

_ADDRESS = re.compile(r"\[(?P<section>\w+)(?:\.(?P<record>.+?))?\](?: |$)(?P<keys>.*)")
_BASE = "base_"
_SHOWN_NAMES = 8
"""Names of a list that are written out; the rest is counted."""


def input_name(make: SheetWriter, address: str) -> str:
    """Name of an input such as ``[fund.city] amount_wan 2023``, without that of its record.

    What has no name of its own, such as a column of the user's, stands as it is.
    """
    found = _ADDRESS.match(address)
    return " ".join(_key(make, key) for key in found["keys"].split()) if found else address


def record_name(make: SheetWriter, address: str) -> str:
    """Name of the record that an address is in, empty where it has none."""
    found = _ADDRESS.match(address)
    if not found:
        return ""
    if found["record"] is None:
        return make.words(found["section"]) if found["section"] in LABELS else ""
    section, record = found["section"], found["record"]
    if section == "place":
        return make.place(record)
    if section == "project":
        return make.run.project_names.get(record, "")
    name = make.run.label(section, record)
    return "" if name == record else name


def input_text(make: SheetWriter, key: str, given: str) -> str:
    """A word of a scenario as people say it: codes, names of columns, relations."""
    at = _at(make)
    if given in INPUT_CODES.get(key, {}):
        return INPUT_CODES[key][given][at]
    if key == "relation":
        return make.words(given) if given in LABELS else given
    if key in ("places", "per_place", "than"):
        return make.place(given)
    if key == "projects":
        return make.run.project_names.get(given, given)
    if key in ("heads", "households", "eligible", "posts") and given in INPUT_NAMES:
        return INPUT_NAMES[given][at]
    return make.run.label("fund", given) if key == "funds" else given


def input_list(make: SheetWriter, key: str, given: list[object]) -> str:
    """A list as its names, of which the first are written out."""
    if given and all(isinstance(part, int) for part in given):  # years
        first, last = given[0], given[-1]
        return str(first) if first == last else f"{first}–{last}"
    names = [input_text(make, key, str(part)) for part in given]
    shown = "、".join(names[:_SHOWN_NAMES])
    more = len(names) > _SHOWN_NAMES
    return make.words("and_more", shown=shown, count=len(names)) if more else shown


def _key(make: SheetWriter, key: str) -> str:
    at = _at(make)
    if key in INPUT_NAMES:
        return INPUT_NAMES[key][at]
    if key.startswith(_BASE):
        indicator = make.run.label("indicator", key.removeprefix(_BASE))
        return INPUT_NAMES[_BASE][at].format(indicator=indicator)
    return f"{key}年" if at == 0 and re.fullmatch(r"\d{4}", key) else key


def _at(make: SheetWriter) -> int:
    return 0 if make.language == "zh" else 1
