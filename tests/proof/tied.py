"""Scenarios full of ties, by number: drawn as the tests draw theirs, then made equal where they differ."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers

from tests import choice_strategies, strategies
from tests.everything_strategies import everything
from tests.scenarios import Case, Row

KINDS: Mapping[str, st.SearchStrategy[Case]] = {
    "tied": strategies.ties(),
    "everything": everything(),
    "plain": strategies.cases(),
    "limited": strategies.limited(),
    "one rule more": strategies.kind_relaxations().map(lambda pair: pair.tight),
    "choices": choice_strategies.choosable(8),
    "uneven": strategies.uneven(),
    "mixed": choice_strategies.mixed(),
}
"""What the tests draw; case n is drawn from the (n mod 8)th."""


@dataclass(frozen=True)
class Tied:
    """A scenario, what it was drawn from, and what was made equal in it."""

    case: Case
    what: str


def drawn(strategy: st.SearchStrategy[Case], number: int) -> Case:
    """Draw from a strategy; the same number draws the same, whatever our source looks like."""
    found: list[Case] = []

    @seed(number)
    @settings(max_examples=2, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def collect(case: Case) -> None:
        found.append(case)

    with patch.object(providers, "is_local_module_file", lambda _: False):
        collect()
    return found[-1]  # the first is the simplest there is


def tied(number: int) -> Tied:
    """Draw a scenario and make some of its projects, funds and ranks equal."""
    kind = list(KINDS)[number % len(KINDS)]
    case = drawn(KINDS[kind], number)
    draw = random.Random(number)  # noqa: S311 (scenarios, no secrets)
    done = [name for name in TIES if draw.random() < 1 / 2]
    for name in done:
        case = TIES[name](case, draw)
    return Tied(case, ", ".join([kind, *done]))


def _of_one_worth(case: Case, draw: random.Random) -> Case:
    """Let every project bring the same benefit a 万元."""
    worth = draw.choice([1, 2])
    return _with(case, [{**row, "benefit": float(str(row["cost_wan"])) * worth} for row in case.projects])


def _of_one_rank(case: Case, _: random.Random) -> Case:
    return _with(case, [{**row, "rank": 1} for row in case.projects])


def _of_one_cost(case: Case, draw: random.Random) -> Case:
    """Let those cost the same whose other cells do not depend on their cost."""
    cost = draw.choice([10, 20])
    bound = ("outlay", "minimum_wan")
    promised = {row["project"] for row in case.commitments or ()}
    fits = [not any(row.get(key) for key in bound) and row["id"] not in promised for row in case.projects]
    same = {"cost_wan": cost, "self_raised_share": "", "benefit": cost}
    return _with(
        case, [{**row, **same} if fit else row for row, fit in zip(case.projects, fits, strict=True)]
    )


def _twin_project(case: Case, draw: random.Random) -> Case:
    """Copy two projects under other ids."""
    chosen = draw.sample(list(case.projects), min(2, len(case.projects)))
    return _with(case, [*case.projects, *({**row, "id": f"{row['id']}2"} for row in chosen)])


def _twin_fund(case: Case, draw: random.Random) -> Case:
    """Halve nothing: a copy of a fund under another id, which rules by fund do not name."""
    name = draw.choice(sorted(case.funds))
    return case.but(funds={**case.funds, f"{name}2": case.funds[name]})


def _with(case: Case, rows: Sequence[Row]) -> Case:
    return case.but(projects=rows)


TIES: Mapping[str, Any] = {
    "one cost": _of_one_cost,
    "one worth": _of_one_worth,
    "one rank": _of_one_rank,
    "twin projects": _twin_project,
    "twin fund": _twin_fund,
}
"""What is made equal, each in half of the cases."""
