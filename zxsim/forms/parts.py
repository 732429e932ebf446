"""Which sheets a form has: one, or one for each year, and one for each place where it asks for that."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from zxsim.core.messages import Faults
from zxsim.errors import Message
from zxsim.forms.indicators import indicator_records
from zxsim.forms.progress import chosen_quarter, quarters_reported
from zxsim.forms.records import Records, place_records, project_records
from zxsim.forms.scope import Scope, tree_order
from zxsim.forms.targets import target_frame, target_records
from zxsim.forms.tasks import task_records
from zxsim.forms.template import NOT_IN_NAMES, Form
from zxsim.runs.data import RunData

LONGEST_SHEET_NAME = 31
"""Characters of the name of a sheet in Excel."""

_RECORDS: Mapping[str, Callable[[Form, RunData, Scope], Records]] = {
    "project": project_records,
    "place": place_records,
    "indicator": indicator_records,
    "target": target_records,
    "task": task_records,
}


@dataclass(frozen=True)
class Asked:
    """What is asked for: a year, a quarter of it, one place (its id or name); ``None`` leaves it open."""

    year: int | None = None
    quarter: int | None = None
    place: str | None = None

    def years(self, run: RunData) -> Sequence[int]:
        """Years that forms are about."""
        return run.years if self.year is None else [self.year]


ANYTHING = Asked()
"""All years, the last quarter with a report, every place."""


@dataclass(frozen=True, eq=False)
class Part:
    """One sheet: its name, what it is about, and its rows."""

    name: str
    scope: Scope
    records: Records


def missing(form: Form, run: RunData, asked: Asked) -> Message | None:
    """Return what a form needs that the run does not have; ``None`` where it can be filled."""
    words: dict[str, object] = {"form": form.name}
    if form.rows == "task" and run.tasks is None:
        return Message("form_needs_tasks", words)
    if form.of_progress:
        if run.progress is None or not len(run.progress):
            return Message("form_needs_progress", words)
        if chosen_quarter(run, asked.year, asked.quarter) is None:
            given = f"{asked.year or ''}{f'Q{asked.quarter}' if asked.quarter else ''}"
            return Message("no_progress_then", {"given": given, "known": quarters_reported(run)})
    if form.rows == "target":
        years = asked.years(run)
        if not target_frame(run)["year"].is_in(list(years)).any():
            return Message("form_needs_targets", {**words, "first": years[0], "last": years[-1]})
    if form.each_place and not run.places["level"].is_in(list(form.each_place)).any():
        return Message("form_needs_places", {**words, "levels": list(form.each_place)})
    return None


def parts(form: Form, run: RunData, asked: Asked) -> Iterator[Part]:
    """Yield the sheets of a form of which nothing is :func:`missing`.

    Raises
    ------
    DataError
        The place that is asked for is none of the form.
    """
    used: set[str] = set()
    for base, scope in _periods(form, run, asked):
        records = _RECORDS[form.rows](form, run, scope)
        if not form.each_place:
            yield Part(base, scope, records)
            continue
        for place, inside in _places(form, run, asked):
            frame = records.frame.filter(pl.col("place_id").is_in(inside))
            if len(frame) or asked.place is not None or _aimed_at(run, scope, inside):
                name = _sheet_name(base + run.place_names[place], used)
                own = replace(scope, place=place, inside=inside)
                yield Part(name, own, replace(records, frame=frame))


def _periods(form: Form, run: RunData, asked: Asked) -> Iterator[tuple[str, Scope]]:
    years = asked.years(run)
    if form.of_progress:
        quarter = chosen_quarter(run, asked.year, asked.quarter)
        assert quarter is not None
        yield f"{form.name}{quarter}", Scope([quarter.year], quarter)
    elif form.each_year:
        table = target_frame(run) if form.rows == "target" else run.table("allocation")
        shown = [year for year in years if year in table["year"].unique()] or list(years[:1])
        for year in shown:
            yield f"{form.name}{year}", Scope([year])
    else:
        yield form.name, Scope(years)


def _places(form: Form, run: RunData, asked: Asked) -> Iterator[tuple[str, frozenset[str]]]:
    """Places of the form's levels, or the one that is asked for, each with all that lies inside."""
    of_level = run.places.filter(pl.col("level").is_in(list(form.each_place)))
    ids = set(of_level["id"])
    if asked.place is not None:
        known = of_level.filter((pl.col("id") == asked.place) | (pl.col("name") == asked.place))
        faults = Faults()
        if not len(known):
            faults.unknown("form_place", asked.place, {*of_level["id"], *of_level["name"]}, Message(""))
        faults.raise_any()
        ids = set(known["id"])
    inside: dict[str, set[str]] = {place: set() for place in tree_order(run) if place in ids}
    for one, chain in run.above.items():
        for above in chain.values():
            if above in inside:
                inside[above].add(one)
    yield from ((place, frozenset(below)) for place, below in inside.items())


def _aimed_at(run: RunData, scope: Scope, inside: frozenset[str]) -> bool:
    """Whether a place has a target in the years, though no row."""
    rows = target_frame(run)
    return bool((rows["year"].is_in(list(scope.years)) & rows["place_id"].is_in(inside)).any())


def _sheet_name(wanted: str, used: set[str]) -> str:
    """Return a name that no sheet has yet and that a sheet can have."""
    plain = "".join("_" if letter in NOT_IN_NAMES else letter for letter in wanted)
    name, number = plain[:LONGEST_SHEET_NAME], 1
    while name.lower() in used:
        number += 1
        end = f"~{number}"
        name = plain[: LONGEST_SHEET_NAME - len(end)] + end
    used.add(name.lower())
    return name
