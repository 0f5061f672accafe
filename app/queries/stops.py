"""What a link in a message leads back to: the address it went to, for whoever wants no more of them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.extensions import db
from app.models import Address, Institution, Nudge
from app.queries.contacts import ContactView, contact_of


@dataclass(frozen=True, slots=True)
class StopView:
    """`has_stopped` that the address gets no messages already; `contact` is whom the receiver can ask at the institution."""

    address: str
    institution: str | None
    contact: ContactView | None
    has_stopped: bool


def stop(nudge: str) -> StopView | None:
    """The message's ("12.345") address, None where it has none. The link's signature is all the right that it takes to ask."""
    campaign_id, _, number = nudge.partition(".")
    if not (campaign_id.isascii() and campaign_id.isdigit() and number.isascii() and number.isdigit()):
        return None
    row = db.session.execute(
        select(Nudge.address, Institution, Address.opted_out_at)
        .outerjoin(Institution, Institution.id == Nudge.institution_id)
        .outerjoin(Address, Address.address == Nudge.address)
        .where(Nudge.campaign_id == int(campaign_id), Nudge.id == int(number))
    ).one_or_none()
    if row is None:
        return None
    address, institution, opted_out_at = row
    if address is None:
        return None
    return StopView(address, institution.name if institution else None, contact_of(institution), opted_out_at is not None)
