"""A scenario folder: its closed schema, its loading, and the checks that name file, line and id."""
