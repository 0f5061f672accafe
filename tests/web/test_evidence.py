"""Papers on the screen: noted with one press, an image sent from a phone, looked at on record, judged one after the other."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image as Picture
from sqlalchemy import func, select

from app import clock, transaction
from app.domain.track import Flaw, Item, ItemStatus
from app.extensions import db
from app.models import Evidence, Image, ImageView
from app.queries import campaigns, evidence, people
from app.services import evidence as noting
from app.services.evidence import EvidenceRefusal
from app.web import images
from tests.builders import at, make_campaign, make_person, scope_of
from tests.cast import AGENCY, ALICE, BOB, CAMPAIGN, CHARLIE, DIEP, GIANG, OTHER_SCHOOL, SCHOOL, signed_in
from tests.client import CheckedClient
from tests.page import Page, words
from tests.statements import asked_by
from tests.unit.adapters.drawn import archive, blurred, card, file, pages

KEEPING = "co-anh"
HERE = f"/institutions/{SCHOOL}/campaigns/{KEEPING}"
REVIEW = f"{HERE}/papers/review"
VIEWS = f"{HERE}/papers/views"
TODAY = date(2026, 11, 23)
PHOTO = file(card(1000, 700))
Make = Callable[[], CheckedClient]


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        yield


@pytest.fixture
def school(scene: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A campaign that keeps images, with keys of its own."""
    monkeypatch.setitem(scene.config, "EVIDENCE_KEYS", None)
    monkeypatch.setitem(scene.config, "EVIDENCE_KEY_FILE", tmp_path / "keys")
    with scene.app_context():
        make_campaign(KEEPING, AGENCY, keep_images=True, image_days=30)
    return scene


@pytest.fixture
def an(school: Flask) -> int:
    """Trần An of 6A1, sixteen years old."""
    with school.app_context():
        return make_person(SCHOOL, KEEPING, "Trần An", "6A1", birth_date=date(2010, 5, 3), personal_id="001310000012")


@pytest.fixture
def bi(school: Flask) -> int:
    """Lê Bi of 6A2, who registers through a guardian."""
    with school.app_context():
        return make_person(SCHOOL, KEEPING, "Lê Bi", "6A2", birth_date=date(2015, 5, 3))


@pytest.fixture
def alice(an: int, make_client: Make) -> CheckedClient:
    return signed_in(make_client, ALICE)


def page_of(number: int) -> str:
    return f"{HERE}/people/{number}/papers"


def tags(page: Page) -> list[str]:
    return page.texts("#evidence-checklist li .row:has(> h3) .tag")


def noted(app: Flask, number: int) -> list[tuple[str, str | None]]:
    with app.app_context(), transaction.reading():
        scope = scope_of(SCHOOL, KEEPING)
        view = campaigns.campaign(scope)
        person = people.person(scope, view, number)
        assert person is not None
        return [(row.status.value, row.flaw) for row in evidence.papers_of(scope, view, person)]


def sent(client: CheckedClient, number: int, item: str = "portrait", data: bytes = PHOTO, campaign: str = KEEPING) -> Any:
    head = b'--x\r\nContent-Disposition: form-data; name="image"; filename="IMG_1.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    path = f"{page_of(number)}/{item}/image".replace(KEEPING, campaign)
    return client.post(path, data=head + data + b"\r\n--x--\r\n", content_type="multipart/form-data; boundary=x")


def keep(app: Flask, number: int, item: Item = Item.PORTRAIT) -> int:
    """An image that somebody else has sent."""
    with app.test_request_context(), transaction.writing():
        answer = noting.keep_image(scope_of(SCHOOL, KEEPING), number, item, images.sealer().seal(PHOTO), 1000, 700)
    assert not isinstance(answer, EvidenceRefusal), answer
    return answer


def count(app: Flask, table: Any) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


# The checklist


def test_the_checklist_shows_the_papers_of_the_track_and_how_each_stands(alice: CheckedClient, an: int, bi: int):
    for number, papers in ((an, 4), (bi, 5)):
        page = alice.page(page_of(number))
        assert len(page.all("#evidence-checklist h3")) == papers
        assert len(tags(page)) == papers
        assert len(set(tags(page))) == 1


