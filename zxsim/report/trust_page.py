"""The page on how far the model can be trusted, made from the two tables of a calibration."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from zxsim.exporters.markdown import in_markdown
from zxsim.report.calibrated_words import Row, difference, name_of, number, parameter, published
from zxsim.report.labels import label
from zxsim.report.trust_words import TRUST_WORDS
from zxsim.report.wording import Language
from zxsim.runs.export import aside

FAR = 0.1
"""A figure that was not fitted and differs by more than this is named as a misfit."""


BESIDE_PUBLISHED = (
    "calibrated_figure",
    "published_value",
    "model_value",
    "relative_difference",
    "published_source",
)
"""Headings of a table of figures that are published, too."""


def trust_page(calibration: pl.DataFrame, validation: pl.DataFrame, language: Language) -> str:
    """Return the page in Markdown.

    Parameters
    ----------
    calibration, validation : DataFrame
        As ``calibrate`` writes them.
    """
    return "\n".join(_Page(calibration, validation, language).lines()) + "\n"


def write_page(text: str, to: Path) -> None:
    """Write the page aside and rename it.

    Raises
    ------
    DataError
        The file cannot be written.
    """
    with aside(to) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="\n")


class _Page:
    def __init__(self, calibration: pl.DataFrame, validation: pl.DataFrame, language: Language) -> None:
        self._language = language
        kinds = calibration["kind"]
        self._parameters = calibration.filter(kinds == "parameter")
        self._fitted = calibration.filter(kinds != "parameter")
        self._compared = validation.filter(pl.col("published").is_not_null())
        self._unpublished = validation.filter(pl.col("published").is_null())

    def lines(self) -> Iterator[str]:
        """All lines of the page."""
        yield from self._words("introduction")
        yield from self._words("fitted")
        yield from self._beside_published(self._fitted)
        yield from self._words("parameters")
        yield from self._table(
            ("parameter", "lower_bound", "upper_bound", "fitted_value"),
            [
                (f"`{row['name']}`", *(parameter(row[key]) for key in ("lower", "upper", "fitted")))
                for row in self._rows(self._parameters)
            ],
        )
        yield from self._words("compared")
        yield from self._beside_published(self._compared)
        yield from self._misfits()
        yield from self._words("unpublished")
        yield from self._table(
            ("calibrated_figure", "model_value"),
            [(self._name(row), number(row, "model")) for row in self._rows(self._unpublished)],
        )
        yield from self._words("rest")

    @staticmethod
    def _rows(frame: pl.DataFrame) -> Iterator[Row]:
        return frame.iter_rows(named=True)

    def _both(self, row: Row) -> tuple[str, str, str]:
        return self._name(row), published(row), number(row, "model")

    def _name(self, row: Row) -> str:
        return in_markdown(name_of(row, self._language))

    def _beside_published(self, frame: pl.DataFrame) -> Iterator[str]:
        """Figures of the model beside those that are published."""
        rows = [(*self._both(row), difference(row), in_markdown(row["source"])) for row in self._rows(frame)]
        yield from self._table(BESIDE_PUBLISHED, rows)

    def _misfits(self) -> Iterator[str]:
        """Name the figures that are far from what is published, and say how many are near."""
        far = [row for row in self._rows(self._compared) if _is_far(row)]
        count, near = len(self._compared), len(self._compared) - len(far)
        at = 0 if self._language == "zh" else 1
        said = TRUST_WORDS["misfits"][at].format(count=count, near=near, far=len(far), limit=f"{FAR:.0%}")
        yield from said.split("\n")
        for row in far:
            name, shown, model = self._both(row)
            fields = {"name": name, "published": shown, "model": model, "difference": difference(row)}
            yield TRUST_WORDS["misfit"][at].format(**fields)

    def _words(self, key: str) -> Iterator[str]:
        yield from TRUST_WORDS[key][0 if self._language == "zh" else 1].split("\n")

    def _table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
        names = [label(key, self._language) for key in headings]
        yield f"| {' | '.join(names)} |"
        yield "|---" * len(names) + "|"
        for row in rows:
            yield f"| {' | '.join(row)} |"


def _is_far(row: Row) -> bool:
    """Whether a figure differs by more than :data:`FAR` on the side that its relation does not allow."""
    off = {"=": abs(row["difference"]), "<=": row["difference"], ">=": -row["difference"]}
    return bool(off[row["relation"]] > FAR)
