"""The first topic of a run: what must be warned of, the figures in sentences, plans to compare with."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from zxsim.errors import Message
from zxsim.exporters.sheet import Format, shown
from zxsim.report.page.names import rule_name, step_text, year_text
from zxsim.report.page.parts import Part, Table, Text
from zxsim.report.page.source import PageRun
from zxsim.report.plain_sheets import capitalised, warnings
from zxsim.report.wording import sentence
from zxsim.rules import budget
from zxsim.runs.states import OUT_OF_REACH, REACHED
from zxsim.runs.tables import missed

_FIRST = ("illustrative", "corner")
"""Notices that stand before everything else."""

_LISTED_IN = {"evaluated_broken": "clauses", "replanned": "allocation"}
"""Topics that list what a notice counts."""

KEYS = ("target", "place_id", "year")
"""What one target is about."""

_PLANS = (("page_library", "library_benefit"), ("page_equal", "equal_benefit"))


def headline(run: PageRun) -> list[Part]:
    """Return warnings, sentences, the table of plans and the other notices."""
    parts: list[Part] = [Text(capitalised(text), "warning") for text in _warnings(run)]
    if run.planned:
        parts += [*_money(run), *_benefit(run), *_rules(run), *_targets(run)]
    else:
        parts.append(Text(run.words("page_no_plan")))
    parts += [*_simulated(run)] if run.simulated else [Text(run.words("page_no_simulation"), "note")]
    if run.planned:
        parts += [] if run.broken_count else [_plans(run)]
        parts += [
            Text(capitalised(_notice(run, one)), "note", _LISTED_IN.get(one["code"], ""))
            for one in run.manifest["notices"]
            if one["code"] not in _FIRST
        ]
    return parts


def _warnings(run: PageRun) -> list[str]:
    corners = [one for one in run.manifest.get("notices", ()) if one["code"] == "corner"]
    return [*warnings(run.make.run, run.make.language), *(_notice(run, one) for one in corners)]


def _notice(run: PageRun, notice: Mapping[str, Any]) -> str:
    fields = {key: value for key, value in notice.items() if key != "code"}
    if "rule" in fields:
        fields["rule"] = run.make.label_of(fields["rule"])
    return sentence(Message(notice["code"], fields), run.make.language)


def _money(run: PageRun) -> Iterator[Text]:
    available, spent = run.manifest["available_wan"], run.manifest["spent_wan"]
    yield Text(
        run.words(
            "page_money",
            years=year_text(run, None),
            available=shown(available, "money"),
            spent=shown(spent, "money"),
            left=shown(round(available - spent, 2) + 0.0, "money"),
            share=shown(spent / available if available else 0.0, "rate"),
        ),
        link="allocation",
    )
    states = dict(run.table("projects").group_by("status").len().iter_rows())
    counts = {key: f"{states.get(key, 0):,}" for key in ("full", "partly", "none")}
    text = run.words("page_projects", count=f"{sum(states.values()):,}", **counts)
    yield Text(text, link="allocation")


def _benefit(run: PageRun) -> Iterator[Text]:
    """Say the benefit, and how it stands beside each plan to compare with."""
    benefit = run.manifest["benefit"]
    compared = [_beside(run, benefit, run.words(key), run.manifest[name]) for key, name in _PLANS]
    if run.broken_count:
        compared = [run.words("page_not_compared", why=run.words("no_comparison"))]
    text = run.words("page_benefit", benefit=shown(benefit, "money"), unit=run.unit)
    yield Text(run.words("page_sentence", text="".join([text, *compared])))


def _beside(run: PageRun, benefit: float, plan: str, other: float | None) -> str:
    """How much better or worse than another plan, empty where that one is not known."""
    if other is None:
        return ""
    more = round(benefit - other, 2) + 0.0
    code = "page_same" if more == 0 else "page_better" if more > 0 else "page_worse"
    if other <= 0 < more:
        code = "page_from_nothing"
    percent = shown(abs(more / other), "rate") if other else ""
    return run.words(code, plan=plan, more=shown(abs(more), "money"), percent=percent, unit=run.unit)


def _rules(run: PageRun) -> Iterator[Text]:
    rows = run.table("rules")
    hard = rows.filter(pl.col("tier").is_null())
    binding = int(hard["binding"].sum())
    if broken := run.broken_count:
        yield Text(run.words("page_rules_broken", count=f"{broken:,}"), link="clauses")
    else:
        yield Text(run.words("page_rules", count=f"{len(hard):,}", binding=f"{binding:,}"), link="clauses")
    soft = missed(rows)
    if len(soft):
        yield Text(run.words("page_soft", count=f"{len(soft):,}"), link="clauses")
    worth = run.table("marginals").filter(pl.col("gain_if_loosened") > 0)
    clauses = worth.filter(pl.col("kind") != budget.KIND)
    if len(clauses):
        best = clauses.sort("gain_if_loosened", descending=True, maintain_order=True).row(0, named=True)
        yield Text(_dearest(run, best), link="clauses")


def _dearest(run: PageRun, row: Mapping[str, Any]) -> str:
    stage = row["measured_in"]
    if stage == "benefit":
        worth, unit = run.words("page_gain_benefit"), f" {run.unit}"
    else:
        worth, unit = run.words("page_gain_other", measure=run.words(stage)), ""
    return run.words(
        "page_dearest",
        rule=rule_name(run, row),
        year=year_text(run, row["year"]),
        step=step_text(run, row["step"], row["unit"]),
        worth=worth,
        gain=shown(row["gain_if_loosened"], "worth") + unit,
    )


def _targets(run: PageRun) -> Iterator[Text]:
    states = run.table("targets")["state"].to_list()
    if states:
        met = sum(state in REACHED for state in states)
        out = states.count(OUT_OF_REACH)
        counts = {"count": len(states), "met": met, "missed": len(states) - met, "out": out}
        code = "page_targets_met" if out else "page_targets_missed"
        code = "page_all_met" if met == len(states) else code
        shown_counts = {key: f"{count:,}" for key, count in counts.items()}
        yield Text(run.words(code, **shown_counts), link="targets")


def _simulated(run: PageRun) -> Iterator[Text]:
    rows, told = run.table("simulated_targets"), run.manifest["simulation"]
    if run.planned and (more := len(rows) - len(_planned_too(run, rows))):
        yield Text(run.words("page_targets_simulated", count=more), link="targets")
    if len(rows):
        row = rows.sort("probability", maintain_order=True).row(0, named=True)
        yield Text(
            run.words(
                "page_likely",
                households=shown(told["households"], "count"),
                replications=told["replications"],
                target=run.target_name(row["target"]),
                place=run.place(row["place_id"]),
                year=row["year"],
                probability=f"{row['probability']:.0%}",
                fixed=f"{row['probability_fixed']:.0%}",
            ),
            link="targets",
        )
    if not told["precise_enough"]:
        half, wanted = (f"{100 * told[key]:.1f}" for key in ("half_width", "precision"))
        yield Text(run.words("page_imprecise", half=half, wanted=wanted), "note")
    yield _open_at_end(run)


def _planned_too(run: PageRun, rows: pl.DataFrame) -> pl.DataFrame:
    """Simulated targets that the plan can judge as well."""
    return rows.join(run.table("targets"), on=KEYS, how="semi", nulls_equal=True)


def _open_at_end(run: PageRun) -> Text:
    year = run.make.run.years[-1]
    known = at_end_of(run, year)
    figures = {key: f"{known[key]:,.1f}" for key in ("mean", "unresolved")}
    figures |= {key: f"{known[key]:,.0f}" for key in ("low", "high")}
    code = "page_open_once" if run.manifest["simulation"]["replications"] == 1 else "page_open"
    return Text(run.words(code, year=year, **figures), link="monitored")


def at_end_of(run: PageRun, year: int) -> dict[str, float]:
    """Monitored households of all places at the end of a year: mean, low, high, and unresolved on average."""
    whole = run.households.filter(
        (pl.col("place_id") == "") & (pl.col("group") == "") & (pl.col("period") == str(year))
    )
    value = {(name, kind): v for name, kind, v in whole.select("indicator", "statistic", "value").iter_rows()}
    found = {kind: value.get(("open_cases", kind), 0.0) for kind in ("mean", "low", "high")}
    return {**found, "unresolved": value.get(("unresolved", "mean"), 0.0)}


def _plans(run: PageRun) -> Table:
    """The benefit of this plan and of those to compare with."""
    compared = [("page_this_plan", "benefit"), *_PLANS]
    known = [(run.words(key), run.manifest[name]) for key, name in compared if run.manifest[name] is not None]
    own = known[0][1]
    more = [None, *(round(own - other, 2) + 0.0 for _, other in known[1:])]
    percent = [None, *(own / other - 1 if other > 0 else None for _, other in known[1:])]
    money: Format = "money"
    return Table(
        run.words("page_compared", unit=run.unit),
        [
            run.make.column("page_compared_plan", [name for name, _ in known]),
            run.make.column("benefit", [value for _, value in known], money),
            run.make.column("page_difference", more, money),
            run.make.column("page_percent", percent, "rate"),
        ],
    )