def test_seen_and_not_good_are_one_press_each(alice: CheckedClient, an: int, school: Flask):
    seen = alice.page(page_of(an)).form(".papers li:nth-child(1) .acts > form")
    answer = alice.post(seen.action, data=seen.values)
    assert (answer.status_code, answer.location) == (303, page_of(an))
    bad = alice.page(page_of(an)).form(".papers li:nth-child(2) details:nth-of-type(1) form")
    alice.post(bad.action, data=bad.values | {"verdict": "cut-off"})
    assert noted(school, an) == [("seen", None), ("not-good", "cut-off"), ("missing", None), ("missing", None)]
    page = alice.page(page_of(an))
    assert "Alice" in words(page.all(".papers li")[0])
    assert [tag["class"][1] for tag in page.all(".papers li .row:has(> h3) .tag")] == ["good", "bad", "plain", "plain"]


def test_all_papers_are_noted_as_seen_at_once(alice: CheckedClient, an: int, school: Flask):
    form = alice.page(page_of(an)).form("#evidence-checklist .pad > form")
    alice.post(form.action, data=form.values)
    assert [status for status, _ in noted(school, an)] == ["seen", "seen", "seen", "missing"]
    assert alice.page(page_of(an)).all("#evidence-checklist .pad > form") == []


def test_what_was_noted_can_be_taken_back(alice: CheckedClient, an: int, school: Flask):
    alice.post(f"{page_of(an)}/portrait", data={"verdict": "blurred"})
    form = alice.page(page_of(an)).form(".papers li:nth-child(1) .acts > form:last-child")
    assert form.action == f"{page_of(an)}/portrait/removal"
    alice.post(form.action, data=form.values)
    assert noted(school, an)[0] == ("missing", None)


def test_pressed_twice_is_noted_once(alice: CheckedClient, an: int, school: Flask):
    for _ in range(2):
        assert alice.post(f"{page_of(an)}/portrait", data={"verdict": "seen"}).status_code == 303
    assert count(school, Evidence) == 1


@pytest.mark.parametrize("verdict", ["", "waiting", "missing", "x"])
def test_a_flaw_that_is_none_is_asked_for_by_its_field(alice: CheckedClient, an: int, school: Flask, verdict: str):
    answer = alice.post(f"{page_of(an)}/portrait", data={"verdict": verdict})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert str(page.one(".summary a")["href"]) == "#flaw-portrait"
    assert words(page.one("#flaw-portrait-wrong"))
    assert page.one("details:has(#flaw-portrait)").has_attr("open")
    assert noted(school, an)[0] == ("missing", None)


def test_the_signed_form_and_papers_of_another_list_are_refused_in_a_sentence(alice: CheckedClient, an: int, school: Flask):
    for item in ("signed-form", "birth-certificate"):
        answer = alice.post(f"{page_of(an)}/{item}", data={"verdict": "seen"})
        assert answer.status_code == 409
        assert words(Page(answer.text).one("#evidence-checklist .note.warn"))
    assert count(school, Evidence) == 0


def test_htmx_gets_the_checklist_alone_and_is_told(alice: CheckedClient, an: int):
    fragment = alice.fragment(page_of(an))
    assert [str(tag.get("id")) for tag in fragment.soup.find_all(recursive=False)] == ["evidence-checklist"]
    answer = alice.post(f"{page_of(an)}/portrait", data={"verdict": "seen"}, headers={"HX-Request": "true"}, follow_redirects=True)
    assert words(Page(answer.text).one(".note.good"))


def test_a_paper_that_there_is_none_of_and_a_stranger_are_not_found(alice: CheckedClient, an: int):
    assert alice.post(f"{page_of(an)}/passport", data={"verdict": "seen"}).status_code == 404
    assert alice.post(f"{page_of(99_999)}/portrait", data={}).status_code == 404
    assert alice.get(page_of(99_999)).status_code == 404
    assert sent(alice, 99_999).status_code == 404


def test_an_onlooker_sees_the_checklist_and_nothing_else(an: int, school: Flask, make_client: Make):
    image, bob = keep(school, an), signed_in(make_client, BOB)
    page = bob.page(page_of(an))
    assert page.all("main form") == []
    assert bob.post(f"{page_of(an)}/portrait", data={"verdict": "seen"}).status_code == 403
    assert sent(bob, an).status_code == 403
    for path in (REVIEW, VIEWS, f"{HERE}/images/{image}.jpg"):
        assert bob.get(path).status_code == 403
    assert bob.post(f"{HERE}/images/{image}/views").status_code == 403


