"""Which pages there are."""

from __future__ import annotations

from flask import Flask

from app.web import (
    agencies,
    agency_nudges,
    batches,
    campaigns,
    counters,
    desks,
    difficulties,
    doubles,
    doubles_at_once,
    evidence,
    guardians,
    health,
    here,
    home,
    hooks,
    images,
    institutions,
    invitations,
    ladders,
    languages,
    members,
    message_texts,
    minutes,
    nudge_books,
    nudge_ledger,
    nudges,
    nudges_by_hand,
    passwords,
    pauses,
    people,
    registrations,
    roster_corrections,
    roster_files,
    roster_runs,
    roster_understanding,
    rosters,
    sessions,
    slips,
    stops,
    undoings,
    workbooks,
)

_NOUNS = (
    sessions, languages, passwords, invitations, members, health, hooks,
    home, people, registrations, workbooks,
    agencies, campaigns, institutions, rosters, roster_files, roster_understanding, roster_corrections, roster_runs, undoings,
    doubles, doubles_at_once,
    evidence, images,
    desks, counters,
    batches, minutes,
    guardians, difficulties,
    message_texts, slips,
    nudges, agency_nudges, nudge_ledger, nudge_books, nudges_by_hand, pauses, ladders, stops,
)  # fmt: skip


def register(app: Flask) -> None:
    """Register every noun's pages, and the menu that leads to them."""
    here.register(app)
    for noun in _NOUNS:
        app.register_blueprint(noun.pages)
