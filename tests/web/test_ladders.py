"""The ladder's pages: an office plans it for all, an institution sees it and adds rungs of its own, and nobody touches anybody else's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app import clock, transaction
from app.domain.ladder import Anchor, Channel, Measure, Receiver, Rung
from app.domain.standing import Standing
from app.queries import campaigns, ladders, operators
from app.queries.ladders import LadderView
from app.services import campaigns as calling
from app.services.campaigns import CampaignDraft
from tests.builders import DEADLINE, at, make_campaign, make_unit, scope_of
from tests.cast import AGENCY, ALICE, BOB, CAMPAIGN, CHARLIE, DIEP, GIANG, HOME, OTHER_AGENCY, OTHER_HOME, SCHOOL, signed_in
from tests.client import CheckedClient
from tests.page import Page, words

TODAY = DEADLINE - timedelta(days=30)
OWN = f"{HOME}/ladder"
COMMON = f"/agencies/{AGENCY}/campaigns/{CAMPAIGN}/ladder"
Make = Callable[[], CheckedClient]


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        yield


@pytest.fixture
def alice(scene: Flask, make_client: Make) -> CheckedClient:
    return signed_in(make_client, ALICE)


@pytest.fixture
def diep(scene: Flask, make_client: Make) -> CheckedClient:
    return signed_in(make_client, DIEP)


def ladder(app: Flask) -> LadderView:
    with app.app_context(), transaction.reading():
        return ladders.ladder(scope_of(SCHOOL, CAMPAIGN).campaign_id)


def rungs(app: Flask) -> dict[int, Rung]:
    return {rung.id: rung for rung in ladder(app).rungs}


def only_new(app: Flask, before: dict[int, Rung]) -> Rung:
    (new,) = (rung for number, rung in rungs(app).items() if number not in before)
    return new


def names(page: Page) -> list[str]:
    return page.texts("#ladders-rungs tbody td:first-child b")


def given(**more: Any) -> dict[str, Any]:
    """A rung as the form sends it."""
    return {
        "anchor": "deadline",
        "number": "10",
        "measure": "workdays",
        "side": "before",
        "weekday": "1",
        "receivers": ["person"],
        "standings": ["to-start"],
        "track": "",
        "unit": "",
        "first": "sms",
        "second": "",
        "third": "",
        "text": "",
    } | more


# Looking at it


def test_rungs_stand_in_the_order_of_their_days_each_with_its_date(alice: CheckedClient):
    page = alice.page(OWN)
    assert names(page)[:7] == [f"{days} ngày trước ngày hết hạn" for days in (21, 14, 7, 7, 3, 1)] + ["1 ngày sau ngày hết hạn"]
    first = words(page.all("#ladders-rungs tbody td:first-child")[0])
    assert "09/12/2026" in first
    sunday = words(page.all("#ladders-rungs tbody td:first-child")[4])
    assert "28/12/2026" in sunday, "D-3 falls on a Sunday and goes on the Monday after"
    assert "27/12/2026" in sunday


def test_an_office_sees_the_same_rungs_and_can_change_them(diep: CheckedClient, alice: CheckedClient):
    page = diep.page(COMMON)
    assert len(names(page)) == len(names(alice.page(OWN))) + 1, "an institution doesn't see what is told to officers"
    assert page.all("#ladders-rungs tbody a")
    assert alice.page(OWN).all("#ladders-rungs tbody a") == [], "an institution looks at the common rungs"


def test_moving_the_deadline_moves_the_ladder(alice: CheckedClient, scene: Flask):
    with scene.app_context(), transaction.writing():
        campaign = campaigns.campaign(scope_of(SCHOOL, CAMPAIGN))
        draft = CampaignDraft(deadline_on=DEADLINE + timedelta(days=7), deadline_included=False, starts_on=campaign.starts_on)
        assert calling.change(operators.everything(), campaign.id, draft) is None
    assert "16/12/2026" in words(alice.page(OWN).all("#ladders-rungs tbody td:first-child")[0])


# Adding, changing, removing


def test_a_coordinator_adds_a_rung_for_the_own_institution(alice: CheckedClient, scene: Flask):
    with scene.app_context():
        unit = make_unit(SCHOOL, "6A1")
    before = rungs(scene)
    assert alice.page(f"{OWN}/new").form("#ladders-rung").values["receivers"] == ["person", "guardian"]
    answer = alice.post(OWN, data=given(unit=str(unit), first="sms", second="email", third="sms"))
    assert answer.status_code == 303
    new = only_new(scene, before)
    assert (new.anchor, new.distance, new.measure, new.unit_id) == (Anchor.DEADLINE, -10, Measure.WORKDAYS, unit)
    assert (new.standings, new.receivers, new.channels) == (
        frozenset({Standing.TO_START}),
        frozenset({Receiver.PERSON}),
        (Channel.SMS, Channel.EMAIL),
    )
    assert new.institution_id is not None
    assert "6A1" in alice.page(OWN).text


def test_an_offices_rung_is_for_every_institution(diep: CheckedClient, scene: Flask):
    before = rungs(scene)
    assert diep.post(COMMON, data=given(anchor="weekday", weekday="3", receivers=["head", "officer"], standings=[])).status_code == 303
    new = only_new(scene, before)
    assert (new.anchor, new.distance, new.institution_id) == (Anchor.WEEKDAY, 3, None)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"receivers": []}, "receivers"),
        ({"first": ""}, "first"),
        ({"number": "366"}, "number"),
        ({"number": "abc"}, "number"),
        ({"number": "300", "measure": "workdays"}, "number"),
        ({"anchor": "declared", "receivers": ["coordinator"]}, "receivers"),
        ({"anchor": "x"}, "anchor"),
        ({"unit": "99999"}, "unit"),
        ({"text": "99999"}, "text"),
        ({"standings": ["x"]}, "standings"),
        ({"weekday": "9"}, "weekday"),
    ],
)
def test_what_makes_no_rung_is_told_by_its_field_and_nothing_is_kept(alice: CheckedClient, scene: Flask, wrong: dict[str, Any], field: str):
    before = rungs(scene)
    answer = alice.post(OWN, data=given(**wrong))
    page = Page(answer.text)
    assert answer.status_code == 422
    assert words(page.one(".summary"))
    assert words(page.one(f"#{field}-wrong"))
    assert rungs(scene) == before


def test_a_form_left_as_it_is_changes_nothing(diep: CheckedClient, scene: Flask):
    before = rungs(scene)
    for number in before:
        form = diep.page(f"{COMMON}/{number}").form("#ladders-rung")
        assert diep.post(form.action, data=form.values).status_code == 303
    assert rungs(scene) == before


def test_a_rung_is_changed_and_a_moved_one_leaves_what_it_has_sent_behind(diep: CheckedClient, scene: Flask):
    first = next(iter(rungs(scene).values()))
    form = diep.page(f"{COMMON}/{first.id}").form("#ladders-rung")
    diep.post(form.action, data=form.values | {"first": "zalo", "second": "", "third": ""})
    assert rungs(scene)[first.id].channels == (Channel.ZALO,)
    diep.post(form.action, data=form.values | {"number": "20"})
    assert first.id not in rungs(scene)
    assert diep.get(f"{COMMON}/{first.id}").status_code == 404


def test_a_rung_is_paused_woken_and_removed(diep: CheckedClient, scene: Flask):
    number = next(iter(rungs(scene)))
    for wanted in ("1", "1", "0"):
        assert diep.post(f"{COMMON}/{number}/pause", data={"paused": wanted}).status_code == 303
        assert rungs(scene)[number].is_paused is (wanted == "1")
    form = diep.page(f"{COMMON}/{number}").form("main > form")
    assert diep.post(form.action, data=form.values).status_code == 303
    assert number not in rungs(scene)


def test_an_empty_ladder_can_take_the_ready_made_one_once(diep: CheckedClient, scene: Flask):
    many = len(rungs(scene))
    for number in rungs(scene):
        diep.post(f"{COMMON}/{number}/removal")
    form = diep.page(COMMON).form("#ladders-rungs form")
    for _ in range(2):
        assert diep.post(form.action, data=form.values).status_code == 303
    assert len(rungs(scene)) == many


# Hours, and the whole campaign


def test_hours_are_changed_and_odd_ones_refused(diep: CheckedClient, scene: Flask):
    form = diep.page(f"{COMMON}/hours").form("#ladders-hours")
    assert form.values["first"] == "7"
    assert diep.post(form.action, data=form.values | {"first": "8", "last": "18", "on_sundays": "y"}).status_code == 303
    found = ladder(scene)
    assert (found.hours.first, found.hours.last, found.on_sundays, found.on_holidays) == (8, 18, True, False)
    for wrong in ({"first": "18", "last": "8"}, {"first": "-1"}, {"last": "25"}, {"first": "x"}):
        assert diep.post(form.action, data=form.values | wrong).status_code == 422
    assert ladder(scene).hours == found.hours


def test_the_whole_campaign_is_paused_and_everybody_sees_it(diep: CheckedClient, alice: CheckedClient):
    diep.post(f"{COMMON}/pause", data={"paused": "1"})
    assert alice.page(OWN).one(".note.warn")
    assert alice.page(f"{HOME}/nudges").one(".note.warn")
    diep.post(f"{COMMON}/pause", data={"paused": "0"})
    assert alice.page(OWN).all(".note.warn") == []


# Whose it is


def test_common_rungs_are_not_an_institutions_to_change(alice: CheckedClient, scene: Flask):
    before = rungs(scene)
    number = next(iter(before))
    assert alice.get(f"{OWN}/{number}").status_code == 404
    for act in ("", "/pause", "/removal"):
        assert alice.post(f"{OWN}/{number}{act}", data=given(paused="1")).status_code == 404
    assert rungs(scene) == before


def test_an_own_rung_is_nobody_elses(alice: CheckedClient, scene: Flask, make_client: Make, diep: CheckedClient):
    before = rungs(scene)
    alice.post(OWN, data=given())
    new = only_new(scene, before)
    charlie = signed_in(make_client, CHARLIE)
    assert names(charlie.page(f"{OTHER_HOME}/ladder")) == [name for name in names(charlie.page(f"{OTHER_HOME}/ladder")) if "10" not in name]
    for act in ("", "/pause", "/removal"):
        assert charlie.post(f"{OTHER_HOME}/ladder/{new.id}{act}", data=given()).status_code == 404
        assert diep.post(f"{COMMON}/{new.id}{act}", data=given()).status_code == 404
    assert rungs(scene)[new.id] == new


def test_who_may_not_plan_presses_nothing(scene: Flask, make_client: Make):
    for who in (BOB, GIANG):
        client = signed_in(make_client, who)
        assert client.get(OWN).status_code == 403
        assert client.post(OWN, data=given()).status_code == 403
    assert signed_in(make_client, ALICE).get(COMMON).status_code == 404


def test_an_office_above_made_it_so_one_below_only_looks(scene: Flask, make_client: Make):
    with scene.app_context():
        make_campaign("dot-tren", "990")
    client = signed_in(make_client, DIEP)
    path = f"/agencies/{AGENCY}/campaigns/dot-tren/ladder"
    assert client.page(path).all("main form, main .main-act") == []
    assert client.get(f"{path}/new").status_code == 403
    assert client.post(f"{path}/pause", data={"paused": "1"}).status_code == 403
    assert client.get(f"/agencies/{OTHER_AGENCY}/campaigns/dot-tren/ladder").status_code == 404


# Pauses of classes and of the institution


def test_a_class_is_paused_with_a_reason_and_taken_up_again(alice: CheckedClient, scene: Flask):
    with scene.app_context():
        unit = make_unit(SCHOOL, "6A2")
    form = alice.page(f"{HOME}/nudges/pauses").form("#pauses-new")
    answer = alice.post(form.action, data=form.values | {"unit": str(unit), "reason": "Thầy chủ nhiệm tự nhắc"}, follow_redirects=True)
    page = Page(answer.text)
    (row,) = page.rows("#pauses-list table")[1:]
    assert row[0] == "6A2"
    assert row[1] == "Thầy chủ nhiệm tự nhắc"
    again = page.form("#pauses-list form")
    assert alice.post(again.action, data=again.values).status_code == 303
    assert alice.page(f"{HOME}/nudges/pauses").one(".empty")
    assert Page(alice.post(again.action, follow_redirects=True).text).one("#notice .warn"), "a second press is told"


@pytest.mark.parametrize(
    ("sent", "status"), [({"person": "x"}, 404), ({"person": "99999"}, 404), ({"reason": "x" * 401}, 422), ({"unit": "7777"}, 422)]
)
def test_an_odd_pause_is_refused(alice: CheckedClient, sent: dict[str, str], status: int):
    assert alice.post(f"{HOME}/nudges/pauses", data={"unit": ""} | sent).status_code == status
    assert alice.page(f"{HOME}/nudges/pauses").one(".empty")


def test_back_leads_only_to_pages_of_this_site(alice: CheckedClient):
    answer = alice.post(f"{HOME}/nudges/pauses", data={"unit": "", "back": "https://evil.example/"})
    assert answer.location == f"{HOME}/nudges/pauses"
