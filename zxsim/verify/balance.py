"""Balance: the money per head of each place stays within a band around the mean of all of them.

With S the money and H the heads of all the places, mean = S/H; for each place v:
(1 − band)·mean·heads_v ≤ x_v ≤ (1 + band)·mean·heads_v, judged as H·x_v against (1 ± band)·S·heads_v
in exact fractions. Shown as (x_v/heads_v)/mean against 1 ± band; a share of nothing is not shown.
"""

from collections.abc import Iterator
from fractions import Fraction

from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.judged import AT_LEAST, AT_MOST, Judged, Verdict, scope_of
from zxsim.verify.plan import Plan
from zxsim.verify.reading import number


def check(rule_id: str, rule: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge a balance, two rows a place and year, or two a place for the whole period."""
    scope = scope_of(rule, inputs)
    counted = plan.of(funds=scope.funds, categories=rule.get("categories"), years=scope.years)
    spent = scope.by_period(rule, plan.sums(counted, rule["places"]))
    heads = {place: Fraction(inputs.places.exact(place, rule["heads"])) for place in rule["places"]}
    years = dict.fromkeys(year for _, year in spent)
    rows = [
        row
        for year in years
        for row in _of_year(rule_id, rule, year, {place: spent[place, year] for place in heads}, heads)
    ]
    return Verdict(rows)


def _of_year(
    rule_id: str, rule: Record, year: int | None, spent: dict[str, int], heads: dict[str, Fraction]
) -> Iterator[Judged]:
    band = Fraction(number(rule["band"]))
    mean = Fraction(sum(spent.values())) / sum(heads.values(), Fraction(0))
    for place, units in spent.items():
        even = mean * heads[place]
        for relation, share in ((AT_LEAST, 1 - band), (AT_MOST, 1 + band)):
            room = units - share * even
            yield Judged(
                rule=rule_id,
                kind="balance",
                clause=rule.get("clause", ""),
                place=place,
                year=year,
                left=units / even if even else Fraction(0),
                relation=relation,
                right=share,
                room=room if relation == AT_LEAST else -room,
                numerator="money_per_head",
                denominator="mean_per_head",
                defined=even > 0,
            )
