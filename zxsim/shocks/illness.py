"""Illness: spending, and work that is not done."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from zxsim.core.shockspec import ShockSpec, Unit


class Illness(ShockSpec):
    """Illness: spending, and work that is not done."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "因病", "en": "illness"}
    unit: ClassVar[Unit] = "household"
    chinese: ClassVar[Mapping[str, str]] = {"": "因病：带来支出，也影响务工。"}

    kind: Literal["illness"]
