"""Every page that a role can see: it fits its window, keeps nobody out, complains about nothing, and speaks the language chosen.

Which pages there are is asked of the program and not listed here: a route is visited, or named below as what is no page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from flask import Flask
from openpyxl import Workbook
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app import clock, links, transaction
from app.demo.cast import LOGINS
from app.demo.filling import CAMPAIGN
from app.domain.access import Action, Role, may
from app.domain.ladder import Anchor, Channel
from app.domain.registration import Event, State
from app.domain.scope import Actor
from app.extensions import db
from app.models import BatchForm, Campaign, Desk, Difficulty, Double, Guardianship, Institution, Nudge, Person, Registration, Unit, User
from app.queries import operators
from app.services import hand_sending, ladders, message_texts, pauses, places, registrations, rosters, undoing, users
from app.web import gate
from tests.browser.conftest import NARROW, WIDE, OpenPage, Served
from tests.browser.visits import ADMIN, AGENCY, AN, BINH, DIEP, DIRTY, EMPTY_HOME, HOME, KINDERGARTEN, MAI, QUAN, SCHOOL, sign_in
from tests.builders import make_campaign, make_person

# Routes whose answer no window shows by itself: files, parts of pages, ways to another page.
NO_PAGES = {
    "agencies.show_agency",
    "campaigns.show_dates",
    "counters.list_events",
    "counters.list_visitors",
    "desks.list_expected",
    "guardians.list_events",
    "health.show_health",
    "images.show_image",
    "hooks.show_esms_report",
    "minutes.download_minutes",
    "nudge_books.download_nudges",
    "nudges.show_samples",
    "nudges.show_trial",
    "nudges_by_hand.list_by_hand",
    "registrations.list_events",
    "registrations.list_person_events",
    "roster_files.download_returned",
    "roster_files.download_template",
    "sessions.show_start",
    "slips.download_slips",
    "static",
    "workbooks.download_agency",
    "workbooks.download_institution",
    "workbooks.download_people",
}
FOR_STRANGERS = {"sessions.new_session", "invitations.show_invitation", "stops.show_stop", "stops.show_withdrawal"}
NEEDS_AN_OWN_CAMPAIGN = {
    *("campaigns.edit_campaign", "campaigns.choose_institutions"),
    *("ladders.new_agency_rung", "ladders.edit_agency_rung", "ladders.edit_agency_hours"),
    *(
        "message_texts.list_agency_texts",
        "message_texts.new_agency_text",
        "message_texts.show_agency_text",
        "message_texts.edit_agency_text",
    ),
}
NEED_PEOPLE = {"person_id", "roster_id", "batch_id", "desk_id", "difficulty_id", "nudge_id", "rung_id", "text_id"}
SEE_MOST = {None, ADMIN, AN}  # the others see the same pages with fewer buttons
ROLES = {login.email: login.role for login in LOGINS}
CATALOGUE = Path(__file__).resolve().parents[2] / "app" / "translations" / "vi" / "LC_MESSAGES" / "messages.po"
BOTH = ((WIDE, "light"), (NARROW, "dark"))
ROSTER_PARTS = ("new", "waiting", "absent", "repairs", "changed", "moved", "again", "corrected", "problems&group=0")
OTHER_WIDTHS = (960, 640, 320)  # a tablet, 200 % zoom, 400 % zoom

Check = Callable[[Page], None]
Keep = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Ids:
    """What the parts of addresses stand for in the demo; `token` is an invitation's."""

    person_id: int
    double: tuple[int, int]
    roster_id: int
    applied_id: int
    undone_id: int
    token: str
    one_in_each_state: tuple[int, ...]
    batch_id: int
    in_batch: int
    desk_id: int
    difficulty_id: int
    nudge_id: int
    rung_id: int
    text_id: int
    agency_rung_id: int
    agency_text_id: int
    stop: str
    other_id: int = 0
    number: int = 1
    item: str = "portrait"
    agency_code: str = AGENCY
    institution_code: str = SCHOOL
    campaign_code: str = CAMPAIGN


