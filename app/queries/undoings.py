"""What undoing a roster keeps or has kept, by name: the names are asked for when it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import and_, func, select

from app.domain.scope import CampaignScope
from app.domain.undoing import Kept, Why
from app.extensions import db
from app.models import EffectPage, Person, Registration, Unit

KEPT, PAGE = "kept", 100


@dataclass(frozen=True, slots=True)
class KeptView:
    """`name` is None for somebody who has gone since; `is_here` that they have a page in the campaign."""

    person_id: int
    name: str | None
    unit: str | None
    is_here: bool
    why: Why
    field: str | None
    roster_id: int | None


@dataclass(frozen=True, slots=True)
class KeptPage:
    rows: tuple[KeptView, ...]
    after: int | None


def kept_page(scope: CampaignScope, roster_id: int, after: int = 0) -> KeptPage:
    """What undoing the roster has kept: the page after the one with the number `after`."""
    mine = and_(EffectPage.institution_id == scope.institution_id, EffectPage.roster_id == roster_id, EffectPage.kind == KEPT)
    page = select(EffectPage.number, EffectPage.effects).where(mine, EffectPage.number > after).order_by(EffectPage.number)
    found = db.session.execute(page.limit(1)).one_or_none()
    if found is None:
        return KeptPage((), None)
    last = db.session.scalar(select(func.max(EffectPage.number)).where(mine))
    return KeptPage(named(scope, list(map(Kept._make, orjson.loads(found.effects)))), found.number if found.number != last else None)


def named(scope: CampaignScope, kept: Sequence[Kept]) -> tuple[KeptView, ...]:
    """Some things that stay, with the names and units of the people."""
    statement = (
        select(Person.id, Person.full_name, Unit.name, Registration.person_id)
        .outerjoin(Unit, and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id))
        .outerjoin(
            Registration,
            and_(
                Registration.institution_id == Person.institution_id,
                Registration.campaign_id == scope.campaign_id,
                Registration.person_id == Person.id,
            ),
        )
        .where(Person.institution_id == scope.institution_id, Person.id.in_({one.person_id for one in kept}))
    )
    known = {number: (name, unit, here is not None) for number, name, unit, here in db.session.execute(statement)}
    return tuple(_view(one, *known.get(one.person_id, (None, None, False))) for one in kept)


def _view(kept: Kept, name: str | None, unit: str | None, is_here: bool) -> KeptView:
    return KeptView(kept.person_id, name, unit, is_here, Why(kept.why), kept.field, kept.roster_id)
