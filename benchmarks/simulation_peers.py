"""The same model as others would write it: one SimPy process, or one Mesa agent, per household.

Both read the same draws, made before the clock starts: a standard normal per component with luck and a
uniform per shock and month, per household. Panels, slots and exits are those of the full model.
"""

import math
from dataclasses import dataclass, field

import mesa
import numpy as np
import simpy

from zxsim.core.shockspec import MONTHS
from zxsim.simulate.population import Labour
from zxsim.simulate.setup import DAYS, QUARTER, Channel, Setup


@dataclass(eq=False)
class Draws:
    """Luck of every household and month; lists are read far sooner than arrays, one number at a time."""

    normal: list[list[list[float]]]
    uniform: list[list[list[float]]]
    shared: list[list[list[float]]]
    channel: list[list[float]]

    @classmethod
    def made(cls, setup: Setup, seed: int) -> "Draws":
        """Draw everything that the households will ask for."""
        generator, months, count = np.random.default_rng(seed), setup.months, len(setup.population)
        lucky = int((setup.transitory > 0).sum())
        return cls(
            normal=generator.standard_normal((months, count, lucky)).tolist(),
            uniform=generator.random((months, count, len(setup.shocks))).tolist(),
            shared=generator.random((months, len(setup.shocks), setup.population.group.max() + 1)).tolist(),
            channel=generator.random((months, count)).tolist(),
        )


@dataclass(eq=False)
class Household:
    """One household: what it earns, what strikes it, and how its case stands."""

    number: int
    setup: Setup
    draws: Draws
    status: str = "unknown"
    earned: float = 0.0
    drift: float = 1.0
    helped: float = 0.0
    helped_since: float = -1.0
    since: float = -1.0
    spent: list[tuple[int, float]] = field(default_factory=list)
    until: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        people = self.setup.population
        self.place = int(people.group[self.number])
        self.relative = float(people.relative[self.number])
        self.labour = int(people.labour[self.number])
        self.delayed = bool(people.delayed[self.number])
        self.until = [-1] * len(self.setup.shocks)
        self.shares = self.setup.raised_shares().tolist()
        self.spreads = self.setup.transitory.tolist()
        self.rates = [float(shock.rate[0]) / MONTHS for shock in self.setup.shocks]
        self.base = self.setup.base[:, self.place].tolist()
        self.gain = self.setup.gain[:, self.place].tolist()
        self.line = self.setup.procedure.line.tolist()

    def month(self, month: int) -> bool:
        """Live through the first day of a month; tell whether the household is at risk."""
        year = month // MONTHS
        if month % MONTHS == 0:
            self.earned = 0.0
        for number, shock in enumerate(self.setup.shocks):
            self._strike(number, shock, month)
        left = [1.0] * len(self.shares)
        for number, shock in enumerate(self.setup.shocks):
            if self.until[number] > month:
                left[shock.component] *= 1 - float(shock.lost[0])
        permanent = self.base[year] * self.relative * self.drift
        lucky, earned, usual = iter(self.draws.normal[month][self.number]), 0.0, 0.0
        for share, spread, part in zip(self.shares, self.spreads, left, strict=True):
            luck = math.exp(spread * next(lucky) - spread**2 / 2) if spread > 0 else 1.0
            earned += share * part * luck
            usual += share * part
        self.earned += (permanent * earned + self.gain[year] + self.helped) / MONTHS
        self.spent = [(due, bill) for due, bill in self.spent if due > month]
        bills = sum(bill for _, bill in self.spent)
        return permanent * usual + self.gain[year] + self.helped - bills < self.line[year]

    def _strike(self, number: int, shock: object, month: int) -> None:
        drawn = self.draws.uniform[month][self.number][number]
        if shock.group is not None:  # type: ignore[attr-defined]
            together = int(shock.group[self.number])  # type: ignore[attr-defined]
            hit = self.draws.shared[month][number][together] < self.rates[number]
            hit = hit and drawn < float(shock.exposed[0])  # type: ignore[attr-defined]
        else:
            hit = drawn < self.rates[number]
        if hit and self.until[number] <= month:
            self.until[number] = month + shock.months  # type: ignore[attr-defined]
            mean = float(shock.spending[0])  # type: ignore[attr-defined]
            if mean:
                self.spent.append((month + MONTHS, mean))

    def found(self, month: int) -> bool:
        """Whether a channel finds a household at risk in a month."""
        missed = 1.0
        for channel, chance in self.setup.procedure.found.items():
            if channel is not Channel.CADRES or month % QUARTER == QUARTER - 1:
                missed *= 1 - float(chance[0])
        return self.draws.channel[month][self.number] > missed

    def measure(self) -> int:
        """First measure that fits."""
        fits = (i for i, m in enumerate(self.setup.measures) if Labour(self.labour) in m.labour)
        return next(fits)

    def may_leave(self, now: float, *, at_risk: bool) -> bool:
        """Whether the risk counts as removed for good."""
        procedure = self.setup.procedure
        if at_risk or self.helped_since < 0 or now - self.helped_since < procedure.helped_days:
            return False
        return not self.delayed or now - self.since >= procedure.delay_months * DAYS


