"""What the library is given: values of options, runs or paths, relative paths; and how it says no."""

import inspect
import math
import pickle
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import zxsim
from zxsim.cli import run as command
from zxsim.core.options import RANGES, number_of

if TYPE_CHECKING:
    from collections.abc import Callable

DEMO = Path(__file__).parents[1] / "scenarios" / "published-library"
WRONG: dict[str, tuple[object, ...]] = {
    "replications": (0, -1, "5", 2.5, True),
    "seed": (-1, 10**15),
    "precision": (5, 0, math.nan, "0.1"),
    "gap": (2, -0.1, math.nan, None),
    "workers": (0,),
    "iterations": (0,),
    "nodes": (0,),
    "simulate": ("no", 1),
    "events": ("yes",),
    "solver": (None, 3),
    "results": (None,),
}
"""Of options, values that they do not take."""


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> zxsim.SavedRun:
    """Plan the demo once."""
    return zxsim.Scenario(DEMO).optimize(results=tmp_path_factory.mktemp("results"))


@pytest.mark.parametrize(
    ("option", "value"), [(name, one) for name, values in WRONG.items() for one in values]
)
def test_a_value_that_an_option_does_not_take_is_refused(option: str, value: object, tmp_path: Path) -> None:
    """Before any work, in words that name the option and what was given."""
    options: dict[str, Any] = {"results": tmp_path / "r", option: value}
    with pytest.raises(zxsim.UsageError) as caught:
        zxsim.Scenario(DEMO).optimize(**options)
    (message,) = caught.value.messages
    assert message.fields["option"] == option
    assert message.fields["given"] == repr(value)
    assert option in caught.value.__notes__[0]
    assert not (tmp_path / "r").exists()


@pytest.mark.parametrize("option", sorted(RANGES))
def test_the_ends_of_a_range_are_taken(option: str) -> None:
    """As plain numbers, whatever they came as; what is just outside is refused."""
    known = RANGES[option]
    step = 1 if known.whole else 1e-9
    assert number_of(option, known.least) == known.least
    if known.whole:
        assert type(number_of(option, np.int64(int(known.least)))) is int
    with pytest.raises(zxsim.UsageError):
        number_of(option, known.least - step)
    if known.most is not None:
        assert number_of(option, known.most) == known.most
        with pytest.raises(zxsim.UsageError):
            number_of(option, known.most + step)


