"""What one cell says: amounts, units, people, years, villages, groups, totals, identity numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zxsim.sheets.values import (
    Amount,
    Beneficiaries,
    Unit,
    beneficiaries,
    group_heading,
    is_subtotal,
    is_total,
    money,
    unit_in,
    villages_in,
    whole_number,
    without_identity,
    years_in,
)

AMOUNTS = st.decimals(0, 10**9, allow_nan=False, places=4)
PARSERS = (
    unit_in,
    beneficiaries,
    years_in,
    whole_number,
    villages_in,
    group_heading,
    is_total,
    is_subtotal,
    without_identity,
)


@pytest.mark.parametrize(
    ("text", "wan", "remark"),
    [
        ("248万元", "248", ""),
        ("10(其中,灾情因素6万元)", "10", "其中,灾情因素6万元"),
        ("10（其中：灾情因素6万元）", "10", "其中:灾情因素6万元"),
        ("1,234.5", "1234.5", ""),
        ("1，234.5", "1234.5", ""),
        ("约30万", "30", "约"),
        ("480000元", "48", ""),
        ("１２０", "120", ""),
        ("120万元左右", "120", "左右"),
        ("￥12.50万元整", "12.5", ""),
        ("0.5亿元", "5000", ""),
        ("30(万元)", "30", ""),
        ("5000(元)", "0.5", ""),
        ("80千元", "8", ""),
        ("50万元,其中省级20万元", "50", "其中省级20万元"),
        ("50\n(省级)", "50", "省级"),
        ("-3.5", "-3.5", ""),
        ("−3.5", "-3.5", ""),
        ("0", "0", ""),
        ("30。", "30", ""),
        ("人民币 30 万元", "30", ""),
        ("总投资30万元", "30", ""),
        ("12.5 万 元", "12.5", ""),
    ],
)
def test_an_amount_in_many_forms(text: str, wan: str, remark: str) -> None:
    """The unit in the cell counts more than the heading's, here 万元."""
    assert money(text, Unit.WAN) == Amount(Decimal(wan), remark)


@pytest.mark.parametrize(
    "text",
    [
        *("", "无", "/", "-", "—", "待定", "十万元", "60%", "10-20", "10~20万元", "5万元/户", "300元/亩"),
        *(
            "中央10万元,省级20万元",
            "10+20",
            "1.2E+05",
            "12,34",
            "1 2",
            "3个",
            "2024年",
            "10万元(元)",
            "#REF!",
        ),
        *("TRUE", "1.2.3", "(10)", "10(20", "第3批", "+", "万元", "1" * 40),
    ],
)
def test_what_is_not_one_amount(text: str) -> None:
    """A range, a rate, a sum, several amounts, words: the caller names the cell rather than guess."""
    assert money(text, Unit.WAN) is None


@given(AMOUNTS, st.sampled_from(list(Unit)))
def test_an_amount_is_exact_in_every_unit(amount: Decimal, unit: Unit) -> None:
    """No digit is lost, whichever unit the sheet is in."""
    read = money(f"{amount:f}", unit)
    assert read is not None
    assert read.wan / unit.value == amount
    assert str(read.wan + 1) == f"{read.wan + 1:f}", "no exponent above 0"


@given(AMOUNTS, st.sampled_from(["{:,}", "{:,}万元", "约{:,} 万", "{:,}（含自筹）", "\u3000{:,}万元。"]))
def test_an_amount_is_read_back_from_how_it_is_written(amount: Decimal, form: str) -> None:
    """Thousands marks, a unit, a remark, full-width digits: the same amount."""
    wide = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
    for text in (form.format(amount), form.format(amount).translate(wide)):
        read = money(text, Unit.YUAN if "万" not in form else Unit.WAN)
        assert read is not None
        assert read.wan == (amount if "万" in form else amount / 10_000)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", Unit.WAN),
        ("单位:人民币万元", Unit.WAN),
        ("单位：元", Unit.YUAN),
        ("编制单位：某县农业农村局     单位：万元", Unit.WAN),
        ("单位:公里、万元、户", Unit.WAN),
        ("项目资金（元）", Unit.YUAN),
        ("计划投资\n(万元)", Unit.WAN),
        ("本批衔接资金安排情况（万元）", Unit.WAN),
        ("(单位:千元)", Unit.THOUSAND),
        ("总投资万元", Unit.WAN),
        ("金额/元", Unit.YUAN),
        ("万元", Unit.WAN),
        ("单位： 万 元", Unit.WAN),
        ("单位：亿元", Unit.YI),
        ("责任单位", None),
        ("单元", None),
        ("多元化", None),
        ("标准(元/亩)", None),
        ("单位:元、万元", None),
        ("项目名称", None),
    ],
)
def test_the_unit_of_a_heading(text: str, unit: Unit | None) -> None:
    """Only where it is a unit; a rate is none, and two are none."""
    assert unit_in(text) is unit


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("338户889人（其中：脱贫户21户46人）", (338, 889, 21, 46)),
        ("受益农户338户，889人，其中脱贫人口46人", (338, 889, None, 46)),
        ("全村1,338户3889人", (1338, 3889, None, None)),
        ("338户(监测户3户8人)889人", (338, 889, None, None)),
        ("脱贫户、监测户21户46人", (None, None, 21, 46)),
        ("受益脱贫户（含监测户）21户46人", (None, None, 21, 46)),
        ("脱贫人口46人", (None, None, None, 46)),
        ("120户", (120, None, None, None)),
        ("带动建档立卡贫困户12户", (None, None, 12, None)),
        ("1.2万人", (None, 12000, None, None)),
    ],
)
def test_beneficiaries_in_a_sentence(text: str, found: tuple[int | None, ...]) -> None:
    """Households, persons, and the lifted part of each; other groups do not mix in."""
    assert beneficiaries(text) == Beneficiaries(*found)


