"""What is measured in turn at one size, in this process, and larger sizes in processes of their own."""

from collections.abc import Callable, Mapping, Sequence

import peerdata
from apart import Found, run_apart
from cases import Place
from clock import Cost, median, median_ratio, timed
from findings import CHAIN, COMPARED, JOB, LINOPY, ONE_PIECE, PULP, STAGES, ZXSIM, Ratio, Time
from peers import linopy_and_highs, pulp_and_cbc
from solves import PATIENCE_SECONDS, Answer, best_plans, highs_in_one_piece, model_of, one_stage

from zxsim.optimize.build import Model

STOPPED = f"stopped after {PATIENCE_SECONDS:,} s, so its time is longer"
SAME = 1e-6
"""Relative difference up to which two objectives count as the same."""

Report = tuple[list[Time], list[Ratio]]


def same_objective(benefits: Mapping[str, float | None]) -> None:
    """Make sure that all who were not stopped reached the same."""
    reached = {name: benefit for name, benefit in benefits.items() if benefit is not None}
    reference = reached[ZXSIM]
    apart = {name: b for name, b in reached.items() if abs(b - reference) > SAME * abs(reference)}
    assert not apart, f"{reference} by zxsim, but {apart}"


def in_turn(
    contestants: Mapping[str, Callable[[], Answer]], runs: int
) -> tuple[Mapping[str, list[Cost]], Mapping[str, Answer]]:
    """Let each solve in turn, several times over, the first time uncounted; check that all agree."""
    costs: dict[str, list[Cost]] = {name: [] for name in contestants}
    answers: dict[str, Answer] = {}
    for run in range(runs + 1):
        for name, work in contestants.items():
            cost, answers[name] = timed(work)
            costs[name] += [cost] if run else []
        same_objective({name: answer.benefit for name, answer in answers.items()})
    return costs, answers


def stage_contest(place: Place, runs: int, *, peers: bool = True) -> Report:
    """Compare one stage of zxsim with HiGHS in one piece and, with ``peers``, with the script and linopy."""
    model = model_of(place.folder)
    contestants = {
        ZXSIM: lambda: one_stage(model),
        ONE_PIECE: lambda: highs_in_one_piece(model),
    }
    if peers:
        data = peerdata.read(place.folder)
        contestants[PULP] = lambda: pulp_and_cbc(data)
        contestants[LINOPY] = lambda: linopy_and_highs(data)
    costs, answers = in_turn(contestants, runs)
    times = [
        Time(place.named(name), place.projects, median(spent), note=_building(answers[name]))
        for name, spent in costs.items()
    ]
    pairs = [(ZXSIM, ONE_PIECE), *((name, ZXSIM) for name in (PULP, LINOPY) if name in costs)]
    return times, [_ratio(place, costs, ours, theirs) for ours, theirs in pairs]


def _ratio(place: Place, costs: Mapping[str, Sequence[Cost]], ours: str, theirs: str) -> Ratio:
    ratio = median_ratio(costs[ours], costs[theirs])
    return Ratio(place.named(f"{ours} / {theirs}"), place.projects, ratio)


def _building(answer: Answer) -> str:
    if answer.benefit is None:
        return STOPPED
    if answer.building is None:
        return ""
    return f"of it building {answer.building.cpu:.2f} s"


def chain_contest(place: Place, runs: int) -> Report:
    """Compare all stages with one, and show the two plans of the headline beside them."""
    model = model_of(place.folder)
    rounds = [_chain_round(model) for _ in range(runs)]
    one, chain, others = (list(costs) for costs in zip(*rounds, strict=True))
    both = [a + b for a, b in zip(chain, others, strict=True)]
    size = place.projects
    times = [Time(CHAIN, size, median(chain)), Time(COMPARED, size, median(others))]
    ratios = [
        Ratio(STAGES, size, median_ratio(chain, one)),
        Ratio(f"{STAGES}, comparison plans too", size, median_ratio(both, one)),
    ]
    return times, ratios


def _chain_round(model: Model) -> tuple[Cost, Cost, Cost]:
    one, _ = timed(lambda: one_stage(model))
    chain, found = timed(lambda: best_plans(model))
    others, _ = timed(found.compared)
    return one, chain, others


def choice_contest(place: Place, count: int) -> Report:
    """Time all stages of a county in which so many projects are all or nothing."""
    model = model_of(place.folder)
    cost, found = timed(lambda: best_plans(model))
    gap = max(stage.gap for stage in found.chain.stages)
    return [Time(f"{CHAIN}, {count:,} all or nothing", place.projects, cost, note=f"gap {gap:.1e}")], []


def large_contest(place: Place, runs: int) -> Report:
    """Compare one stage with HiGHS in one piece in processes of their own, in turn."""
    found: dict[str, list[Found]] = {ZXSIM: [], ONE_PIECE: []}
    for _ in range(runs):
        for name, task in ((ZXSIM, "stage"), (ONE_PIECE, "one piece")):
            found[name].append(run_apart(task, place.folder))
        same_objective({name: each[-1].benefit for name, each in found.items()})
    costs = {name: [one.cost for one in each] for name, each in found.items()}
    times = [
        Time(place.named(name), place.projects, median(costs[name]), each[-1].peak_mib, _stage_note(each[-1]))
        for name, each in found.items()
    ]
    return times, [_ratio(place, costs, ZXSIM, ONE_PIECE)]


def large_chain(place: Place) -> Report:
    """Time all stages and the two plans of the headline in a process of their own."""
    found = run_apart("chain", place.folder)
    others = found.parts["comparison plans"]
    chain = Time(CHAIN, place.projects, found.cost, found.peak_mib, _before(found))
    return [chain, Time(COMPARED, place.projects, others)], []


def job_contest(place: Place, one_piece: Cost) -> Report:
    """Show what the whole job takes and each of its parts, beside one stage in one piece."""
    found, size = run_apart("job", place.folder), place.projects
    times = [Time(f"job: {part}", size, cost) for part, cost in found.parts.items()]
    times.append(Time("job: all", size, found.cost, found.peak_mib))
    promised = found.cost - sum((found.parts.get(part, Cost()) for part in EXTRAS), Cost())
    return times, [
        Ratio(JOB, size, found.cost / one_piece),
        Ratio(f"{JOB}, without {' and '.join(EXTRAS)}", size, promised / one_piece),
    ]


EXTRAS: Sequence[str] = ("comparison plans", "marginal values")
"""Parts of the job that solve again after the plan is there."""


def _stage_note(found: Found) -> str:
    return _before(found) if found.benefit is not None else f"{_before(found)}, {STOPPED}"


def _before(found: Found) -> str:
    return f"{found.before_mib:,.0f} MiB before"
