"""What goes out, as an office sees it: all its institutions on one page, each number made by the function that plans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app import clock, transaction
from app.domain.ladder import Anchor, Channel
from app.domain.nudge import Status
from app.extensions import db
from app.models import ChannelState, LadderRung, Nudge
from app.queries import campaigns
from app.services import planning
from tests.builders import DEADLINE, at, make_agency, make_institution, make_person, scope_of
from tests.cast import AGENCY, ALICE, CAMPAIGN, DIEP, FAR_CAMPAIGN, OTHER_AGENCY, OTHER_SCHOOL, SCHOOL, signed_in
from tests.client import CheckedClient
from tests.page import Page, words

D_7 = DEADLINE - timedelta(days=7)
NUDGES = f"/agencies/{AGENCY}/campaigns/{CAMPAIGN}/nudges"
Make = Callable[[], CheckedClient]


@pytest.fixture(autouse=True)
def the_day_before() -> Iterator[None]:
    with clock.set_to(at(D_7 - timedelta(days=1))):
        yield


@pytest.fixture
def diep(scene: Flask, make_client: Make) -> CheckedClient:
    with scene.app_context():
        make_person(SCHOOL, CAMPAIGN, "Trần An", email="an@nha.example")
        make_person(SCHOOL, CAMPAIGN, "Đỗ Chi")
        make_person(OTHER_SCHOOL, CAMPAIGN, "Lê Bình", phone="0912000222")
    return signed_in(make_client, DIEP)


def counted(page: Page, part: str) -> list[list[str]]:
    return page.rows(f"#nudges-{part} table")[1:]


def test_the_page_says_the_day_at_once_and_asks_for_the_counts_afterwards(diep: CheckedClient):
    page = diep.page(NUDGES)
    assert "23/12/2026" in words(page.one("header.head"))
    href = str(page.one("#nudges-agency-counts")["hx-get"])
    fragment = diep.fragment(href)
    assert [str(tag.get("id")) for tag in fragment.soup.find_all(recursive=False)] == ["nudges-agency-counts"]
    assert counted(fragment, "lines") == counted(diep.page(href), "lines")


def test_messages_of_all_institutions_are_counted_together_and_apart(diep: CheckedClient):
    page = diep.page(f"{NUDGES}/counts?on={D_7.isoformat()}")
    assert [(line[0], line[3]) for line in counted(page, "lines")] == [("7 ngày trước ngày hết hạn", "1")] * 2, (
        "one by e-mail, one to a phone"
    )
    assert [line[2] for line in counted(page, "left-out")] == ["1"]
    assert counted(page, "places") == [["Trường THCS Minh Họa", "1", "1"], ["Trường Tiểu học Sông Xanh", "1", "0"]]
    for link in page.all("#nudges-places a"):
        assert diep.page(str(link["href"])).texts("#nudges-lines header small") == ["1"]


def test_what_is_planned_stays_counted_the_same(diep: CheckedClient, scene: Flask):
    path = f"{NUDGES}/counts?on={D_7.isoformat()}"
    with scene.app_context(), transaction.writing():  # Monday's digest was missed, and would be made up for
        db.session.execute(update(LadderRung).where(LadderRung.anchor == Anchor.WEEKDAY).values(removed_at=clock.now()))
    before = diep.page(path)
    with clock.set_to(at(D_7)):
        with scene.app_context(), transaction.writing():
            planning.plan(campaigns.campaign(scope_of(SCHOOL, CAMPAIGN)), frozenset(Channel))
        after = diep.page(path)
    assert [counted(after, part) for part in ("lines", "left-out", "places")] == [
        counted(before, part) for part in ("lines", "left-out", "places")
    ]


def test_an_office_below_sees_its_own_institutions_part_alone(diep: CheckedClient, scene: Flask, make_client: Make):
    with scene.app_context():
        make_agency("99004-1", "BHXH cơ sở", AGENCY)
        make_institution("nha-tre", "99004-1", "Nhà trẻ")
    page = signed_in(make_client, "admin@cast.example").page(f"/agencies/99004-1/campaigns/{CAMPAIGN}/nudges/counts?on={D_7.isoformat()}")
    assert page.all("#nudges-lines table") == page.all("#nudges-places table") == []


def test_samples_are_of_invented_people(diep: CheckedClient):
    href = str(diep.page(f"{NUDGES}/counts?on={D_7.isoformat()}").one("#nudges-say a")["href"])
    page = diep.page(href)
    assert page.all(".sample code")
    assert not any("Trần An" in text for text in page.texts(".sample"))


def test_what_keeps_messages_back_is_said(diep: CheckedClient, scene: Flask):
    with scene.app_context(), transaction.writing():
        db.session.add(ChannelState(channel=Channel.SMS, trouble="balance", trouble_at=clock.now()))
    assert "SMS" in words(diep.page(f"{NUDGES}?on=2026-12-27").one(".note.bad"))
    assert "28/12/2026" in words(diep.page(f"{NUDGES}?on=2026-12-27").one(".note.info:-soup-contains('27/12/2026')"))


@pytest.mark.parametrize("page", ["", "/counts", "/samples"])
def test_it_is_no_business_of_institutions_or_other_offices(diep: CheckedClient, make_client: Make, page: str):
    alice = signed_in(make_client, ALICE)
    assert alice.get(NUDGES + page).status_code == 404
    assert diep.get(f"/agencies/{OTHER_AGENCY}/campaigns/{FAR_CAMPAIGN}/nudges{page}").status_code == 404
    assert diep.get(f"/agencies/{AGENCY}/campaigns/{FAR_CAMPAIGN}/nudges{page}").status_code == 404


def test_what_a_rung_has_brought_is_told_for_all_institutions(diep: CheckedClient, scene: Flask):
    with clock.set_to(at(D_7)), scene.app_context(), transaction.writing():
        planning.plan(campaigns.campaign(scope_of(SCHOOL, CAMPAIGN)), frozenset(Channel))
        for row in db.session.query(Nudge).where(Nudge.status == Status.PLANNED, Nudge.person_id.is_not(None)):
            row.status, row.sent_at = Status.SENT, clock.now()
    page = diep.page(f"/agencies/{AGENCY}/campaigns/{CAMPAIGN}/ladder")
    assert any("2 tin" in cell for line in page.rows("#ladders-rungs table") for cell in line)
