"""Drawn tests draw the same cases each time; ``ZXSIM_EXPLORE=1`` draws new ones (``make explore``)."""

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile("explore" if os.environ.get("ZXSIM_EXPLORE") else "same")
