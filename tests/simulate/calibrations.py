"""A town of 3,000 households with two free parameters, whose true values a test plants."""

from collections.abc import Mapping
from pathlib import Path

from zxsim.core.streams import Streams
from zxsim.schema.load import Loaded, load
from zxsim.simulate.calibrate import Trials

TRUE = {"shock.illness.rate": 0.05, "procedure.exit_quarter": 0.35}
START = {"shock.illness.rate": 0.02, "procedure.exit_quarter": 0.6}
FIGURES = {"new": "entry_rate", "removed": "removed_at_reviews"}

_SCENARIO = """zxsim_version = "0.1"
name = "试算"
years = [2023, 2023]
[fund.city]
level = "市"
amount_wan = 100
[household]
income_spread = 0.3
[shock.illness]
kind = "illness"
rate = {rate}
spending_yuan = 6000
spending_spread = 0.8
[procedure]
line_yuan = {{ 2023 = 7000 }}
cadres = 0.8
helped_days = 0
panels = 50
exit_quarter = {quarter}
[measure.relief]
gain_yuan = 6000
[calibration]
replications = 4
removed_before = 20
[calibration.free]
"shock.illness.rate" = {{ low = 0.005, high = 0.2 }}
"procedure.exit_quarter" = {{ low = 0.05, high = 0.95 }}
"""
_PLACES = """id,name,level,parent,population,households,monitored_households,income_yuan,income_year,trend
town,青石镇,town,,10500,3000,60,14000,2023,0.06
"""
_PROJECTS = """id,name,places,category,cost_wan
P1,茶园,town,产业发展,90
"""


def written(folder: Path, published: Mapping[str, float], more: str = "", **start: float) -> Path:
    """Write the scenario with these published figures; ``start`` has ``rate`` and ``quarter``."""
    rate = start.get("rate", START["shock.illness.rate"])
    quarter = start.get("quarter", START["procedure.exit_quarter"])
    figures = "".join(
        f'[calibration.figure.{name}]\nfigure = "{FIGURES[name]}"\npublished = {value:.9f}\n'
        for name, value in published.items()
    )
    folder.mkdir(parents=True, exist_ok=True)
    text = _SCENARIO.format(rate=rate, quarter=quarter) + figures + more
    (folder / "scenario.toml").write_text(text, encoding="utf-8")
    (folder / "places.csv").write_text(_PLACES, encoding="utf-8")
    (folder / "projects.csv").write_text(_PROJECTS, encoding="utf-8")
    return folder


def truth(loaded: Loaded, seed: int = 1) -> dict[str, float]:
    """Figures of the simulation at the true parameters."""
    return Trials(loaded, Streams(seed)).figures(TRUE, "fit")


def planted(folder: Path, more: str = "") -> Path:
    """Write the scenario with the figures of the true parameters as published, to start elsewhere."""
    guess = load(written(folder, dict.fromkeys(FIGURES, 0.1)))
    return written(folder, truth(guess), more)
