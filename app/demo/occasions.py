"""The demo's occasions: a batch on its way at each school, a desk next week, difficulties that somebody has noted."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from app import clock
from app.domain.difficulties import Kind
from app.domain.registration import State
from app.domain.scope import Actor, CampaignScope, InstitutionScope
from app.domain.slots import Hours
from app.domain.standing import Standing
from app.extensions import db
from app.models import Institution, Membership, Registration, User
from app.queries import operators
from app.queries.filters import PeopleFilter
from app.services import batches, desks, difficulties
from app.workdays import is_workday

NOTED = (
    (Kind.PERSONAL_DATA, "Họ tên trên thẻ BHYT thiếu dấu, cổng không nhận."),
    (Kind.TECHNICAL, "Không nhận được tin nhắn OTP sau ba lần thử."),
    (Kind.BENEFITS, "Hỏi về thời gian đóng BHXH hiển thị trên ứng dụng còn thiếu."),
)


def fill(institution_code: str, campaign_code: str) -> None:
    """What goes on at one institution."""
    scope = operators.in_campaign(institution_code, campaign_code)
    _batch(scope)
    _desk(scope)
    coordinator = _coordinator(scope)
    for place, (kind, text) in enumerate(NOTED):
        if coordinator is not None:
            difficulties.open_difficulty(coordinator, difficulties.DifficultyDraft(kind, text, _somebody(scope, place)))


def _batch(scope: CampaignScope) -> None:
    """Half of the forms that are here are on their way since yesterday."""
    here = list(
        db.session.scalars(
            select(Registration.person_id)
            .where(
                Registration.institution_id == scope.institution_id,
                Registration.campaign_id == scope.campaign_id,
                Registration.state == State.FORM_RECEIVED,
            )
            .order_by(Registration.person_id)
        )
    )
    draft = batches.BatchDraft(clock.today(), "Người phụ trách (minh họa)", "Cán bộ tiếp nhận (minh họa)")
    batches.create(scope, here[: len(here) // 2], draft)


def _desk(scope: CampaignScope) -> None:
    """On the first working day that is at least two days away, for those who have not started."""
    day: date = next(d for d in (clock.today() + timedelta(days=n) for n in range(2, 30)) if is_workday(d))
    made = desks.create(scope, desks.DeskDraft("Hội trường tầng 1", day, Hours("08:00", "11:00", 15, 6)))
    if isinstance(made, int):
        desks.fill(scope, made, PeopleFilter(standings=frozenset({Standing.TO_START})))


def _coordinator(scope: CampaignScope) -> CampaignScope | None:
    """The scope of somebody who signs in there."""
    found = db.session.execute(
        select(User.id, User.name, Membership.role)
        .join(Membership, Membership.user_id == User.id)
        .join(Institution, Institution.id == Membership.institution_id)
        .where(Institution.id == scope.institution_id)
        .order_by(User.id)
        .limit(1)
    ).one_or_none()
    if found is None:
        return None
    return CampaignScope(InstitutionScope(Actor(found.id, found.name), found.role, scope.institution_id), scope.campaign_id)


def _somebody(scope: CampaignScope, place: int) -> int | None:
    return db.session.scalar(
        select(Registration.person_id)
        .where(Registration.institution_id == scope.institution_id, Registration.campaign_id == scope.campaign_id)
        .order_by(Registration.person_id)
        .offset(place * 7)
        .limit(1)
    )
