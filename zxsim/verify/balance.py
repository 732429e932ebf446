"""Balance: the money per head of each place stays within a band around the mean of all of them.

With S the money and H the heads of all the places, mean = S/H; for each place v:
(1 − band)·mean·heads_v ≤ x_v ≤ (1 + band)·mean·heads_v, judged as H·x_v against (1 ± band)·S·heads_v
in exact fractions. Shown as (x_v/heads_v)/mean against 1 ± band; a share of nothing is not shown.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import numpy as np

from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.judged import AT_LEAST, AT_MOST, Cells, Judged, Verdict, scope_of
from zxsim.verify.plan import Plan
from zxsim.verify.ratios import Ratios, Whole, quotients
from zxsim.verify.reading import number


def check(rule_id: str, rule: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge a balance, two rows a year and place, or two a place for the whole period."""
    scope = scope_of(rule, inputs)
    counted = plan.of(funds=scope.funds, categories=rule.get("categories"), years=scope.years)
    spent = scope.by_period(rule, plan.sums(counted, rule["places"], scope.years))
    heads = _whole_heads([Fraction(inputs.places.exact(place, rule["heads"])) for place in rule["places"]])
    band = Fraction(number(rule["band"]))
    share = Ratios(
        np.array([limit.numerator for limit in (1 - band, 1 + band)], dtype=object),
        np.array([limit.denominator for limit in (1 - band, 1 + band)], dtype=object),
    )
    # Three axes: years outside, then places, then the two relations.
    units = np.repeat(spent.T[:, :, None], 2, axis=2)
    even = spent.sum(axis=0)[:, None, None] * heads[None, :, None] + 0 * units  # times H
    everyone = int(heads.sum())
    right = Ratios(share.top + 0 * units, share.below + 0 * units)
    room = Ratios(units * everyone * right.below - right.top * even, right.below * everyone)
    room.top[:, :, 1] *= -1
    years: Sequence[int | None] = [None] if rule["per"] == "period" else scope.years
    row = Judged(
        rule=rule_id,
        kind="balance",
        clause=rule.get("clause", ""),
        cells=_cells(rule["places"], years),
        left=quotients(units * everyone, even).ravel(),
        relation=[AT_LEAST, AT_MOST] * (len(rule["places"]) * len(years)),
        right=right.ravel(),
        room=room.ravel(),
        numerator="money_per_head",
        denominator="mean_per_head",
        defined=(even > 0).astype(np.bool_).ravel(),
    )
    return Verdict(row)


def _whole_heads(heads: list[Fraction]) -> Whole:
    """Heads as whole numbers in the same proportions.

    Raises
    ------
    ValueError
        There are no heads to divide by.
    """
    if sum(heads) <= 0:
        raise ValueError("no heads")
    scale = lcm(*(count.denominator for count in heads))
    return np.array([int(count * scale) for count in heads], dtype=object)


def _cells(places: Sequence[str], years: Sequence[int | None]) -> Cells:
    pairs = [(place, year) for year in years for place in places for _ in range(2)]
    return Cells([place for place, _ in pairs], [year for _, year in pairs], [None] * len(pairs))
