"""The columns that a ledger of households may have, under their own names or as offices write them."""

from collections.abc import Mapping

from zxsim.schema.columns import Cell, Column

LEDGER_COLUMNS: Mapping[str, Column] = {
    "household_no": Column(
        Cell.TEXT,
        meaning="Number of the household (户编号): two rows with the same are an error; never kept.",
        chinese="户编号（也可写中文列名，下同）；重复报错；只用来查重，不保存。",
    ),
    "place": Column(
        Cell.IDENT,
        needed=True,
        meaning="Id or name of its place (地区、村).",
        chinese="地区、村：所在地区的编号或名称。",
    ),
    "size": Column(Cell.WHOLE, needed=True, low=1, meaning="Persons (家庭人口).", chinese="家庭人口，人。"),
    "labour": Column(
        Cell.WORD,
        needed=True,
        words=("able", "weak", "none"),
        meaning="Work that it can do (劳动能力): 有劳动能力, 弱劳动力 or 无劳动能力 will do, too.",
        chinese="劳动能力：也可写 有劳动能力、弱劳动力、无劳动能力。",
    ),
    "lifted": Column(Cell.FLAG, needed=True, meaning="Lifted out of poverty (脱贫户).", chinese="脱贫户。"),
    "delayed": Column(
        Cell.FLAG,
        meaning="Exit delayed (缓退户); drawn by `delayed_share` without this column.",
        chinese="缓退户；没有这一列就按 `delayed_share` 抽取。",
    ),
    "income_yuan": Column(
        Cell.NUMBER,
        low=0,
        meaning="Income per head (人均纯收入), of which only the ratio to the place's mean counts; "
        "drawn without this column.",
        chinese="人均纯收入，元；只取与当地平均之比；没有这一列就抽取。",
    ),
    "on_list": Column(
        Cell.FLAG,
        meaning="On the monitoring list at the start (监测户); without this column the poorest, as many as "
        "places.csv says.",
        chinese="期初在册的监测户；没有这一列就取收入最低的户，户数按 places.csv。",
    ),
}
"""Columns of a ledger of households; any other is an error, but one that identifies people is left out."""

LEDGER_HEADINGS: Mapping[str, str] = {
    "户编号": "household_no",
    "户号": "household_no",
    "地区": "place",
    "地区编号": "place",
    "村": "place",
    "行政村": "place",
    "村名": "place",
    "人口": "size",
    "家庭人口": "size",
    "家庭人口数": "size",
    "人数": "size",
    "劳动能力": "labour",
    "脱贫户": "lifted",
    "是否脱贫户": "lifted",
    "缓退户": "delayed",
    "是否缓退": "delayed",
    "人均收入": "income_yuan",
    "人均纯收入": "income_yuan",
    "家庭人均纯收入": "income_yuan",
    "监测户": "on_list",
    "是否监测户": "on_list",
}
"""What offices call these columns."""
