"""From runs to the page: the topics in their order, each with a panel a run, and the runs side by side."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from zxsim import __version__
from zxsim.exporters.sheet import Format, Value, shown
from zxsim.report.page.charts import Chart, same_scales
from zxsim.report.page.clauses import clauses
from zxsim.report.page.households import incomes, monitored
from zxsim.report.page.money import allocation, shares
from zxsim.report.page.origin import assumptions, reproduce
from zxsim.report.page.parts import Figure, Figures, Page, Panel, Part, Table, Topic
from zxsim.report.page.scorecard import targets
from zxsim.report.page.series import Long
from zxsim.report.page.source import PageRun
from zxsim.report.page.summary import at_end_of, headline
from zxsim.runs.states import REACHED

TOPICS: Mapping[str, Callable[[PageRun], list[Part]]] = {
    "headline": headline,
    "allocation": allocation,
    "shares": shares,
    "clauses": clauses,
    "targets": targets,
    "incomes": incomes,
    "monitored": monitored,
    "assumptions": assumptions,
    "reproduce": reproduce,
}
"""Topics of the report by their anchors, in the order of the page."""


def page_of(runs: Sequence[PageRun]) -> Page:
    """Return the page of one or several runs."""
    first = runs[0]
    topics = [
        Topic(key, first.words(f"page_{key}"), [Panel(make(run), run.number) for run in runs])
        for key, make in TOPICS.items()
    ]
    if len(runs) > 1:
        topics.insert(0, Topic("overview", first.words("page_overview"), [Panel([overview(runs)])]))
        names = "、".join(dict.fromkeys(run.name for run in runs))
        title = first.words("page_titles", count=len(runs), names=names)
    else:
        title = first.words("page_title", name=first.name)
    subtitle = first.words("page_subtitle", version=__version__)
    return Page(title, subtitle, same_scales_by_topic(topics), [(run.name, run.id) for run in runs])


def same_scales_by_topic(topics: Sequence[Topic]) -> list[Topic]:
    """Give charts of a topic that share a scale the same axis, whichever run they are of.

    Charts inside a fold keep their own.
    """
    return [_scaled(topic) for topic in topics]


def _scaled(topic: Topic) -> Topic:
    charts = [figure.chart for panel in topic.panels for part in panel.parts for figure in _figures(part)]
    scaled = iter(same_scales(charts))
    panels = [replace(panel, parts=[_with(part, scaled) for part in panel.parts]) for panel in topic.panels]
    return replace(topic, panels=panels)


def _figures(part: Part) -> Sequence[Figure]:
    if isinstance(part, Figure):
        return [part]
    return part.figures if isinstance(part, Figures) else ()


def _with(part: Part, charts: Iterator[Chart]) -> Part:
    """The part with the next charts in place of its own."""
    if isinstance(part, Figure):
        return replace(part, chart=next(charts))
    if isinstance(part, Figures):
        return replace(part, figures=[replace(one, chart=next(charts)) for one in part.figures])
    return part


def overview(runs: Sequence[PageRun]) -> Table:
    """The figures that matter most, a column a run."""
    make = runs[0].make
    rows = [_key_figures(run) for run in runs]
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = [make.column("page_figure", names)]
    for run, row in zip(runs, rows, strict=True):
        heading = run.words("page_numbered", number=run.number, name=run.name)
        cells = [row.get(name, "—") for name in names]
        columns.append(replace(make.column("page_figure", cells), heading=f"{heading} {run.id}"))
    return Table(runs[0].words("page_overview"), columns)


def _key_figures(run: PageRun) -> dict[str, str]:
    """Figures of one run by their name."""
    found: dict[str, str] = {}

    def put(name: str, value: Value, how: Format, unit: str = "") -> None:
        found[name] = " ".join(text for text in (shown(value, how), unit) if text)

    if run.planned:
        wan = run.words("wan")
        put(run.words("status"), run.words(run.manifest["status"]), "text")
        put(run.words("available"), run.manifest["available_wan"], "money", wan)
        put(run.words("spent"), run.manifest["spent_wan"], "money", wan)
        put(run.words("benefit"), run.manifest["benefit"], "money", run.unit)
        states = run.table("targets")["state"].to_list()
        if states:
            met = sum(state in REACHED for state in states)
            put(run.words("page_targets_short"), run.words("page_of", part=met, whole=len(states)), "text")
    if run.simulated:
        year = run.make.run.years[-1]
        rows = run.table("simulated_targets")
        if len(rows):
            put(run.words("page_least_probability"), float(rows["probability"].to_numpy().min()), "rate")
        at_end = at_end_of(run, year)
        text = f"{at_end['mean']:,.1f} ({at_end['low']:,.0f}–{at_end['high']:,.0f})"
        put(run.words("page_open_end", year=year), text, "text")
        income = Long(run.households).series("income", [str(year)]).mean[0]
        put(run.words("page_income_end", year=year), income, "count")
    return found