def test_who_leads_another_class_or_works_elsewhere_finds_nothing(an: int, bi: int, school: Flask, make_client: Make):
    of_bi = keep(school, bi)
    giang, charlie = signed_in(make_client, GIANG), signed_in(make_client, CHARLIE)
    assert giang.get(page_of(an)).status_code == 200
    elsewhere = HERE.replace(SCHOOL, OTHER_SCHOOL)
    for client, place in ((giang, HERE), (charlie, HERE), (charlie, elsewhere)):
        assert client.get(f"{place}/people/{bi}/papers").status_code == 404
        assert client.get(f"{place}/images/{of_bi}.jpg").status_code == 404
        for path in (
            f"people/{bi}/papers",
            f"people/{bi}/papers/portrait",
            f"people/{bi}/papers/portrait/removal",
            f"people/{bi}/papers/portrait/image",
            f"images/{of_bi}/views",
            f"images/{of_bi}/judgement",
            f"images/{of_bi}/removal",
        ):
            assert client.post(f"{place}/{path}", data={"verdict": "seen"}).status_code == 404, path
    assert count(school, ImageView) == 0
    assert noted(school, bi)[0] == ("waiting", None)


# Sending an image


def test_the_form_offers_the_camera_and_says_its_limits_beforehand(alice: CheckedClient, an: int):
    page = alice.page(page_of(an))
    field = page.one("#image-id-front")
    assert (field["accept"], field["capture"]) == ("image/*,application/pdf,.heic", "environment")
    limits = words(page.one(f"#{field['aria-describedby']}"))
    assert "12 MB" in limits
    assert "30" in limits


def test_an_image_is_kept_sealed_and_waits(alice: CheckedClient, an: int, school: Flask):
    answer = sent(alice, an, "id-front")
    assert (answer.status_code, answer.location) == (303, page_of(an))
    assert noted(school, an)[1] == ("waiting", None)
    with school.app_context():
        image = db.session.scalars(select(Image)).one()
        assert (image.width, image.height, image.hint) == (1000, 700, None)
        assert b"JFIF" not in image.sealed


def test_what_seems_wrong_with_an_image_is_told_at_once_but_it_is_kept(alice: CheckedClient, an: int, school: Flask):
    sent(alice, an, "id-front", file(blurred(card(1000, 700), 8)))
    page = alice.page(page_of(an))
    assert len(page.all("#notice .note.warn")) == 1
    assert len(page.all("#evidence-checklist .note.warn")) == 1
    assert noted(school, an)[1] == ("waiting", None)


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a" + bytes(500), PHOTO[:2000], PHOTO + archive(), pages(6), b"\xff\xd8\xff" + bytes(12 * 1024 * 1024)],
    ids=["empty", "kind", "cut", "attached", "pages", "size"],
)
def test_what_can_not_be_kept_is_a_sentence_by_its_field_and_leaves_nothing(alice: CheckedClient, an: int, school: Flask, data: bytes):
    answer = sent(alice, an, "id-back", data)
    page = Page(answer.text)
    assert answer.status_code == 422
    assert str(page.one(".summary a")["href"]) == "#image-id-back"
    assert words(page.one("#image-id-back-wrong"))
    assert page.one("details:has(#image-id-back)").has_attr("open")
    assert (count(school, Image), count(school, Evidence)) == (0, 0)


def test_no_file_at_all_is_told_too(alice: CheckedClient, an: int):
    assert alice.post(f"{page_of(an)}/portrait/image").status_code == 422


def test_a_campaign_without_images_offers_and_takes_none(school: Flask, make_client: Make):
    with school.app_context():
        number = make_person(SCHOOL, CAMPAIGN, "Vũ Chi", "6A1", birth_date=date(2010, 5, 3))
    alice = signed_in(make_client, ALICE)
    path = page_of(number).replace(KEEPING, CAMPAIGN)
    assert alice.page(path).all("input[type=file]") == []
    assert sent(alice, number, campaign=CAMPAIGN).status_code == 409
    assert alice.page(REVIEW.replace(KEEPING, CAMPAIGN)).all("main form") == []
    assert count(school, Image) == 0


