"""What-ifs: what changes between scenarios, runs and plans."""
