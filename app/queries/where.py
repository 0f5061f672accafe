"""The part of a campaign that is looked at: all of it, an office's institutions, one institution, or some units of that; and the messages
of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from app import clock
from app.domain.nudge import Status
from app.domain.scope import AgencyScope
from app.extensions import db
from app.models import Agency, Institution, Nudge, Person, Registration
from app.queries.campaigns import CampaignView


@dataclass(frozen=True, slots=True)
class Where:
    """`agency_path` is an office's place in the tree: its institutions are meant, and nobody who answers for more than these."""

    institution_id: int | None = None
    unit_ids: frozenset[int] | None = None
    agency_path: str | None = None

    def of_registrations(self) -> ColumnElement[bool]:
        """Over registrations joined with people."""
        units = Person.unit_id.in_(sorted(self.unit_ids)) if self.unit_ids is not None else true()
        return and_(self._here(Registration.institution_id), units)

    def of_nudges(self) -> ColumnElement[bool]:
        """Over nudges. With units, those to the people of these alone."""
        if self.unit_ids is None:
            return self._here(Nudge.institution_id)
        mine = and_(Person.institution_id == Nudge.institution_id, Person.id == Nudge.person_id)
        theirs = select(Person.id).where(mine, Person.unit_id.in_(sorted(self.unit_ids))).exists()
        return and_(self._here(Nudge.institution_id), theirs)

    def institutions(self) -> list[int] | None:
        """Their ids; None for all of the campaign."""
        if self.institution_id is not None:
            return [self.institution_id]
        return None if self.agency_path is None else list(db.session.scalars(_below(self.agency_path)))

    def _here(self, institution_id: Any) -> ColumnElement[bool]:
        found: ColumnElement[bool] = true()
        if self.institution_id is not None:
            found = institution_id == self.institution_id
        elif self.agency_path is not None:
            found = institution_id.in_(_below(self.agency_path))
        return found


EVERYWHERE = Where()


def of_agency(scope: AgencyScope, view: CampaignView) -> Where:
    """What an office sees of a campaign: all of one that was made there or below, else its own institutions' part."""
    return EVERYWHERE if view.agency_path.startswith(scope.path) else Where(agency_path=scope.path)


def of_day(on: date) -> ColumnElement[bool]:
    """Messages of a day: those that left on it, those that wait for it, and of all others those whose rung came on it."""
    first = datetime.combine(on, time(0), clock.LOCAL)
    last = first + timedelta(days=1)
    has_left, waits = Nudge.sent_at.is_not(None), Nudge.status.in_([Status.PLANNED, Status.CLAIMED])
    return or_(
        and_(has_left, Nudge.sent_at >= first, Nudge.sent_at < last),
        and_(~has_left, waits, Nudge.not_before >= first, Nudge.not_before < last),
        and_(~has_left, ~waits, Nudge.goes_on == on),
    )


def _below(path: str) -> Select[int]:
    own = Agency.path.startswith(path, autoescape=True)
    return select(Institution.id).join(Agency, Agency.id == Institution.agency_id).where(own)
