"""Calibration: planted parameters are found again, figures are what they say, the search keeps its bounds."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.simulate.calibrations import FIGURES as FITTED
from tests.simulate.calibrations import TRUE, planted, truth, written
from tests.simulate.setups import busy, outcome
from zxsim.core.layout import FloatArray
from zxsim.schema.calibration import FIGURE_NAMES, PublishedFigure
from zxsim.schema.free_parameters import free_parameters, with_values
from zxsim.schema.load import load
from zxsim.simulate.calibrate import calibrate, is_within
from zxsim.simulate.calibrate_figures import FIGURES, Sample
from zxsim.simulate.calibrate_search import Search
from zxsim.simulate.records import Kind
from zxsim.simulate.setup import Channel, Group


def test_every_figure_that_a_scenario_may_name_is_worked_out() -> None:
    """The schema's words are the simulation's, in the same order."""
    assert tuple(FIGURES) == FIGURE_NAMES


@pytest.fixture(name="sample", scope="module")
def _sample() -> Sample:
    made = busy(3)
    return Sample(made, [outcome(made)], removed_before=10.0)


def test_figures_are_counts_of_events(sample: Sample) -> None:
    """Each share, rate and median is worked out a second time from the plain rows of events."""
    rows = sample.outcomes[0].events.columns()
    kind, detail, household = rows["kind"], rows["detail"], rows["household"].astype(int)
    size = sample.setup.population.size
    new, gone = kind == Kind.ENTRY, kind == Kind.EXIT
    identified = 3 * (8 * 3 + 10) + new.sum()
    wanted = {
        "entry_rate": size[household[new]].sum() / size.sum() / 3 / 2,
        "removed_share": (gone.sum() + 30) / identified,
        "removed_at_reviews": (gone & (detail == 0)).sum() / identified,
        "relapse_share": (kind == Kind.RELAPSE).sum() / gone.sum(),
        "persons_per_new_household": size[household[new]].mean(),
        **{f"share_{group.name.lower()}": (detail[new] == group).mean() for group in Group},
        **{
            f"found_by_{channel.name.lower()}": (detail[kind == Kind.LEAD] == channel).mean()
            for channel in Channel
        },
    }
    for group in Group:
        some = household[new & (detail == group)]
        wanted[f"persons_per_new_{group.name.lower()}"] = size[some].mean()
    for name, value in wanted.items():
        assert FIGURES[name](sample) == pytest.approx(value), name
    assert min(wanted.values()) > 0


def test_new_households_removed_are_those_with_a_later_exit(sample: Sample) -> None:
    """Followed household by household."""
    rows = sample.outcomes[0].events.columns()
    cases = list(zip(rows["replication"], rows["household"], rows["day"], rows["kind"], strict=True))
    entries = [case for case in cases if case[3] == Kind.ENTRY]
    last = {case[:2]: case[2] for case in cases if case[3] == Kind.EXIT}
    removed = [last.get(entry[:2], -1.0) > entry[2] for entry in entries]
    assert FIGURES["removed_of_new"](sample) == pytest.approx(np.mean(removed))
    assert 0 < np.mean(removed) < 1


def test_stocks_and_incomes_of_the_last_day(sample: Sample) -> None:
    """Unresolved over open; quantiles over the mean income, the median below the mean of a skew income."""
    ended = sample.outcomes[0]
    found = FIGURES["unresolved_share"](sample)
    assert found == pytest.approx(ended.unresolved[-1].sum() / ended.open_cases[-1].sum())
    low, middle, high = (FIGURES[f"income_{part}_over_mean"](sample) for part in ("p10", "median", "p90"))
    assert 0 < low < middle < 1 < high


@pytest.mark.parametrize(
    ("relation", "model", "expected"),
    [("=", 0.102, True), ("=", 0.1021, False), ("=", 0.0979, False), ("<=", 0.05, True), ("<=", 0.101, False),
     (">=", 0.05, False), (">=", 0.2, True)],
)  # fmt: skip
def test_a_figure_is_within_its_relation_and_tolerance(relation: str, model: float, expected: object) -> None:
    """2 % of what was published, both ways, or the side that the relation allows."""
    spec = {"figure": "entry_rate", "use": "check", "relation": relation, "published": 0.1}
    assert is_within(PublishedFigure.model_validate(spec), model) is expected


def _stairs(true: FloatArray, size: float) -> Callable[[FloatArray], FloatArray]:
    """Residuals of a bent mixture of the parameters, in steps as counts of households make them."""
    mixed = np.array([[4.0, 1.0, 0.5], [0.3, 3.0, -1.0], [0.5, 0.2, 5.0], [1.0, 1.0, 1.0]])

    def figures(point: FloatArray) -> FloatArray:
        smooth: FloatArray = np.exp(mixed @ point / 4)
        return np.floor(smooth / size) * size

    at_truth = figures(true)
    return lambda point: (figures(point) / at_truth - 1) / 0.02


@pytest.mark.parametrize("size", [1e-6, 0.005])
@pytest.mark.parametrize("true", [(0.3, 0.6, 0.45), (0.02, 0.97, 0.5), (0.9, 0.9, 0.1)])
def test_the_search_copes_with_steps(true: tuple[float, ...], size: float) -> None:
    """All residuals end within the tolerance, parameters within 0.02, and no point is outside the bounds."""
    inner, seen = _stairs(np.array(true), size), []

    def residuals(point: FloatArray) -> FloatArray:
        seen.append(point)
        return inner(point)

    search = Search(residuals, 150)
    found = search.run(np.full(3, 0.5))
    assert np.abs(inner(found)).max() <= 1
    np.testing.assert_allclose(found, true, atol=0.02)
    assert 0 <= np.min(seen) <= np.max(seen) <= 1
    assert search.trials == len(seen)


def test_a_start_within_tolerance_stays() -> None:
    """One trial, and nothing moves."""
    search = Search(_stairs(np.full(3, 0.5), 0.01), 100)
    assert search.run(np.full(3, 0.5)).tolist() == [0.5, 0.5, 0.5]
    assert search.trials == 1


def test_a_search_without_an_answer_ends_at_its_limit() -> None:
    """Contradicting residuals: the best compromise after a bounded number of trials."""
    search = Search(lambda point: np.array([point[0] * 10, point[0] * 10 - 6]), 40)
    found = search.run(np.array([0.9]))
    assert found[0] == pytest.approx(0.3, abs=0.01)
    assert search.trials <= 85


def test_planted_parameters_are_found_again(tmp_path: Path) -> None:
    """From far away, with the same luck, within 5 % of the truth and every figure within 2 %, twice alike."""
    loaded = load(planted(tmp_path / "case"))
    found, again = (calibrate(loaded, seed=1) for _ in range(2))
    assert found.within
    assert found.trials > 1
    for name, value in TRUE.items():
        assert found.values[name] == pytest.approx(value, rel=0.05)
    assert found.calibration.equals(again.calibration)
    assert (found.values, found.trials) == (again.values, again.trials)


def test_fitted_values_are_confirmed_when_they_are_stated(tmp_path: Path) -> None:
    """A scenario that states the truth needs one trial, and its parameters stay as they are."""
    figures = truth(load(written(tmp_path / "case", dict.fromkeys(FITTED, 0.1))))
    rate, quarter = TRUE.values()
    loaded = load(written(tmp_path / "case", figures, rate=rate, quarter=quarter))
    found = calibrate(loaded, seed=1)
    assert found.trials == 1
    assert found.values == TRUE
    fitted = found.calibration.filter(found.calibration["kind"] == "fit")
    assert max(abs(value) for value in fitted["difference"]) < 1e-6


def test_any_figure_may_be_free_but_whole_numbers_and_parts_of_a_whole(tmp_path: Path) -> None:
    """Names are those of the file; changing one changes it alone, to six decimals."""
    spec = load(written(tmp_path / "case", dict.fromkeys(FITTED, 0.1))).spec
    known = free_parameters(spec)
    assert {"shock.illness.rate", "procedure.line_yuan.2023", "household.month_spread.wage"} <= known.keys()
    assert {"measure.relief.gain_yuan", "household.income_spread", "procedure.cadres"} <= known.keys()
    kept_out = (
        "panels",
        "helped_days",
        "delay_months",
        "income_shares",
        "able_share",
        "weak_share",
        "months",
        "slot_wan",
    )
    assert not [name for name in known if any(word in name.split(".") for word in kept_out)]
    moved = free_parameters(
        with_values(spec, {"procedure.line_yuan.2023": 6543.21, "procedure.cadres": 1 / 3})
    )
    differing = {name: float(moved[name]) for name in known if moved[name].value != known[name].value}
    assert differing == {"procedure.line_yuan.2023": 6543.21, "procedure.cadres": 0.333333}
