"""How many households and persons benefit, out of a text."""

import re
from dataclasses import dataclass

from zxsim.sheets.text import normalised


@dataclass(frozen=True, slots=True)
class Beneficiaries:
    """Households and persons who benefit, and the lifted ones (脱贫) among them; None: not said."""

    households: int | None = None
    persons: int | None = None
    lifted_households: int | None = None
    lifted_persons: int | None = None


_TOKEN = re.compile(
    r"(?P<each>[每户人]均?\s*(?:每|增收|补助|年|平均)\D{0,6}[\d.,]+|[每均]\s*[户人]?\s*[\d.,]+\s*[户人])"
    r"|(?P<lifted>脱贫|贫困|建档立卡)"
    r"|(?P<other>监测|边缘|突发|低保|特困|残疾|三类|一般农?户|妇女)"
    r"|(?P<number>\d[\d,]{0,14}(?:\.\d{1,6})?)\s*(?P<myriad>万)?[余多]?\s*(?P<what>户|口?人(?!次|工|均)|名)"
    r"|(?P<open>\()|(?P<close>\))|(?P<end>[;。\n])"
)


def beneficiaries(text: str) -> Beneficiaries | None:
    """Read households and persons out of a sentence; None where it names neither.

    What follows 脱贫, 贫困 or 建档立卡 up to the next bracket or full stop is the lifted part; other groups
    (监测户, 低保 …) are left out. The first number of each kind counts.

    >>> beneficiaries("338户889人(其中:脱贫户21户46人)")
    Beneficiaries(households=338, persons=889, lifted_households=21, lifted_persons=46)
    >>> beneficiaries("受益1.2万人,户均增收2000元")
    Beneficiaries(households=None, persons=12000, lifted_households=None, lifted_persons=None)
    """
    found: dict[str, int] = {}
    group, said = "", False
    outside: list[tuple[str, bool]] = []
    for token in _TOKEN.finditer(normalised(text)):
        if token["lifted"]:
            group, said = "lifted_", False
        elif token["other"]:
            group = group if group == "lifted_" and not said else "other_"
        elif token["open"]:
            outside.append((group, said))
        elif token["close"]:
            group, said = outside.pop() if outside else ("", False)
        elif token["end"]:
            group = ""
        elif token["number"]:
            said = True
            found.setdefault(group + ("households" if token["what"] == "户" else "persons"), _count(token))
    counts = {name: count for name, count in found.items() if not name.startswith("other_")}
    return Beneficiaries(**counts) if counts else None


def _count(token: re.Match[str]) -> int:
    count = float(token["number"].replace(",", ""))
    return round(count * 10_000 if token["myriad"] else count)
