"""Writing the demo: the tree, the campaign, the people with their histories, the users."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from app import clock
from app.collation import name_key, unit_key
from app.demo import occasions
from app.demo.cast import AGENCIES, LOGINS, PASSWORD, PLACES, Login, Place
from app.demo.families import SOURCE, Enrolled, Families
from app.demo.histories import draw_way, history
from app.demo.names import Drawer, Drawn
from app.demo.papers import EVIDENCE, papers_of
from app.domain.access import Role
from app.domain.names import fold, search_text
from app.domain.procedure import PROCEDURES, Procedure
from app.domain.registration import Facts, Happening
from app.domain.standing import Goal
from app.domain.track import GUARDIAN_BELOW, Part, self_from
from app.extensions import db
from app.models import Agency, Campaign, Evidence, Institution, Membership, MembershipUnit, Person, RecordedEvent, Registration, Unit
from app.queries import operators
from app.services import campaigns, keys, places, users
from app.services.bulk import insert_rows
from app.services.campaigns import CampaignDraft
from app.services.numbers import allot
from app.services.places import ContactGiven
from app.services.unlocking import ELSEWHERE

CAMPAIGN = "vssid-2026"
STAFF_UNITS = ("Văn phòng", "Phòng Đào tạo", "Phòng Tổ chức - Hành chính", "Khoa Luật", "Khoa Kinh tế", "Thư viện")
SHOPS = ("Văn phòng", "Phân xưởng Cắt", "Phân xưởng May 1", "Phân xưởng May 2", "Phân xưởng Hoàn thiện", "Kho vận")


def fill(institutions: int | None, people: int | None, seed: int) -> None:
    """Fill an empty database. `people` is the number in each institution; without the two, a handful of places of natural size."""
    today = clock.today()
    _tree()
    chosen = _chosen(institutions, people)
    for place in chosen:
        contact = ContactGiven("Người phụ trách (minh họa)", "024 0000 0001", f"dau-moi@{place.code}.example")
        places.add_institution(operators.everything(), place.agency, place.code, place.name, place.kind, contact)
    _campaign(today)
    campaign_id = db.session.scalars(select(Campaign.id)).one()
    families = Families()
    for place in chosen:
        if place.size:
            _people(place, campaign_id, PROCEDURES["paper-2021"], today, f"{seed}/{place.code}", families)
    for login in LOGINS:
        if login.place is None or login.place in {code for code, _, _ in AGENCIES} | {place.code for place in chosen}:
            _login(login)
    for place in chosen:
        if place.size:
            occasions.fill(place.code, CAMPAIGN)
    keys.note_version()


def _chosen(institutions: int | None, people: int | None) -> list[Place]:
    if institutions is None:
        return [p if people is None or not p.size else Place(p.code, p.name, p.kind, p.agency, people, p.pace) for p in PLACES]
    with_people = [p for p in PLACES if p.size]
    more = [
        Place(f"thcs-{n:04d}", f"Trường THCS Số {n}", "school", "99004", 400, n % 3) for n in range(len(with_people) + 1, institutions + 1)
    ]
    return [Place(p.code, p.name, p.kind, p.agency, people or p.size, p.pace) for p in [*with_people, *more][:institutions]]


def _tree() -> None:
    for code, name, parent in AGENCIES:
        if parent is None:
            places.add_root_agency(code, name)
        else:
            places.add_agency(operators.agency(parent), parent, code, name)
    for agency in db.session.scalars(select(Agency)):
        agency.contact_name, agency.contact_phone, agency.contact_email = (
            "Cán bộ tiếp nhận (minh họa)",
            "024 0000 0000",
            "hotro@bhxh.example",
        )
    db.session.flush()


def _campaign(today: date) -> None:
    deadline = today + timedelta(days=37)
    draft = CampaignDraft(
        deadline_on=deadline,
        deadline_included=False,
        deadline_phrase=f"hoàn thành trước ngày {deadline:%d/%m/%Y}",
        starts_on=today - timedelta(days=25),
        goal=Goal.GRANTED,
        dispatch_number="118/BHXH-TT",
        dispatch_on=today - timedelta(days=27),
        issued_by="BHXH thành phố Minh Hà",
        scope="100 % học sinh, sinh viên, người lao động đang tham gia BHXH, BHYT",
        basis="Công văn 118/BHXH-TT (minh họa)",
        receiving_code="99004",
        keep_images=True,
    )
    campaigns.create(operators.everything(), "990", CAMPAIGN, draft, takes_all=True)


def _people(place: Place, campaign_id: int, procedure: Procedure, today: date, seed: str, families: Families) -> None:
    pick, drawer = Random(seed), Drawer(seed)
    institution_id = db.session.scalars(select(Institution.id).where(Institution.code == place.code)).one()
    units = _units(place, institution_id)
    first = allot(institution_id, place.size)
    numbers = range(first, first + place.size)
    drawn = [_draw(place, drawer, units[n * len(units) // place.size][1], today) for n in range(place.size)]
    of = {"institution_id": institution_id}
    rows = [
        _person_row(number, units[n * len(units) // place.size][0], who, place, drawer)
        for n, (number, who) in enumerate(zip(numbers, drawn, strict=True))
    ]
    insert_rows(Person, _PERSON, rows, of | {"roster_id": 0, "revision": 1, "updated_at": _instant(today, 25)})
    members = [
        Enrolled(number, Part.MEMBER, _own_from(who), *history(pick, draw_way(pick, place.pace), procedure, today))
        for number, who in zip(numbers, drawn, strict=True)
    ]
    guardians: list[Enrolled] = []
    if place.kind == "school":
        guardians = families.of_school(institution_id, members, drawn, drawer, pick, procedure, today)
    enrolled = [*members, *guardians]
    of_campaign = of | {"campaign_id": campaign_id}
    rows = [_registration_row(one, today) for one in enrolled]
    insert_rows(Registration, (*_REGISTRATION, *Facts.__slots__), rows, of_campaign)
    events = [_event_row(one, happening, today) for one in enrolled for happening in one.happened]
    insert_rows(RecordedEvent, _EVENT, events, of_campaign | {"user_id": None})
    papers = [row for one in enrolled for row in papers_of(pick, one, today)]
    insert_rows(Evidence, EVIDENCE, papers, of_campaign | {"by": SOURCE, "at": _instant(today, 1)})


_PERSON = (
    "id",
    "unit_id",
    "full_name",
    "sort_key",
    "search_text",
    "birth_date",
    "birth_year",
    "sex",
    "personal_id",
    "bhxh_code",
    "pupil_code",
    "phone",
)
_REGISTRATION = ("person_id", "part", "self_from", "unlocked_on", "revision", "changed_at")
_EVENT = (
    "person_id",
    "number",
    "event",
    "on",
    "reason",
    "takes_back",
    "file_number",
    "office",
    "way",
    "proof",
    "mirrored",
    "source",
    "recorded_at",
)


def _draw(place: Place, drawer: Drawer, unit: str, today: date) -> Drawn:
    if place.kind == "school":
        age = 5 + int("".join(c for c in unit if c.isdigit())[:1] or 1)
        return drawer.person(date(today.year - age, 1, 1), date(today.year - age, 12, 31))
    return drawer.person(date(today.year - 58, 1, 1), date(today.year - 22, 12, 31))


def _units(place: Place, institution_id: int) -> list[tuple[int, str]]:
    if place.kind == "school":
        grades = range(1, 6) if "Tiểu học" in place.name else range(6, 10)
        classes = max(1, round(place.size / 42 / len(grades)))
        names: Sequence[str] = [f"{grade}A{n}" for grade in grades for n in range(1, classes + 1)]
    else:
        names = STAFF_UNITS if place.kind == "university" else SHOPS
    first = allot(institution_id, len(names))
    units = [(first + n, name) for n, name in enumerate(names)]
    insert_rows(
        Unit,
        ("id", "name", "name_key", "sort_key"),
        [(n, name, fold(name), unit_key(name)) for n, name in units],
        {"institution_id": institution_id},
    )
    return units


def _person_row(number: int, unit_id: int, who: Drawn, place: Place, drawer: Drawer) -> tuple[Any, ...]:
    pupil = place.kind == "school"
    code = drawer.pupil_code() if pupil else None
    phone = None if pupil else who.phone
    text = search_text(who.full_name, [who.personal_id, who.bhxh_code, code, phone])
    birth = who.birth_date
    key = name_key(who.full_name)
    return (number, unit_id, who.full_name, key, text, birth.isoformat(), birth.year, who.sex, who.personal_id, who.bhxh_code, code, phone)


def _own_from(who: Drawn) -> date | None:
    return self_from(has_card=None, birth_date=who.birth_date, birth_year=None, below=GUARDIAN_BELOW)


def _registration_row(one: Enrolled, today: date) -> tuple[Any, ...]:
    days = (today - one.happened[-1].on).days if one.happened else 25
    known = [getattr(one.facts, name) for name in Facts.__slots__]
    row = (one.number, one.part.value, one.self_from, one.unlocked_on, len(one.happened), _instant(today, days), *known)
    return tuple(value.isoformat() if type(value) is date else value for value in row)


def _event_row(one: Enrolled, h: Happening, today: date) -> tuple[Any, ...]:
    said = h.details
    source = ELSEWHERE if one.is_twin else SOURCE
    told = (h.number, h.event.value, h.on.isoformat(), h.reason, h.takes_back, said.file_number, said.office, said.way, said.proof)
    return (one.number, *told, one.is_twin, source, _instant(today, (today - h.on).days))


def _instant(today: date, days_ago: int) -> datetime:
    """Eight in the morning of that local day."""
    return datetime.combine(today - timedelta(days=days_ago), time(8), clock.LOCAL)


def _login(login: Login) -> None:
    key = users.new_login(login.email, login.name, PASSWORD)
    institution = (
        db.session.scalar(select(Institution.id).where(Institution.code == login.place))
        if login.role not in {Role.ADMIN, Role.OFFICER}
        else None
    )
    agency = db.session.scalar(select(Agency.id).where(Agency.code == login.place)) if login.role is Role.OFFICER else None
    membership = Membership(user_id=key.id, role=login.role, agency_id=agency, institution_id=institution)
    db.session.add(membership)
    db.session.flush()
    unit = db.session.scalar(select(Unit.id).where(Unit.institution_id == institution, Unit.name == login.unit))
    if login.unit and unit:
        db.session.add(MembershipUnit(membership_id=membership.id, institution_id=institution, unit_id=unit))
        db.session.flush()
