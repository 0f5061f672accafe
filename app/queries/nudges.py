"""The ledger of a campaign's messages at one institution: in lists, one by one, and by person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from app.domain.ladder import Channel, Receiver, Rung
from app.domain.nudge import Status, Why
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Institution, LadderRung, Nudge, NudgePerson, Person, Unit, User
from app.queries.filters import NO_UNIT, known_to, with_people
from app.queries.ladders import rung_of
from app.queries.where import of_day

PAGE = 50
NO_RUNG = 0


@dataclass(frozen=True, slots=True)
class NudgeFilter:
    """Which messages are meant; every part that is given must hold. `rung` is a rung's id, NO_RUNG for messages that count as none; `on`
    the day they are of (`app.queries.where.of_day`); `unit` a unit's id or NO_UNIT: of the receiver, or of a child whom it is about."""

    status: Status | None = None
    why: Why | None = None
    rung: int | None = None
    channel: Channel | None = None
    receiver: Receiver | None = None
    on: date | None = None
    unit: int | None = None


EVERY = NudgeFilter()


@dataclass(frozen=True, slots=True)
class About:
    """Somebody whom a message is about."""

    person_id: int
    full_name: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class NudgeView:
    """One message. `name` is the receiver's; it and `person_id` are None where nobody is known to whom a child's message could go. `about`
    are the children of a guardian's message; `people` how many registrations it speaks of; `tried` the channels that failed."""

    id: int
    rung: Rung | None
    occasion_on: date
    goes_on: date
    receiver: Receiver
    person_id: int | None
    name: str | None
    unit: str | None
    about: tuple[About, ...]
    people: int
    status: Status
    why: Why | None
    channel: Channel | None
    tried: tuple[Channel, ...]
    address: str | None
    subject: str | None
    text: str | None
    made_by: str | None
    planned_at: datetime
    not_before: datetime | None
    tries: int
    sent_at: datetime | None
    settled_at: datetime | None
    error: str | None


@dataclass(frozen=True, slots=True)
class NudgesPage:
    """`after` is the id to go on from for the next page, None on the last."""

    rows: tuple[NudgeView, ...]
    after: int | None


def nudges_page(scope: CampaignScope, wanted: NudgeFilter = EVERY, after: int | None = None, size: int = PAGE) -> NudgesPage:
    """`size` messages after the cursor, those that go last first."""
    statement = _views(scope).where(_meant(scope, wanted)).order_by(Nudge.goes_on.desc(), Nudge.id.desc()).limit(size + 1)
    last = None if after is None else db.session.scalar(select(Nudge.goes_on).where(_here(scope), Nudge.id == after))
    if last is not None:
        statement = statement.where(tuple_(Nudge.goes_on, Nudge.id) < tuple_(last, after))
    found = db.session.execute(statement).all()
    rows = _read(scope, found[:size])
    return NudgesPage(rows, rows[-1].id if len(found) > size else None)


def every_nudge(scope: CampaignScope, wanted: NudgeFilter = EVERY, block: int = 1000) -> Iterator[NudgeView]:
    """All messages that the filter means, in the order of the days, for a workbook."""
    statement = _views(scope).where(_meant(scope, wanted)).order_by(Nudge.goes_on, Nudge.id)
    for rows in db.session.execute(statement.execution_options(yield_per=block)).partitions():
        yield from _read(scope, rows)


def nudge(scope: CampaignScope, nudge_id: int) -> NudgeView | None:
    """One message of the institution's, or None."""
    found = _read(scope, db.session.execute(_views(scope).where(Nudge.id == nudge_id)).all())
    return found[0] if found else None


def of_person(scope: CampaignScope, person_id: int) -> tuple[NudgeView, ...]:
    """Every message to somebody, or to a guardian about them, the newest first."""
    told_guardian = select(NudgePerson.nudge_id).where(
        NudgePerson.institution_id == scope.institution_id,
        NudgePerson.campaign_id == scope.campaign_id,
        NudgePerson.person_id == person_id,
    )
    seen = with_people(select(Person.id)).where(known_to(scope), Person.id == person_id).correlate(None).exists()
    theirs = or_(Nudge.person_id == person_id, Nudge.id.in_(told_guardian))
    statement = _views(scope).where(theirs, seen).order_by(Nudge.goes_on.desc(), Nudge.id.desc())
    return _read(scope, db.session.execute(statement).all())


def counted(scope: CampaignScope, wanted: NudgeFilter = EVERY) -> Mapping[Status, int]:
    """How many messages the filter means, by status."""
    found = dict.fromkeys(Status, 0)
    statement = select(Nudge.status, func.count()).where(_here(scope), _meant(scope, wanted)).group_by(Nudge.status)
    return found | {Status(status): count for status, count in db.session.execute(statement)}


def rungs_of(scope: CampaignScope) -> tuple[Rung, ...]:
    """The rungs that messages of the institution can have gone by, removed ones too."""
    mine = or_(LadderRung.institution_id.is_(None), LadderRung.institution_id == scope.institution_id)
    rows = db.session.scalars(select(LadderRung).where(LadderRung.campaign_id == scope.campaign_id, mine).order_by(LadderRung.id))
    return tuple(rung_of(row) for row in rows)


