"""What became of a message that had departed: each outcome is kept at once, and only by who let it depart.

A certain "not sent" opens the way again: later, or by the next channel. A claim that was swept to unknown in the meantime may still be
settled by its own sender, who knows better.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, bindparam, or_, update

from app import clock
from app.domain.nudge import Status, Why, next_opening
from app.extensions import db
from app.models import Address, Nudge
from app.services import troubles
from app.services.inserting import insert_into
from app.services.opt_outs import opt_out
from app.services.sending import Departure, give_day_back

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 25, 120, 720))  # the last one reaches into the next day
_MINE = Nudge.campaign_id == bindparam("its_campaign"), Nudge.id == bindparam("its_id"), Nudge.claim == bindparam("its_claim")
_TAKEN = (
    update(Nudge)
    .where(*_MINE, or_(Nudge.status == Status.CLAIMED, Nudge.status == Status.UNKNOWN))
    .values(status=Status.SENT, why=None, error=None, sent_at=bindparam("sent_at"), provider_id=bindparam("provider_id"))
)


def sent(taken: Sequence[tuple[Departure, str | None]]) -> int:
    """Channels have taken these, each with the channel's own number for it. Answers how many that was true of."""
    now = clock.now()
    rows = [
        {"its_campaign": it.key.campaign_id, "its_id": it.key.id, "its_claim": it.key.claim, "sent_at": now, "provider_id": number}
        for it, number in taken
    ]
    return db.session.connection().execute(_TAKEN, rows).rowcount if rows else 0


def unknown(it: Departure, detail: str) -> Status | None:
    return _settle(it, Status.UNKNOWN, Why.NO_ANSWER, detail)


def failed_once(it: Departure, detail: str) -> Status | None:
    """It is tried again after a while that grows, and then given up."""
    if it.tries < len(WAITS):
        return _again(it, next_opening(it.terms, clock.local(clock.now() + WAITS[it.tries])), None, detail)
    give_day_back(it)
    return _settle(it, Status.FAILED, Why.NOT_SENT, detail)


def bad_address(it: Departure, detail: str) -> Status | None:
    """There is no such mailbox or number: nobody tries it again; the next look finds the next channel, if there is one."""
    row = {"address": it.address, "dead_at": clock.now(), "dead_why": detail[:120]}
    noted = insert_into(Address).values(row)
    db.session.execute(noted.on_conflict_do_update(index_elements=["address"], set_=row))
    return no_account(it, detail)


def no_account(it: Departure, detail: str) -> Status | None:
    """The receiver can't be reached by this channel: the next look finds the next one."""
    return _again(it, clock.now(), None, detail, tried=_tried(it), tries=0)


def refused(it: Departure, detail: str) -> Status | None:
    """The receiver has told the channel that no messages are wanted. That is honoured like an opt-out by the link."""
    opt_out(it.address, it.channel)
    give_day_back(it)
    return _settle(it, Status.LEFT_OUT, Why.REFUSED, detail, tried=_tried(it))


def closed_until(it: Departure, detail: str, until: datetime) -> Status | None:
    """The channel takes nothing now, through no fault of the message's."""
    return _again(it, next_opening(it.terms, clock.local(until)), Why.QUIET, detail, tries=it.tries)


def channel_failed(it: Departure, detail: str, until: datetime) -> Status | None:
    """The channel can't be used until then; the message goes by another one, or waits."""
    troubles.begin(it.channel, detail, until)
    return _again(it, clock.now(), Why.TROUBLE, detail, tries=it.tries)


def _again(it: Departure, not_before: datetime, why: Why | None, detail: str, **values: Any) -> Status | None:
    give_day_back(it)
    values = {"claim": None, "not_before": not_before} | values
    return _settle(it, Status.PLANNED, why, detail, **values)


def _settle(it: Departure, status: Status, why: Why | None, detail: str | None, **values: Any) -> Status | None:
    """The status it has now, None where the claim was another's by then."""
    mine = Nudge.campaign_id == it.key.campaign_id, Nudge.id == it.key.id, Nudge.claim == it.key.claim
    values = {"status": status, "why": why, "error": detail and detail[:120]} | values
    kept = update(Nudge).where(*mine, Nudge.status.in_([Status.CLAIMED, Status.UNKNOWN])).values(**values)
    done = cast("CursorResult[Any]", db.session.execute(kept.execution_options(synchronize_session=False)))
    return status if done.rowcount else None


def _tried(it: Departure) -> str:
    return ",".join(sorted(channel.value for channel in it.tried | {it.channel}))
