"""Targets on numbers of monitored households: who is counted, when, and what meets them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.households.folders import TABLES, folder
from tests.simulate.setups import busy, outcome
from zxsim.optimize.plan import optimize
from zxsim.runs.tables import targets
from zxsim.schema.load import load
from zxsim.simulate.case_targets import CaseRows, case_rows
from zxsim.simulate.engine import Outcome


def rows_of(path: Path, relation: str, **keys: str) -> CaseRows:
    """Rows of one target on the places of a small scenario."""
    more = "".join(f"{key} = {value}\n" for key, value in keys.items())
    target = f'[target.none]\nindicator = "unresolved"\nrelation = "{relation}"\ntier = 1\n{more}'
    loaded = load(folder(path, TABLES + target))
    places = loaded.layout.places
    census = np.array([places.position[place] for place in ("e", "w")])
    (rows,) = case_rows(loaded.spec, loaded.layout, census)
    return rows


def counted(*by_year: tuple[int, int]) -> Outcome:
    """Households of the east and the west without help at each year's end, in one replication."""
    months = np.zeros((12 * len(by_year), 1, 2, 3), dtype=np.int64)
    months[11::12, 0, :, 1] = np.array(by_year)
    return replace(outcome(busy(1, 10)), unresolved=months)


def test_a_place_counts_all_below_it_at_the_end_of_its_year(tmp_path: Path) -> None:
    """The town holds both villages, 2 + 1 and then 0 + 1 households; the east alone 2 and 0."""
    town = rows_of(tmp_path / "town", "=", value="0", places='["t"]', years="[2021, 2022]")
    assert town.counts(counted((2, 1), (0, 1))).tolist() == [[3, 1]]
    east = rows_of(tmp_path / "east", "=", value="0", places='["e"]', years="[2021, 2022]")
    assert east.counts(counted((2, 1), (0, 1))).tolist() == [[2, 0]]
    assert east.met(counted((2, 1), (0, 1))).tolist() == [[False, True]]


@pytest.mark.parametrize(
    ("relation", "keys", "met"),
    [
        ("<=", {"value": "2"}, [True, True, True, False]),
        ("<", {"value": "2"}, [True, True, False, False]),
        (">=", {"value": "2"}, [False, False, True, True]),
        (">", {"value": "2"}, [False, False, False, True]),
        ("=", {"value": "2"}, [False, False, True, False]),
        ("between", {"value": "1", "upper": "2"}, [False, True, True, False]),
    ],
)
def test_every_relation_counts_whole_households(
    relation: str, keys: dict[str, str], met: list[bool], tmp_path: Path
) -> None:
    """0, 1, 2 and 3 households; above and below are by one household."""
    rows = rows_of(tmp_path, relation, places='["t"]', years="[2021, 2021]", **keys)
    assert [bool(rows.met(counted((count, 0)))[0, 0]) for count in range(4)] == met


def test_the_plan_does_not_know_of_them(tmp_path: Path) -> None:
    """Money is allocated as without the target, and the plan's table of targets has no row of it."""
    target = '[target.none]\nindicator = "open_cases"\nrelation = "="\nvalue = 0\ntier = 1\nplaces = ["t"]\n'
    plain = optimize(load(folder(tmp_path / "plain", TABLES)))
    asked = optimize(load(folder(tmp_path / "asked", TABLES + target)))
    assert asked.units.tolist() == plain.units.tolist()
    assert targets(asked)["target"].to_list() == targets(plain)["target"].to_list()
