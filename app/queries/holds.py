"""What keeps messages from people: pauses, and addresses that are dead or whose owners want none."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import and_, or_, select

from app.domain.nudge import AddressState, Why
from app.extensions import db
from app.models import Address, Pause
from app.queries.campaigns import CampaignView

FEW = 1000  # of more addresses all that is known is read at once


class Holds:
    """What keeps messages from people: pauses, and addresses that are dead or whose owners want none."""

    def __init__(self, view: CampaignView) -> None:
        found = db.session.execute(
            select(Pause.institution_id, Pause.unit_id, Pause.person_id).where(
                or_(Pause.campaign_id == view.id, Pause.campaign_id.is_(None))
            )
        ).all()
        self._people = {(row.institution_id, row.person_id) for row in found if row.person_id is not None}
        self._units = {(row.institution_id, row.unit_id) for row in found if row.person_id is None}
        self._bad: dict[str, AddressState] = {}

    def learn(self, only: Collection[str] | None = None) -> Holds:
        """What is known of these addresses, or of all."""
        bad = or_(Address.opted_out_at.is_not(None), Address.dead_at.is_not(None))
        here = bad if only is None or len(only) > FEW else and_(bad, Address.address.in_(only))
        for address, opted_out_at in db.session.execute(select(Address.address, Address.opted_out_at).where(here)):
            self._bad[address] = AddressState.OPTED_OUT if opted_out_at else AddressState.DEAD
        return self

    def state(self, address: str | None) -> AddressState:
        return self._bad.get(address, AddressState.GOOD) if address else AddressState.NONE

    def is_paused(self, institution_id: int, person_id: int, unit_id: int | None) -> bool:
        """Nothing is to be said about this person."""
        return (institution_id, person_id) in self._people or (institution_id, unit_id) in self._units

    def paused(self, institution_id: int, people: Iterable[int], units: Iterable[int | None]) -> Why | None:
        """Why a receiver is told nothing: somebody concerned is paused, or all their units are."""
        if not self._people and not self._units:
            return None
        if any((institution_id, person_id) in self._people for person_id in people):
            return Why.PAUSED_PERSON
        if (institution_id, None) in self._units:
            return Why.PAUSED_UNIT
        theirs = set(units)
        return Why.PAUSED_UNIT if theirs and all((institution_id, unit) in self._units for unit in theirs) else None
