"""One run of all commands on the hostile scenario, for the tests of security."""

import pytest

from tests.proof.commands import Ended, every_command, without_network
from tests.proof.hostile import CARD, HOLDER, PERSON, PHONE, texts, write
from tests.sheets.imitations import Cell, Drawn, draw_workbook

HEADINGS: list[Cell] = ["序号", "村", "项目名称", "类别", "户主姓名", "身份证号", "金额(万元)", "备注"]


@pytest.fixture(scope="session", name="hostile")
def _hostile(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """Every command, each text harmful and with a person's numbers behind it."""
    folder = tmp_path_factory.mktemp("hostile")
    given = write(folder / "given", texts(f"，{PERSON}"), PHONE)
    rows: list[list[Cell]] = [
        [at, "甲村", f"{text}{PERSON}", "产业", HOLDER, CARD, 5, text] for at, text in enumerate(texts(), 1)
    ]
    sheet = folder / "sheet.xlsx"
    draw_workbook(sheet, [Drawn([["2024年项目表"], HEADINGS, *rows])])
    with without_network() as asked:
        ended = every_command(given, sheet)
    ended.asked = list(asked)
    ended.given = (given, sheet)
    return ended
