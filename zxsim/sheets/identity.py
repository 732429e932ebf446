"""What identifies a person, cut out of a text: numbers of ID cards, telephones and accounts, and names.

A name counts where a word before it says so (户主, 联系人 …) or where a list holds nothing else. Chinese
has no blanks between words, so some names are missed and a screen asks for a look.
"""

import re

from zxsim.core.identity import tidy, without_numbers
from zxsim.sheets.vocabulary import EVERYDAY, SURNAMES

_HAN = "[\u4e00-\u9fff]"
_LONG_NAMES = "|".join(name for name in SURNAMES if len(name) > 1)
_SHORT_NAMES = "".join(name for name in SURNAMES if len(name) == 1)
_SURNAME = f"(?!{'|'.join(sorted(EVERYDAY))})(?:{_LONG_NAMES}|[{_SHORT_NAMES}])"
_GIVEN = "[^\u0000-\u4dff\ua000-\uffff某村镇乡县组屯寨湾沟坪坝庄户等的因为及和与]"
_FOREIGN = rf"{_HAN}{{1,8}}(?:[·•]{_HAN}{{1,10}})+"
_BEHIND = (
    rf"(?=$|(?!{_HAN})|等|户|家|的|因|患|为|系|已|在|给|自|发展|养|种|建|修|购|改|和|与|及|同志|夫妇|夫妻|住|危"
    r"|一|两|二|三|四|五|六|身份|电话|手机|联系|新建|开办|经营|申请|享受|获得|领取|务工|外出|残疾|负责|本人|所)"
)
_NAME = rf"(?:{_FOREIGN}|{_SURNAME}(?:{_GIVEN}{{2}}{_BEHIND}|{_GIVEN}{_BEHIND}))"
_GROUP = (
    "(?:保洁|护林|护路|护水|信息|巡查|管护|管水|驾驶|保管|网格|联络|监督)员|监护人|委托人|承租人|家长|村医|"
    "(?:脱贫|监测|贫困|低保|五保|特困|边缘|一般|困难|建档立卡|易致贫|搬迁|养殖|种植|残疾|大)户|农户|村民|监测对象"
    "|扶持对象|帮扶对象|学生|党员"
)
_ROLE = "联系|负责|责任|经办|申请|受益|承包|持卡|开户|收款|填表|审核|带头"
_PERSON = f"户主|姓名|(?:{_ROLE})人|法人代表|法定代表人|法人"
_MORE = rf"(?:\s*[、,;/和与及]\s*{_NAME})*"
_SIGN = r"\s*[:：]\s*|\s+|\(\s*"
_NAMED = re.compile(
    rf"(?P<before>(?:{_PERSON})(?:姓名)?(?:{_SIGN})?|(?:{_GROUP})(?:{_SIGN})?)(?P<names>{_NAME}{_MORE})"
    rf"|(?P<certain>户主(?:姓名)?(?:{_SIGN})?|(?:{_PERSON})(?:姓名)?\s*[:：]\s*)"
    rf"(?P<first>{_SURNAME}{_GIVEN}{{1,2}})(?!{_HAN}{{0,6}}(?:[局站办所院会厂社校]|公司|政府|中心))"
    rf"|(?P<colon>(?:{_PERSON})(?:姓名)?\s*[:：]\s*)(?P<other>{_HAN}{{2,4}})(?!{_HAN}|\()"
    rf"|(?<!{_HAN})(?P<ahead>{_SURNAME}{_GIVEN}{{1,2}})(?=\((?:{_PERSON}|{_GROUP}))"
)
_INSTITUTION = re.compile(
    r".*(?:[局站办所院部会厂场社村镇乡县市区组队户校室人员]|公司|政府|中心|单位|企业|群众)$"
    r"|[无暂待详见同各全不某如].*"
)
_LISTED = re.compile(f"{_SURNAME}{_GIVEN}{{1,2}}|{_FOREIGN}")
_BETWEEN = re.compile(r"[、,;/\s]+")


def without_identity(text: str, *, names: bool = True, long: bool = True) -> tuple[str, int]:
    """Cut out what identifies a person; also how many places were cut.

    Numbers as :func:`zxsim.core.identity.without_numbers` finds them; ``names``: also names behind a word
    such as 户主, 监测户, 联系人.

    >>> without_identity("联系人电话:13812345678,投资12.5万元")
    ('联系人,投资12.5万元', 1)
    >>> without_identity("户主王建国养牛,监测户85户"), without_identity("负责人:王五")
    (('户主养牛,监测户85户', 1), ('负责人:', 1))
    """
    text, cut = without_numbers(text, long=long)
    if names:
        text, found = _without_names(text)
        cut += found
        text = tidy(text) if found else text
    return (text.strip(), cut) if cut else (text, 0)


def _without_names(text: str) -> tuple[str, int]:
    """Cut the names behind (or, in brackets, before) a word that says that a person follows."""
    count = 0

    def one(found: re.Match[str]) -> str:
        nonlocal count
        if found["other"] and (_INSTITUTION.fullmatch(found["other"]) or found["other"] in EVERYDAY):
            return found[0]
        count += 1
        return found["before"] or found["certain"] or found["colon"] or ""

    return _NAMED.sub(one, text), count


def is_name_list(text: str, fewest: int = 1) -> bool:
    """Whether a text is nothing but names of persons, ``fewest`` or more.

    >>> is_name_list("张三、李四光"), is_name_list("全体村民"), is_name_list("张三", 2)
    (True, False, False)
    """
    names = [name for name in _BETWEEN.split(text) if name]
    return len(names) >= fewest and all(map(is_name, names))


def is_name(text: str) -> bool:
    """Whether a text is a person's name: a surname and one or two more characters, or one with a dot.

    >>> is_name("欧阳甲乙"), is_name("阿依古丽·买买提"), is_name("白菜"), is_name("王家村")
    (True, True, False, False)
    """
    return bool(_LISTED.fullmatch(text)) and not _INSTITUTION.fullmatch(text)


def names_in_cell(text: str) -> list[str]:
    """Names in a cell of a column of persons: any short word that names no institution.

    >>> names_in_cell("张三、阿依古丽(妻)"), names_in_cell("东镇政府"), names_in_cell("无")
    (['张三', '阿依古丽'], [], [])
    """
    parts = re.split(r"[、,;/:\s\d]+|\([^()]*\)", text)
    named = (part for part in parts if re.fullmatch(rf"{_HAN}{{2,4}}|{_FOREIGN}", part))
    return [part for part in named if not _INSTITUTION.fullmatch(part)]