@pytest.fixture
def ids(live_server: Served) -> Ids:
    """The demo with what it lacks: a roster to review, a campaign of the officer's own, an office and a school that have only begun."""
    with live_server.app.app_context():
        make_campaign("rieng", AGENCY, takes_all=False)
        with transaction.writing():
            roster_id = rosters.receive(operators.in_campaign(SCHOOL, CAMPAIGN), DIRTY.name, DIRTY.read_bytes())
            applied_id, undone_id = _applied_and_undone()
            an = Actor(db.session.scalars(select(User.id).where(User.email == AN)).one(), "An")
            token = users.invite_to_institution(replace(operators.institution(SCHOOL), actor=an), Role.VIEWER, "Hiền", "hien@demo.example")
            places.add_root_agency("770", "BHXH mới lập")
            places.add_institution(operators.everything(), "770", "thcs-moi", "Trường THCS Mới", "school")
        other_id = make_person(SCHOOL, CAMPAIGN, "Đặng Kim Yến", birth_date=date(2012, 5, 3))
        with transaction.reading():
            double = db.session.execute(select(Double.one_id, Double.other_id).where(Double.other_id == other_id)).one()
            school = Person.institution_id == select(Institution.id).where(Institution.code == SCHOOL).scalar_subquery()
            in_6a1 = select(Person.id).join(Unit, (Unit.institution_id == Person.institution_id) & (Unit.id == Person.unit_id))
            person_id = db.session.scalars(in_6a1.where(school, Unit.name == "6A1")).first()
            known = select(Registration.person_id).join(
                Person, (Person.institution_id == Registration.institution_id) & (Person.id == Registration.person_id)
            )
            each = [db.session.scalars(known.where(school, Registration.state == state)).first() for state in State]
            mine = select(Institution.id).where(Institution.code == SCHOOL).scalar_subquery()
            in_batch = select(BatchForm.batch_id, BatchForm.person_id).where(BatchForm.institution_id == mine).limit(1)
            batch_id, formed = db.session.execute(in_batch).one()
            desk_id = db.session.scalars(select(Desk.id).where(Desk.institution_id == mine)).first()
            difficulty_id = db.session.scalars(select(Difficulty.id).where(Difficulty.institution_id == mine)).first()
            each += db.session.scalars(select(Guardianship.guardian_id).where(Guardianship.institution_id == mine).limit(1)).all()
        assert None not in (person_id, desk_id, difficulty_id)
        some = tuple(number for number in each if number)
        reminders = _reminders(some[:4])
    return Ids(
        person_id or 0,
        (double.one_id, double.other_id),
        roster_id,
        applied_id,
        undone_id,
        token,
        some,
        batch_id,
        formed,
        desk_id or 0,
        difficulty_id or 0,
        **reminders,
    )


def _applied_and_undone() -> list[int]:
    """Two classes that came by rosters, somebody declared in each, and a double; the second is undone."""
    scope, made = operators.in_campaign(SCHOOL, CAMPAIGN), []
    for unit in ("9C", "9D"):
        book = Workbook()
        assert book.active is not None
        book.active.title = unit
        for row in (("Họ và tên", "Ngày sinh", "Lớp"), *((f"Đặng Kim {name}", "03/05/2012", unit) for name in ("Xuân", "Yến"))):
            book.active.append(row)
        content = BytesIO()
        book.save(content)
        made.append(rosters.receive(scope, f"lop-{unit.lower()}.xlsx", content.getvalue()))
        assert isinstance(rosters.apply(scope, made[-1]), rosters.Applied)
        brought = db.session.scalars(select(Person.id).where(Person.roster_id == made[-1], Person.institution_id == scope.institution_id))
        registrations.record(scope, brought.all()[0], Event.DECLARED, clock.today())
    assert isinstance(undoing.undo(scope, made[-1]), undoing.Undone)
    return made


