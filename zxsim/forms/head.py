"""The block of names and values above a form: the whole of its rows, period, money, targets, problems."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from zxsim.core.money import UNITS_PER_WAN
from zxsim.exporters.sheet import Entry, Format, Value
from zxsim.forms.costs import raised_beside
from zxsim.forms.outline import measures_text, targets_text, units_text, yearly_text
from zxsim.forms.problems import problems
from zxsim.forms.records import Records, paid
from zxsim.forms.scope import Scope
from zxsim.forms.template import Form
from zxsim.runs.data import RunData

FISCAL_KINDS = ("connection", "sector", "land_revenue")
"""Kinds of funds that are money of the budget (财政拨款)."""


def head_entries(
    form: Form, run: RunData, scope: Scope, records: Records, words: Mapping[str, str]
) -> list[Entry]:
    """Entries of a form's head; ``words`` fill the placeholders of texts."""
    facts = _Facts(form, run, scope, records, words)
    return [
        Entry(
            one.label.format(**words),
            one.text.format(**words) if one.text is not None else _SOURCES[one.source or key](facts),
            _format(one.source or key) if one.text is None else "text",
            one.wide,
        )
        for key, one in form.head.items()
    ]


def _format(source: str) -> Format:
    if source == "projects":
        return "count"
    return "money" if source.endswith("_wan") else "share" if source.endswith("_share") else "text"


@dataclass(frozen=True, eq=False)
class _Facts:
    """What the entries of one sheet are made of."""

    form: Form
    run: RunData
    scope: Scope
    records: Records
    words: Mapping[str, str]

    @cached_property
    def money(self) -> pl.DataFrame:
        """Payments that are planned in the years, at the place of the sheet."""
        money = paid(self.run, self.scope.years)
        inside = self.scope.inside
        return money if inside is None else money.filter(pl.col("place_id").is_in(inside))

    @property
    def spent(self) -> int:
        """Units in all."""
        return int(self.money["units"].sum())

    @cached_property
    def fiscal(self) -> int:
        """Units that are money of the budget."""
        kinds = {fund: keys.get("kind", "connection") for fund, keys in self.run.funds.items()}
        fiscal = [fund for fund, kind in kinds.items() if kind in FISCAL_KINDS]
        return int(self.money.filter(pl.col("fund_id").is_in(fiscal))["units"].sum())

    @cached_property
    def raised(self) -> int:
        """Units that projects raise themselves beside it."""
        return raised_beside(self.run, self.money)

    @property
    def paid(self) -> int:
        """Units that were paid in the year, by the reports."""
        return int(self.records.frame["paid_wan"].sum())

    @property
    def expected(self) -> Value:
        """Share of the year's money that should be paid by now."""
        return self.form.expected[self.scope.quarter.number - 1] if self.scope.quarter else None


_SOURCES: Mapping[str, Callable[[_Facts], Value]] = {
    "name": lambda facts: facts.words["name"],
    "place": lambda facts: facts.words["place"],
    "period": lambda facts: f"{facts.words['year']}年",
    "total_wan": lambda facts: (facts.spent + facts.raised) / UNITS_PER_WAN,
    "fiscal_wan": lambda facts: facts.fiscal / UNITS_PER_WAN,
    "other_wan": lambda facts: (facts.spent - facts.fiscal + facts.raised) / UNITS_PER_WAN,
    "amount_wan": lambda facts: facts.spent / UNITS_PER_WAN,
    "projects": lambda facts: facts.records.frame["project_id"].n_unique(),
    "paid_wan": lambda facts: facts.paid / UNITS_PER_WAN,
    "paid_share": lambda facts: facts.paid / facts.spent if facts.spent else None,
    "expected_share": lambda facts: facts.expected,
    "targets": lambda facts: targets_text(facts.run, facts.scope),
    "measures": lambda facts: measures_text(facts.run, facts.records),
    "yearly": lambda facts: yearly_text(facts.run, facts.scope),
    "units": lambda facts: units_text(facts.run, facts.scope, facts.records),
    "problems": lambda facts: problems(facts.run, facts.scope, facts.records),
}
