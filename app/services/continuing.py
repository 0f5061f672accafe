"""After the good rows of a roster went in, the waiting ones go on as a roster of their own: the same file, what is known by then.

Matching finds those who went in and leaves them as they are, so applying the second roster brings just what has become good; and each of
the two can be undone by itself.
"""

from __future__ import annotations

from sqlalchemy import func, insert, literal, select

from app.domain.runs import Tell, silently
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Roster, RosterCorrection
from app.queries.terms import KeptRoster
from app.services.bulk import collector_off
from app.services.numbers import allot
from app.services.rosters import RosterRefusal, Sent, keep
from imports.values import Reading


def refusal(scope: CampaignScope, roster_id: int) -> RosterRefusal | None:
    """Why nothing goes on from a roster, if so."""
    here = (Roster.institution_id == scope.institution_id, Roster.campaign_id == scope.campaign_id)
    first = db.session.scalar(select(Roster).where(*here, Roster.id == roster_id))
    if first is None or first.status != "applied" or first.undone_at or not first.waiting:
        return RosterRefusal.NOTHING_WAITS if first else RosterRefusal.UNKNOWN
    return RosterRefusal.FILE_GONE if first.purged_at else None


@collector_off()
def go_on(scope: CampaignScope, kept: KeptRoster, reading: Reading, tell: Tell = silently) -> int | RosterRefusal:
    """The id of the roster that lets the waiting rows in; one that is open already is that roster. `reading` is the file on its terms."""
    allot(scope.institution_id, 0)  # two who press at once get one roster
    refused = refusal(scope, kept.id)
    if refused:
        return refused
    here = (Roster.institution_id == scope.institution_id, Roster.campaign_id == scope.campaign_id)
    open_already = select(func.max(Roster.id)).where(*here, Roster.continues == kept.id, Roster.status.in_(["asking", "read"]))
    known = db.session.scalar(open_already)
    if known:
        return known
    number = keep(scope, Sent(kept.filename, kept.data), reading, kept.fingerprint, kept.terms, continues=kept.id, tell=tell)
    _take_corrections_along(scope, kept.id, number)
    return number


def _take_corrections_along(scope: CampaignScope, old: int, new: int) -> None:
    names = [column.name for column in RosterCorrection.__table__.columns]
    table = RosterCorrection.__table__
    values = [literal(new) if name == "roster_id" else table.c[name] for name in names]
    copied = select(*values).where(table.c.institution_id == scope.institution_id, table.c.roster_id == old)
    db.session.execute(insert(RosterCorrection).from_select(names, copied))
