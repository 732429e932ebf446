"""Counts of projects worked out by hand: which project counts where, and what is judged broken."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from tests.scenarios import VILLAGE, Case, block_of, fund, loaded, planned, project
from zxsim.core.counts import CountRows
from zxsim.optimize.build import rule_blocks
from zxsim.optimize.rounding import broken
from zxsim.runs.tables import rules

INDUSTRY, BUILDING = "产业发展", "乡村建设行动"
COUNT: Mapping[str, Any] = {"kind": "project_count", "categories": [INDUSTRY]}
COUNTED = Case(
    {"f": fund(50), "g": fund(50)},
    [
        project("P", 20, place="a"),
        project("Q", 30, place="a:0.5;b:0.5", benefit=1),
        project("R", 10, BUILDING, place="b"),
    ],
    years=(2021, 2022),
    places=[
        {"id": "t", "name": "t", "level": "town", "leading_industries": ""},
        {**VILLAGE, "id": "a", "parent": "t", "leading_industries": "茶叶; 蔬菜"},
        {**VILLAGE, "id": "b", "parent": "t", "leading_industries": "茶叶"},
    ],
)


def units_of(case: Case, paid: Mapping[tuple[str, str, str, int], int]) -> Any:
    """Units of all columns from those of some."""
    layout = loaded(case).layout
    names = {f"x({p},{v},{f},{y})": units for (p, v, f, y), units in paid.items()}
    return np.array([names.get(label, 0) for label in layout.labels], dtype=np.int64)


IN_FULL = {("Q", "a", "f", 2021): 1500, ("Q", "b", "f", 2022): 1500}


@pytest.mark.parametrize(
    ("keys", "paid", "left", "right"),
    [
        ({"at_least": 2, "each": "village"}, IN_FULL, [1, 1], [2, 2]),
        ({"at_least": 2, "each": "town"}, {**IN_FULL, ("P", "a", "f", 2021): 1999}, [1], [2]),
        ({"at_most": 2, "each": "town"}, {**IN_FULL, ("P", "a", "f", 2021): 1}, [2], [2]),
        ({"at_least": 1, "funds": ["g"]}, IN_FULL, [0], [1]),
        ({"at_least": 1, "years": [2021, 2021]}, IN_FULL, [0], [1]),
        ({"at_most": 0, "years": [2021, 2021]}, IN_FULL, [1], [0]),
        ({"at_least": 2, "each": "village", "already": "leading_industries"}, IN_FULL, [3, 2], [2, 2]),
        ({"at_least": 2, "each": "village", "already": "leading_industries"}, {}, [2, 1], [2, 2]),
    ],
    ids=[
        "in each village of a part",
        "all but a unit is not in full",
        "a cap counts any money",
        "money of another fund",
        "half of it in another year",
        "a cap counts what is paid in its years",
        "with industries that are there",
        "with these alone",
    ],
)
def test_a_project_counts_where_its_parts_are_once_it_is_paid(
    keys: Mapping[str, Any], paid: Mapping[tuple[str, str, str, int], int], left: list[int], right: list[int]
) -> None:
    """P costs 20 in a; Q costs 30, half of it in a and half in b, all parts together; R is no industry."""
    case = COUNTED.but(rules={"r": {**COUNT, **keys}})
    block, units = block_of(case), units_of(case, paid)
    sides = block.sides(units)
    assert sides.left.tolist() == left
    assert sides.right.tolist() == right
    sign = 1 if "at_least" in keys else -1
    assert block.slack(units).tolist() == [sign * (a - b) for a, b in zip(left, right, strict=True)]
    assert block.binding(units).tolist() == [sign * (a - b) <= 0 for a, b in zip(left, right, strict=True)]


def test_a_project_with_a_smallest_useful_amount_counts_from_that_amount_on() -> None:
    """P (20) is useful from 4.995 万元, so from 5.00; Q has no such amount; a cap counts from 0.01 on."""
    first, *rest = COUNTED.projects
    case = COUNTED.but(
        projects=[{**first, "minimum_wan": "4.995"}, *rest],
        rules={"least": {**COUNT, "at_least": 1}, "most": {**COUNT, "at_most": 1}},
    )
    found = loaded(case)
    least, most = (found.spec.rule[name].rows(name, found.layout)[0] for name in ("least", "most"))
    assert isinstance(least, CountRows)
    assert isinstance(most, CountRows)
    assert least.needed.tolist() == [500, 3000, 1000]
    assert most.needed.tolist() == [1, 1, 1]


def test_a_plan_with_too_few_projects_is_judged_broken() -> None:
    """The row is named as the policy reads: the whole period, so no year."""
    case = COUNTED.but(rules={"r": {**COUNT, "at_least": 2, "each": "village"}})
    found = loaded(case)
    blocks = rule_blocks(found.spec, found.layout)
    assert broken(blocks, found.layout, units_of(case, IN_FULL)) == [
        "project_count(r,a)",
        "project_count(r,b)",
    ]


def test_a_count_that_the_plan_keeps_is_printed_as_projects() -> None:
    """Money enough for all: one and two industries are there, and two and one come."""
    case = COUNTED.but(
        rules={"r": {**COUNT, "at_least": 1, "each": "village", "already": "leading_industries"}}
    )
    columns = ("scope", "year", "lhs", "rhs", "slack", "unit", "binding")
    assert rules(planned(case)).filter(rule="r").select(columns).rows() == [
        ("a", None, 4, 1, 3, "count", False),
        ("b", None, 2, 1, 1, "count", False),
    ]
