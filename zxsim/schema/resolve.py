"""Filling in what a scenario leaves open: places of a level, all funds, the horizon's years."""

from typing import TypeVar

from zxsim.core.messages import Faults
from zxsim.core.places import PlaceTree
from zxsim.core.rulespec import Scoped
from zxsim.core.spec import Figure, Positive
from zxsim.schema.byyear import EVERY_YEAR
from zxsim.schema.procedure import Procedure
from zxsim.schema.scenario import Scenario
from zxsim.schema.source import Source
from zxsim.schema.target import KEYS, WITH_PARENT, Target
from zxsim.schema.target_checks import indicator_of

S = TypeVar("S", bound=Scoped)


def resolved(scenario: Scenario, places: PlaceTree, source: Source, faults: Faults) -> Scenario:
    """Return the scenario with every selector of rules and targets expanded to ids and years."""
    funds = tuple(sorted(scenario.fund))
    rules = {
        rule_id: _scoped(rule, places).model_copy(
            update={
                "funds": tuple(sorted(rule.funds)) if rule.funds else funds,
                "years": rule.years or scenario.years,
            }
        )
        for rule_id, rule in sorted(scenario.rule.items())
    }
    targets = {}
    for target_id, target in sorted(scenario.target.items()):
        years = target.years or (scenario.years[1], scenario.years[1])
        scoped = _scoped(_at_top(target_id, target, places, source, faults), places)
        targets[target_id] = _compared(scoped.model_copy(update={"years": years}), scenario, places)
    update = {"rule": rules, "target": targets, "procedure": _by_year(scenario), "place": {}, "project": {}}
    return scenario.model_copy(update=update)


def _by_year(scenario: Scenario) -> Procedure | None:
    """State the line of every year of the horizon."""
    procedure = scenario.procedure
    if procedure is None or EVERY_YEAR not in procedure.line_yuan:
        return procedure
    first, last = scenario.years
    everywhere = procedure.line_yuan[EVERY_YEAR]
    line = {year: procedure.line_yuan.get(year, everywhere) for year in range(first, last + 1)}
    return procedure.model_copy(update={"line_yuan": line})


def _compared(target: Target, scenario: Scenario, places: PlaceTree) -> Target:
    """State what a relation compares with: margin, base year, and the parent where all have the same."""
    update: dict[str, object] = {"value": target.value or Figure(value=target.number)}
    if target.margin is None and target.relation in KEYS["margin"]:
        update["margin"] = Positive(value=indicator_of(scenario, target.indicator).margin)
    if target.base_year is None and target.relation in KEYS["base_year"]:
        update["base_year"] = scenario.years[0] - 1
    if target.than is None and target.relation in WITH_PARENT:
        above = {int(places.parent[places.position[place]]) for place in target.places or ()}
        if len(above) == 1 and min(above) >= 0:
            update["than"] = places.ids[above.pop()]
    return target.model_copy(update=update)


def _scoped(spec: S, places: PlaceTree) -> S:
    if spec.each is None:
        return spec if spec.places is None else spec.model_copy(update={"places": tuple(sorted(spec.places))})
    ids = tuple(places.ids[i] for i in places.of_level(spec.each))
    return spec.model_copy(update={"places": ids, "each": None})


def _at_top(target_id: str, target: Target, places: PlaceTree, source: Source, faults: Faults) -> Target:
    """Put a target without places at the one top place; several tops leave it open."""
    if target.places is not None or target.each is not None:
        return target
    tops = [places.ids[i] for i in places.tops]
    if len(tops) > 1 and target.enabled:
        faults.add(source.message("target_without_place", ("target", target_id), allowed=tops[:10]))
    return target.model_copy(update={"places": (tops[0],)})
