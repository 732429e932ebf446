"""Hypothesis strategies for loading: ways to split a cost, cells as people leave them, orders of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from zxsim.core.layout import BoolArray
from zxsim.schema.parts import Shares

SPACES = (" ", "\t", "\u00a0", "\u2003", "\u2028", "\u3000")


@dataclass(frozen=True)
class Costs:
    """Costs in units, each split in one of some ways."""

    units: Sequence[int]
    way: Sequence[int]
    ways: Sequence[Shares]


@st.composite
def ways(draw: st.DrawFn) -> Shares:
    """One place, or several with shares of few or of many digits that add to 1."""
    over = draw(st.sampled_from([2, 3, 10, 1_000, 10**9, 10**16, 10**25]))
    cuts = draw(st.lists(st.integers(1, over - 1), max_size=4, unique=True))
    ends = [0, *sorted(cuts), over]
    return [(f"v{i}", Fraction(b - a, over)) for i, (a, b) in enumerate(pairwise(ends))]


@st.composite
def costs(draw: st.DrawFn) -> Costs:
    """Costs from nothing to 10 billion 万元."""
    known = draw(st.lists(ways(), min_size=1, max_size=4))
    rows = st.tuples(st.integers(0, 10**12), st.integers(0, len(known) - 1))
    units, way = zip(*draw(st.lists(rows, min_size=1, max_size=8)), strict=True)
    return Costs(units, way, known)


@dataclass(frozen=True)
class Form:
    """How a cell stands in a file: white space around it, and quotes with an end of line, or none."""

    before: str
    after: str
    quoted: bool

    def of(self, text: str) -> str:
        """Write a cell in this form."""
        padded = self.before + text + self.after
        return f'"{padded}\n"' if self.quoted else padded


_spaces = st.text(st.sampled_from(SPACES), max_size=2)
forms = st.lists(st.builds(Form, _spaces, _spaces, st.booleans()), min_size=1, max_size=5)

numbers = st.one_of(
    st.integers(-(10**20), 10**20).map(str),
    st.integers(-3, 3).map(str),
    st.decimals(-(10**10), 10**10, places=3).map(str),
    st.text(st.sampled_from("0123456789+-._e "), min_size=1, max_size=6).map(str.strip).filter(bool),
)
"""What may stand in a cell for a number."""


@st.composite
def payable(draw: st.DrawFn) -> BoolArray:
    """What may be paid, shape *(funds, years, parts)*."""
    shape = draw(st.tuples(st.integers(1, 3), st.integers(1, 4), st.integers(0, 6)))
    size = int(np.prod(shape))
    return np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size)), dtype=np.bool_).reshape(
        shape
    )
