"""Household output: households whose own farming or trade earns more.

Yuan per 万元 of project p = households_p · gain_yuan / (public cost of p in 万元). With `eligible`, what
counts at a place and year is at most eligible · gain_yuan.
"""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from zxsim.core.effectspec import NumberOrColumn, per_wan_of_cost, project_column_faults, project_numbers
from zxsim.core.layout import FloatArray, Layout
from zxsim.core.rulespec import Fault
from zxsim.core.spec import NotNegative
from zxsim.core.yuaneffect import LimitedYuanEffect


class HouseholdOutput(LimitedYuanEffect):
    """More output of households' own."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "农户经营增收", "en": "household output"}
    chinese: ClassVar[Mapping[str, str]] = {
        "": "农户自家经营增收。",
        "households": "每个项目足额安排时带动的户数，或 projects.csv 的数值列。",
        "gain_yuan": "每户增收多少，元/年。",
    }

    kind: Literal["household_output"]
    households: NumberOrColumn
    """Households that each project reaches when paid in full, or the numeric column of projects.csv."""
    gain_yuan: NotNegative
    """What a household earns more, yuan per year."""

    @property
    def yuan_per_head(self) -> float:
        """The gain: no household gains twice."""
        return float(self.gain_yuan)

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield what is wrong with the columns it names."""
        yield from project_column_faults("households", self.households, layout, self.chosen(layout))
        yield from super().faults(layout)

    def per_wan(self, layout: Layout) -> FloatArray:
        """Households · gain, by the public cost."""
        whole = project_numbers(self.households, layout) * float(self.gain_yuan)
        return per_wan_of_cost(whole, layout)