def _reminders(people: Sequence[int]) -> dict[str, Any]:
    """Rungs and texts of the school's own and of the officer's campaign, a pause, and messages that were sent."""
    text = message_texts.TextDraft("Nhắc chung", "Nhắc việc", "Kính gửi {{ ten }},\n\n{{ viec }}")
    with transaction.writing():
        scope, office = operators.in_campaign(SCHOOL, CAMPAIGN), operators.agency(AGENCY)
        own = db.session.scalars(select(Campaign.id).where(Campaign.code == "rieng")).one()
        places_of = ((scope, scope.campaign_id), (office, own))
        rungs = [ladders.add_rung(place, campaign, ladders.RungDraft(Anchor.DEADLINE, -2)) for place, campaign in places_of]
        texts = [message_texts.create(place, campaign, text) for place, campaign in places_of]
        hand_sending.handed_out(scope, people, Channel.SLIP)
        pauses.pause(scope, pauses.PauseDraft(person_id=people[0], reason="Đang nghỉ ốm"))
        nudge = db.session.scalars(select(Nudge).where(Nudge.campaign_id == scope.campaign_id)).first()
        assert nudge is not None
        nudge.address, nudge.channel, nudge.subject, nudge.text = "a@family.example", Channel.EMAIL, "Nhắc việc", "Kính gửi …"
        stop = links.stop_url(f"{nudge.campaign_id}.{nudge.id}").rpartition("/")[2]
        number = nudge.id
    names = ("rung_id", "agency_rung_id", "text_id", "agency_text_id")
    return dict(zip(names, (*rungs, *texts), strict=True)) | {"nudge_id": number, "stop": stop}


def addresses(app: Flask, email: str | None, ids: Ids) -> Iterator[tuple[str, str]]:
    """The pages that somebody (None: a stranger) may open, each with its endpoint."""
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in NO_PAGES or (rule.endpoint in FOR_STRANGERS) != (email is None):
            continue
        policy = gate.policy_of(app.view_functions[rule.endpoint])
        role = ROLES.get(email or "")
        at_work = role in {Role.ADMIN, Role.OFFICER} or policy.place != "agency"
        if policy.place in {"public", "user"} or (role and at_work and may(role, Action(policy.action or ""))):
            meant = replace(ids, campaign_code="rieng") if rule.endpoint in NEEDS_AN_OWN_CAMPAIGN else ids
            meant = replace(meant, person_id=ids.in_batch) if rule.endpoint == "batches.edit_form" else meant
            meant = replace(meant, roster_id=ids.applied_id) if rule.endpoint == "undoings.show_undoing" else meant
            meant = replace(meant, person_id=ids.double[0], other_id=ids.double[1]) if rule.endpoint == "doubles.show_double" else meant
            meant = replace(meant, token=ids.stop) if rule.endpoint.startswith("stops.") else meant
            if policy.place == "agency":
                meant = replace(meant, rung_id=ids.agency_rung_id, text_id=ids.agency_text_id)
            yield rule.endpoint, app.url_map.bind("").build(rule.endpoint, {name: getattr(meant, name) for name in rule.arguments})


def in_other_states(email: str | None, ids: Ids) -> Iterator[str]:
    """Pages that look quite different at other times: empty, filtered, refused, of somebody who stands elsewhere."""
    if email is None:
        yield from ("/invitations/no-such-token", f"/sign-in?ended=1&next={HOME}", "/no-such-page")
    if email == AN:
        yield from (f"{HOME}/people/{number}" for number in ids.one_in_each_state)
        yield from (f"{HOME}/people?{query}" for query in ("q=khong-co-ai", "segment=blocked&left=1", "days=0-3", "unit=none"))
        yield from (f"{HOME}/rosters/{ids.roster_id}?show={part}" for part in ROSTER_PARTS)
        yield from (f"{HOME}/rosters/{ids.undone_id}/undoing", f"{HOME}/rosters/{ids.undone_id}", f"{HOME}/rosters/{ids.applied_id}")
        yield from (f"{HOME}/doubles/decision?every=1&verdict={verdict}" for verdict in ("two", "same"))
        yield f"/agencies/{AGENCY}"
    if email == MAI:
        yield f"{EMPTY_HOME}/people"
        yield "/"
    if email == DIEP:
        table = f"/agencies/{AGENCY}/campaigns/{CAMPAIGN}"
        yield from (f"{table}?show=without-roster", f"{table}?sort=-at-blocked", f"{table}?show=silent")
        yield from (f"/agencies/{AGENCY}/campaigns/rieng", f"/agencies/{AGENCY}/institutions?q=khong-co", f"{HOME}/rosters")
    if email == ADMIN:
        yield from ("/agencies/770", "/agencies/770/campaigns", "/institutions/thcs-moi", f"/agencies/990/campaigns/{CAMPAIGN}")


