"""Notebooks run without a kernel: their code cells, one after the other, in one namespace."""

import ast
import io
import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

Output = dict[str, Any]


class Notebook:
    """A notebook (nbformat 4) on the disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))

    @property
    def code(self) -> list[dict[str, Any]]:
        """Its code cells."""
        return [cell for cell in self._content["cells"] if cell["cell_type"] == "code"]

    @property
    def sources(self) -> list[str]:
        """Source of each code cell."""
        return ["".join(cell["source"]) for cell in self.code]

    @property
    def outputs(self) -> list[list[Output]]:
        """What the notebook shows below each code cell."""
        return [cell["outputs"] for cell in self.code]

    def run(self) -> list[list[Output]]:
        """Run all cells in the working directory, and return what each would show."""
        namespace: dict[str, object] = {"__name__": "__main__"}
        return [list(_ran(source, namespace, at)) for at, source in enumerate(self.sources, start=1)]

    def write(self, outputs: list[list[Output]]) -> None:
        """Put these outputs below the cells."""
        for at, (cell, shown) in enumerate(zip(self.code, outputs, strict=True), start=1):
            cell |= {"execution_count": at, "outputs": shown}
        text = json.dumps(self._content, ensure_ascii=False, indent=1) + "\n"
        self.path.write_text(text, encoding="utf-8")


def _ran(source: str, namespace: dict[str, object], number: int) -> Iterator[Output]:
    """Run one cell; yield what it prints, and the value of its last line where that is an expression."""
    tree, printed, value = ast.parse(source), io.StringIO(), None
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    with redirect_stdout(printed):
        exec(compile(tree, f"<cell {number}>", "exec"), namespace)  # noqa: S102 (our own notebook)
        if isinstance(last, ast.Expr):
            code = compile(ast.Expression(last.value), f"<cell {number}>", "eval")
            value = eval(code, namespace)  # noqa: S307 (our own notebook)
    if text := printed.getvalue():
        yield {"name": "stdout", "output_type": "stream", "text": text.splitlines(keepends=True)}
    if value is not None:
        yield {
            "data": {"text/plain": repr(value).splitlines(keepends=True)},
            "execution_count": number,
            "metadata": {},
            "output_type": "execute_result",
        }
