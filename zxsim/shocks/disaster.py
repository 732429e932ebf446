"""A natural disaster, which strikes the households of a place together."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from zxsim.core.shockspec import SharedShock, Unit


class Disaster(SharedShock):
    """A natural disaster, which strikes the households of a place together."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "因灾", "en": "disaster"}
    unit: ClassVar[Unit] = "place"
    chinese: ClassVar[Mapping[str, str]] = {"": "自然灾害：同一地区的农户一起受影响。"}

    kind: Literal["disaster"]
