"""A campaign's own texts: written, looked at on real people, refused with reasons, and each place's its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, update

from app import clock, transaction
from app.extensions import db
from app.models import LadderRung, MessageText
from tests.builders import at, make_person
from tests.cast import AGENCY, ALICE, CAMPAIGN, CHARLIE, DIEP, GIANG, HOME, OTHER_HOME, SCHOOL, signed_in
from tests.client import CheckedClient
from tests.page import Page

TODAY = date(2026, 11, 23)
TEXTS = f"{HOME}/texts"
OF_AGENCY = f"/agencies/{AGENCY}/campaigns/{CAMPAIGN}/texts"
GOOD = {
    "name": "Nhắc nhẹ",
    "subject": "Nhắc đăng ký VssID",
    "body": "Kính gửi {{ ten }},\n\n{{ viec }}",
    "short": "{{ don_vi }}: {{ viec_ngan }}",
}
Make = Callable[[], CheckedClient]


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        yield


@pytest.fixture
def alice(scene: Flask, make_client: Make) -> CheckedClient:
    with scene.app_context():
        make_person(SCHOOL, CAMPAIGN, "Lê Minh Đức", "6A1", birth_date=date(2008, 3, 5), phone="0912000222")
    return signed_in(make_client, ALICE)


def kept(app: Flask) -> list[MessageText]:
    with app.app_context():
        return list(db.session.scalars(select(MessageText).order_by(MessageText.id)))


def created(client: CheckedClient, path: str = TEXTS, **other: str) -> str:
    answer = client.post(path, data=GOOD | other)
    assert answer.status_code == 303, Page(answer.text).texts(".summary li")
    return str(answer.location)


def test_a_text_is_kept_and_shown_on_real_people(alice: CheckedClient):
    page = alice.page(created(alice))
    assert page.h1 == "Nhắc nhẹ"
    shown = page.one("#message_texts-previews").get_text(" ")
    assert "Kính gửi Lê Minh Đức" in shown
    assert "Truong THCS Minh Hoa: Chua ke khai" in shown
    assert "Chưa kê khai. Hãy kê khai trên cổng dịch vụ công" in shown


def test_the_built_in_text_is_shown_with_its_parts(alice: CheckedClient):
    page = alice.page(TEXTS)
    assert page.all("#message_texts-previews .sms")
    assert "SMS: 1" in page.text


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("body", "{{ mat_khau }}"),
        ("body", "{{ ten"),
        ("body", "{% for a in con %}{% endfor %}"),
        ("body", ""),
        ("subject", ""),
        ("body", "CCCD 079201001234"),
        ("short", "x" * 470),
        ("name", ""),
        ("name", "x" * 81),
    ],
)
def test_a_text_that_cant_be_used_comes_back_with_the_reason_by_its_field(scene: Flask, alice: CheckedClient, field: str, text: str):
    answer = alice.post(TEXTS, data=GOOD | {field: text})
    assert answer.status_code == 422
    page = Page(answer.text)
    assert [str(link["href"]) for link in page.all(".summary a")] == [f"#{field}"]
    assert page.one(f"#{field}").get("aria-invalid") == "true"
    assert kept(scene) == []


def test_a_look_before_saving_keeps_nothing(scene: Flask, alice: CheckedClient):
    page = Page(alice.post(TEXTS, data=GOOD | {"look": "1"}).text)
    assert "Kính gửi Lê Minh Đức" in page.one("#message_texts-previews").get_text(" ")
    assert page.one("#body").get_text().strip().startswith("Kính gửi {{ ten }}")
    assert alice.post(TEXTS, data=GOOD | {"look": "1", "body": "{{ x }}"}).status_code == 422
    assert kept(scene) == []


def test_a_second_click_makes_no_second_text(scene: Flask, alice: CheckedClient):
    created(alice)
    answer = alice.post(TEXTS, data=GOOD)
    assert answer.status_code == 422
    assert [str(link["href"]) for link in Page(answer.text).all(".summary a")] == ["#name"]
    assert len(kept(scene)) == 1


def test_of_two_who_change_a_text_at_once_the_second_is_told(scene: Flask, alice: CheckedClient):
    path = created(alice)
    form = alice.page(f"{path}/edit").form("main form").values
    with clock.set_to(at(TODAY).replace(hour=10)):
        assert alice.post(f"{path}/edit", data=form | {"subject": "Một"}).status_code == 303
    with clock.set_to(at(TODAY).replace(hour=11)):
        answer = alice.post(f"{path}/edit", data=form | {"subject": "Hai"})
    assert answer.status_code == 409
    assert Page(answer.text).one("#subject").get("value") == "Một"
    assert [text.subject for text in kept(scene)] == ["Một"]


def test_a_text_that_a_rung_uses_stays(scene: Flask, alice: CheckedClient):
    path = created(alice)
    with scene.app_context(), transaction.writing():
        text = db.session.scalars(select(MessageText.id)).one()
        rung = db.session.scalars(select(LadderRung.id).order_by(LadderRung.id).limit(1)).one()
        db.session.execute(update(LadderRung).where(LadderRung.id == rung).values(text_id=text))
    assert alice.post(f"{path}/removal").location.endswith(path)
    assert alice.page(path).h1 == "Nhắc nhẹ"
    with scene.app_context(), transaction.writing():
        db.session.execute(update(LadderRung).values(text_id=None))
    assert alice.post(f"{path}/removal").location.endswith("/texts")
    assert alice.post(f"{path}/removal").status_code == 404
    assert kept(scene)[0].removed_at is not None


def test_the_offices_texts_are_read_by_institutions_and_changed_by_the_office(scene: Flask, alice: CheckedClient, make_client: Make):
    diep = signed_in(make_client, DIEP)
    number = created(diep, OF_AGENCY, name="Của cơ quan").rpartition("/")[2]
    assert "Của cơ quan" in alice.page(TEXTS).text
    assert alice.page(f"{TEXTS}/{number}").all("form[action$=removal]") == []
    assert alice.get(f"{TEXTS}/{number}/edit").status_code == 403
    assert alice.post(f"{TEXTS}/{number}/edit", data=GOOD).status_code == 403
    assert alice.post(f"{TEXTS}/{number}/removal").status_code == 403
    assert diep.post(f"{OF_AGENCY}/{number}/removal").status_code == 303


def test_an_institutions_texts_are_its_own(alice: CheckedClient, make_client: Make):
    number = created(alice).rpartition("/")[2]
    charlie, diep = signed_in(make_client, CHARLIE), signed_in(make_client, DIEP)
    for path in (f"{OTHER_HOME}/texts/{number}", f"{OTHER_HOME}/texts/{number}/edit", f"{HOME}/texts/{number}"):
        assert charlie.get(path).status_code == 404
    assert charlie.post(f"{OTHER_HOME}/texts/{number}/removal").status_code == 404
    assert diep.get(f"{OF_AGENCY}/{number}").status_code == 404
    assert "Nhắc nhẹ" not in diep.page(OF_AGENCY).text
    assert created(charlie, f"{OTHER_HOME}/texts")


def test_class_leads_write_no_texts(scene: Flask, make_client: Make):
    giang = signed_in(make_client, GIANG)
    assert giang.get(TEXTS).status_code == 403
    assert giang.post(TEXTS, data=GOOD).status_code == 403


def test_what_is_written_is_never_read_as_html(alice: CheckedClient):
    path = created(alice, subject="<b>x</b>", body="<script>alert(1)</script> {{ viec }}", name="<i>tên</i>")
    page = alice.page(path)
    assert not page.all("main script, main .sheet-of-mail b")
    assert "<script>alert(1)</script>" in page.text
