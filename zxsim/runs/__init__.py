"""Runs: the tables of a plan, and the folder that holds them with their inputs."""
