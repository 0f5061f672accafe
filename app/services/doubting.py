"""What is asked about a file before anything of it goes in; who has confirmed that it is meant isn't asked again."""

from __future__ import annotations

from app.domain.scope import CampaignScope
from app.models import Roster
from app.queries.roster_doubts import doubts_of, packed_doubts, same_content
from imports import doubts
from imports.values import Plan, Reading, Snapshot


def note(scope: CampaignScope, roster: Roster, reading: Reading, planned: Plan | None, known: Snapshot) -> None:
    """Keep with the roster what is odd about it now. One that goes on with another's waiting rows has its content, of course."""
    found = doubts(reading, planned, known) if planned else []
    if roster.continues is None:
        found = [*same_content(scope, roster.digest), *found]
    asked = {doubt.code for doubt in doubts_of(roster.doubts)}
    if not asked.issuperset(doubt.code for doubt in found):
        roster.confirmed_by = roster.confirmed_at = None
    roster.doubts = packed_doubts(found)
