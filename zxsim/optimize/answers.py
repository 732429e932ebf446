"""What ``explain`` is asked of a clause: which rules and funds it means, and what they cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zxsim.core.messages import nearest
from zxsim.errors import Message, UsageError
from zxsim.optimize.marginals import Marginal, marginal
from zxsim.optimize.plan import Plan
from zxsim.optimize.probes import Prober
from zxsim.optimize.reasons import Reason
from zxsim.schema.references import enabled
from zxsim.schema.scenario import Scenario


@dataclass(frozen=True)
class ClauseAnswer:
    """One rule or fund: its marginal values with ranges, and the years in which it is not at its limit."""

    record: str
    values: Sequence[Marginal]
    idle_years: Sequence[int | None]
    has_figure: bool


def records_of(scenario: Scenario, given: str) -> list[str]:
    """Ids of the rules and funds that have this id, clause or label.

    Raises
    ------
    UsageError
        There is none; names the nearest word that is known.
    """
    known: dict[str, list[str]] = {}
    records = {**{rule: scenario.rule[rule] for rule in enabled(scenario.rule)}, **scenario.fund}
    for record, spec in records.items():
        for word in {record, spec.clause, spec.label} - {""}:
            known.setdefault(word, []).append(record)
    if given in known:
        return known[given]
    raise UsageError([_unknown("explain_unknown_clause", given, sorted(known))])


def _unknown(code: str, given: str, known: Sequence[str]) -> Message:
    fields: Mapping[str, object] = {"given": given, "allowed": list(known), "nearest": nearest(given, known)}
    return Message(code, fields)


def about_clause(plan: Plan, given: str) -> list[ClauseAnswer]:
    """Solve for the marginal values of a clause with their ranges.

    Raises
    ------
    UsageError
        No rule or fund has this id, clause or label.
    """
    prober = Prober(plan.decided_model, plan.loaded.spec, plan.chain, plan.settings)
    at_limit = {(one.block.rule, one.year) for one in prober.binding()}
    found = []
    for record in records_of(plan.loaded.spec, given):
        known = _in_model(plan, record)
        own = [one for one in prober.clause_years() if one.block.rule == known]
        values = [
            value
            for one in own
            if (known, one.year) in at_limit and (value := marginal(prober, one, ranges=True)) is not None
        ]
        idle = [one.year or None for one in own if (known, one.year) not in at_limit]
        found.append(ClauseAnswer(record, values, idle, bool(own)))
    return found


def about_project(plan: Plan, given: str) -> Reason:
    """Say why a project is funded or not.

    Raises
    ------
    UsageError
        There is no such project.
    """
    for reason in plan.reasons:
        if reason.project_id == given:
            return reason
    known = [reason.project_id for reason in plan.reasons]
    raise UsageError([_unknown("explain_unknown_project", given, known)])


def _in_model(plan: Plan, record: str) -> str:
    """Id by which the model knows a rule or fund: that of its class, where a fund has others like it."""
    layout = plan.model.layout
    return layout.funds[layout.fund_position[record]].fund_id if record in layout.fund_position else record