@pytest.mark.parametrize("option", ["--gap=nan", "--precision=nan", "--seed=1000000000000000"])
def test_the_command_line_refuses_the_same(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Also what its parser takes for a number in range."""
    assert command(["optimize", str(DEMO), option]) == 2
    assert option[2:5] in capsys.readouterr().err


def test_an_export_is_asked_for_in_words_that_it_knows(saved: zxsim.SavedRun, tmp_path: Path) -> None:
    """Language and year are checked, also where options are parameters of their own."""
    for options in ({"language": "fr"}, {"year": "2024"}, {"quarter": 5}, {"table": 3}):
        given: dict[str, Any] = options
        with pytest.raises(zxsim.UsageError) as caught:
            saved.export(tmp_path / "a.xlsx", **given)
        assert caught.value.messages[0].fields["option"] in options
    with pytest.raises(zxsim.UsageError):
        zxsim.scenario_schema("fr")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_help_names_every_option() -> None:
    """With what it is for, and its range."""
    for method in (zxsim.Scenario.optimize, zxsim.Scenario.sweep, zxsim.SavedRun.simulate):
        names = set(inspect.signature(method).parameters)
        assert {"seed", "replications", "results"} <= names
        assert "options" not in names
        assert "seed : default None, 0 to 999999999999999\n    Seed" in str(method.__doc__)
    with pytest.raises(TypeError, match="it takes simulate, results, solver, iterations"):
        zxsim.Scenario(DEMO).optimize(zzz=1)  # type: ignore[call-arg]


def test_a_table_that_there_is_not_is_no_damage(saved: zxsim.SavedRun) -> None:
    """The answer is that of ``export``, with the tables that there are."""
    with pytest.raises(zxsim.UsageError) as caught:
        saved.table("alocation")
    (message,) = caught.value.messages
    assert (message.code, message.fields["nearest"]) == ("unknown_table", "allocation")
    assert message.fields["allowed"] == saved.tables
    assert caught.value.__notes__ == zxsim.sentences([message])


def test_damage_is_told_in_words_wherever_it_is_found(saved: zxsim.SavedRun, tmp_path: Path) -> None:
    """Tables and run.json; once."""
    run = zxsim.SavedRun(copytree(saved.folder, tmp_path / "run"))
    for name in ("targets.parquet", "run.json"):
        (tmp_path / "run" / name).write_text("{", encoding="utf-8")
    for read in (lambda: run.table("targets"), lambda: run.manifest):
        with pytest.raises(zxsim.DataError, match=r"run_damaged \(given: .*run; file: ") as caught:
            read()
        assert caught.value.__notes__ == zxsim.sentences(caught.value.messages)


def test_an_error_tells_code_and_fields_and_each_sentence_once(saved: zxsim.SavedRun, tmp_path: Path) -> None:
    """Not twice where one method calls another; without what identifies a person; also from a process."""
    with pytest.raises(zxsim.DataError) as caught:
        saved.compare(tmp_path / "13800138000")
    assert str(caught.value).startswith("not_a_run (given: ")
    assert "13800138000" not in str(caught.value)
    assert len(caught.value.__notes__) == 1
    assert pickle.loads(pickle.dumps(caught.value)).messages == caught.value.messages  # noqa: S301 (our own)
    place = zxsim.Message("unknown_key", {}, "scenario.toml", 3, "[fund.a]")
    assert str(zxsim.DataError([place])) == "scenario.toml:3 [fund.a]: unknown_key"
    assert str(zxsim.DataError([zxsim.Message("run_damaged")])) == "run_damaged"


def test_a_run_is_given_itself_or_by_its_path(saved: zxsim.SavedRun, tmp_path: Path) -> None:
    """Wherever a run is taken, one of several too."""
    other = str(zxsim.Scenario(DEMO).optimize(results=tmp_path / "other").folder)
    assert saved.compare(other).findings == zxsim.compare([str(saved.folder), Path(other)]).findings
    saved.report(tmp_path / "page.html", other)
    assert (tmp_path / "page.html").is_file()
    with pytest.raises(zxsim.UsageError, match="compare_one_run"):
        zxsim.compare(other)
    with pytest.raises(TypeError, match="a run or the path of its folder"):
        saved.compare(5)  # type: ignore[arg-type]
    with pytest.raises(zxsim.DataError, match="run_is_no_sweep"):
        zxsim.SavedSweep(other)


def test_settings_are_texts_of_their_own(tmp_path: Path) -> None:
    """A list or a table is a mistake in the call; one sheet to import is as good as several."""
    wrong: list[Callable[[], object]] = [
        lambda: zxsim.Scenario(DEMO, ["a=1"]),  # type: ignore[arg-type]
        lambda: zxsim.Scenario(DEMO, {"a": 1}),  # type: ignore[arg-type]
        lambda: zxsim.Scenario(DEMO).sweep(["a=1,2"], results=tmp_path),  # type: ignore[arg-type]
    ]
    for call in wrong:
        with pytest.raises(TypeError, match="each is a text of its own"):
            call()
    with pytest.raises(zxsim.DataError) as caught:
        zxsim.import_sheets(str(tmp_path / "sheet.csv"), tmp_path / "made")
    assert caught.value.messages[0].file == "sheet.csv"


def test_a_scenario_and_a_run_outlive_a_change_of_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are read where they were, and shown from where one is."""
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    scenario = zxsim.new_scenario("mine")
    run = scenario.optimize()
    assert repr(scenario) == "Scenario('mine')"
    assert repr(run) == f"SavedRun({str(Path('results', 'mine', run.folder.name))!r})"
    told = run.compare(run).runs["run"].to_list()
    assert told == zxsim.list_runs().runs["run"].to_list() * 2
    monkeypatch.chdir("elsewhere")
    assert len(run.table("allocation"))
    assert scenario.validate().label == "mine"
    assert run.verify() == []
    assert repr(scenario) == f"Scenario({str(tmp_path / 'mine')!r})"
