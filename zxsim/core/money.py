"""Money as whole numbers of 0.01 万元 ("units"), and the roundings that are allowed.

Costs and floors are rounded up, funds down, so that no rounding ever spends money that is not there.
"""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

UNITS_PER_WAN = 100
"""Units of 0.01 万元 in one 万元."""

YUAN_PER_WAN = 10_000
"""Yuan in one 万元."""


def units_up(amount_wan: Decimal) -> int:
    """Round 万元 up to whole units.

    >>> units_up(Decimal("15.999326"))
    1600
    """
    return int((amount_wan * UNITS_PER_WAN).to_integral_value(ROUND_CEILING))


def units_down(amount_wan: Decimal) -> int:
    """Round 万元 down to whole units.

    >>> units_down(Decimal("1162.161"))
    116216
    """
    return int((amount_wan * UNITS_PER_WAN).to_integral_value(ROUND_FLOOR))


def wan_text(units: int) -> str:
    """Write units as 万元 with two digits, exactly.

    >>> wan_text(-7)
    '-0.07'
    """
    sign, size = ("-", -units) if units < 0 else ("", units)
    return f"{sign}{size // UNITS_PER_WAN}.{size % UNITS_PER_WAN:02d}"


def public_cost(cost_wan: Decimal, self_raised_share: Decimal) -> int:
    """Public money that a project may take: cost × (1 − self-raised share), rounded up, in units."""
    return units_up(cost_wan * (1 - self_raised_share))


def share_up(share: Fraction, units: int) -> int:
    """Smallest whole number of units that is at least ``share`` of ``units``.

    >>> share_up(Fraction(55, 100), 116216)
    63919
    """
    return -((-share.numerator * units) // share.denominator)


def share_down(share: Fraction, units: int) -> int:
    """Largest whole number of units that is at most ``share`` of ``units``."""
    return (share.numerator * units) // share.denominator


def largest_remainder(total: int, shares: Sequence[Fraction], keys: Sequence[str]) -> list[int]:
    """Split ``total`` by ``shares`` into whole units that add up to it.

    Hamilton's method: everyone gets the floor, what is left goes to the largest remainders,
    ties to the smaller key.

    Parameters
    ----------
    total : int
        Units to split.
    shares : sequence of Fraction
        Non-negative, adding to 1.
    keys : sequence of str
        Names that break ties; same length as ``shares``.

    >>> largest_remainder(100, [Fraction(1, 3)] * 3, ["b", "a", "c"])
    [33, 34, 33]
    """
    floors = [share_down(share, total) for share in shares]
    remainders = [share * total - floor for share, floor in zip(shares, floors, strict=True)]
    order = sorted(range(len(shares)), key=lambda i: (-remainders[i], keys[i]))
    for i in order[: total - sum(floors)]:
        floors[i] += 1
    return floors