def test_a_wrong_image_can_be_deleted(alice: CheckedClient, an: int, school: Flask):
    keep(school, an)
    form = alice.page(page_of(an)).form("form[action$='/removal']")
    assert alice.post(form.action, data=form.values).location == page_of(an)
    assert alice.post(form.action, data=form.values).status_code == 404
    assert count(school, Image) == 0


# Looking


def opened(client: CheckedClient, image: int) -> Page:
    answer = client.post(f"{HERE}/images/{image}/views")
    assert answer.status_code == 303
    return client.page(answer.location)


def test_a_look_shows_the_image_beside_the_persons_data_and_is_noted(alice: CheckedClient, an: int, school: Flask):
    page = opened(alice, keep(school, an))
    assert {"03/05/2010", "6A1", "001310000012"} <= set(page.texts(".facts dd"))
    answer = alice.get(str(page.one("img")["src"]))
    assert answer.status_code == 200
    assert Picture.open(io.BytesIO(answer.data)).size == (1000, 700)
    with school.app_context():
        view = db.session.scalars(select(ImageView)).one()
        assert (view.person_id, view.item, view.by, view.at) == (an, "portrait", "Alice", at(TODAY))


def test_an_image_is_served_so_that_nothing_keeps_or_runs_it(alice: CheckedClient, an: int, school: Flask):
    headers = alice.get(str(opened(alice, keep(school, an)).one("img")["src"])).headers
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Disposition"] == "inline"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_nobody_sees_an_image_without_having_been_noted(
    alice: CheckedClient, an: int, school: Flask, make_client: Make, monkeypatch: pytest.MonkeyPatch
):
    one, other = keep(school, an), keep(school, an, Item.ID_FRONT)
    address = str(opened(alice, one).one("img")["src"])
    permit = address.partition("?")[2]
    assert alice.get(f"{HERE}/images/{one}.jpg").location == REVIEW
    assert alice.get(f"{HERE}/images/{one}.jpg?permit=x").location == REVIEW
    assert alice.get(f"{HERE}/images/{other}.jpg?{permit}").location == REVIEW, "the permit is for one image"
    diep = signed_in(make_client, DIEP)
    assert diep.get(address).location == REVIEW, "and for one visitor"
    assert diep.page(f"{REVIEW}?{permit}").all("main img") == []
    monkeypatch.setattr(images, "SECONDS", -1)
    assert alice.get(address).location == REVIEW, "and for ten minutes"
    assert words(alice.page(f"{REVIEW}?{permit}").one(".note.warn"))
    assert count(school, ImageView) == 1


def test_an_image_that_no_key_opens_is_not_there(alice: CheckedClient, an: int, school: Flask, monkeypatch: pytest.MonkeyPatch):
    address = str(opened(alice, keep(school, an)).one("img")["src"])
    monkeypatch.setitem(school.config, "EVIDENCE_KEY_FILE", Path(school.config["EVIDENCE_KEY_FILE"]).with_name("others"))
    assert alice.get(address).status_code == 404


def test_the_coordinator_sees_who_looked_at_whose_paper(an: int, school: Flask, make_client: Make):
    image, giang, alice = keep(school, an), signed_in(make_client, GIANG), signed_in(make_client, ALICE)
    opened(giang, image)
    assert giang.get(VIEWS).status_code == 403
    row = alice.page(VIEWS).rows()[1]
    assert row[:4] == ["23/11/2026 09:00", "Giang", "Trần An", "6A1"]
    assert "Giang" in words(alice.page(page_of(an)).one("table"))
    assert giang.page(page_of(an)).all("table") == []


def test_the_list_of_looks_goes_on_page_by_page(alice: CheckedClient, an: int, school: Flask, monkeypatch: pytest.MonkeyPatch):
    image = keep(school, an)
    for _ in range(3):
        opened(alice, image)
    monkeypatch.setitem(evidence.views.__kwdefaults__, "size", 2)
    first = alice.page(VIEWS)
    second = alice.page(str(first.one("a[rel=next]")["href"]))
    assert (len(first.rows()) - 1, len(second.rows()) - 1) == (2, 1)
    assert second.all("a[rel=next]") == []


# Judging, one after the other


