"""Official forms as data: templates in TOML, filled from a run; a county adds its own without code."""
