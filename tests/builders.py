"""Making what a test needs, through the services that users' doings go through. Each opens its own unit of work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from app import clock, transaction
from app.collation import unit_key
from app.domain.access import Role
from app.domain.names import fold
from app.domain.registration import Event
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Agency, Institution, Membership, MembershipUnit, Unit
from app.queries import operators
from app.services import campaigns, people, places, registrations, roster_steps, rosters, users
from app.services.campaigns import CampaignDraft
from app.services.numbers import allot
from app.services.people import PersonDetails

PASSWORD = "mat khau dai 7"
DEADLINE = date(2026, 12, 30)
DAY = date(2026, 11, 2)  # when campaigns of the tests begin


def make_agency(code: str, name: str | None = None, parent: str | None = None) -> str:
    with transaction.writing():
        name = name or f"BHXH {code}"
        refused = places.add_agency(operators.agency(parent), parent, code, name) if parent else places.add_root_agency(code, name)
    assert refused is None, refused
    return code


def make_institution(code: str, agency: str, name: str | None = None, kind: str = "school") -> str:
    with transaction.writing():
        refused = places.add_institution(operators.everything(), agency, code, name or f"Trường {code}", kind)
    assert refused is None, refused
    return code


def make_campaign(code: str, agency: str, *, takes_all: bool = True, **terms: Any) -> str:
    """A campaign of the agency; `terms` are those of `CampaignDraft`."""
    terms = {"deadline_on": DEADLINE, "deadline_included": False, "starts_on": DAY} | terms
    with transaction.writing():
        refused = campaigns.create(operators.everything(), agency, code, CampaignDraft(**terms), takes_all=takes_all)
    assert refused is None, refused
    return code


def make_unit(institution: str, name: str) -> int:
    """The unit's id; one that exists already is found."""
    with transaction.writing():
        institution_id = operators.institution(institution).institution_id
        known = db.session.scalar(select(Unit.id).where(Unit.institution_id == institution_id, Unit.name_key == fold(name)))
        if known is not None:
            return known
        number = allot(institution_id)
        db.session.add(Unit(institution_id=institution_id, id=number, name=name, name_key=fold(name), sort_key=unit_key(name)))
        return number


def make_person(institution: str, campaign: str, full_name: str, unit: str | None = None, **known: Any) -> int:
    """Somebody registered in the campaign; `known` are further fields of `PersonDetails`."""
    unit_id = make_unit(institution, unit) if unit else None
    nothing: dict[str, Any] = dict.fromkeys(PersonDetails.__slots__)
    details = PersonDetails(**(nothing | known | {"full_name": full_name, "unit_id": unit_id}))
    with transaction.writing():
        number = people.create_person(operators.in_campaign(institution, campaign), details)
    assert isinstance(number, int), number
    return number


def record(institution: str, campaign: str, person_id: int, event: Event, on: date, reason: str | None = None) -> registrations.Recorded:
    with transaction.writing():
        answer = registrations.record(operators.in_campaign(institution, campaign), person_id, event, on, reason=reason)
    assert isinstance(answer, registrations.Recorded), answer
    return answer


def take_in(institution: str, campaign: str, filename: str, data: bytes) -> int:
    """A roster received and applied; answers its id."""
    with transaction.writing():
        scope = operators.in_campaign(institution, campaign)
        roster_id = rosters.receive(scope, filename, data)
        roster_steps.confirm(scope, roster_id)
        answer = rosters.apply(scope, roster_id)
    assert isinstance(answer, rosters.Applied), answer
    return roster_id


def make_login(email: str, name: str, role: Role, place: str | None = None, units: Iterable[str] = ()) -> str:
    """Somebody who signs in with PASSWORD; answers the address."""
    unit_ids = [make_unit(place, unit) for unit in units] if place else []
    with transaction.writing():
        key = users.new_login(email, name, PASSWORD)
        agency = db.session.scalar(select(Agency.id).where(Agency.code == place)) if role is Role.OFFICER else None
        institution = (
            db.session.scalar(select(Institution.id).where(Institution.code == place)) if role not in {Role.ADMIN, Role.OFFICER} else None
        )
        membership = Membership(user_id=key.id, role=role, agency_id=agency, institution_id=institution)
        db.session.add(membership)
        db.session.flush()
        for unit_id in unit_ids:
            db.session.add(MembershipUnit(membership_id=membership.id, institution_id=institution, unit_id=unit_id))
    return email


def bring_doubles(institution: str, campaign: str, pairs: int) -> None:
    """So many pairs of likely doubles, of the classes 6D1 and 6D2, in the order of their names."""
    names = [
        f"{family} {given}" for family in ("Bùi", "Cao", "Đặng") for given in ("An", "Bình", "Chi", "Dung", "Giang", "Hà", "Lan", "Mai")
    ]
    assert pairs <= len(names)
    for unit in ("6D1", "6D2"):
        rows = ["Họ và tên,Ngày sinh,Lớp", *(f"{name},{n % 28 + 1:02}/04/2013,{unit}" for n, name in enumerate(names[:pairs]))]
        take_in(institution, campaign, f"{unit}.csv", "\n".join(rows).encode())


def scope_of(institution: str, campaign: str) -> CampaignScope:
    """The operator's scope, read within the unit of work that is open."""
    return operators.in_campaign(institution, campaign)


def at(day: date) -> datetime:
    """Nine in the morning of that local day."""
    return datetime.combine(day, time(9), clock.LOCAL)
