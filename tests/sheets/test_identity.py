"""Names of households, ID-card and telephone numbers are read past: no file and no screen shows them."""

from pathlib import Path

import pytest

from tests.sheets.imitations import Cell, Drawn, draw_workbook
from zxsim.cli import run
from zxsim.sheets.identity import without_identity

Capture = pytest.CaptureFixture[str]

CARD, OLD_CARD, PHONE, LINE = "360203198801012345", "360203680101234", "13812345678", "0798-8331234"
HOLDER, ACCOUNT, HOME = "欧阳甲乙", "6222021502001234567", "某巷十八号"
PLANTED = (CARD, OLD_CARD, PHONE, LINE, HOLDER, ACCOUNT, HOME, "王二小", "8331234")

HEADINGS = [
    "序号", "乡镇", "村", "户主姓名", "身份证号", "联系电话", "银行账号", "家庭住址", "项目名称", "项目类别",
    "建设内容", "金额(万元)", "受益对象", "责任人及联系电话", "备注", "不认识的一列",
]  # fmt: skip


def _sheet(amount: str | int) -> Drawn:
    return Drawn(
        [
            [f"青山县2024年到户项目表(联系电话:{PHONE})"],
            HEADINGS,
            [1, "东镇", "甲村", HOLDER, CARD, PHONE, ACCOUNT, HOME, f"养牛补助({CARD})", "产业",
             f"户主{OLD_CARD}", amount, "王二小、李四", f"某局 {LINE}", f"电话{PHONE}", HOLDER],
            [2, "东镇", f"乙村{PHONE}", HOLDER, CARD, PHONE, ACCOUNT, HOME, "修路", f"基础设施{PHONE}", "",
             f"30(电话{PHONE})", "10户20人", "", "", CARD],
            [f"二、就业项目{PHONE}"],
            [3, "西乡", "丙村", HOLDER, CARD, PHONE, ACCOUNT, HOME, "务工补助", "", "", 5, "", "", "", ""],
            ["小计", *[""] * 10, 99, *[""] * 4],
            [f"填表人:王二小 电话:{PHONE}"],
        ]
    )  # fmt: skip


def _has_none(text: str) -> None:
    assert [word for word in PLANTED if word in text] == []


def test_no_identity_data_leaves_the_sheet(tmp_path: Path, capsys: Capture) -> None:
    """Columns of identity are dropped, numbers inside texts cut out, and the count of both is told."""
    draw_workbook(tmp_path / "到户.xlsx", [_sheet(20)])
    for i, arguments in enumerate(([], ["--json"], ["--lang", "en"])):
        out = tmp_path / f"out{i}"
        assert run(["import", str(tmp_path / "到户.xlsx"), "--to", str(out), *arguments]) == 0
        printed = capsys.readouterr()
        _has_none(printed.out + printed.err)
        assert "import_identity_column" in printed.out or "D" in printed.out
        for path in out.iterdir():
            _has_none(path.read_text(encoding="utf-8"))
        assert run(["validate", str(out)]) == 0
        _has_none(capsys.readouterr().out)


def test_a_fault_shows_no_identity_data(tmp_path: Path, capsys: Capture) -> None:
    """The text of a cell at fault is shown without the numbers in it."""
    draw_workbook(tmp_path / "到户.xlsx", [_sheet(f"待定,电话{PHONE}")])
    assert run(["import", str(tmp_path / "到户.xlsx"), "--to", str(tmp_path / "out")]) == 3
    printed = capsys.readouterr()
    assert "L3" in printed.err
    _has_none(printed.out + printed.err)


def test_a_fault_of_a_table_shows_no_identity_data(tmp_path: Path, capsys: Capture) -> None:
    """A sheet of households without projects is refused without showing any."""
    rows: list[list[Cell]] = [["户主姓名", "身份证号", "联系电话", "金额"], [HOLDER, CARD, PHONE, 5]]
    draw_workbook(tmp_path / "名单.xlsx", [Drawn(rows)])
    assert run(["import", str(tmp_path / "名单.xlsx"), "--to", str(tmp_path / "out")]) == 3
    _has_none(capsys.readouterr().err)


