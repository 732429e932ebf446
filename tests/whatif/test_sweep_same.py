"""A sweep finds what ``optimize`` finds from nothing, whatever it starts from and whoever works it out."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings

from tests import strategies
from tests.scenarios import Case, fund, loaded, project
from tests.strategies import Relaxed
from tests.whatif.tiny import SHARE, TINY, content, tiny
from zxsim import api
from zxsim.core.tables import write_table
from zxsim.errors import ConflictError, LimitError
from zxsim.optimize.again import ChainAfterChain
from zxsim.optimize.build import build
from zxsim.optimize.chain import run_chain
from zxsim.optimize.integer import best_chain
from zxsim.optimize.rounding import rounded
from zxsim.optimize.solution import SolverSettings
from zxsim.runs.tables import allocation, targets
from zxsim.simulate.workers import Workers
from zxsim.whatif.sweep import sweep
from zxsim.whatif.sweep_grid import grid, keys_of

ROOT = Path(__file__).parent.parent.parent
DEMO = ROOT / "scenarios" / "changjiang"
SETTINGS = SolverSettings()
SWEEPS = (
    ["rule.industry_share.start=0.6:0.9:3"],
    ["rule.village_floor.at_least_wan=20,30,35", "fund.connection.amount_wan=90.33"],
    ["target.tap_water.value=0.85,0.95", "benefit.low_income_weight=1,4"],
    ["project.LY06.cost_wan=31.7,60"],
)


@pytest.mark.parametrize("vary", SWEEPS, ids=lambda vary: vary[0].split("=")[0])
def test_a_point_has_the_bytes_of_the_same_point_from_nothing(vary: list[str], tmp_path: Path) -> None:
    """Bounds, amounts, values, worths and costs are varied: allocation and targets byte by byte."""
    ended = sweep(DEMO, vary, results=tmp_path, count=1)
    for row, point in zip(ended.table.to_dicts(), grid(keys_of(vary, ())), strict=True):
        plan = api.optimize(DEMO, settings=point.settings, results=None).plan
        cold = tmp_path / f"cold-{point.number}"
        cold.mkdir()
        write_table(allocation(plan), cold, "allocation")
        write_table(targets(plan), cold, "targets")
        there = ended.folder / "points" / f"{point.number:04}"
        for path in cold.iterdir():
            assert path.read_bytes() == (there / path.name).read_bytes(), (point, path.name)
        assert row["status"] == plan.status
        assert row["benefit"] == plan.benefit


def test_a_choice_of_projects_is_made_anew_at_each_point(tmp_path: Path) -> None:
    """All or nothing: 60 万元 pay the first project (worth 6), 100 the second (worth 30)."""
    projects = [{**row, "mode": "whole"} for row in TINY.projects]
    case = Case(funds={"f": fund(100)}, projects=[{**projects[0], "cost_wan": 60}, projects[1]])
    found = sweep(tiny(tmp_path, case), ["fund.f.amount_wan=60,100,160"], results=tmp_path, count=1).table
    assert found["spent_wan"].to_list() == [60, 100, 160]
    assert found["benefit"].to_list() == pytest.approx([8, 30, 38])


def test_only_a_programme_of_the_same_shape_starts_from_the_last_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another bound or worth does, a project more does not; a chain not proved unique is run from nothing."""
    starts: list[bool] = []

    def told(*given: Any, **named: Any) -> Any:
        starts.append(named.get("known") is not None)
        return run_chain(*given, **named)

    monkeypatch.setattr("zxsim.optimize.again.run_chain", told)
    more = TINY.but(projects=[*TINY.projects, project("P3", 10, benefit=1)])
    chains = ChainAfterChain(SETTINGS)
    for case in (TINY, TINY.but(funds={"f": fund(90)}), more, more):
        one = loaded(case)
        chains.chain(build(one.spec, one.layout))
    assert starts == [False, True, False, True]


