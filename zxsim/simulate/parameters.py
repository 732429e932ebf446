"""Figures of a scenario as numbers of each replication: fixed, or drawn from their range where assumed."""

from dataclasses import dataclass

import numpy as np

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.spec import Figure
from zxsim.core.streams import Streams


@dataclass(frozen=True, eq=False)
class Parameters:
    """What figures are in some replications.

    Attributes
    ----------
    replications : int array (replications,)
        Their numbers: a draw depends on the number and the address of the figure only.
    drawn : bool
        Whether assumed figures are drawn; else every figure is its value.
    """

    streams: Streams
    replications: IntArray
    drawn: bool

    def of(self, address: str, figure: Figure) -> FloatArray:
        """Return a figure in each replication, shape *(replications,)*.

        ``address`` is the figure's own in the scenario, such as ``[shock.illness] rate``.
        """
        value = float(figure)
        if not self.drawn or not figure.assumed or figure.low is None or figure.high is None:
            return np.full(len(self.replications), value)
        uniform = self.streams.uniform(f"parameter:{address}", self.replications, 0, 0)
        return triangular(uniform, float(figure.low), value, float(figure.high))


def triangular(uniform: FloatArray, low: float, mode: float, high: float) -> FloatArray:
    """Turn uniform draws into triangular ones (inverse of the distribution function).

    F(x) = (x−a)²/((b−a)(c−a)) up to the mode c, 1 − (b−x)²/((b−a)(b−c)) above it, for low a and high b.

    >>> triangular(np.array([0.125, 0.5, 0.875]), 0.0, 1.0, 2.0).tolist()
    [0.5, 1.0, 1.5]
    """
    if high <= low:
        return np.full(len(uniform), mode)
    width = high - low
    below = low + np.sqrt(uniform * width * (mode - low))
    above = high - np.sqrt((1 - uniform) * width * (high - mode))
    return np.where(uniform < (mode - low) / width, below, above)
