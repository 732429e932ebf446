"""Writes what was understood as a scenario folder."""

from collections.abc import Sequence
from pathlib import Path

from zxsim.sheets.folder import MAPPING, PLACES, PLAN, PROJECTS, SCENARIO, csv_text, plan_rows
from zxsim.sheets.importing import Understood
from zxsim.sheets.mapping import fund_of
from zxsim.sheets.projects import over_years
from zxsim.sheets.record import clean
from zxsim.sheets.titles import is_illustrative
from zxsim.sheets.tomltext import mapping_text, scenario_text

_NEEDED = ("id", "name", "places", "category", "cost_wan", "level", "parent")


def write(understood: Understood, folder: Path, words: tuple[str, str], comments: Sequence[str]) -> None:
    """Write the scenario into an empty folder.

    ``words`` are the notes of the scenario and the comments at its end, ``comments`` those of the mapping.
    """
    mapping = understood.mapping
    sources, carried = _sources(understood), _carried(understood)
    texts = {
        SCENARIO: scenario_text(
            mapping, understood.amounts, sources, carried, words[0], illustrative=_illustrative(understood)
        )
        + words[1],
        PLACES: csv_text(understood.places.rows(), _NEEDED),
        PROJECTS: csv_text(understood.project_table, _NEEDED),
        MAPPING: understood.given or mapping_text(mapping, comments, _unclear(understood)),
    }
    if not any(over_years(one, mapping) for one in understood.sheets):
        texts[PLAN] = csv_text(plan_rows(understood.projects, understood.places), ())
    for name, text in texts.items():
        encoding = "utf-8-sig" if name.endswith(".csv") else "utf-8"  # Excel takes a CSV for GBK without
        (folder / name).write_text(text, encoding=encoding, newline="\n")


def _illustrative(understood: Understood) -> bool:
    return any(is_illustrative(one.sheet.lines_above) for one in understood.sheets)


def _sources(understood: Understood) -> dict[str, str]:
    """Where each fund's amount stands: file, sheet and cells."""
    found: dict[str, list[str]] = {}
    for one in understood.sheets:
        sheet, rows = one.sheet, [record.row for record in one.records]
        if not rows:
            continue
        for meaning, columns in sheet.columns.items():
            fund = fund_of(meaning)
            name = fund[0] if fund else sheet.mapping.fund if meaning == "金额" else ""
            if not name:
                continue
            for column in columns:
                cells = f"{sheet.where(min(rows), column)}:{sheet.grid.address(max(rows), column)}"
                found.setdefault(name, []).append(f"{sheet.grid.file} {cells}")
        for name in {f for record in one.records for f, _ in record.funds}:
            found.setdefault(
                name, found.get(sheet.mapping.fund, [f"{sheet.grid.file} {sheet.grid.name}".strip()])[:]
            )
    return {name: ", ".join(dict.fromkeys(cells)) for name, cells in found.items()}


def _carried(understood: Understood) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in understood.sheets:
        years = over_years(one, understood.mapping)
        for record in one.records:
            for fund, year in record.funds:
                if not year:
                    found[fund] = max(found.get(fund, 0), years)
    return found


def _unclear(understood: Understood) -> list[str]:
    """Words of category cells that no category is known for."""
    words: dict[str, None] = {}
    for one in understood.sheets:
        if "类别" in one.sheet.columns:
            words |= {clean(one.sheet.cell(r.row, "类别"))[0]: None for r in one.records}
    known = understood.mapping.categories
    return [word for word in words if word and word not in known]
