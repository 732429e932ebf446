"""Posts solved by hand: what jobs effects pay, how long, and what "not below the year before" asks."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios import Case, by_project, fund, planned, project, stage_values, write
from zxsim import api
from zxsim.runs.tables import targets

JOBS: Mapping[str, Any] = {"kind": "jobs", "projects": ["A"], "posts": 20, "wage_yuan": 5000}
PLACES = [
    {"id": "t", "name": "镇", "level": "town", "posts": 8, "x_weak": 1},
    {"id": "v", "name": "村", "level": "village", "parent": "t", "posts": 5, "x_weak": 1},
]


def case(**changes: Any) -> Case:
    """Return 30 万元 a year for 20 posts of 100 万元 in the village, or for something worth more."""
    made = Case(
        {"f": fund({2021: 30, 2022: 30, 2023: 30})},
        [project("A", 100, benefit=0), project("B", 100, "其他", benefit=100)],
        years=(2021, 2023),
        places=PLACES,
        effects={"jobs": JOBS},
        benefit={"source": "own"},
    )
    return made.but(**changes)


def target(relation: str, *places: str, **keys: Any) -> dict[str, Any]:
    """Return a target on the posts of places in every year."""
    found = {"indicator": "posts", "relation": relation, "tier": 2, "years": [2021, 2023]}
    return {"posts": {**found, "places": places, **keys}}


def test_posts_not_below_the_year_before_are_paid_in_every_year() -> None:
    """Five posts cost 25 万元 of 100 for 20: the village keeps them in 2021, 2022 and 2023, and no more."""
    plan = planned(case(targets=target("not_below_previous", "v")))
    rows = targets(plan)
    assert by_project(plan) == {"A": 7500, "B": 1500}
    assert rows["planned"].to_list() == pytest.approx([0, 0, 0])
    assert rows["baseline"].to_list() == [5, 5, 5]
    assert (rows["baseline"] + rows["trend"]).to_list() == [0, 0, 0]
    assert rows["plan"].to_list() == pytest.approx([5, 5, 5])


def test_what_is_missing_to_the_year_before_is_the_shortfall() -> None:
    """With 15 万元 there are 3 posts of 5 in 2021: 2 of a scale of 5 are missing, later none."""
    money = {"f": fund({2021: 15, 2022: 15, 2023: 15})}
    plan = planned(case(funds=money, targets=target("not_below_previous", "v", scale=5)))
    assert targets(plan)["shortfall"].to_list() == pytest.approx([2, 0, 0])
    assert stage_values(plan)["tier2"] == pytest.approx(2 / 5)


def test_posts_count_above_as_well_while_they_are_paid_whoever_has_them() -> None:
    """With 30 万元 in 2021 only and a life of two years: 6 posts in 2021 and 2022, none in 2023.

    That one head in the place may have them limits the wages that count, not the posts.
    """
    jobs = {**JOBS, "life": 2, "eligible": "x_weak", "gap_yuan": 100}
    rows = [project("A", 100, last_year=2021, benefit=1)]
    wanted = target(">=", "t", "v", value=5)
    found = targets(planned(case(projects=rows, effects={"jobs": jobs}, targets=wanted)))
    assert found.sort("place_id", "year")["planned"].to_list() == pytest.approx([6, 6, 0] * 2)


def test_the_independent_check_works_the_posts_out_anew(tmp_path: Path) -> None:
    """A run verifies; a figure of the posts that is changed afterwards is found."""
    jobs = {**JOBS, "eligible": "x_weak", "gap_yuan": 100, "decay": 0.5, "life": 2}
    made = case(effects={"jobs": jobs}, targets={**target("not_below_previous", "t", "v")})
    run = api.optimize(write(made, tmp_path / "case"), results=tmp_path / "results")
    assert run.folder is not None
    assert api.verify(run.folder) == []
    table = run.folder / "targets.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    column = lines[0].split(",").index("planned")
    cells = lines[-1].split(",")
    cells[column] = str(float(cells[column]) + 0.5)
    table.write_text("\n".join([*lines[:-1], ",".join(cells), ""]), encoding="utf-8")
    assert any("planned" in message.address for message in api.verify(run.folder))
