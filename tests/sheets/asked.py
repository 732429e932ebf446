"""What is said of a file, and what reading it takes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from zxsim.errors import DataError
from zxsim.report.wording import sentence
from zxsim.sheets.reading import grids

ROOT = Path(__file__).parents[2]
OLD = ROOT / "tests" / "data" / "old.xls"
MOST_MEGABYTES = 700

MEASURED = """
import json, sys, resource
from pathlib import Path
from zxsim.errors import DataError
from zxsim.sheets.reading import grids
try:
    found = grids(Path(sys.argv[1]))[0].rows
except DataError as error:
    found = error.messages[0].code
status = Path("/proc/self/status").read_text()
own = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
print(json.dumps([found, (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024]))
"""


def answer(path: Path, sheet: str | None = None) -> str:
    """Code of the one thing that is said of a file that is refused; it has words in both languages."""
    with pytest.raises(DataError) as caught:
        grids(path, sheet)
    (message,) = caught.value.messages
    assert message.file == path.name
    assert all("{" not in sentence(message, language) for language in ("zh", "en"))
    return message.code


def measured(path: Path, most_megabytes: int = MOST_MEGABYTES) -> object:
    """Read a file in a process of its own and hold that process to its memory; rows, or what is said."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)],
        capture_output=True,
        check=True,
        timeout=100,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    found, megabytes = json.loads(done.stdout)
    assert megabytes < most_megabytes
    return found
