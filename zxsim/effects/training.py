"""Training: heads trained, of whom a share finds work that pays more.

Yuan per 万元 of project p = heads_p · employed_share · gain_yuan / (public cost of p in 万元). With
`eligible`, what counts at a place and year is at most eligible · employed_share · gain_yuan.
"""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from zxsim.core.effectspec import NumberOrColumn, per_wan_of_cost, project_column_faults, project_numbers
from zxsim.core.layout import FloatArray, Layout
from zxsim.core.rulespec import Fault
from zxsim.core.spec import NotNegative, Share
from zxsim.core.yuaneffect import LimitedYuanEffect


class Training(LimitedYuanEffect):
    """Training that leads to work."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "技能培训", "en": "training"}
    chinese: ClassVar[Mapping[str, str]] = {
        "": "通过培训实现就业。",
        "heads": "每个项目足额安排时培训的人数，或 projects.csv 的数值列。",
        "employed_share": "受训人员中随后就业的比例。",
        "gain_yuan": "每名就业人员增收多少，元/年。",
    }

    kind: Literal["training"]
    heads: NumberOrColumn
    """Heads that each project trains when paid in full, or the numeric column of projects.csv."""
    employed_share: Share
    """Share of those trained who then find work."""
    gain_yuan: NotNegative
    """What one of these earns more, yuan per year."""

    @property
    def yuan_per_head(self) -> float:
        """Gain of a head trained, on average: no head is trained twice."""
        return float(self.employed_share) * float(self.gain_yuan)

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield what is wrong with the columns it names."""
        yield from project_column_faults("heads", self.heads, layout, self.chosen(layout))
        yield from super().faults(layout)

    def per_wan(self, layout: Layout) -> FloatArray:
        """Heads · employed share · gain, by the public cost."""
        whole = project_numbers(self.heads, layout) * self.yuan_per_head
        return per_wan_of_cost(whole, layout)
