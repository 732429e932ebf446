"""What tells runs of one scenario apart: how the inputs of each differ from those of the first."""

from collections.abc import Iterator, Mapping, Sequence

from zxsim.errors import DataError, Message
from zxsim.runs.data import RunData
from zxsim.runs.facts import damaged
from zxsim.runs.resolved import RESOLVED
from zxsim.whatif.compare_inputs import scenario_differences

MOST = 3
"""Differences that are told of each run."""
MOST_LETTERS = 60


def told_apart(runs: Sequence[tuple[str, RunData]]) -> list[list[str | Message]]:
    """Tell for each run what differs from the first of its scenario; nothing where nothing does.

    Parameters
    ----------
    runs : sequence of (str, RunData)
        Scenario and run, the newest first.

    Returns
    -------
    list of list of str or Message
        Dotted keys with both values, names of tables; a message where the inputs cannot be read.
    """
    first = dict(runs)  # the last of a scenario is its oldest
    return [_differences(first[scenario], run) for scenario, run in runs]


def _differences(first: RunData, run: RunData) -> list[str | Message]:
    if first is run:
        return []
    try:
        told = list(_told(first, run))
    except DataError as error:
        return list(error.messages)
    except (AttributeError, TypeError, ValueError) as error:  # a foreign file: TOML, but no scenario
        return list(damaged(run.folder, f"inputs/{RESOLVED}", str(error)).messages)
    shown: list[str | Message] = [*told[:MOST]]
    return [*shown, Message("runs_more", {"count": len(told) - MOST})] if len(told) > MOST else shown


def _told(first: RunData, run: RunData) -> Iterator[str]:
    for row in scenario_differences(first, run):
        if not row.get("detail"):
            before, after = (_short(row[side]) or "–" for side in ("before", "after"))
            yield f"{row['address']} {before} → {after}"
    hashes = [_hashes(one) for one in (first, run)]
    for name in sorted({*hashes[0], *hashes[1]} - {RESOLVED}):
        if hashes[0].get(name) != hashes[1].get(name):
            yield name


def _hashes(run: RunData) -> Mapping[str, object]:
    found = run.manifest.get("inputs")
    return found if isinstance(found, Mapping) else {}


def _short(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1] + "…"
