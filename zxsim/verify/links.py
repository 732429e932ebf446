"""Check 3: what projects require of and exclude from each other.

A project that ``requires`` others gets money only if each of them is done: paid in full, or at least
its minimum where it has one. Of two projects that exclude each other, at most one gets any money.
"""

from collections.abc import Iterator, Mapping

import polars as pl

from zxsim.errors import Message
from zxsim.verify.findings import finding
from zxsim.verify.inputs import Inputs
from zxsim.verify.plan import Plan, in_wan


def check_links(plan: Plan, inputs: Inputs) -> list[Message]:
    """Find money on a project without what it requires, and on two that exclude each other."""
    linked = inputs.projects.filter((pl.col("requires") != "") | (pl.col("excludes") != ""))
    if not len(linked):
        return []
    paid = dict(plan.paid.iter_rows())
    return [*_requires(paid, inputs), *_excludes(paid, inputs)]


def _requires(paid: Mapping[str, int], inputs: Inputs) -> Iterator[Message]:
    linked = list(_named("requires", paid, inputs))
    others_named = {other for _, others in linked for other in others}
    needed: dict[str, int] = dict(
        inputs.projects.filter(pl.col("project_id").is_in(list(others_named)))
        .select("project_id", "needed")
        .iter_rows()
    )
    for project, others in linked:
        for other in others:
            got = paid.get(other, 0)
            if got < needed[other]:
                address = f"{project} requires {other}"
                yield finding("verify_requires", f">= {in_wan(needed[other])}", in_wan(got), address=address)


def _excludes(paid: Mapping[str, int], inputs: Inputs) -> Iterator[Message]:
    """One message a pair, whichever of the two names the other."""
    pairs = {
        (min(project, other), max(project, other))
        for project, others in _named("excludes", paid, inputs)
        for other in others
        if other in paid and other != project
    }
    for one, other in sorted(pairs):
        yield finding(
            "verify_excludes",
            "0.00",
            in_wan(paid[other]),
            address=f"{one} {in_wan(paid[one])} excludes {other}",
        )


def _named(column: str, paid: Mapping[str, int], inputs: Inputs) -> Iterator[tuple[str, list[str]]]:
    """Projects with money and the ids that a column names for them."""
    linked = inputs.projects.filter(pl.col(column) != "")
    with_money = linked.filter(pl.col("project_id").is_in(list(paid)))
    known = set(inputs.projects["project_id"]) if len(with_money) else set()
    for project, cell in with_money.select("project_id", column).iter_rows():
        others = [entry.strip() for entry in cell.split(";") if entry.strip()]
        if not known.issuperset(others):
            raise ValueError(f"{project} {column}: {cell}")
        yield project, others