def name_of(email: str | None) -> str:
    return email.partition("@")[0] if email else "stranger"


@pytest.mark.parametrize("email", [None, ADMIN, DIEP, AN, MAI, QUAN, BINH], ids=name_of)
def test_pages_fit_keep_nobody_out_and_speak_vietnamese(
    ids: Ids, open_page: OpenPage, live_server: Served, axe: Check, screenshot: Keep, email: str | None
):
    page, visited = visitor(open_page, email), 0
    for endpoint, address in addresses(live_server.app, email, ids):
        if email == MAI:
            if NEED_PEOPLE & named_in(live_server.app, endpoint):
                continue  # there is nobody yet
            address = address.replace(SCHOOL, KINDERGARTEN)
        if email == QUAN and "batch_id" in named_in(live_server.app, endpoint):
            continue  # no form of 6A1 is in that batch
        answer = page.goto(address)
        assert answer, address
        assert answer.status == 200, f"{address} answers {answer.status} to {email}"
        look_at(page, axe, screenshot, f"{name_of(email)}-{endpoint}", looks=BOTH if email in SEE_MOST else BOTH[:1])
        visited += 1
    assert visited >= (2 if email is None else 6)


def visitor(open_page: OpenPage, email: str | None) -> Page:
    page = open_page()
    if email:
        sign_in(page, email)
    return page


def named_in(app: Flask, endpoint: str) -> set[str]:
    return {name for rule in app.url_map.iter_rules(endpoint) for name in rule.arguments}


def look_at(page: Page, axe: Check, screenshot: Keep, name: str, *, looks: Sequence[tuple[dict[str, int], str]] = BOTH) -> None:
    """Wide in light, narrow in dark, and the widths between: all on one load. Axe, which takes long, sees what `looks` names."""
    speaks(page, "vi")
    for size, scheme in BOTH:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        fits(page)
        if (size, scheme) in looks:
            axe(page)
        screenshot(page, name)
    for width in OTHER_WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        fits(page)
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("email", [None, ADMIN, DIEP, AN, MAI], ids=name_of)
def test_pages_are_as_good_when_there_is_little_much_or_nothing_to_show(
    ids: Ids, open_page: OpenPage, axe: Check, screenshot: Keep, email: str | None
):
    page, found = visitor(open_page, email), list(in_other_states(email, ids))
    assert found
    for number, address in enumerate(found):
        page.goto(address)
        look_at(page, axe, screenshot, f"{name_of(email)}-other-{number}")


REFUSED = (
    (None, "/sign-in", "Đăng nhập"),
    (AN, "/password", "Đổi mật khẩu"),
    (AN, f"/institutions/{SCHOOL}/members", "Tạo liên kết mời"),
    (AN, f"{HOME}/people/new", "Lưu"),
    (AN, f"{HOME}/rosters", "Tải lên và xem lại"),
    (ADMIN, f"/agencies/{AGENCY}/agencies/new", "Thêm cơ quan"),
    (DIEP, f"/agencies/{AGENCY}/campaigns/new", "Lập đợt"),
    (DIEP, f"/agencies/{AGENCY}/institutions/new", "Thêm đơn vị"),
)


