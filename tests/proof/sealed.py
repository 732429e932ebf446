"""Runs without what may differ between two that are the same, and the hashes of their files."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

MOVING = ("created", "timings")
"""What run.json says of the time of a run."""


def seal(run: Path, moving: Sequence[str] = MOVING) -> None:
    """Take what moves out of run.json."""
    manifest = json.loads((run / "run.json").read_text(encoding="utf-8"))
    fixed = {key: value for key, value in manifest.items() if key not in moving}
    (run / "run.json").write_text(json.dumps(fixed), encoding="utf-8")


def hashes(folder: Path) -> Mapping[str, str]:
    """Hash of each file below a folder by its name."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
