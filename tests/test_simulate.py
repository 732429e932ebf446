"""Simulations end to end: in the main job, alone, of a run's plan, on workers, and what may go wrong."""

import json
from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from shutil import copytree
from typing import Any

import polars as pl
import pytest

from tests.simulate.setups import busy
from zxsim.cli import run
from zxsim.simulate.replications import Limits, Replications, replicate
from zxsim.simulate.workers import Workers, workers

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "scenarios" / "changjiang"
WITHOUT_HOUSEHOLDS = ROOT / "scenarios" / "published-library"
ROUGHLY = ("--set", "simulation.precision=0.15")
Capture = pytest.CaptureFixture[str]
TABLES = ("simulation", "simulated_targets")


def ended(arguments: list[str], tmp_path: Path, capsys: Capture) -> dict[str, Any]:
    """Run a command to its end and return what it says of itself."""
    assert run([*arguments, "--results", str(tmp_path), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.fixture(name="demo_run", scope="module")
def _demo_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    results = tmp_path_factory.mktemp("results")
    assert run(["optimize", str(DEMO), *ROUGHLY, "--results", str(results), "--quiet"]) == 0
    (folder,) = results.glob("changjiang/2*")
    return folder


@pytest.fixture(name="bare_run", scope="module")
def _bare_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    results = tmp_path_factory.mktemp("results")
    assert run(["simulate", str(DEMO), *ROUGHLY, "--results", str(results), "--quiet"]) == 0
    (folder,) = results.glob("changjiang/2*")
    return folder


def test_the_main_job_simulates_and_the_run_is_verified(demo_run: Path) -> None:
    """Tables as CSV and Parquet, what was done in run.json, and nothing that verify objects to."""
    said = json.loads((demo_run / "run.json").read_text(encoding="utf-8"))["simulation"]
    assert said["replications"] in range(50, 401, 50)
    assert said["uncertain"]
    assert said["precise_enough"]
    for name in TABLES:
        assert (demo_run / f"{name}.csv").is_file()
        assert len(pl.read_parquet(demo_run / f"{name}.parquet"))
    assert run(["verify", str(demo_run)]) == 0


def test_a_run_is_simulated_alone_as_the_main_job_did(
    demo_run: Path, tmp_path: Path, capsys: Capture
) -> None:
    """The same plan, seed and limits: the same bytes; the plan's own tables come along."""
    again = Path(ended(["simulate", str(demo_run)], tmp_path, capsys)["run"])
    assert again.parent == tmp_path / "changjiang"
    assert again != demo_run
    for name in (*TABLES, "allocation"):
        assert (again / f"{name}.csv").read_bytes() == (demo_run / f"{name}.csv").read_bytes()
    assert run(["verify", str(again)]) == 0


def test_without_a_plan_incomes_are_lower_than_with_one(demo_run: Path, bare_run: Path) -> None:
    """The same luck in both: the difference of mean incomes is what the plan adds."""
    assert not (bare_run / "allocation.csv").exists()
    last = [
        pl.read_parquet(folder / "simulation.parquet").filter(
            (pl.col("indicator") == "income")
            & (pl.col("place_id") == "")
            & (pl.col("period") == "2025")
            & (pl.col("statistic") == "mean")
        )["value"][0]
        for folder in (bare_run, demo_run)
    ]
    assert last[0] < last[1]


def test_no_simulate_allocates_only(tmp_path: Path, capsys: Capture) -> None:
    """The switch leaves the tables of the simulation out."""
    said = ended(["optimize", str(DEMO), "--no-simulate"], tmp_path, capsys)
    assert said["simulation"] is None
    assert not list(Path(said["run"]).glob("simul*"))


def test_a_scenario_without_households_is_allocated_only_and_says_so(tmp_path: Path, capsys: Capture) -> None:
    """One line and exit 0 from the main job; ``simulate`` itself has nothing to do and ends with 3."""
    arguments = ["--results", str(tmp_path)]
    assert run(["optimize", str(WITHOUT_HOUSEHOLDS), *arguments]) == 0
    assert "不作模拟" in capsys.readouterr().out
    assert run(["simulate", str(WITHOUT_HOUSEHOLDS), *arguments]) == 3
    assert "[household]" in capsys.readouterr().err


def test_the_screen_tells_incomes_cases_and_probabilities(tmp_path: Path, capsys: Capture) -> None:
    """In both languages; the events stand in a table when asked for."""
    for language, words in (("zh", ("达标概率", "年末在册", "不限")), ("en", ("Probability", "Open at"))):
        folder, few = tmp_path / language, ["--set", "place.liuyang.households=300", "--replications", "1"]
        arguments = ["simulate", str(DEMO), *few, "--results", str(folder), "--events", "--lang", language]
        assert run(arguments) == 0
        screen = capsys.readouterr()
        assert all(word in screen.out for word in words)
        assert screen.err == ""
        (events,) = folder.glob("changjiang/*/events.csv")
        assert events.read_bytes().startswith(b"\xef\xbb\xbf") or b"replication" in events.read_bytes()[:99]


def test_a_run_without_a_plan_or_with_changed_inputs_is_refused(
    demo_run: Path, bare_run: Path, tmp_path: Path, capsys: Capture
) -> None:
    """``--set`` belongs to scenarios, and a simulation of no plan has no plan to simulate."""
    assert run(["simulate", str(demo_run), "--set", "name=x", "--results", str(tmp_path)]) == 2
    assert "--set" in capsys.readouterr().err
    assert run(["simulate", str(bare_run), "--results", str(tmp_path)]) == 3
    assert "没有资金分配" in capsys.readouterr().err


def test_a_damaged_run_is_refused(demo_run: Path, tmp_path: Path, capsys: Capture) -> None:
    """A row of the allocation that is no money column of the run's own inputs."""
    damaged = tmp_path / "damaged"
    copytree(demo_run, damaged)
    table = pl.read_parquet(damaged / "allocation.parquet")
    table.with_columns(year=pl.lit(1999)).write_parquet(damaged / "allocation.parquet")
    assert run(["simulate", str(damaged), "--results", str(tmp_path / "new")]) == 3
    assert "allocation" in capsys.readouterr().err
    assert not list((tmp_path / "new").glob("*/2*"))


@pytest.mark.parametrize("option", [["--precision", "2"], ["--workers", "0"], ["--seed", "-1"]])
def test_impossible_options_end_with_2(option: list[str], capsys: Capture) -> None:
    """Usage errors name the option."""
    assert run(["simulate", str(DEMO), *option]) == 2
    assert option[0] in capsys.readouterr().err


def test_a_cluster_that_is_not_there_is_named(capsys: Capture) -> None:
    """No traceback, exit 2."""
    assert run(["simulate", str(DEMO), "--dask", "tcp://127.0.0.1:1"]) == 2
    assert "tcp://127.0.0.1:1" in capsys.readouterr().err


def replicated(team: Workers | None = None) -> Replications:
    """Run two batches of a small setup, drawn and fixed; nothing is precise enough."""
    limits = Limits(precision=1e-9, most=100)
    return replicate(
        lambda numbers, _: busy(replications=len(numbers), households=60),
        lambda outcome: outcome.unresolved[-1].sum(axis=(1, 2))[:, None] == 0,
        3,
        limits,
        uncertain=True,
        workers=team or Workers(),
    )


def same_outcomes(found: Replications, wanted: Replications) -> None:
    """Assert that two simulations are the same, byte by byte."""
    assert found.count == wanted.count == 100
    for one, other in zip((*found.drawn, *found.fixed), (*wanted.drawn, *wanted.fixed), strict=True):
        for name in ("income", "quantiles", "open_cases", "unresolved", "waiting", "granted"):
            assert getattr(one, name).tobytes() == getattr(other, name).tobytes()
        assert one.events.rows == other.events.rows


@pytest.mark.parametrize("count", [2, *(pytest.param(n, marks=pytest.mark.slow) for n in (4, None))])
def test_workers_give_the_same_bytes(count: int | None) -> None:
    """Processes beside this one change nothing but the time."""
    with workers(count) as team:
        same_outcomes(replicated(team), replicated())


class _Dying(Executor):
    """Answers one batch, then loses its workers."""

    def __init__(self) -> None:
        self.answered = 0

    def submit(self, task: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> Future[Any]:
        """Answer, or fail as a pool does whose worker was killed."""
        future: Future[Any] = Future()
        if self.answered:
            future.set_exception(BrokenProcessPool("killed"))
        else:
            future.set_result(task(*arguments, **keywords))
        self.answered += 1
        return future


def test_a_worker_that_dies_leaves_the_rest_to_this_process() -> None:
    """The answer is the same, and says so."""
    dying = _Dying()
    found = replicated(Workers(lambda: dying, 2))
    assert found.finished_here
    same_outcomes(found, replicated())


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_dask_cluster_gives_the_same_bytes(scheduler: str) -> None:
    """A real scheduler and two workers on loopback."""
    with workers(1, scheduler) as team:
        same_outcomes(replicated(team), replicated())
