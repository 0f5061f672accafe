"""Runs everything that a change must pass and says what came of it: `python -m tests.runner [STEP …]`, or `make test`."""
