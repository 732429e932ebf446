"""What is worked out of a plan once: tables that the files, the notices and the screen share."""

import gc

from tests.scenarios import Case, fund, planned, project
from zxsim.optimize.plan import Plan
from zxsim.runs.once import once_a_plan

SMALL = Case({"f": fund(1)}, [project("P", 1, benefit=1)])


def test_a_table_is_worked_out_once_a_plan_and_forgotten_with_it() -> None:
    """Asked twice, made once; another plan has one of its own; nothing outlives its plan."""
    made: list[int] = []

    @once_a_plan
    def table(plan: Plan) -> int:
        made.append(plan.spent_units)
        return len(made)

    plan = planned(SMALL)
    assert (table(plan), table(plan), table(planned(SMALL))) == (1, 1, 2)
    kept = next(cell.cell_contents for cell in table.__closure__ or () if hasattr(cell.cell_contents, "keys"))
    del plan
    gc.collect()
    assert len(kept) == 0
