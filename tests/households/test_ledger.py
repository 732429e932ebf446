"""A ledger of households: what identifies people is dropped, what is wrong has its row."""

from pathlib import Path

import numpy as np
import pytest

from tests.households.folders import folder
from zxsim import api
from zxsim.core.streams import Streams
from zxsim.errors import DataError
from zxsim.report.wording import sentence
from zxsim.runs.resolved import write_inputs
from zxsim.simulate.building import setup_of
from zxsim.simulate.population import Labour

NUMBER, PHONE, CARD = "110101199003070011", "13812345678", "6222020200012345678"
TOML = '[household]\nledger = "{}"\n[procedure]\nline_yuan = 6500\n'
SMALL = tuple(
    {
        "id": one,
        "name": f"{one}村",
        "level": "village",
        "population": persons,
        "households": households,
        "lifted_population": lifted,
        "income_yuan": 10000,
        "income_year": 2021,
        "trend": 0.05,
    }
    for one, persons, households, lifted in (("e", 9, 3, 4), ("t", 2, 1, 0), ("w", 5, 1, 5))
)
HEADING = "户编号,户主姓名,身份证号码,村,家庭人口,劳动能力,脱贫户,缓退户,家庭人均纯收入(元),监测户,备注,x_账"
ROWS = (
    f"1,张三,{NUMBER},w村,5,有劳动能力,是,否,8000,否,联系{PHONE},{CARD}",
    f"2,李四,{NUMBER},e,4,弱劳动力,是,是,6000,是,,",
    f"3,王五,{NUMBER},e村,3,无劳动能力,否,否,12000,否,,",
    f"4,赵六,{NUMBER},e,2,有劳动力,否,否,9000,否,,",
    f"5,钱七,{NUMBER},t,2,able,false,0,5000,1,,",
)
TEXT = "\n".join(["某县农户台账", HEADING, *ROWS, "合计,,,,16,,,,,,,"]) + "\n"


def made(path: Path, text: str = TEXT, name: str = "台账.csv", encoding: str = "utf-8") -> Path:
    """Write a scenario of three villages with a ledger."""
    found = folder(path, TOML.format(name), places=SMALL, targets={}, effects={}, projects=PROJECTS)
    (found / name).write_bytes(text.encode(encoding))
    return found


PROJECTS = (
    {"id": "P1", "name": "果园", "places": "e", "category": "产业发展", "cost_wan": 80},
    {"id": "P2", "name": "路", "places": "w", "category": "乡村建设行动", "cost_wan": 80},
)


def faults(path: Path, text: str) -> list[tuple[int, str, str]]:
    """Line, column and code of everything that is wrong with a ledger."""
    with pytest.raises(DataError) as caught:
        api.load(made(path, text))
    shown = " ".join(sentence(m, language) for m in caught.value.messages for language in ("zh", "en"))
    for secret in (NUMBER, PHONE, CARD, "张三"):
        assert secret not in shown
    return [(m.line, m.address, m.code) for m in caught.value.messages]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_households_are_those_of_the_ledger(tmp_path: Path, encoding: str) -> None:
    """Places by id or name, place after place, incomes over the mean of the place's persons."""
    loaded = api.load(made(tmp_path, encoding=encoding))
    setup = setup_of(loaded, None, np.array([0]), Streams(1), drawn=False)
    population = setup.population
    assert population.group.tolist() == [0, 0, 0, 1, 2]
    assert population.size.tolist() == [4, 3, 2, 2, 5]
    assert population.labour.tolist() == [Labour.WEAK, Labour.NONE, Labour.ABLE, Labour.ABLE, Labour.ABLE]
    assert population.lifted.tolist() == [True, False, False, False, True]
    assert population.delayed.tolist() == [True, False, False, False, False]
    mean = (4 * 6000 + 3 * 12000 + 2 * 9000) / 9
    assert population.relative[:3] == pytest.approx(np.array([6000, 12000, 9000]) / mean, rel=1e-6)
    assert setup.stock.tolist() == [1, 1, 0]
    assert setup.listed is not None
    assert setup.listed.tolist() == [True, False, False, True, False]


