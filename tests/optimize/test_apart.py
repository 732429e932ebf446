"""Integer programmes in independent groups: each is solved by itself, and told apart where nothing fits."""

from types import SimpleNamespace
from typing import Any

import numpy as np
from scipy import sparse

from tests.scenarios import VILLAGE, Case, by_project, fund, planned, project
from zxsim.core.layout import IntArray
from zxsim.optimize.apart import solve_apart

INDUSTRY, BUILDING = "产业发展", "乡村建设行动"
ROWS = sparse.csr_array(np.array([[1, 1, 0, 0, 0], [0, 0, 1, 0, 1]]))
"""Columns 0 and 1 share a row, 2 and 4 another; column 3 stands alone."""


def solved(size: int, without: int) -> tuple[list[float], list[int], list[list[int]]]:
    """Solve where a group that holds column ``without`` has no solution; also say what was asked."""
    asked: list[list[int]] = []

    def solve(columns: IntArray, rows: IntArray) -> Any:
        asked.append(columns.tolist())
        assert set(ROWS[rows].indices.tolist()) <= set(columns.tolist())
        found = without not in columns
        pieces = np.concatenate([10.0 * columns, columns]) if found else np.zeros(0)
        return SimpleNamespace(has_solution=found, x=pieces)

    x, stuck = solve_apart(ROWS, solve, size)
    return x.tolist(), sorted(stuck.tolist()), asked


def test_groups_are_gathered_into_batches_and_their_pieces_are_added_up() -> None:
    """Groups that begin within the first three columns are one batch; what stands alone comes after it."""
    x, stuck, asked = solved(3, without=-1)
    assert x == [0, 11, 22, 33, 44]
    assert stuck == []
    assert asked == [[0, 1, 2, 4], [3]]


def test_only_the_group_without_a_solution_is_left_out() -> None:
    """A batch of all five is taken apart; columns 2 and 4 are stuck."""
    x, stuck, asked = solved(5, without=4)
    assert x == [0, 11, 0, 33, 0]
    assert stuck == [2, 4]
    assert asked[0] == [0, 1, 2, 3, 4]


def shares(**exact: tuple[float, float]) -> Case:
    """Villages with money of their own, of which industry must be exactly a share of what is spent."""
    kind = {"kind": "category_share", "categories": [INDUSTRY], "of": "spent"}
    return Case(
        {f"f{v}": fund(money, places=[v]) for v, (_, money) in exact.items()},
        [
            project(f"{v}{name}", 10, category, v, benefit=10)
            for v in exact
            for name, category in (("I", INDUSTRY), ("H", BUILDING))
        ],
        places=[{**VILLAGE, "id": v} for v in exact],
        rules={
            f"{word}{v}": {**kind, "funds": [f"f{v}"], f"at_{word}": share}
            for v, (share, _) in exact.items()
            for word in ("least", "most")
        },
    )


def test_a_village_where_nothing_near_fits_does_not_move_the_money_of_others() -> None:
    """2/5 of 103 units need a cell one further than its floor; half of 103 does not, and stays as alone."""
    both = by_project(planned(shares(a=(0.4, 1.03), b=(0.5, 1.03), c=(0.37, 1.5))))
    assert both == {"aI": 40, "aH": 60, "bI": 51, "bH": 51, "cI": 37, "cH": 63}
