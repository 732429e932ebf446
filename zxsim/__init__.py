"""zxsim: allocate rural connection funds (衔接资金) under every rule of the policy paper.

The public functions are in :mod:`zxsim.api`. Nothing heavy is imported here, so that
``zxsim --help`` stays quick.
"""

__version__ = "0.1.0"
