"""Loosening: each kind lets its figures go by whole steps, never beyond asking nothing."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter

from zxsim.core.rulespec import RuleSpec
from zxsim.core.spec import LARGEST, kind_of
from zxsim.rules import RULE_KINDS, Rule

C = {"categories": ["产业发展"]}
RULE: TypeAdapter[RuleSpec] = TypeAdapter(Rule)

Keys = dict[str, Any]
LOOSENED: list[tuple[str, Keys, Keys, Keys, tuple[str, str]]] = [
    ("category_share", {**C, "at_least": 0.5}, {"at_least": 0.4998}, {"at_least": 0}, ("0.0001", "share")),
    ("category_share", {**C, "at_most": 0.5}, {"at_most": 0.5002}, {"at_most": 1}, ("0.0001", "share")),
    (
        "rising_share",
        {**C, "start": 0.5, "step": 0.0001, "base_share": 0.4},
        {"start": 0.4998, "step": 0, "base_share": 0.4},
        {"start": 0, "step": 0, "base_share": 0.4},
        ("0.0001", "share"),
    ),
    (
        "rising_share",
        {**C, "of": "spent", "path": {2021: 0.5, 2022: 0.6}},
        {"path": {2021: 0.4998, 2022: 0.5998}},
        {"path": {2021: 0, 2022: 0}},
        ("0.0001", "share"),
    ),
    ("place_floor", {"at_least_wan": 7.5}, {"at_least_wan": 7.48}, {"at_least_wan": 0}, ("0.01", "wan")),
    ("project_count", {**C, "at_least": 3}, {"at_least": 1}, {"at_least": 0}, ("1", "count")),
    ("project_count", {**C, "at_most": 3}, {"at_most": 5}, {"at_most": 100_003}, ("1", "count")),
    (
        "per_capita_standard",
        {"each": "village", "standard_yuan": 10},
        {"standard_yuan": 9.98},
        {"standard_yuan": 0},
        ("0.01", "yuan"),
    ),
    (
        "income_use",
        {**C, "funds": ["f"], "at_least": 0.5},
        {"at_least": 0.4998},
        {"at_least": 0},
        ("0.0001", "share"),
    ),
    ("balance", {"each": "village", "band": 0.2}, {"band": 0.2002}, {"band": 1}, ("0.0001", "share")),
    (
        "payment_progress",
        {"shares": {2021: 0.5, 2022: 0.0001}},
        {"shares": {2021: 0.4998, 2022: 0}},
        {"shares": {2021: 0, 2022: 0}},
        ("0.0001", "share"),
    ),
]
WITHOUT_FIGURE: list[tuple[str, Keys]] = [
    ("priority", {**C, "funds": ["f"]}),
    ("eligibility", {"where": {"status": ["planned"]}}),
]


def figures(rule: RuleSpec, keys: Keys) -> Keys:
    """Values of some keys as plain numbers."""

    def plain(value: Any) -> Any:
        return {y: float(v) for y, v in value.items()} if isinstance(value, dict) else float(value)

    return {key: plain(getattr(rule, key)) for key in keys}


@pytest.mark.parametrize(("kind", "keys", "two", "all_of_it", "grid"), LOOSENED)
def test_a_rule_is_loosened_by_steps_and_not_beyond_asking_nothing(
    kind: str, keys: Keys, two: Keys, all_of_it: Keys, grid: tuple[str, str]
) -> None:
    """Two steps, then far too many; what is loosened is still a rule that a scenario could hold."""
    rule = RULE.validate_python({"kind": kind, **keys})
    assert rule.grid == (Decimal(grid[0]), grid[1])
    for steps, expected in ((2, two), (100_000, all_of_it)):
        looser = rule.loosened(steps)
        assert looser is not None
        assert figures(looser, expected) == expected
        dumped = looser.model_dump(exclude_none=True, exclude_defaults=True)
        assert figures(RULE.validate_python({"kind": kind, **dumped}), expected) == expected


def test_a_figure_without_an_end_stops_at_the_largest_number() -> None:
    """However far a cap on projects is loosened, it is a number that a scenario could hold."""
    rule = RULE.validate_python({"kind": "project_count", **C, "at_most": 3})
    looser = rule.loosened(LARGEST)
    assert looser is not None
    assert figures(looser, {"at_most": LARGEST}) == {"at_most": LARGEST}


@pytest.mark.parametrize(("kind", "keys"), WITHOUT_FIGURE)
def test_a_kind_without_a_figure_cannot_be_loosened(kind: str, keys: Keys) -> None:
    """Order and filters have nothing to let go by steps."""
    assert RULE.validate_python({"kind": kind, **keys}).loosened(1) is None


def test_every_kind_says_how_it_is_loosened() -> None:
    """The registry is walked: a new kind fails here until it stands in one of the lists."""
    said = {case[0] for case in LOOSENED} | {case[0] for case in WITHOUT_FIGURE}
    assert said == {kind_of(kind) for kind in RULE_KINDS}
