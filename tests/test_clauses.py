"""clauses.csv: each clause of the shipped programmes is carried as the paper has it; pages are not stale."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from docs.clause_pages import PAGES, Language, clauses, page
from tests import scenarios
from zxsim import api
from zxsim.errors import DataError
from zxsim.report.clause_text import asks
from zxsim.report.clause_words import CARRIER_WORDS, UNIT_WORDS
from zxsim.schema.clause_columns import CARRIERS
from zxsim.schema.clause_keys import found_at
from zxsim.schema.columns import listed
from zxsim.schema.load import Loaded, load
from zxsim.schema.shipped import shipped_scenarios
from zxsim.schema.target import Target

ROOT = Path(__file__).parent.parent
PROGRAMMES = {
    "changjiang": ("CJ", 16),
    "chongqing": ("CQ", 16),
    "getashang": ("GT", 35),
    "lintong": ("LT", 21),
    "xixian": ("XX", 22),
}
"""Prefix and number of the clauses of each paper."""
RELATIONS: Mapping[str, tuple[str, ...]] = {
    ">=": (">=", "growth", "ratio_to_parent"),
    ">": (">", "growth", "growth_above_parent"),
    "=": ("=", ">="),
    "between": ("between",),
}
"""Relations of a target that say what a clause's comparison says."""
IN_OTHER_WORDS = ("XX-14", "CQ-04")
"""A share of villages that is 1 is a target of each village; no large-scale return is a cap on cases."""
AT_THE_END = ("GT-32",)
"""Cadres to be trained, with no year given: by the end of the horizon."""
HAN = re.compile(r"[\u4e00-\u9fff]")
LOADED = {name: load(folder) for name, folder in shipped_scenarios().items() if name in PROGRAMMES}
ROWS = {name: clauses(shipped_scenarios()[name]) for name in PROGRAMMES}
EVERY = [(name, row) for name, rows in ROWS.items() for row in rows]
each_row = pytest.mark.parametrize(("name", "row"), EVERY, ids=[row["clause"] for _, row in EVERY])


def at(loaded: Loaded, key: str) -> object:
    """Return what stands at a key."""
    return found_at(key, loaded.spec, {"place": loaded.places, "project": loaded.projects})


def test_every_scenario_of_a_programme_lists_its_clauses() -> None:
    """A scenario with clauses.csv is one of PROGRAMMES, so that its clauses are counted."""
    assert {name for name, folder in shipped_scenarios().items() if clauses(folder)} == set(PROGRAMMES)


@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_clause_of_the_paper_is_listed_once(name: str) -> None:
    """No clause of the paper is missing, and none is made up."""
    prefix, count = PROGRAMMES[name]
    assert [row["clause"] for row in ROWS[name]] == [f"{prefix}-{i:02d}" for i in range(1, count + 1)]


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_shipped_scenario_differs_from_its_paper_nowhere(name: str) -> None:
    """Loading warns of no figure that is not the paper's, and of no clause that is switched off."""
    assert [message for message in LOADED[name].warnings if message.code.startswith("clause_")] == []


@each_row
def test_a_clause_says_what_carries_it_in_both_languages(name: str, row: Mapping[str, str]) -> None:
    """Notes are in Chinese and in English; only what is not modelled or a report has no key."""
    del name
    assert HAN.search(row["note_zh"])
    assert not HAN.search(row["note_en"].replace("万元", ""))
    assert re.search(r"[a-z]{3}", row["note_en"])
    assert bool(listed(row["where"])) == (row["carried_as"] not in ("report", "not_modelled"))


@each_row
def test_a_rule_target_or_fund_names_the_clause_that_it_carries(name: str, row: Mapping[str, str]) -> None:
    """What the file points at points back: the clause stands in the record, or in one of its numbers."""
    if row["carried_as"] not in ("rule", "target", "fund") or row["where"].startswith("project."):
        return
    records = [at(LOADED[name], key) for key in listed(row["where"])]
    assert any(f"clause='{row['clause']}'" in repr(record) for record in records)


@each_row
def test_a_figure_of_the_paper_is_held_against_the_scenario(name: str, row: Mapping[str, str]) -> None:
    """A clause with a number that a target, rule or fund carries says which figure must be that number."""
    del name
    if row["carried_as"] in ("rule", "target", "fund") and re.fullmatch(r"[\d.]+", row["value"]):
        excused = {"CJ-04", "CJ-05", "XX-14", "CQ-03", "CQ-04", "CQ-05"}
        assert bool(row["figures"]) == (row["clause"] not in excused), "say which key holds the number"


@each_row
def test_a_target_is_checked_in_the_year_and_by_the_relation_of_its_clause(
    name: str, row: Mapping[str, str]
) -> None:
    """A clause of one year is checked in it alone; one of each year in all; its comparison is kept."""
    if row["carried_as"] != "target" or row["op"] not in RELATIONS:
        return
    target = at(LOADED[name], listed(row["where"])[0])
    assert isinstance(target, Target)
    assert row["clause"] in IN_OTHER_WORDS or target.relation in RELATIONS[row["op"]]
    horizon = LOADED[name].spec.years
    if row["year"].isdigit():
        assert target.years == (int(row["year"]),) * 2
    elif row["year"] == "each" and row["clause"] not in AT_THE_END:
        assert target.years == horizon


