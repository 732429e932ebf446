"""The closed, frozen base of everything that TOML can say, and the number types in it.

Any number in TOML may be a plain number or a table ``{value, low, high, source, clause, assumed}``;
both become a :class:`Figure`. Numbers stay decimal from the file on, so that 0.55 is 55/100.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Self, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from zxsim.core.identity import cards

LARGEST = 10**9
"""No figure is larger: 10⁹ 万元 is far above any budget, and its units still add up exactly in floats."""

_NOT_IN_ID = re.compile(r"[^\w.]+")


class Spec(BaseModel):
    """Base of every table in a scenario: unknown keys are errors, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    chinese: ClassVar[Mapping[str, str]] = {}
    """What a key means in Chinese, for keys of the class's own; under ``""`` what the record is."""


def in_chinese(spec: type[Spec]) -> Mapping[str, str]:
    """Return what each key of a record means in Chinese, by its name in TOML; under ``""`` what it is."""
    found = {"": vars(spec).get("chinese", {}).get("", "")}
    for base in reversed(spec.__mro__):
        own: Mapping[str, str] = vars(base).get("chinese", {})
        found |= {spec.model_fields[key].alias or key: words for key, words in own.items() if key}
    return found


def kind_of(spec: type[Spec]) -> str:
    """Return the word that TOML names a kind of record by: the only value of its key ``kind``."""
    (word,) = get_args(spec.model_fields["kind"].annotation)
    return str(word)


def mended_id(text: str) -> str:
    """Return the nearest allowed id: letters of any script, digits, ``_`` and ``.`` only."""
    return _NOT_IN_ID.sub("_", text.strip()).strip("_") or "id"


def _checked_id(text: str) -> str:
    if not text or _NOT_IN_ID.search(text):
        raise PydanticCustomError("id_characters", "bad id", {"given": text, "mended": mended_id(text)})
    if cards(text):
        raise PydanticCustomError("id_identifies", "an identity")
    return text


def _number(given: object) -> Decimal:
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal):
        raise PydanticCustomError("not_a_number", "not a number", {"given": str(given)})
    number = Decimal(str(given))
    if not number.is_finite():
        raise PydanticCustomError("not_a_number", "not a number", {"given": str(given)})
    if abs(number) > LARGEST:
        raise PydanticCustomError(
            "number_too_large", "too large", {"given": str(given), "limit": f"{LARGEST:g}"}
        )
    return number


Ident = Annotated[str, AfterValidator(_checked_id)]
F = TypeVar("F", bound="Figure")
Number = Annotated[Decimal, BeforeValidator(_number), Field(decimal_places=9)]


class Figure(Spec):
    """A number with its origin: a plain number, or a table that says where it comes from."""

    chinese: ClassVar[Mapping[str, str]] = {
        "": "一个数及其来源。",
        "value": "数值本身。",
        "low": "可能的最低值；假定的数必填。",
        "high": "可能的最高值；假定的数必填。",
        "source": "来源，即由谁公布。",
        "clause": "载明这个数的文件条款。",
        "assumed": "没有公开来源时写 true；每份报告都会列出。",
    }

    value: Number
    """The number itself."""
    low: Number | None = None
    """Lowest value thought possible; required when assumed."""
    high: Number | None = None
    """Highest value thought possible; required when assumed."""
    source: str = ""
    """Who published the number."""
    clause: str = ""
    """The clause of the policy paper that states it."""
    assumed: bool = False
    """True when nobody published it; every report lists it."""

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, given: Any) -> Any:  # noqa: ANN401 (whatever TOML holds)
        return given if isinstance(given, dict | Figure) else {"value": given}

    @model_validator(mode="after")
    def _range(self) -> Self:
        low, high = self.low, self.high
        if self.assumed and (low is None or high is None):
            raise PydanticCustomError("assumed_without_range", "assumed without range")
        if (low is not None and low > self.value) or (high is not None and high < self.value):
            fields = {"given": str(self.value), "low": str(low), "high": str(high)}
            raise PydanticCustomError("outside_own_range", "outside own range", fields)
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler, /
    ) -> JsonSchemaValue:
        """Tell editors that a plain number will do."""
        return {"anyOf": [{"type": "number"}, handler(schema)]}

    @property
    def fraction(self) -> Fraction:
        """The value as an exact ratio of whole numbers."""
        return Fraction(self.value)

    def __float__(self) -> float:
        return float(self.value)


def shifted(figure: F, by: Decimal) -> F:
    """Return a figure changed by ``by``, from 0 to 1 for a share, else to the largest number.

    Its origin is dropped.

    >>> str(shifted(Figure(value=Decimal("0.3")), Decimal("-0.5")).value)
    '0'
    >>> str(shifted(Figure(value=Decimal(2)), Decimal(10**9)).value)
    '1000000000'
    """
    top = 1 if isinstance(figure, Share) else LARGEST
    return type(figure)(value=min(max(figure.value + by, Decimal(0)), Decimal(top)))


def assumed(kind: type[F], value: str, low: str, high: str) -> F:
    """Return a default that nobody published, with its range."""
    return kind(value=Decimal(value), low=Decimal(low), high=Decimal(high), assumed=True)


class Share(Figure):
    """A fraction from 0 to 1 (60 % is 0.6), six decimals at most.

    More would make whole-number rows too fine for any solver to tell kept from broken.
    """

    chinese: ClassVar[Mapping[str, str]] = {"": "0 到 1 的小数（60% 写 0.6），最多六位小数。"}

    value: Annotated[Number, Field(ge=0, le=1, decimal_places=6)]


class NotNegative(Figure):
    """A number that is at least 0."""

    chinese: ClassVar[Mapping[str, str]] = {"": "不小于 0 的数。"}

    value: Annotated[Number, Field(ge=0)]


class Positive(Figure):
    """A number above 0."""

    chinese: ClassVar[Mapping[str, str]] = {"": "大于 0 的数。"}

    value: Annotated[Number, Field(gt=0)]


class Whole(Figure):
    """A whole number that is at least 0."""

    chinese: ClassVar[Mapping[str, str]] = {"": "不小于 0 的整数。"}

    value: Annotated[Number, Field(ge=0, multiple_of=1)]

    def __int__(self) -> int:
        return int(self.value)


class Years(Whole):
    """A whole number of years, 100 at most."""

    chinese: ClassVar[Mapping[str, str]] = {"": "年数：整数，最多 100。"}

    value: Annotated[Number, Field(ge=0, le=100, multiple_of=1)]
