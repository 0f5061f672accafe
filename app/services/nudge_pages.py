"""The rows that a planning writes: new nudges numbered by their campaign, and changes of those that were left out before."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import select, update

from app import clock
from app.domain.ladder import Channel, Receiver
from app.domain.nudge import Decision, Status, Why
from app.extensions import db
from app.models import Ladder, Nudge, NudgePerson
from app.queries.addressees import Addressee
from app.queries.due import Had
from app.services.bulk import insert_rows

_COLUMNS = (
    *("id", "institution_id", "rung_id", "occasion_on", "goes_on", "receiver", "person_id", "user_id"),
    *("people", "status", "why", "channel", "not_before", "sent_at"),
)


class To(NamedTuple):
    """The receiver of a row; `people` are the children spoken of."""

    receiver: Receiver
    institution_id: int | None
    person_id: int | None
    user_id: int | None
    people: tuple[int, ...] = ()


class NudgePage:
    """The rows that one planning writes. Numbers are the campaign's own: the ladder is held while they are given."""

    def __init__(self, campaign_id: int) -> None:
        self.campaign_id = campaign_id
        last = db.session.scalar(select(Ladder.last_number).where(Ladder.campaign_id == campaign_id).with_for_update())
        self._numbers = count((last or 0) + 1)
        self._last = last or 0
        self._rows: list[tuple[Any, ...]] = []
        self._children: list[tuple[int, int, int]] = []
        self._changes: list[tuple[int, dict[str, Any]]] = []
        self._noted: set[tuple[Any, ...]] = set()
        self.counts: Counter[Status] = Counter()

    def note(self, to: To, decision: Decision, had: Had, now: datetime) -> None:
        """What was decided for a receiver."""
        for past in decision.overtaken:
            self.put(to, past.rung_id, past.on, past.goes_on, had, Status.OVERTAKEN, Why.OVERTAKEN)
        it = decision.occasion
        if it is not None and decision.channel is None:
            self.put(to, it.rung_id, it.on, it.goes_on, had, Status.LEFT_OUT, decision.why)
        elif it is not None:
            opening = decision.not_before or now
            self.put(to, it.rung_id, it.on, it.goes_on, had, Status.PLANNED, None, decision.channel, opening)

    def put(
        self,
        to: To,
        rung_id: int | None,
        occasion_on: date,
        goes_on: date,
        had: Had,
        status: Status,
        why: Why | None,
        channel: Channel | None = None,
        not_before: datetime | None = None,
        sent_at: datetime | None = None,
    ) -> None:
        """A new row, or a change of the one that the receiver has of this occasion and was left out of before. Who is looked at twice in
        one planning is noted once."""
        noted = (*to[:4], rung_id, occasion_on)
        if noted in self._noted:
            return
        self._noted.add(noted)
        before = had.get((rung_id or 0, occasion_on))
        if before is not None:
            if (before.status, before.why) != (status, why):
                self._changes.append(
                    (before.id, {"status": status, "why": why, "channel": channel, "not_before": not_before, "sent_at": sent_at})
                )
                self.counts[status] += 1
            return
        self._last = number = next(self._numbers)
        place = (to.institution_id, rung_id, occasion_on.isoformat(), goes_on.isoformat(), to.receiver.value, to.person_id, to.user_id)
        reason, by = (why.value if why else None), (channel.value if channel else None)
        self._rows.append((number, *place, len(to.people) or 1, status.value, reason, by, not_before, sent_at))
        self._children += [(number, to.institution_id or 0, person_id) for person_id in to.people]
        self.counts[status] += 1

    def settle(self, number: int, why: Why) -> None:
        """One that was left out before is not waited for any more: somebody else is told instead."""
        self._changes.append((number, {"status": Status.OVERTAKEN, "why": why}))

    def write(self, made_by: str | None = None) -> None:
        same = {"campaign_id": self.campaign_id, "planned_at": clock.now(), "tried": "", "tries": 0, "made_by": made_by}
        if self._rows:
            insert_rows(Nudge, _COLUMNS, self._rows, same)
            insert_rows(NudgePerson, ("nudge_id", "institution_id", "person_id"), self._children, {"campaign_id": self.campaign_id})
            db.session.execute(update(Ladder).where(Ladder.campaign_id == self.campaign_id).values(last_number=self._last))
        for number, change in self._changes:
            row = update(Nudge).where(Nudge.campaign_id == self.campaign_id, Nudge.id == number, Nudge.status == Status.LEFT_OUT)
            db.session.execute(row.values(**change, made_by=made_by).execution_options(synchronize_session=False))


def to_of(addressee: Addressee) -> To:
    """A person, or a guardian with the children spoken of."""
    guards = addressee.reach.nobody or bool(addressee.people)
    receiver = Receiver.GUARDIAN if guards else Receiver.PERSON
    return To(receiver, addressee.institution_id, addressee.person_id, None, addressee.people)
