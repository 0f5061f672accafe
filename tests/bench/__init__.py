"""Measurements, each against a reference in the same run: `make bench`. Nothing here asserts a time."""
