"""What a planner says about the sheets on the command line: it counts more than any guess."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wishes:
    """Years and unit of the money, name of the scenario, rows not to be read (from 1)."""

    years: tuple[int, int] | None = None
    name: str = ""
    unit: str = ""
    skip_rows: tuple[int, ...] = ()
