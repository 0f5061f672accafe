"""Ids within an institution: units, people and rosters are numbered by the institution that owns them."""

from __future__ import annotations

from sqlalchemy import update

from app.extensions import db
from app.models import Institution


def allot(institution_id: int, count: int = 1) -> int:
    """The first of `count` new ids in a row. The institution's row stays locked until the unit of work ends."""
    last = db.session.execute(
        update(Institution)
        .where(Institution.id == institution_id)
        .values(last_number=Institution.last_number + count)
        .returning(Institution.last_number)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    return last - count + 1


def people_changed(institution_id: int) -> None:
    """Note that the institution's people are no longer what a review made before has seen."""
    db.session.execute(
        update(Institution)
        .where(Institution.id == institution_id)
        .values(people_mark=Institution.people_mark + 1)
        .execution_options(synchronize_session=False)
    )