@pytest.mark.parametrize("text", ["", "889", "户均增收2000元", "培训300人次", "全体村民", "每户5人"])
def test_no_beneficiaries(text: str) -> None:
    """A bare number, a mean or a number of attendances is none."""
    assert beneficiaries(text) is None


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024年3月-2025年12月", (2024, 2025)),
        ("2024.03-2024.10", (2024, 2024)),
        ("2024-2025年", (2024, 2025)),
        ("２０２３年度", (2023, 2023)),
        ("2024-03-01", (2024, 2024)),
        ("2024/3/1至2025/1/1", (2024, 2025)),
        ("202403-202412", (2024, 2024)),
        ("20240301", (2024, 2024)),
        ("2024", (2024, 2024)),
        ("二〇二四年", (2024, 2024)),
        ("某县2024年衔接资金项目计划表(2021-2025)", (2021, 2025)),
        ("2024年10月-次年6月", (2024, 2025)),
        ("长2024米", None),
        ("3月-12月", None),
        ("", None),
    ],
)
def test_years_of_a_period(text: str, years: tuple[int, int] | None) -> None:
    """The first and the last year; a length is no year."""
    assert years_in(text) == years


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("东村、西村、南村", ["东村", "西村", "南村"]),
        ("东村/西村", ["东村", "西村"]),
        ("东村 西村", ["东村", "西村"]),
        ("东村\n西村\n东村", ["东村", "西村"]),
        ("东村，西村；南村", ["东村", "西村", "南村"]),
        ("李 村", ["李村"]),
        ("和日镇(东村、西村)", ["东村", "西村"]),
        ("东村（脱贫村）", ["东村"]),
        ("东村、西村等3个村", ["东村", "西村"]),
        ("东村、西村共2个村", ["东村", "西村"]),
        ("1.东村 2.西村", ["东村", "西村"]),
        ("东村1组、2组", ["东村"]),
        ("3个村", []),
        ("8个乡镇49个村", []),
        ("全县", []),
        ("相关乡镇办", []),
        ("各村", []),
        ("/", []),
        ("", []),
    ],
)
def test_villages_of_a_cell(text: str, names: list[str]) -> None:
    """Each once, in their order; a count is no name."""
    assert villages_in(text) == names


@pytest.mark.parametrize(
    ("text", "total", "subtotal"),
    [
        ("合计", True, False),
        ("总计", True, False),
        ("总 计", True, False),
        ("合　计：", True, False),
        ("全县合计", True, False),
        ("某某县合计", True, False),
        ("合计(12个)", True, False),
        ("共计12个项目", True, False),
        ("小计", False, True),
        ("产业发展小计", False, True),
        ("小　计", False, True),
        ("东镇合计", False, True),
        ("合计划", False, False),
        ("会计培训", False, False),
        ("设计费", False, False),
        ("", False, False),
    ],
)
def test_totals_and_subtotals(text: str, *, total: bool, subtotal: bool) -> None:
    """A row is one or the other, or neither."""
    assert (is_total(text), is_subtotal(text)) == (total, subtotal)


def test_group_headings() -> None:
    """Chinese numerals mark a group, Arabic ones a project."""
    named = {
        "一、产业项目": "产业项目",
        "（二）基础设施类": "基础设施类",
        "十一．其他(3个)": "其他",
        "一、2024年项目": "2024年项目",
    }
    assert {text: group_heading(text) for text in named} == named
    assert not [text for text in ("产业项目", "1、路", "一事一议", "一、", "") if group_heading(text)]


@pytest.mark.parametrize(
    ("text", "left", "cut"),
    [
        ("张某 530102199001011234", "张某", 1),
        ("张某(53010219900101123X)", "张某", 1),
        ("530102 19900101 1234", "", 1),
        ("530102900101123", "", 1),
        ("电话：13812345678、0871-1234567", "", 2),
        ("李某138 1234 5678,投资30万元", "李某,投资30万元", 1),
        ("联系电话1234567", "", 1),
        ("项目编号5300000978540034,资金480000元", "项目编号5300000978540034,资金480000元", 0),
        ("硬化道路1234567平方米", "硬化道路1234567平方米", 0),
        ("0.13812345678", "0.13812345678", 0),
    ],
)
def test_what_identifies_a_person_is_cut_out(text: str, left: str, cut: int) -> None:
    """ID-card and telephone numbers go, project numbers and amounts stay."""
    kept, count = without_identity(text)
    assert (kept.strip("、:："), count) == (left, cut)


@given(st.text("1380 -()x年,电话:", max_size=60))
def test_nothing_is_left_to_cut(text: str) -> None:
    """What was cut once holds nothing more to cut."""
    assert without_identity(without_identity(text)[0])[1] == 0


@given(st.text(max_size=200) | st.text("一(合计小)12年,.、村户人万元-", max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    """No text makes a parser fall over."""
    for parser in PARSERS:
        parser(text)
    money(text, Unit.WAN)


def test_long_texts_are_read_in_no_time() -> None:
    """The longest text that a cell holds, made to go wrong late, costs no parser more than a moment."""
    for part in ("1", "1,", "(", "一", "村 ", "户", "138 ", "其中:", "东村、", " ", "20", "约", "合"):
        text = part * (32_767 // len(part))
        for parser in PARSERS:
            parser(text)
        money(text, Unit.WAN)