def simpy_processes(setup: Setup, draws: Draws) -> int:
    """One process per household with a timeout a month; returns the entries."""
    env = simpy.Environment()
    places = setup.population.group.max() + 1
    panels = [simpy.Resource(env, 2) for _ in range(places)]
    slots = [[simpy.Container(env, init=int(m.slots[:, 1:].max()) or 10**9) for m in setup.measures]] * places
    entries = [0]

    def life(one: Household):  # noqa: ANN202 (a generator)
        for month in range(setup.months):
            at_risk = one.month(month)
            if at_risk and one.status in ("unknown", "exited") and one.found(month):
                one.status = "verifying"
                env.process(case(one))
            last = month % MONTHS == MONTHS - 1
            if one.status == "monitored" and (last or month % QUARTER == QUARTER - 1):
                leaving = one.may_leave(env.now, at_risk=at_risk)
                chance = setup.procedure.exit_year if last else setup.procedure.exit_quarter
                if leaving and draws.channel[month][one.number] < float(chance[0]):
                    one.status = "exited"
            yield env.timeout(DAYS)

    def case(one: Household):  # noqa: ANN202
        with panels[one.place].request() as turn:
            yield turn
            yield env.timeout(setup.procedure.visit_days)
        yield env.timeout(setup.procedure.notice_days)
        one.status, one.since = "monitored", env.now
        entries[0] += 1
        measure = setup.measures[one.measure()]
        yield slots[one.place][one.measure()].get(1)
        yield env.timeout(measure.start_days)
        one.helped, one.helped_since = float(measure.gain[0]), env.now

    for number in range(len(setup.population)):
        env.process(life(Household(number, setup, draws)))
    env.run(until=setup.months * DAYS)
    return entries[0]


class _Agent(mesa.Agent):
    """A household that steps once a month; delays are counted in months."""

    def __init__(self, model: "_County", one: Household) -> None:
        super().__init__(model)
        self.one, self.waits = one, -1

    def step(self) -> None:
        """Live through a month, and move the case on."""
        one, model = self.one, self.model
        at_risk = one.month(model.month)
        if at_risk and one.status in ("unknown", "exited") and one.found(model.month):
            one.status, self.waits = "verifying", 1
            return
        if one.status == "verifying":
            one.status, one.since = "monitored", model.month * DAYS
            model.entries += 1
            measure = one.measure()
            if model.slots[one.place][measure]:
                model.slots[one.place][measure] -= 1
                one.helped = float(one.setup.measures[measure].gain[0])
                one.helped_since = (model.month + 1) * DAYS
        last = model.month % MONTHS == MONTHS - 1
        if one.status == "monitored" and (last or model.month % QUARTER == QUARTER - 1):
            procedure = one.setup.procedure
            chance = procedure.exit_year if last else procedure.exit_quarter
            leaving = one.may_leave(model.month * DAYS, at_risk=at_risk)
            if leaving and one.draws.channel[model.month][one.number] < float(chance[0]):
                one.status = "exited"


class _County(mesa.Model):
    """All agents, and the slots that they take."""

    def __init__(self, setup: Setup, draws: Draws) -> None:
        super().__init__(rng=1)
        self.month, self.entries = 0, 0
        places = setup.population.group.max() + 1
        self.slots = [[int(m.slots[:, 1:].max()) or 10**9 for m in setup.measures] for _ in range(places)]
        for number in range(len(setup.population)):
            _Agent(self, Household(number, setup, draws))

    def step(self) -> None:
        """Let every household live through a month."""
        self.agents.do("step")
        self.month += 1


def mesa_agents(setup: Setup, draws: Draws) -> int:
    """One agent per household; returns the entries."""
    county = _County(setup, draws)
    for _ in range(setup.months):
        county.step()
    return county.entries
