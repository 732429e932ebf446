"""Keys of one record that exclude each other."""

from collections.abc import Iterator, Mapping, Sequence

from zxsim.schema.linemap import KeyPath

_RIVALS: Mapping[str, Sequence[tuple[str, str]]] = {
    "rule": (("places", "each"), ("at_least", "at_most")),
    "rule priority": (("categories", "projects"),),
    "target": (("places", "each"),),
    "effect": (("projects", "categories"),),
    "fund": (("places", "per_place"),),
    "measure": (
        ("slots", "slot_wan"),
        ("slots", "projects"),
        ("slots", "categories"),
        ("projects", "categories"),
    ),
    "insurance": (("projects", "categories"),),
}
"""Section (and kind) → pairs of keys that exclude each other: the nearer source's one replaces the other."""


def rivals(path: KeyPath, kind: str) -> Iterator[str]:
    """Keys of the same record, of a kind where it has one, that a key excludes."""
    section, key = path[0], path[-1]
    for one, other in (*_RIVALS.get(section, ()), *_RIVALS.get(f"{section} {kind}", ())):
        if key in (one, other):
            yield other if key == one else one
