"""A case and the run of its best plan."""

from pathlib import Path

import pytest

from tests.scenarios import write
from tests.whatif.given_runs import CASE, Capture, said


@pytest.fixture(name="case")
def _case(tmp_path: Path) -> Path:
    return write(CASE, tmp_path / "case")


@pytest.fixture(name="first")
def _first(case: Path, tmp_path: Path, capsys: Capture) -> Path:
    return Path(said(["optimize", case, "--results", tmp_path / "r"], capsys)["run"])
