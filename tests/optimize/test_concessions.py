"""Thirty planted conflicts: each named, irreducible, and mended by each concession and by no smaller one."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings

from tests import strategies
from tests.scenarios import VILLAGE, Case, fund, loaded, project
from zxsim.optimize.build import build, rule_blocks
from zxsim.optimize.clauses import clauses_of
from zxsim.optimize.concessions import Concession, Menu, most_steps, smallest
from zxsim.optimize.conflicts import Conflicts, irreducible
from zxsim.optimize.highs import LinearSolver
from zxsim.optimize.impossible import conflict_messages
from zxsim.optimize.rulerows import program_bounds
from zxsim.optimize.solution import Face, SolverSettings, Status
from zxsim.schema.load import Loaded

INDUSTRY, BUILDING, JOBS = "产业发展", "乡村建设行动", "就业项目"
Rules = Mapping[str, Mapping[str, Any]]
Money = Mapping[int, int]
AMPLE: Money = {2021: 100, 2022: 100, 2023: 100}
PLACES = [
    {"id": "t", "name": "镇", "level": "town"},
    {"id": "a", "name": "甲村", "level": "village", "parent": "t"},
    {"id": "b", "name": "乙村", "level": "village", "parent": "t"},
]


def share(categories: str | list[str], **limit: object) -> dict[str, object]:
    """Return a share rule, over the money held unless told otherwise."""
    names = [categories] if isinstance(categories, str) else categories
    return {"kind": "category_share", "categories": names, **limit}


def floor(wan: object, **keys: object) -> dict[str, object]:
    """Return a place floor."""
    return {"kind": "place_floor", "at_least_wan": wan, **keys}


def county(rules: Rules, money: Money = AMPLE, required: Mapping[str, int] | None = None) -> Case:
    """A town of two villages with 500 万元 of each category in each, innocent rules, and what is planted."""
    rows = [
        project(f"{category[0]}{place}", 500, category, place, benefit=1)
        for category in (INDUSTRY, BUILDING, JOBS)
        for place in ("a", "b")
    ]
    rows += [project(name, cost, place="a", required="true") for name, cost in (required or {}).items()]
    innocent: Rules = {
        "fee": share("项目管理费", at_most=0.01),
        "little": floor(1),
        "mild": share(JOBS, at_least=0.01, years=[2023, 2023]),
    }
    return Case({"city": fund(money)}, rows, (2021, 2023), PLACES, rules={**innocent, **rules})


CITY = "[fund.city]"
PLANTED: Mapping[str, tuple[Case, list[set[str]]]] = {
    **{
        f"floor {wan}": (county({"x": floor(wan)}), [{"[rule.x]", CITY}])
        for wan in (101, Decimal("100.01"), 170)
    },
    **{
        f"villages {wan}": (county({"x": floor(wan, each="village")}), [{"[rule.x]", CITY}])
        for wan in (51, Decimal("50.01"))
    },
    "period": (county({"x": floor(160, each="village", per="period")}), [{"[rule.x]", CITY}]),
    **{
        f"one poor year {wan}": (
            county({"x": floor(40)}, {2021: 100, 2022: wan, 2023: 100}),
            [{"[rule.x]", CITY}],
        )
        for wan in (7, 39)
    },
    **{
        f"floor and cap {most}": (
            county({"x": share(INDUSTRY, at_least=0.6), "y": share(INDUSTRY, at_most=most)}),
            [{"[rule.x]", "[rule.y]"}],
        )
        for most in (0.2, 0.55, 0.5999)
    },
    **{
        f"shares of money spent {most}": (
            county(
                {
                    "x": share(INDUSTRY, at_least=0.5, of="spent"),
                    "y": share([INDUSTRY, BUILDING], at_most=most, of="spent"),
                    "z": floor(20, years=[2022, 2022]),
                    "little": floor(0),
                }
            ),
            [{"[rule.x]", "[rule.y]", "[rule.z]"}],
        )
        for most in (0.3, 0.45)
    },
    **{
        f"rise {step}": (
            county(
                {
                    "x": {"kind": "rising_share", "categories": [INDUSTRY], "start": 0.5, "step": step},
                    "y": share(INDUSTRY, at_most=0.52, years=[2023, 2023]),
                }
            ),
            [{"[rule.x]", "[rule.y]"}],
        )
        for step in (0.02, 0.1)
    },
    "path": (
        county(
            {
                "x": {
                    "kind": "rising_share",
                    "categories": [INDUSTRY],
                    "of": "spent",
                    "path": {2021: 0.3, 2023: 0.6},
                },
                "y": share(INDUSTRY, at_most=0.5, years=[2023, 2023]),
                "z": floor(90),
            }
        ),
        [{"[rule.x]", "[rule.y]", "[rule.z]"}],
    ),
    **{
        f"two floors {least}": (
            county({"x": share(INDUSTRY, at_least=0.6), "y": share(BUILDING, at_least=least)}),
            [{"[rule.x]", "[rule.y]", CITY}],
        )
        for least in (0.41, 0.7)
    },
    **{
        f"floor and two caps {wan}": (
            county(
                {
                    "x": floor(wan),
                    "y": share(INDUSTRY, at_most=0.3),
                    "z": share([BUILDING, JOBS], at_most=0.4),
                }
            ),
            [{"[rule.x]", "[rule.y]", "[rule.z]"}],
        )
        for wan in (71, 90)
    },
    **{
        f"three floors {least}": (
            county(
                {
                    "x": share(INDUSTRY, at_least=least),
                    "y": share(BUILDING, at_least=0.3),
                    "z": share(JOBS, at_least=0.4),
                }
            ),
            [{"[rule.x]", "[rule.y]", "[rule.z]", CITY}],
        )
        for least in (0.31, 0.5)
    },
    "floor and three caps": (
        county(
            {
                "w": floor(85),
                "x": share(INDUSTRY, at_most=0.3),
                "y": share(BUILDING, at_most=0.3),
                "z": share(JOBS, at_most=0.2),
            }
        ),
        [{"[rule.w]", "[rule.x]", "[rule.y]", "[rule.z]"}],
    ),
    **{
        f"required {cost}": (
            county({}, required={"R": cost}),
            [{"projects.csv R required", CITY}],
        )
        for cost in (301, 400)
    },
    "two required": (
        county({}, required={"R": 200, "S": 150}),
        [{"projects.csv R required", "projects.csv S required", CITY}],
    ),
    "required and a cap": (
        county({"x": share(INDUSTRY, at_most=0.2)}, required={"R": 80}),
        [{"projects.csv R required", "[rule.x]"}],
    ),
    **{
        f"two apart {wan}": (
            county(
                {
                    "x": share(INDUSTRY, at_least=0.4),
                    "y": share(INDUSTRY, at_most=0.3),
                    "z": floor(wan, each="village"),
                }
            ),
            [{"[rule.x]", "[rule.y]"}, {"[rule.z]", CITY}],
        )
        for wan in (55, 80)
    },
    "two apart, of three each": (
        county(
            {
                "u": share(INDUSTRY, at_least=0.7, years=[2021, 2021]),
                "v": share(BUILDING, at_least=0.7, years=[2021, 2021]),
                "x": floor(90, years=[2022, 2022]),
                "y": share(INDUSTRY, at_most=0.3, years=[2022, 2022]),
                "z": share([BUILDING, JOBS], at_most=0.4, years=[2022, 2022]),
            }
        ),
        [{"[rule.u]", "[rule.v]", CITY}, {"[rule.x]", "[rule.y]", "[rule.z]"}],
    ),
}


def test_there_are_thirty_of_them() -> None:
    """Of two, three and four clauses, and two conflicts apart."""
    assert len(PLANTED) >= 30
    sizes = {len(one) for _, sets in PLANTED.values() for one in sets}
    assert {2, 3, 4} <= sizes


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_conflict_is_named_and_each_concession_is_the_smallest(name: str) -> None:
    """The sets are the planted ones; a concession makes the rest possible, one grid unit less does not."""
    case, expected = PLANTED[name]
    found = loaded(case)
    named = check(found)
    assert sorted(named, key=sorted) == sorted(expected, key=sorted)


@settings(max_examples=40)
@given(strategies.cases())
def test_concessions_of_any_conflict_are_the_smallest(case: Case) -> None:
    """The same for scenarios that nobody planned."""
    found = loaded(case)
    model = build(found.spec, found.layout)
    assume(not Conflicts(model, found.spec, SolverSettings()).can_keep(clauses_of(model, found.spec)))
    check(found)
    conflict_messages(model, found.spec, SolverSettings())


def check(found: Loaded) -> list[set[str]]:
    """Check every concession by building the scenario anew; return the names in each set."""
    model = build(found.spec, found.layout)
    conflicts = Conflicts(model, found.spec, SolverSettings())
    cores = [conflicts.refined(clauses) for clauses in conflicts.sets()]
    menu = Menu(model, found.spec, SolverSettings(), conflicts)
    for core in cores:
        others = {clause.name for other in cores if other is not core for clause in other.clauses}
        for concession in menu.of(core, [other for other in cores if other is not core]):
            if concession.way == "not_enough":
                assert not kept(found, concession, None, others)
            elif concession.way == "drop":
                assert kept(found, concession, None, others)
            else:
                assert kept(found, concession, concession.steps, others)
                assert not kept(found, concession, concession.steps - 1, others)
    return [{clause.name for clause in core.clauses} for core in cores]


def kept(found: Loaded, concession: Concession, steps: int | None, others: set[str]) -> bool:
    """Whether a plan keeps all but ``others`` with the clause loosened by hand (``None``: dropped)."""
    spec, layout = found.spec, found.layout
    record, way = concession.clause.record, concession.way
    if way == "rule" and steps is not None:
        spec = spec.model_copy(update={"rule": {**spec.rule, record: spec.rule[record].loosened(steps)}})
    model = build(spec, layout)
    program = model.program
    if way.startswith("money") and steps is not None:
        program = _with_money(found, concession, steps)
    face = Face.of(program)
    for clause in clauses_of(model, spec):
        if clause.name in others or (steps is None and clause.name == concession.clause.name):
            face.row_lower[clause.rows], face.row_upper[clause.rows] = -np.inf, np.inf
        if way == "required" and steps is not None and clause.name == concession.clause.name:
            face.row_lower[clause.rows] = -np.inf
    solver = LinearSolver(program, SolverSettings())
    if way == "required" and steps is not None:
        return _pays(found, solver, face, record) >= _cost(found, record) - steps - 1e-4
    return solver.status(np.zeros(len(face.column_lower)), face) is not Status.INFEASIBLE


def _cost(found: Loaded, record: str) -> int:
    return int(found.layout.project_cost[found.layout.project_ids.index(record)])


def _pays(found: Loaded, solver: LinearSolver, face: Face, record: str) -> float:
    """Most units that a project can get over a face."""
    own = found.layout.column_project == found.layout.project_ids.index(record)
    cost = np.zeros(len(face.column_lower))
    cost[: len(own)][own] = -100
    return -solver.solve(cost, face).objective


def _with_money(found: Loaded, concession: Concession, units: int) -> Any:
    """The programme with a richer fund; outside the base of shares only the budget rows move."""
    spec, layout, record = found.spec, found.layout, concession.clause.record
    years = _years(concession.years)
    funds = [
        replace(money, amount=money.amount + units * np.isin(layout.years, years))
        if money.fund_id == record
        else money
        for money in layout.funds
    ]
    richer = replace(layout, funds=funds)
    if concession.way == "money":
        return build(spec, richer).program
    model = build(spec, layout)
    budget = next(
        block for block in rule_blocks(spec, richer) if block.rule == record and block.kind == "budget"
    )
    upper = model.program.row_upper.copy()
    upper[concession.clause.rows] = program_bounds(budget)[1]
    return replace(model.program, row_upper=upper)


def _years(text: str) -> list[int]:
    runs = [part.split("–") for part in text.split(", ")]
    return [year for run in runs for year in range(int(run[0]), int(run[-1]) + 1)]


def test_the_years_and_places_that_take_part_are_named() -> None:
    """A poor year, and a village whose own projects are too small, are said beside the clause."""
    money = {2021: 100, 2022: 30, 2023: 100}
    found = loaded(county({"x": floor(40)}, money))
    messages = conflict_messages(build(found.spec, found.layout), found.spec, SolverSettings())
    (conflict,) = (message for message in messages if message.code == "conflict")
    assert conflict.fields["clauses"] == ["[rule.x] [2022]", "[fund.city] [2022]"]
    case = Case(
        {"f": fund(500)}, [project("A", 9, place="a", benefit=1), project("B", 90, place="b")], places=PLACES
    )
    found = loaded(case.but(rules={"x": floor(10, each="village")}))
    messages = conflict_messages(build(found.spec, found.layout), found.spec, SolverSettings())
    assert [message.code for message in messages] == [
        "infeasible",
        "preflight_projects",
        "conflict_alone",
        "concession_wan",
    ]
    assert messages[1].fields["where"] == " [甲村] [2021]"
    assert (messages[1].fields["wanted_wan"], messages[1].fields["least_wan"]) == ("10.00", "9.00")
    assert messages[2].fields["clauses"] == ["[rule.x] [甲村]"]


def test_a_required_project_and_floors_together_are_seen_before_the_search() -> None:
    """Two villages at 60 of 100 万元, and a required project of 301 where there are 300."""
    found = loaded(county({"x": floor(60, each="village")}, required={"R": 301}))
    messages = conflict_messages(build(found.spec, found.layout), found.spec, SolverSettings())
    (together,) = (message for message in messages if message.code == "preflight_together_each")
    assert together.fields["years"] == [2021, 2022, 2023]
    assert (together.fields["wanted_wan"], together.fields["least_wan"]) == ("120.00", "100.00")
    (required,) = (message for message in messages if message.code == "preflight_required")
    assert (required.fields["wanted_wan"], required.fields["least_wan"]) == ("301.00", "300.00")


def test_a_clause_that_is_not_negotiable_stays_where_another_can_go() -> None:
    """Two caps each contradict a floor: the negotiable one is dropped first, so the other is blamed."""
    caps = {
        "x": share(INDUSTRY, at_least=0.6, negotiable=False),
        "y": share(INDUSTRY, at_most=0.5),
        "z": share(INDUSTRY, at_most=0.4, negotiable=False),
    }
    found = loaded(county(caps))
    conflicts = Conflicts(build(found.spec, found.layout), found.spec, SolverSettings())
    (core,) = conflicts.sets()
    assert {clause.name for clause in core} == {"[rule.x]", "[rule.z]"}


@pytest.mark.parametrize("least", range(1, 41))
def test_the_smallest_number_is_found_from_any_guess(least: int) -> None:
    """Doubling and halving around a guess, or without one; nothing where nothing is enough."""
    for guess in (None, 1, 7, least, 33, 90):
        assert smallest(lambda number: number >= least, 40, guess) == least
        assert smallest(lambda number: number >= 41, 40, guess) is None


def test_halves_and_one_at_a_time_give_the_same_set() -> None:
    """What comes last is dropped first, as a plain deletion filter would do."""
    conflicts = [{1, 6}, {2, 3}, {4, 5, 6}]

    def can_keep(kept: Any) -> bool:
        return not any(core <= set(kept) for core in conflicts)

    items = [1, 2, 3, 4, 5, 6]
    plain = list(items)
    for item in reversed(items):
        without = [other for other in plain if other != item]
        plain = plain if can_keep(without) else without
    assert irreducible(items, can_keep) == plain == [2, 3]


def test_loosening_ends_where_a_figure_does_nothing() -> None:
    """A floor stops at 0, a cap at 1, and a rule without a figure has no steps."""
    rules: Rules = {
        "x": floor(Decimal("1.5")),
        "y": share(INDUSTRY, at_most=0.9),
        "z": {"kind": "eligibility", "where": {"category": [INDUSTRY]}},
    }
    spec = loaded(county(rules)).spec
    assert [most_steps(spec.rule[name]) for name in ("x", "y", "z")] == [150, 1000, 0]
    assert most_steps(spec.rule["y"], -1) == 9000


def test_a_conflict_by_the_last_digit_is_decided() -> None:
    """Dual pivots of HiGHS end as "unknown" on the way: 0.47 of what is spent is above 0.284 of it."""
    building, yes = ["乡村建设行动", "就业项目"], {"required": "true", "benefit": 0}
    rows = [
        project("B", 13.12, "乡村建设行动", "v1", **yes),
        project("D", 1, "产业发展", "v1", **yes),
        project("F", 1, "产业发展", "v1", **yes),
        project("K", 1, "产业发展", "v1", **yes),
        project("H", 1, "就业项目", "v2", last_year=2021, **yes),
        project("水", 1, "乡村建设行动", "v1", last_year=2021, **yes),
        project("路", 1, "产业发展", "v1", last_year=2022, **yes),
        project("果园", 52, "产业发展", "v1", benefit=0),
    ]
    case = Case(
        {"all": fund({2021: 35, 2022: 20}), "narrow": fund(7.36, categories=["产业发展"])},
        rows,
        years=(2021, 2022),
        places=[{**VILLAGE, "id": village} for village in ("v1", "v2", "v3")],
        rules={
            "cap": {"kind": "category_share", "categories": building, "at_most": 0.284, "of": "spent"},
            "rise": {
                "kind": "rising_share",
                "categories": ["产业发展"],
                "start": 0,
                "step": 0,
                "funds": ["all"],
            },
            "path": {
                "kind": "rising_share",
                "categories": building,
                "of": "spent",
                "path": {2021: 0, 2022: 0.47},
            },
            "floor": {"kind": "place_floor", "at_least_wan": 1, "each": "village"},
        },
    )
    assert check(loaded(case))
