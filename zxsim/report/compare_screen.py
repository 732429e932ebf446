"""The screen of a comparison: findings first, then the largest differences; the rest is in the workbook."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl
from rich.table import Table
from rich.text import Text

from zxsim.errors import Message
from zxsim.report.compare_cells import (
    NOTHING,
    chance,
    change,
    figure,
    indicator_words,
    interval,
    of_target,
    state_words,
    who,
)
from zxsim.report.labels import LABELS
from zxsim.report.screen import Screen
from zxsim.report.wording import sentence
from zxsim.whatif.comparison import GAIN, LOSS, Comparison

MOST_ROWS = 12
MOST_EACH = 3
"""Rows of one dimension or indicator, largest differences first."""

LONGEST = 60
"""Letters of an input that the screen shows."""

VERDICTS = {GAIN: "better", LOSS: "worse", "unclear": "unclear"}


class CompareScreen(Screen):
    """Prints a comparison in one language; what does not fit goes on in the next line."""

    _overflow = "fold"

    def show(self, found: Comparison) -> None:
        """Print a comparison; one line where nothing differs."""
        if found.same:
            shown = (
                "、".join(found.runs["label"]) if self._language == "zh" else ", ".join(found.runs["label"])
            )
            message = Message("compare_found_same", {"runs": shown})
            self._sentences([message])
            return
        self._runs(found)
        self._headed("compared_findings", found.findings)
        self._inputs(found)
        self._money(found)
        self._distances(found)
        self._targets(found)
        self._years(found)
        self._winners(found)
        self._headed("compared_notes", found.notes)

    def _headed(self, key: str, messages: Sequence[Message]) -> None:
        if messages:
            self._heading(key)
            self._sentences(messages, "  · ")

    def _sentences(self, messages: Iterable[Message], before: str = "") -> None:
        for message in messages:
            text = f"{before}{sentence(message, self._language)}"
            self._console.print(text, markup=False, soft_wrap=True)

    def _heading(self, key: str) -> None:
        self._console.print(f"{self._label(key)}{self._colon.rstrip()}", markup=False, style="bold")

    def _headings(self, *keys: str, numbers: Sequence[str] = ()) -> Table:
        return self._table(*((self._label(key), key in numbers) for key in keys))

    def _show(self, table: Table, rows: Sequence[Sequence[str]], most: int = MOST_ROWS) -> None:
        for cells in rows[:most]:
            table.add_row(*(Text(cell) for cell in cells))
        self._console.print(table)
        if len(rows) > most:
            self._say("details_in_table", count=len(rows) - most)

    def _runs(self, found: Comparison) -> None:
        numbers = ("benefit", "spent_wan", "targets_met", "least_probability", "replications")
        table = self._headings("run_label", "scenario", "status", *numbers, numbers=numbers)
        for row in found.runs.iter_rows(named=True):
            known = row["targets"] is not None
            cells = (
                row["label"],
                row["name"],
                self._label(row["status"]) if row["status"] in LABELS else row["status"],
                figure(row["benefit"], "money"),
                figure(row["spent_wan"], "money"),
                f"{row['targets_met']}/{row['targets']}" if known else NOTHING,
                chance(row["least_probability"]),
                str(row["replications"]) if row["simulated"] else NOTHING,
            )
            table.add_row(*(Text(cell) for cell in cells))
        self._console.print(table)
        for label, folder in found.runs.select("label", "run").iter_rows():
            self._console.print(f"{label} = {Path(folder)}", markup=False, soft_wrap=True)
        self._say("reference_note", label=found.runs["label"][0])

    def _inputs(self, found: Comparison) -> None:
        rows = found.inputs.filter(~pl.col("detail"))
        if not len(rows):
            return
        self._heading("compared_inputs")
        table = self._headings("run_label", "input_kind", "input_address", "clause", "before_of", "after_of")
        shown = [
            (
                row["run"],
                self._label(row["kind"]),
                f"{row['address']} {row['name']}".rstrip(),
                row["clause"],
                *(_short(row[side]) for side in ("before", "after")),
            )
            for row in rows.iter_rows(named=True)
        ]
        self._show(table, shown)

    def _money(self, found: Comparison) -> None:
        size = pl.col("difference_wan").abs()
        rows = found.money.filter(pl.col("dimension") != "total").sort(
            "run", size, descending=[False, True], maintain_order=True
        )
        if not len(rows):
            return
        self._heading("compared_money")
        numbers = ("before_of", "after_of", "difference")
        table = self._headings("run_label", "dimension", "compared_item", *numbers, numbers=numbers)
        largest = rows.group_by("run", "dimension", maintain_order=True).head(MOST_EACH)
        shown = [
            (
                row["run"],
                self._label(f"dimension_{row['dimension']}"),
                row["name"],
                *(f"{row[f'{side}_wan']:,.2f}" for side in ("before", "after")),
                f"{row['difference_wan']:+,.2f}",
            )
            for row in largest.iter_rows(named=True)
        ]
        self._show(table, shown, len(shown))
        self._rest(len(rows) - len(shown))

    def _rest(self, count: int) -> None:
        if count > 0:
            self._say("details_in_table", count=count)

    def _distances(self, found: Comparison) -> None:
        if not len(found.distances):
            return
        self._heading("compared_distances")
        numbers = ("moved", "mean_spent", "distance")
        table = self._headings("pair_of_runs", "dimension", "compared_item", *numbers, numbers=numbers)
        shown = [
            (
                f"{row['run_a']}–{row['run_b']}",
                self._label(f"dimension_{row['dimension']}"),
                row["name"],
                *(f"{row[key]:,.2f}" for key in ("moved_wan", "spent_wan")),
                f"{row['distance']:.1%}",
            )
            for row in found.distances.iter_rows(named=True)
        ]
        self._show(table, shown)
        self._say("distance_note")

    def _targets(self, found: Comparison) -> None:
        if not len(found.targets):
            return
        self._heading("compared_targets")
        numbers = ("planned", "simulated_mean", "probability")
        keys = ("run_label", "target", "place", "year", "planned", "state", "simulated_mean", "probability")
        table = self._headings(*keys, "verdict", numbers=numbers)
        shown = [
            (
                row["run"],
                row["name"],
                row["place_name"],
                str(row["year"]),
                self._pair(of_target(row, "planned", "_before"), of_target(row, "planned", "_after")),
                self._pair(*(state_words(row[f"state_{side}"], self._language) for side in _SIDES)),
                self._pair(of_target(row, "mean", "_before"), of_target(row, "mean", "_after")),
                self._pair(*(chance(row[f"probability_{side}"]) for side in _SIDES)),
                self._label(VERDICTS[row["verdict"]]),
            )
            for row in found.targets.iter_rows(named=True)
        ]
        self._show(table, shown)

    def _pair(self, before: str, after: str) -> str:
        return before if before == after else f"{before} → {after}"

    def _years(self, found: Comparison) -> None:
        """Print the figures of all places together."""
        rows = found.trajectories.filter((pl.col("place_id") == "") & (pl.col("group") == ""))
        if not len(rows):
            return
        self._heading("compared_trajectories")
        numbers = ("before_of", "after_of", "difference", "interval")
        table = self._headings("run_label", "indicator", "year", *numbers, numbers=numbers)
        shown = [
            (
                row["run"],
                indicator_words(row, self._language),
                str(row["year"]),
                *(figure(row[side], row["unit"]) for side in _SIDES),
                change(row["difference"], row["unit"]),
                interval(row),
            )
            for row in rows.sort("run", "indicator", "year", maintain_order=True).iter_rows(named=True)
        ]
        self._show(table, shown, 2 * MOST_ROWS)
        self._say("interval_note")

    def _winners(self, found: Comparison) -> None:
        if not len(found.winners):
            return
        self._heading("compared_winners")
        numbers = ("before_of", "after_of", "difference", "interval")
        keys = ("run_label", "indicator", "compared_basis", "compared_item", *numbers, "verdict")
        table = self._headings(*keys, numbers=numbers)
        clear = found.winners.filter(pl.col("verdict") != "unclear")
        groups = ("run", "kind", "indicator", "basis", "verdict")
        largest = clear.group_by(groups, maintain_order=True).head(MOST_EACH)
        shown = [
            (
                row["run"],
                indicator_words(row, self._language),
                self._label(f"basis_{row['basis']}"),
                who(row, row["name"], self._language),
                *(figure(row[side], row["unit"]) for side in _SIDES),
                change(row["difference"], row["unit"]),
                interval(row),
                self._label(row["verdict"]),
            )
            for row in largest.iter_rows(named=True)
        ]
        self._show(table, shown, len(shown))
        self._rest(len(found.winners) - len(shown))
        self._say("verdict_note")


_SIDES = ("before", "after")


def _short(text: str) -> str:
    """Shorten a long text; a line break becomes a blank."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]} …"
