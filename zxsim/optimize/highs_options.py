"""Options that HiGHS is given, and what is known of its versions that asks for them."""

from collections.abc import Mapping, Sequence

BY_SIMPLEX: Mapping[str, object] = {"solver": "simplex", "presolve": "off"}
"""Where the interior point of HiGHS 1.15 calls a programme infeasible, and where it calls a point optimal
that misses rows by tenths, as it does in a few of a thousand scenarios with targets."""

PRIMAL = 4
CAREFUL: Sequence[Mapping[str, object]] = (
    {"presolve": "off"},
    {"presolve": "off", "solver": "simplex", "simplex_strategy": PRIMAL},
    {"presolve": "off", "solver": "ipm"},
)
"""What is tried in turn where a solve ends as "unknown" or as "unbounded or infeasible": warm starts and
presolve can leave that, and so can dual pivots where a programme misses being feasible by the last digit.
The interior point of HiGHS 1.15 ends so in one solve of ten of some programmes, well in the other nine."""

INTEGER_OPTIONS: Mapping[str, object] = {
    "solver": "choose",
    # HiGHS 1.12 to 1.15 call worse choices optimal, or run for ever, after reducing some of these programmes.
    "presolve": "off",
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
    # Rounding programmes are nearly whole already: guesses and symmetry cost more than they bring.
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_detect_symmetry": False,
}
GUESSING: Mapping[str, object] = {"mip_heuristic_effort": 0.05, "mip_heuristic_run_root_reduced_cost": True}
"""For searches over choices: 300 all-or-nothing projects close in 2,000 nodes with it, and not without."""
