"""The words of the reference page that stand with no key: one set a language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class PageWords:
    """What the page says around the tables; ``{}`` in a text takes one word.

    ``types`` names what a key or a cell takes: by its number type, its JSON type or the kind of cell.
    """

    introduction: Sequence[str]
    formulas: Sequence[str]
    overrides: Sequence[str]
    passing_through: Sequence[str]
    keys: Sequence[str]
    columns: Sequence[str]
    types: Mapping[str, str]
    list_of: str
    table_of: str
    joined_by: str
    both: str
    required: str
    needed: str
    identifier: str
    indicator: str
    optional: str
    ledger: str
