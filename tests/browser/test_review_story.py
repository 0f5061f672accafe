"""Papers by phone and by keyboard: a teacher sends images from the classroom, the coordinator judges them without touching the mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import delete, select, update

from app import transaction
from app.demo.filling import CAMPAIGN
from app.domain.track import Item, Track, papers
from app.extensions import db
from app.models import Campaign, Evidence, Image, ImageView, Person, Registration, Unit
from app.queries import operators
from app.services import evidence as noting
from app.web import images
from tests.browser.conftest import NARROW, OpenPage, Served
from tests.browser.visits import AN, HOME, QUAN, SCHOOL, sign_in
from tests.unit.adapters.drawn import blurred, card, certificate, face, file

Check = Callable[[Page], None]
Keep = Callable[..., None]

REVIEW = f"{HOME}/papers/review"


@pytest.fixture
def keeps_images(live_server: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Served:
    """The demo's campaign, keeping images."""
    monkeypatch.setitem(live_server.app.config, "EVIDENCE_KEYS", None)
    monkeypatch.setitem(live_server.app.config, "EVIDENCE_KEY_FILE", tmp_path / "keys")
    with live_server.app.app_context(), transaction.writing():
        db.session.execute(update(Campaign).where(Campaign.code == CAMPAIGN).values(keep_images=True))
    return live_server


@pytest.fixture
def child(keeps_images: Served) -> int:
    """A pupil of 6A1 who registers through a guardian, and of whom nothing has been noted."""
    with keeps_images.app.app_context(), transaction.writing():
        scope = operators.in_campaign(SCHOOL, CAMPAIGN)
        for table in (Image, Evidence, ImageView):
            db.session.execute(delete(table))
        here = (Registration.institution_id == scope.institution_id, Registration.campaign_id == scope.campaign_id)
        of_6a1 = (
            select(Registration.person_id)
            .join(Person, (Person.institution_id == Registration.institution_id) & (Person.id == Registration.person_id))
            .join(Unit, (Unit.institution_id == Person.institution_id) & (Unit.id == Person.unit_id))
            .where(*here, Unit.name == "6A1", Registration.self_from.is_not(None), Registration.state == "to-start")
        )
        return db.session.scalars(of_6a1).first() or pytest.fail("the demo has no such child")


def paper(page: Page, item: Item) -> Locator:
    return page.locator(".papers > li", has=page.locator(f"#flaw-{item}"))


def send(page: Page, item: Item, photo: bytes) -> None:
    """Take a photo of a paper with the phone."""
    line = paper(page, item)
    line.locator("details", has=page.locator("input[type=file]")).locator("summary").click()
    line.locator("input[type=file]").set_input_files({"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": photo})
    line.locator("form[enctype] button").click()
    expect(page.locator("#notice .note.good")).to_be_visible()
    expect(paper(page, item).locator(".tag.info")).to_be_visible()


def test_images_go_from_a_phone_to_a_judgement_by_keys(child: int, keeps_images: Served, open_page: OpenPage, axe: Check, screenshot: Keep):
    phone = open_page(NARROW)
    sign_in(phone, QUAN, f"{HOME}/people/{child}/papers")
    send(phone, Item.PORTRAIT, file(face()))
    send(phone, Item.BIRTH_CERTIFICATE, file(blurred(certificate())))
    expect(phone.locator("#notice .note.warn")).to_be_visible()
    expect(paper(phone, Item.BIRTH_CERTIFICATE).locator(".note.warn")).to_be_visible()
    axe(phone)
    screenshot(phone, "papers")

    page = open_page()
    sign_in(page, AN, REVIEW)
    page.locator("main .empty button").click()
    expect(page.locator(".review img")).to_have_js_property("complete", True)
    assert page.locator(".review img").evaluate("img => img.naturalWidth") == 900
    expect(page.locator("[data-tools]")).to_be_visible()
    axe(page)
    screenshot(page, "review")
    page.keyboard.press("s")
    expect(page.locator("#notice .note.good")).to_be_visible()
    expect(page.locator(".review .note.warn")).to_be_visible()  # the certificate: it was noticed that it looks blurred
    turns_and_grows(page)
    page.keyboard.press("1")
    expect(page).to_have_url(f"{page.url.partition('/institutions')[0]}{REVIEW}")
    expect(page.locator("main form")).to_have_count(0)

    phone.reload()
    expect(paper(phone, Item.PORTRAIT).locator(".tag.good")).to_be_visible()
    expect(paper(phone, Item.BIRTH_CERTIFICATE).locator(".tag.bad")).to_be_visible()
    with keeps_images.app.app_context(), transaction.reading():
        assert len(db.session.scalars(select(ImageView)).all()) == 2


