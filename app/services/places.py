"""Adding agencies and institutions, and naming their contact persons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select, update

from app.domain.access import Action
from app.domain.names import tidy
from app.domain.scope import AgencyScope, InstitutionScope
from app.extensions import db
from app.models import Agency, Campaign, Institution, Participation
from app.services import log

NAME_LENGTH = 200
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


class PlaceRefusal(StrEnum):
    CODE_TAKEN = "code-taken"
    CODE_MALFORMED = "code-malformed"
    UNKNOWN_AGENCY = "unknown-agency"
    NAME_MISSING = "name-missing"


@dataclass(frozen=True, slots=True)
class ContactGiven:
    """A contact person as typed; empty texts mean none."""

    name: str = ""
    phone: str = ""
    email: str = ""

    def columns(self) -> dict[str, str | None]:
        return {
            "contact_name": tidy(self.name) or None,
            "contact_phone": self.phone.strip() or None,
            "contact_email": self.email.strip() or None,
        }


def is_code(text: str) -> bool:
    """Codes stand in URLs and commands: letters, digits, dot, dash and underscore; "new" is the address of the form."""
    return _CODE.fullmatch(text) is not None and text != "new"


def add_root_agency(code: str, name: str) -> PlaceRefusal | None:
    """An agency without one above it. Only commands make these."""
    return _add_agency(code, name, None)


def add_agency(scope: AgencyScope, parent_code: str, code: str, name: str) -> PlaceRefusal | None:
    """An agency below one of the scope's."""
    parent = _agency(scope, parent_code)
    if parent is None or not scope.may(Action.MANAGE_TREE):
        return PlaceRefusal.UNKNOWN_AGENCY
    return _add_agency(code, name, parent)


def add_institution(
    scope: AgencyScope,
    agency_code: str,
    code: str,
    name: str,
    kind: str,
    contact: ContactGiven = ContactGiven(),
) -> PlaceRefusal | None:
    """An institution of one of the scope's agencies; campaigns that take in all of the agency's institutions take it in, too."""
    agency = _agency(scope, agency_code)
    refused = PlaceRefusal.UNKNOWN_AGENCY if agency is None else _refusal(Institution, code, name)
    if refused or agency is None:
        return refused
    institution = Institution(code=code, name=tidy(name), kind=kind, agency_id=agency.id, **contact.columns())
    db.session.add(institution)
    db.session.flush()
    for campaign_id, path in db.session.execute(
        select(Campaign.id, Agency.path).join(Agency, Agency.id == Campaign.agency_id).where(Campaign.takes_all)
    ):
        if agency.path.startswith(path):
            db.session.add(Participation(institution_id=institution.id, campaign_id=campaign_id))
    log.note(scope.actor, "added-institution", agency_id=agency.id, institution_id=institution.id)
    return None


def update_institution(
    scope: InstitutionScope, name: str, contact: ContactGiven, head: ContactGiven = ContactGiven()
) -> PlaceRefusal | None:
    """The institution's name, its contact person, and its head, who is told how far everybody is."""
    if not _is_name(name):
        return PlaceRefusal.NAME_MISSING
    db.session.execute(
        update(Institution).where(Institution.id == scope.institution_id).values(name=tidy(name), **contact.columns(), **_head(head))
    )
    return None


def _head(given: ContactGiven) -> dict[str, str | None]:
    return {name.replace("contact", "head"): value for name, value in given.columns().items()}


def update_agency(scope: AgencyScope, name: str, contact: ContactGiven) -> PlaceRefusal | None:
    """The agency's name and contact person."""
    if not _is_name(name):
        return PlaceRefusal.NAME_MISSING
    db.session.execute(update(Agency).where(Agency.id == scope.agency_id).values(name=tidy(name), **contact.columns()))
    return None


def _agency(scope: AgencyScope, code: str) -> Agency | None:
    return db.session.scalar(select(Agency).where(Agency.code == code, Agency.path.startswith(scope.path, autoescape=True)))


def _add_agency(code: str, name: str, parent: Agency | None) -> PlaceRefusal | None:
    refused = _refusal(Agency, code, name)
    if refused is None:
        db.session.add(
            Agency(code=code, name=tidy(name), parent_id=parent.id if parent else None, path=f"{parent.path if parent else '/'}{code}/")
        )
        db.session.flush()
    return refused


def _is_name(name: str) -> bool:
    return 0 < len(tidy(name)) <= NAME_LENGTH


def _refusal(table: type[Agency | Institution], code: str, name: str) -> PlaceRefusal | None:
    if not is_code(code):
        return PlaceRefusal.CODE_MALFORMED
    if not _is_name(name):
        return PlaceRefusal.NAME_MISSING
    return PlaceRefusal.CODE_TAKEN if db.session.scalar(select(table.id).where(table.code == code)) else None
