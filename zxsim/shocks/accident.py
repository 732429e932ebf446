"""An accident: spending, and work that is not done."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from zxsim.core.shockspec import ShockSpec, Unit


class Accident(ShockSpec):
    """An accident: spending, and work that is not done."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "因意外事故", "en": "accident"}
    unit: ClassVar[Unit] = "household"
    chinese: ClassVar[Mapping[str, str]] = {"": "因意外事故：带来支出，也影响务工。"}

    kind: Literal["accident"]
