"""Reminders: seen beforehand, found afterwards, sent by hand with a look first, paused, and never anybody else's business."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, render_template
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from app import clock, transaction
from app.domain.ladder import Channel
from app.domain.nudge import Status
from app.domain.registration import Event
from app.extensions import db
from app.models import Address, ChannelState, LogEntry, Nudge, Pause, Person, User
from app.queries import campaigns, operators, people, rung_effects
from app.queries.passed_rungs import NoMessage
from app.queries.rung_effects import Effect
from app.services import guardians, planning
from app.services import ladders as keeping
from app.web import person_nudges
from app.web.nudge_words import rung_name
from app.web.person_nudges import PersonLedger
from imports.values import GuardianRead
from tests.builders import DEADLINE, at, make_person, make_unit, record, scope_of
from tests.cast import ALICE, BOB, CAMPAIGN, CHARLIE, DIEP, GIANG, HOME, OTHER_HOME, OTHER_SCHOOL, SCHOOL, signed_in
from tests.client import CheckedClient
from tests.page import Page, words
from tests.statements import asked_by

WEEK, THREE_DAYS = (f"{days} ngày trước ngày hết hạn" for days in (7, 3))
TODAY = DEADLINE - timedelta(days=7)  # a Wednesday: D-7, on which whoever is not done is reminded
WAYS = frozenset({Channel.EMAIL, Channel.SMS})
NUDGES = f"{HOME}/nudges"
LEDGER = f"{NUDGES}/ledger"
Make = Callable[[], CheckedClient]


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        yield


@pytest.fixture
def ids(scene: Flask) -> dict[str, int]:
    """One with an e-mail address, one with a phone, one with neither, a child with a mother, one without anybody, and one who is done."""
    with scene.app_context():
        found = {
            "Trần An": make_person(SCHOOL, CAMPAIGN, "Trần An", "6A1", email="an@nha.example"),
            "Lê Bình": make_person(SCHOOL, CAMPAIGN, "Lê Bình", "6A2", phone="0912000222"),
            "Đỗ Chi": make_person(SCHOOL, CAMPAIGN, "Đỗ Chi", "6A2"),
            "Bùi Bé": make_person(SCHOOL, CAMPAIGN, "Bùi Bé", "6A1", birth_date=date(2015, 5, 3)),
            "Vũ Tí": make_person(SCHOOL, CAMPAIGN, "Vũ Tí", "6A1", birth_date=date(2015, 6, 3)),
            "Ngô Xong": make_person(SCHOOL, CAMPAIGN, "Ngô Xong", "6A1", email="xong@nha.example"),
        }
        record(SCHOOL, CAMPAIGN, found["Ngô Xong"], Event.GRANTED, date(2026, 12, 1))
        with transaction.writing():
            mother = GuardianRead("mother", "Bùi Thu Hà", "0912000111", None)
            scope = scope_of(SCHOOL, CAMPAIGN)
            guardians.link_guardians(scope, campaigns.campaign(scope), None, [(found["Bùi Bé"], (mother,))])
            found["Bùi Thu Hà"] = db.session.scalars(select(Person.id).where(Person.full_name == "Bùi Thu Hà")).one()
    return found


@pytest.fixture
def alice(ids: dict[str, int], make_client: Make) -> CheckedClient:
    return signed_in(make_client, ALICE)


def plan(app: Flask) -> None:
    with app.app_context(), transaction.writing():
        planning.plan(campaigns.campaign(scope_of(SCHOOL, CAMPAIGN)), WAYS)


def nudge_of(app: Flask, person_id: int) -> int:
    with app.app_context(), transaction.reading():
        return db.session.scalars(select(Nudge.id).where(Nudge.person_id == person_id).order_by(Nudge.id)).all()[-1]


def said(app: Flask, person_id: int, at_instant: datetime | None = None, **more: Any) -> None:
    """The person's message has gone."""
    values = {"subject": "Nhắc đăng ký VssID", "text": "Xin kê khai trước ngày 30/12.", "sent_at": at_instant or clock.now()} | more
    with app.app_context(), transaction.writing():
        row = db.session.scalars(select(Nudge).where(Nudge.person_id == person_id, Nudge.status == Status.PLANNED)).one()
        row.status = more.get("status", Status.SENT)
        for name, value in values.items():
            setattr(row, name, value)


