"""Households of a scenario: from its tables, its ledger and its plan to the setup of a simulation."""
