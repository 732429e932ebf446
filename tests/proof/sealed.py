"""Runs without what may differ between two that are the same, and the hashes of their files."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

FIXED: Mapping[str, object] = {"created": "2025-01-01T00:00:00+00:00", "timings": {}}
"""What run.json says of the time of a run, and what stands there instead when runs are compared."""


def seal(run: Path, fixed: Mapping[str, object] = FIXED) -> None:
    """Put what is fixed into run.json."""
    manifest = json.loads((run / "run.json").read_text(encoding="utf-8"))
    (run / "run.json").write_text(json.dumps(manifest | fixed), encoding="utf-8")


def hashes(folder: Path) -> Mapping[str, str]:
    """Hash of each file below a folder by its name."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
