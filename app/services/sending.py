"""The transactions of sending: a message is claimed, then departs or is put back, and stale claims are swept. Nothing is sent in here.

A claim alone has surely sent nothing, because who sends first lets the message depart: that is the mark after which nobody can tell without
the channel's answer. Each step holds only while the claim is still the caller's, so a process that slept through all this does no harm.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, bindparam, delete, literal_column, or_, select, update

from app import clock
from app.domain.ladder import Channel
from app.domain.nudge import Status, Terms, Why, tomorrow_at
from app.extensions import db
from app.models import Ladder, MessageDay, Nudge
from app.queries.second_look import Claimed, claimed_of
from app.services import troubles
from app.services.inserting import insert_into

BATCH = 50
CLAIM_LASTS = timedelta(minutes=15)
TRIAL_LASTS = timedelta(hours=1)
DAYS_KEPT = timedelta(days=60)

# A claimed message has a channel from its departure on: whoever claims takes away what was planned, and depart() sets what it goes by.
HAS_DEPARTED = Nudge.channel.is_not(None)
_THIS = Nudge.campaign_id == bindparam("its_campaign"), Nudge.id == bindparam("its_id")
_CLAIMING = (
    update(Nudge)
    .where(*_THIS, Nudge.status == Status.PLANNED)
    .values(status=Status.CLAIMED, claim=bindparam("its_claim"), claimed_at=bindparam("claimed_at"), why=None, channel=None)
)
_LEAVES_WITH = ("channel", "address", "subject", "text")
_DEPARTING = (
    update(Nudge).where(*_THIS, Nudge.claim == bindparam("its_claim")).values({name: bindparam(name) for name in (*_LEAVES_WITH, "tries")})
)
_PUTTING_BACK = update(Nudge).where(*_THIS, Nudge.claim == bindparam("its_claim")).values(status=Status.PLANNED, claim=None)
_LOSING_SIGHT = update(Nudge).where(*_THIS, Nudge.claim == bindparam("its_claim")).values(status=Status.UNKNOWN, why=Why.NO_ANSWER)


@dataclass(frozen=True, slots=True)
class Key:
    """A message that somebody has claimed, and the mark of the claim."""

    campaign_id: int
    id: int
    claim: str


@dataclass(frozen=True, slots=True)
class Held:
    """A claimed message, as a second look needs it."""

    key: Key
    nudge: Claimed


@dataclass(frozen=True, slots=True)
class Departure:
    """A message as it is to leave, by the campaign's `terms`. `tries` and `tried` are those before; `is_capped` that it takes the address's
    message of the day `on`."""

    key: Key
    channel: Channel
    address: str
    subject: str
    text: str
    is_capped: bool
    tries: int
    tried: frozenset[Channel]
    on: date
    terms: Terms

    def tomorrow(self) -> datetime:
        return tomorrow_at(self.terms, clock.local(clock.now()))


def claim(count: int = BATCH) -> list[Held]:
    """The next messages that may go, marked as the caller's. What another has in hand is passed over."""
    mark, now = secrets.token_hex(16), clock.now()
    paused = select(Ladder.campaign_id).where(Ladder.paused_at.is_not(None))
    found = db.session.scalars(
        select(Nudge)
        .where(_is(Status.PLANNED), Nudge.not_before <= now, Nudge.campaign_id.not_in(paused))
        .order_by(Nudge.not_before, Nudge.campaign_id, Nudge.id)
        .limit(count)
        .with_for_update(skip_locked=True)
    ).all()
    held = [Held(Key(nudge.campaign_id, nudge.id, mark), claimed_of(nudge)) for nudge in found]
    if held:
        _run(_CLAIMING, [_its(it.key) | {"claimed_at": now} for it in held])
    return held


def depart(leaving: Sequence[Departure], on_trial: frozenset[Channel]) -> list[Why | None]:
    """Let messages leave: None for each that may be sent now, once; else why not, and it has been put back. NO_ANSWER: the claim was lost.

    Of a channel `on_trial`, which was in trouble, only one message tries whether that is over.
    """
    here = _held(leaving)
    gone = [it for it in leaving if it in here]
    _run(_DEPARTING, [_its(it.key) | {name: getattr(it, name) for name in _LEAVES_WITH} | {"tries": it.tries + 1} for it in gone])
    second = _second_today([it for it in gone if it.is_capped])
    return [_stopped(it, it in second, on_trial) if it in here else Why.NO_ANSWER for it in leaving]


def _stopped(it: Departure, is_second: bool, on_trial: frozenset[Channel]) -> Why | None:
    if is_second:
        put_back(it.key, it.tomorrow(), Why.ONE_A_DAY, tries=it.tries)
        return Why.ONE_A_DAY
    until = clock.now() + TRIAL_LASTS
    if it.channel in on_trial and not troubles.take_trial(it.channel, until):
        give_day_back(it)
        put_back(it.key, until, Why.TROUBLE, tries=it.tries)
        return Why.TROUBLE
    return None


