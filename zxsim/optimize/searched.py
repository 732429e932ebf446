"""How far a stage with choices may be from the best: what its search reached and proved."""

from dataclasses import dataclass

NEAR = 1e-4
"""How far, relative, a chain may end behind the search for its choice before that counts as a gap."""


@dataclass(frozen=True)
class Searched:
    """How the search for the choice of a stage ended: what it reached, and the best that is possible."""

    value: float
    bound: float

    def gap(self, reached: float) -> float:
        """Relative distance of what the chain reached from the bound.

        A search may give up a trace of earlier stages, which can be worth more in its own; so the chain
        with the choice held may end a little behind it, and that is no sign of a better choice.
        """
        near = reached - self.value <= NEAR * max(1.0, abs(self.value))
        best = min(reached, self.value) if near else reached
        return max(0.0, best - self.bound) / max(1.0, abs(reached))
