"""The model of a run as an LP or MPS file, for any solver or modelling system to read."""

from pathlib import Path

from zxsim.optimize.build import build
from zxsim.schema.load import load

MODEL_FORMATS = (".lp", ".mps")
STAGE = "benefit"
"""The objective that is written: the tiers come before it, and a file holds one."""


def write_model(run: Path, to: Path, title: str) -> None:
    """Build the model from the inputs of a run again and write it to ``to``.

    Raises
    ------
    DataError
        The inputs are no longer what the run was made from.
    """
    from zxsim.optimize import pulp  # noqa: PLC0415 (heavy)

    loaded = load(run / "inputs" / "resolved.toml")
    model = build(loaded.spec, loaded.layout)
    pulp.write_model(model.program, model.costs[STAGE], to, STAGE, title)
