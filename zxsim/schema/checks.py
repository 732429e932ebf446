"""Checks that need the whole scenario: rules that fit their funds, targets that have their data."""

from collections.abc import Iterator

import numpy as np

from zxsim.core.layout import Layout
from zxsim.core.messages import Faults
from zxsim.effects.coverage import Coverage
from zxsim.errors import Message
from zxsim.indicators import BUILT_IN, SIMULATED
from zxsim.schema.household_checks import note_simulated_places
from zxsim.schema.references import enabled
from zxsim.schema.scenario import Scenario
from zxsim.schema.source import Source
from zxsim.schema.target_checks import indicator_of, target_faults


def note_model_faults(
    scenario: Scenario, layout: Layout, source: Source, faults: Faults, warnings: list[Message]
) -> None:
    """Note what is wrong with rules, effects and targets taken together with the tables."""
    for section, records in (("rule", scenario.rule), ("effect", scenario.effect)):
        for record in enabled(records):
            for key, code, fields in records[record].faults(layout):
                faults.add(source.message(code, (section, record, key), **fields))
    for target_id in enabled(scenario.target):
        for path, code, fields in target_faults(scenario.target[target_id], scenario, layout):
            faults.add(source.message(code, ("target", target_id, *path), **fields))
    for fund_id, fund in scenario.fund.items():
        _check_earmarks(fund_id, fund.per_place, layout, source, faults)
    note_simulated_places(scenario, layout, source, faults, warnings)
    _check_worth(scenario, layout, source, faults, warnings)
    if len(faults):  # an effect may name a column that there is not
        return
    warnings += _idle_funds(layout, source)
    warnings += _too_many_heads(scenario, layout, source)


def _idle_funds(layout: Layout, source: Source) -> Iterator[Message]:
    """Warn of money that no project of the library may take."""
    some = np.unique(layout.column_fund[:10_000])  # nearly always settles it without looking at all columns
    for i, fund in enumerate(layout.funds):
        if fund.total.any() and i not in some and i not in layout.column_fund:
            yield source.message("fund_pays_nothing", ("fund", fund.fund_id))


def _too_many_heads(scenario: Scenario, layout: Layout, source: Source) -> Iterator[Message]:
    """Warn of projects that say to serve more heads than their places have."""
    for effect_id in enabled(scenario.effect):
        effect = scenario.effect[effect_id]
        if not isinstance(effect, Coverage):
            continue
        indicator = indicator_of(scenario, effect.indicator)
        living = indicator.recipients(layout)[layout.part_place]
        known = np.bincount(layout.part_project, living, len(layout.projects))  # NaN where one is not given
        paid = effect.chosen(layout) & (layout.project_cost > 0)
        more = np.flatnonzero(paid & (effect.heads_of(layout) > known * (1 + 1e-9)))
        if len(more):
            names = [layout.project_ids[i] for i in more[:10]]
            yield source.message(
                "more_heads_than_live_there", ("effect", effect_id), projects=names, count=len(more)
            )


def _check_earmarks(
    fund_id: str, per_place: tuple[str, ...] | None, layout: Layout, source: Source, faults: Faults
) -> None:
    """Refuse one earmark inside another: the same money could be counted for both."""
    if per_place is None:
        return
    positions = layout.place_positions(per_place)
    if len(layout.places.owners(positions)) < 2:  # noqa: PLR2004 (one group: no two can be nested)
        return
    for place in positions:
        above = layout.places.parent[place]
        while above >= 0:
            if above in positions:
                ids = layout.places.ids
                fields = {"inner": ids[place], "outer": ids[above]}
                faults.add(source.message("earmarks_nested", ("fund", fund_id, "per_place"), **fields))
            above = layout.places.parent[above]


def _check_worth(
    scenario: Scenario, layout: Layout, source: Source, faults: Faults, warnings: list[Message]
) -> None:
    """Check that the benefit has its data, and say where a stated worth is not used."""
    if scenario.benefit.source == "own":
        gaps = layout.projects["benefit"].null_count()
        if gaps == len(layout.projects):
            faults.add(source.message("own_benefit_missing", ("benefit", "source")))
        elif gaps:
            warnings.append(source.message("own_benefit_gaps", ("benefit", "source"), count=gaps))
        return
    targeted = {scenario.target[t].indicator for t in enabled(scenario.target)}
    for indicator_id in scenario.benefit.coverage_yuan:
        path = ("benefit", "coverage_yuan", indicator_id)
        if indicator_id in SIMULATED:
            faults.add(source.message("cases_have_no_worth", path, given=indicator_id))
        elif indicator_id in BUILT_IN:
            faults.add(source.message("income_has_worth", path))
        elif indicator_id in targeted:
            warnings.append(source.message("worth_unused", path, given=indicator_id))
        else:
            _check_worth_data(indicator_id, scenario, layout, source, faults)


def _check_worth_data(
    indicator_id: str, scenario: Scenario, layout: Layout, source: Source, faults: Faults
) -> None:
    """Coverage with a stated worth needs its baseline wherever a project serves it."""
    indicator = indicator_of(scenario, indicator_id)
    served = np.zeros(len(layout.places), dtype=np.bool_)
    for effect_id in enabled(scenario.effect):
        effect = scenario.effect[effect_id]
        if effect.moves == indicator_id:
            served[layout.column_place[layout.columns_of(projects=effect.chosen(layout))]] = True
    for column in indicator.columns(indicator_id):
        empty = np.flatnonzero(served & np.isnan(layout.place_numbers(column)))
        if len(empty):
            fields = {
                "column": column,
                "places": [layout.places.ids[i] for i in empty[:10]],
                "count": len(empty),
            }
            path = ("benefit", "coverage_yuan", indicator_id)
            faults.add(source.message("place_cell_missing", path, **fields))