def _held(leaving: Sequence[Departure]) -> set[Departure]:
    """Those whose claim still is the caller's, and stays so until the unit of work ends."""
    if not leaving:
        return set()
    these = [
        and_(Nudge.campaign_id == campaign_id, Nudge.id.in_([it.key.id for it in leaving if it.key.campaign_id == campaign_id]))
        for campaign_id in {it.key.campaign_id for it in leaving}
    ]
    found = select(Nudge.campaign_id, Nudge.id, Nudge.claim).where(or_(*these), Nudge.status == Status.CLAIMED, ~HAS_DEPARTED)
    keys = {Key(campaign_id, number, claim or "") for campaign_id, number, claim in db.session.execute(found.with_for_update())}
    return {it for it in leaving if it.key in keys}


def _second_today(capped: Sequence[Departure]) -> set[Departure]:
    """Those whose address has its message of the day already. The table's key keeps a second one away, whoever sends it at the same moment;
    in the order of addresses, so that two senders don't wait for each other."""
    if not capped:
        return set()
    rows = [{"address": it.address, "on_date": it.on, "campaign_id": it.key.campaign_id, "nudge_id": it.key.id} for it in capped]
    noted = insert_into(MessageDay).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    if _run(noted, sorted(rows, key=itemgetter("address"))) == len(rows):
        return set()
    found = db.session.scalars(select(MessageDay).where(MessageDay.address.in_([it.address for it in capped]))).all()
    whose = {(row.address, row.on): (row.campaign_id, row.nudge_id) for row in found}
    return {it for it in capped if whose.get((it.address, it.on)) != (it.key.campaign_id, it.key.id)}


def put_back(key: Key, not_before: datetime, why: Why | None, **values: Any) -> bool:
    """The message waits for a later time. False where the claim was lost."""
    values = {"status": Status.PLANNED, "claim": None, "not_before": not_before, "why": why} | values
    return _changed(update(Nudge).where(*_claimed(key)).values(**values))


def leave_out(key: Key, why: Why) -> Status | None:
    """The message doesn't go. None where the claim was lost."""
    status = Status.OVERTAKEN if why is Why.OVERTAKEN else Status.LEFT_OUT
    return status if _changed(update(Nudge).where(*_claimed(key)).values(status=status, why=why, claim=None)) else None


def release(keys: Sequence[Key]) -> int:
    """What was claimed and has not departed goes back as it was, because its sender stops."""
    back = {"status": Status.PLANNED, "claim": None}
    return sum(_count(update(Nudge).where(*_claimed(key), ~HAS_DEPARTED).values(**back)) for key in keys)


@dataclass(frozen=True, slots=True)
class Swept:
    put_back: int
    unknown: int


def sweep() -> Swept:
    """Claims whose sender has long been silent: what had not departed goes after all, of the rest nobody knows what became. A row that
    somebody has just in hand is passed over: its sender is not silent, and two that wait for each other's rows would stop both."""
    stale = (
        select(Nudge.campaign_id, Nudge.id, Nudge.claim, HAS_DEPARTED)
        .where(_is(Status.CLAIMED), Nudge.claimed_at < clock.now() - CLAIM_LASTS)
        .with_for_update(skip_locked=True)
    )
    found = [(_its(Key(campaign_id, number, claim or "")), departed) for campaign_id, number, claim, departed in db.session.execute(stale)]
    put_back = [its for its, departed in found if not departed]
    unknown = [its for its, departed in found if departed]
    return Swept(_run(_PUTTING_BACK, put_back), _run(_LOSING_SIGHT, unknown))


def forget_days() -> int:
    """Lets go of which address had its message on days long past."""
    return _count(delete(MessageDay).where(MessageDay.on < clock.today() - DAYS_KEPT))


def give_day_back(it: Departure) -> None:
    """What was surely not sent has not used the address's message of the day."""
    if it.is_capped:
        mine = MessageDay.campaign_id == it.key.campaign_id, MessageDay.nudge_id == it.key.id
        _count(delete(MessageDay).where(MessageDay.address == it.address, MessageDay.on == it.on, *mine))


def _is(status: Status) -> ColumnElement[bool]:
    """Written out, so that the database sees that a partial index answers."""
    return Nudge.status == literal_column(f"'{status.value}'")


def _claimed(key: Key) -> tuple[ColumnElement[bool], ...]:
    return Nudge.campaign_id == key.campaign_id, Nudge.id == key.id, Nudge.claim == key.claim, Nudge.status == Status.CLAIMED


def _changed(statement: Any) -> bool:
    return _count(statement) == 1


def _count(statement: Any) -> int:
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", done).rowcount


def _its(key: Key) -> dict[str, Any]:
    return {"its_campaign": key.campaign_id, "its_id": key.id, "its_claim": key.claim}


def _run(statement: Any, rows: list[dict[str, Any]]) -> int:
    """One statement for many rows; answers how many it has changed."""
    return db.session.connection().execute(statement, rows).rowcount if rows else 0
