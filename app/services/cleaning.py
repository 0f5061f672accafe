"""Letting go of what is no longer needed: images of papers, links that have run out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, case, delete, func, or_, select, tuple_

from app import clock
from app.domain.registration import State
from app.extensions import db
from app.models import Campaign, Image, Invitation, Registration

LINK_DAYS = 30


def purge_images(today: date) -> int:
    """Remove images of papers: of people outside the target at once, of people with an account after the campaign's days, and so many days
    after the campaign's last those of everybody else, unless they came later. How their papers stand remains. Answers how many."""
    found = db.session.execute(select(Campaign.id, Campaign.image_days, Campaign.deadline_on)).all()
    if not found:
        return 0
    latest = {number: today - timedelta(days=days) for number, days, _ in found}
    over = {number for number, _, deadline in found if deadline <= latest[number]}
    gone = sum(_purge_old(number, days) for number, days, _ in found if number in over)
    theirs = and_(
        Registration.institution_id == Image.institution_id,
        Registration.campaign_id == Image.campaign_id,
        Registration.person_id == Image.person_id,
    )
    whose = (Image.institution_id, Image.campaign_id, Image.person_id)
    due = select(*whose).join(Registration, theirs).where(_needs_no_images(case(latest, value=Image.campaign_id))).distinct()
    return gone + _deleted(delete(Image).where(tuple_(*whose).in_(due)))


def _purge_old(campaign_id: int, days: int) -> int:
    """Of a campaign that is over, the images that came so many days ago or earlier."""
    return _deleted(delete(Image).where(Image.campaign_id == campaign_id, Image.uploaded_at <= clock.now() - timedelta(days=days)))


def _deleted(statement: Any) -> int:
    gone = db.session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", gone).rowcount


def _needs_no_images(latest: ColumnElement[date]) -> ColumnElement[bool]:
    """`latest` is the last day of a grant whose images are due. Who has stopped may soon declare again with the same papers: there the day
    of stopping counts."""
    since = func.coalesce(Registration.granted_on, Registration.signed_in_on, Registration.password_changed_on)
    ended = case((Registration.state == State.STOPPED, Registration.moved_on), else_=since)
    has_account = Registration.state.in_([State.GRANTED, State.IN_USE, State.STOPPED])
    return or_(Registration.state == State.EXCLUDED, and_(has_account, ended <= latest))


def purge_invitations() -> int:
    """Remove links that ran out or were used long ago. Answers how many."""
    gone = db.session.execute(delete(Invitation).where(Invitation.expires_at < clock.now() - timedelta(days=LINK_DAYS)))
    return cast("CursorResult[Any]", gone).rowcount
