"""What every screen has: a console that knows the width of Chinese text, one language, lines and tables."""

from typing import Any

from rich.console import Console, OverflowMethod
from rich.table import Table
from rich.text import Text

from zxsim.core.identity import visible
from zxsim.report.labels import label
from zxsim.report.wording import Language

WIDTH = 110
"""Letters a line where the output is no terminal."""


class PlainConsole(Console):
    """Prints texts as they are: none is markup or a picture by name, and none steers the terminal."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 (rich's own)
        super().__init__(highlight=False, markup=False, emoji=False, **settings)

    def render_str(self, text: str, **settings: Any) -> Text:  # noqa: ANN401 (rich's own)
        """Turn every text that is printed, in cells of tables too, into what the terminal shows."""
        return super().render_str(visible(text), **settings)


class Screen:
    """Prints labelled lines and tables in one language."""

    _overflow: OverflowMethod = "ellipsis"
    """What happens to a cell that is wider than its column."""

    def __init__(self, language: Language, console: Console | None = None) -> None:
        """Write to standard output unless a console is given."""
        self._language = language
        made = console or PlainConsole()
        if console is None and not made.is_terminal:
            made = PlainConsole(width=WIDTH)
        self._console = made

    def _label(self, key: str, **fields: object) -> str:
        return label(key, self._language, **fields)

    def _line(self, key: str, text: str) -> None:
        """Print a label and what it is of."""
        self._console.print(f"{self._label(key)}{self._colon}{text}", markup=False, soft_wrap=True)

    def _say(self, key: str, **fields: object) -> None:
        """Print a label that is a sentence of its own."""
        self._console.print(self._label(key, **fields), markup=False, soft_wrap=True)

    @property
    def _colon(self) -> str:
        return "：" if self._language == "zh" else ": "

    def _aside(self, text: str) -> str:
        return f"（{text}）" if self._language == "zh" else f" ({text})"

    def _table(self, *headings: tuple[str, bool]) -> Table:
        """Start a table; each heading comes with whether its column holds numbers."""
        table = Table(box=None, pad_edge=False, header_style="bold")
        for heading, numbers in headings:
            table.add_column(heading, justify="right" if numbers else "left", overflow=self._overflow)
        return table
