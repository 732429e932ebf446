"""Every rule kind has its programme written down, and an example where it binds and one where it does not.

The texts in ``tests/golden`` are compared byte for byte; ``ZXSIM_UPDATE_GOLDEN=1 pytest`` rewrites them.
"""

import os
from pathlib import Path

import highspy
import numpy as np
import polars as pl
import pytest

from tests.optimize.rule_examples import EXAMPLES, with_rule
from tests.optimize.rule_examples import TEXTS as RULE_TEXTS
from tests.optimize.target_forms import TARGET_FORMS
from tests.scenarios import Case, by_project, loaded, planned
from zxsim.core.layout import FloatArray
from zxsim.core.program import Program, program_text
from zxsim.core.spec import kind_of
from zxsim.optimize.build import Model, build
from zxsim.rules import RULE_KINDS
from zxsim.rules.budget import KIND as BUDGET
from zxsim.runs.tables import excluded, rules

GOLDEN = Path(__file__).parents[1] / "golden"
KINDS = (BUDGET, *(kind_of(kind) for kind in RULE_KINDS))


TEXTS = {**RULE_TEXTS, **TARGET_FORMS}


def model_of(case: Case) -> Model:
    """Build the programme of a case."""
    found = loaded(case)
    return build(found.spec, found.layout)


def text_of(case: Case) -> str:
    """Write the programme of a case with its benefit as LP text."""
    model = model_of(case)
    return program_text(model.program, model.costs["benefit"])


def test_every_rule_kind_has_a_golden_text_a_binding_and_a_slack_example() -> None:
    """The registry is walked, so that a kind added to it fails here until it brings all three."""
    assert set(KINDS) == set(EXAMPLES)
    for kind in KINDS:
        assert (GOLDEN / f"{kind}.lp").is_file(), kind


def test_no_golden_text_is_left_over() -> None:
    """Each file belongs to an example."""
    assert {path.stem for path in GOLDEN.glob("*.lp")} == set(TEXTS)


@pytest.mark.parametrize("name", TEXTS)
def test_the_programme_is_the_golden_text_to_the_byte(name: str) -> None:
    """Names, signs, order and every digit."""
    path, text = GOLDEN / f"{name}.lp", text_of(TEXTS[name])
    if os.environ.get("ZXSIM_UPDATE_GOLDEN") == "1":
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text.encode() == path.read_bytes()


@pytest.mark.parametrize("name", TEXTS)
def test_the_golden_text_is_read_back_as_the_same_programme(name: str) -> None:
    """HiGHS reads from the file the matrix, bounds, costs and names that the arrays hold."""
    model = model_of(TEXTS[name])
    assert_same_program(read(GOLDEN / f"{name}.lp"), model.program, model.costs["benefit"])


def read(path: Path) -> highspy.HighsLp:
    """Read an LP file by HiGHS."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)  # noqa: FBT003 (HiGHS' own signature)
    assert highs.readModel(str(path)) == highspy.HighsStatus.kOk
    lp: highspy.HighsLp = highs.getLp()
    return lp


def assert_same_program(lp: highspy.HighsLp, program: Program, cost: FloatArray) -> None:
    """Assert that a programme read by HiGHS is the one of the arrays, matched by names."""
    columns, rows = list(program.column_names()), list(program.row_names())
    assert sorted(lp.col_names_) == sorted(columns)
    assert sorted(lp.row_names_) == sorted(rows)
    assert len(set(columns)) == len(columns)
    assert len(set(rows)) == len(rows)
    column_at = [list(lp.col_names_).index(name) for name in columns]
    row_at = [list(lp.row_names_).index(name) for name in rows]
    matrix = np.zeros((len(rows), len(columns)))
    for column in range(len(columns)):
        at = slice(lp.a_matrix_.start_[column], lp.a_matrix_.start_[column + 1])
        matrix[lp.a_matrix_.index_[at], column] = lp.a_matrix_.value_[at]
    assert np.array_equal(matrix[np.ix_(row_at, column_at)], program.matrix.toarray())
    assert np.array_equal(np.array(lp.col_cost_)[column_at], cost)
    assert np.array_equal(np.array(lp.col_lower_)[column_at], program.column_lower)
    assert np.array_equal(np.array(lp.col_upper_)[column_at], program.column_upper)
    assert np.array_equal(np.array(lp.row_lower_)[row_at], program.row_lower)
    assert np.array_equal(np.array(lp.row_upper_)[row_at], program.row_upper)


def rows_of(case: Case, kind: str) -> pl.DataFrame:
    """Rows of one kind in the rules table of the plan."""
    return rules(planned(case)).filter(kind=kind)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "eligibility"])
def test_a_rule_at_its_limit_is_shown_as_binding(kind: str) -> None:
    """Every row is at the limit, to 0.01 万元."""
    example = EXAMPLES[kind]
    table = rows_of(with_rule(example.case, example.binding), kind)
    assert len(table) > 0
    assert table["binding"].all()
    assert table["slack"].to_list() == pytest.approx([0] * len(table), abs=1e-3)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "eligibility"])
def test_a_rule_away_from_its_limit_is_shown_with_its_slack(kind: str) -> None:
    """No row is at the limit, and the slack is what the limit leaves."""
    example = EXAMPLES[kind]
    table = rows_of(with_rule(example.case, example.slack), kind)
    assert len(table) > 0
    assert not table["binding"].any()
    assert (table["slack"] > 0.01).all()
    sign = np.where(table["relation"] == ">=", 1, -1)
    distance = sign * (table["lhs"] - table["rhs"]).to_numpy()
    assert distance == pytest.approx(table["slack"].to_numpy())


def test_an_eligibility_rule_that_binds_leaves_a_project_out_and_says_so() -> None:
    """Eligibility has no rows: the columns of a project that fails it are not in the programme."""
    example = EXAMPLES["eligibility"]
    plan = planned(with_rule(example.case, example.binding))
    assert by_project(plan) == {"H": 4000}
    assert excluded(plan).rows() == [("I", "f", "r", "")]
    assert "x(H,v,f,2021)" in plan.model.program.column_names()
    assert not [name for name in plan.model.program.column_names() if name.startswith("x(I,")]


def test_an_eligibility_rule_that_every_project_passes_changes_nothing() -> None:
    """All statuses allowed: the plan and the programme are those without the rule."""
    example = EXAMPLES["eligibility"]
    free = example.case.but(rules={})
    slack = with_rule(example.case, example.slack)
    assert len(excluded(planned(slack))) == 0
    assert text_of(slack) == text_of(free)
    assert by_project(planned(slack)) == by_project(planned(free)) == {"H": 4000, "I": 4000}
