"""The rules of a rollout, pure: standard library only, no database, no clock, no web."""
