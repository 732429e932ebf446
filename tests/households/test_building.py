"""From a scenario and a plan to a setup: the plan's own figures, contracts, premiums, drawn parameters."""

from pathlib import Path

import numpy as np
import pytest

from tests.households.folders import TABLES, folder, units_of
from zxsim.core.streams import Streams
from zxsim.optimize.plan import optimize
from zxsim.runs.resolved import write_inputs
from zxsim.runs.tables import targets
from zxsim.schema.load import load
from zxsim.simulate.building import drawn_figures, is_uncertain, setup_of
from zxsim.simulate.engine import Batch
from zxsim.simulate.parameters import Parameters, triangular
from zxsim.simulate.setup import UNLIMITED, Setup

ROOT = Path(__file__).parent.parent.parent
STREAMS = Streams(1)
ONE = np.array([0])
CALM = """
[household]
permanent_spread = 0
month_spread = { wage = 0, business = 0, property = 0, transfer = 0 }
[procedure]
line_yuan = 1
need_rate = 0
"""
MEASURES = """
[measure.orchard]
projects = ["P1", "P2"]
slot_wan = 2.5
[measure.road]
categories = ["乡村建设行动"]
slot_wan = 10
[measure.post]
slots = 3
slots_level = "town"
[measure.clinic]
slots = 2
[measure.security]
"""


def insured_by(share_of_premium: float, path: Path, who: str = "lifted") -> Setup:
    """Set up a plan that pays this share of the premiums of the east village in 2022."""
    persons = 60 if who == "lifted" else 300
    toml = (
        f"{TABLES}\n[insurance]\npremium_yuan = 100\nthreshold_yuan = 0\nshare = 1\n"
        f'cap_yuan = 1\ninsured = "{who}"\nprojects = ["P1"]\n'
    )
    loaded = load(folder(path, toml))
    units = np.rint(units_of(loaded, {("P1", 2022): 1}) / 100 * persons * share_of_premium)
    return setup_of(loaded, units.astype(np.int64), ONE, STREAMS, drawn=False)


def test_base_and_gain_are_the_plans_own_figures_at_every_place(tmp_path: Path) -> None:
    """Base + gain of a village and year is ``planned`` of its target, limited jobs included."""
    plan = optimize(load(folder(tmp_path)))
    setup = setup_of(plan.loaded, plan.units, ONE, STREAMS, drawn=False)
    ids = [plan.loaded.layout.places.ids[place] for place in setup.population.census.place]
    assert ids == ["e", "w"]
    rows = targets(plan).filter(targets(plan)["place_id"].is_in(ids))
    assert (setup.gain > 0).any()
    for place, year, planned in rows.select("place_id", "year", "planned").iter_rows():
        at = int(year) - 2021, ids.index(place)
        assert setup.base[at] + setup.gain[at] == pytest.approx(planned, rel=1e-12)


def test_without_shocks_and_uncertainty_households_earn_what_the_plan_says(tmp_path: Path) -> None:
    """The mean income of each village and year is baseline plus gain, to the last float32 digit."""
    plan = optimize(load(folder(tmp_path, CALM)))
    setup = setup_of(plan.loaded, plan.units, np.arange(2), STREAMS, drawn=False)
    outcome = Batch(setup, STREAMS, np.arange(2)).run()
    expected = (setup.base + setup.gain)[:, None, :]
    assert np.allclose(outcome.income, expected, rtol=1e-5)
    assert not outcome.open_cases.any()


def test_without_a_plan_nothing_is_gained_and_only_unpaid_contracts_open(tmp_path: Path) -> None:
    """``None`` pays for nothing; national measures and yearly numbers of contracts go on."""
    setup = setup_of(load(folder(tmp_path, TABLES + MEASURES)), None, ONE, STREAMS, drawn=False)
    assert not setup.gain.any()
    assert [bool(measure.slots.any()) for measure in setup.measures] == [False, False, True, True, True]


