"""Posts that are paid in a year: those of jobs effects, which the plan pays anew each year."""

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

import numpy as np

from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.spec import Spec


class PostsIndicator(Spec):
    """Posts, a number; always present under the id ``posts``."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "就业岗位(个)", "en": "posts"}

    @property
    def saturates(self) -> bool:
        """Posts add up."""
        return False

    @property
    def margin(self) -> Decimal:
        """One post."""
        return Decimal(1)

    def recipients(self, layout: Layout) -> FloatArray:
        """A number of a place is not divided."""
        return np.ones(len(layout.places))

    def columns(self, indicator_id: str) -> tuple[str, ...]:
        """Columns that a targeted place must have."""
        del indicator_id
        return ("posts",)

    def start(self, indicator_id: str, layout: Layout) -> FloatArray:
        """Posts in the year before the horizon."""
        del indicator_id
        return layout.place_numbers("posts")

    def path(self, indicator_id: str, layout: Layout, years: IntArray) -> FloatArray:
        """Without a plan nobody pays them from the first year of the horizon on, shape *(places, years)*."""
        before = years < layout.years[0]
        posts: FloatArray = self.start(indicator_id, layout)[:, None] * before[None, :]
        return posts
