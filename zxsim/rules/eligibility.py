"""Eligibility: only projects whose columns hold stated values may be paid by the funds."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar, Literal

import numpy as np
import polars as pl
from pydantic import Field

from zxsim.core.blocks import RowBlock
from zxsim.core.layout import BoolArray, Layout
from zxsim.core.rulespec import Fault, RuleSpec


class Eligibility(RuleSpec):
    """A filter on columns of projects.csv; a project that fails it gets nothing from the funds."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "入库资格", "en": "eligibility"}
    chinese: ClassVar[Mapping[str, str]] = {
        "": "按 projects.csv 的列筛选项目；不符合的项目不得使用这些资金。",
        "where": "projects.csv 的列 → 符合条件的取值；没有填的不符合。",
        "categories": "只筛选这些类别的项目；不写就筛选全部项目。",
    }

    kind: Literal["eligibility"]
    where: Annotated[dict[str, Annotated[tuple[str, ...], Field(min_length=1)]], Field(min_length=1)]
    """Column of projects.csv → values that are eligible; an empty cell is not eligible."""
    categories: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    """Only projects of these categories are filtered; all when not given."""

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield a fault for each column that projects.csv does not have."""
        if self.soft is not None:
            yield "soft", "filter_not_soft", {}
        text = sorted(c for c, kind in layout.projects.schema.items() if kind == pl.String)
        for column in self.where:
            if column not in text:
                yield "where", "unknown_filter_column", {"given": column, "known": text}

    def rows(self, rule_id: str, layout: Layout) -> Sequence[RowBlock]:
        """Return no row: the columns are left out of the model."""
        del rule_id, layout
        return ()

    def excluded(self, layout: Layout) -> BoolArray:
        """Which projects the rule keeps from its funds, shape *(projects,)*."""
        kinds = layout.projects.schema  # a column that is missing, or no text, is a fault of its own
        passes = [
            pl.col(c).is_in(list(words)) for c, words in self.where.items() if kinds.get(c) == pl.String
        ]
        table = layout.projects.select(
            pl.all_horizontal(pl.lit(value=True), *passes).fill_null(value=False).alias("ok")
        )
        filtered = layout.projects_in(self.categories)
        if self.places is not None:
            inside = layout.places.inside(layout.place_positions(self.places))
            here = np.zeros(len(layout.projects), dtype=np.bool_)
            here[layout.part_project[inside[layout.part_place]]] = True
            filtered = filtered & here
        kept_out: BoolArray = filtered & ~table["ok"].to_numpy()
        return kept_out
