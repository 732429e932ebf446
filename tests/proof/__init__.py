"""What zxsim stands up to: mutated inputs, and processes that die.

The suite runs a little of it; ``python -m tests.proof.fuzz`` and ``python -m tests.proof.kill`` run all,
see docs/proof.md.
"""
