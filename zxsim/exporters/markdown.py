"""Markdown, for mails and wikis: each sheet a heading and a table."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from zxsim.exporters.sheet import Kind, Sheet, joined_heading, shown


def write_markdown(sheets: Sequence[Sheet], path: Path) -> None:
    """Write the sheets one below the other; charts are left out."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(line for sheet in sheets for line in _lines(sheet)) + "\n")


def _lines(sheet: Sheet) -> Iterator[str]:
    yield from (f"## {in_markdown(sheet.title)}", "")
    for texts in sheet.lines:
        yield from ("　".join(in_markdown(text) for text in texts if text), "")
    for entry in sheet.head:
        yield from (f"{in_markdown(entry.label)}：{in_markdown(shown(entry.value, entry.format))}", "")
    yield _row([in_markdown(joined_heading(column)) for column in sheet.columns])
    yield _row([":---" if column.format == "text" else "---:" for column in sheet.columns])
    for at, kind in enumerate(sheet.kinds):
        cells = [in_markdown(shown(column.values[at], column.format_of(at))) for column in sheet.columns]
        yield _row([f"**{cell}**" if cell and kind is not Kind.PLAIN else cell for cell in cells])
    yield ""
    for note in sheet.notes:
        yield from (in_markdown(note), "")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def in_markdown(text: str) -> str:
    r"""Keep a text from ending a cell or being read as a tag or as emphasis.

    >>> print(in_markdown("a|b"))
    a\|b
    """
    for letter in "\\`*_|[]":
        text = text.replace(letter, f"\\{letter}")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