def test_contracts_are_money_of_the_year_at_the_place_over_their_cost(tmp_path: Path) -> None:
    """8 万元 buy three contracts of 2.5, 11 at the town one of 10; the rest of a year is not carried on."""
    loaded = load(folder(tmp_path, TABLES + MEASURES))
    units = units_of(loaded, {("P1", 2021): 8, ("P1", 2022): 2, ("P2", 2022): 5, ("P4", 2021): 11})
    setup = setup_of(loaded, units, ONE, STREAMS, drawn=False)
    orchard, road, post, clinic, security = (measure.slots for measure in setup.measures)
    east, town, west = (loaded.layout.places.position[place] for place in "etw")
    assert orchard[:, east].tolist() == [3, 0, 0, 0]
    assert orchard[:, west].tolist() == [0, 2, 0, 0]
    assert road[:, town].tolist() == [1, 0, 0, 0]
    assert post[0].tolist() == [0, 3, 0]
    assert clinic[0].tolist() == [2, 0, 2]
    assert security[0].tolist() == [0, UNLIMITED, 0]


def test_measures_keep_the_order_of_the_file(tmp_path: Path) -> None:
    """Households ask for the first that fits, so that the order means something; a run keeps it."""
    loaded = load(folder(tmp_path, TABLES + MEASURES))
    names = ["orchard", "road", "post", "clinic", "security"]
    assert [m.name for m in setup_of(loaded, None, ONE, STREAMS, drawn=False).measures] == names
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    write_inputs(loaded, inputs)
    again = load(inputs / "resolved.toml")
    assert [m.name for m in setup_of(again, None, ONE, STREAMS, drawn=False).measures] == names


@pytest.mark.parametrize("who", ["lifted", "all"])
def test_more_premium_insures_the_same_households_and_others(tmp_path: Path, who: str) -> None:
    """The insured are as many persons as the premium pays, never more, and a superset with more money."""
    before = np.zeros(200, dtype=np.bool_)
    for i, share in enumerate((0, 0.3, 0.6, 1)):
        setup = insured_by(share, tmp_path / str(i), who)
        assert setup.insurance is not None
        now, population = setup.insurance.insured[1], setup.population
        persons = int(population.size[now].sum())
        most = int(population.size[(population.group == 0) & (population.lifted | (who == "all"))].sum())
        assert share * most - 10 < persons <= share * most + 1e-6
        assert (now | ~before).all()
        assert not setup.insurance.insured[0].any()
        before = now
    assert before[population.lifted & (population.group == 0)].all()


def test_an_insurance_without_projects_is_always_in_force(tmp_path: Path) -> None:
    """Every lifted household is insured in every year, with no plan at all."""
    toml = TABLES + "[insurance]\npremium_yuan = 50\nthreshold_yuan = 1\nshare = 0.5\ncap_yuan = 9\n"
    setup = setup_of(load(folder(tmp_path, toml)), None, ONE, STREAMS, drawn=False)
    assert setup.insurance is not None
    assert (setup.insurance.insured == setup.population.lifted).all()


def test_triangular_draws_have_the_mean_and_the_ends_of_their_distribution() -> None:
    """Mean (low + mode + high)/3 within 4 standard errors of 100,000 draws; nothing outside."""
    drawn = triangular(STREAMS.uniform("t", np.arange(100_000), 0, 0), 1.0, 2.0, 6.0)
    variance = (1 + 4 + 36 - 2 - 6 - 12) / 18
    assert abs(drawn.mean() - 3) < 4 * np.sqrt(variance / 100_000)
    assert drawn.min() >= 1
    assert drawn.max() <= 6


def test_only_assumed_figures_are_drawn_each_by_its_own_address(tmp_path: Path) -> None:
    """A published figure stays; a draw depends on seed, address and replication and on nothing else."""
    toml = (
        TABLES
        + '[shock.illness]\nkind = "illness"\nrate = 0.1\n'
        + "spending_yuan = { value = 500, low = 100, high = 900, assumed = true }\n"
    )
    loaded = load(folder(tmp_path, toml))
    setup = setup_of(loaded, None, np.arange(20), STREAMS, drawn=True)
    (illness,) = setup.shocks
    assert (illness.rate == 0.1).all()
    assert len(set(illness.spending.tolist())) == 20
    later = setup_of(loaded, None, np.arange(10, 20), STREAMS, drawn=True)
    assert (later.shocks[0].spending == illness.spending[10:]).all()
    fixed = setup_of(loaded, None, np.arange(20), STREAMS, drawn=False)
    assert (fixed.shocks[0].spending == 500).all()
    assert (fixed.gain_factor == 1).all()


