"""A trial message to oneself: what somebody of the institution would be told today, sent to who asks and to nobody else."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ColumnElement, and_, select

from app import clock
from app.domain.ladder import Channel, Receiver
from app.domain.nudge import Status
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Nudge
from app.queries.campaigns import campaign
from app.queries.nudge_cases import first_few
from app.services import log
from app.services.nudge_pages import NudgePage, To


class TrialRefusal(StrEnum):
    NO_USER = "no-user"  # a command has no mailbox
    NOBODY = "nobody"  # nobody here has anything to do
    UNDER_WAY = "under-way"  # one waits to be sent already


def send_trial(scope: CampaignScope, receiver: Receiver) -> TrialRefusal | None:
    """Plan a message as it would go to a person or a guardian, for the e-mail address of whoever asks; it goes with the next sending."""
    user_id = scope.actor.user_id
    if user_id is None:
        return TrialRefusal.NO_USER
    view = campaign(scope)
    if not first_few(view, scope.institution_id, receiver):
        return TrialRefusal.NOBODY
    page = NudgePage(view.id)  # from here on nobody else plans anything in this campaign until this is done
    if db.session.scalar(select(Nudge.id).where(_waits(scope, user_id)).limit(1)) is not None:
        return TrialRefusal.UNDER_WAY
    today = clock.today()
    to = To(receiver, scope.institution_id, None, user_id)
    page.put(to, None, today, today, {}, Status.PLANNED, None, Channel.EMAIL, clock.now())
    page.write(made_by=scope.actor.name)
    log.note(scope.actor, "sent-trial", institution_id=scope.institution_id)
    return None


def _waits(scope: CampaignScope, user_id: int) -> ColumnElement[bool]:
    return and_(
        Nudge.campaign_id == scope.campaign_id,
        Nudge.institution_id == scope.institution_id,
        Nudge.user_id == user_id,
        Nudge.rung_id.is_(None),
        Nudge.status.in_([Status.PLANNED, Status.CLAIMED]),
    )
