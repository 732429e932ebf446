"""Checks across records: every id and category that is named exists, with the nearest one named."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from zxsim.core.causes import OWN_CAUSES
from zxsim.core.messages import Faults, unknown_fields
from zxsim.core.rulespec import Scoped
from zxsim.core.spec import Spec
from zxsim.indicators import BUILT_IN, SIMULATED
from zxsim.schema.byyear import EVERY_YEAR
from zxsim.schema.insurance import Insurance
from zxsim.schema.measure import Measure
from zxsim.schema.scenario import CATEGORIES, Scenario
from zxsim.schema.source import Source

Path = tuple[str, ...]


class References:
    """Looks names up in what the scenario declares and notes those that are not there."""

    def __init__(
        self,
        source: Source,
        faults: Faults,
        places: Mapping[str, str] | None,
        projects: pl.Series | None,
        subcategories: Iterable[str] | None,
    ) -> None:
        """Take the declared names; ``places`` maps id to level, ``projects`` are ids; ``None``: broken.

        What refers to a table that could not be read is not looked up: it is no fault of its own.
        """
        self._source, self._faults = source, faults
        declared = source.data
        # A place without a level is told of where it stands; a whole file of them names none.
        self._levels = None if places is None else {level for level in places.values() if level}
        self._projects = projects
        self._names_of: dict[str, set[str] | None] = {
            "unknown_place": None if places is None else set(places),
            "unknown_fund": set(declared.get("fund", {})),
            "unknown_indicator": set(declared.get("indicator", {})) | set(BUILT_IN),
            "unknown_category": None if subcategories is None else {*CATEGORIES, *subcategories},
        }

    def check(self, scenario: Scenario) -> None:
        """Check every record of a scenario."""
        for fund, spec in scenario.fund.items():
            self._names("unknown_place", ("fund", fund, "per_place"), spec.per_place)
            self._names("unknown_place", ("fund", fund, "places"), spec.places)
            self._names("unknown_category", ("fund", fund, "categories"), spec.categories)
            self._names("unknown_category", ("fund", fund, "not_categories"), spec.not_categories)
            self._years(
                ("fund", fund, "amount_wan"), [y for y in spec.amount_wan if y != EVERY_YEAR], scenario
            )
        if scenario.decided_through is not None:
            self._years(("decided_through",), [scenario.decided_through], scenario)
        for rule, kind in scenario.rule.items():
            self._scope(("rule", rule), kind)
            self._names("unknown_fund", ("rule", rule, "funds"), kind.funds)
            for key, code in (("categories", "unknown_category"), ("projects", "unknown_project")):
                self._names(code, ("rule", rule, key), getattr(kind, key, None))
            self._years(("rule", rule, "years"), kind.years or (), scenario)
        for effect, spec_of in scenario.effect.items():
            self._names("unknown_project", ("effect", effect, "projects"), spec_of.projects)
            self._names("unknown_category", ("effect", effect, "categories"), spec_of.categories)
            self._names("unknown_indicator", ("effect", effect, "indicator"), [spec_of.moves])
        for target, wanted in scenario.target.items():
            self._scope(("target", target), wanted)
            self._names("unknown_indicator", ("target", target, "indicator"), [wanted.indicator])
            self._years(("target", target, "years"), wanted.years or (), scenario)
            self._names("unknown_place", ("target", target, "than"), wanted.than and (wanted.than,))
        self._names("unknown_indicator", ("benefit", "coverage_yuan"), list(scenario.benefit.coverage_yuan))
        self._simulation(scenario)
        for indicator in scenario.indicator:
            if indicator in BUILT_IN:
                self._faults.add(
                    self._source.message("indicator_built_in", ("indicator", indicator), given=indicator)
                )

    def _simulation(self, scenario: Scenario) -> None:
        """Check what pays for measures and premiums, the causes of measures, and the years of the line."""
        payers = [(("measure", measure), spec) for measure, spec in scenario.measure.items()]
        known = {*self._source.data.get("shock", {}), *OWN_CAUSES}
        for path, measure in payers:
            self._payers(path, measure)
            for cause in measure.causes or ():
                if cause not in known:
                    where = self._source.message("", (*path, "causes"))
                    self._faults.unknown("unknown_cause", cause, known, where)
        if scenario.insurance is not None:
            self._payers(("insurance",), scenario.insurance)
        for shock in scenario.shock:
            if shock in OWN_CAUSES:
                self._faults.add(
                    self._source.message("shock_named_like_cause", ("shock", shock), given=shock)
                )
        if scenario.procedure is not None:
            line = sorted(year for year in scenario.procedure.line_yuan if year != EVERY_YEAR)
            self._years(("procedure", "line_yuan"), line, scenario)

    def _payers(self, path: Path, spec: Measure | Insurance) -> None:
        self._names("unknown_project", (*path, "projects"), spec.projects)
        self._names("unknown_category", (*path, "categories"), spec.categories)

    def _scope(self, path: Path, spec: Scoped) -> None:
        self._names("unknown_place", (*path, "places"), spec.places)
        if spec.each is not None and self._levels is not None and spec.each not in self._levels:
            where = (*path, "each")
            found = sorted(self._levels)
            self._faults.add(self._source.message("no_place_of_level", where, given=spec.each, allowed=found))

    def _names(self, code: str, path: Path, names: Sequence[str] | None) -> None:
        known = self._known(code) if names else None
        for name in names or ():
            if known is not None and name not in known:
                self._faults.add(self._source.message(code, path, **unknown_fields(name, known)))
        if names is not None and len(set(names)) < len(names):
            self._faults.add(self._source.message("name_twice", path, given=", ".join(names)))

    def _known(self, code: str) -> set[str] | None:
        """Names that are known; those of the projects are gathered when a record names one."""
        if code == "unknown_project" and code not in self._names_of and self._projects is not None:
            self._names_of[code] = set(self._projects.drop_nulls().to_list())
        return self._names_of.get(code)

    def _years(self, path: Path, years: Iterable[int], scenario: Scenario) -> None:
        first, last = scenario.years
        listed = list(years)
        for year in sorted({y for y in listed if not first <= y <= last}):
            fields = {"given": year, "first": first, "last": last}
            self._faults.add(self._source.message("year_outside_horizon", path, **fields))
        if path[0] != "fund" and listed and listed[0] > listed[-1]:
            self._faults.add(self._source.message("years_reversed", path, given=listed))


def planned_targets(scenario: Scenario) -> list[str]:
    """Ids of the targets that a plan is made for, sorted; those that only a simulation knows are left out."""
    return [name for name in enabled(scenario.target) if scenario.target[name].indicator not in SIMULATED]


def simulated_targets(scenario: Scenario) -> list[str]:
    """Ids of the targets that only a simulation knows, sorted."""
    return [name for name in enabled(scenario.target) if scenario.target[name].indicator in SIMULATED]


def enabled(records: Mapping[str, Spec]) -> list[str]:
    """Ids of the records that are not switched off, sorted."""
    return sorted(record for record, spec in records.items() if getattr(spec, "enabled", True))
