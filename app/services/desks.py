"""Registration desks: planning one, filling its slots, noting who came, and who is on no roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import CursorResult, delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app import clock
from app.domain.names import tidy
from app.domain.scope import CampaignScope
from app.domain.slots import Hours, Slot
from app.extensions import db
from app.models import Desk, DeskPerson, DeskVisitor, Person
from app.queries import desk_days
from app.queries.campaigns import campaign
from app.queries.filters import PeopleFilter, known_to, with_people
from app.services.numbers import allot

PLACES_AT_MOST = 2000  # on one day at one place; a page shows them all
NAMED = 10
FIRST_DAY, LAST_DAY = date(2015, 1, 1), date(2099, 12, 31)
NOTE_LENGTH = 400


class DeskRefusal(StrEnum):
    """Why a desk can't be as it was asked for."""

    NO_SLOT = "no-slot"
    TOO_MANY_PLACES = "too-many-places"
    TOO_FEW_PLACES = "too-few-places"  # for those who are expected already
    ODD_DAY = "odd-day"
    HELD = "held"  # somebody came already
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class DeskDraft:
    """A desk as it is planned."""

    place: str
    on: date
    hours: Hours
    note: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """What filling came to: how many have a slot now, how many have not, and the first of these by name."""

    placed: int
    left: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is on no roster."""

    full_name: str
    birth_date: date | None = None
    phone: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class VisitorNoted:
    """`before`: the same person stood there already, and nothing was written a second time."""

    number: int
    before: bool


def create(scope: CampaignScope, draft: DeskDraft) -> int | DeskRefusal:
    """Plan a desk; answers its id. The same one planned twice (a double click) is one."""
    refused = _refusal(draft)
    if refused:
        return refused
    number = allot(scope.institution_id)  # from here on nobody else plans one here until this is done
    mine = Desk.institution_id == scope.institution_id, Desk.campaign_id == scope.campaign_id
    same = (getattr(Desk, name).is_not_distinct_from(value) for name, value in _columns(draft).items())
    known = db.session.scalar(select(Desk.id).where(*mine, *same).limit(1))
    if known is not None:
        return known
    made = {"institution_id": scope.institution_id, "id": number, "campaign_id": scope.campaign_id, "made_by": scope.actor.name}
    db.session.add(Desk(**made, **_columns(draft)))
    db.session.flush()
    return number


def edit(scope: CampaignScope, desk_id: int, draft: DeskDraft) -> int | DeskRefusal | None:
    """Change a desk; answers how many people got another slot, because theirs is gone or too full now. None: no such desk."""
    desk = _locked(scope, desk_id)
    if desk is None:
        return None
    refused = _refusal(draft)
    if refused:
        return refused
    statement = (
        select(DeskPerson.person_id, DeskPerson.slot)
        .join(Person, (Person.institution_id == DeskPerson.institution_id) & (Person.id == DeskPerson.person_id))
        .where(*_of(scope, desk_id), DeskPerson.slot.is_not(None))
        .order_by(DeskPerson.slot, Person.sort_key, Person.id)
    )
    moved = draft.hours.rearranged([(person, slot or "") for person, slot in db.session.execute(statement)])
    if moved.left:
        return DeskRefusal.TOO_FEW_PLACES
    for name, value in _columns(draft).items():
        setattr(desk, name, value)
    db.session.flush()
    for person_id, slot in moved.placed:
        db.session.execute(update(DeskPerson).where(*_of(scope, desk_id, person_id)).values(slot=slot))
    return len(moved.placed)


def cancel(scope: CampaignScope, desk_id: int) -> DeskRefusal | None:
    """Let go of a desk to which nobody has come yet, with whom it expects; None when it is done."""
    if _locked(scope, desk_id) is None:
        return DeskRefusal.GONE
    visitors = DeskVisitor.institution_id == scope.institution_id, DeskVisitor.desk_id == desk_id
    if db.session.scalar(select(exists().where(*_of(scope, desk_id), DeskPerson.came_at.is_not(None)) | exists().where(*visitors))):
        return DeskRefusal.HELD
    _changed(delete(DeskPerson).where(*_of(scope, desk_id)))
    _changed(delete(Desk).where(Desk.institution_id == scope.institution_id, Desk.id == desk_id))
    return None


def fill(scope: CampaignScope, desk_id: int, wanted: PeopleFilter) -> Filled | None:
    """Give everybody whom the filter means the earliest free places, in the order of names; who has a slot keeps it."""
    desk = _locked(scope, desk_id)
    view = desk_days.desk(scope, desk_id)
    if desk is None or view is None:
        return None
    taken: Counter[Slot] = Counter()
    for slot, people in db.session.execute(
        select(DeskPerson.slot, func.count()).where(*_of(scope, desk_id), DeskPerson.slot.is_not(None)).group_by(DeskPerson.slot)
    ):
        taken[slot or ""] = people
    meant = desk_days.candidates(scope, campaign(scope), view, wanted, view.hours.places + NAMED)
    names = dict(meant.people)
    spread = view.hours.spread(taken, list(names))
    _expect(scope, desk_id, spread.placed)
    return Filled(len(spread.placed), meant.total - len(spread.placed), tuple(names[person] for person in spread.left[:NAMED]))


def remove(scope: CampaignScope, desk_id: int, person_id: int) -> bool:
    """Expect somebody no more; who has come stays listed. False where there is nobody to remove."""
    expected = DeskPerson.slot.is_not(None), DeskPerson.came_at.is_(None)
    return _is_known(scope, person_id) and _changed(delete(DeskPerson).where(*_of(scope, desk_id, person_id), *expected))


def came(scope: CampaignScope, desk_id: int, person_id: int) -> bool | None:
    """Note that somebody came: once, however often and by how many it is said. True for the first time. None: no such desk or person."""
    if desk_days.desk(scope, desk_id) is None or not _is_known(scope, person_id):
        return None
    row = {"institution_id": scope.institution_id, "desk_id": desk_id, "person_id": person_id, "came_at": clock.now()}
    noted = _insert().values(row)
    once = noted.on_conflict_do_update(
        index_elements=["institution_id", "desk_id", "person_id"],
        set_={"came_at": noted.excluded.came_at},
        where=DeskPerson.came_at.is_(None),
    )
    return db.session.scalar(once.returning(DeskPerson.person_id)) is not None


def note_visitor(scope: CampaignScope, desk_id: int, visitor: Visitor) -> VisitorNoted | None:
    """Note somebody who is on no roster; the same person is noted once. None: no such desk."""
    if _locked(scope, desk_id) is None:
        return None
    name, mine = tidy(visitor.full_name), (DeskVisitor.institution_id == scope.institution_id, DeskVisitor.desk_id == desk_id)
    same = DeskVisitor.full_name == name, DeskVisitor.birth_date.is_not_distinct_from(visitor.birth_date)
    known = db.session.scalar(
        select(DeskVisitor.number).where(*mine, *same, DeskVisitor.phone.is_not_distinct_from(visitor.phone)).limit(1)
    )
    if known is not None:
        return VisitorNoted(known, before=True)
    number = (db.session.scalar(select(func.max(DeskVisitor.number)).where(*mine)) or 0) + 1
    db.session.add(
        DeskVisitor(
            institution_id=scope.institution_id,
            desk_id=desk_id,
            number=number,
            full_name=name,
            birth_date=visitor.birth_date,
            phone=visitor.phone,
            note=tidy(visitor.note)[:NOTE_LENGTH] or None,
            by=scope.actor.name,
            at=clock.now(),
        )
    )
    db.session.flush()
    return VisitorNoted(number, before=False)


def remove_visitor(scope: CampaignScope, desk_id: int, number: int) -> bool:
    """Keep a visitor's data no longer: somebody has seen to it. False where there is none."""
    if desk_days.desk(scope, desk_id) is None:
        return False
    mine = DeskVisitor.institution_id == scope.institution_id, DeskVisitor.desk_id == desk_id, DeskVisitor.number == number
    return _changed(delete(DeskVisitor).where(*mine))


