"""Filling in what a scenario leaves open: places of a level, all funds, the horizon's years."""

from typing import TypeVar

from zxsim.core.messages import Faults
from zxsim.core.places import PlaceTree
from zxsim.core.rulespec import Scoped
from zxsim.schema.scenario import Scenario, Target
from zxsim.schema.source import Source

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
        targets[target_id] = scoped.model_copy(update={"years": years})
    return scenario.model_copy(update={"rule": rules, "target": targets, "place": {}, "project": {}})


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
