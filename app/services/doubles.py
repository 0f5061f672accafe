"""Likely doubles wait for somebody to decide: the same person, or two. Until then both stay as they are."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, cast

from sqlalchemy import CursorResult, select, update

from app import clock
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Double
from app.services import log, merging
from app.services.merging import MergeRefusal
from app.services.numbers import allot

TWO = "two"


class Verdict(StrEnum):
    SAME = "same"
    TWO = "two"


class DoubleRefusal(StrEnum):
    """Why a decision can't be kept."""

    UNKNOWN = "unknown-pair"  # or it was decided before
    OTHERWISE_NOW = "otherwise-now"  # many at once would come to something else than was shown


def decide(scope: CampaignScope, one_id: int, other_id: int, verdict: Verdict) -> int | DoubleRefusal | MergeRefusal | None:
    """What somebody says of a pair that waits. Answers who stays where both are one, None where they are two."""
    allot(scope.institution_id, 0)  # before the pair, as whoever decides on many does: the two would wait for each other
    waiting = (
        Double.institution_id == scope.institution_id,
        Double.one_id == one_id,
        Double.other_id == other_id,
        Double.verdict.is_(None),
    )
    pair = db.session.scalar(select(Double).where(*waiting).with_for_update())
    if pair is None:
        return DoubleRefusal.UNKNOWN
    if verdict is Verdict.SAME:
        answer = merging.merge(scope, one_id, other_id)
        if not isinstance(answer, MergeRefusal):
            log.note(scope.actor, "merged-people", institution_id=scope.institution_id, count=2)
        return answer
    db.session.execute(
        update(Double)
        .where(*waiting)
        .values(verdict=TWO, decided_by=scope.actor.name, decided_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    return None


def ask_again(scope: CampaignScope, one_id: int, other_id: int) -> DoubleRefusal | None:
    """Let a pair wait again that somebody has said to be two people."""
    decided = update(Double).where(
        Double.institution_id == scope.institution_id, Double.one_id == one_id, Double.other_id == other_id, Double.verdict == TWO
    )
    none = decided.values(verdict=None, decided_by=None, decided_at=None).execution_options(synchronize_session=False)
    changed = cast("CursorResult[Any]", db.session.execute(none)).rowcount
    return None if changed else DoubleRefusal.UNKNOWN