@settings(max_examples=12)
@given(strategies.relaxations())
def test_a_chain_after_a_chain_is_the_chain_from_nothing(pair: Relaxed) -> None:
    """Two scenarios that differ in a bound, there and back: the same units as each by itself."""
    same_after_another(pair)


@pytest.mark.slow
@settings(max_examples=300)
@given(strategies.relaxations() | strategies.kind_relaxations() | strategies.enlargements())
def test_a_chain_after_any_other_is_the_chain_from_nothing(pair: Relaxed) -> None:
    """Rules of every kind, funds and libraries that differ."""
    same_after_another(pair)


def same_after_another(pair: Relaxed) -> None:
    """Assert that one after the other plans both scenarios as each is planned by itself."""
    chains = ChainAfterChain(SETTINGS)
    models = [build(one.spec, one.layout) for one in (loaded(pair.tight), loaded(pair.loose))]
    assume(not any(model.has_choices for model in models))
    for model in (*models, models[0]):
        try:
            cold = best_chain(model, SETTINGS)
            units = rounded(model, cold.x, SETTINGS)
        except (ConflictError, LimitError) as error:
            with pytest.raises(type(error)):
                rounded(model, chains.chain(model).x, SETTINGS)
            continue
        warm = chains.chain(model)
        assert rounded(model, warm.x, SETTINGS).tolist() == units.tolist()
        assert warm.unavoidable.tolist() == cold.unavoidable.tolist()
        assert warm.weights.tolist() == cold.weights.tolist()


@contextmanager
def _threads(*_: object) -> Iterator[Workers]:
    with ThreadPoolExecutor(2) as pool:
        yield Workers(lambda: pool, 4)


def test_two_workers_write_the_bytes_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Points go to workers in turn, each from its own last basis: the same folder, a conflict in it."""
    vary = [f"{SHARE}=0.1:0.9:9"]
    one = sweep(tiny(tmp_path), vary, results=tmp_path / "one", count=1)
    monkeypatch.setattr("zxsim.whatif.sweep.workers", _threads)
    two = sweep(tiny(tmp_path), vary, results=tmp_path / "two", count=2)
    assert content(one.folder) == content(two.folder)


class _Dying(ThreadPoolExecutor):
    """Workers that die over the third point."""

    def submit(self, *given: Any, **named: Any) -> "Future[Any]":
        """Take two points, then break."""
        self.taken = getattr(self, "taken", 0) + 1
        if self.taken == 3:
            future: Future[Any] = Future()
            future.set_exception(BrokenProcessPool("a worker died"))
            return future
        if self.taken > 3:
            raise BrokenProcessPool
        return super().submit(*given, **named)


def test_a_worker_that_dies_leaves_the_rest_to_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is the same."""

    @contextmanager
    def dying(*_: object) -> Iterator[Workers]:
        with _Dying(1) as pool:
            yield Workers(lambda: pool, 2)

    vary = [f"{SHARE}=0.1:0.9:6"]
    one = sweep(tiny(tmp_path), vary, results=tmp_path / "one", count=1)
    monkeypatch.setattr("zxsim.whatif.sweep.workers", dying)
    two = sweep(tiny(tmp_path), vary, results=tmp_path / "two", count=2)
    assert content(one.folder) == content(two.folder)


@pytest.mark.slow
def test_processes_write_the_bytes_of_one(tmp_path: Path) -> None:
    """Two processes, and as many as there are processors; the demo with its many rules."""
    folders = [
        sweep(DEMO, SWEEPS[0], results=tmp_path / str(count), count=count).folder for count in (1, 2, None)
    ]
    assert content(folders[0]) == content(folders[1]) == content(folders[2])


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_dask_cluster_writes_the_bytes_of_one(scheduler: str, tmp_path: Path) -> None:
    """A real scheduler and two workers on loopback."""
    one = sweep(DEMO, SWEEPS[0], results=tmp_path / "one", count=1)
    many = sweep(DEMO, SWEEPS[0], results=tmp_path / "many", cluster=scheduler)
    assert content(one.folder) == content(many.folder)
