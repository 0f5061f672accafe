"""Whom a class's printed slips are for: who is left there, in the order in which the class is listed, with what each still needs."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, select

from app import clock
from app.domain.ladder import Receiver
from app.domain.registration import State
from app.domain.scope import CampaignScope
from app.domain.standing import Standing
from app.domain.track import Track
from app.extensions import db
from app.models import Person, Registration, Unit
from app.queries.campaigns import CampaignView
from app.queries.filters import NO_UNIT, PeopleFilter, meant, standing_column, with_people, within
from app.queries.nudge_cases import child_now
from app.queries.progress import UnitProgress
from app.texts.sentences import asks_something
from app.texts.speech import Call, Digest, Matter


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One person who has something to do; `unit_id` is NO_UNIT where there is none."""

    person_id: int
    unit_id: int
    matter: Matter


def slip_rows(scope: CampaignScope, campaign: CampaignView, unit_id: int | None) -> list[SlipRow]:
    """Of one unit (NO_UNIT: of none), or of all. Who only waits for the office or the institution gets no slip."""
    statement = (
        with_people(
            select(
                Person.id,
                Person.unit_id,
                Person.full_name,
                Unit.name.label("unit"),
                child_now(campaign).label("is_child"),
                Registration.state,
                standing_column(campaign).label("standing"),
                Registration.paper_due_on,
                Registration.submitted_on,
                Registration.reason,
            )
        )
        .outerjoin(Unit, and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id))
        .where(within(scope), meant(campaign, PeopleFilter(unit=unit_id, left=True)))
        .order_by(Unit.sort_key.is_(None), Unit.sort_key, Person.sort_key, Person.id)
    )
    found = [
        SlipRow(
            row.id,
            row.unit_id or NO_UNIT,
            Matter(
                full_name=row.full_name,
                unit=row.unit,
                is_own=not row.is_child,
                track=Track.GUARDIAN if row.is_child else Track.SELF,
                state=State(row.state),
                standing=Standing(row.standing),
                guardian_has_account=row.standing != Standing.BLOCKED_GUARDIAN,
                paper_due_on=row.paper_due_on,
                waits_since=row.submitted_on,
                reason=row.reason,
            ),
        )
        for row in db.session.execute(statement)
    ]
    return [row for row in found if asks_something(row.matter)]


def group_digest(campaign: CampaignView, call: Call, unit: UnitProgress) -> Digest:
    """A unit's numbers for the text that is pasted into its group."""
    return Digest(
        receiver=Receiver.UNIT_LEAD,
        name="",
        today=clock.today(),
        call=call,
        place=unit.name or call.institution,
        in_scope=unit.progress.in_scope,
        done=unit.progress.done,
        counts=unit.progress.by_standing,
        unreachable=0,
        url="",
        workdays_left=campaign.workdays_left,
    )
