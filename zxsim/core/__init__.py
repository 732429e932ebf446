"""The vocabulary that everything else is written in; imports :mod:`zxsim.errors` only."""
