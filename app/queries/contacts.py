"""Contact persons as they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ContactView:
    name: str | None
    phone: str | None
    email: str | None


class HasContact(Protocol):
    """A row with the three contact columns (`app.models.places.Contact`)."""

    contact_name: str | None
    contact_phone: str | None
    contact_email: str | None


def contact_of(*rows: HasContact | None) -> ContactView | None:
    """The contact of the first row that has one; an office may give a telephone without a name."""
    for row in rows:
        if row is not None and (row.contact_name or row.contact_phone or row.contact_email):
            return ContactView(row.contact_name, row.contact_phone, row.contact_email)
    return None
