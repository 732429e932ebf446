"""What could not be compared between two runs, and why."""

from collections.abc import Iterator

from zxsim.errors import Message
from zxsim.whatif.compare_years import paired
from zxsim.whatif.compared import ComparedRun


def notes(reference: ComparedRun, other: ComparedRun) -> Iterator[Message]:
    """Yield the notes of two runs; each names both by their labels."""
    yield from _scenarios(reference, other)
    yield from _plans(reference, other)
    yield from _simulations(reference, other)


def _message(code: str, reference: ComparedRun, other: ComparedRun, **fields: object) -> Message:
    return Message(code, {"a": reference.label, "b": other.label, **fields})


def _scenarios(reference: ComparedRun, other: ComparedRun) -> Iterator[Message]:
    """Say where places, projects and years are not the same."""
    for kind, one, two in (
        ("places", reference.data.place_names, other.data.place_names),
        ("projects", reference.data.project_names, other.data.project_names),
        ("funds", dict.fromkeys(reference.data.funds), dict.fromkeys(other.data.funds)),
    ):
        shared = one.keys() & two.keys()
        if not shared:
            yield _message(f"compare_no_common_{kind}", reference, other)
            continue
        renamed = sorted(item for item in shared if one[item] != two[item])
        if renamed and kind != "funds":
            count, first = len(renamed), renamed[0]
            yield _message(f"compare_renamed_{kind}", reference, other, count=count, first=first)
    years = [f"{run.data.years[0]}–{run.data.years[-1]}" for run in (reference, other)]
    if years[0] != years[1]:
        yield _message("compare_years", reference, other, years_a=years[0], years_b=years[1])


def _plans(reference: ComparedRun, other: ComparedRun) -> Iterator[Message]:
    for run in (reference, other):
        if not run.has_plan:
            yield _message("compare_no_plan", reference, other, run=run.label)
    units = [str(run.data.scenario["benefit"].get("unit") or "") for run in (reference, other)]
    sources = [run.data.scenario["benefit"].get("source") for run in (reference, other)]
    if units[0] != units[1] or sources[0] != sources[1]:
        yield _message("compare_benefit_units", reference, other)


def _simulations(reference: ComparedRun, other: ComparedRun) -> Iterator[Message]:
    """Say whether simulated figures can be compared, and how."""
    sides = (reference, other)
    simulated = [run for run in sides if run.simulation]
    if len(simulated) == 1:
        absent = other if simulated[0] is reference else reference
        yield _message("compare_not_simulated", reference, other, run=absent.label)
    if len(simulated) < len(sides):
        return
    for run in sides:
        if not run.has_replications:
            yield _message("compare_no_replications", reference, other, run=run.label)
            return
    counts = [int(str(run.simulation["replications"])) for run in sides]
    if not paired(reference, other):
        same_seed = reference.simulation["seed"] == other.simulation["seed"]
        code = "compare_unpaired_population" if same_seed else "compare_unpaired_seed"
        yield _message(code, reference, other)
    elif counts[0] != counts[1]:
        yield _message(
            "compare_fewer_pairs", reference, other, count=min(counts), count_a=counts[0], count_b=counts[1]
        )
    if min(counts) == 1:
        yield _message("compare_one_replication", reference, other)


def unloadable(run: ComparedRun, reason: str) -> Message:
    """Say that what a plan expects cannot be worked out again."""
    return Message("compare_unloadable", {"run": run.label, "reason": reason})