def test_what_is_drawn_is_listed_as_assumed(tmp_path: Path) -> None:
    """Every address that is drawn stands in the report's list of assumptions."""
    loaded = load(folder(tmp_path, TABLES + '[shock.fall]\nkind = "price_fall"\nrate = 0.1\n'))
    drawn = {address for address, figure in drawn_figures(loaded.spec) if figure.assumed}
    assert {"[effect.orchard] yield", "[procedure] application"} <= drawn
    assert drawn <= {assumption.address for assumption in loaded.assumptions}
    assert is_uncertain(loaded)


def test_the_gain_factor_is_the_drawn_yield_over_the_stated_one(tmp_path: Path) -> None:
    """With money for the orchards only, the factor is exactly drawn/0.08; jobs without a range weigh 1."""
    loaded = load(folder(tmp_path))
    figure = loaded.spec.effect["orchard"]
    drawn = Parameters(STREAMS, np.arange(9), drawn=True).of("[effect.orchard] yield", figure.asset_yield)  # type: ignore[union-attr]
    units = units_of(loaded, {("P1", 2021): 20})
    setup = setup_of(loaded, units, np.arange(9), STREAMS, drawn=True)
    assert np.allclose(setup.gain_factor, drawn / 0.08)
    mixed = setup_of(loaded, units + units_of(loaded, {("P3", 2021): 20}), np.arange(9), STREAMS, drawn=True)
    assert (np.abs(mixed.gain_factor - 1) < np.abs(setup.gain_factor - 1)).all()


def test_a_shared_shock_contains_its_exposure_in_what_the_baseline_has(tmp_path: Path) -> None:
    """One household is in a disaster rate · exposed of the time, so that shares are raised by no more."""
    toml = (
        TABLES
        + '[shock.flood]\nkind = "disaster"\nrate = 0.6\nexposed = 0.5\ncomponent = "business"\n'
        + "lost_share = 0.4\nmonths = 12\n"
    )
    (flood,) = setup_of(load(folder(tmp_path, toml)), None, ONE, STREAMS, drawn=False).shocks
    monthly = 0.6 * 0.5 / 12
    assert flood.central_active == pytest.approx(monthly * 12 / (monthly * 12 + 1 - monthly))
    assert flood.group is not None
    assert set(flood.group.tolist()) == {0, 1}


def test_prices_fall_together_where_the_first_industry_is_the_same(tmp_path: Path) -> None:
    """A place without an industry is never struck."""
    toml = TABLES + '[shock.fall]\nkind = "price_fall"\nrate = 0.1\n'
    made = folder(tmp_path, toml + '[place.e]\nleading_industries = "茶叶;果"\n')
    (fall,) = setup_of(load(made), None, ONE, STREAMS, drawn=False).shocks
    assert fall.group is not None
    assert fall.group[:90].tolist() == [0] * 90
    assert fall.group[90:].tolist() == [-1] * 110


def test_the_inputs_of_a_run_give_the_same_setup(tmp_path: Path) -> None:
    """resolved.toml holds households, shocks, insurance, procedure and measures of the demo."""
    loaded = load(ROOT / "scenarios" / "changjiang")
    write_inputs(loaded, tmp_path)
    again = load(tmp_path / "resolved.toml")
    setups = [setup_of(one, None, np.arange(3), STREAMS, drawn=True) for one in (loaded, again)]
    first, second = setups
    assert (first.population.relative == second.population.relative).all()
    assert (first.procedure.line == second.procedure.line).all()
    for ours, theirs in zip(first.shocks, second.shocks, strict=True):
        assert (ours.rate == theirs.rate).all()
        assert (ours.spending == theirs.spending).all()
    for measure, other in zip(first.measures, second.measures, strict=True):
        assert (measure.gain == other.gain).all()
    kept = [{a.address: float(a.value) for a in one.assumptions} for one in (loaded, again)]
    assert {k: v for k, v in kept[0].items() if "fund" not in k}.items() <= kept[1].items()


def test_the_demo_gives_plausible_cases() -> None:
    """Regression: near 1% of households enter in a year; the plan lowers what is unresolved."""
    plan = optimize(load(ROOT / "scenarios" / "changjiang"))
    rows = np.arange(4)
    outcomes = [
        Batch(setup_of(plan.loaded, units, rows, STREAMS, drawn=False), STREAMS, rows).run()
        for units in (plan.units, None)
    ]
    events = outcomes[0].events.columns()
    entries = (events["kind"] == 2).sum() / len(rows) / 5 / 910
    assert 0.006 < entries < 0.02
    unresolved = [outcome.unresolved[-1].sum() for outcome in outcomes]
    assert unresolved[0] < unresolved[1]
