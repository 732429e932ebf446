"""Sheets as offices publish them, built by hand with made-up rows, each with what must come out of it."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

Cell = str | int | float
Rows = Sequence[Sequence[Cell]]
Project = tuple[str, str, str, str]
"""Name, places, category and cost as projects.csv has them."""

INDUSTRY, BUILDING, OTHER = "产业发展", "乡村建设行动", "其他"
TITLE = "青山县2024年财政衔接推进乡村振兴补助资金项目计划表"


@dataclass(frozen=True)
class Drawn:
    """One sheet to draw: ``merged`` names ranges as A1:B2, their text stands in the first cell."""

    rows: Rows
    merged: Sequence[str] = ()
    name: str = "Sheet1"


@dataclass(frozen=True)
class Imitation:
    """A file and what must come of it.

    ``funds`` is 万元 by fund and year; ``differs`` how many of the sheet's own ``checks`` must fail;
    ``told`` are codes that must be among the messages.
    """

    name: str
    sheets: Sequence[Drawn]
    projects: Sequence[Project]
    funds: Mapping[tuple[str, int], float]
    checks: int = 0
    differs: int = 0
    told: Sequence[str] = ()
    arguments: Sequence[str] = ()
    kind: str = "xlsx"
    extra: Mapping[str, Sequence[str]] = field(default_factory=dict)
    file: str = ""

    def draw(self, folder: Path) -> Path:
        """Write the file and return its path."""
        path = folder / (self.file or f"{self.name}.{'csv' if self.kind != 'xlsx' else 'xlsx'}")
        if self.kind == "xlsx":
            draw_workbook(path, self.sheets)
        else:
            text = io.StringIO()
            csv.writer(text).writerows(self.sheets[0].rows)
            path.write_bytes(text.getvalue().encode(self.kind))
        return path


def draw_workbook(path: Path, sheets: Sequence[Drawn]) -> None:
    """Write a workbook with merged cells."""
    with xlsxwriter.Workbook(str(path)) as book:
        for drawn in sheets:
            page = book.add_worksheet(drawn.name)
            for i, row in enumerate(drawn.rows):
                for j, cell in enumerate(row):
                    if cell != "":
                        page.write(i, j, cell)
            for span in drawn.merged:
                first_row, first_column, _, _ = _corners(span)
                text = drawn.rows[first_row][first_column]
                page.merge_range(span, text)


def _corners(span: str) -> tuple[int, int, int, int]:
    from xlsxwriter.utility import xl_cell_to_rowcol  # noqa: PLC0415

    first, last = span.split(":")
    return (*xl_cell_to_rowcol(first), *xl_cell_to_rowcol(last))


LIBRARY = Imitation(
    "库表两行表头合计在前",
    [
        Drawn(
            [
                [TITLE],
                ["填报单位:青山县农业农村局", *[""] * 16, "单位:万元"],
                ["序号", "部门", "乡镇", "村", "项目名称", "项目子类型", "建设内容", "计划投入资金", "资金来源", "", "", "",
                 "实施期限", "预期绩效目标", "联农带农富农利益联结机制", "责任单位", "责任人", "备注"],
                [*[""] * 8, "中央衔接资金", "省级衔接资金", "省级财政资金", "其他资金"],
                ["合计", *[""] * 6, 230, 120, 60, 30, 20],
                [1, "农业农村局", "东镇", "甲村", "甲村大棚建设项目", "种植业基地", "建大棚20亩", 100, 60, 20, 20, "",
                 "2024年3月-2024年10月", "增收", "务工带动", "东镇人民政府", "某某", ""],
                [2, "交通局", "东镇", "乙村", "乙村道路硬化项目", "农村道路", "硬化2公里", 80, 60, "", "", 20,
                 "2024年4月-2024年11月", "便民", "以工代赈", "交通局", "某某", ""],
                [3, "水利局", "西乡", "丙村", "丙村安全饮水工程", "农村供水", "铺管3公里", 50, "", 40, 10, "",
                 "2024年", "饮水", "", "水利局", "某某", ""],
            ],
            ["A1:R1", *(f"{c}3:{c}4" for c in "ABCDEFGHMNOPQR"), "I3:L3", "A5:G5"],
            "项目库",
        )
    ],
    [
        ("甲村大棚建设项目", "甲村", INDUSTRY, "100"),
        ("乙村道路硬化项目", "乙村", BUILDING, "80"),
        ("丙村安全饮水工程", "丙村", BUILDING, "50"),
    ],
    {("central", 2024): 120, ("province", 2024): 60, ("province_sector", 2024): 30, ("other_sector", 2024): 20},
    checks=8,
    extra={"department": ["农业农村局", "交通局", "水利局"], "联农带农机制": ["务工带动", "以工代赈", ""]},
)  # fmt: skip

BATCH = Imitation(
    "本批资金四级合计在后",
    [
        Drawn(
            [
                ["附件1"],
                ["青山县2024年第二批衔接资金项目安排表"],
                ["序号", "乡镇", "村名", "项目名称", "项目类别", "项目建设内容", "本批衔接资金安排情况(万元)", "", "", "", "备注"],
                [*[""] * 6, "中央", "省级", "市级", "县级"],
                [1, "东镇", "甲村", "甲村果园提升", "产业类", "补植", 10, 5, "", 2.5, ""],
                [2, "西乡", "乙村", "乙村巷道硬化", "基础设施类", "硬化", "", 20, 3, 0, ""],
                ["合计", "", "", "", "", "", 10, 25, 3, 2.5],
            ],
            ["G3:J3", *(f"{c}3:{c}4" for c in "ABCDEFK"), "A7:F7", "A2:K2"],
        )
    ],
    [("甲村果园提升", "甲村", INDUSTRY, "17.5"), ("乙村巷道硬化", "乙村", BUILDING, "23")],
    {("central", 2024): 10, ("province", 2024): 25, ("city", 2024): 3, ("county", 2024): 2.5},
    checks=4,
)  # fmt: skip

PLACE_COLUMN = Imitation(
    "实施地点与受益对象",
    [
        Drawn(
            [
                ["青山县2023年度巩固拓展脱贫攻坚成果和乡村振兴项目库"],
                ["序号", "项目名称", "项目类型", "建设性质", "实施地点", "建设任务", "计划投资(万元)", "受益对象"],
                [1, "肉牛养殖", "产业发展", "新建", "东镇甲村", "养牛", 120, "338户889人(其中:脱贫户21户46人)"],
                [2, "垃圾清运", "乡村建设行动", "续建", "东镇甲村、乙村", "清运", 30.5, "全体村民"],
                [3, "小额信贷贴息", "产业发展", "新建", "全县", "贴息", 60, "受益脱贫户100户"],
            ]
        )
    ],
    [
        ("肉牛养殖", "甲村", INDUSTRY, "120"),
        ("垃圾清运", "甲村:0.5;乙村:0.5", BUILDING, "30.5"),
        ("小额信贷贴息", "青山县", INDUSTRY, "60"),
    ],
    {("funds", 2023): 210.5},
    told=["import_shares_equal"],
    extra={"beneficiary_persons": ["889", "", ""], "beneficiary_households": ["338", "", ""],
           "建设性质": ["新建", "续建", "新建"]},
)  # fmt: skip

UNIT_IN_CELLS = Imitation(
    "金额带单位序号带顿号",
    [
        Drawn(
            [
                ["青山县2022年扶贫项目公示"],
                ["序号", "项目名称", "建设地点", "建设内容", "投资规模", "责任单位"],
                ["1、", "东镇甲村道路工程", "东镇甲村", "硬化", "248万元", "东镇政府"],
                ["2、", "乙村桥梁", "西乡乙村", "建桥", "480000元", "交通局"],
                ["3、", "丙村茶叶基地", "西乡丙村", "种茶", "约1,030.5万元", "林业局"],
            ]
        )
    ],
    [
        ("东镇甲村道路工程", "甲村", BUILDING, "248"),
        ("乙村桥梁", "乙村", BUILDING, "48"),
        ("丙村茶叶基地", "丙村", INDUSTRY, "1030.5"),
    ],
    {("funds", 2022): 1326.5},
    told=["import_category_guessed", "import_money_remark"],
)

UNIT_NAMES = Imitation(
    "项目单位名称当项目",
    [
        Drawn(
            [
                ["2024年衔接资金安排表"],
                ["序号", "项目单位名称", "项目资金(元)", "项目类别"],
                [1, "东村股份经济合作社", 1234567, "新型农村集体经济"],
                [2, "西村村民委员会", 480000, "农村道路"],
                ["", "合计", 1714567, ""],
            ]
        )
    ],
    [("东村股份经济合作社", "青山县", INDUSTRY, "123.4567"), ("西村村民委员会", "青山县", BUILDING, "48")],
    {("funds", 2024): 171.4567},
    checks=1,
    file="青山县.xlsx",
)

TOWN_AND_VILLAGE = Imitation(
    "乡镇村一列金额合并",
    [
        Drawn(
            [
                ["青山县2023年美丽乡村建设资金分配表", "", "", ""],
                ["", "", "", "单位:万元"],
                ["乡镇、村", "金额", "建设项目", "补助金额"],
                ["东镇甲村", 50, "村内道路", 30],
                ["", "", "路灯安装", 20],
                ["西乡乙村", 40, "排水渠", 25],
                ["", "", "文化广场", 15],
                ["合计", 90, "", 90],
            ],
            ["A4:A5", "B4:B5", "A6:A7", "B6:B7"],
        )
    ],
    [
        ("村内道路", "甲村", BUILDING, "30"),
        ("路灯安装", "甲村", BUILDING, "20"),
        ("排水渠", "乙村", INDUSTRY, "25"),
        ("文化广场", "乙村", BUILDING, "15"),
    ],
    {("funds", 2023): 90},
    checks=4,
)

GROUPS = Imitation(
    "分组行带小计",
    [
        Drawn(
            [
                [TITLE],
                ["序号", "乡镇", "村", "项目名称", "金额(万元)"],
                ["合计", "", "", "", 100],
                ["一、产业项目", "", "", "", 60],
                [1, "东镇", "甲村", "一号基地", 40],
                [2, "东镇", "乙村", "二号基地", 20],
                ["二、基础设施项目", "", "", "", 41],
                [1, "西乡", "丙村", "三号工程", 40],
                ["填表人:某某", "", "审核人:某某"],
            ],
            ["A1:E1", "A3:D3", "A4:D4", "A7:D7"],
        )
    ],
    [
        ("一号基地", "甲村", INDUSTRY, "40"),
        ("二号基地", "乙村", INDUSTRY, "20"),
        ("三号工程", "丙村", BUILDING, "40"),
    ],
    {("funds", 2024): 100},
    checks=3,
    differs=1,
)

TWO_LEVELS = Imitation(
    "两级分组中文序号",
    [
        Drawn(
            [
                ["青山县2024年度项目计划", "", "", ""],
                ["序号", "项目名称", "实施地点", "投资(万元)"],
                ["一", "产业发展", "", 90],
                ["(一)", "种植业", "", 50],
                [1, "一号项目", "东镇甲村", 30],
                [2, "二号项目", "东镇乙村", 20],
                ["(二)", "养殖业", "", 40],
                [3, "三号项目", "西乡", 40],
                ["二", "乡村建设", "", 10],
                [4, "四号项目", "西乡丙村", 10],
                ["", "总计", "", 100],
            ]
        )
    ],
    [
        ("一号项目", "甲村", INDUSTRY, "30"),
        ("二号项目", "乙村", INDUSTRY, "20"),
        ("三号项目", "西乡", INDUSTRY, "40"),
        ("四号项目", "丙村", BUILDING, "10"),
    ],
    {("funds", 2024): 100},
    checks=5,
    extra={"subcategory": ["种植业", "种植业", "养殖业", ""]},
)

TOWN_SUBTOTALS = Imitation(
    "乡镇合并小计在后",
    [
        Drawn(
            [
                [TITLE],
                ["序号", "乡镇", "村", "项目名称", "项目类别", "中央资金(万元)", "县级资金(万元)"],
                [1, "东镇", "甲村", "甲项目", "产业", 10, 1],
                [2, "", "乙村", "乙项目", "产业", 20, ""],
                ["", "东镇小计", "", "", "", 30, 1],
                [3, "西乡", "丙村", "丙项目", "基础设施", 5, 5],
                [4, "", "丁村", "丁项目", "基础设施", 6, ""],
                ["", "西乡小计", "", "", "", 11, 5],
                ["合 计", "", "", "", "", 41, 6],
            ],
            ["B3:B4", "B6:B7", "A9:E9"],
        )
    ],
    [
        ("甲项目", "甲村", INDUSTRY, "11"),
        ("乙项目", "乙村", INDUSTRY, "20"),
        ("丙项目", "丙村", BUILDING, "10"),
        ("丁项目", "丁村", BUILDING, "6"),
    ],
    {("central", 2024): 41, ("county", 2024): 6},
    checks=6,
    extra={"parents": ["东镇", "东镇", "西乡", "西乡"]},
)

TOWN_GROUPS = Imitation(
    "乡镇作分组行",
    [
        Drawn(
            [
                [TITLE],
                ["序号", "项目名称", "实施村", "项目类型", "资金规模(万元)"],
                ["东镇", "", "", "", ""],
                [1, "甲项目", "甲村", "就业项目", 10],
                ["西乡", "", "", "", ""],
                [1, "乙项目", "甲村", "乡村治理", 7],
                [2, "丙项目", "", "项目管理费", 1],
            ],
            ["A3:E3", "A5:E5"],
        )
    ],
    [
        ("甲项目", "东镇_甲村", "就业项目", "10"),
        ("乙项目", "西乡_甲村", "乡村治理和精神文明", "7"),
        ("丙项目", "西乡", "项目管理费", "1"),
    ],
    {("funds", 2024): 18},
)

LOST_MERGES = Imitation(
    "国标编码丢了合并",
    [
        Drawn(
            [
                [TITLE, "", "", "", "", "", ""],
                ["序号", "乡镇", "村", "项目名称", "资金来源(万元)", "", "备注"],
                ["", "", "", "", "中央", "省级", ""],
                ["1", "东镇", "甲村", "甲村道路", "１０", "5", ""],
                ["2", "", "乙村", "乙村道路", "2０", "", ""],
                ["3", "", "丙村", "丙村道路", "1", "", ""],
                ["4", "西乡", "丁村", "丁村道路", "2", "3", ""],
                ["5", "", "戊村", "戊村道路", "4", "", "续建"],
                ["合计", "", "", "", "37", "8", ""],
            ]
        )
    ],
    [
        ("甲村道路", "甲村", BUILDING, "15"),
        ("乙村道路", "乙村", BUILDING, "20"),
        ("丙村道路", "丙村", BUILDING, "1"),
        ("丁村道路", "丁村", BUILDING, "5"),
        ("戊村道路", "戊村", BUILDING, "4"),
    ],
    {("central", 2024): 37, ("province", 2024): 8},
    checks=2,
    kind="gb18030",
    told=["import_fill_down"],
    extra={"parents": ["东镇", "东镇", "东镇", "西乡", "西乡"]},
)

_SIMPLE = ["序号", "村", "项目名称", "金额"]
SHEET_PER_TOWN = Imitation(
    "一镇一表",
    [
        Drawn([["青山县2024年项目表"], ["单位:万元"], _SIMPLE, [1, "甲村", "甲村产业", 10]], name="东镇"),
        Drawn([["青山县2024年项目表"], ["单位:万元"], _SIMPLE, [1, "甲村", "甲村公路", 20]], name="西乡"),
        Drawn([["说明"], ["本表只作参考"]], name="说明"),
    ],
    [("甲村产业", "东镇_甲村", INDUSTRY, "10"), ("甲村公路", "西乡_甲村", BUILDING, "20")],
    {("funds", 2024): 30},
    told=["import_sheets_without_table"],
)

SHEET_PER_YEAR = Imitation(
    "一年一表",
    [
        Drawn(
            [["单位:万元"], ["序号", "乡镇", "项目名称", "中央", "县级"], [1, "东镇", "产业甲", 10, 1]],
            name="2023年",
        ),
        Drawn(
            [["单位:万元"], ["序号", "乡镇", "项目名称", "中央", "县级"], [1, "东镇", "产业乙", 12, ""]],
            name="2024年",
        ),
    ],
    [("产业甲", "东镇", INDUSTRY, "11"), ("产业乙", "东镇", INDUSTRY, "12")],
    {("central", 2023): 10, ("county", 2023): 1, ("central", 2024): 12},
    file="青山县计划.xlsx",
    extra={"first_year": ["2023", "2024"], "last_year": ["2023", "2024"]},
)

_HEADINGS = ["序号", "乡镇", "村", "项目名称", "总投资(万元)"]
PAGES = Imitation(
    "分页重复表头和落款",
    [
        Drawn(
            [
                [TITLE],
                _HEADINGS,
                [1, "东镇", "甲村", "甲村灌溉", 10],
                [2, "东镇", "乙村", "乙村灌溉", 11],
                [TITLE],
                _HEADINGS,
                [3, "西乡", "丙村", "丙村灌溉", 12],
                ["合计", "", "", "", 33],
                [],
                ["注:1.本表按项目填报。"],
                ["填表人:某某", "", "审核人:某某", "联系电话:0790-1234567"],
                ["2024年3月5日"],
            ],
            ["A1:E1", "A5:E5", "A10:E10"],
        )
    ],
    [
        ("甲村灌溉", "甲村", INDUSTRY, "10"),
        ("乙村灌溉", "乙村", INDUSTRY, "11"),
        ("丙村灌溉", "丙村", INDUSTRY, "12"),
    ],
    {("funds", 2024): 33},
    checks=1,
)

FULL_WIDTH = Imitation(
    "全角和附注",
    [
        Drawn(
            [
                ["青山县２０２４年项目表"],
                ["序 号", "乡　镇", "项 目\n名 称", "计划投资\n（万元）"],
                ["１", "东镇", "东镇防洪堤护岸", "１０（其中，灾情因素６万元）"],
                ["２", "西乡", "西乡机井", "１２０．５"],
                ["合　计", "", "", "１３０．５"],
            ]
        )
    ],
    [("东镇防洪堤护岸", "东镇", BUILDING, "10"), ("西乡机井", "西乡", INDUSTRY, "120.5")],
    {("funds", 2024): 130.5},
    checks=1,
    told=["import_money_remark"],
)

COUNTS = Imitation(
    "受益户人两列三行表头",
    [
        Drawn(
            [
                ["青山县2024年项目表"],
                ["序号", "项目名称", "实施地点", "资金规模(万元)", "", "", "", "受益情况", ""],
                ["", "", "", "合计", "财政资金", "", "自筹资金", "户数", "人数"],
                ["", "", "", "", "中央", "省级", "", "", ""],
                [1, "甲村冷库", "东镇甲村", 100, 50, 20, 30, 12, 40],
                [2, "乙村烤房", "东镇乙村", 30, 10, 5, 15, "8户", "20人"],
                ["合计", "", "", 130, 60, 25, 45, 20, 60],
            ],
            ["A2:A4", "B2:B4", "C2:C4", "D2:G2", "H2:I2", "D3:D4", "E3:F3", "G3:G4", "H3:H4", "I3:I4"],
        )
    ],
    [("甲村冷库", "甲村", INDUSTRY, "100"), ("乙村烤房", "乙村", INDUSTRY, "30")],
    {("central", 2024): 60, ("province", 2024): 25},
    checks=6,
    extra={
        "self_raised_share": ["0.3", "0.5"],
        "beneficiary_households": ["12", "8"],
        "beneficiary_persons": ["40", "20"],
    },
)

MANY_VILLAGES = Imitation(
    "一格几个村",
    [
        Drawn(
            [
                [TITLE],
                ["序号", "乡镇", "村", "项目名称", "类别", "金额(万元)"],
                [1, "东镇", "甲村、乙村/丙村", "三村联建", "产业", 30],
                [2, "东镇、西乡", "甲村、丁村", "两镇联建", "产业", 20],
                [3, "东镇", "甲村等8个村", "八村联建", "产业", 8],
                [4, "各乡镇", "", "雨露计划", "教育", 5],
                [5, "15个乡镇", "33个行政村", "公路养护", "基础设施", 6],
            ]
        )
    ],
    [
        ("三村联建", "甲村:0.333333333;乙村:0.333333333;丙村:0.333333334", INDUSTRY, "30"),
        ("两镇联建", "甲村:0.5;丁村:0.5", INDUSTRY, "20"),
        ("八村联建", "东镇", INDUSTRY, "8"),
        ("雨露计划", "青山县", "巩固三保障成果", "5"),
        ("公路养护", "青山县", BUILDING, "6"),
    ],
    {("funds", 2024): 69},
    told=["import_shares_equal", "import_places_paired", "import_places_partly"],
)

NUMBERS = Imitation(
    "序号重复和缺失",
    [
        Drawn(
            [
                [TITLE],
                ["序号", "镇街", "项目名称", "项目类别", "补助金额(万元)"],
                [1, "东镇", "甲项目", "产业", 1],
                [1, "东镇", "乙项目", "产业", 2],
                ["", "西乡", "丙项目", "产业", 3],
                [9, "西乡", "丁项目", "产业", 4],
            ]
        )
    ],
    [
        ("甲项目", "东镇", INDUSTRY, "1"),
        ("乙项目", "东镇", INDUSTRY, "2"),
        ("丙项目", "西乡", INDUSTRY, "3"),
        ("丁项目", "西乡", INDUSTRY, "4"),
    ],
    {("funds", 2024): 10},
)

MERGED_NAME = Imitation(
    "项目名称跨行合并",
    [
        Drawn(
            [
                [TITLE],
                ["序号", "项目名称", "乡镇", "村", "项目类型", "计划投资(万元)"],
                [1, "高标准茶园", "东镇", "甲村", "产业发展", 10],
                ["", "", "东镇", "乙村", "", 30],
                [2, "村村通", "西乡", "丙村", "乡村建设", 9],
            ],
            ["A3:A4", "B3:B4", "E3:E4"],
        )
    ],
    [("高标准茶园", "甲村:0.25;乙村:0.75", INDUSTRY, "40"), ("村村通", "丙村", BUILDING, "9")],
    {("funds", 2024): 49},
    told=["import_rows_joined"],
)

BY_NUMBER = Imitation(
    "项目编号占几行",
    [
        Drawn(
            [
                [TITLE],
                ["序号", "项目编号", "乡镇", "村", "项目名称", "项目类别", "资金(万元)", ""],
                ["", "", "", "", "", "", "中央", "市级"],
                [1, "LY01", "东镇", "甲村", "甲乙联建", "产业发展", 10, 2],
                [2, "LY01", "东镇", "乙村", "甲乙联建", "产业发展", 20, 4],
                [3, "LY02", "西乡", "", "西乡道路", "乡村建设行动", "", 6],
            ],
            ["G2:H2", *(f"{c}2:{c}3" for c in "ABCDEF")],
        )
    ],
    [
        ("甲乙联建", "甲村:0.333333333;乙村:0.666666667", INDUSTRY, "36"),
        ("西乡道路", "西乡", BUILDING, "6"),
    ],
    {("central", 2024): 30, ("city", 2024): 12},
    told=["import_projects_joined"],
    extra={"id": ["LY01", "LY02"]},
)

SOURCE_TEXT = Imitation(
    "资金来源写文字",
    [
        Drawn(
            [
                [TITLE],
                ["序号", "乡镇", "项目名称", "项目类别", "资金规模(万元)", "资金来源"],
                [1, "东镇", "甲项目", "产业", 10, "中央衔接资金"],
                [2, "东镇", "乙项目", "产业", 20, "省级衔接资金"],
                [3, "西乡", "丙项目", "基础设施", 5, "中央衔接资金"],
                [4, "西乡", "丁项目", "基础设施", 4, "东西部协作资金"],
            ]
        )
    ],
    [
        ("甲项目", "东镇", INDUSTRY, "10"),
        ("乙项目", "东镇", INDUSTRY, "20"),
        ("丙项目", "西乡", BUILDING, "5"),
        ("丁项目", "西乡", BUILDING, "4"),
    ],
    {("central", 2024): 15, ("province", 2024): 20, ("funds_cooperation", 2024): 4},
)

SUM_COLUMN = Imitation(
    "小计列核对",
    [
        Drawn(
            [
                [TITLE],
                [
                    "序号",
                    "乡镇",
                    "项目名称",
                    "项目类别",
                    "总投资(万元)",
                    "衔接资金(万元)",
                    "",
                    "",
                    "其他资金(万元)",
                ],
                ["", "", "", "", "", "小计", "中央", "省级", ""],
                [1, "东镇", "甲项目", "产业", 35, 30, 10, 20, 5],
                [2, "西乡", "乙项目", "产业", 11, 10, 4, 5, 1],
            ],
            ["F2:H2", *(f"{c}2:{c}3" for c in "ABCDEI")],
        )
    ],
    [("甲项目", "东镇", INDUSTRY, "35"), ("乙项目", "西乡", INDUSTRY, "11")],
    {("central", 2024): 14, ("province", 2024): 25, ("other_sector", 2024): 6},
    checks=4,
    differs=2,
)

YEAR_BLOCKS = Imitation(
    "分年度资金",
    [
        Drawn(
            [
                ["青山县2024-2025年项目计划表(单位:万元)"],
                ["序号", "乡镇", "项目名称", "项目类别", "2024年资金", "", "2025年资金", ""],
                ["", "", "", "", "中央", "省级", "中央", "省级"],
                [1, "东镇", "甲项目", "产业", 10, 1, 20, 2],
                [2, "西乡", "乙项目", "产业", 3, "", "", ""],
            ],
            ["E2:F2", "G2:H2", *(f"{c}2:{c}3" for c in "ABCD")],
        )
    ],
    [("甲项目", "东镇", INDUSTRY, "33"), ("乙项目", "西乡", INDUSTRY, "3")],
    {("central", 2024): 13, ("province", 2024): 1, ("central", 2025): 20, ("province", 2025): 2},
)

SHIFTED = Imitation(
    "表头合并错位",
    [
        Drawn(
            [
                [TITLE],
                ["序号", "乡镇、村", "", "项目名称", "", "项目类别", "金额(万元)"],
                [1, "东镇", "甲村", "", "甲项目", "产业", 10],
                [2, "西乡", "乙村", "", "乙项目", "产业", 20],
            ],
            ["B2:C2", "D2:E2"],
        )
    ],
    [("甲项目", "甲村", INDUSTRY, "10"), ("乙项目", "乙村", INDUSTRY, "20")],
    {("funds", 2024): 30},
)

NO_UNIT = Imitation(
    "没有单位像是元",
    [
        Drawn(
            [
                ["青山县2024年项目表"],
                ["序号", "乡镇", "项目名称", "项目类别", "补助资金"],
                [1, "东镇", "甲项目", "产业", 300000],
                [2, "西乡", "乙项目", "产业", 125000],
            ]
        )
    ],
    [("甲项目", "东镇", INDUSTRY, "30"), ("乙项目", "西乡", INDUSTRY, "12.5")],
    {("funds", 2024): 42.5},
    told=["import_unit_assumed"],
)

COUNTIES = Imitation(
    "几个县一张表",
    [
        Drawn(
            [
                ["某市2024年中央衔接资金项目表"],
                ["序号", "县(市、区)", "乡镇", "项目名称", "项目类别", "金额(万元)"],
                [1, "青山县", "东镇", "甲项目", "产业", 10],
                [2, "", "西乡", "乙项目", "产业", 20],
                [3, "白水县", "东镇", "丙项目", "产业", 30],
            ],
            ["B3:B4"],
        )
    ],
    [
        ("甲项目", "青山县_东镇", INDUSTRY, "10"),
        ("乙项目", "西乡", INDUSTRY, "20"),
        ("丙项目", "白水县_东镇", INDUSTRY, "30"),
    ],
    {("central", 2024): 60},
)

FLAT_SUM = Imitation(
    "财政资金等于各级之和",
    [
        Drawn(
            [
                [TITLE],
                ["单位:元"],
                [
                    "序号",
                    "乡镇",
                    "项目名称",
                    "项目类别",
                    "项目总投资",
                    "财政资金",
                    "中央",
                    "省级",
                    "县级",
                    "自筹资金",
                ],
                [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
                [1, "东镇", "甲项目", "产业", 500000, 400000, 300000, 50000, 50000, 100000],
                [2, "西乡", "乙项目", "产业", 200000, 200000, 100000, 100000, "", ""],
            ]
        )
    ],
    [("甲项目", "东镇", INDUSTRY, "50"), ("乙项目", "西乡", INDUSTRY, "20")],
    {("central", 2024): 40, ("province", 2024): 15, ("county", 2024): 5},
    checks=4,
    extra={"self_raised_share": ["0.2", ""]},
)

YEAR_COLUMN = Imitation(
    "年度一列",
    [
        Drawn(
            [
                ["", "青山县项目表"],
                ["", "年度", "乡镇", "项目名称", "项目类别", "金额(万元)"],
                ["", "2023年", "东镇", "甲项目", "产业", 10],
                ["", "2024年", "西乡", "乙项目", "产业", 20],
            ]
        )
    ],
    [("甲项目", "东镇", INDUSTRY, "10"), ("乙项目", "西乡", INDUSTRY, "20")],
    {("funds", 2023): 10, ("funds", 2024): 20},
    extra={"first_year": ["2023", "2024"]},
)

PERIODS = Imitation(
    "年份只在实施期限",
    [
        Drawn(
            [
                ["青山县项目表", "", "", "", ""],
                ["序号", "项目名称", "项目类别", "金额(万元)", "实施期限"],
                [1, "甲项目", "产业", 10, "2024年3月-2024年12月"],
                [2, "乙项目", "产业", 20, "2024年6月-2025年6月"],
            ]
        )
    ],
    [("甲项目", "青山县", INDUSTRY, "10"), ("乙项目", "青山县", INDUSTRY, "20")],
    {("funds", 2024): 30},
    told=["import_money_over_years"],
    extra={"last_year": ["2024", ""]},
)

IMITATIONS = (
    LIBRARY, BATCH, PLACE_COLUMN, UNIT_IN_CELLS, UNIT_NAMES, TOWN_AND_VILLAGE, GROUPS, TWO_LEVELS,
    TOWN_SUBTOTALS, TOWN_GROUPS, LOST_MERGES, SHEET_PER_TOWN, SHEET_PER_YEAR, PAGES, FULL_WIDTH, COUNTS,
    MANY_VILLAGES, NUMBERS, MERGED_NAME, BY_NUMBER, SOURCE_TEXT, SUM_COLUMN, YEAR_BLOCKS, SHIFTED, NO_UNIT,
    COUNTIES, FLAT_SUM, YEAR_COLUMN, PERIODS,
)  # fmt: skip
