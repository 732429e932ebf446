"""Numbers by year, and lists of names: what several records of a scenario are written with."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from zxsim.core.spec import Ident, NotNegative, Positive

EVERY_YEAR = 0
"""Year under which an amount stands that is the same in every year."""


def _by_year(given: Any) -> Any:  # noqa: ANN401 (whatever TOML holds)
    if isinstance(given, dict) and "value" not in given:
        return given
    return {EVERY_YEAR: given}


AmountByYear = Annotated[
    dict[int, NotNegative],
    BeforeValidator(_by_year, json_schema_input_type=dict[int, NotNegative] | NotNegative),
]
LineByYear = Annotated[
    dict[int, Positive],
    BeforeValidator(_by_year, json_schema_input_type=dict[int, Positive] | Positive),
]
Names = Annotated[tuple[str, ...], Field(min_length=1)]
Idents = Annotated[tuple[Ident, ...], Field(min_length=1)]