def test_an_empty_form_comes_back_with_its_messages_where_they_belong(open_page: OpenPage, axe: Check, screenshot: Keep):
    visitors: dict[str | None, Page] = {}
    for email, address, button in REFUSED:
        page = visitors.get(email) or visitors.setdefault(email, visitor(open_page, email))
        page.goto(address)
        page.evaluate("for (const form of document.forms) form.noValidate = true")
        page.get_by_role("button", name=button, exact=True).click()
        summary = page.locator(".summary")
        expect(summary).to_be_focused()
        for link in summary.get_by_role("link").all():
            field = page.locator(f"[id='{str(link.get_attribute('href')).removeprefix('#')}']")
            expect(field).to_be_visible()
            assert link.inner_text() in page.locator(".control.invalid", has=field).inner_text(), address
        look_at(page, axe, screenshot, f"refused-{name_of(email)}-{address.rpartition('/')[2]}")


TOO_WIDE = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const out = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > wide + 1);
  return ["the document is " + document.documentElement.scrollWidth + " wide", ...out.slice(0, 8).map((e) => e.outerHTML.slice(0, 120))];
}"""


def fits(page: Page) -> None:
    """Nobody has to scroll the whole page sideways."""
    found = page.evaluate(TOO_WIDE)
    assert not found, f"{page.url} is wider than {page.viewport_size}:\n" + "\n".join(found)


TEXTS = """() => {
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("script, style")) texts.push(walker.currentNode.data);
  for (const name of ["aria-label", "title", "placeholder", "alt", "data-label", "data-one", "data-many", "data-done"])
    for (const tag of document.querySelectorAll(`[${name}]`)) texts.push(tag.getAttribute(name));
  return texts.map((text) => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""


def speaks(page: Page, language: str) -> None:
    """A page says in which language it is, and no text of the catalogue stands on a Vietnamese one in English."""
    assert page.evaluate("document.documentElement.lang") == language
    found = english_in(page.evaluate(TEXTS))
    if language == "vi":
        assert not found, f"{page.url} is not all in Vietnamese: {found}"
    else:
        assert len(found) >= 5, f"{page.url} is not in English"


def english_in(texts: list[str]) -> list[str]:
    whole, parts = english()
    return [text for text in texts if text in whole or any(part in text for part in parts)]


@cache
def english() -> tuple[frozenset[str], frozenset[str]]:
    """What only stands on English pages: texts, and those of several words that may stand within a longer text."""
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file, locale="vi") if message.id]
    vietnamese = set(chain.from_iterable(pieces(message.string) for message in messages))
    whole = {piece for message in messages for piece in pieces(message.id)} - vietnamese
    return frozenset(whole), frozenset(piece for piece in whole if " " in piece and len(piece) > 8)


def pieces(texts: str | tuple[str, ...]) -> list[str]:
    """A text cut where something is put in, without tags."""
    forms = [texts] if isinstance(texts, str) else texts
    cut = chain.from_iterable(re.split(r"%\(\w+\)[sd]|<[^>]+>", form.replace("%%", "%")) for form in forms)
    return [piece.strip() for piece in cut if re.search(r"[^\W\d_]{2}", piece)]


@pytest.mark.parametrize("email", [None, ADMIN, AN], ids=name_of)
def test_pages_fit_in_english_too(ids: Ids, open_page: OpenPage, live_server: Served, screenshot: Keep, email: str | None):
    page = open_page(NARROW)
    if email:
        sign_in(page, email)
    else:
        page.goto("/sign-in")
    page.evaluate("document.querySelector('button[name=language][value=en]').click()")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for endpoint, address in addresses(live_server.app, email, ids):
        page.goto(address)
        speaks(page, "en")
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            fits(page)
        screenshot(page, f"english-{name_of(email)}-{endpoint}")


def test_every_page_of_the_program_is_visited_by_somebody(ids: Ids, live_server: Served):
    seen = {endpoint for email in (None, ADMIN) for endpoint, _ in addresses(live_server.app, email, ids)}
    routes = {rule.endpoint for rule in live_server.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert seen == routes - NO_PAGES
