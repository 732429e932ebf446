"""Certificates checked again in exact arithmetic, from the arrays alone, with code of its own.

A stage minimises cᵀx over the face that the stages before it left. Its duals y and reduced costs d prove it
best where x keeps all bounds, c = Aᵀy + d, and cᵀx equals the dual objective. All sums are of fractions, so
that what is left is the solver's error and nothing of ours.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from itertools import starmap
from unittest.mock import patch

import numpy as np

from zxsim.core.layout import FloatArray
from zxsim.core.program import Program
from zxsim.optimize import certify, reach, stages
from zxsim.optimize.certify import ALLOWED, Certificate
from zxsim.optimize.solution import Face, Solution

Exact = list[Fraction]


def residuals(program: Program, cost: FloatArray, face: Face, found: Solution) -> tuple[float, float, float]:
    """Primal and dual residual and gap of a stage, each relative to what was added up."""
    x, dual, reduced = (_exact(each) for each in (found.x, found.dual, found.reduced_cost))
    rows, row_sizes = _times(program, x, by_row=True)
    prices, _ = _times(program, dual, by_row=False)
    primal = max(
        _outside(x, face.column_lower, face.column_upper, [abs(value) for value in x]),
        _outside(rows, face.row_lower, face.row_upper, row_sizes),
    )
    costs = _exact(cost)
    largest = max([Fraction(1), *(abs(value) for value in costs)])
    left = [abs(c - p - d) / largest for c, p, d in zip(costs, prices, reduced, strict=True)]
    value = sum(starmap(Fraction.__mul__, zip(costs, x, strict=True)), Fraction(0))
    bound = _supported(reduced, face.column_lower, face.column_upper)
    bound += _supported(dual, face.row_lower, face.row_upper)
    gap = abs(value - bound) / (1 + abs(value))
    return float(primal), float(max(left, default=Fraction(0))), float(gap)


@dataclass(frozen=True, eq=False)
class Claim:
    """An answer that zxsim took for proved, with the face that it was found on."""

    told: Certificate
    program: Program
    cost: FloatArray
    face: Face
    found: Solution


@contextmanager
def recorded() -> Iterator[list[Claim]]:
    """Collect every answer that is taken for proved."""
    claims: list[Claim] = []

    def certificate(
        stage: str, program: Program, cost: FloatArray, face: Face, found: Solution
    ) -> Certificate:
        told = certify.certificate(stage, program, cost, face, found)
        if told.holds:
            claims.append(Claim(told, program, cost, face.copy(), found))
        return told

    with patch.object(stages, "certificate", certificate), patch.object(reach, "certificate", certificate):
        yield claims


def proof_faults(claims: Sequence[Claim]) -> Iterator[str]:
    """Say which proofs do not hold in exact arithmetic."""
    for claim in claims:
        found = residuals(claim.program, claim.cost, claim.face, claim.found)
        if max(found) > ALLOWED:
            yield "proof of {}: primal {:.1e}, dual {:.1e}, gap {:.1e}".format(claim.told.stage, *found)


def _exact(values: FloatArray) -> Exact:
    return [Fraction(float(value)) for value in values]


def _times(program: Program, by: Exact, *, by_row: bool) -> tuple[Exact, Exact]:
    """A·x or Aᵀ·y, and the same of sizes."""
    stored = program.matrix.tocoo()
    rows, columns = stored.shape
    product = [Fraction(0)] * (rows if by_row else columns)
    sizes = product.copy()
    into, out_of = (stored.row, stored.col) if by_row else (stored.col, stored.row)
    for i, j, value in zip(into.tolist(), out_of.tolist(), stored.data.tolist(), strict=True):
        if by[j]:
            term = Fraction(value) * by[j]
            product[i] += term
            sizes[i] += abs(term)
    return product, sizes


def _outside(values: Sequence[Fraction], lower: FloatArray, upper: FloatArray, sizes: Exact) -> Fraction:
    """Largest distance outside the bounds, relative to the terms that were added up."""
    worst = Fraction(0)
    for value, low, high, size in zip(values, lower.tolist(), upper.tolist(), sizes, strict=True):
        for bound, sign in ((low, 1), (high, -1)):
            if np.isfinite(bound):
                missing = sign * (Fraction(bound) - value)
                worst = max(worst, missing / (1 + size + abs(Fraction(bound))))
    return worst


def _supported(duals: Exact, lower: FloatArray, upper: FloatArray) -> Fraction:
    """Each multiplier times the bound that its sign points to; one without that bound must be noise."""
    total = Fraction(0)
    for dual, low, high in zip(duals, lower.tolist(), upper.tolist(), strict=True):
        bound = low if dual > 0 else high
        if np.isfinite(bound):
            total += dual * Fraction(bound)
        elif abs(dual) > ALLOWED:
            return Fraction(10**30)
    return total
