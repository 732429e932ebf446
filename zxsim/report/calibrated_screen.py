"""The screen of a calibration: parameters, figures that were fitted, figures that were not."""

from pathlib import Path

import polars as pl
from rich.table import Table

from zxsim.report.calibrated_words import difference, name_of, number, parameter, published
from zxsim.report.screen import Screen
from zxsim.simulate.calibrate import Calibrated


class CalibratedScreen(Screen):
    """Prints a calibration in one language."""

    def show(self, found: Calibrated) -> None:
        """Print what was fitted and what was only compared."""
        said = found.manifest()
        shown = {key: said[key] for key in ("trials", "seed", "replications")}
        self._line("calibrated", self._label("calibrated_size", **shown))
        rows = found.calibration
        self._parameters(rows.filter(pl.col("kind") == "parameter"))
        self._figures(rows.filter(pl.col("kind") != "parameter"))
        if found.within:
            self._say("all_within")
            self._say("values_stay" if self._stay(rows) else "state_these")
        else:
            self._say("not_all_within")
        if len(found.validation):
            self._say("not_fitted")
            self._compared(found.validation)

    def folder(self, folder: Path | None) -> None:
        """Print where the run is."""
        if folder is not None:
            self._line("run", str(folder))

    @staticmethod
    def _stay(rows: pl.DataFrame) -> bool:
        parameters = rows.filter(pl.col("kind") == "parameter")
        return bool((parameters["stated"] == parameters["fitted"]).all())

    def _headed(self, first: str, *numbers: str) -> Table:
        return self._table((self._label(first), False), *((self._label(key), True) for key in numbers))

    def _parameters(self, rows: pl.DataFrame) -> None:
        table = self._headed("parameter", "lower_bound", "upper_bound", "stated_value", "fitted_value")
        for row in rows.iter_rows(named=True):
            cells = (parameter(row[key]) for key in ("lower", "upper", "stated", "fitted"))
            table.add_row(row["name"], *cells)
        self._console.print(table)

    def _figures(self, rows: pl.DataFrame) -> None:
        table = self._headed(
            "calibrated_figure",
            "published_value",
            "model_value",
            "relative_difference",
            "tolerance",
            "within",
        )
        for row in rows.iter_rows(named=True):
            tolerance = "—" if row["tolerance"] is None else f"{100 * row['tolerance']:g} %"
            within = self._label("yes" if row["within"] else "no")
            table.add_row(
                name_of(row, self._language),
                published(row),
                number(row, "model"),
                difference(row),
                tolerance,
                within,
            )
        self._console.print(table)

    def _compared(self, rows: pl.DataFrame) -> None:
        table = self._headed("calibrated_figure", "published_value", "model_value", "relative_difference")
        for row in rows.iter_rows(named=True):
            shown = self._label("nobody_published") if row["published"] is None else published(row)
            table.add_row(name_of(row, self._language), shown, number(row, "model"), difference(row))
        self._console.print(table)
