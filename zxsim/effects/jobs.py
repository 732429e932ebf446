"""Jobs: posts that a project pays for, each with a year's wage.

Yuan per 万元 of project p = posts_p · wage_yuan / (public cost of p in 万元). With `eligible`, what counts
at a place and year is at most eligible · gap_yuan. The posts themselves, posts_p per public cost, add to the
indicator ``posts`` without any limit.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import ClassVar, Literal

import numpy as np

from zxsim.core.effectspec import (
    EffectSpec,
    NumberOrColumn,
    Worth,
    per_wan_of_cost,
    project_column_faults,
    project_numbers,
)
from zxsim.core.layout import FloatArray, Layout
from zxsim.core.rulespec import Fault
from zxsim.core.spec import NotNegative, Years
from zxsim.core.yuaneffect import GapEffect


class Jobs(GapEffect):
    """Posts and their wages."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "就业岗位", "en": "jobs"}
    chinese: ClassVar[Mapping[str, str]] = {
        "": "岗位和工资。",
        "posts": "每个项目足额安排时的岗位数，或 projects.csv 的数值列。",
        "wage_yuan": "一个岗位的工资，元/年。",
        "lag": "从付款到第一笔工资的年数。",
        "life": "一个岗位发工资的年数。",
    }

    kind: Literal["jobs"]
    posts: NumberOrColumn
    """Posts of each project when paid in full, or the numeric column of projects.csv."""
    wage_yuan: NotNegative
    """Wage of a post, yuan per year."""
    lag: Years = Years(value=Decimal(0))
    """Years from payment to the first wage."""
    life: Years = Years(value=Decimal(1))
    """Years for which a post is paid."""

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield what is wrong with the columns it names."""
        yield from project_column_faults("posts", self.posts, layout, self.chosen(layout))
        yield from super().faults(layout)

    def per_wan(self, layout: Layout) -> FloatArray:
        """Posts · wage, by the public cost."""
        whole = project_numbers(self.posts, layout) * float(self.wage_yuan)
        return per_wan_of_cost(whole, layout)

    @property
    def sides(self) -> tuple[EffectSpec, ...]:
        """Wages, and the posts themselves."""
        figures = {name: getattr(self, name) for name in type(self).model_fields}
        return (self, PostsSide.model_construct(**figures))


class PostsSide(Jobs):
    """The number of posts; it has no benefit of its own."""

    @property
    def moves(self) -> str:
        """The number of posts."""
        return "posts"

    @property
    def sides(self) -> tuple[EffectSpec, ...]:
        """Itself."""
        return (self,)

    def limit(self, layout: Layout) -> FloatArray | None:
        """A post is one, whoever has it."""
        del layout
        return None

    def per_wan(self, layout: Layout) -> FloatArray:
        """Posts by the public cost."""
        return per_wan_of_cost(project_numbers(self.posts, layout), layout)

    def benefit(self, layout: Layout, worth: Worth) -> FloatArray:
        """Nothing: a benefit is what reaches households."""
        del worth
        return np.zeros(len(layout))
