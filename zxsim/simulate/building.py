"""From a scenario and a plan to the setup of a simulation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.shockspec import COMPONENTS, ShockSpec, active_share
from zxsim.core.spec import Figure
from zxsim.core.streams import Streams
from zxsim.schema.load import Loaded
from zxsim.schema.procedure import Procedure as ProcedureSpec
from zxsim.schema.references import enabled
from zxsim.schema.scenario import Scenario
from zxsim.simulate.gains import INCOME, gain_factor, incomes, yields_of
from zxsim.simulate.paid import at_level, insured, slots_of
from zxsim.simulate.parameters import Parameters
from zxsim.simulate.residents import LABOUR, Residents
from zxsim.simulate.setup import Channel, Insurance, Measure, Procedure, Setup, ShockParameters

PROCEDURE_CHANCES = ("need_rate", *(channel.name.lower() for channel in Channel), "exit_quarter", "exit_year")
"""What of the procedure is drawn."""


def setup_of(
    loaded: Loaded, units: IntArray | None, replications: IntArray, streams: Streams, *, drawn: bool
) -> Setup:
    """Return the setup of some replications of one plan; see :class:`Blueprint` for several batches.

    Parameters
    ----------
    units : int array (columns,) or None
        The plan, units of each money column of the scenario's layout; ``None`` is no plan.
    replications : int array (replications,)
        Their numbers.
    drawn : bool
        Whether assumed figures are drawn from their ranges.
    """
    return Blueprint(loaded, units, streams).setup(replications, drawn=drawn)


def is_uncertain(loaded: Loaded) -> bool:
    """Whether any figure is drawn at all, so that drawn replications differ from fixed ones."""
    return any(figure.assumed and figure.low != figure.high for _, figure in drawn_figures(loaded.spec))


def drawn_figures(scenario: Scenario) -> Iterator[tuple[str, Figure]]:
    """Yield address and figure of all that is drawn where it is assumed; everything else is fixed."""
    for name in enabled(scenario.effect):
        effect = scenario.effect[name]
        if effect.moves == INCOME:
            yield from yields_of(f"[effect.{name}]", effect)
    for name in enabled(scenario.shock):
        for key, figure in _shock_figures(scenario.shock[name]).items():
            yield f"[shock.{name}] {key}", figure
    for name in enabled(scenario.measure):
        yield f"[measure.{name}] gain_yuan", scenario.measure[name].gain_yuan
    for key in PROCEDURE_CHANCES:
        yield f"[procedure] {key}", getattr(scenario.procedure, key)


def _shock_figures(spec: ShockSpec) -> Mapping[str, Figure]:
    keys = ("rate", "spending_yuan", "spending_spread", "lost_share")
    return {"exposed": spec.exposure, **{key: getattr(spec, key) for key in keys}}


@dataclass(frozen=True, eq=False)
class Blueprint:
    """A scenario under a plan; what all batches share is worked out once.

    Raises
    ------
    DataError
        The ledger is at fault.
    """

    loaded: Loaded
    units: IntArray | None
    streams: Streams

    def setup(self, replications: IntArray, *, drawn: bool) -> Setup:
        """Return the setup of some replications, assumed figures at their value or ``drawn``."""
        parameters = Parameters(self.streams, np.asarray(replications), drawn)
        household, residents = self.loaded.spec.household, self.residents
        assert household is not None
        base, gain = self._incomes
        return Setup(
            population=residents.population,
            years=self.loaded.layout.years,
            parent=self.loaded.layout.places.parent,
            base=base,
            gain=gain,
            gain_factor=gain_factor(self.loaded, self.units, parameters),
            shares=_by_component(household.income_shares),
            permanent_spread=float(household.permanent_spread),
            transitory=_by_component(household.month_spread),
            shocks=self._shocks(parameters),
            insurance=self._insurance,
            measures=self._measures(parameters),
            procedure=self._procedure(parameters),
            stock=residents.stock,
            listed=residents.listed,
        )

    @cached_property
    def residents(self) -> Residents:
        """The households."""
        return Residents(self.loaded, self.streams)

    @cached_property
    def _incomes(self) -> tuple[FloatArray, FloatArray]:
        return incomes(self.loaded, self.units, self.residents.census.place)

    @cached_property
    def _insurance(self) -> Insurance | None:
        spec = self.loaded.spec.insurance
        if spec is None or not spec.enabled:
            return None
        return Insurance(
            insured=insured(spec, self.loaded.layout, self.units, self.residents.population, self.streams),
            threshold=float(spec.threshold_yuan),
            share=float(spec.share),
            cap=float(spec.cap_yuan),
        )

    def _shocks(self, parameters: Parameters) -> Sequence[ShockParameters]:
        specs = self.loaded.spec.shock
        return [self._shock(shock, specs[shock], parameters) for shock in enabled(specs)]

    def _shock(self, name: str, spec: ShockSpec, parameters: Parameters) -> ShockParameters:
        of = {
            key: parameters.of(f"[shock.{name}] {key}", figure)
            for key, figure in _shock_figures(spec).items()
        }
        central = float(spec.rate) * float(spec.exposure)
        return ShockParameters(
            name=name,
            unit=spec.unit,
            group=self._together(spec),
            component=COMPONENTS.index(spec.component),
            months=int(spec.months),
            rate=of["rate"],
            exposed=of["exposed"],
            spending=of["spending_yuan"],
            spread=of["spending_spread"],
            lost=of["lost_share"],
            central_active=float(active_share(np.array([central]), int(spec.months))[0]),
            central_lost=float(spec.lost_share),
        )

    def _together(self, spec: ShockSpec) -> IntArray | None:
        """Who is struck together: those of a place, or of all places with the same first industry."""
        group = self.residents.population.group
        if spec.unit == "household":
            return None
        if spec.unit == "place":
            return group
        texts = self.loaded.layout.place_table["leading_industries"].gather(self.residents.census.place)
        first = [(text or "").split(";")[0].strip() for text in texts]
        names = sorted({name for name in first if name})
        industry = np.array([names.index(name) if name else -1 for name in first], dtype=np.int64)
        return industry[group]

    def _measures(self, parameters: Parameters) -> Sequence[Measure]:
        specs = self.loaded.spec.measure
        return [
            Measure(
                name=name,
                labour=tuple(LABOUR[word] for word in specs[name].labour),
                causes=specs[name].causes or (),
                slots=slots_of(specs[name], self.loaded.layout, self.units, self.residents.census.place),
                months=int(specs[name].months),
                gain=parameters.of(f"[measure.{name}] gain_yuan", specs[name].gain_yuan),
                start_days=int(specs[name].start_days),
                removes_need=specs[name].removes_need,
            )
            for name in specs  # a household asks for the first that fits
            if specs[name].enabled
        ]

    def _procedure(self, parameters: Parameters) -> Procedure:
        spec, years = self.loaded.spec.procedure, self.loaded.layout.years
        assert spec is not None

        of = {key: parameters.of(f"[procedure] {key}", getattr(spec, key)) for key in PROCEDURE_CHANCES}
        return Procedure(
            line=np.array([float(spec.line_yuan[int(year)]) for year in years]),
            fall=float(spec.fall_share),
            fall_ceiling=float(spec.fall_ceiling),
            need_rate=of["need_rate"],
            found={channel: of[channel.name.lower()] for channel in Channel},
            panels=self._panels(spec),
            visit_days=float(spec.visit_days),
            notice_days=float(spec.notice_days),
            helped_days=int(spec.helped_days),
            exit_quarter=of["exit_quarter"],
            exit_year=of["exit_year"],
            delay_months=int(spec.delay_months),
            unresolved_days=int(spec.unresolved_days),
        )

    def _panels(self, spec: ProcedureSpec) -> IntArray:
        tree = self.loaded.layout.places
        panels = np.zeros(len(tree), dtype=np.int64)
        panels[at_level(tree, self.residents.census.place, spec.panel_level)] = int(spec.panels)
        return panels


def _by_component(spec: object) -> FloatArray:
    return np.array([float(getattr(spec, component)) for component in COMPONENTS])
