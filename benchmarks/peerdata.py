"""The scenario of ``province.py`` as an analyst without zxsim reads it: his own reading of the same files."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

DISCOUNT_RATE = 0.04
"""What a scenario has that states none."""


@dataclass(frozen=True)
class Fund:
    """Money of a fund each year, of each county or (``pooled``) of all together, and what it must not pay."""

    name: str
    amount: float
    pooled: bool
    refused: frozenset[str]


@dataclass(frozen=True)
class PeerData:
    """What the allocation is made from.

    ``projects`` has a row each: id, village, county, category, cost, and ``served``, the share of its village
    that it serves when paid in full. ``worth`` is the benefit of a 万元 by category and year.
    """

    projects: pl.DataFrame
    years: Sequence[int]
    funds: Sequence[Fund]
    worth: Mapping[tuple[str, int], float]
    rising: Mapping[str, Any]
    floor: float
    covered: float
    wanted: float

    @property
    def rising_pooled(self) -> bool:
        """Whether the share of industry is that of all counties together."""
        return "each" not in self.rising


def read(folder: Path) -> PeerData:
    """Read a scenario folder that ``province.py`` wrote."""
    spec = tomllib.loads((folder / "scenario.toml").read_text(encoding="utf-8"))
    places = pl.read_csv(folder / "places.csv", infer_schema_length=None)
    first, last = spec["years"]
    years = range(first, last + 1)
    funds = [
        Fund(name, fund["amount_wan"], "per_place" not in fund, frozenset(fund.get("not_categories", [])))
        for name, fund in spec["fund"].items()
    ]
    water = spec["effect"]["water"]["categories"]
    villages = places.filter(pl.col("level") == "village")
    return PeerData(
        projects=_projects(folder, places, water),
        years=years,
        funds=funds,
        worth=_worth(spec, years),
        rising=spec["rule"]["industry"],
        floor=spec["rule"]["village"]["at_least_wan"],
        covered=villages["base_water"].item(0),
        wanted=spec["target"]["water"]["value"],
    )


def _projects(folder: Path, places: pl.DataFrame, water: Sequence[str]) -> pl.DataFrame:
    towns = places.select(parent="id", county="parent")
    villages = places.select("id", "parent", "population").join(towns, "parent")
    frame = pl.read_csv(folder / "projects.csv").join(
        villages, left_on="places", right_on="id", maintain_order="left"
    )
    serves = pl.when(pl.col("category").is_in(water)).then(pl.col("beneficiary_persons")).otherwise(0)
    served = serves / pl.col("population")
    return frame.select("id", "county", "category", village="places", cost="cost_wan", served=served)


def _worth(spec: Mapping[str, Any], years: range) -> Mapping[tuple[str, int], float]:
    """Sum, over the life of each yield, what is left of a 万元 paid in a year after discounting."""
    worth: dict[tuple[str, int], float] = {}
    for effect in spec["effect"].values():
        if effect["kind"] != "asset_yield":
            continue
        for year in years:
            begins = year - years[0] + effect["lag"]
            life = range(begins, begins + effect["life"])
            paid = effect["yield"] * sum((1 + DISCOUNT_RATE) ** -t for t in life)
            for category in effect["categories"]:
                worth[category, year] = worth.get((category, year), 0.0) + paid
    return worth
