"""Loss of a job: wages that stop for some months."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from zxsim.core.shockspec import ShockSpec, Unit


class JobLoss(ShockSpec):
    """Loss of a job: wages that stop for some months."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "失业", "en": "job loss"}
    unit: ClassVar[Unit] = "household"
    chinese: ClassVar[Mapping[str, str]] = {"": "失业：工资中断若干个月。"}

    kind: Literal["job_loss"]
