"""Difficulties are noted, passed on, answered and opened again; an open one always has somebody who answers for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import CursorResult, insert, select, update

from app import clock
from app.domain.difficulties import HANDLING, TEXT_LENGTH, Kind, Step, due_on, is_possible
from app.domain.names import tidy
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Difficulty, DifficultyStep, Person
from app.queries import difficulties
from app.queries.difficulties import DifficultyView
from app.queries.filters import known_to, with_people
from app.services.numbers import allot
from app.workdays import is_workday


class DifficultyRefusal(StrEnum):
    """Why nothing was done. The ones that say how it stands (closed, open, changed) mean that somebody else was faster."""

    UNKNOWN = "unknown"
    UNKNOWN_PERSON = "unknown-person"
    UNKNOWN_OWNER = "unknown-owner"
    NO_OWNER = "no-owner"
    TEXT_MISSING = "text-missing"
    TEXT_TOO_LONG = "text-too-long"
    ODD_DUE = "odd-due"
    ALREADY_CLOSED = "already-closed"
    STILL_OPEN = "still-open"
    CHANGED_MEANWHILE = "changed-meanwhile"


@dataclass(frozen=True, slots=True)
class DifficultyDraft:
    """What somebody notes. Without an owner or a day, the kind decides."""

    kind: Kind
    text: str
    person_id: int | None = None
    owner_id: int | None = None
    due_on: date | None = None


def open_difficulty(scope: CampaignScope, draft: DifficultyDraft) -> int | DifficultyRefusal:
    """Note a difficulty; answers its id. The same one noted twice by the same person is one."""
    text, today = _kept(draft.text), clock.today()
    due = draft.due_on or due_on(draft.kind, today, is_workday)
    refused = _text_refusal(text) or (None if is_possible(due, today) else DifficultyRefusal.ODD_DUE)
    if refused:
        return refused
    if draft.person_id is not None and not _knows(scope, draft.person_id):
        return DifficultyRefusal.UNKNOWN_PERSON
    owner_id = _owner(scope, draft.kind, draft.owner_id)
    if isinstance(owner_id, DifficultyRefusal):
        return owner_id
    number = allot(scope.institution_id)  # from here on nobody else notes anything here until this is done
    known = _same(scope, draft, text)
    if known is not None:
        return known
    db.session.add(
        Difficulty(
            institution_id=scope.institution_id,
            id=number,
            campaign_id=scope.campaign_id,
            person_id=draft.person_id,
            kind=draft.kind,
            text=text,
            owner_id=owner_id,
            due_on=due,
            revision=1,
            opened_by=scope.actor.name,
            opened_at=clock.now(),
        )
    )
    db.session.flush()
    return number


def pass_on(scope: CampaignScope, difficulty_id: int, revision: int, owner_id: int, due: date) -> DifficultyRefusal | None:
    """Somebody else answers for it now, by a day; None when it is done."""
    if owner_id not in {owner.user_id for owner in difficulties.possible_owners(scope)}:
        return DifficultyRefusal.UNKNOWN_OWNER
    if not is_possible(due, clock.today()):
        return DifficultyRefusal.ODD_DUE
    return _change(scope, difficulty_id, revision, Step.PASSED_ON, {"owner_id": owner_id, "due_on": due})


def answer(scope: CampaignScope, difficulty_id: int, revision: int, text: str) -> DifficultyRefusal | None:
    """Close it with an answer; None when it is done."""
    said = _kept(text)
    refused = _text_refusal(said)
    if refused:
        return refused
    closed = {"answer": said, "closed_by": scope.actor.name, "closed_at": clock.now()}
    return _change(scope, difficulty_id, revision, Step.ANSWERED, closed)


def reopen(scope: CampaignScope, difficulty_id: int, revision: int) -> DifficultyRefusal | None:
    """The answer was none after all; it stays readable. Who answered for it does so again, or whom the kind names where they have left."""
    seen = difficulties.one(scope, difficulty_id)
    if seen is None:
        return DifficultyRefusal.UNKNOWN
    still_here = seen.owner_id in {owner.user_id for owner in difficulties.possible_owners(scope)}
    owner_id = _owner(scope, seen.kind, seen.owner_id if still_here else None)
    if isinstance(owner_id, DifficultyRefusal):
        return owner_id
    opened = {"closed_by": None, "closed_at": None, "owner_id": owner_id, "due_on": due_on(seen.kind, clock.today(), is_workday)}
    return _change(scope, difficulty_id, revision, Step.REOPENED, opened)


def _kept(text: str) -> str:
    """The text with its lines, tidy otherwise."""
    return "\n".join(tidy(line) for line in text.strip().splitlines())


def _text_refusal(text: str) -> DifficultyRefusal | None:
    if not text:
        return DifficultyRefusal.TEXT_MISSING
    return DifficultyRefusal.TEXT_TOO_LONG if len(text) > TEXT_LENGTH else None


def _knows(scope: CampaignScope, person_id: int) -> bool:
    return db.session.scalar(with_people(select(Person.id)).where(known_to(scope), Person.id == person_id)) is not None


def _owner(scope: CampaignScope, kind: Kind, wanted: int | None) -> int | DifficultyRefusal:
    """Whoever is wanted; else whom the kind names, whoever opens it first among them; else who opens it."""
    owners, me = difficulties.possible_owners(scope), scope.actor.user_id
    if wanted is not None:
        return wanted if wanted in {owner.user_id for owner in owners} else DifficultyRefusal.UNKNOWN_OWNER
    in_charge = [owner.user_id for owner in owners if owner.role is HANDLING[kind].role]
    if me is not None and (me in in_charge or not in_charge):
        return me
    return in_charge[0] if in_charge else DifficultyRefusal.NO_OWNER


def _same(scope: CampaignScope, draft: DifficultyDraft, text: str) -> int | None:
    return db.session.scalar(
        select(Difficulty.id).where(
            Difficulty.institution_id == scope.institution_id,
            Difficulty.campaign_id == scope.campaign_id,
            Difficulty.closed_at.is_(None),
            Difficulty.person_id.is_not_distinct_from(draft.person_id),
            Difficulty.kind == draft.kind,
            Difficulty.text == text,
            Difficulty.opened_by == scope.actor.name,
        )
    )


def _change(scope: CampaignScope, difficulty_id: int, revision: int, step: Step, values: Mapping[str, Any]) -> DifficultyRefusal | None:
    """Write where nobody has written since `revision` was read, and where it is open (or closed) as the step needs it; note the step."""
    before, is_open = difficulties.one(scope, difficulty_id), step is not Step.REOPENED
    if before is None:
        return DifficultyRefusal.UNKNOWN
    refused = _standing_refusal(before, is_open)
    if refused:
        return refused
    changed = db.session.execute(
        update(Difficulty)
        .where(
            Difficulty.institution_id == scope.institution_id,
            Difficulty.campaign_id == scope.campaign_id,
            Difficulty.id == difficulty_id,
            Difficulty.revision == revision,
            Difficulty.closed_at.is_(None) if is_open else Difficulty.closed_at.is_not(None),
        )
        .values({**values, "revision": revision + 1})
        .execution_options(synchronize_session=False)
    )
    db.session.expire_all()
    if cast("CursorResult[Any]", changed).rowcount != 1:
        return DifficultyRefusal.CHANGED_MEANWHILE
    kept = {"owner_id": values.get("owner_id"), "due_on": values.get("due_on"), "text": values.get("answer")}
    by = {"number": revision + 1, "kind": step, "by": scope.actor.name, "at": clock.now()}
    db.session.execute(insert(DifficultyStep).values(institution_id=scope.institution_id, difficulty_id=difficulty_id, **by, **kept))
    return None


def _standing_refusal(before: DifficultyView, is_open: bool) -> DifficultyRefusal | None:
    if before.is_open is is_open:
        return None
    return DifficultyRefusal.ALREADY_CLOSED if is_open else DifficultyRefusal.STILL_OPEN