def count(app: Flask, table: type[Nudge | Pause]) -> int:
    with app.app_context(), transaction.reading():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def lines(page: Page, part: str = "lines") -> list[list[str]]:
    return page.rows(f"#nudges-{part} table")[1:] if page.all(f"#nudges-{part} table") else []


def receivers(page: Page) -> list[str]:
    return page.texts("#nudges-table tbody td:nth-child(2) a")


# Seen beforehand


def test_what_goes_out_tomorrow_is_counted_by_rung_receiver_and_channel(alice: CheckedClient):
    with clock.set_to(at(TODAY - timedelta(days=1))):
        page = alice.page(NUDGES)
    assert [(line[0], line[3]) for line in lines(page)] == [(WEEK, "1")] * 3, "An by e-mail, Bình by SMS or Zalo, the mother as guardian"
    assert "23/12/2026" in words(page.one("header.head"))


def test_who_is_left_out_is_counted_with_the_reason_and_a_way_to_the_list(alice: CheckedClient):
    with clock.set_to(at(TODAY - timedelta(days=1))):
        page = alice.page(NUDGES)
        links = [str(tag["href"]) for tag in page.all("#nudges-left-out a")]
        assert sorted(link.rpartition("=")[2] for link in links if "unreachable" in link) == ["no-address", "no-guardian"]
        for link in links:
            assert alice.page(link).h1


def test_any_day_can_be_asked_for_and_the_neighbours_are_one_click_away(alice: CheckedClient):
    page = alice.page(f"{NUDGES}?on=2026-12-27")
    assert str(page.one("#nudges-on")["value"]) == "2026-12-27"
    assert [str(tag["href"]).rpartition("on=")[2] for tag in page.all(".day-nav a")] == ["2026-12-26", "2026-12-28"]
    assert "28/12/2026" in words(page.one(".note.info:-soup-contains('27/12/2026')")), (
        "a Sunday is quiet, and the page says what that means"
    )


@pytest.mark.parametrize("odd", ["", "gestern", "2026-13-45", "9999-01-01", "0001-01-01"])
def test_an_odd_day_means_tomorrow(alice: CheckedClient, odd: str):
    assert str(alice.page(f"{NUDGES}?on={odd}").one("#nudges-on")["value"]) == "2026-12-24"


