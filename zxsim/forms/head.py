"""The block of names and values above a form: the project as a whole, its period and its money."""

from collections.abc import Mapping, Sequence

import polars as pl

from zxsim.core.money import UNITS_PER_WAN
from zxsim.exporters.sheet import Entry, Value
from zxsim.forms.costs import raised_beside
from zxsim.forms.records import paid
from zxsim.forms.template import Form
from zxsim.runs.data import RunData

FISCAL_KINDS = ("connection", "sector", "land_revenue")
"""Kinds of funds that are money of the budget (财政拨款)."""


def head_entries(form: Form, run: RunData, years: Sequence[int], words: Mapping[str, str]) -> list[Entry]:
    """Entries of a form's head; ``words`` fill the placeholders of texts."""
    values = _values(run, years, words) if form.head else {}
    return [
        Entry(
            one.label.format(**words),
            one.text.format(**words) if one.text is not None else values[one.source or key],
            "money" if one.text is None and (one.source or key).endswith("_wan") else "text",
            one.wide,
        )
        for key, one in form.head.items()
    ]


def _values(run: RunData, years: Sequence[int], words: Mapping[str, str]) -> Mapping[str, Value]:
    """Every source of a head: names, and money of the years in 万元."""
    money = paid(run, years)
    fiscal = [fund for fund, keys in run.funds.items() if keys.get("kind", "connection") in FISCAL_KINDS]
    of_budget = int(money.filter(pl.col("fund_id").is_in(fiscal))["units"].sum())
    spent, raised = int(money["units"].sum()), raised_beside(run, money)
    sums = {
        "total_wan": spent + raised,
        "fiscal_wan": of_budget,
        "other_wan": spent - of_budget + raised,
        "amount_wan": spent,
    }
    return {
        "name": words["name"],
        "place": words["place"],
        "period": f"{words['year']}年",
        **{source: units / UNITS_PER_WAN for source, units in sums.items()},
    }
