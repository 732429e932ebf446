"""A fall of prices, which strikes all households of an industry together."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from zxsim.core.shockspec import SharedShock, Unit


class PriceFall(SharedShock):
    """A fall of prices, which strikes all households of an industry together."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "价格下跌", "en": "price fall"}
    unit: ClassVar[Unit] = "industry"
    chinese: ClassVar[Mapping[str, str]] = {"": "价格下跌：同一产业的农户一起受影响。"}

    kind: Literal["price_fall"]
