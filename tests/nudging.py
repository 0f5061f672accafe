"""Making and reading reminders in tests: people of one campaign whose week before the deadline has come, and what became of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update

from app import clock, transaction
from app.adapters.channels import Carrier
from app.domain.ladder import Channel
from app.domain.nudge import Status
from app.domain.registration import Event
from app.extensions import db
from app.jobs import sending
from app.models import LadderRung, Nudge
from app.queries import campaigns, operators
from app.services import planning
from tests import builders
from tests.cast import CAMPAIGN, SCHOOL

D_7 = date(2026, 12, 23)
NINE = builders.at(D_7)
ALL_WAYS = frozenset({Channel.EMAIL, Channel.ZALO, Channel.SMS})


def keep_one_rung() -> None:
    """Of every ladder only the week before the deadline, for the people themselves."""
    with transaction.writing():
        others = or_(LadderRung.anchor != "deadline", LadderRung.distance != -7, LadderRung.receivers == "head")
        db.session.execute(update(LadderRung).where(others).values(removed_at=NINE))


def make_people(count: int, school: str = SCHOOL, campaign: str = CAMPAIGN, **known: Any) -> list[int]:
    """People with an e-mail address each, and whatever else is `known`."""
    return [
        builders.make_person(school, campaign, f"Trần Văn {number}", **({"email": f"an{number}@{school}.example"} | known))
        for number in range(1, count + 1)
    ]


def plan(school: str = SCHOOL, campaign: str = CAMPAIGN, ways: frozenset[Channel] = ALL_WAYS) -> planning.Planned:
    with transaction.writing():
        return planning.plan(campaigns.campaign(operators.in_campaign(school, campaign)), ways)


def send(*carriers: Carrier, **how: Any) -> Counter[Status]:
    return sending.send({carrier.channel: carrier for carrier in carriers}, **how)


def after(**time: float) -> datetime:
    """So long after nine in the morning of the day."""
    return NINE + timedelta(**time)


def finish(person_id: int, on: date = D_7, school: str = SCHOOL, campaign: str = CAMPAIGN) -> None:
    """The person has an account now."""
    builders.record(school, campaign, person_id, Event.DECLARED, on)
    builders.record(school, campaign, person_id, Event.GRANTED, on)


def nudge_of(person_id: int) -> Nudge:
    """The person's one reminder as it stands."""
    with transaction.reading():
        found = db.session.scalars(select(Nudge).where(Nudge.person_id == person_id)).one()
        db.session.expunge(found)
    return found


def set_nudge(person_id: int, **values: Any) -> None:
    with transaction.writing():
        db.session.execute(update(Nudge).where(Nudge.person_id == person_id).values(**values))


def statuses() -> Mapping[str, int]:
    with transaction.reading():
        return Counter(db.session.scalars(select(Nudge.status)))


def at(instant: datetime) -> Any:
    return clock.set_to(instant)
