"""Check 4: every budget and every rule, each kind by a check of its own."""

from collections.abc import Mapping
from dataclasses import replace

from zxsim.errors import Message
from zxsim.verify import (
    balance,
    budget,
    category_share,
    eligibility,
    income_use,
    payment_progress,
    per_capita_standard,
    place_floor,
    priority,
    project_count,
    rising_share,
)
from zxsim.verify.findings import finding
from zxsim.verify.inputs import RESOLVED, Inputs, Record
from zxsim.verify.judged import Check, Verdict, named
from zxsim.verify.plan import Plan
from zxsim.verify.reading import guarded

CHECKS: Mapping[str, Check] = {
    "budget": budget.check,
    "eligibility": eligibility.check,
    "category_share": category_share.check,
    "rising_share": rising_share.check,
    "place_floor": place_floor.check,
    "project_count": project_count.check,
    "per_capita_standard": per_capita_standard.check,
    "income_use": income_use.check,
    "priority": priority.check,
    "balance": balance.check,
    "payment_progress": payment_progress.check,
}
"""The check of each kind of rule; ``budget`` is implied by a fund."""


def judged(inputs: Inputs, plan: Plan, findings: list[Message]) -> list[Verdict]:
    """Judge every budget, then every rule that is switched on, in the order of their ids."""
    budgets = [("budget", fund_id, fund.record) for fund_id, fund in inputs.funds.items()]
    rules = [(str(rule.get("kind")), rule_id, rule) for rule_id, rule in inputs.rules.items()]
    return [_verdict(kind, name, record, inputs, plan, findings) for kind, name, record in budgets + rules]


def _verdict(
    kind: str, name: str, record: Record, inputs: Inputs, plan: Plan, findings: list[Message]
) -> Verdict:
    address = named(kind, name)
    if kind not in CHECKS:
        known = "; ".join(CHECKS)
        findings.append(finding("verify_unknown_kind", known, kind, file=RESOLVED, address=address))
        return Verdict()
    verdict = guarded(RESOLVED, address, lambda: CHECKS[kind](name, record, inputs, plan), findings)
    if verdict is None or not record.get("soft"):
        return verdict or Verdict()
    tier = guarded(RESOLVED, f"{address} soft", lambda: int(record["soft"]["tier"]), findings)
    return replace(verdict, rows=verdict.rows and replace(verdict.rows, tier=tier))
