"""The sheet of assumptions: each figure that nobody published, with its range."""

import polars as pl

from zxsim.exporters.sheet import Sheet
from zxsim.report.inputs import input_name, record_name
from zxsim.report.plain_sheets import SheetWriter, basis


def assumptions(make: SheetWriter, frame: pl.DataFrame | None = None) -> Sheet:
    """Each figure that nobody published, with its range, and where it is taken from.

    ``frame`` stands for the table of the run, where that has none.
    """
    frame = make.run.table("assumptions") if frame is None else frame
    addresses = frame["address"].to_list()
    columns = [
        make.column("record_name", [record_name(make, address) for address in addresses]),
        make.column("input_name", [input_name(make, address) for address in addresses]),
        *(
            make.column(heading, [float(text) for text in frame[key]], "number")
            for heading, key in (("input_value", "value"), ("low", "low"), ("high", "high"))
        ),
        make.column("source", [basis(make, {"assumed": True, "source": text}) for text in frame["source"]]),
        make.column("address", addresses),
    ]
    return make.sheet("sheet_assumptions", columns, frozen=1)
