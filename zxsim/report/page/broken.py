"""What a plan made by hand breaks, row by row."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from zxsim.report.labels import LABELS
from zxsim.report.page.limits import cut
from zxsim.report.page.names import sign
from zxsim.report.page.parts import Part, Table
from zxsim.report.page.source import PageRun
from zxsim.report.rule_sheets import UNIT_FORMATS, kind_words, years_of

if TYPE_CHECKING:
    from zxsim.exporters.sheet import Format


def broken(run: PageRun) -> Iterator[Part]:
    """Yield the table of hard rules that an evaluated plan breaks; nothing for any other plan."""
    if run.manifest.get("kept", True):  # stated by an evaluation only: all other plans keep every hard rule
        return
    make = run.make
    frame, note = cut(run, run.table("broken"), "broken", "page_first")
    rows = list(frame.iter_rows(named=True))
    formats: list[Format] = [UNIT_FORMATS.get(row["unit"], "number") for row in rows]
    columns = [
        make.column("rule", [_name(run, row) for row in rows]),
        make.column("clause", [row["clause"] for row in rows]),
        make.column("project_id", [" ↔ ".join(_projects(row)) for row in rows]),
        make.column("scope", [run.place(row["scope"]) for row in rows]),
        make.column("year", [years_of(row) for row in rows]),
        make.column("actual", [row["lhs"] for row in rows], formats=formats),
        make.column("relation", [sign(row["relation"]) for row in rows]),
        make.column("required", [row["rhs"] for row in rows], formats=formats),
        make.column("short_by", [row["missing"] for row in rows], formats=formats),
        make.column("cell", [row["cell"] for row in rows]),
    ]
    yield Table(run.words("sheet_broken"), columns, choices=(0,), searched=True, note=note)


def _name(run: PageRun, row: Mapping[str, Any]) -> str:
    """Name of a rule; of a fund, or of a fact with the fund that it is about."""
    if row["rule"] in run.make.run.scenario.get("rule", {}):
        return run.make.label_of(row["rule"])
    key = f"broken_{row['kind']}"
    kind = run.words(key) if key in LABELS else kind_words(run.make, row["kind"])
    fund = row["fund_id"] or row["rule"]
    return f"{kind} {run.make.label_of(fund)}" if fund in run.make.run.funds else kind


def _projects(row: Mapping[str, Any]) -> list[str]:
    return [row[key] for key in ("project_id", "other_project") if row[key]]
