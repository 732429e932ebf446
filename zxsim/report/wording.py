"""Every message in Chinese and English: code → (zh, en), with fields in braces.

What is allowed, the nearest known word and the lines of a file are added behind the sentence wherever a
message has them.
"""

from collections.abc import Mapping
from typing import Literal

from zxsim.core.identity import HIDDEN, hidden
from zxsim.errors import Message
from zxsim.report.calibration_words import CALIBRATION_WORDS
from zxsim.report.clause_words import CLAUSE_WORDS
from zxsim.report.compare_words import COMPARE_WORDS
from zxsim.report.fault_words import FAULT_WORDS
from zxsim.report.form_words import FORM_WORDS
from zxsim.report.import_doubt_words import IMPORT_DOUBT_WORDS, KIND_WORDS
from zxsim.report.import_words import IMPORT_WORDS
from zxsim.report.library_words import LIBRARY_WORDS
from zxsim.report.mode_words import MODE_WORDS
from zxsim.report.new_words import NEW_WORDS
from zxsim.report.page_words import PAGE_WORDS
from zxsim.report.plan_words import PLAN_WORDS
from zxsim.report.reason_words import reason
from zxsim.report.reported_words import REPORTED_WORDS
from zxsim.report.run_words import RUN_WORDS
from zxsim.report.security_words import SECURITY_WORDS
from zxsim.report.sheet_words import SHEET_WORDS
from zxsim.report.simulation_words import SIMULATION_WORDS
from zxsim.report.sweep_words import SWEEP_WORDS
from zxsim.report.verify_words import EXPECTED_FOUND, MORE, VERIFY_WORDS
from zxsim.report.why_words import WHY_WORDS

Language = Literal["zh", "en"]

WORDS: Mapping[str, tuple[str, str]] = {
    **CLAUSE_WORDS,
    **CALIBRATION_WORDS,
    **COMPARE_WORDS,
    **FAULT_WORDS,
    **FORM_WORDS,
    **IMPORT_WORDS,
    **IMPORT_DOUBT_WORDS,
    **LIBRARY_WORDS,
    **MODE_WORDS,
    **NEW_WORDS,
    **PLAN_WORDS,
    **PAGE_WORDS,
    **REPORTED_WORDS,
    **RUN_WORDS,
    **SECURITY_WORDS,
    **SHEET_WORDS,
    **SIMULATION_WORDS,
    **SWEEP_WORDS,
    **WHY_WORDS,
    **{code: (zh + EXPECTED_FOUND[0], en + EXPECTED_FOUND[1]) for code, (zh, en) in VERIFY_WORDS.items()},
    "verify_more": MORE,
}

TYPE_WORDS: Mapping[str, tuple[str, str]] = {
    **KIND_WORDS,
    **{code: (zh + EXPECTED_FOUND[0], en + EXPECTED_FOUND[1]) for code, (zh, en) in VERIFY_WORDS.items()},
    "verify_more": MORE,
    "a_word": ("文字", "a word"),
    "true_or_false": (" true 或 false", "true or false"),
    "a_whole_number": ("整数", "a whole number"),
    "a_number": ("数", "a number"),
    "a_path": ("文件或文件夹的路径", "the path of a file or folder"),
    "a_list": ("列表", "a list"),
    "a_table": ("表", "a table"),
    "a_size": (" 1 到 10 的整数", "a whole number from 1 to 10"),
    "an_income": ("不小于 0 的数", "a number that is at least 0"),
}

_SUFFIXES = {
    "allowed": ("可写：{}", "allowed: {}"),
    "known": ("可写：{}", "allowed: {}"),
    "nearest": ("是不是要写「{}」？", "did you mean {}?"),
    "lines": ("在第 {} 行", "on lines {}"),
    "more_lines": ("另有 {} 行", "{} more lines"),
}
_MOST_WORDS = 30
_SYSTEM = {"verify_file_unreadable"}
"""Codes whose field ``found`` is a reason that the system gives."""


_REPEATED = {"given", "mended", "reason", "text", "columns", "found", "expected"}
"""Fields that repeat what was given, wherever that was; the others hold ids and words that are known."""
_KNOWN = {"allowed", "known", "nearest", "lines"}
"""Fields that repeat nothing of the line of a file that a message is about."""
_NUMBERS_ONLY = {"not_a_number", "not_a_flag", "not_whole", "wrong_type"}


def sentence(message: Message, language: Language) -> str:
    """Put one message into words, with its address before and what is allowed behind.

    Numbers that identify a person are hidden; also a name, where a number is asked for or stands beside it.
    """
    at = 0 if language == "zh" else 1
    fields = _fields(message, at)
    words = WORDS.get(message.code, WORDS["not_valid"])[at]
    text = words.format_map({"given": message.code, **fields})
    for key, suffix in _SUFFIXES.items():
        if message.fields.get(key) and "{" + key + "}" not in words and not _too_many(key, message):
            text += ("；" if at == 0 else "; ") + suffix[at].format(fields[key])
    where = hidden(message.place, given=True)
    return f"{where}{'：' if at == 0 else ': '}{text}" if where else text


def _fields(message: Message, at: int) -> dict[str, str]:
    """Fields of a message as texts of a language, without what identifies a person."""
    fields = {key: _shown(value, at) or ("无", "nothing")[at] for key, value in message.fields.items()}
    repeated = fields.keys() - _KNOWN if message.line else fields.keys() & _REPEATED
    fields = {key: hidden(text, given=key in repeated) for key, text in fields.items()}
    given = fields.get("given", "")
    if (message.code in _NUMBERS_ONLY or HIDDEN in given) and _is_name(given.replace(HIDDEN, "").strip()):
        fields["given"] = HIDDEN
    for key in ("reason", *(("found",) if message.code in _SYSTEM else ())):
        if key in fields:
            fields[key] = reason(fields[key], at)
    return fields


def coded(message: Message) -> str:
    """Write a message as place, code and fields, hidden like a sentence; what is allowed is left out.

    >>> coded(Message("unknown_key", {"given": "amuont_wan", "nearest": "amount_wan"}, "scenario.toml", 3))
    'scenario.toml:3: unknown_key (given: amuont_wan; nearest: amount_wan)'
    """
    shown = "; ".join(
        f"{key}: {text}" for key, text in _fields(message, 1).items() if key not in ("allowed", "known")
    )
    where = hidden(message.place, given=True)
    return (f"{where}: " if where else "") + message.code + (f" ({shown})" if shown else "")


def _is_name(text: str) -> bool:
    from zxsim.sheets.identity import is_name  # noqa: PLC0415 (heavy)

    return is_name(text)


def _too_many(key: str, message: Message) -> bool:
    """Whether a list is too long to be read where the nearest word is named."""
    value = message.fields[key]
    return (
        isinstance(value, list | tuple) and len(value) > _MOST_WORDS and bool(message.fields.get("nearest"))
    )


def _shown(value: object, at: int) -> str:
    if isinstance(value, str) and value in TYPE_WORDS:
        return TYPE_WORDS[value][at]
    if isinstance(value, list | tuple):
        words = [str(word) for word in value[:_MOST_WORDS]]
        return ("、" if at == 0 else ", ").join(words) + (" …" if len(value) > _MOST_WORDS else "")
    return str(value)