RUNNING = {
    "户主王建国养牛3头": "户主养牛3头",
    "监测户张三危房改造": "监测户危房改造",
    "联系人:李四,县农业农村局": "联系人:,县农业农村局",
    "负责人:王五": "负责人:",
    "带动监测户张三、李四光等5户": "带动监测户等5户",
    "户主:阿依古丽·买买提": "户主:",
    "王建国(户主)养羊": "(户主)养羊",
    "户主欧阳甲乙新建圈舍": "户主新建圈舍",
    "聘用保洁员张小芳、李梅": "聘用保洁员",
    "补助打入6222021502001234567": "补助打入",
    "卡号:6222 0215 0200 1234 567": "",
    "一卡通账号12345678": "",
    "身份证后四位1234": "",
    "身份证号360203******1234": "",
    "138****5678": "",
    "36020319880101": "",
}

KEPT = (
    "监测户85户",
    "脱贫户21户46人",
    "管护员工资",
    "见http://a.gov.cn/2022/1661645417488589.htm",
    "村医务室",
    "联系人数",
    "联系人及电话",
    "农户高效养殖",
    "监测户安全住房",
    "农户马铃薯种植",
    "脱贫户于2024年脱贫",
    "村民李家湾道路",
    "负责人:东镇政府",
    "联系人:村委会",
    "监测户李某",
    "农户黄牛养殖",
    "带动脱贫户、监测户增收",
    "一般农户参与",
    "监测户全覆盖",
    "农户石榴、杨梅、花椒",
    "项目编号5300000978540034",
    "202403-20241201",
    "硬化道路1234567平方米",
    "农户任意选择",
    "扶持监测户发展黄牛养殖",
)


@pytest.mark.parametrize("text", RUNNING)
def test_identity_in_running_text_is_cut(text: str) -> None:
    """Names behind a word for a person, accounts, and parts of ID numbers go; the rest stays."""
    assert without_identity(text)[0] == RUNNING[text]


@pytest.mark.parametrize("text", KEPT)
def test_ordinary_words_stay(text: str) -> None:
    """Counts, crops, offices and project numbers are no identity."""
    assert without_identity(text) == (text, 0)


def test_values_of_a_dropped_column_are_cut_elsewhere(tmp_path: Path, capsys: Capture) -> None:
    """A name of a dropped column goes out of every kept text; officials and lists of others stay."""
    rows: list[list[Cell]] = [
        ["青山县2024年到户项目表"],
        ["序号", "乡镇", "村", "户主", "项目名称", "类别", "建设内容", "资金/万元", "受益", "责任人", "备注"],
        [1, "东镇", "甲村", "王建国", "王建国养牛", "产业", "建圈", 2, "监测户85户", "赵局长", "见褚生富账"],
        [2, "东镇", "甲村", "褚生富", "养羊", "产业", "建羊舍", 3, "王建国;李四", "钱六", "张三;李四;王五"],
        [3, "东镇", "乙村", "高山", "高山养蜂", "产业", "黄牛;白鹅", 3, "", "钱六", "高山蔬菜"],
        [4, "东镇", "乙村", "", "高山蔬菜", "产业", "大棚", 3, "", "钱六", ""],
        [5, "东镇", "乙村", "孙七八", "孙七八", "产业", "养牛", 3, "", "钱六", ""],
    ]  # fmt: skip
    draw_workbook(tmp_path / "到户.xlsx", [Drawn(rows)])
    out = tmp_path / "out"
    assert run(["import", str(tmp_path / "到户.xlsx"), "--to", str(out)]) == 0
    shown = capsys.readouterr().out
    assert "可能有遗漏" in shown
    assert "I4" in shown
    assert "K4" in shown
    written = "".join(path.read_text(encoding="utf-8") for path in out.iterdir())
    assert [name for name in ("王建国", "褚生富", "李四", "王五") if name in written] == []
    assert [word for word in ("钱六", "监测户85户", "黄牛;白鹅", "高山蔬菜,") if word not in written] == []
    assert "高山养蜂" not in written
    assert "项目7" in written
