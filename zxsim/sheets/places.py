"""The tree of places that the projects of all sheets lie in, with an id for each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from zxsim.core.spec import mended_id
from zxsim.sheets.sites import Sites

PlaceKey = tuple[str, str, str]
"""County, town and village; ``""`` where there is none."""


@dataclass(eq=False)
class Places:
    """Places by county, town and village in the order in which they are met; parents come before children."""

    ids: dict[PlaceKey, str] = field(default_factory=dict)

    def key(self, county: str, town: str, village: str) -> PlaceKey:
        """Note a place and all above it."""
        town = "" if town == county else town
        if village in (town, county):
            village = ""
        key = (county, town, village)
        for above in ((county, "", ""), (county, town, ""), key):
            self.ids.setdefault(above, "")
        return key

    def keys(self, county: str, sites: Sites) -> list[PlaceKey]:
        """Note the places of a project: the county where it names none."""
        return list(dict.fromkeys(self.key(county, *pair) for pair in sites.places or (("", ""),)))

    def name_all(self) -> None:
        """Give each place an id: its name, with its parent's before it where two are called the same."""
        used: set[str] = set()
        doubled = _doubled([next(filter(None, reversed(key))) for key in self.ids])
        for key in self.ids:
            names = [name for name in key if name]
            base = mended_id("_".join(names[-2:]) if names[-1] in doubled else names[-1])
            own, number = base, 2
            while own in used:
                own, number = f"{base}_{number}", number + 1
            used.add(own)
            self.ids[key] = own

    def rows(self) -> list[dict[str, str]]:
        """Return the rows of places.csv."""
        found = []
        for key, own in self.ids.items():
            county, town, village = key
            level = "village" if village else "town" if town else "county"
            above = (county, town, "") if village else (county, "", "")
            name = village or town or county
            found.append(
                {"id": own, "name": name, "level": level, "parent": "" if above == key else self.ids[above]}
            )
        return found


def _doubled(names: Sequence[str]) -> set[str]:
    seen: set[str] = set()
    return {name for name in names if name in seen or seen.add(name)}  # type: ignore[func-returns-value]
