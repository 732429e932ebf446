"""What the cells of a plan may name: projects, places and funds of a scenario, by id or by name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from zxsim.core.layout import Layout
from zxsim.core.messages import nearest
from zxsim.schema.load import Loaded

Kind = Literal["project", "place", "fund"]


class Unknown(NamedTuple):
    """Why a text names nothing: the code of the message and its fields."""

    code: str
    fields: Mapping[str, object]


@dataclass(frozen=True, eq=False)
class PlanNames:
    """Words of a scenario → ids."""

    loaded: Loaded

    @property
    def layout(self) -> Layout:
        """The layout of the scenario."""
        return self.loaded.layout

    @cached_property
    def _ids(self) -> Mapping[Kind, Mapping[str, list[str]]]:
        spec, projects, places = self.loaded.spec, self.layout.projects, self.layout.places
        return {
            "project": _by_word(zip(projects["id"], projects["name"], strict=True)),
            "place": _by_word(zip(places.ids, places.names, strict=True)),
            "fund": _by_word((fund, spec.fund[fund].label) for fund in sorted(spec.fund)),
        }

    @cached_property
    def places_of(self) -> Mapping[str, Sequence[str]]:
        """Places of each project."""
        found: dict[str, list[str]] = {}
        layout = self.layout
        for project, place in zip(layout.part_project.tolist(), layout.part_place.tolist(), strict=True):
            found.setdefault(layout.project_ids[project], []).append(layout.places.ids[place])
        return found

    @cached_property
    def categories(self) -> Mapping[str, str]:
        """Category of each project."""
        return dict(self.layout.projects.select("id", "category").iter_rows())

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Name of each project that has one."""
        return {
            project: name for project, name in self.layout.projects.select("id", "name").iter_rows() if name
        }

    def id_of(self, kind: Kind, text: str) -> str | Unknown:
        """Return the id that a cell names, or why it names none."""
        known = self._ids[kind]
        found = known.get(text, [])
        if len(found) == 1:
            return found[0]
        if found:
            return Unknown(f"plan_{kind}_ambiguous", {"given": text, "ids": found})
        return Unknown(f"plan_{kind}_unknown", {"given": text, "nearest": nearest(text, known)})

    def place_of(self, project: str, text: str) -> str | Unknown:
        """Return the place of a project that a cell names; an empty one will do where there is only one."""
        own = self.places_of[project]
        if not text and len(own) == 1:
            return own[0]
        if not text:
            return Unknown("plan_place_needed", {"project": project, "allowed": own})
        place = self.id_of("place", text)
        if isinstance(place, Unknown) or place in own:
            return place
        return Unknown("plan_place_elsewhere", {"given": text, "project": project, "allowed": own})


def _by_word(names: Iterable[tuple[str, str | None]]) -> dict[str, list[str]]:
    """Ids by id, and by name where that is no id."""
    pairs = [(record, name or "") for record, name in names]
    found = {record: [record] for record, _ in pairs}
    ids = set(found)
    for record, name in pairs:
        if name and name not in ids:
            found.setdefault(name, []).append(record)
    return found
