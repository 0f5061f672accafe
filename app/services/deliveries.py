"""What channels report later of messages they have taken: delivered, come back, or complained about.

Only what has been sent, or may have been, is touched, and only by the channel it went by: a report that comes twice, late or about another
try changes nothing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update

from app import clock
from app.domain.ladder import Channel
from app.domain.nudge import Status, Why
from app.extensions import db
from app.models import Address, Nudge
from app.services.inserting import insert_into
from app.services.opt_outs import opt_out

# Of what is unknown, a report is the first that anybody hears: it has been sent after all.
LEFT = (Status.SENT, Status.UNKNOWN)
_OF_THE_TRY = ("claim", "channel", "address", "subject", "text", "sent_at", "provider_id")


class Noted(StrEnum):
    """What a report came to. TOO_EARLY: the sender has not yet kept that the message was taken; the report is wanted again in a while."""

    NOTED = "noted"
    NOTHING = "nothing"
    TOO_EARLY = "too-early"


def note_delivered(campaign_id: int, nudge_id: int, channel: Channel | None = None) -> Noted:
    """It has arrived. With a `channel`, only where it went by that one."""
    values = {"status": Status.DELIVERED, "why": None, "error": None, "settled_at": clock.now()}
    return _changed(campaign_id, nudge_id, channel, values)


def note_bounced(campaign_id: int, nudge_id: int, detail: str, permanent: bool = True, channel: Channel | None = None) -> Noted:
    """It will not arrive. Where that is so for every message to this address (`permanent`), the address is dead, and the message goes on by
    the next channel if there is one: the look before sending decides. Else it has failed. `detail` holds nothing personal."""
    if not permanent:
        failed = {"status": Status.FAILED, "why": Why.NOT_SENT, "error": detail[:120], "settled_at": clock.now()}
        return _changed(campaign_id, nudge_id, channel, failed)
    it = _sent(campaign_id, nudge_id, channel)
    if it is None:
        return _nothing(campaign_id, nudge_id, channel)
    _mark_dead(it.address, detail)
    tried = ",".join(sorted({*filter(None, it.tried.split(",")), it.channel}))
    anew = {"status": Status.PLANNED, "why": None, "error": detail[:120], "tried": tried, "tries": 0, "not_before": clock.now()}
    return _changed(campaign_id, nudge_id, channel, anew | dict.fromkeys(_OF_THE_TRY))


def note_complaint(campaign_id: int, nudge_id: int, channel: Channel | None = None) -> Noted:
    """Its receiver has called it unwanted: that is honoured like an opt-out."""
    it = _sent(campaign_id, nudge_id, channel, (*LEFT, Status.DELIVERED))
    if it is None or it.address is None:
        return Noted.NOTHING
    opt_out(it.address, f"complaint: {it.channel}")
    return Noted.NOTED


def _sent(
    campaign_id: int, nudge_id: int, channel: Channel | None, statuses: tuple[Status, ...] = LEFT
) -> Row[str | None, str | None, str] | None:
    """Address, channel and tried channels of a message that has left, for one reporter at a time."""
    columns = select(Nudge.address, Nudge.channel, Nudge.tried)
    return db.session.execute(columns.where(*_meant(campaign_id, nudge_id, channel, statuses)).with_for_update()).one_or_none()


def _changed(campaign_id: int, nudge_id: int, channel: Channel | None, values: dict[str, Any]) -> Noted:
    done = update(Nudge).where(*_meant(campaign_id, nudge_id, channel, LEFT)).values(values).returning(Nudge.id)
    found = db.session.scalar(done.execution_options(synchronize_session=False))
    return _nothing(campaign_id, nudge_id, channel) if found is None else Noted.NOTED


def _nothing(campaign_id: int, nudge_id: int, channel: Channel | None) -> Noted:
    """There is nothing to note, or not yet."""
    on_its_way = select(Nudge.id).where(*_meant(campaign_id, nudge_id, channel, (Status.CLAIMED,)), Nudge.channel.is_not(None))
    return Noted.NOTHING if db.session.scalar(on_its_way) is None else Noted.TOO_EARLY


def _meant(campaign_id: int, nudge_id: int, channel: Channel | None, statuses: tuple[Status, ...]) -> list[ColumnElement[bool]]:
    mine = [Nudge.campaign_id == campaign_id, Nudge.id == nudge_id, Nudge.status.in_(statuses)]
    return mine if channel is None else [*mine, Nudge.channel == channel]


def _mark_dead(address: str | None, why: str) -> None:
    if address is not None:
        row = {"address": address, "dead_at": clock.now(), "dead_why": why[:120]}
        noted = insert_into(Address).values(row)
        db.session.execute(noted.on_conflict_do_update(index_elements=["address"], set_=row, where=Address.dead_at.is_(None)))
