"""The name under which the runs of a scenario are kept."""

import json
from pathlib import Path

from zxsim.core.inside import is_file_name
from zxsim.errors import DataError
from zxsim.schema.source import read_text

MANIFESTS = ("run.json", "sweep.json")
"""Files beside ``inputs`` that say of what scenario these are."""


def label_of(path: Path) -> str:
    """Name of a scenario by its file: its folder's, with the file's where that is a what-if.

    The inputs of a run or a sweep keep the name of the scenario that they were made of.
    """
    folder = path.resolve().parent
    if path.stem == "scenario":
        return folder.name
    if path.name == "resolved.toml" and folder.name == "inputs":
        for name in MANIFESTS:
            if label := _noted(folder.parent / name):
                return label
    return f"{folder.name}-{path.stem}"


def _noted(manifest: Path) -> str:
    """Return the scenario that a manifest names; nothing where it names none that a folder may be called."""
    try:
        label = json.loads(read_text(manifest)).get("scenario")
    except (DataError, ValueError, RecursionError, AttributeError):
        return ""
    return label if isinstance(label, str) and is_file_name(label) and not label.startswith(".") else ""