def test_each_judgement_leads_to_the_next_image_that_waits(alice: CheckedClient, an: int, bi: int, school: Flask):
    keep(school, an)
    keep(school, bi)
    keep(school, bi, Item.BIRTH_CERTIFICATE)
    start = alice.page(REVIEW)
    assert "3" in words(start.one(".head"))
    form = start.form("main .empty form")
    address = alice.post(form.action, data=form.values).location
    for verdict, who in (("seen", "Trần An"), ("taken-lying", "Lê Bi"), ("seen", "Lê Bi")):
        page = alice.page(address)
        assert words(page.all(".review h2")[1]) == who
        form = page.form("form[action$='/judgement']")
        address = alice.post(form.action, data=form.values | {"verdict": verdict}).location
    assert address == REVIEW
    assert noted(school, an)[0] == ("seen", None)
    assert (noted(school, bi)[0], noted(school, bi)[3]) == (("not-good", "taken-lying"), ("seen", None))
    assert count(school, ImageView) == 3
    assert alice.page(REVIEW).all("main form") == []


def test_an_image_can_be_passed_over_and_still_waits(alice: CheckedClient, an: int, bi: int, school: Flask):
    keep(school, an)
    keep(school, bi)
    address = alice.post(REVIEW).location
    for who in ("Trần An", "Lê Bi"):
        page = alice.page(address)
        assert words(page.all(".review h2")[1]) == who
        form = page.form("form[action$='/papers/review']")
        address = alice.post(form.action, data=form.values).location
    assert address == REVIEW
    assert len(alice.page(REVIEW).all("main .empty form")) == 1


def test_the_keys_stand_on_the_buttons(alice: CheckedClient, an: int, school: Flask):
    page = opened(alice, keep(school, an))
    assert [button["data-key"] for button in page.all("[data-key]")] == ["r", "+ =", "-", "s", "1", "2", "3", "4", "n"]
    flaws = [button["value"] for button in page.all(".flaws button")]
    assert flaws == list(Flaw)


def test_who_is_slower_is_told_who_judged_and_goes_on(alice: CheckedClient, an: int, school: Flask, make_client: Make):
    image, diep = keep(school, an), signed_in(make_client, DIEP)
    slow, quick = opened(alice, image), opened(diep, image)
    form = quick.form("form[action$='/judgement']")
    diep.post(form.action, data=form.values | {"verdict": "blurred"})
    form = slow.form("form[action$='/judgement']")
    answer = alice.post(form.action, data=form.values | {"verdict": "seen"}, follow_redirects=True)
    assert "Diệp" in words(Page(answer.text).one("#notice .note.warn"))
    assert noted(school, an)[0] == ("not-good", "blurred")
    assert opened(alice, image).all("form[action$='/judgement']") == [], "what is judged is only shown"


def test_of_an_image_that_was_replaced_meanwhile_nothing_is_noted(alice: CheckedClient, an: int, school: Flask):
    form = opened(alice, keep(school, an)).form("form[action$='/judgement']")
    keep(school, an)
    answer = alice.post(form.action, data=form.values | {"verdict": "seen"}, follow_redirects=True)
    assert words(Page(answer.text).one("#notice .note.warn"))
    assert noted(school, an)[0] == ("waiting", None)


def test_who_was_not_shown_an_image_can_not_judge_it(alice: CheckedClient, an: int, school: Flask):
    answer = alice.post(f"{HERE}/images/{keep(school, an)}/judgement", data={"verdict": "seen"})
    assert answer.status_code == 422
    assert words(Page(answer.text).one(".note.warn"))
    assert noted(school, an)[0] == (ItemStatus.WAITING, None)


def test_a_judgement_that_is_none_is_told_and_the_image_stays(alice: CheckedClient, an: int, school: Flask):
    form = opened(alice, keep(school, an)).form("form[action$='/judgement']")
    answer = alice.post(form.action, data=form.values | {"verdict": "pretty"})
    assert answer.status_code == 422
    assert len(Page(answer.text).all("main img")) == 1


@pytest.mark.parametrize("path", [VIEWS, REVIEW])
def test_a_long_history_asks_the_database_no_more_often(alice: CheckedClient, an: int, school: Flask, path: str):
    def asked() -> int:
        return len(asked_by(school, lambda: alice.page(path)))

    opened(alice, keep(school, an))
    few = asked()
    for item in (Item.ID_FRONT, Item.ID_BACK):
        image = keep(school, an, item)
        for _ in range(5):
            opened(alice, image)
    assert asked() == few
