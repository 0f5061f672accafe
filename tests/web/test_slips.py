"""Slips and group texts: each class's own, in the order in which it sits, counts without names, and every print noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.domain.registration import Event
from app.extensions import db
from app.models import LogEntry, Nudge
from tests.builders import at, make_person, make_unit, record
from tests.cast import ALICE, BOB, CAMPAIGN, CHARLIE, GIANG, HOME, OTHER_HOME, SCHOOL, signed_in
from tests.client import CheckedClient
from tests.page import Page
from tests.statements import asked_by

TODAY = date(2026, 11, 23)
SLIPS = f"{HOME}/slips"
Make = Callable[[], CheckedClient]


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        yield


@pytest.fixture
def units(scene: Flask) -> dict[str, int]:
    """6A1 with somebody of every kind; of 6A2 one; nobody's class one."""
    with scene.app_context():
        for name in ("Trần Văn Cường", "Lê Thị Ánh", "Phạm Đức", "Đỗ Văn An", "Bùi Bình"):
            make_person(SCHOOL, CAMPAIGN, name, "6A1", birth_date=date(2008, 3, 5))
        child = make_person(SCHOOL, CAMPAIGN, "Vũ Gia Hân", "6A1", birth_date=date(2015, 3, 5))
        waiting = make_person(SCHOOL, CAMPAIGN, "Hồ Chờ", "6A1", birth_date=date(2008, 3, 5))
        done = make_person(SCHOOL, CAMPAIGN, "Mai Xong", "6A1", birth_date=date(2008, 3, 5))
        here = make_person(SCHOOL, CAMPAIGN, "Ngô Đã Nộp", "6A1", birth_date=date(2008, 3, 5))
        make_person(SCHOOL, CAMPAIGN, "Nguyễn Tú", "6A2", birth_date=date(2008, 3, 5))
        make_person(SCHOOL, CAMPAIGN, "Cao Không Lớp", birth_date=date(2008, 3, 5))
        day = TODAY - timedelta(days=3)
        for person in (waiting, here):
            record(SCHOOL, CAMPAIGN, person, Event.DECLARED, day)
            record(SCHOOL, CAMPAIGN, person, Event.FORM_RECEIVED, day)
        record(SCHOOL, CAMPAIGN, waiting, Event.HANDED_IN, day)
        record(SCHOOL, CAMPAIGN, done, Event.GRANTED, day)
        assert child
        return {name: make_unit(SCHOOL, name) for name in ("6A1", "6A2")}


