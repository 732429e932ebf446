"""Marginal values: by hand, on a degenerate case, and against solving from scratch on both sides."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from tests import strategies
from tests.scenarios import Case, fund, loaded, planned, project
from zxsim.core.layout import FloatArray
from zxsim.core.program import Program, Triplets
from zxsim.core.rows import RuleRows
from zxsim.errors import ConflictError
from zxsim.optimize.build import Model, build
from zxsim.optimize.integer import best_chain
from zxsim.optimize.marginals import Marginal, marginal, marginals
from zxsim.optimize.probes import NOT_MEASURED, Prober
from zxsim.optimize.solution import Solution, SolverSettings
from zxsim.optimize.stages import Stages
from zxsim.schema.scenario import Scenario

INDUSTRY, BUILDING = "产业发展", "乡村建设行动"
TWO = Case(
    {"f": fund(100)},
    [project("A", 60, benefit=120), project("B", 200, BUILDING, benefit=200)],
)
"""A is worth 2 a 万元 and takes 60, B is worth 1."""


def of(case: Case, rule: str, *, ranges: bool = False) -> Marginal:
    """The only marginal value of a rule or fund."""
    plan = planned(case)
    prober = Prober(plan.model, plan.loaded.spec, plan.chain, SolverSettings())
    (one,) = (one for one in prober.clause_years() if one.block.rule == rule)
    found = marginal(prober, one, ranges=ranges)
    assert found is not None
    return found


def test_a_fund_is_worth_its_next_project() -> None:
    """60 to A, 40 to B: one 万元 more or less goes to B, up to 160 more and 40 less."""
    found = of(TWO, "f", ranges=True)
    assert found.gain == pytest.approx(1)
    assert found.loss == pytest.approx(1)
    assert (found.step, found.unit, found.measured_in) == (1, "wan", "benefit")
    assert found.until == pytest.approx(160, rel=0.05)
    assert found.until_tight == pytest.approx(40, rel=0.05)


def test_a_degenerate_fund_gains_and_loses_differently() -> None:
    """60 万元 pay A exactly: the next one goes to B for 1, the last one is A's for 2."""
    found = of(TWO.but(funds={"f": fund(60)}), "f", ranges=True)
    assert found.gain == pytest.approx(1)
    assert found.loss == pytest.approx(2)
    assert found.until_tight == pytest.approx(60)


def test_a_share_costs_what_the_money_would_bring_elsewhere() -> None:
    """A floor of 70% for building moves 1 万元 a point from A to B: one point costs 1."""
    rule = {"kind": "category_share", "categories": [BUILDING], "at_least": 0.7}
    for of_what in ("fund", "spent"):
        found = of(TWO.but(rules={"x": {**rule, "of": of_what}}), "x", ranges=True)
        assert (found.step, found.unit) == (0.01, "share")
        assert found.gain == pytest.approx(1)
        assert found.loss == pytest.approx(1)
        assert found.until == pytest.approx(0.3, rel=0.05)
        assert found.until_tight == pytest.approx(0.3, rel=0.05)


def test_a_clause_that_cannot_be_tightened_says_so() -> None:
    """B alone can be paid in full and its floor is all the money: a point more is no plan; 100% is an end."""
    case = Case({"f": fund(10)}, [project("B", 9, BUILDING, benefit=1), project("A", 9, benefit=9)])
    rule = {"kind": "category_share", "categories": [BUILDING], "at_least": 0.9}
    found = of(case.but(rules={"x": rule}), "x")
    assert (found.loss, found.mark) == (None, "infeasible")
    assert found.gain == pytest.approx(0.1 * (1 - 1 / 9), abs=1e-6)
    found = of(TWO.but(rules={"x": {**rule, "at_least": 1}}), "x")
    assert (found.loss, found.mark) == (None, "limit")
    assert found.gain == pytest.approx(1)


def test_a_floor_below_one_wan_moves_by_what_it_has() -> None:
    """A floor of 0.3 万元 can be loosened by 0.3 only, and the row says so."""
    case = TWO.but(rules={"x": {"kind": "place_floor", "at_least_wan": 0.3, "categories": [BUILDING]}})
    found = of(case.but(funds={"f": fund(50)}), "x")
    assert [found.step, found.gain, found.loss] == pytest.approx([0.3, 0.3, 0.3])


def test_loosening_shows_in_the_tier_that_it_helps_first() -> None:
    """A cap keeps water from the village: a point more serves the target before any benefit is counted."""
    case = Case(
        {"f": fund(100)},
        [project("A", 200, benefit=400), project("W", 100, BUILDING, beneficiary_persons=100, benefit=0)],
        places=[{"id": "v", "name": "村", "level": "village", "population": 100}],
        rules={"cap": {"kind": "category_share", "categories": [BUILDING], "at_most": 0.4}},
        targets={"w": {"indicator": "w", "places": ["v"], "relation": ">=", "value": 1, "tier": 1}},
        **strategies.WATER,
    )
    case = case.but(places=[{**case.places[0], "base_w": 0}])
    found = of(case, "cap")
    assert (found.measured_in, found.measured_in_tight) == ("tier1", "tier1")
    assert found.gain == pytest.approx(0.01)
    assert found.loss == pytest.approx(0.01)


def test_tightening_may_break_a_tier_that_missed_nothing() -> None:
    """At 50% served exactly as asked, a point less of building misses the target; a point more is idle."""
    case = Case(
        {"f": fund(100)},
        [project("A", 200, benefit=400), project("W", 100, BUILDING, beneficiary_persons=100, benefit=0)],
        places=[{"id": "v", "name": "村", "level": "village", "population": 100, "base_w": 0}],
        rules={"cap": {"kind": "category_share", "categories": [BUILDING], "at_most": 0.5}},
        targets={"w": {"indicator": "w", "places": ["v"], "relation": ">=", "value": 0.5, "tier": 1}},
        **strategies.WATER,
    )
    found = of(case, "cap")
    assert (found.gain, found.measured_in) == (0, "")
    assert found.loss == pytest.approx(0.02)
    assert found.measured_in_tight == "tier1"


