"""The headlines of a comparison: messages whose fields are figures of its frames, each with its runs."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from zxsim.errors import Message
from zxsim.whatif.compare_winners import MONEY, counted
from zxsim.whatif.compare_years import INCOME, SIMULATED
from zxsim.whatif.comparison import GAIN, LOSS

Frames = Mapping[str, pl.DataFrame]

ABOUT_HOUSEHOLDS = ((INCOME, ",.0f"), ("unresolved", ",.2f"), ("open_cases", ",.2f"))
"""Simulated figures of everybody that have a headline, and how their means are written."""

LARGE = 100
"""Differences from here on are written without digits behind the point."""


def signed(value: float) -> str:
    """Write a difference with its sign, and with as many digits as say something.

    >>> signed(1234.5), signed(-1.096), signed(-0.001)
    ('+1,234', '-1.10', '0.00')
    """
    text = format(value, "+,.0f" if abs(value) >= LARGE else "+,.2f")
    return "0.00" if text in ("+0.00", "-0.00") else text


def findings(frames: Frames, other: str) -> Iterator[Message]:
    """Yield the headlines of one run beside the reference.

    Parameters
    ----------
    frames : mapping
        Frames of a comparison by name; rows of other runs are left alone.
    other : str
        Label of the run.
    """
    own = {
        name: frame.filter(pl.col("run") == other) for name, frame in frames.items() if "run" in frame.columns
    }
    runs = {row["label"]: row for row in frames["runs"].iter_rows(named=True)}
    a = frames["runs"]["label"][0]
    both = {"a": a, "b": other}
    if len(own["inputs"]):
        count = int((~own["inputs"]["detail"]).sum())
        yield Message("compare_found_inputs", {**both, "count": count})
    yield from _plan(both, runs, frames["distances"], own["money"])
    yield from _targets(both, own["targets"])
    yield from _households(both, own["trajectories"])
    yield from _places(both, own["winners"])


def _plan(
    both: Mapping[str, str],
    runs: Mapping[str, Mapping[str, Any]],
    distances: pl.DataFrame,
    money: pl.DataFrame,
) -> Iterator[Message]:
    one, two = runs[both["a"]], runs[both["b"]]
    if one["spent_wan"] is None or two["spent_wan"] is None:
        return
    between = (pl.col("run_a") == both["a"]) & (pl.col("run_b") == both["b"])
    moved = distances.filter(between & (pl.col("dimension") == "total"))
    if not len(moved):
        yield Message("compare_found_same_plan", both)
    else:
        shown = {"share": f"{moved['distance'][0]:.1%}", "moved": f"{moved['moved_wan'][0]:,.2f}"}
        yield Message("compare_found_moved", {**both, **shown})
    yield from _totals(both, one, two)
    yield from _most_moved(both, money)


def _totals(both: Mapping[str, str], one: Mapping[str, Any], two: Mapping[str, Any]) -> Iterator[Message]:
    """Say what both spend and what it is worth, where a reader would see a difference."""
    same_worth = all(one[key] == two[key] for key in ("benefit_source", "benefit_unit"))
    of_benefit = "compare_found_benefit" if same_worth else "compare_found_benefit_other"
    for key, code in (("spent_wan", "compare_found_spent"), ("benefit", of_benefit)):
        texts = {name: format(run[key], ",.2f") for name, run in (("one", one), ("two", two))}
        if texts["one"] != texts["two"]:
            fields = {**both, **texts, "difference": format(two[key] - one[key], "+,.2f")}
            units = {f"unit_{side}": run["benefit_unit"] or "万元" for side, run in (("a", one), ("b", two))}
            yield Message(code, {**fields, **units})


def _most_moved(both: Mapping[str, str], money: pl.DataFrame) -> Iterator[Message]:
    """Name the category that gains most and the one that loses most."""
    kinds = money.filter(pl.col("dimension") == "category").sort("difference_wan", "item")
    up, down = (
        kinds.filter(pl.col("difference_wan") > 0).tail(1),
        kinds.filter(pl.col("difference_wan") < 0).head(1),
    )
    for code, rows in (("compare_found_category_up", up), ("compare_found_category_down", down)):
        for row in rows.iter_rows(named=True):
            amounts = {
                key: format(row[f"{side}_wan"], ",.2f") for key, side in (("one", "before"), ("two", "after"))
            }
            difference = format(row["difference_wan"], "+,.2f")
            yield Message(code, {**both, "name": row["name"], **amounts, "difference": difference})


def _targets(both: Mapping[str, str], targets: pl.DataFrame) -> Iterator[Message]:
    gains, losses = (int((targets["verdict"] == verdict).sum()) for verdict in (GAIN, LOSS))
    if gains or losses:
        yield Message("compare_found_targets", {**both, "gains": gains, "losses": losses})


def _households(both: Mapping[str, str], trajectories: pl.DataFrame) -> Iterator[Message]:
    """Say how much the simulated figures of everybody differ in the last year."""
    everybody = trajectories.filter(
        (pl.col("basis") == SIMULATED) & (pl.col("place_id") == "") & (pl.col("group") == "")
    )
    for indicator, form in ABOUT_HOUSEHOLDS:
        rows = everybody.filter(pl.col("indicator") == indicator).sort("year").tail(1)
        for row in rows.iter_rows(named=True):
            shown = {key: format(row[key], form) for key in ("before", "after")}
            shown["difference"] = signed(row["difference"])
            if row["low"] is None:
                yield Message(f"compare_found_{indicator}", {**both, "year": row["year"], **shown})
                continue
            shown |= {key: signed(row[key]) for key in ("low", "high")}
            kind = "pairs" if row["paired"] else "apart"
            fields = {**both, "year": row["year"], **shown, "count": row["count"]}
            yield Message(f"compare_found_{indicator}_{kind}", fields)


def _places(both: Mapping[str, str], winners: pl.DataFrame) -> Iterator[Message]:
    """Say how many places gain and lose, by money and by income."""
    gains, losses, _ = counted(winners, MONEY)
    if gains or losses:
        yield Message("compare_found_places_money", {**both, "gains": gains, "losses": losses})
    income = winners.filter(pl.col("indicator") == INCOME)
    for basis in income["basis"].unique(maintain_order=True):
        gains, losses, unclear = counted(winners, INCOME, basis)
        if basis != SIMULATED and not (gains or losses):
            continue  # all that differs is shown as 0
        fields = {**both, "gains": gains, "losses": losses, "unclear": unclear}
        yield Message(f"compare_found_places_income_{basis}", fields)