def _refusal(draft: DeskDraft) -> DeskRefusal | None:
    if not FIRST_DAY <= draft.on <= LAST_DAY:
        return DeskRefusal.ODD_DAY
    if not draft.hours.slots:
        return DeskRefusal.NO_SLOT
    return DeskRefusal.TOO_MANY_PLACES if draft.hours.places > PLACES_AT_MOST else None


def _columns(draft: DeskDraft) -> dict[str, Any]:
    hours = {name: getattr(draft.hours, name) for name in Hours.__slots__}
    return hours | {"place": tidy(draft.place), "on": draft.on, "note": draft.note.strip() or None}


def _locked(scope: CampaignScope, desk_id: int) -> Desk | None:
    """The desk, for one writer at a time: places and numbers are given out once."""
    mine = Desk.institution_id == scope.institution_id, Desk.campaign_id == scope.campaign_id, Desk.id == desk_id
    return db.session.scalar(select(Desk).where(*mine).with_for_update(key_share=True))


def _expect(scope: CampaignScope, desk_id: int, placed: Sequence[tuple[int, Slot]]) -> None:
    """Who comes unexpected at this very moment is expected, too."""
    of_desk = {"institution_id": scope.institution_id, "desk_id": desk_id}
    rows = [of_desk | {"person_id": person_id, "slot": slot} for person_id, slot in placed]
    if rows:
        expected = _insert()
        key = ["institution_id", "desk_id", "person_id"]
        db.session.execute(expected.on_conflict_do_update(index_elements=key, set_={"slot": expected.excluded.slot}), rows)


def _insert() -> Any:
    """An INSERT of people at a desk that may say what to do with those who are there; the two engines spell it alike."""
    return (sqlite if db.session.connection().dialect.name == "sqlite" else postgresql).insert(DeskPerson)


def _is_known(scope: CampaignScope, person_id: int) -> bool:
    return db.session.scalar(with_people(select(Person.id)).where(known_to(scope), Person.id == person_id)) is not None


def _of(scope: CampaignScope, desk_id: int, person_id: int | None = None) -> tuple[Any, ...]:
    mine = (DeskPerson.institution_id == scope.institution_id, DeskPerson.desk_id == desk_id)
    return mine if person_id is None else (*mine, DeskPerson.person_id == person_id)


def _changed(statement: Any) -> bool:
    done = db.session.execute(statement, execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", done).rowcount > 0