def test_identities_are_dropped_and_it_is_said(tmp_path: Path) -> None:
    """Names, ID numbers, telephones and bank cards are in no message, no frame and no file of a run."""
    loaded = api.load(made(tmp_path))
    (notice,) = [w for w in loaded.warnings if w.code == "ledger_dropped"]
    assert notice.fields["columns"] == ["户主姓名", "身份证号码", "备注", "x_账"]
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    assert "ledger.csv" in write_inputs(loaded, inputs)
    written = "".join(path.read_text(encoding="utf-8") for path in sorted(inputs.iterdir()))
    for secret in (NUMBER, PHONE, CARD, "张三", "户编号", "household_no"):
        assert secret not in written
        assert secret not in " ".join(sentence(w, "zh") for w in loaded.warnings)


def test_the_ledger_of_a_run_gives_the_same_households(tmp_path: Path) -> None:
    """``inputs/ledger.csv`` is a ledger, too."""
    loaded = api.load(made(tmp_path))
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    write_inputs(loaded, inputs)
    again = api.load(inputs / "resolved.toml")
    setups = [setup_of(one, None, np.array([0]), Streams(1), drawn=False) for one in (loaded, again)]
    for part in ("group", "size", "labour", "lifted", "delayed", "relative"):
        ours, theirs = (getattr(setup.population, part) for setup in setups)
        assert (ours == theirs).all()


def test_a_workbook_will_do(tmp_path: Path) -> None:
    """.xlsx goes through the same door as project sheets; a second sheet like it is refused."""
    import xlsxwriter  # noqa: PLC0415 (only here)

    def write(path: Path, sheets: int) -> None:
        book = xlsxwriter.Workbook(path)
        for _ in range(sheets):
            sheet = book.add_worksheet()
            for i, line in enumerate([HEADING, *ROWS]):
                sheet.write_row(i, 0, line.split(","))
        book.close()

    found = made(tmp_path, name="台账.xlsx")
    write(found / "台账.xlsx", 1)
    assert api.load(found).ledger is not None
    write(found / "台账.xlsx", 2)
    with pytest.raises(DataError) as caught:
        api.load(found)
    assert [message.code for message in caught.value.messages] == ["ledger_several"]


def test_what_the_ledger_does_not_say_is_drawn(tmp_path: Path) -> None:
    """Without incomes, exits and the list these come from the scenario; means over persons stay 1."""
    kept = [0, 3, 4, 5, 6]
    lines = [",".join(line.split(",")[i] for i in kept) for line in (HEADING, *ROWS)]
    setup = setup_of(api.load(made(tmp_path, "\n".join(lines))), None, np.array([0]), Streams(1), drawn=False)
    assert setup.population.mean(setup.population.relative) == pytest.approx(1, rel=1e-6)
    assert setup.listed is None
    assert not setup.stock.any()


def test_every_fault_has_its_row(tmp_path: Path) -> None:
    """Duplicates, gaps, unknown places, sizes and words, all at once; the values are not repeated."""
    wrong = TEXT.replace("3,王五", "2,王五").replace("e,2,有劳动力", "x,11,有")
    wrong = wrong.replace("t,2,able", f"{NUMBER},,able")
    assert faults(tmp_path, wrong) == [
        (5, "household_no", "ledger_doubled"),
        (6, "labour", "ledger_not_labour"),
        (6, "place", "ledger_place"),
        (6, "size", "ledger_not_number"),
        (7, "place", "ledger_place"),
        (7, "size", "ledger_gap"),
    ]


def test_totals_must_be_those_of_the_places(tmp_path: Path) -> None:
    """A household left out is found by its place's households, persons and lifted persons."""
    found = faults(tmp_path, TEXT.replace(ROWS[1] + "\n", ""))
    assert [code for _, _, code in found] == ["ledger_total"] * 3


def test_a_file_without_headings_shows_none_of_its_cells(tmp_path: Path) -> None:
    """Neither do unknown columns: they are named by position."""
    assert faults(tmp_path / "a", "\n".join(ROWS)) == [(0, "", "ledger_no_heading")]
    with_person = TEXT.replace("备注", "张三").replace(f"联系{PHONE}", "甲")
    assert faults(tmp_path / "b", with_person) == [(2, "", "ledger_unknown_column")]
