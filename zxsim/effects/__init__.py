"""The open family of effects: one effect a file, and this one visible list."""

from typing import Annotated

from pydantic import Field

from zxsim.effects.asset_yield import AssetYield
from zxsim.effects.coverage import Coverage
from zxsim.effects.household_output import HouseholdOutput
from zxsim.effects.jobs import Jobs
from zxsim.effects.relief import Relief
from zxsim.effects.training import Training

Effect = Annotated[
    Coverage | AssetYield | Jobs | HouseholdOutput | Training | Relief, Field(discriminator="kind")
]
EFFECT_KINDS = (Coverage, AssetYield, Jobs, HouseholdOutput, Training, Relief)
