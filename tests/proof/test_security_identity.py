"""Numbers that identify a person are in no file, no message and no log, wherever they were planted."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.proof.commands import Ended, written
from tests.proof.hostile import ACCOUNT, CARD, HOLDER, LINE, OLD_CARD, PERSON, PHONE, PLANTED, texts, write
from zxsim import api
from zxsim.cli import run
from zxsim.core.identity import hidden, plain

Capture = pytest.CaptureFixture[str]


def _planted_in(text: str, planted: Sequence[str] = PLANTED) -> list[str]:
    return [word for word in planted if word in text]


@pytest.mark.slow
def test_the_check_would_find_them(hostile: Ended) -> None:
    """What was given holds every one of them, in the tables and in the TOML."""
    given = hostile.folder / "given"
    for name in ("scenario.toml", "places.csv", "projects.csv", "clauses.csv"):
        assert _planted_in((given / name).read_text(encoding="utf-8")) == list(PLANTED[:-1]), name
    assert _planted_in((given / "ledger.csv").read_text(encoding="utf-8")) == [CARD, PHONE, ACCOUNT, HOLDER]


@pytest.mark.slow
def test_no_command_repeats_them(hostile: Ended) -> None:
    """Neither on the screen nor as JSON; what was cut is told."""
    assert {line: _planted_in(said) for line, said in hostile.printed.items() if _planted_in(said)} == {}
    assert "identity_cut" not in hostile.printed["validate /given"]
    assert "projects.csv:2 P0 x_note" in hostile.printed["validate /given"]


@pytest.mark.slow
def test_no_file_holds_them(hostile: Ended) -> None:
    """Inputs of runs, tables, workbooks, pages, models, sweeps, imports, and their names."""
    found = {str(path): _planted_in(text) for path, text in written(hostile.folder, hostile.given)}
    assert len(found) > 100
    assert {path: words for path, words in found.items() if words} == {}


WRONG = {
    "amount": ("scenario.toml", "amount_wan = 12", f"amount_wan = {CARD[:17]}1"),
    "amount in words": ("scenario.toml", "amount_wan = 12", f'amount_wan = "{PERSON}"'),
    "word": ("scenario.toml", 'relation = ">="', f'relation = "{PERSON}"'),
    "key": ("scenario.toml", "line_yuan = 7000", f'line_yuan = 7000\n"{PERSON}" = 1'),
    "id": ("scenario.toml", "[fund.city]", f"[fund.{CARD}]"),
    "section": ("scenario.toml", "[benefit]", f"[{CARD}]\n[benefit]"),
    "extends": ("scenario.toml", "years = [2024, 2025]", f'extends = "{PERSON}.toml"\nyears = [2024, 2025]'),
    "ledger": ("scenario.toml", '"ledger.csv"', f'"{PHONE}.csv"'),
    "list": ("scenario.toml", '["乡村建设行动"]', f'["{CARD}"]'),
    "years": ("scenario.toml", "years = [2024, 2025]", f"years = [2024, {PHONE}]"),
    "no TOML": ("scenario.toml", "illustrative = true", f"illustrative = {CARD}"),
    "column": ("projects.csv", "x_note", f"电话{PHONE}"),
    "free column": ("projects.csv", "x_note", f"x_{CARD}"),
    "doubled column": ("projects.csv", "x_note,x_=1+1", f"x_{PHONE},x_{PHONE}"),
    "id of a project": ("projects.csv", "P1,", f"{CARD},"),
    "bad id": ("projects.csv", "P1,", f"{PHONE} {CARD},"),
    "category": ("projects.csv", "产业发展", PERSON),
    "cost": ("projects.csv", "产业发展,5,", f"产业发展,{PHONE},"),
    "cost in words": ("projects.csv", "产业发展,5,", f"产业发展,{PERSON},"),
    "name as a cost": ("projects.csv", "产业发展,5,", f"产业发展,{HOLDER},"),
    "village": ("places.csv", "village,c,8", f"village,{CARD},8"),
    "level": ("places.csv", "village,c,8", f"{PERSON},c,8"),
    "population": ("places.csv", "village,c,8", f"village,c,{OLD_CARD}"),
    "ledger size": ("ledger.csv", ",b,3,", f",b,{CARD},"),
    "ledger place": ("ledger.csv", ",b,3,", f",{HOLDER}{PHONE},3,"),
    "ledger number": ("ledger.csv", f"1,{HOLDER},{CARD},a", f"0,{HOLDER},{CARD},a"),
    "ledger column": ("ledger.csv", "缓退户", f"接待{LINE}"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_fault_does_not_repeat_them(case: str, tmp_path: Path, capsys: Capture) -> None:
    """A cell, a key or a word at fault is told by its place; numbers and names in it are hidden."""
    given = write(tmp_path / "given", ["村"] * 20)
    name, old, new = WRONG[case]
    text = (given / name).read_text(encoding="utf-8")
    assert old in text
    (given / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    for more in ((), ("--json", "--lang", "en")):
        assert run(["simulate", str(given), "--results", str(tmp_path / "results"), *more]) == 3
        said = capsys.readouterr()
        assert _planted_in(said.out + said.err) == []
        assert name in said.out + said.err
    assert not (tmp_path / "results").exists()


def test_settings_do_not_repeat_them(tmp_path: Path, capsys: Capture) -> None:
    """Neither does what follows ``--set``."""
    given = write(tmp_path / "given", ["村"] * 20)
    for setting in (
        f"fund.city.amount_wan={PHONE}",
        f"{CARD}=1",
        f"name={PERSON}",
        f"project.{PHONE}.name=1",
    ):
        run(["validate", str(given), "--set", setting])
        said = capsys.readouterr()
        assert _planted_in(said.out + said.err) == []


def test_a_fault_repeats_what_was_given_letter_for_letter(tmp_path: Path, capsys: Capture) -> None:
    """Wide digits are no number: shown as plain ones they would look like one."""
    given = write(tmp_path / "given", ["村"] * 20)
    assert run(["validate", str(given), "--set", "fund.city.amount_wan=８０（１３８１２３４５６７８）"]) == 3
    assert "８０（***）" in capsys.readouterr().err


def test_a_traceback_does_not_repeat_them(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An internal error is told without them, also where a developer asks for the trace."""

    def wrong(*_: object) -> None:
        raise ValueError(PERSON)

    monkeypatch.setenv("ZXSIM_TRACEBACK", "1")
    monkeypatch.setattr(api, "validate", wrong)
    assert run(["validate", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "Traceback" in said
    assert _planted_in(said) == []


def test_numbers_of_projects_and_papers_stay(tmp_path: Path) -> None:
    """Codes of projects and places, numbers of papers, addresses of the web, dates, amounts."""
    kept = (
        "项目编号5300000978540034", "http://a.gov.cn/2022/13812345678.html", "2021-2025", "530302101202",
        "云政发〔2021〕12号", "20240101开工", "1234567平方米", "0.013812345678",
    )  # fmt: skip
    given = write(tmp_path / "given", [*kept, *["村"] * 12])
    text = (given / "projects.csv").read_text(encoding="utf-8").replace("x_=1+1", "x_项目编号")
    (given / "projects.csv").write_text(text.replace("P0,", "530302240101001,", 1), encoding="utf-8")
    loaded = api.load(given)
    assert [warning for warning in loaded.warnings if "cut" in warning.code] == []
    assert sorted(loaded.projects["name"].to_list()) == sorted([*kept, *["村"] * 12])


def test_the_rows_that_were_cut_are_named(tmp_path: Path, capsys: Capture) -> None:
    """All up to ten lines of the file, the others counted; one row is where the warning says it is."""
    given = write(tmp_path / "given", ["村"] * 20)
    text = (given / "projects.csv").read_text(encoding="utf-8")
    for at in (1, 4, 6):
        row = next(line for line in text.splitlines() if line.startswith(f"P{at},"))
        text = text.replace(row, PHONE.join(row.rsplit("村", 1)))
    (given / "projects.csv").write_text(text, encoding="utf-8")
    run(["validate", str(given)])
    said = "".join(capsys.readouterr().err.split())
    assert "projects.csv:3P1x_note：3处" in said
    assert "在第3、6、8行" in said
    write(tmp_path / "more", [f"村{PHONE}"] * 20)
    run(["validate", str(tmp_path / "more"), "--lang", "en"])
    said = " ".join(capsys.readouterr().err.split())
    assert "on lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11; 10 more lines" in said


def test_a_cell_that_is_cut_empty_is_not_called_empty(tmp_path: Path, capsys: Capture) -> None:
    """Whoever gave a number where a name must stand is told that it was taken out."""
    given = write(tmp_path / "given", ["村", PHONE, *["村"] * 18])
    assert run(["validate", str(given), "--lang", "en"]) == 3
    said = capsys.readouterr().err
    assert said.startswith("projects.csv:3 P1 name: this cell holds nothing but")
    assert "must not be empty" not in said


def test_a_folder_named_by_a_number_is_warned_of(tmp_path: Path) -> None:
    """Results are called like the folder, which only its owner can rename."""
    for name, warned in ((PHONE, True), ("青山县2024", False), ("baoshan-20240101", False)):
        loaded = api.load(write(tmp_path / name, ["村"] * 20))
        assert ("label_identifies" in [warning.code for warning in loaded.warnings]) is warned, name


def test_a_harmful_text_is_kept_but_for_its_control_letters() -> None:
    """Nothing else is cut out of a text that only looks dangerous: exports make it harmless, not the plan."""
    for text in texts():
        kept, numbers, letters = plain(text)
        assert numbers == 0
        assert len(text) - len(kept) == letters


WRONG_PLANS = {
    "project": ("P1", CARD, "2024", "5"),
    "amount": ("P1", "city", "2024", f"待定{PERSON}"),
    "year": ("P1", "city", PHONE, "5"),
    "fund": ("P1", f"{HOLDER}{CARD}", "2024", "5"),
    "row": (CARD, "city", "2024", "5"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", WRONG_PLANS)
def test_a_fault_of_a_plan_does_not_repeat_them(case: str, tmp_path: Path, capsys: Capture) -> None:
    """Neither does a plan made by hand, of which a scorecard would be written."""
    given, plan = write(tmp_path / "given", ["村"] * 20), tmp_path / "plan.csv"
    plan.write_text(
        "project_id,fund_id,year,amount_wan,备注\n" + ",".join(WRONG_PLANS[case]) + f",{PERSON}\n"
    )
    for more in ((), ("--json",), ("--lang", "en")):
        line = ["evaluate", str(given), "--plan", str(plan), "--results", str(tmp_path / "results"), *more]
        assert run([*line, "--no-simulate"]) in (3, 7)
        said = capsys.readouterr()
        assert _planted_in(said.out + said.err) == []
    assert [path for path, text in written(tmp_path, (given, plan)) if _planted_in(text)] == []


@pytest.mark.parametrize(
    "number",
    [
        "１３８１２３４５６７８",
        "138 1234 5678",
        "110105-1949-1231-002X",
        "110105194912310000",
        "138****5678",
        "0798-8331234",
        "0798—8223344",
        "0798－8223344",
        "0798–8223344",
        "1380 0138 000",
        "138.1234.5678",
        "座机8223344",
        "１１０１０５１９４９１２３１００２Ｘ",
        "360222202401010015",
    ],
)
def test_a_number_is_found_as_it_may_be_written(number: str) -> None:
    """In wide digits, in groups, rounded by a spreadsheet, or half hidden already."""
    kept, cut, _ = plain(f"养牛，{number}")
    assert (kept, cut) == ("养牛，", 1)
    assert hidden(f"养牛{number}", given=True) == "养牛***"
    assert plain("养牛１０头") == ("养牛１０头", 0, 0)
    assert plain(f"养牛１０头{number}")[0] == "养牛１０头"


@pytest.mark.parametrize(
    "text",
    [
        "投资13812345678元",
        "面积15000000000平方米",
        "13601234567万元",
        "0791 12345678平方米",
        "010-20240131",
        "项目编号13812345678",
        "合同编号HT-2024-13812345678",
        "项目编号360222202401010015",
        "3602-2221-0000-0000-12345",
        "3602222024010100",
        "补栏13812345678株",
        "编号：（赣）〔2024〕12号",
    ],
)
def test_amounts_and_codes_are_no_ones_numbers(text: str) -> None:
    """A unit behind a number, a word such as 编号 before it, or its shape says so."""
    assert plain(text) == (text, 0, 0)
    assert hidden(text, given=True) == text


@pytest.mark.parametrize(
    "text",
    [
        f"项目编号{CARD}",
        f"合同{CARD}元",
        f"电话{PHONE}元",
        f"合同电话：{PHONE}",
        f"身份证编号{CARD[:17]}1",
        f"{PHONE}户主",
        f"编号12 {PHONE}",
        "卡号3602222024010100",
        "138 1234 5678元",
        "(0798)8331234户",
        "项目编号138****5678",
    ],
)
def test_a_unit_or_a_code_word_protects_no_person(text: str) -> None:
    """An ID card that is proved by its check digit, and what is called a telephone or a card, goes."""
    assert plain(text)[1] == 1