def _here(scope: CampaignScope) -> ColumnElement[bool]:
    return and_(Nudge.campaign_id == scope.campaign_id, Nudge.institution_id == scope.institution_id)


def _views(scope: CampaignScope) -> Select[*tuple[Any, ...]]:
    name = case((Nudge.person_id.is_not(None), Person.full_name), (Nudge.user_id.is_not(None), User.name), else_=Institution.head_name)
    return (
        select(Nudge, name.label("name"), Unit.name.label("unit"), LadderRung)
        .select_from(Nudge)
        .join(Institution, Institution.id == Nudge.institution_id)
        .outerjoin(Person, and_(Person.institution_id == Nudge.institution_id, Person.id == Nudge.person_id))
        .outerjoin(Unit, and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id))
        .outerjoin(User, User.id == Nudge.user_id)
        .outerjoin(LadderRung, LadderRung.id == Nudge.rung_id)
        .where(_here(scope))
    )


def _meant(scope: CampaignScope, wanted: NudgeFilter) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [_here(scope)]
    pairs = ((Nudge.status, wanted.status), (Nudge.why, wanted.why), (Nudge.channel, wanted.channel), (Nudge.receiver, wanted.receiver))
    parts += [column == value for column, value in pairs if value is not None]
    if wanted.rung is not None:
        parts.append(Nudge.rung_id.is_(None) if wanted.rung == NO_RUNG else Nudge.rung_id == wanted.rung)
    if wanted.on is not None:
        parts.append(of_day(wanted.on))
    if wanted.unit is not None:
        parts.append(_of_unit(scope, wanted.unit))
    return reduce(and_, parts)


def _of_unit(scope: CampaignScope, unit_id: int) -> ColumnElement[bool]:
    """A receiver who registers belongs to the unit, or one of the children."""
    one = aliased(Person)
    in_unit = and_(one.institution_id == scope.institution_id, one.unit_id.is_(None) if unit_id == NO_UNIT else one.unit_id == unit_id)
    spoken_of = or_(Nudge.receiver == Receiver.PERSON, Nudge.why == Why.NO_GUARDIAN)
    child = exists().where(
        in_unit,
        NudgePerson.campaign_id == Nudge.campaign_id,
        NudgePerson.nudge_id == Nudge.id,
        NudgePerson.institution_id == one.institution_id,
        NudgePerson.person_id == one.id,
    )
    return or_(and_(spoken_of, exists().where(in_unit, one.id == Nudge.person_id)), child)


def _read(scope: CampaignScope, rows: Sequence[Any]) -> tuple[NudgeView, ...]:
    children = _children(scope, [row[0].id for row in rows if row[0].receiver == Receiver.GUARDIAN])
    return tuple(_view(row, children[row[0].id]) for row in rows)


def _children(scope: CampaignScope, nudge_ids: Sequence[int]) -> Mapping[int, list[About]]:
    found: dict[int, list[About]] = defaultdict(list)
    if not nudge_ids:
        return found
    statement = (
        select(NudgePerson.nudge_id, Person.id, Person.full_name, Unit.name)
        .select_from(NudgePerson)
        .join(Person, and_(Person.institution_id == NudgePerson.institution_id, Person.id == NudgePerson.person_id))
        .outerjoin(Unit, and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id))
        .where(
            NudgePerson.campaign_id == scope.campaign_id,
            NudgePerson.institution_id == scope.institution_id,
            NudgePerson.nudge_id.in_(nudge_ids),
        )
        .order_by(Person.sort_key, Person.id)
    )
    for nudge_id, person_id, full_name, unit in db.session.execute(statement):
        found[nudge_id].append(About(person_id, full_name, unit))
    return found


def _view(columns: Any, about: Sequence[About]) -> NudgeView:
    row, name, unit, rung = columns
    nobody = row.why == Why.NO_GUARDIAN and row.person_id is not None  # it stands with the child, for want of a receiver
    return NudgeView(
        id=row.id,
        rung=rung_of(rung) if rung else None,
        occasion_on=row.occasion_on,
        goes_on=row.goes_on,
        receiver=Receiver(row.receiver),
        person_id=None if nobody else row.person_id,
        name=None if nobody else name,
        unit=None if nobody else unit,
        about=(About(row.person_id, name or "", unit),) if nobody else tuple(about),
        people=row.people,
        status=Status(row.status),
        why=Why(row.why) if row.why else None,
        channel=Channel(row.channel) if row.channel else None,
        tried=tuple(Channel(word) for word in row.tried.split(",") if word),
        address=row.address,
        subject=row.subject,
        text=row.text,
        made_by=row.made_by,
        planned_at=row.planned_at,
        not_before=row.not_before,
        tries=row.tries,
        sent_at=row.sent_at,
        settled_at=row.settled_at,
        error=row.error,
    )
