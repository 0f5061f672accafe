"""Undoing a roster as a whole: what it brought goes, what it changed returns, and what has been done since stays."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Delete, and_, delete, func, select, update

from app import clock
from app.domain.runs import Stage, Tell, silently
from app.domain.scope import CampaignScope
from app.domain.track import Part
from app.domain.undoing import Kept
from app.extensions import db
from app.models import (
    Double,
    EffectPage,
    GuardianKey,
    Guardianship,
    Nudge,
    NudgePerson,
    Person,
    RecordedEvent,
    Registration,
    Roster,
    Unit,
)
from app.queries.campaigns import campaign
from app.queries.undoings import KEPT, PAGE
from app.services import effects as noted
from app.services import log, registrations, unlocking
from app.services.bulk import collector_off, insert_rows
from app.services.effects import as_stored
from app.services.guardians import forget_guardians, people_of, remember_keys
from app.services.histories import Place
from app.services.likely import look_again
from app.services.numbers import allot, people_changed
from app.services.openings import own_track
from app.services.rewriting import rewrite
from app.services.roster_files import forget_file
from app.services.rosters import RosterRefusal
from app.services.undo_findings import Findings, find
from app.services.undo_later import splice
from app.services.undo_touched import UNSENT

BLOCK = 1000


@dataclass(frozen=True, slots=True)
class Undone:
    """How many people go (guardians among them), how many registrations of others close, how many people get values back, and what stays.
    `mark` tells this from any other outcome."""

    people: int
    registrations: int
    restored: int
    kept: tuple[Kept, ...]
    mark: str


@collector_off()
def foreseen(scope: CampaignScope, roster_id: int) -> Undone | RosterRefusal:
    """What `undo` would do now; nothing is touched."""
    looked = _looked(scope, roster_id, lock=False)
    return looked if isinstance(looked, RosterRefusal) else _answer(looked[1])


@collector_off()
def undo(scope: CampaignScope, roster_id: int, seen: str | None = None, tell: Tell = silently) -> Undone | RosterRefusal:
    """Undo an applied roster. `seen` is the mark of what somebody was shown beforehand: where it would be something else by now, nothing is
    done."""
    allot(scope.institution_id, 0)  # first: it lets nobody else change people here until this is done
    unlocking.in_turn(Place.of(scope))
    looked = _looked(scope, roster_id, lock=True)
    if isinstance(looked, RosterRefusal):
        return looked
    roster, found = looked
    if seen is not None and seen != found.mark:
        return RosterRefusal.OTHERWISE_NOW
    _carry_out(scope, roster, found, tell)
    people_changed(scope.institution_id)
    roster.undone_by, roster.undone_at = scope.actor.name, clock.now()
    noted.forget(scope.institution_id, roster_id)
    of_roster = {"institution_id": scope.institution_id, "roster_id": roster_id}
    insert_rows(EffectPage, ("kind", "number", "effects"), noted.paged(KEPT, list(map(list, found.kept)), PAGE), of_roster)
    forget_file(scope, roster_id)
    answer = _answer(found)
    log.note(scope.actor, "undid-roster", institution_id=scope.institution_id, count=answer.people + answer.restored)
    return answer


def _looked(scope: CampaignScope, roster_id: int, *, lock: bool) -> tuple[Roster, Findings] | RosterRefusal:
    mine = select(Roster).where(
        Roster.institution_id == scope.institution_id, Roster.campaign_id == scope.campaign_id, Roster.id == roster_id
    )
    roster = db.session.scalar(mine.with_for_update().execution_options(populate_existing=True) if lock else mine)
    if roster is None:
        return RosterRefusal.UNKNOWN
    if roster.undone_at is not None:
        return RosterRefusal.ALREADY_UNDONE
    if roster.status != "applied":
        return RosterRefusal.NOT_APPLIED
    effects = noted.kept(scope.institution_id, roster_id)
    if effects is None:
        return RosterRefusal.BEFORE_UNDOING
    if lock:
        _hold(scope, roster_id)
    return roster, find(scope, roster, effects)


def _hold(scope: CampaignScope, roster_id: int) -> None:
    """Whoever records something of these people meanwhile waits, and finds afterwards that they are gone."""
    people = select(Person.id).where(Person.institution_id == scope.institution_id, Person.roster_id == roster_id)
    here = select(Registration.person_id).where(
        Registration.institution_id == scope.institution_id, Registration.campaign_id == scope.campaign_id
    )
    unsent = select(Nudge.id).where(Nudge.institution_id == scope.institution_id, Nudge.status.in_(UNSENT))
    for statement in (people.order_by(Person.id), here.order_by(Registration.person_id), unsent.order_by(Nudge.campaign_id, Nudge.id)):
        db.session.execute(statement.with_for_update()).all()


def _answer(found: Findings) -> Undone:
    closed = len(found.closing) + len(found.turning)
    restored = (
        found.values.keys()
        | {number for ids in found.leaving.values() for number in ids}
        | {child for child, _ in found.parting | found.relations.keys()}
    )
    return Undone(len(found.going), closed, len(restored), tuple(found.kept), found.mark)


def _carry_out(scope: CampaignScope, roster: Roster, found: Findings, tell: Tell) -> None:
    view, place, institution_id = campaign(scope), Place.of(scope), scope.institution_id
    concerned = len(found.going) + len(found.closing) + len(found.values)
    renamed = {number for number, values in found.values.items() if values.keys() & {"full_name", "phone", "personal_id"}}
    known = unlocking.known_as(place, unlocking.guardians_among(institution_id, found.going | found.guardians | renamed))
    splice(institution_id, found.later, found.replaced)
    for bulk_id in found.leaving:
        registrations.take_back_bulk(scope, bulk_id)
    tell(Stage.WRITTEN, concerned // 4, concerned)
    _close(scope, found)
    _part(institution_id, found)
    _turn(scope, found)
    tell(Stage.WRITTEN, concerned // 2, concerned)
    _let_go(institution_id, found.going)
    rewrite(institution_id, sorted(found.values.items()))
    tell(Stage.WRITTEN, concerned * 3 // 4, concerned)
    _set_right(scope, found, renamed)
    unlocking.part(view, place, known, roster.applied_at or roster.uploaded_at)
    unlocking.unlock_children(institution_id, found.children)
    look_again(institution_id, found.values)
    db.session.expire_all()
    tell(Stage.WRITTEN, concerned, concerned)


def _set_right(scope: CampaignScope, found: Findings, renamed: Collection[int]) -> None:
    """What follows from people's details and families is as they are now."""
    institution_id = scope.institution_id
    own_track(institution_id, [number for number, values in found.values.items() if values.keys() & {"birth_date", "birth_year"}])
    staying = unlocking.guardians_among(institution_id, found.guardians | set(renamed))
    remember_keys(institution_id, people_of(institution_id, staying))
    forget_guardians(institution_id, sorted(found.guardians | found.closing))
    _delete(Unit, institution_id, Unit.id, found.units)


