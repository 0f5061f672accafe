"""Which pages there are."""

from __future__ import annotations

from flask import Flask

from app.web import (
    agencies,
    batches,
    campaigns,
    counters,
    desks,
    difficulties,
    evidence,
    guardians,
    health,
    here,
    home,
    images,
    institutions,
    invitations,
    languages,
    members,
    minutes,
    passwords,
    people,
    registrations,
    rosters,
    sessions,
    workbooks,
)

_NOUNS = (
    sessions, languages, passwords, invitations, members, health,
    home, people, registrations, workbooks,
    agencies, campaigns, institutions, rosters,
    evidence, images,
    desks, counters,
    batches, minutes,
    guardians, difficulties,
)  # fmt: skip


def register(app: Flask) -> None:
    """Register every noun's pages, and the menu that leads to them."""
    here.register(app)
    for noun in _NOUNS:
        app.register_blueprint(noun.pages)
