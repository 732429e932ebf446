"""A scenario for every rule kind, with the keys that bring it to its limit and those that leave it room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.scenarios import VILLAGE, Case, Row, fund, project
from zxsim.rules.budget import KIND as BUDGET

INDUSTRY, BUILDING, OTHER = "产业发展", "乡村建设行动", "其他"


@dataclass(frozen=True)
class Example:
    """A rule kind's scenario and the rule; with ``binding`` it is at its limit, with ``slack`` it is not.

    Both are given as other keys of the rule (of the fund, for a budget).
    """

    case: Case
    binding: Mapping[str, object]
    slack: Mapping[str, object]


BASE = Case(
    {"f": fund({2021: 50, 2022: 30})},
    [
        project("H", 40, BUILDING, benefit=80, last_year=2021),
        project("K", 20, BUILDING, benefit=40, first_year=2022),
        project("I", 60, INDUSTRY, benefit=60),
    ],
    years=(2021, 2022),
)
PLACES: Sequence[Row] = [{"id": "t", "name": "t", "level": "town"}, {**VILLAGE, "parent": "t"}]
SHARE = {"kind": "category_share", "categories": [INDUSTRY]}
RISE = {"kind": "rising_share", "categories": [INDUSTRY]}
USE = {"kind": "income_use", "funds": ["f"]}
HAMLET = {"name": "村", "level": "village"}


def with_rule(case: Case, keys: Mapping[str, object]) -> Case:
    """Lay keys over the one rule (or fund) of a case."""
    if not case.rules:
        return case.but(funds={"f": {**case.funds["f"], **keys}})
    return case.but(rules={"r": {**case.rules["r"], **keys}})


FIRST_KINDS: Mapping[str, Example] = {
    BUDGET: Example(BASE, {"amount_wan": 50}, {"amount_wan": 200}),
    "category_share": Example(
        BASE.but(rules={"r": {**SHARE, "at_least": 0.55}}), {"at_least": 0.55}, {"at_least": 0.1}
    ),
    "rising_share": Example(
        BASE.but(rules={"r": {**RISE, "start": 0.4, "step": 0.05}}),
        {"start": 0.5, "step": 0.05},
        {"start": 0.1, "step": 0},
    ),
    "place_floor": Example(
        BASE.but(
            projects=[project("A", 90, place="t", benefit=180), project("B", 40, place="v", benefit=40)],
            places=PLACES,
            rules={"r": {"kind": "place_floor", "each": "village", "at_least_wan": 7.5}},
        ),
        {"at_least_wan": 7.5},
        {"at_least_wan": 0, "each": "town"},
    ),
    "eligibility": Example(
        BASE.but(
            projects=[
                project("H", 40, BUILDING, benefit=80, status="under_way"),
                project("I", 60, benefit=60, status="idea"),
            ],
            rules={"r": {"kind": "eligibility", "where": {"status": ["under_way", "planned"]}}},
        ),
        {"where": {"status": ["under_way"]}},
        {"where": {"status": ["under_way", "idea"]}},
    ),
}
MONEY_KINDS: Mapping[str, Example] = {
    "per_capita_standard": Example(
        BASE.but(
            projects=[project("A", 90, place="t", benefit=180), project("B", 40, place="v", benefit=40)],
            places=[{**place, "population": 50} for place in PLACES],
            rules={"r": {"kind": "per_capita_standard", "each": "village", "standard_yuan": 1500}},
        ),
        {"standard_yuan": 1500},
        {"standard_yuan": 0, "each": "town"},
    ),
    "income_use": Example(
        BASE.but(rules={"r": {**USE, "categories": [INDUSTRY], "at_least": 0.55}}),
        {"at_least": 0.55},
        {"at_least": 0.1, "projects": ["K"]},
    ),
    "priority": Example(
        BASE.but(
            funds={
                "f": fund({2021: 50, 2022: 30}, not_categories=[OTHER]),
                "g": fund(10, categories=[OTHER]),
            },
            projects=[
                project("H", 90, BUILDING, benefit=180),
                project("P", 60),
                project("Q", 10, OTHER, last_year=2021),
                project("S", 20, benefit=60, last_year=2021),
            ],
            rules={"r": {"kind": "priority", "funds": ["f"], "projects": ["P"]}},
        ),
        {"projects": ["P"]},
        {"projects": ["Q", "S"]},
    ),
    "balance": Example(
        Case(
            {"f": fund(80)},
            [project("A", 30, place="a", benefit=60), project("B", 100, place="b", benefit=100)],
            places=[{**HAMLET, "id": "a", "population": 100}, {**HAMLET, "id": "b", "population": 300}],
            rules={"r": {"kind": "balance", "each": "village", "band": 0.5}},
        ),
        {"band": 0},
        {"band": 0.9},
    ),
    "payment_progress": Example(
        BASE.but(rules={"r": {"kind": "payment_progress", "shares": {2021: 0.5, 2022: 0.75}}}),
        {"shares": {2021: 1, 2022: 1}},
        {"shares": {2021: 0.5, 2022: 0.75}},
    ),
    "project_count": Example(
        BASE.but(rules={"r": {"kind": "project_count", "categories": [BUILDING], "at_least": 1}}),
        {"at_least": 2},
        {"at_least": 1},
    ),
}
EXAMPLES = {**FIRST_KINDS, **MONEY_KINDS}
"""Every kind; the counted projects are the two of BASE that are worth most and are paid in full."""
OTHER_FORMS: Mapping[str, Case] = {
    "budget_per_place": BASE.but(
        funds={"f": fund(20, per_place=["a", "b"])},
        projects=[project("A", 30, place="a", benefit=1), project("B", 30, place="a:0.5;b:0.5", benefit=1)],
        places=[{"id": p, "name": p, "level": "village"} for p in "ab"],
    ),
    "category_share_spent": BASE.but(rules={"r": {**SHARE, "at_most": 0.3, "of": "spent"}}),
    "rising_share_path": BASE.but(
        rules={"r": {**RISE, "of": "spent", "path": {2021: 0.55, 2022: 0.6}}},
    ),
    "place_floor_period": EXAMPLES["place_floor"].case.but(
        rules={"r": {"kind": "place_floor", "each": "village", "at_least_wan": 7.5, "per": "period"}}
    ),
    "income_use_period": BASE.but(
        rules={"r": {**USE, "projects": ["I", "K"], "at_least": 0.55, "per": "period"}}
    ),
    "priority_hard": EXAMPLES["priority"].case.but(
        rules={"r": {"kind": "priority", "funds": ["f"], "categories": [INDUSTRY], "soft": False}}
    ),
    "balance_soft_period": EXAMPLES["balance"].case.but(
        years=(2021, 2022),
        rules={
            "r": {
                "kind": "balance",
                "places": ["a", "b"],
                "band": 0.5,
                "per": "period",
                "soft": {"tier": 3, "weight": 2},
            }
        },
    ),
    "category_share_soft": BASE.but(rules={"r": {**SHARE, "at_most": 0.5, "soft": {"tier": 1}}}),
    "required_targets_effects": Case(
        {"f": fund(50)},
        [
            project("路", 40, BUILDING, required="true", beneficiary_persons=30),
            project("果园", 60, INDUSTRY),
        ],
        years=(2021, 2022),
        places=[
            {
                **VILLAGE,
                "population": 100,
                "income_yuan": 9000,
                "income_year": 2020,
                "trend": 0.5,
                "base_w": 0.5,
                "base_s": 0.25,
            }
        ],
        indicators={"w": {"counts": "persons"}, "s": {"counts": "persons"}},
        effects={
            "w": {
                "kind": "coverage",
                "projects": ["路"],
                "indicator": "w",
                "heads": "beneficiary_persons",
            },
            "s": {"kind": "coverage", "projects": ["路"], "indicator": "s", "heads": 20, "lag": 1},
            "o": {
                "kind": "asset_yield",
                "categories": [INDUSTRY],
                "yield": 0.06,
                "life": 1,
                "decay": 0.5,
                "lag": 0,
            },
        },
        targets={
            "w": {"indicator": "w", "relation": ">=", "value": 0.75, "tier": 1},
            "income": {"indicator": "income", "relation": "=", "value": 20300, "tier": 3, "weight": 2},
            "early": {
                "indicator": "income",
                "relation": "<=",
                "value": 13600,
                "tier": 2,
                "years": [2021, 2021],
            },
        },
        benefit={
            "discount_rate": 1,
            "coverage_yuan": {"s": 2000},
        },  # powers of 2 and 3/2 are exact everywhere
    ),
}
TEXTS = {**{kind: example.case for kind, example in EXAMPLES.items()}, **OTHER_FORMS}
