"""Every route, called by everybody it is not meant for: a stranger finds nothing, a role without the right is told so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update
from werkzeug.routing import Rule

from app import clock, transaction
from app.domain.access import Action, Role, may
from app.domain.difficulties import Kind
from app.domain.ladder import Anchor, Channel
from app.domain.registration import Event
from app.domain.slots import Hours
from app.domain.track import Item
from app.extensions import db
from app.models import Campaign, Guardianship, Institution, Membership, Nudge, Unit, User
from app.queries import campaigns, operators
from app.queries.filters import PeopleFilter
from app.services import (
    batches,
    desks,
    difficulties,
    evidence,
    guardians,
    hand_sending,
    ladders,
    message_texts,
    pauses,
    registrations,
    rosters,
)
from app.web import gate
from imports.values import GuardianRead
from tests.builders import make_person, scope_of
from tests.cast import (
    ADMIN,
    AGENCY,
    ALICE,
    BOB,
    CAMPAIGN,
    CHARLIE,
    DIEP,
    FAR_CAMPAIGN,
    FAR_SCHOOL,
    GIANG,
    OTHER_AGENCY,
    OTHER_SCHOOL,
    SCHOOL,
    signed_in,
)
from tests.client import CheckedClient

STAFF = Path(__file__).resolve().parents[1] / "workbooks" / "01-plain-staff.xlsx"
METHODS = ("GET", "POST")
ROLES = {ALICE: Role.COORDINATOR, BOB: Role.VIEWER, GIANG: Role.UNIT_LEAD, DIEP: Role.OFFICER, ADMIN: Role.ADMIN}
Make = Callable[[], CheckedClient]


@dataclass(frozen=True, slots=True)
class Ids:
    """What the parts of a URL stand for: things of the school, which exist."""

    person_id: int
    other_id: int
    roster_id: int
    membership_id: int
    guardian_id: int
    batch_id: int
    desk_id: int
    difficulty_id: int
    image_id: int
    bulk_id: int
    nudge_id: int
    rung_id: int
    text_id: int
    pause_id: int
    unit_id: int
    agency_rung_id: int
    agency_text_id: int
    number: int = 1
    item: str = "portrait"
    invitation_id: int = 1
    token: str = "no-such-token"


@pytest.fixture
def ids(scene: Flask) -> Ids:
    with scene.app_context():
        for _ in range(3):
            person = make_person(SCHOOL, CAMPAIGN, "Trần Bảo An", "6A2", phone="0912000333")
        with transaction.writing():
            roster = rosters.receive(scope_of(SCHOOL, CAMPAIGN), "a.xlsx", STAFF.read_bytes())
        papers = _papers_and_occasions(person) | _reminders(person)
        other = make_person(SCHOOL, CAMPAIGN, "Trần Bảo An", "6A2", phone="0912000333")
        with transaction.reading():
            school = select(Institution.id).where(Institution.code == SCHOOL).scalar_subquery()
            member = db.session.scalars(
                select(Membership.id).where(Membership.institution_id == school, Membership.role == Role.VIEWER)
            ).one()
        return Ids(person, other, roster, member, **papers)


def _papers_and_occasions(person_id: int) -> dict[str, int]:
    """A guardian, a batch on its way, a desk with a visitor, a difficulty, an image and a bulk, all about one person."""
    with transaction.writing():
        db.session.execute(update(Campaign).where(Campaign.code == CAMPAIGN).values(keep_images=True))
        scope = scope_of(SCHOOL, CAMPAIGN)
        mother = GuardianRead("mother", "Trần Thu Hà", "0912000111", None)
        guardians.link_guardians(scope, campaigns.campaign(scope), None, [(person_id, (mother,))])
        guardian = db.session.scalars(select(Guardianship.guardian_id).where(Guardianship.institution_id == scope.institution_id)).one()
        day = clock.today() - timedelta(days=2)
        bulk = registrations.record_many(scope, [person_id], Event.DECLARED, day).bulk_id
        image = evidence.keep_image(scope, person_id, Item.PORTRAIT, b"sealed", 400, 500)
        registrations.record(scope, person_id, Event.FORM_RECEIVED, day)
        batch = batches.create(scope, [person_id], batches.BatchDraft(clock.today(), "Alice"))
        desk = desks.create(scope, desks.DeskDraft("Hội trường", clock.today(), Hours("08:00", "11:00", 30, 5)))
        assert isinstance(desk, int)
        desks.fill(scope, desk, PeopleFilter(q="Trần Bảo An"))
        desks.note_visitor(scope, desk, desks.Visitor("Lê Thị Khách"))
        owner = db.session.scalars(select(User.id).where(User.email == ALICE)).one()
        draft = difficulties.DifficultyDraft(Kind.TECHNICAL, "Không nhận được tin nhắn.", person_id, owner)
        difficulty = difficulties.open_difficulty(scope, draft)
    made = {"guardian_id": guardian, "desk_id": desk, "difficulty_id": difficulty, "image_id": image, "bulk_id": bulk}
    made["batch_id"] = getattr(batch, "batch_id", None)
    assert all(isinstance(number, int) for number in made.values()), made
    return made


def _reminders(person_id: int) -> dict[str, int]:
    """A message, a rung and a text of the school's own and of the agency's, and a pause."""
    text = message_texts.TextDraft("Nhắc chung", "Nhắc việc", "{{ viec }}")
    with transaction.writing():
        scope, office = scope_of(SCHOOL, CAMPAIGN), operators.agency(AGENCY)
        rungs = [ladders.add_rung(place, scope.campaign_id, ladders.RungDraft(Anchor.DEADLINE, -2)) for place in (scope, office)]
        texts = [message_texts.create(place, scope.campaign_id, text) for place in (scope, office)]
        hand_sending.handed_out(scope, [person_id], Channel.SLIP)
        db.session.flush()
        nudge = db.session.scalars(select(Nudge.id).where(Nudge.institution_id == scope.institution_id)).first()
        unit = db.session.scalars(select(Unit.id).where(Unit.institution_id == scope.institution_id, Unit.name == "6A2")).one()
        pause = pauses.pause(scope, pauses.PauseDraft(unit_id=unit))
    made = {"nudge_id": nudge, "rung_id": rungs[0], "text_id": texts[0], "pause_id": pause, "unit_id": unit}
    made |= {"agency_rung_id": rungs[1], "agency_text_id": texts[1]}
    assert all(type(number) is int for number in made.values()), made
    return {name: int(number or 0) for name, number in made.items() if isinstance(number, int)}


def routes(app: Flask) -> Iterator[tuple[Rule, gate.Policy, str]]:
    for rule in app.url_map.iter_rules():
        for method in METHODS:
            if rule.endpoint != "static" and method in (rule.methods or ()):
                yield rule, gate.policy_of(app.view_functions[rule.endpoint]), method


def url(app: Flask, rule: Rule, ids: Ids, **codes: str) -> str:
    known: dict[str, Any] = {name: getattr(ids, name) for name in Ids.__slots__}
    if "agency_code" in rule.arguments:
        known |= {"rung_id": ids.agency_rung_id, "text_id": ids.agency_text_id}
    known |= {"agency_code": AGENCY, "institution_code": SCHOOL, "campaign_code": CAMPAIGN} | codes
    with app.test_request_context():
        built = app.url_map.bind("localhost").build(rule.endpoint, {name: known[name] for name in rule.arguments})
    return str(built)


def call(client: CheckedClient, method: str, path: str) -> int:
    """The status in the end: a page that only leads on is judged by where it leads."""
    return client.open(path, method=method, follow_redirects=method == "GET").status_code


def digest(app: Flask) -> list[tuple[str, int]]:
    """How much there is of everything, to see that a refused call has left nothing."""
    with app.app_context(), transaction.reading():
        names = [name for name in db.metadata.tables if name not in {"users"}]
        return [(name, db.session.scalar(select(func.count()).select_from(text(name))) or 0) for name in names]


def test_every_route_declares_whom_it_is_for(app: Flask) -> None:
    assert {policy.place for _, policy, _ in routes(app)} <= {"public", "user", "agency", "institution", "campaign"}


def test_who_is_not_signed_in_is_sent_to_the_sign_in_page(scene: Flask, ids: Ids, make_client: Make) -> None:
    client = make_client()
    for rule, policy, method in routes(scene):
        if policy.place != "public":
            answer = client.open(url(scene, rule, ids), method=method)
            assert answer.status_code == 302, (rule.rule, method)
            assert answer.location.startswith("/sign-in"), rule.rule


def test_another_institutions_coordinator_finds_nothing(scene: Flask, ids: Ids, make_client: Make) -> None:
    client = signed_in(make_client, CHARLIE)
    before = digest(scene)
    for rule, policy, method in routes(scene):
        if policy.place in {"agency", "institution", "campaign"}:
            assert call(client, method, url(scene, rule, ids)) == 404, (rule.rule, method)
    assert digest(scene) == before


def test_ids_of_another_institution_lead_nowhere_in_ones_own(scene: Flask, ids: Ids, make_client: Make) -> None:
    client = signed_in(make_client, CHARLIE)
    own = {"institution_code": OTHER_SCHOOL}
    with_ids = {"person_id", "roster_id", "membership_id", "invitation_id", "batch_id", "desk_id", "difficulty_id", "image_id"}
    with_ids |= {"nudge_id", "rung_id", "text_id", "unit_id"}
    before = digest(scene)
    for rule, policy, method in routes(scene):
        if policy.place in {"institution", "campaign"} and with_ids & rule.arguments and may(Role.COORDINATOR, Action(policy.action or "")):
            assert call(client, method, url(scene, rule, ids, **own)) == 404, (rule.rule, method)
    assert digest(scene) == before


def test_an_officer_ends_at_the_edge_of_the_subtree(scene: Flask, ids: Ids, make_client: Make) -> None:
    client = signed_in(make_client, DIEP)
    far = {"agency_code": OTHER_AGENCY, "institution_code": FAR_SCHOOL, "campaign_code": FAR_CAMPAIGN}
    before = digest(scene)
    for rule, policy, method in routes(scene):
        if policy.place in {"agency", "institution", "campaign"}:
            assert call(client, method, url(scene, rule, ids, **far)) == 404, (rule.rule, method)
    assert digest(scene) == before


@pytest.mark.parametrize("email", [ALICE, BOB, GIANG, DIEP])
def test_a_role_without_the_right_is_told_so(scene: Flask, ids: Ids, make_client: Make, email: str) -> None:
    client = signed_in(make_client, email)
    places = {"institution", "campaign"} if email != DIEP else {"agency", "institution", "campaign"}
    before = digest(scene)
    for rule, policy, method in routes(scene):
        if policy.place in places and not may(ROLES[email], Action(policy.action or "")):
            assert call(client, method, url(scene, rule, ids)) == 403, (rule.rule, method)
        elif policy.place == "agency" and email != DIEP:
            assert call(client, method, url(scene, rule, ids)) == 404, (rule.rule, method)
    assert digest(scene) == before


@pytest.mark.parametrize("email", [ALICE, BOB, GIANG, DIEP, ADMIN])
def test_no_page_that_may_be_seen_breaks(scene: Flask, ids: Ids, make_client: Make, email: str) -> None:
    client = signed_in(make_client, email)
    for rule, policy, method in routes(scene):
        if method == "GET" and policy.place != "public":
            assert call(client, method, url(scene, rule, ids)) in {200, 403, 404}, rule.rule


def test_every_page_answers_htmx_too(scene: Flask, ids: Ids, make_client: Make) -> None:
    client = signed_in(make_client, ADMIN)
    for rule, policy, method in routes(scene):
        if method == "GET" and policy.place != "public":
            answer = client.get(url(scene, rule, ids), headers={"HX-Request": "true"})
            assert answer.status_code < 400, rule.rule


def test_a_homeroom_teacher_sees_nobody_of_another_class(scene: Flask, ids: Ids, make_client: Make) -> None:
    """The person of `ids` is in 6A2; Giang leads 6A1."""
    client = signed_in(make_client, GIANG)
    for rule, policy, method in routes(scene):
        if "person_id" in rule.arguments and may(Role.UNIT_LEAD, Action(policy.action or "")):
            assert call(client, method, url(scene, rule, ids)) == 404, (rule.rule, method)
    assert "Trần Bảo An" not in client.get(f"/institutions/{SCHOOL}/campaigns/{CAMPAIGN}/people").text
