"""Scenarios whose programmes are kept as golden texts: saturation and the relations of targets.

Numbers are sums of powers of two where they can be, so that every digit is the same everywhere.
"""

from collections.abc import Mapping

from tests.scenarios import OWN, Case, fund, project

BUILDING, JOBS = "乡村建设行动", "就业项目"


def _place(name: str, level: str, parent: str, population: int, **cells: object) -> dict[str, object]:
    income = {"income_yuan": 8192, "income_year": 2020, "trend": 0}
    return {
        "id": name,
        "name": name,
        "level": level,
        "parent": parent,
        "population": population,
        **income,
        **cells,
    }


PLACES = [
    _place("t", "town", "", 256, base_w=0.25, lifted_population=32),
    _place("a", "village", "t", 128, base_w=0.5, lifted_population=16),
    _place("b", "village", "t", 128, base_w=0),
]
WATER = {"kind": "coverage", "indicator": "w", "categories": [BUILDING], "heads": 64}
POSTS = {"kind": "jobs", "posts": 4, "wage_yuan": 1024, "categories": [JOBS]}
RELATIONS: Mapping[str, Mapping[str, object]] = {
    "above": {"relation": ">", "value": 8191, "places": ["a"]},
    "below": {"relation": "<", "value": 8193, "places": ["a"]},
    "early": {"relation": "growth", "value": 0.5, "places": ["a"], "years": [2021, 2021]},
    "later": {"relation": "growth", "value": 0.5, "base_year": 2021, "places": ["a"]},
    "more": {"relation": "growth_above_parent", "value": 0.5, "places": ["a"]},
    "part": {"relation": "ratio_to_parent", "value": 0.5, "each": "village"},
    "steady": {"relation": "not_below_previous", "places": ["a"], "years": [2021, 2022]},
}

TARGET_FORMS: Mapping[str, Case] = {
    "coverage_of_town": Case(
        {"f": fund(64)},
        [project("甲", 32, BUILDING, place="a"), project("乙", 32, BUILDING, place="b")],
        places=PLACES,
        indicators={"w": {"counts": "persons"}},
        effects={"w": WATER},
        targets={
            "least": {"indicator": "w", "relation": ">=", "value": 0.5, "tier": 1, "places": ["t", "a"]},
            "part": {"indicator": "w", "relation": "between", "value": 0.5, "upper": 0.75, "tier": 2},
        },
        benefit={"discount_rate": 1},
    ),
    "worth_of_town": Case(
        {"f": fund(64)},
        [project("甲", 32, BUILDING, place="a"), project("乙", 32, BUILDING, place="t")],
        places=PLACES,
        indicators={"w": {"counts": "persons"}},
        effects={"w": WATER},
        benefit={"discount_rate": 1, "coverage_yuan": {"w": 2500}},
    ),
    "limited_income": Case(
        {"f": fund(64)},
        [project("甲", 32, JOBS, place="a"), project("乙", 32, JOBS, place="b")],
        places=PLACES,
        indicators={"w": {"counts": "persons"}},
        effects={
            "j": {**POSTS, "eligible": "lifted_population", "gap_yuan": 128, "life": 2, "decay": 0.5},
            "o": {"kind": "asset_yield", "categories": [JOBS], "yield": 0.0625, "lag": 0, "life": 1},
        },
        targets={
            "least": {"indicator": "income", "relation": ">=", "value": 16384, "tier": 1, "each": "village"},
            "most": {"indicator": "income", "relation": "<=", "value": 16384, "tier": 2},
        },
        benefit={"discount_rate": 1},
    ),
    "relations": Case(
        {"f": fund(64)},
        [project("甲", 32, JOBS, place="a", benefit=32)],
        years=(2021, 2022),
        places=PLACES,
        indicators={"w": {"counts": "persons"}},
        effects={"j": POSTS},
        targets={
            name: {"indicator": "income", "tier": 3, **target} for name, target in sorted(RELATIONS.items())
        },
        benefit=OWN,
    ),
}
