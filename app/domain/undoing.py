"""Undoing a roster: what stays as it is, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Why(StrEnum):
    """What has happened since the roster was applied and would be lost."""

    EDITED = "edited"
    RECORDED = "recorded"
    PAPER = "paper"
    BATCH = "batch"
    DESK = "desk"
    DIFFICULTY = "difficulty"
    REMINDED = "reminded"
    PAUSED = "paused"
    OPTED_OUT = "opted-out"
    GUARDIAN = "guardian"  # their guardians are others now
    GUARDS = "guards"  # is guardian of somebody who stays
    LATER_ROSTER = "later-roster"
    OTHER_CAMPAIGN = "other-campaign"


# Reasons for which somebody stays with the institution, but not in the campaign.
OUTSIDE = frozenset({Why.GUARDS, Why.OTHER_CAMPAIGN})


class Kept(NamedTuple):
    """Somebody (or, with `field`, one value of theirs) whom undoing leaves as they are. `roster_id` is the later roster's."""

    person_id: int
    why: str
    field: str | None = None
    roster_id: int | None = None