def turns_and_grows(page: Page) -> None:
    img = page.locator(".review img")
    before = img.bounding_box()
    page.keyboard.press("r")
    lying = img.bounding_box()
    page.keyboard.press("+")
    larger = img.bounding_box()
    assert before
    assert lying
    assert larger
    assert before["width"] < before["height"]
    assert lying["width"] > lying["height"]
    assert larger["width"] == pytest.approx(lying["width"] * 1.5, abs=2)


def test_typing_elsewhere_presses_no_button(child: int, keeps_images: Served, page: Page):
    give(keeps_images, child, Item.PORTRAIT, file(face()))
    sign_in(page, AN, REVIEW)
    page.locator("main .empty button").click()
    expect(page.locator(".review")).to_be_focused()
    page.locator(".brand").focus()
    page.keyboard.press("s")
    expect(page.locator(".review")).to_be_visible()
    expect(page.locator("#notice .note")).to_have_count(0)


def give(served: Served, child: int, item: Item, photo: bytes) -> None:
    with served.app.test_request_context(), transaction.writing():
        scope = operators.in_campaign(SCHOOL, CAMPAIGN)
        assert isinstance(noting.keep_image(scope, child, item, images.sealer().seal(photo), 1000, 700), int)


def test_the_checklist_works_in_place_by_htmx(child: int, page: Page):
    sign_in(page, QUAN, f"{HOME}/people/{child}/papers")
    address = page.url
    line = paper(page, Item.GUARDIAN_ID_FRONT)
    line.locator("summary").first.click()
    line.locator("select").select_option("cut-off")
    line.locator("details form button").first.click()
    expect(line.locator(".tag.bad")).to_be_visible()
    expect(page.locator("#evidence-checklist .note.good")).to_be_visible()
    page.locator("#evidence-checklist .pad > form button").click()
    expect(page.locator(".papers .tag.good")).to_have_count(len(papers(Track.GUARDIAN, form=False)))
    assert page.url == address


def test_papers_and_review_work_without_javascript(child: int, keeps_images: Served, open_page: OpenPage):
    page = open_page(NARROW, java_script_enabled=False)
    give(keeps_images, child, Item.PORTRAIT, file(card()))
    sign_in(page, AN, f"{HOME}/people/{child}/papers")
    paper(page, Item.GUARDIAN_ID_BACK).locator("button[type=submit], .acts > form button").first.click()
    expect(paper(page, Item.GUARDIAN_ID_BACK).locator(".tag.good")).to_be_visible()
    page.goto(REVIEW)
    page.locator("main .empty button").click()
    expect(page.locator(".review img")).to_be_visible()
    expect(page.locator("[data-tools]")).to_be_hidden()
    page.locator(".flaws button").first.click()
    page.goto(f"{HOME}/people/{child}/papers")
    expect(paper(page, Item.PORTRAIT).locator(".tag.bad")).to_be_visible()


def test_the_pages_look_right_and_keep_nobody_out(child: int, keeps_images: Served, any_page: Page, axe: Check, screenshot: Keep):
    give(keeps_images, child, Item.GUARDIAN_ID_FRONT, file(card(1000, 700)))
    sign_in(any_page, AN, f"{HOME}/people/{child}/papers")
    for details in any_page.locator(".papers details").all()[:4]:
        details.locator("summary").click()
    axe(any_page)
    any_page.goto(REVIEW)
    axe(any_page)
    any_page.locator("main .empty button").click()
    expect(any_page.locator(".review img")).to_have_js_property("complete", True)
    axe(any_page)
    assert any_page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    any_page.goto(f"{HOME}/papers/views")
    expect(any_page.locator("tbody tr")).to_have_count(1)
    axe(any_page)
    screenshot(any_page, "views")
