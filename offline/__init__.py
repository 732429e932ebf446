"""The bundle for an office without a network: what makes it (bundle.py) and what lies in it (the rest)."""
