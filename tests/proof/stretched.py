"""Scenarios whose figures lie 1e-4 to 1e8 apart, by number: drawn as in the tests, then stretched."""

import random
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from tests.proof.tied import KINDS, Tied, drawn
from tests.scenarios import Case, Records, Row

LEAST, MOST = Decimal("0.0001"), Decimal(10) ** 8
CENT = Decimal("0.01")
KEYS: Mapping[str, tuple[str, ...]] = {
    "amounts": ("at_least_wan", "standard_yuan"),
    "effects": ("yield", "gain_yuan", "gap_yuan", "wage_yuan"),
    "weights": ("weight",),
}
"""Figures of rules, effects and targets that are stretched together."""


def stretched(number: int) -> Tied:
    """Draw a scenario and put several powers of ten between its figures."""
    kind = list(KINDS)[number % len(KINDS)]
    draw = random.Random(number)  # noqa: S311 (scenarios, no secrets)
    case = drawn(KINDS[kind], number)
    done = [name for name in STRETCHES if draw.random() < 2 / 3] or ["costs"]
    for name in done:
        case = STRETCHES[name](case, draw)
    return Tied(case, ", ".join([kind, *done]))


def times(figure: object, draw: random.Random, low: int, high: int) -> Decimal:
    """Multiply a figure by a power of ten and keep it within 1e-4 and 1e8."""
    value = Decimal(str(figure)).scaleb(draw.randint(low, high))
    return min(max(value, LEAST), MOST) if value else value


def _costs(case: Case, draw: random.Random) -> Case:
    """From 0.01 to 1e8 万元, beside funds that can pay some of it."""
    promised = {row["project"] for row in case.commitments or ()}

    def row_of(row: Row) -> Row:
        if row.get("outlay") or row["id"] in promised:
            return row
        by = draw.randint(-3, 6)
        keys = [key for key in ("cost_wan", "minimum_wan") if row.get(key)]
        return {**row, **{key: max(Decimal(str(row[key])).scaleb(by), CENT) for key in keys}}

    funds = {
        name: {**spec, "amount_wan": _amounts(spec["amount_wan"], draw)} for name, spec in case.funds.items()
    }
    return case.but(projects=[row_of(row) for row in case.projects], funds=funds)


def _amounts(amount: object, draw: random.Random) -> object:
    by = draw.randint(-2, 6)
    if isinstance(amount, Mapping):
        return {year: Decimal(str(one)).scaleb(by) for year, one in amount.items()}
    return Decimal(str(amount)).scaleb(by)


def _worth(case: Case, draw: random.Random) -> Case:
    rows = [{**row, "benefit": times(row.get("benefit", 1), draw, -5, 7)} for row in case.projects]
    return case.but(projects=rows)


def _heads(case: Case, draw: random.Random) -> Case:
    """Beneficiaries in millions beside single ones, places of 10⁷ persons beside hamlets."""

    def more(row: Row, *keys: str) -> Row:
        by = 10 ** draw.randint(0, 5)
        return {**row, **{key: int(str(row[key])) * by for key in keys if row.get(key)}}

    return case.but(
        projects=[more(row, "beneficiary_persons", "beneficiary_households") for row in case.projects],
        places=[more(row, "population", "households", "lifted_population") for row in case.places],
    )


def _figures(what: str) -> Callable[[Case, random.Random], Case]:
    """Stretch the figures of rules, effects and targets, soft weights among them."""

    def stretch(case: Case, draw: random.Random) -> Case:
        def records(given: Records) -> Records:
            return {name: _record(spec) for name, spec in given.items()}

        def _record(spec: Mapping[str, Any]) -> Mapping[str, Any]:
            low, high = (-3, 0) if "yield" in spec else (-4, 6)
            found: dict[str, Any] = {
                key: times(value, draw, low, high) if key in KEYS[what] else value
                for key, value in spec.items()
            }
            if isinstance(found.get("soft"), Mapping):
                found["soft"] = _record({"weight": 1, **found["soft"]})
            return found

        return case.but(
            rules=records(case.rules), effects=records(case.effects), targets=records(case.targets)
        )

    return stretch


STRETCHES: Mapping[str, Callable[[Case, random.Random], Case]] = {
    "costs": _costs,
    "worth": _worth,
    "heads": _heads,
    **{name: _figures(name) for name in KEYS},
}
"""What is stretched, each in two thirds of the cases."""
