"""Tests of zxsim; shared scenario folders in `scenarios`, all hypothesis strategies in `strategies`."""
