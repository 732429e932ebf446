"""What is true of any two plans: comparing the other way round, and sums."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.whatif.pairs import case, run_of
from zxsim.runs.data import RunData
from zxsim.whatif.compare_money import DIMENSIONS, cell_differences, money_differences, plan_distances
from zxsim.whatif.compared import CELL_KINDS, ComparedRun

CATEGORY = {"P1": "产业发展", "P2": "乡村建设行动"}
Plan = dict[tuple[str, str, str, int], int]

plans = st.dictionaries(
    st.tuples(
        st.sampled_from(["P1", "P2"]), st.sampled_from("ewt"), st.sampled_from("fg"), st.integers(2021, 2022)
    ),
    st.integers(1, 500),
    max_size=8,
)
"""Units by project, place, fund and year: any table that a run could hold."""


@pytest.fixture(name="data", scope="module")
def _data(tmp_path_factory: pytest.TempPathFactory) -> RunData:
    return RunData(run_of(case(), tmp_path_factory.mktemp("results")))


def holding(label: str, data: RunData, plan: Plan) -> ComparedRun:
    """A run with this plan in place of its own."""
    run = ComparedRun(label, RunData(Path(data.folder)))
    rows = [(p, place, CATEGORY[p], fund, year, units) for (p, place, fund, year), units in plan.items()]
    run.__dict__["cells"] = pl.DataFrame(rows, schema=CELL_KINDS, orient="row")
    return run


@settings(max_examples=50)
@given(one=plans, two=plans)
def test_the_other_way_round_is_the_negative(data: RunData, one: Plan, two: Plan) -> None:
    """Differences change their sign, distances are the same and lie in 0 to 1."""
    a, b = holding("A", data, one), holding("B", data, two)
    keys = ["dimension", "item"]
    there, back = (money_differences(*pair).sort(keys) for pair in ((a, b), (b, a)))
    assert there.select(*keys, "difference_wan").equals(
        back.select(*keys, (-pl.col("difference_wan")).alias("difference_wan"))
    )
    sides = [
        plan_distances(pair).sort(keys).select(*keys, "distance", "moved_wan") for pair in ((a, b), (b, a))
    ]
    assert sides[0].equals(sides[1])
    assert sides[0]["distance"].is_between(0, 1).all()
    assert (len(sides[0]) == 0) == (one == two)


@settings(max_examples=50)
@given(one=plans, two=plans)
def test_every_dimension_adds_up_to_the_change_of_the_total(data: RunData, one: Plan, two: Plan) -> None:
    """In whole units of 0.01; the single amounts do as well, and the town holds what its villages hold."""
    a, b = holding("A", data, one), holding("B", data, two)
    money = money_differences(a, b)
    change = sum(two.values()) - sum(one.values())
    units = (pl.col("difference_wan") * 100).round()
    for dimension in DIMENSIONS:
        assert money.filter(pl.col("dimension") == dimension).select(units.sum()).item() == change
    assert cell_differences(a, b).select(units.sum()).item() == change
    assert money.filter(pl.col("dimension") == "area").select(units.sum()).item() == change
