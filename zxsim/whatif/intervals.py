"""How surely two simulations differ: intervals of the difference of means."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

LEVEL = 0.90
"""Chance that an interval holds the difference of the true means."""

Floats = NDArray[np.float64]
NOISE = 1e-9
"""Relative size of differences that floating-point arithmetic alone can make."""


def without_noise(difference: pl.Expr, *sizes: pl.Expr) -> pl.Expr:
    """Differences of figures that are the same but for floating point, as 0."""
    largest = pl.max_horizontal(pl.lit(1.0), *(size.abs() for size in sizes))
    return pl.when(difference.abs() > NOISE * largest).then(difference).otherwise(0.0)


def paired_half_width(variance: Floats, count: int) -> Floats:
    """Half-width of the 90 % interval of a mean of ``count`` differences of pairs.

    d̄ ± t(0.95, n−1) · s/√n with s² = Σ(d_r − d̄)²/(n−1) over the replications r = 1…n (Student 1908,
    Biometrika 6:1; for runs with common random numbers: Law 2015, Simulation Modeling and Analysis, 5th
    ed., 10.2.1). The differences of replications are independent of each other, so nothing is asked of the
    two runs within one. NaN for a single pair.

    Parameters
    ----------
    variance : float array
        s² of each mean.

    >>> paired_half_width(np.array([4.0]), 4).round(4).tolist()  # t(0.95, 3) = 2.3534
    [2.3534]
    """
    if count < 2:  # noqa: PLR2004 (one pair has no spread)
        return np.full(len(variance), np.nan)
    half: Floats = _quantile(count - 1) * np.sqrt(variance / count)
    return half


def unpaired_half_width(variance: tuple[Floats, Floats], count: tuple[int, int]) -> Floats:
    """Half-width of the 90 % interval of the difference of two means of independent replications.

    t(0.95, ν) · √(s₁²/n₁ + s₂²/n₂) with ν = (s₁²/n₁ + s₂²/n₂)² / (s₁⁴/(n₁²(n₁−1)) + s₂⁴/(n₂²(n₂−1)))
    (Welch 1947, Biometrika 34:28). 0 where neither varies; NaN for a single replication.

    >>> half = unpaired_half_width((np.array([4.0]), np.array([4.0])), (4, 4))
    >>> half.round(4).tolist()  # ν = 6, t(0.95, 6) = 1.9432, √2 = 1.4142
    [2.7481]
    """
    if min(count) < 2:  # noqa: PLR2004 (one replication has no spread)
        return np.full(len(variance[0]), np.nan)
    parts = [each / number for each, number in zip(variance, count, strict=True)]
    total = parts[0] + parts[1]
    below = parts[0] ** 2 / (count[0] - 1) + parts[1] ** 2 / (count[1] - 1)
    freedom = np.divide(total**2, below, out=np.ones_like(total), where=below > 0)
    half: Floats = np.where(below > 0, _quantile(freedom) * np.sqrt(total), 0.0)
    return half


def _quantile(freedom: float | Floats) -> Floats:
    """Half-width of the interval of a mean with so many degrees of freedom, in its standard errors."""
    from scipy import stats  # noqa: PLC0415 (heavy: a third of what a plan loads that is compared with none)

    found: Floats = stats.t.ppf((1 + LEVEL) / 2, freedom)
    return found
