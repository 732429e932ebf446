"""The page of a comparison: its topics in their order, as the report of runs has its own."""

from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from zxsim import __version__
from zxsim.errors import Message
from zxsim.exporters.sheet import Column
from zxsim.report.compare_sheets import distances_sheet, inputs_sheet, runs_sheet, winners_sheet
from zxsim.report.page.assemble import same_scales_by_topic
from zxsim.report.page.compared import Compared
from zxsim.report.page.comparison_money import money
from zxsim.report.page.comparison_targets import targets
from zxsim.report.page.comparison_years import years
from zxsim.report.page.origin import place_of, reproduce
from zxsim.report.page.parts import Page, Panel, Table, Text, Topic
from zxsim.report.page.write import write
from zxsim.report.plain_sheets import capitalised
from zxsim.report.wording import Language, sentence
from zxsim.whatif.comparison import Comparison

_MOST_CHANGES = 3
"""Inputs that a heading names."""

_TOPIC_OF = (
    ("compare_found_inputs", "inputs"),
    ("compare_found_same_plan", ""),
    ("compare_found_targets", "targets"),
    ("compare_found_places", "winners"),
    *((f"compare_found_{name}", "years") for name in ("income", "unresolved", "open_cases")),
    *((f"compare_found_{name}", "money") for name in ("moved", "spent", "category")),
)
"""Topic that the figures of a finding come from, by how its code begins."""


def write_comparison(found: Comparison, to: Path, language: Language = "zh") -> None:
    """Write a comparison as one HTML page that opens offline.

    Raises
    ------
    DataError
        A run lacks what a page needs, or the file cannot be written.
    """
    write(comparison_page(Compared(found, language)), to, language)


def comparison_page(compared: Compared) -> Page:
    """Return the page; where nothing differs it says so and names the runs."""
    keys = ("differences", "reproduce") if compared.found.same else TOPICS
    titles = {key: compared.words(title) for key, (title, _) in TOPICS.items()}
    topics = [Topic(key, titles[key], TOPICS[key][1](compared)) for key in keys]
    names = compared.joined(list(dict.fromkeys(compared.found.runs["name"])))
    labels = compared.joined(compared.found.runs["label"].to_list())
    title = compared.words("page_compare_title", names=names, labels=labels)
    subtitle = compared.words("page_subtitle", version=__version__)
    return Page(title, subtitle, same_scales_by_topic(topics))


def _differences(compared: Compared) -> list[Panel]:
    """The runs, then the headlines of each run, then what could not be compared."""
    found, language = compared.found, compared.language
    first: list[Text | Table] = []
    if found.runs["illustrative"].any():
        first.append(Text(capitalised(sentence(Message("illustrative", {}), language)), "warning"))
    if found.same:
        labels = compared.joined(found.runs["label"].to_list())
        first.append(_said(compared, Message("compare_found_same", {"runs": labels})))
    panels = [Panel([*first, _runs(compared)])]
    for label in found.labels:
        own = [one for one in found.findings if one.fields["b"] == label]
        if own:
            texts = [_said(compared, one) for one in own]
            panels.append(Panel(texts, title=_heading(compared, label)))
    if found.notes:
        panels.append(
            Panel([_said(compared, one) for one in found.notes], title=compared.words("page_compare_notes"))
        )
    return panels


def _said(compared: Compared, message: Message) -> Text:
    text = capitalised(sentence(message, compared.language))
    link = next((topic for code, topic in _TOPIC_OF if message.code.startswith(code)), "")
    return Text(compared.words("page_sentence", text=text), link=link)


def _heading(compared: Compared, label: str) -> str:
    """Name a run with what was changed for it, so that A and B mean something."""
    rows = compared.found.inputs.filter((pl.col("run") == label) & ~pl.col("detail"))
    if not len(rows):
        return compared.words("page_beside", a=compared.reference, b=label)
    return compared.words(
        "page_beside_change", a=compared.reference, b=label, changes=_changes(compared, rows)
    )


def _changes(compared: Compared, rows: pl.DataFrame) -> str:
    texts = [
        compared.words(
            "page_input_change",
            name=" ".join(text for text in (row["name"], row["address"]) if text),
            before=row["before"] or compared.words(row["kind"]),
            after=row["after"],
        ).rstrip(" →")
        for row in rows.head(_MOST_CHANGES).iter_rows(named=True)
    ]
    if len(rows) > _MOST_CHANGES:
        texts.append(compared.words("page_input_more", count=len(rows)))
    return ("；" if compared.language == "zh" else "; ").join(texts)


def _runs(compared: Compared) -> Table:
    """One row a run, with what was changed for it."""
    sheet, make = runs_sheet(compared.make, compared.found), compared.make
    inputs = compared.found.inputs.filter(~pl.col("detail"))
    changes = [
        "",
        *(_changes(compared, inputs.filter(pl.col("run") == one)) for one in compared.found.labels),
    ]
    changes[0] = compared.words("page_is_reference")
    folders = make.column("run_folder", [place_of(run) for run in compared.runs])
    changed = make.column("page_changed_inputs", changes)
    columns = [
        sheet.columns[0],
        changed,
        *(one for one in sheet.columns[1:-1] if _tells(compared, one)),
        folders,
    ]
    return Table(compared.words("page_runs_compared"), columns)


def _tells(compared: Compared, column: Column) -> bool:
    """Whether a column says anything: names and years only where they differ, times stand further down."""
    headings = {capitalised(compared.words(key)) for key in ("scenario", "horizon")}
    if column.heading == capitalised(compared.words("run_time")):
        return False
    known = {value for value in column.values if value not in (None, "")}
    return len(known) > 1 if column.heading in headings else bool(known)


def _inputs(compared: Compared) -> list[Panel]:
    sheet = inputs_sheet(compared.make, compared.found)
    if not sheet.kinds:
        return [Panel([Text(compared.words("page_same_inputs"))])]
    table = compared.table(sheet, compared.words("compared_inputs"), ("run_label", "input_kind", "clause"))
    return [Panel([table])]


def _distances(compared: Compared) -> list[Panel]:
    sheet = distances_sheet(compared.make, compared.found)
    if not sheet.kinds:
        return [Panel([Text(compared.words("page_same_money"))])]
    table = Table(compared.words("compared_distances"), sheet.columns)
    return [Panel([table, Text(compared.words("distance_note"), "note")])]


def _winners(compared: Compared) -> list[Panel]:
    found, note = compared.largest("winners")
    sheet = winners_sheet(compared.make, found)
    if not sheet.kinds:
        return [Panel([Text(compared.words("page_same_winners"))])]
    choices = ("run_label", "indicator", "compared_basis", "verdict")
    table = compared.table(sheet, compared.words("compared_winners"), choices, note)
    return [Panel([table, Text(compared.words("verdict_note"), "note")])]


def _reproduce(compared: Compared) -> list[Panel]:
    """How to get each run again, under its label."""
    labels = compared.found.runs["label"]
    return [
        Panel(reproduce(run), title=f"{label} {compared.words('page_of_run', name=run.name, run=run.id)}")
        for label, run in zip(labels, compared.runs, strict=True)
    ]


TOPICS: Mapping[str, tuple[str, Callable[[Compared], list[Panel]]]] = {
    "differences": ("page_differences", _differences),
    "inputs": ("compared_inputs", _inputs),
    "money": ("compared_money", money),
    "distances": ("compared_distances", _distances),
    "targets": ("page_targets", targets),
    "years": ("compared_trajectories", years),
    "winners": ("compared_winners", _winners),
    "reproduce": ("page_reproduce", _reproduce),
}
"""Topics by their anchors in the order of the page, each with its title."""