def test_carriers_and_units_have_their_words() -> None:
    """Each way to carry a clause, and each unit of a shipped number, is said in Chinese and English."""
    assert set(CARRIER_WORDS) == set(CARRIERS)
    assert {row["unit"] for _, row in EVERY if asks({**row, "unit": ""}, "en")} <= set(UNIT_WORDS)


@pytest.mark.parametrize("language", PAGES)
def test_the_page_of_clauses_is_not_stale(language: Language) -> None:
    """Each page in docs is what the script writes, and names every clause."""
    written = (ROOT / "docs" / PAGES[language]).read_text(encoding="utf-8")
    assert written == page(language), "run: make reference"
    assert all(f"| {row['clause']} |" in written for _, row in EVERY)


def folder_with(tmp_path: Path, *rows: str) -> Path:
    """Write a scenario of one rule with a clauses.csv."""
    case = scenarios.Case(
        funds={"f": scenarios.fund({2021: 100}, clause="A-2")},
        projects=[scenarios.project("P1", 100, benefit=1)],
        rules={
            "share": {"kind": "category_share", "clause": "A-1", "categories": ["产业发展"], "at_least": 0.5}
        },
    )
    folder = scenarios.write(case, tmp_path / "case")
    head = "clause,op,value,carried_as,where,figures,conversion,note_zh"
    (folder / "clauses.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    return folder


SHARE = "A-1,>=,0.5,rule,rule.share,rule.share.at_least,,占比"
MONEY = "A-2,=,100,fund,fund.f,fund.f.amount_wan.2021,,资金"


def codes(folder: Path, *settings: str) -> list[tuple[str, str]]:
    """Codes and addresses of what loading warns of."""
    found = load(folder, settings).warnings
    return [(m.code, m.address) for m in found if m.code.startswith(("clause", "file"))]


def test_figures_of_the_paper_pass_and_a_what_if_is_told_what_it_departs_from(tmp_path: Path) -> None:
    """Same figures: nothing is said; a changed figure or a rule switched off: a warning names the clause."""
    folder = folder_with(tmp_path, SHARE, MONEY)
    assert codes(folder) == []
    assert codes(folder, "rule.share.at_least=0.4") == [("clause_figure_same", "A-1 figures")]
    assert codes(folder, "rule.share.enabled=false") == [("clause_switched_off", "A-1 where")]
    assert codes(folder, "fund.f.amount_wan.2021=90") == [("clause_figure_same", "A-2 figures")]


@pytest.mark.parametrize(
    ("conversion", "value", "code"),
    [
        ("coverage", "5", "clause_figure_coverage"),
        ("above", "0.5", "clause_figure_above"),
        ("above", "0.4", None),
        ("same", "0.50", None),
    ],
)
def test_how_a_figure_is_held_against_the_paper(
    conversion: str, value: str, code: str | None, tmp_path: Path
) -> None:
    """A coverage must be 1 whatever the number, "above" lies above it, and 0.5 is 0.50."""
    row = f"A-1,>=,{value},rule,rule.share,rule.share.at_least,{conversion},占比"
    assert codes(folder_with(tmp_path, row, MONEY)) == ([(code, "A-1 figures")] if code else [])


@pytest.mark.parametrize("missing", [SHARE, MONEY])
def test_a_clause_that_the_scenario_names_must_be_listed(missing: str, tmp_path: Path) -> None:
    """Without its row, a fault stands at the record that names the clause."""
    rows = [row for row in (SHARE, MONEY) if row != missing]
    with pytest.raises(DataError) as caught:
        load(folder_with(tmp_path, *rows))
    (message,) = caught.value.messages
    assert (message.code, message.fields["given"]) == ("clause_not_listed", missing[:3])


def test_one_number_for_every_year_is_a_figure_also_in_the_inputs_of_a_run(tmp_path: Path) -> None:
    """There the amount stands year by year, and is still the paper's; years that differ are no one figure."""
    every = "A-2,=,100,fund,fund.f,fund.f.amount_wan,,资金"
    case = scenarios.Case(
        funds={"f": scenarios.fund(100, clause="A-2")},
        projects=[scenarios.project("P1", 100, benefit=1)],
        years=(2021, 2022),
    )
    folder = scenarios.write(case, tmp_path / "case")
    head = "clause,op,value,carried_as,where,figures,conversion,note_zh"
    (folder / "clauses.csv").write_text(f"{head}\n{every}\n", encoding="utf-8")
    assert codes(folder) == []
    run = api.optimize(folder, results=tmp_path / "results")
    assert run.folder is not None
    assert codes(run.folder / "inputs") == []
    with pytest.raises(DataError) as caught:
        load(folder, ("fund.f.amount_wan={2021=100,2022=90}",))
    assert [message.code for message in caught.value.messages] == ["clause_figure_unknown"]


def test_the_file_is_optional_and_goes_with_a_run(tmp_path: Path) -> None:
    """Without it nothing is checked; with it the inputs of a run hold it as it was read."""
    folder = folder_with(tmp_path, SHARE, MONEY)
    (folder / "clauses.csv").rename(folder / "aside.txt")
    assert load(folder).clauses is None
    (folder / "aside.txt").rename(folder / "clauses.csv")
    found = load(folder).clauses
    assert found is not None
    assert found.select("clause", "carried_as").rows() == [("A-1", "rule"), ("A-2", "fund")]
    run = api.optimize(folder, results=tmp_path / "results")
    assert run.folder is not None
    kept = load(run.folder / "inputs").clauses
    assert kept is not None
    assert kept.equals(found)
    assert api.verify(run.folder) == []
