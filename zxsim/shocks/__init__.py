"""The open family of shocks: one shock a file, and this one visible list."""

from typing import Annotated

from pydantic import Field

from zxsim.shocks.accident import Accident
from zxsim.shocks.disaster import Disaster
from zxsim.shocks.illness import Illness
from zxsim.shocks.job_loss import JobLoss
from zxsim.shocks.price_fall import PriceFall

Shock = Annotated[Illness | Accident | Disaster | PriceFall | JobLoss, Field(discriminator="kind")]
SHOCK_KINDS = (Illness, Accident, Disaster, PriceFall, JobLoss)