def _close(scope: CampaignScope, found: Findings) -> None:
    """Registrations go, with what was taken over from elsewhere, and messages that were planned and never left."""
    here = Nudge.campaign_id == scope.campaign_id
    for some, limit in ((found.going, None), (found.closing, here)):
        unplan(scope.institution_id, some, limit)
    for some in (found.going, found.closing):
        for table in (RecordedEvent, Registration):
            _delete(table, scope.institution_id, table.person_id, some, table.campaign_id == scope.campaign_id)


def unplan(institution_id: int, person_ids: Collection[int], limit: ColumnElement[bool] | None = None) -> None:
    """A message that speaks of others as well goes to speak of them alone."""
    unsent = and_(Nudge.institution_id == institution_id, Nudge.status.in_(UNSENT), *([] if limit is None else [limit]))
    for some in _blocks(person_ids):
        theirs = select(NudgePerson.campaign_id, NudgePerson.nudge_id, func.count()).where(
            NudgePerson.institution_id == institution_id,
            NudgePerson.person_id.in_(some),
            Nudge.campaign_id == NudgePerson.campaign_id,
            Nudge.id == NudgePerson.nudge_id,
            unsent,
        )
        speaking = db.session.execute(theirs.group_by(NudgePerson.campaign_id, NudgePerson.nudge_id)).all()
        addressed = db.session.execute(select(Nudge.campaign_id, Nudge.id).where(unsent, Nudge.person_id.in_(some))).all()
        for campaign_id, nudge_id, people in speaking:
            of_nudge = and_(NudgePerson.campaign_id == campaign_id, NudgePerson.nudge_id == nudge_id)
            _run(delete(NudgePerson).where(of_nudge, NudgePerson.person_id.in_(some)))
            one = and_(Nudge.campaign_id == campaign_id, Nudge.id == nudge_id)
            db.session.execute(update(Nudge).where(one).values(people=Nudge.people - people).execution_options(synchronize_session=False))
            _run(delete(Nudge).where(one, Nudge.people <= 0))
        for campaign_id, nudge_id in addressed:
            _run(delete(NudgePerson).where(NudgePerson.campaign_id == campaign_id, NudgePerson.nudge_id == nudge_id))
            _run(delete(Nudge).where(Nudge.campaign_id == campaign_id, Nudge.id == nudge_id))


def _part(institution_id: int, found: Findings) -> None:
    for (child, guardian), before in found.relations.items():
        link = db.session.get_one(Guardianship, (institution_id, child, guardian))
        link.relation = before
    for child, guardian in found.parting:
        db.session.delete(db.session.get_one(Guardianship, (institution_id, child, guardian)))
    db.session.flush()


def _turn(scope: CampaignScope, found: Findings) -> None:
    for number, day in found.turning.items():
        registration = db.session.get_one(Registration, (scope.institution_id, scope.campaign_id, number))
        registration.part, registration.self_from = Part.GUARDIAN, as_stored("birth_date", day)
        registration.changed_at = clock.now()
    db.session.flush()


def _let_go(institution_id: int, going: Collection[int]) -> None:
    _delete(GuardianKey, institution_id, GuardianKey.person_id, going)
    _delete(Double, institution_id, Double.one_id, going)
    _delete(Double, institution_id, Double.other_id, going)
    _delete(Guardianship, institution_id, Guardianship.child_id, going)
    _delete(Guardianship, institution_id, Guardianship.guardian_id, going)
    _delete(Person, institution_id, Person.id, going)


def _delete(table: Any, institution_id: int, column: Any, ids: Collection[int], *conditions: ColumnElement[bool]) -> None:
    for some in _blocks(ids):
        _run(delete(table).where(table.institution_id == institution_id, column.in_(some), *conditions))


def _run(statement: Delete) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))


def _blocks(ids: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), BLOCK):
        yield ordered[start : start + BLOCK]
