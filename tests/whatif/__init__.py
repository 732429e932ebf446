"""Runs beside each other: what differs, how surely, and what cannot be compared."""
