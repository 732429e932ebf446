"""Check 1: the files in ``inputs/`` are the ones that the run was made from."""

import hashlib
from pathlib import Path
from typing import Any

from zxsim.errors import Message
from zxsim.verify.findings import finding


def check_hashes(run: Path, manifest: dict[str, Any]) -> list[Message]:
    """Compare each file in ``inputs/`` with the SHA-256 that run.json states, and the two lists of files."""
    stated: dict[str, str] = manifest["inputs"]
    present = {path.name: path for path in sorted((run / "inputs").glob("*")) if path.is_file()}
    found = []
    for name, digest in stated.items():
        if name not in present:
            found.append(finding("verify_file_missing", digest, "", file=f"inputs/{name}"))
            continue
        actual = hashlib.sha256(present[name].read_bytes()).hexdigest()
        if actual != digest:
            found.append(finding("verify_hash", digest, actual, file=f"inputs/{name}"))
    unlisted = sorted(present.keys() - stated.keys())
    where = "run.json inputs"
    return found + [
        finding("verify_file_unlisted", "", n, file=f"inputs/{n}", address=where) for n in unlisted
    ]
