"""Random numbers by name: a draw is a function of what it is for, not of what was drawn before it.

A plan that helps other households, a shock that is added or a worker more changes nobody's luck, so that
what-ifs can be compared in pairs. Monthly draws of all households come from one generator for each purpose
and replication, filled in the order of the households. Draws for single cases are hashed from their
numbers: seed, purpose, replication, household, episode.

The hash is the finaliser of SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
generators", OOPSLA), applied once for each number.
"""

import hashlib
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

FloatArray = NDArray[np.float64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_TO_UNIT = 2.0**-52


@dataclass(frozen=True)
class Streams:
    """All random numbers of a simulation.

    Attributes
    ----------
    seed : int
        From 0 to 2⁶⁴ − 1; another one gives other numbers throughout.
    """

    seed: int

    def generator(self, purpose: str, replication: int) -> np.random.Generator:
        """Return the generator of one purpose in one replication, at its beginning."""
        key = [self.seed, int(_number(purpose)), replication]
        return np.random.Generator(np.random.SFC64(np.random.SeedSequence(key)))

    def uniform(
        self, purpose: str, replication: ArrayLike, household: ArrayLike, episode: ArrayLike
    ) -> FloatArray:
        """Draw numbers in (0, 1), one for each combination; the arguments are broadcast.

        >>> streams = Streams(1)
        >>> both = streams.uniform("visit", 0, [7, 8], 3)
        >>> bool(both[1] == streams.uniform("visit", 0, 8, 3))
        True
        """
        with np.errstate(over="ignore"):  # products and sums wrap around on purpose
            state = _mixed(np.asarray(np.uint64(self.seed) ^ _number(purpose)))
            for part in (replication, household, episode):
                state = _mixed(state + _GOLDEN * np.asarray(part).astype(np.uint64))
        return _unit(state)

    def normal(
        self, purpose: str, replication: ArrayLike, household: ArrayLike, episode: ArrayLike
    ) -> FloatArray:
        """Draw standard normal numbers by the inverse of their distribution; see :meth:`uniform`."""
        drawn: FloatArray = ndtri(self.uniform(purpose, replication, household, episode))
        return drawn


def fill_normal(generator: np.random.Generator, out: NDArray[np.float32]) -> None:
    """Fill an array with standard normal numbers in pairs r·cos a, r·sin a, r = √(−2 ln u), a = 2π·v.

    Box and Muller 1958, Ann. Math. Stat. 29:610. The logarithm, sine and cosine work on many numbers at once,
    so that this takes a third of the time of the generator's own method, which goes number by number.
    """
    half = (len(out) + 1) // 2
    raw = generator.bit_generator.random_raw(half).view(np.uint32)
    radius, angle = raw[:half].astype(np.float32), raw[half:].astype(np.float32)
    radius += np.float32(0.5)  # never 0
    radius *= np.float32(2.0**-32)
    np.log(radius, out=radius)
    radius *= np.float32(-2)
    np.sqrt(radius, out=radius)
    angle *= np.float32(2 * np.pi * 2.0**-32)
    np.cos(angle, out=out[:half])
    np.sin(angle[: len(out) - half], out=out[half:])
    out[:half] *= radius
    out[half:] *= radius[: len(out) - half]


@cache
def _number(purpose: str) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.sha256(purpose.encode()).digest()[:8], "big"))


def _unit(state: NDArray[np.uint64]) -> FloatArray:
    """Middles of 2⁵² equal parts of (0, 1): a half added to 53 bits would be rounded, at the end up to 1."""
    unit: FloatArray = ((state >> np.uint64(12)).astype(np.float64) + 0.5) * _TO_UNIT
    return unit


def _mixed(state: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Finaliser of SplitMix64."""
    mixed: NDArray[np.uint64] = np.add(state, _GOLDEN)
    for shift, factor in ((30, _FIRST), (27, _SECOND)):
        mixed = np.multiply(np.bitwise_xor(mixed, np.right_shift(mixed, np.uint64(shift))), factor)
    return np.bitwise_xor(mixed, np.right_shift(mixed, np.uint64(31)))