def test_a_stage_that_does_not_feel_a_clause_is_not_solved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """B, worth less, is out whatever its cap: no solve for that. Money is felt by the benefit."""
    solved, minimise = [], Stages.minimise

    def watched(stages: Stages, name: str, cost: FloatArray) -> Solution:
        solved.append(name)
        return minimise(stages, name, cost)

    case = TWO.but(
        funds={"f": fund(50)},
        rules={"cap": {"kind": "category_share", "categories": [BUILDING], "at_most": 0.5}},
    )
    plan = planned(case)
    prober = Prober(plan.model, plan.loaded.spec, plan.chain, SolverSettings())
    monkeypatch.setattr(Stages, "minimise", watched)
    answers = {one.block.rule: prober.answer(one, 1) for one in prober.clause_years()}
    assert (answers["cap"].better, answers["f"].stage) == (0, "benefit")
    assert solved == ["benefit"]


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(strategies.cases())
def test_marginal_values_are_those_of_solving_from_scratch(case: Case) -> None:
    """Build the changed rows by hand and run the whole chain cold: the same stage changes by the same."""
    found = loaded(case)
    model = build(found.spec, found.layout)
    try:
        chain = best_chain(model, SolverSettings())
    except ConflictError:
        assume(False)  # noqa: FBT003 (hypothesis)
    values = marginals(model, found.spec, chain, SolverSettings())
    base = {name: answer.value for name, answer in chain.answers.items()}
    for value in values[:6]:
        for sign in (1, -1):
            _compare(value, sign, base, _from_scratch(model, found.spec, value, sign))


def _compare(value: Marginal, sign: int, base: dict[str, float], after: dict[str, float] | None) -> None:
    stage = value.measured_in if sign > 0 else value.measured_in_tight
    better = value.gain if sign > 0 else None if value.loss is None else -value.loss
    if better is None:
        assert after is None or value.mark == "limit"
        return
    assert after is not None
    for name in (name for name in base if name not in NOT_MEASURED):
        if name == stage:
            assert base[name] - after[name] == pytest.approx(better, rel=1e-5, abs=1e-6)
            return
        assert after[name] == pytest.approx(base[name], rel=1e-6, abs=2e-5)


def _from_scratch(model: Model, spec: Scenario, value: Marginal, sign: int) -> dict[str, float] | None:
    """Values of all stages with the rows of the clause and year taken from the changed rule."""
    program = model.program
    for block, at in zip(model.rules, model.positions, strict=False):
        if (block.rule, block.kind) == (value.rule, value.kind):
            assert isinstance(block, RuleRows)
            rows = np.flatnonzero(block.year == (value.year or 0))
            program = _replaced(program, _changed_block(model, spec, block, value, sign), rows, at[rows])
    try:
        return {
            n: a.value
            for n, a in best_chain(replace(model, program=program), SolverSettings()).answers.items()
        }
    except ConflictError:
        return None


def _changed_block(model: Model, spec: Scenario, block: RuleRows, value: Marginal, sign: int) -> RuleRows:
    if block.kind == "budget":
        units = sign * round(value.step * 100)
        return replace(block, bound=np.array([bound + units for bound in block.bound], dtype=object))
    rule = spec.rule[block.rule]
    loosened = rule.loosened(sign * round(value.step / float(rule.grid[0])))
    assert loosened is not None
    (rows,) = loosened.rows(block.rule, model.layout)
    assert isinstance(rows, RuleRows)
    return rows


def _replaced(program: Program, block: RuleRows, local: Any, at: Any) -> Program:
    dense = program.matrix.toarray()
    fresh = np.zeros((len(block), dense.shape[1]))
    values = Triplets(block.row, block.column, block.program_values())
    np.add.at(fresh, (values.row, values.column), values.value)
    dense[at] = fresh[local]
    lower, upper = program.row_lower.copy(), program.row_upper.copy()
    low, high = block.program_bounds()
    lower[at], upper[at] = low[local], high[local]
    matrix = type(program.matrix)(dense)
    return replace(program, matrix=matrix, row_lower=lower, row_upper=upper)


def test_at_most_twenty_clause_years_the_costliest_first() -> None:
    """Thirty funds that bind: the twenty whose money is worth most, in that order."""
    years = (2021, 2030)
    names = {"a": (INDUSTRY, 3), "b": (BUILDING, 2), "c": ("就业项目", 1)}
    case = Case(
        {name: fund(10, categories=[category]) for name, (category, _) in names.items()},
        [
            project(name.upper(), 500, category, benefit=500 * worth)
            for name, (category, worth) in names.items()
        ],
        years=years,
    )
    values = planned(case).marginals
    assert len(values) == 20
    assert [value.rule for value in values] == ["a"] * 10 + ["b"] * 10
    assert [value.gain for value in values] == pytest.approx([3.0] * 10 + [2.0] * 10)


def test_a_library_of_which_nothing_may_be_paid_has_marginal_values() -> None:
    """There is no column of money at all: the rule of 0 binds, and nothing keeps one above it."""
    progress = {"kind": "payment_progress", "funds": ["f"], "shares": {2021: 0}}
    case = Case({"f": fund(20)}, [project("P", 1, forbidden="true", benefit=1)], rules={"paid": progress})
    (found,) = planned(case).marginals
    assert (found.rule, found.gain, found.loss, found.mark) == ("paid", None, None, "infeasible")
