"""The cells of a ledger: numbers, words and flags, places that exist, totals that agree with places.csv."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from zxsim.core.messages import Faults
from zxsim.errors import AFTER_ALL_LINES, Message
from zxsim.schema.columns import Cell
from zxsim.schema.csvfile import MOST_FAULTS
from zxsim.schema.household_cells import MOST_PERSONS, census_places
from zxsim.schema.ledger_columns import LEDGER_COLUMNS
from zxsim.schema.load import Loaded
from zxsim.simulate.ledger import ROW, RawLedger

_FLAGS = {
    "true": True,
    "1": True,
    "是": True,
    "yes": True,
    "false": False,
    "0": False,
    "否": False,
    "no": False,
}
_LABOUR = {
    **{word: word for word in ("able", "weak", "none")},
    **dict.fromkeys(("有劳动能力", "有劳动力"), "able"),
    **dict.fromkeys(("弱劳动能力", "弱劳动力", "弱劳力", "半劳动能力", "半劳动力", "半劳力"), "weak"),
    **dict.fromkeys(("无劳动能力", "无劳动力", "丧失劳动能力"), "none"),
}
_TOTALS = ("households", "population", "lifted_population", "monitored_households")


@dataclass(frozen=True, eq=False)
class _Column:
    """A column while it is read: faults go to the rows of the file."""

    file: str
    row: pl.Series
    faults: Faults

    def note(self, bad: pl.Series, code: str, column: str, **fields: object) -> None:
        """Note a fault for each row where ``bad`` is true, up to :data:`MOST_FAULTS`."""
        rows = self.row.filter(bad.fill_null(value=False)).to_list()
        for row in rows[:MOST_FAULTS]:
            self.faults.add(Message(code, fields, self.file, row, column))
        if len(rows) > MOST_FAULTS:
            more = {"count": len(rows) - MOST_FAULTS, "column": column}
            self.faults.add(Message("ledger_more", more, self.file, AFTER_ALL_LINES))


def checked(raw: RawLedger, loaded: Loaded) -> pl.DataFrame:
    """Return the ledger typed, places by their id, without household numbers.

    Raises
    ------
    DataError
        With every fault found, each with its row; or with the totals that differ from places.csv.
    """
    faults = Faults()
    notes = _Column(raw.file, raw.frame[ROW], faults)
    if not len(raw.frame):
        faults.add(Message("empty_table", {}, raw.file))
    for name in raw.frame.columns[1:]:
        notes.note(raw.frame[name] == "", "ledger_gap", name)
    _note_doubled(raw.frame, notes)
    places = _place_ids(loaded)
    read = {
        name: _read(name, raw.frame[name], places, notes)
        for name in LEDGER_COLUMNS
        if name in raw.frame.columns and name != "household_no"
    }
    faults.raise_any()
    frame = pl.DataFrame(read)
    _note_totals(raw.file, frame, loaded, faults)
    faults.raise_any()
    return frame


def _note_doubled(frame: pl.DataFrame, notes: _Column) -> None:
    if "household_no" not in frame.columns:
        return
    number = frame["household_no"]
    first = frame.select(pl.col(ROW).first().over("household_no"))[ROW]
    doubled = (number != "") & (first != frame[ROW])
    for row, before in zip(frame[ROW].filter(doubled), first.filter(doubled), strict=True):
        notes.faults.add(Message("ledger_doubled", {"first": before}, notes.file, row, "household_no"))


def _place_ids(loaded: Loaded) -> Mapping[str, str]:
    """Id of each place with households, by id and by name where only one has it."""
    tree = loaded.layout.places
    census = census_places(tree, loaded.layout.place_table)
    names = [tree.names[i] for i in census]
    by_name = {tree.names[i]: tree.ids[i] for i in census if names.count(tree.names[i]) == 1}
    return {**by_name, **{tree.ids[i]: tree.ids[i] for i in census}}


def _read(name: str, text: pl.Series, places: Mapping[str, str], notes: _Column) -> pl.Series:
    filled = text != ""
    if name == "place":
        found = text.replace_strict(places, default=None, return_dtype=pl.String)
        notes.note(found.is_null() & filled, "ledger_place", name, count=len(set(places.values())))
        return found
    if name == "labour":
        found = text.str.to_lowercase().replace_strict(_LABOUR, default=None, return_dtype=pl.String)
        notes.note(found.is_null() & filled, "ledger_not_labour", name)
        return found
    if LEDGER_COLUMNS[name].cell is Cell.FLAG:
        found = text.str.to_lowercase().replace_strict(_FLAGS, default=None, return_dtype=pl.Boolean)
        notes.note(found.is_null() & filled, "ledger_not_flag", name)
        return found
    number = text.cast(pl.Float64, strict=False)
    if name == "size":
        wrong = number.is_null() | (number != number.round()) | ~number.is_between(1, MOST_PERSONS)
        notes.note(wrong & filled, "ledger_not_number", name, expected="a_size")
        return number.round().cast(pl.Int64, strict=False)
    wrong = number.is_null() | ~number.is_finite() | (number < 0)
    notes.note(wrong & filled, "ledger_not_number", name, expected="an_income")
    return number


def _note_totals(file: str, frame: pl.DataFrame, loaded: Loaded, faults: Faults) -> None:
    """Note every place whose households do not add up to what places.csv says, where it says it."""
    size = pl.col("size")
    sums = [
        pl.len().alias("households"),
        size.sum().alias("population"),
        size.filter(pl.col("lifted")).sum().alias("lifted_population"),
    ]
    if "on_list" in frame.columns:
        sums.append(pl.col("on_list").sum().alias("monitored_households"))
    if "income_yuan" in frame.columns:
        sums.append((pl.col("income_yuan") * size).sum().alias("income"))
    found = {str(row["place"]): row for row in frame.group_by("place").agg(sums).iter_rows(named=True)}
    census = census_places(loaded.layout.places, loaded.layout.place_table)
    for given in loaded.places.gather(census).iter_rows(named=True):
        counted = found.get(given["id"], {})
        for column in _TOTALS:
            total = counted.get(column, 0)
            absent = column == "monitored_households" and "on_list" not in frame.columns
            if given[column] is not None and not absent and total != given[column]:
                fields = {"place": given["id"], "column": column, "found": total, "given": given[column]}
                faults.add(Message("ledger_total", fields, file))
        if counted.get("income") == 0:
            faults.add(Message("ledger_without_income", {"place": given["id"]}, file))