def test_of_today_the_numbers_lead_to_the_messages_they_count(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    plan(scene)
    page = alice.page(f"{NUDGES}?on={TODAY.isoformat()}")
    for line, link in zip(lines(page), page.all("#nudges-lines td a"), strict=True):
        assert len(receivers(alice.page(str(link["href"])))) == int(line[3])
    for line, link in zip(lines(page, "left-out"), page.all("#nudges-left-out td a"), strict=True):
        assert len(receivers(alice.page(str(link["href"])))) == int(line[2])


def test_a_day_counts_what_left_on_it_whatever_day_its_rung_is_of(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    """Sent by hand it is its receiver's next rung, and a weekly rung has many days: the number's list has the day's messages alone."""
    early = TODAY - timedelta(days=5)
    with clock.set_to(at(early)):
        alice.post(f"{NUDGES}/by-hand", data={"person": [ids["Trần An"]]})
        page = alice.page(f"{NUDGES}?on={early.isoformat()}")
        listed = {(line[0], line[3]): str(a["href"]) for line, a in zip(lines(page), page.all("#nudges-lines td a"), strict=True)}
        assert receivers(alice.page(listed[WEEK, "1"])) == ["Trần An"]
        said(scene, ids["Trần An"], at(early) + timedelta(minutes=1))
    with clock.set_to(at(TODAY)):
        plan(scene)
        page = alice.page(f"{NUDGES}?on={TODAY.isoformat()}")
        assert "Trần An" not in receivers(alice.page(str(page.all("#nudges-lines td a")[0]["href"])))


def test_samples_say_what_would_be_said_with_the_short_form_and_its_parts(alice: CheckedClient):
    with clock.set_to(at(TODAY - timedelta(days=1))):
        href = str(alice.page(NUDGES).one("#nudges-samples")["hx-get"])
        fragment = alice.fragment(href)
        assert [str(tag.get("id")) for tag in fragment.soup.find_all(recursive=False)] == ["nudges-samples"]
        assert fragment.all(".sample code")
        assert any("Trần An" in text for text in fragment.texts(".sample"))
        assert alice.page(href).texts(".sample") == fragment.texts(".sample")


def test_banners_say_what_keeps_messages_back(alice: CheckedClient, scene: Flask):
    assert alice.page(NUDGES).all(".note.warn") == []
    with scene.app_context(), transaction.writing():
        db.session.add(ChannelState(channel=Channel.SMS, trouble="balance", trouble_at=clock.now()))
        campaign = campaigns.campaign(scope_of(SCHOOL, CAMPAIGN))
        assert keeping.pause_ladder(operators.everything(), campaign.id, paused=True) is None
    page = alice.page(NUDGES)
    assert "SMS" in words(page.one(".note.bad"))
    assert page.one(".note.warn")


def test_the_preview_asks_as_much_for_many_people_as_for_few(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    path = f"{NUDGES}?on={DEADLINE - timedelta(days=3)}"
    few = len(asked_by(scene, lambda: alice.page(path)))
    with scene.app_context():
        for number in range(12):
            make_person(SCHOOL, CAMPAIGN, f"Trần Văn {number}", "6A2", email=f"a{number}@nha.example")
    assert len(asked_by(scene, lambda: alice.page(path))) == few


# The ledger


def test_every_message_stands_in_the_ledger_with_its_reason(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    plan(scene)
    page = alice.page(LEDGER)
    rows = {row[1].split(" ")[0] + " " + row[1].split(" ")[1]: row for row in page.rows("#nudges-table table")[1:]}
    assert {"Trần An", "Lê Bình", "Đỗ Chi", "Bùi Thu"} <= set(rows)
    assert "Ngô Xong" not in rows
    assert "Bùi Bé" in rows["Bùi Thu"][2]
    nobody = next(row for row in page.rows("#nudges-table table")[1:] if "Vũ Tí" in row[2])
    assert "Vũ Tí" not in nobody[1]


def test_filters_narrow_the_ledger_and_say_so(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    plan(scene)
    with scene.app_context():
        unit = make_unit(SCHOOL, "6A2")
    assert set(receivers(alice.page(f"{LEDGER}?unit={unit}"))) == {"Lê Bình", "Đỗ Chi"}
    assert set(receivers(alice.page(f"{LEDGER}?receiver=guardian&status=planned"))) == {"Bùi Thu Hà"}
    assert receivers(alice.page(f"{LEDGER}?why=no-address")) == ["Đỗ Chi"]
    assert set(receivers(alice.page(f"{LEDGER}?channel=email&receiver=person"))) == {"Trần An"}
    assert alice.page(f"{LEDGER}?on=2020-01-01").one(".empty a")
    assert alice.page(f"{LEDGER}?status=odd&rung=x&unit=y&on=z&channel=q").one("#nudges-table table")


def test_the_unit_of_a_guardians_message_is_the_childrens(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    plan(scene)
    with scene.app_context():
        unit = make_unit(SCHOOL, "6A1")
    assert "Bùi Thu Hà" in receivers(alice.page(f"{LEDGER}?unit={unit}"))
    assert len(receivers(alice.page(f"{LEDGER}?unit={unit}"))) == 3, "An, the mother, and the child whom nobody stands for"


def test_htmx_gets_the_table_alone(alice: CheckedClient, scene: Flask):
    plan(scene)
    fragment = alice.fragment(f"{LEDGER}?status=planned")
    assert [str(tag.get("id")) for tag in fragment.soup.find_all(recursive=False)] == ["nudges-table"]
    assert receivers(fragment) == receivers(alice.page(f"{LEDGER}?status=planned"))


def test_a_long_ledger_goes_on_page_by_page(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    with scene.app_context():
        for number in range(55):
            make_person(SCHOOL, CAMPAIGN, f"Trần Văn {number}", "6A2", email=f"a{number}@nha.example")
    plan(scene)
    first = alice.page(f"{LEDGER}?status=planned&receiver=person")
    rest = alice.page(str(first.one(".pager a[rel='next']")["href"]))
    assert len(receivers(first)) == 50
    assert len(set(receivers(first)) | set(receivers(rest))) == 57
    assert rest.one(".pager a")


def test_the_ledger_asks_as_much_for_many_messages_as_for_few(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    plan(scene)
    few = len(asked_by(scene, lambda: alice.page(LEDGER)))
    with scene.app_context():
        for number in range(12):
            make_person(SCHOOL, CAMPAIGN, f"Trần Văn {number}", "6A2", email=f"a{number}@nha.example")
    plan(scene)
    assert len(asked_by(scene, lambda: alice.page(LEDGER))) == few


def test_a_message_opens_with_its_text_times_and_reason(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    plan(scene)
    said(scene, ids["Lê Bình"], address="+84912000222", channel="sms", tried="email", error="quota")
    page = alice.page(f"{LEDGER}/{nudge_of(scene, ids['Lê Bình'])}")
    assert "Xin kê khai trước ngày 30/12." in page.text
    assert "+84…222" in page.text
    assert "912000222" not in page.text
    assert "quota" in page.text
    left_out = alice.page(f"{LEDGER}/{nudge_of(scene, ids['Vũ Tí'])}")
    assert "Vũ Tí" in words(left_out.one(".facts"))


def test_a_waiting_message_shows_what_it_would_say_today(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    plan(scene)
    page = alice.page(f"{LEDGER}/{nudge_of(scene, ids['Trần An'])}")
    assert "Trần An" in words(page.one(".as-written"))


def test_the_workbook_holds_what_the_filter_means_and_is_written_down(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    plan(scene)
    said(scene, ids["Trần An"], address="an@nha.example")
    form = alice.page(f"{LEDGER}?receiver=person").form("#nudges-table form[data-download]")
    answer = alice.post(form.action, follow_redirects=True)
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    rows = book.get_sheet_by_index(0).to_python()
    head = next(n for n, row in enumerate(rows) if row and row[0] == "STT")
    found = [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]]
    assert {row["Người nhận"] for row in found} == {"Trần An", "Lê Bình", "Đỗ Chi"}
    assert next(row for row in found if row["Người nhận"] == "Trần An")["Nội dung"] == "Xin kê khai trước ngày 30/12."
    assert not any("@" in str(cell) or "0912" in str(cell) or "+849" in str(cell) for row in rows for cell in row)
    with scene.app_context():
        noted = db.session.scalars(select(LogEntry).where(LogEntry.what == "exported-nudges")).one()
        assert (noted.actor, noted.count) == ("Alice", 3)


def test_a_download_wants_a_permit_of_ones_own(alice: CheckedClient, scene: Flask, make_client: Make):
    plan(scene)
    assert alice.get(f"{NUDGES}/workbook").status_code == 302
    permit = alice.post(f"{NUDGES}/workbook?receiver=person").location
    assert signed_in(make_client, DIEP).get(permit).status_code == 302
    assert alice.get(permit.replace("receiver=person", "receiver=guardian")).status_code == 302
    assert alice.get(permit).status_code == 200


# Sending by hand


def test_chosen_people_are_reminded_after_a_look(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    sent = {"person": [ids["Trần An"], ids["Đỗ Chi"], ids["Bùi Bé"], ids["Ngô Xong"]]}
    answer = alice.post(f"{NUDGES}/by-hand/preview", data=sent)
    page = Page(answer.text)
    assert answer.status_code == 200
    assert count(scene, Nudge) == 0, "a look writes nothing"
    assert len(page.texts("#nudges-by-hand-goes li")) == 2
    assert len(page.texts("#nudges-by-hand-left-out li")) == 2, "without an address, and done"
    assert page.one(".sample")
    form = page.form("#nudges-by-hand-send")
    done = alice.post(form.action, data=form.values)
    assert done.status_code == 303
    assert set(receivers(alice.page(done.location))) == {"Trần An", "Bùi Thu Hà"}


def test_messages_that_reach_nobody_are_not_said_to_be_on_their_way(
    alice: CheckedClient, ids: dict[str, int], scene: Flask, monkeypatch: pytest.MonkeyPatch
):
    for name, trying_out in (("Trần An", True), ("Bùi Bé", False)):
        monkeypatch.setitem(scene.config, "TRYING_OUT", trying_out)
        look = Page(alice.post(f"{NUDGES}/by-hand/preview", data={"person": [ids[name]]}).text)
        assert ("không ai nhận được" in look.text) is trying_out
        form = look.form("#nudges-by-hand-send")
        after = alice.page(alice.post(form.action, data=form.values).location)
        assert ("không ai nhận được" in after.text) is trying_out


def test_the_same_selection_sent_twice_reminds_once(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    sent = {"person": [ids["Trần An"]]}
    for _ in range(2):
        assert alice.post(f"{NUDGES}/by-hand", data=sent).status_code == 303
    assert count(scene, Nudge) == 1
    again = alice.post(f"{NUDGES}/by-hand", data=sent, follow_redirects=True)
    assert Page(again.text).all("#notice .warn")


def test_all_whom_a_filter_means_are_reminded_unless_it_means_others_by_now(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    page = Page(alice.post(f"{NUDGES}/by-hand/preview?left=1", data={"everyone": "5"}).text)
    form = page.form("#nudges-by-hand-send")
    assert form.values["everyone"] == "5"
    with scene.app_context():
        make_person(SCHOOL, CAMPAIGN, "Phan Mới", "6A2", email="moi@nha.example")
    assert alice.post(form.action, data=form.values).status_code == 422
    assert count(scene, Nudge) == 0


def test_nobody_ticked_is_told_on_the_list_they_came_from(alice: CheckedClient, scene: Flask):
    answer = alice.post(f"{NUDGES}/by-hand/preview?left=1")
    assert answer.status_code == 422
    assert words(Page(answer.text).one("#people-result"))
    assert alice.get(f"{NUDGES}/by-hand/preview?left=1").location.endswith("people?left=1")


def test_htmx_puts_the_look_in_the_place_of_the_page(alice: CheckedClient, ids: dict[str, int]):
    answer = alice.post(f"{NUDGES}/by-hand/preview", data={"person": [ids["Trần An"]]}, headers={"HX-Request": "true"})
    assert answer.headers["HX-Retarget"] == "#main"
    assert [str(tag.get("id")) for tag in Page(answer.text).soup.find_all(recursive=False)] == ["nudges-by-hand"]


def test_people_of_another_school_are_not_reminded(alice: CheckedClient, scene: Flask):
    with scene.app_context():
        stranger = make_person(OTHER_SCHOOL, CAMPAIGN, "Hồ Lạ", "3B", email="la@nha.example")
        for _ in range(30):
            stranger = max(stranger, make_person(OTHER_SCHOOL, CAMPAIGN, "Hồ Lạ", "3B", email="la@nha.example"))
    alice.post(f"{NUDGES}/by-hand", data={"person": [stranger]})
    assert count(scene, Nudge) == 0


def test_a_trial_goes_to_oneself_and_to_nobody_else(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    form = alice.page(NUDGES).form("header.head form")
    for _ in range(2):
        assert alice.post(form.action, data=form.values).status_code == 303
    with scene.app_context():
        row = db.session.scalars(select(Nudge)).one()
        mine = db.session.scalars(select(User.id).where(User.email == ALICE)).one()
        assert (row.user_id, row.person_id, row.rung_id, row.status, row.channel) == (mine, None, None, Status.PLANNED, Channel.EMAIL)
    assert receivers(alice.page(LEDGER)) == ["Alice"]


# Who can't be reached


def test_who_cant_be_reached_is_listed_with_the_reason_and_what_to_do(alice: CheckedClient, ids: dict[str, int]):
    page = alice.page(f"{NUDGES}/unreachable")
    assert page.texts("#nudges-unreachable tbody td:first-child a") == ["Đỗ Chi", "Vũ Tí"]
    assert page.texts("#nudges-unreachable .chips a")[0].endswith("2")
    for link in page.all("#nudges-unreachable tbody td:last-child a"):
        assert alice.get(str(link["href"])).status_code == 200
    assert alice.page(f"{NUDGES}/unreachable?why=no-guardian").texts("#nudges-unreachable tbody td:first-child a") == ["Vũ Tí"]


def test_a_dead_address_makes_somebody_unreachable_unless_another_is_left(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    with scene.app_context(), transaction.writing():
        for address in ("an@nha.example", "+84912000111"):
            db.session.add(Address(address=address, dead_at=clock.now(), dead_why="550"))
    page = alice.page(f"{NUDGES}/unreachable?why=unreachable")
    assert page.texts("#nudges-unreachable tbody td:first-child a") == ["Trần An", "Bùi Bé"]
    assert "Bùi Thu Hà" in page.text


def test_the_unreachable_are_listed_by_class_and_page_with_as_many_questions(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    few = len(asked_by(scene, lambda: alice.page(f"{NUDGES}/unreachable")))
    with scene.app_context():
        unit = make_unit(SCHOOL, "6A2")
        for number in range(55):
            make_person(SCHOOL, CAMPAIGN, f"Trần Văn {number}", "6A2")
    assert alice.page(f"{NUDGES}/unreachable?unit={unit}&why=no-guardian").all("tbody tr") == []
    first = alice.page(f"{NUDGES}/unreachable?unit={unit}")
    rest = alice.page(str(first.one(".pager a[rel='next']")["href"]))
    assert len(first.all("tbody tr")) + len(rest.all("tbody tr")) == 56
    assert len(asked_by(scene, lambda: alice.page(f"{NUDGES}/unreachable"))) <= few


# On the page of a person


def ledger(app: Flask, person_id: int) -> PersonLedger:
    with app.app_context(), transaction.reading():
        scope = scope_of(SCHOOL, CAMPAIGN)
        campaign = campaigns.campaign(scope)
        person = people.person(scope, campaign, person_id)
        assert person is not None
        found = person_nudges.ledger_of(scope, campaign, person)
        assert found is not None
        return found


def passed(app: Flask, person_id: int) -> list[tuple[str, NoMessage]]:
    return [(rung_name(line.passed.rung), line.passed.why) for line in ledger(app, person_id).lines if line.passed]


def test_a_person_has_every_message_to_them_or_about_them(ids: dict[str, int], scene: Flask):
    plan(scene)
    for who in ("Trần An", "Bùi Bé", "Bùi Thu Hà", "Vũ Tí"):
        messages = [line.nudge for line in ledger(scene, ids[who]).lines if line.nudge]
        assert [message.status for message in messages] == [Status.LEFT_OUT if who == "Vũ Tí" else Status.PLANNED]


def test_of_a_rung_that_passed_without_a_message_the_reason_is_told(ids: dict[str, int], scene: Flask):
    with clock.set_to(at(DEADLINE - timedelta(days=2))), scene.test_request_context():
        late = make_person(SCHOOL, CAMPAIGN, "Phan Muộn", "6A1", email="muon@nha.example")
        found = {who: passed(scene, ids[who]) for who in ("Trần An", "Ngô Xong", "Bùi Thu Hà")}
        found["Phan Muộn"] = passed(scene, late)
    before = [(f"{days} ngày trước ngày hết hạn", NoMessage.NOT_HERE) for days in (14, 21)]
    assert found["Trần An"] == [
        (THREE_DAYS, NoMessage.NOT_PLANNED),
        (WEEK, NoMessage.NOT_PLANNED),
        *before,
    ]
    assert found["Ngô Xong"] == [(THREE_DAYS, NoMessage.DONE), (WEEK, NoMessage.DONE), *before]
    assert found["Phan Muộn"] == [
        (THREE_DAYS, NoMessage.NOT_PLANNED),
        (WEEK, NoMessage.NOT_HERE),
        *before,
    ]
    assert found["Bùi Thu Hà"] == [], "a guardian is told when a child has something to do"


def test_how_somebody_stood_on_the_day_decides_and_not_what_came_later(ids: dict[str, int], scene: Flask):
    with scene.app_context():
        record(SCHOOL, CAMPAIGN, ids["Lê Bình"], Event.DECLARED, TODAY)
        record(SCHOOL, CAMPAIGN, ids["Lê Bình"], Event.HANDED_IN, TODAY)
    with clock.set_to(at(DEADLINE)), scene.test_request_context():
        record(SCHOOL, CAMPAIGN, ids["Lê Bình"], Event.REJECTED, DEADLINE, "ảnh mờ")
        found = dict(passed(scene, ids["Lê Bình"]))
    assert found[THREE_DAYS] is NoMessage.NOT_MEANT, "the form lay with the office: there was nothing to do"


def test_the_fragment_of_a_person_shows_messages_reasons_and_the_pause(alice: CheckedClient, ids: dict[str, int], scene: Flask):
    plan(scene)
    said(scene, ids["Trần An"])
    alice.post(f"{NUDGES}/pauses", data={"person": ids["Trần An"], "reason": "xin tự làm", "everywhere": "y"})
    place = {"institution_code": SCHOOL, "campaign_code": CAMPAIGN}
    with scene.test_request_context():
        found = ledger(scene, ids["Trần An"])
        with transaction.reading():
            html = render_template("nudges/_person.html", reminders=found, person=SimpleNamespace(id=ids["Trần An"]), place=place)
    page = Page(html)
    assert page.problems() == []
    assert "xin tự làm" in words(page.one(".note.warn"))
    assert "Xin kê khai trước ngày 30/12." in page.text
    assert alice.post(page.form("#nudges-person form").action).status_code == 303
    assert count(scene, Pause) == 0


# Whose business it is


def test_whoever_only_looks_on_or_leads_a_class_sees_no_reminders(ids: dict[str, int], scene: Flask, make_client: Make):
    plan(scene)
    number = nudge_of(scene, ids["Trần An"])
    for who in (BOB, GIANG):
        client = signed_in(make_client, who)
        for path in (NUDGES, LEDGER, f"{LEDGER}/{number}", f"{NUDGES}/unreachable", f"{NUDGES}/samples", f"{NUDGES}/pauses"):
            assert client.get(path).status_code == 403
        assert client.post(f"{NUDGES}/by-hand", data={"person": [ids["Trần An"]]}).status_code == 403


def test_another_institutions_messages_are_not_there(ids: dict[str, int], scene: Flask, make_client: Make):
    plan(scene)
    number = nudge_of(scene, ids["Trần An"])
    charlie = signed_in(make_client, CHARLIE)
    for home in (HOME, OTHER_HOME):
        assert charlie.get(f"{home}/nudges/ledger/{number}").status_code == 404
    assert receivers(charlie.page(f"{OTHER_HOME}/nudges/ledger?receiver=person")) == []


def test_an_officer_looks_at_an_institutions_reminders(ids: dict[str, int], scene: Flask, make_client: Make):
    plan(scene)
    assert "Trần An" in receivers(signed_in(make_client, DIEP).page(LEDGER))


# What they bring


def test_a_rungs_effect_counts_who_took_a_step_within_three_days(ids: dict[str, int], scene: Flask):
    with clock.set_to(at(TODAY)):
        plan(scene)
        for name in ("Trần An", "Lê Bình", "Bùi Thu Hà"):
            said(scene, ids[name])
    with clock.set_to(at(TODAY + timedelta(days=3))), scene.app_context():
        record(SCHOOL, CAMPAIGN, ids["Trần An"], Event.DECLARED, TODAY + timedelta(days=3))
        record(SCHOOL, CAMPAIGN, ids["Bùi Thu Hà"], Event.DECLARED, TODAY)
    with clock.set_to(at(TODAY + timedelta(days=4))), scene.app_context():
        record(SCHOOL, CAMPAIGN, ids["Lê Bình"], Event.DECLARED, TODAY + timedelta(days=4))
    assert effects(scene) == [Effect(sent=3, people=3, moved=2)], "a guardian's own step counts for the child"


def test_a_step_that_was_taken_back_or_came_before_the_message_is_no_effect(ids: dict[str, int], scene: Flask):
    plan(scene)
    with scene.app_context():
        record(SCHOOL, CAMPAIGN, ids["Trần An"], Event.DECLARED, TODAY)
    with clock.set_to(at(TODAY) + timedelta(hours=1)), scene.app_context():
        said(scene, ids["Trần An"])
        said(scene, ids["Lê Bình"])
        record(SCHOOL, CAMPAIGN, ids["Lê Bình"], Event.DECLARED, TODAY)
        record(SCHOOL, CAMPAIGN, ids["Lê Bình"], Event.TAKEN_BACK, TODAY)
    assert effects(scene) == [Effect(sent=2, people=2, moved=0)]


def effects(app: Flask) -> list[Effect]:
    with app.app_context(), transaction.reading():
        return list(rung_effects.effects(scope_of(SCHOOL, CAMPAIGN).campaign_id).values())
