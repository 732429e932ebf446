"""Under what name the runs of a scenario are kept."""

import json
from pathlib import Path
from shutil import copytree

import pytest

from zxsim.schema.load import load

DEMO = Path(__file__).parents[1] / "scenarios" / "published-library"


@pytest.fixture(name="inputs")
def _inputs(tmp_path: Path) -> Path:
    """Inputs of a run that has no run.json yet."""
    inputs = copytree(DEMO, tmp_path / "20261122T000000Z-0a1b2c3d" / "inputs")
    (inputs / "scenario.toml").rename(inputs / "resolved.toml")
    return inputs


@pytest.mark.parametrize("manifest", ["run.json", "sweep.json"])
def test_the_inputs_of_a_run_keep_its_name(inputs: Path, manifest: str) -> None:
    """By their file or their folder, of a sweep too; a scenario in a folder called so does not."""
    assert load(inputs).label == "inputs-resolved"
    (inputs.parent / manifest).write_text('{"scenario": "昌江-up"}', encoding="utf-8")
    assert load(inputs).label == "昌江-up"
    assert load(inputs / "resolved.toml").label == "昌江-up"
    (inputs / "resolved.toml").rename(inputs / "scenario.toml")
    assert load(inputs).label == "inputs"


@pytest.mark.parametrize("given", ["../elsewhere", "a/../../b", "/a", "C:a", ".hidden", "", 3, None])
def test_a_name_that_no_folder_may_have_is_not_taken(inputs: Path, given: object) -> None:
    """A run may come from anybody: its name must not lead out of the results."""
    (inputs.parent / "run.json").write_text(json.dumps({"scenario": given}), encoding="utf-8")
    assert load(inputs).label == "inputs-resolved"
    (inputs.parent / "run.json").write_text("[]", encoding="utf-8")
    assert load(inputs).label == "inputs-resolved"
