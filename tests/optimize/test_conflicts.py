"""When no plan keeps all clauses: planted conflicts are named, and what is named is a conflict."""

import pytest
from hypothesis import assume, event, given, settings

from tests import strategies
from tests.scenarios import Case, fund, loaded, planned, project
from zxsim.errors import ConflictError
from zxsim.optimize.build import build
from zxsim.optimize.clauses import Clause
from zxsim.optimize.conflicts import Conflicts
from zxsim.optimize.solution import SolverSettings

INDUSTRY, BUILDING = "产业发展", "乡村建设行动"


def share(category: str, **limit: float) -> dict[str, object]:
    """Return a share rule over the money that the funds hold."""
    return {"kind": "category_share", "categories": [category], **limit}


BASE = Case(
    {"city": fund(10)},
    [project("I", 100, benefit=1), project("H", 100, BUILDING, benefit=1)],
    rules={
        "fee": share("项目管理费", at_most=0.01),
        "some": {"kind": "place_floor", "at_least_wan": 1},
        "rise": {"kind": "rising_share", "categories": [INDUSTRY], "start": 0.1, "step": 0},
    },
)


def named(case: Case) -> list[set[str]]:
    """Names of the clauses in each conflict of a case, without labels."""
    found = loaded(case)
    conflicts = Conflicts(build(found.spec, found.layout), found.spec, SolverSettings())
    return [{clause.name for clause in core} for core in conflicts.sets()]


@pytest.mark.parametrize(
    ("planted", "expected"),
    [
        ({"floor": {"kind": "place_floor", "at_least_wan": 11}}, [{"[rule.floor]", "[fund.city]"}]),
        (
            {"industry": share(INDUSTRY, at_least=0.6), "building": share(BUILDING, at_least=0.5)},
            [{"[rule.industry]", "[rule.building]", "[fund.city]"}],
        ),
        (
            {
                "floor": {"kind": "place_floor", "at_least_wan": 8},
                "industry": share(INDUSTRY, at_most=0.3),
                "building": share(BUILDING, at_most=0.3),
            },
            [{"[rule.floor]", "[rule.industry]", "[rule.building]"}],
        ),
        (
            {"industry": share(INDUSTRY, at_most=0.05)},
            [{"[rule.rise]", "[rule.industry]"}],
        ),
        (
            {
                "least": share(INDUSTRY, at_least=0.6),
                "most": share(INDUSTRY, at_most=0.5),
                "floor": {"kind": "place_floor", "at_least_wan": 11},
            },
            [{"[rule.least]", "[rule.most]"}, {"[rule.floor]", "[fund.city]"}],
        ),
    ],
    ids=["floor and money", "two shares and money", "floor and two caps", "share and rise", "two apart"],
)
def test_a_planted_conflict_is_named(planted: dict[str, object], expected: list[set[str]]) -> None:
    """Two, three, and two separate conflicts among rules that are innocent."""
    case = BASE.but(rules={**BASE.rules, **planted})
    assert sorted(named(case), key=sorted) == sorted(expected, key=sorted)


def test_a_required_project_above_the_money_is_named_with_the_fund() -> None:
    """The project's id stands beside the fund's, and innocent rules do not."""
    case = BASE.but(projects=[*BASE.projects, project("R", 50, required="true", benefit=1)])
    assert named(case) == [{"projects.csv R required", "[fund.city]"}]


def test_the_error_of_optimize_names_clause_and_label() -> None:
    """What reaches the user is the rule's id, its clause in the paper and its label."""
    floor = {"kind": "place_floor", "at_least_wan": 11, "clause": "XX-01", "label": "每年投入"}
    with pytest.raises(ConflictError) as caught:
        planned(BASE.but(rules={"floor": floor}))
    codes = [message.code for message in caught.value.messages]
    assert codes == ["infeasible", "preflight_money", "conflict", "concession_wan", "concession_money"]
    assert caught.value.messages[2].fields["clauses"] == ["[rule.floor] XX-01 每年投入", "[fund.city]"]


@settings(max_examples=60)
@given(strategies.cases())
def test_each_named_set_is_irreducible_and_the_rest_can_be_kept(case: Case) -> None:
    """A set cannot be kept, can be once any one member goes, shares none, and nothing else is in the way."""
    found = loaded(case)
    model = build(found.spec, found.layout)
    conflicts = Conflicts(model, found.spec, SolverSettings())
    assume(not conflicts.can_keep(conflicts.clauses))
    sets = conflicts.sets()
    fresh = Conflicts(model, found.spec, SolverSettings())  # no basis left over from the search
    event(f"{len(sets)} sets, largest {max(map(len, sets))}")
    for core in sets:
        assert not fresh.can_keep(core)
        for member in core:
            assert fresh.can_keep([other for other in core if other is not member])
    blamed = [clause.name for core in sets for clause in core]
    assert len(blamed) == len(set(blamed))
    assert fresh.can_keep(_others(conflicts.clauses, blamed))


def _others(clauses: list[Clause], blamed: list[str]) -> list[Clause]:
    return [clause for clause in clauses if clause.name not in blamed]
