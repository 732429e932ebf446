"""Where each key of a TOML text stands: tomllib gives values without lines, faults need lines.

The text has been parsed by tomllib before, so only valid TOML is scanned here.
"""

import re
from collections.abc import Iterator

KeyPath = tuple[str, ...]

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|'
    r"'''.*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'|#[^\n]*|\n|[\[\]{}=,.]|[^\s\[\]{}=,.#\"']+",
    re.DOTALL,
)


def line_map(text: str) -> dict[KeyPath, int]:
    r"""Return the line (from 1) of every table header and key, inline tables included.

    >>> line_map('[rule.a]\nstep = { value = 1 }\n')
    {('rule', 'a'): 1, ('rule', 'a', 'step'): 2, ('rule', 'a', 'step', 'value'): 2}
    """
    lines: dict[KeyPath, int] = {}
    tokens = _tokens(text)
    table: KeyPath = ()
    for token, line in tokens:
        if token == "\n":
            continue
        if token == "[":
            table = _header(tokens)
            lines.setdefault(table, line)
        else:
            _pair(token, line, tokens, table, lines)
    return lines


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line = 1
    for match in _TOKEN.finditer(text.lstrip("\ufeff")):
        token = match.group()
        if not token.startswith("#"):
            yield token, line
        line += token.count("\n")


def _plain(token: str) -> str:
    return token[1:-1] if token[0] in "\"'" else token


def _header(tokens: Iterator[tuple[str, int]]) -> KeyPath:
    key: list[str] = []
    for token, _ in tokens:
        if token in ("\n", "]"):
            break
        if token not in ("[", "."):
            key.append(_plain(token))
    return tuple(key)


def _pair(
    first: str, line: int, tokens: Iterator[tuple[str, int]], table: KeyPath, lines: dict[KeyPath, int]
) -> str:
    """Read ``key = value`` and return the token that ended it."""
    key = [_plain(first)]
    for token, _ in tokens:
        if token == "=":
            break
        if token != ".":
            key.append(_plain(token))
    path = (*table, *key)
    lines.setdefault(path, line)
    return _value(tokens, path, lines)


def _value(tokens: Iterator[tuple[str, int]], path: KeyPath, lines: dict[KeyPath, int]) -> str:
    depth = 0
    for token, line in tokens:
        if token == "[":
            depth += 1
        elif token == "]":
            depth -= 1
        elif token == "{" and depth == 0:
            _inline(tokens, path, lines, line)
        elif depth == 0 and token in ("\n", ",", "}"):
            return token
    return ""


def _inline(tokens: Iterator[tuple[str, int]], path: KeyPath, lines: dict[KeyPath, int], line: int) -> None:
    for token, at in tokens:
        if token == "}":
            return
        if token in ("\n", ","):
            continue
        if _pair(token, at or line, tokens, path, lines) == "}":
            return
