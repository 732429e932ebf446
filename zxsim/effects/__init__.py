"""The open family of effects: one effect a file, and this one visible list."""

from typing import Annotated

from pydantic import Field

from zxsim.effects.asset_yield import AssetYield
from zxsim.effects.coverage import Coverage

Effect = Annotated[Coverage | AssetYield, Field(discriminator="kind")]
EFFECT_KINDS = (Coverage, AssetYield)