def texts(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


def slips(client: CheckedClient, unit_id: int) -> str:
    answer = client.post(f"{HOME}/units/{unit_id}/slips.pdf", follow_redirects=True)
    assert answer.mimetype == "application/pdf", answer.text
    return texts(answer.data)


def test_slips_are_for_those_who_have_something_to_do_in_the_order_of_the_list(units: dict[str, int], make_client: Make):
    text = slips(signed_in(make_client, ALICE), units["6A1"])
    names = ["Đỗ Văn An", "Lê Thị Ánh", "Bùi Bình", "Trần Văn Cường", "Phạm Đức", "Vũ Gia Hân"]
    places = [text.index(name) for name in names]
    assert places == sorted(places)
    assert "Kính gửi phụ huynh em Vũ Gia Hân (6A1)" in text
    for absent in ("Hồ Chờ", "Mai Xong", "Ngô Đã Nộp", "Nguyễn Tú", "05/03/2008"):
        assert absent not in text


def test_the_text_for_a_group_counts_and_names_nobody(units: dict[str, int], make_client: Make):
    page = signed_in(make_client, ALICE).page(SLIPS)
    text = page.one(f"#text-{units['6A1']}").get_text()
    assert "đã xong 1/9 (11,1 %), còn 8" in text
    assert "- 5 hồ sơ chưa bắt đầu: kê khai" in text
    assert "- 1 hồ sơ chờ phụ huynh có tài khoản" in text
    for name in ("Cường", "Ánh", "Hân", "Hồ Chờ", "Mai Xong"):
        assert name not in text
    assert page.one(f"button[data-copy=text-{units['6A1']}]")


def test_taking_slips_out_is_written_down_without_names(scene: Flask, units: dict[str, int], make_client: Make):
    slips(signed_in(make_client, ALICE), units["6A1"])
    with scene.app_context():
        entry = db.session.scalars(select(LogEntry).where(LogEntry.what == "exported-slips")).one()
        assert (entry.actor, entry.count) == ("Alice", 6)


def test_the_address_of_a_print_holds_for_a_minute_and_for_one_visitor(units: dict[str, int], make_client: Make):
    alice, giang = signed_in(make_client, ALICE), signed_in(make_client, GIANG)
    address = alice.post(f"{HOME}/units/{units['6A1']}/slips.pdf").location
    assert alice.get(address).mimetype == "application/pdf"
    assert giang.get(address).status_code == 303
    assert alice.get(f"{HOME}/units/{units['6A1']}/slips.pdf").status_code == 303
    other = address.replace(f"/units/{units['6A1']}/", f"/units/{units['6A2']}/")
    assert alice.get(other).status_code == 303
    assert alice.get(address.replace("permit=", "permit=x")).status_code == 303


def test_a_class_lead_prints_own_classes_only(units: dict[str, int], make_client: Make):
    giang = signed_in(make_client, GIANG)
    page = giang.page(SLIPS)
    assert page.texts(".panel h2") == ["6A1"]
    assert "Vũ Gia Hân" in slips(giang, units["6A1"])
    for path in (f"{HOME}/units/{units['6A2']}/slips.pdf", f"{HOME}/units/0/slips.pdf", f"{HOME}/units/{units['6A2']}/posts"):
        assert giang.post(path).status_code == 404


def test_who_looks_on_reads_the_text_and_prints_nothing(units: dict[str, int], make_client: Make):
    bob = signed_in(make_client, BOB)
    assert not bob.page(SLIPS).all("main form")
    for what in ("slips.pdf", "slips", "posts"):
        assert bob.post(f"{HOME}/units/{units['6A1']}/{what}").status_code == 403


def test_another_institutions_class_is_not_there(units: dict[str, int], make_client: Make):
    charlie = signed_in(make_client, CHARLIE)
    assert charlie.post(f"{HOME}/units/{units['6A1']}/slips.pdf").status_code == 404
    assert charlie.post(f"{OTHER_HOME}/units/{units['6A2']}/slips.pdf").status_code == 404, "units are numbered by their institution"


def test_people_without_a_class_have_slips_too(units: dict[str, int], make_client: Make):
    assert "Cao Không Lớp" in slips(signed_in(make_client, ALICE), 0)


def test_what_was_handed_out_is_noted_once(scene: Flask, units: dict[str, int], make_client: Make):
    """A second click the same day finds everybody reminded."""
    alice = signed_in(make_client, ALICE)
    first = said(alice.post(f"{HOME}/units/{units['6A1']}/slips", follow_redirects=True).text)
    again = said(alice.post(f"{HOME}/units/{units['6A1']}/slips", follow_redirects=True).text)
    assert first != again
    with scene.app_context():
        noted = db.session.scalars(select(Nudge).where(Nudge.channel == "slip")).all()
        assert noted
        assert all(nudge.status == "sent" for nudge in noted)
        count = len(noted)
    alice.post(f"{HOME}/units/{units['6A1']}/posts")
    with scene.app_context():
        assert len(db.session.scalars(select(Nudge).where(Nudge.channel == "slip")).all()) == count


def said(html: str) -> str:
    return " ".join(Page(html).texts("#notice p"))


def test_a_class_where_all_wait_has_no_slip(units: dict[str, int], scene: Flask, make_client: Make):
    with scene.app_context():
        person = make_person(SCHOOL, CAMPAIGN, "Lý Chờ", "7B", birth_date=date(2008, 3, 5))
        for event in (Event.DECLARED, Event.FORM_RECEIVED):
            record(SCHOOL, CAMPAIGN, person, event, TODAY)
        unit = make_unit(SCHOOL, "7B")
    alice = signed_in(make_client, ALICE)
    assert "slips.pdf" not in str(alice.page(SLIPS).one(f"#unit-{unit}"))
    assert alice.post(f"{HOME}/units/{unit}/slips.pdf").location.endswith("/slips")


def test_the_page_asks_as_little_for_many_classes_as_for_few(scene: Flask, units: dict[str, int], make_client: Make):
    alice = signed_in(make_client, ALICE)
    alice.get(SLIPS)
    few = len(asked_by(scene, lambda: alice.get(SLIPS)))
    with scene.app_context():
        for number in range(8):
            make_person(SCHOOL, CAMPAIGN, f"Trần Văn {number}", f"8A{number}")
    assert len(asked_by(scene, lambda: alice.get(SLIPS))) == few


def test_a_slip_says_no_number_of_days_because_it_is_read_later(scene: Flask, units: dict[str, int], make_client: Make):
    with scene.app_context():
        person = make_person(SCHOOL, CAMPAIGN, "Lý Khai", "7C", birth_date=date(2008, 3, 5))
        record(SCHOOL, CAMPAIGN, person, Event.DECLARED, TODAY - timedelta(days=4))
        unit = make_unit(SCHOOL, "7C")
    text = slips(signed_in(make_client, ALICE), unit)
    assert "29/11/2026" in text
    assert "còn" not in text
