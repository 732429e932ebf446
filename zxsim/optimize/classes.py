"""Interchangeable funds are one class in the programme, and are told apart again afterwards.

Funds that may pay the same for the same rules in the same years give the programme nothing but
ties: three of them make it slower and change nothing. The plan is made for classes; then each class's
money is dealt out, projects by rank and id, the oldest money first, funds by id. What a class may pay
in a year is what its members may pay together, so the split always exists (earliest deadline first).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from zxsim.core.layout import FundMoney, IntArray, Layout
from zxsim.schema.references import enabled
from zxsim.schema.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Classes:
    """The layout of a scenario by fund (``by_fund``) and by class of funds (``layout``)."""

    by_fund: Layout
    layout: Layout

    def split(self, units: IntArray) -> IntArray:
        """Deal out the money of classes to their funds.

        Parameters
        ----------
        units : int array (columns of ``layout``,)

        Returns
        -------
        int array (columns of ``by_fund``,)
        """
        found = np.zeros(len(self.by_fund), dtype=np.int64)
        own = _keys(self.by_fund, self.by_fund.column_fund)
        for group, fund in enumerate(self.layout.funds):
            at = np.flatnonzero((self.layout.column_fund == group) & (units > 0))
            for columns in _apart(self.layout, fund, at):
                for key, paid in self._dealt(fund, columns, units):
                    np.add.at(found, np.searchsorted(own, key), paid)
        return found

    def joined(self, units: IntArray) -> IntArray:
        """Add up the money of the funds of each class.

        Parameters
        ----------
        units : int array (columns of ``by_fund``,)

        Returns
        -------
        int array (columns of ``layout``,)
        """
        class_of = np.array(
            [self.layout.fund_position[f.fund_id] for f in self.by_fund.funds], dtype=np.int64
        )
        at = np.searchsorted(
            _keys(self.layout, self.layout.column_fund),
            self._class_keys(class_of),
        )
        found = np.zeros(len(self.layout), dtype=np.int64)
        np.add.at(found, at, units)
        return found

    def _class_keys(self, class_of: IntArray) -> IntArray:
        """Key of the column by class that each column by fund belongs to."""
        years, by_fund = len(self.layout.years), self.by_fund
        of_class = by_fund.column_part * len(self.layout.funds) + class_of[by_fund.column_fund]
        key: IntArray = of_class * years + by_fund.column_year
        return key

    def _dealt(
        self, fund: FundMoney, columns: IntArray, units: IntArray
    ) -> Iterator[tuple[IntArray, IntArray]]:
        """Pay each year's columns from the oldest money that is left, then from the first fund.

        Yields keys of columns by fund, and the units that each is paid; a key may stand twice.
        """
        members = self.by_fund.fund_positions(fund.members)
        left = np.array([self.by_fund.funds[member].amount for member in members])
        width = len(self.by_fund.funds)
        for t in np.unique(self.layout.column_year[columns]):
            due = columns[self.layout.column_year[columns] == t]
            window = left[:, max(0, t - fund.carry_over) : t + 1]
            source = window.T.ravel()
            ends_due, ends_source = np.cumsum(units[due]), np.cumsum(source)
            ends = np.union1d(ends_due, np.minimum(ends_source, ends_due[-1]))
            ends = ends[ends > 0]
            amount = np.diff(ends, prepend=0)
            payer, payee = np.searchsorted(ends_source, ends), due[np.searchsorted(ends_due, ends)]
            window -= np.bincount(payer, amount, len(source)).astype(np.int64).reshape(window.T.shape).T
            member = members[payer % len(members)]
            yield (self.layout.column_part[payee] * width + member) * len(self.layout.years) + t, amount


def _keys(layout: Layout, fund: IntArray) -> IntArray:
    """One number a column that grows with part, fund and year, the order of the columns."""
    years, funds = len(layout.years), len(layout.funds)
    key: IntArray = (layout.column_part * funds + fund) * years + layout.column_year
    return key


def _apart(layout: Layout, fund: FundMoney, at: IntArray) -> Iterator[IntArray]:
    """Yield the paid columns of a class, by earmarked place where it has some, projects by rank and id."""
    rank = layout.projects["rank"].cast(pl.Float64).fill_null(np.inf).to_numpy()
    ordered = at[np.lexsort((layout.column_part[at], rank[layout.column_project[at]]))]
    if fund.places is None:
        yield ordered
        return
    for _, owner in layout.places.owners(fund.places):
        member = owner[layout.column_place[ordered]]
        by_member = np.argsort(member, kind="stable")[np.count_nonzero(member < 0) :]
        yield from np.split(ordered[by_member], np.flatnonzero(np.diff(member[by_member])) + 1)


def classes_of(scenario: Scenario, layout: Layout) -> Classes:
    """Group the funds of a scenario and return its layout by class beside the one by fund."""
    groups = _groups(scenario, layout)
    funds = [_joined([layout.funds[member] for member in group]) for group in groups]
    class_of = np.zeros(len(layout.funds), dtype=np.int64)
    for number, group in enumerate(groups):
        class_of[group] = number
    first = _first(_keys(layout, class_of[layout.column_fund]))
    merged = layout.with_columns(
        funds=funds,
        column_part=layout.column_part[first],
        column_fund=class_of[layout.column_fund[first]],
        column_year=layout.column_year[first],
        committed=layout.committed[first],
        decided=layout.decided[first],
    )
    return Classes(layout, merged)


def _first(key: IntArray) -> IntArray:
    """Position of the first column of each key, in the order of keys, which are dense."""
    at = np.full(int(key.max(initial=-1)) + 1, -1, dtype=np.int64)
    at[key[::-1]] = np.arange(len(key))[::-1]  # of several columns with one key, the last one set stays
    first: IntArray = at[at >= 0]
    return first


def _groups(scenario: Scenario, layout: Layout) -> list[list[int]]:
    """Positions of the funds of each class, in the order of the joined ids."""
    committed = np.bincount(layout.column_fund, layout.committed, len(layout.funds))
    found: dict[object, list[int]] = {}
    for i, money in enumerate(layout.funds):
        spec = scenario.fund[money.fund_id]
        rules = tuple(
            rule for rule in enabled(scenario.rule) if money.fund_id in (scenario.rule[rule].funds or ())
        )
        alone = money.fund_id if committed[i] else ""
        where = (spec.categories, spec.not_categories, spec.places, spec.per_place, int(spec.carry_over))
        found.setdefault((where, tuple(money.amount > 0), rules, alone), []).append(i)
    return sorted(found.values(), key=lambda group: _id([layout.funds[i] for i in group]))


def _id(funds: Sequence[FundMoney]) -> str:
    return "+".join(sorted(fund.fund_id for fund in funds))


def _joined(funds: Sequence[FundMoney]) -> FundMoney:
    """Return the funds as one, holding their money together."""
    amount: IntArray = np.sum([fund.amount for fund in funds], axis=0)
    members = tuple(sorted(fund.fund_id for fund in funds))
    return FundMoney(_id(funds), amount, funds[0].places, funds[0].carry_over, members)
