"""The independent checker of a run folder: it trusts only the inputs and the amounts.

Everything else is derived anew by code of its own, which shares nothing with the code that made the
plan but the rounding of money (:mod:`zxsim.core.money`). The checks, in the order of the messages:

1. the inputs are the files that the run was made from;
2. every row of allocation.csv is well formed, names what exists, and is permitted;
3. no project takes more than its public cost, a required one takes all of it; modes, minima,
   prerequisites, exclusions and commitments are kept;
4. every budget and rule is kept, in whole numbers;
5. every figure that the run reports follows from its amounts;
6. each Parquet holds what its CSV says.
"""

from pathlib import Path

from zxsim.errors import Message
from zxsim.verify.allocation import check_rows
from zxsim.verify.benefit import benefit_of
from zxsim.verify.cost import check_costs
from zxsim.verify.decided import check_decided
from zxsim.verify.figures import check_figures
from zxsim.verify.findings import ALLOCATION, capped
from zxsim.verify.hashes import check_hashes
from zxsim.verify.inputs import PROJECTS, RESOLVED, Inputs, read_inputs
from zxsim.verify.links import check_links
from zxsim.verify.modes import check_modes
from zxsim.verify.parquet import check_parquets
from zxsim.verify.permission import check_permission
from zxsim.verify.plan import Plan
from zxsim.verify.reading import guarded, json_object, read, text_table
from zxsim.verify.rollups import MANIFEST, check_totals
from zxsim.verify.rule_checks import CHECKS, judged

__all__ = ["CHECKS", "verify"]


def verify(run: Path) -> list[Message]:
    """Check a run folder.

    Parameters
    ----------
    run : Path
        Folder with run.json, ``inputs/`` and the tables.

    Returns
    -------
    list of Message
        Every difference, each with ``expected``, ``found`` and where; empty when all is right. A
        missing or unreadable file is a difference too; at most 50 of one code are listed.
    """
    findings: list[Message] = []
    manifest = read(run, MANIFEST, json_object, findings)
    if manifest is not None:
        findings += guarded(MANIFEST, "inputs", lambda: check_hashes(run, manifest), findings) or []
    inputs = read_inputs(run, findings)
    table = read(run, ALLOCATION, text_table, findings)
    if inputs is not None and table is not None:
        plan = guarded(ALLOCATION, "", lambda: check_rows(table, inputs, findings), findings)
        if plan is not None:
            _judge(run, plan, inputs, manifest or {}, findings)
    check_parquets(run, findings)
    return capped(findings)


def _judge(
    run: Path, plan: Plan, inputs: Inputs, manifest: dict[str, object], findings: list[Message]
) -> None:
    """Checks 2 (what is permitted) to 5, which need the amounts and the inputs."""
    notes: list[Message] = []
    verdicts = judged(inputs, plan, notes)
    findings += guarded(RESOLVED, "", lambda: check_permission(plan, inputs), findings) or []
    for verdict in verdicts:
        findings += verdict.findings
    findings += check_costs(plan, inputs)
    findings += guarded(PROJECTS, "", lambda: check_modes(plan, inputs), findings) or []
    findings += guarded(PROJECTS, "", lambda: check_links(plan, inputs), findings) or []
    findings += check_decided(plan, inputs)
    rows = [verdict.rows for verdict in verdicts if verdict.rows is not None]
    findings += [message for row in rows for message in row.broken()]
    findings += notes
    check_figures(run, plan, inputs, rows, findings)
    benefit = guarded(RESOLVED, "[benefit]", lambda: benefit_of(plan, inputs), findings)
    findings += check_totals(manifest, plan, inputs, benefit)
