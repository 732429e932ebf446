"""A little of what :mod:`tests.proof` tries by the thousand."""

import os
from functools import partial
from pathlib import Path

import pytest

from tests.proof.fuzz import folder_case
from tests.proof.installs import differences
from tests.proof.kill import JOBS, Job, full_disk, killed
from tests.proof.sheets import sheet_case
from tests.proof.watched import watched


@pytest.mark.parametrize("number", range(40))
def test_a_damaged_folder_is_planned_or_refused_in_words(number: int, tmp_path: Path) -> None:
    """Every refusal names file and place; every plan is verified; nothing is left half-written."""
    assert folder_case(number, tmp_path) is None


@pytest.mark.parametrize("number", range(20))
def test_a_damaged_sheet_is_read_or_refused_in_words(number: int, tmp_path: Path) -> None:
    """Every import becomes a folder that loads, or leaves none."""
    assert sheet_case(number, tmp_path) is None


def _awkward(number: int) -> str | None:
    """Fail, end the process or hang, by the number of the case."""
    if number == 2:
        os._exit(9)
    while number == 4:
        pass
    return "wrong" if number == 1 else None


def test_failures_hangs_and_deaths_are_told_and_the_rest_is_tried() -> None:
    """The watch gives each case's own fault and goes on behind it."""
    found = list(watched(_awkward, range(6), patience=2))
    assert found == [(1, "wrong"), (2, "the process ended"), (4, "no answer in 2 s")]


def test_a_case_in_a_process_of_its_own(tmp_path: Path) -> None:
    """The real cases can be sent to another process."""
    assert list(watched(partial(folder_case, work=tmp_path), range(1))) == []


def test_files_of_two_installations_that_are_not_the_same_are_named() -> None:
    """Other bytes, and files on one side only."""
    assert list(
        differences({"same": "1", "other": "1", "here": "1"}, {"same": "1", "other": "2", "there": "1"})
    ) == [
        "here",
        "other",
        "there",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_a_killed_command_leaves_whole_things_or_none(job: Job, tmp_path: Path) -> None:
    """Three kills a command at drawn instants."""
    assert list(killed(job, 3, tmp_path)) == []


@pytest.mark.slow
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount a small disk"
)
@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_a_full_disk_is_said_and_nothing_is_left(job: Job, tmp_path: Path) -> None:
    """The smallest disk."""
    assert full_disk(job, 40, tmp_path) is None
