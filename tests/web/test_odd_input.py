"""What nobody types by accident still gets a sentence, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app import transaction
from app.queries import campaigns, operators
from tests.builders import make_person
from tests.cast import ADMIN, AGENCY, ALICE, CAMPAIGN, DIEP, HOME, SCHOOL, signed_in
from tests.client import CheckedClient

Make = Callable[[], CheckedClient]
NOTHING = {"sex": "", "unit_id": ""}


@pytest.mark.parametrize("path", [f"{HOME}/people?q=%00", f"/institutions/{SCHOOL}%00/campaigns/{CAMPAIGN}"])
def test_a_nul_is_refused_before_it_reaches_the_database(scene: Flask, make_client: Make, path: str) -> None:
    assert signed_in(make_client, ALICE).get(path).status_code == 400


@pytest.mark.parametrize("number", ["2147483648", "99999999999999999999"])
def test_an_id_that_no_key_can_be_names_nothing(scene: Flask, make_client: Make, number: str) -> None:
    client = signed_in(make_client, ALICE)
    assert client.get(f"{HOME}/people/{number}").status_code == 404
    assert client.get(f"{HOME}/people?after={number}&unit={number}").status_code == 200
    assert client.post(f"{HOME}/events", data={"event": "declared", "on": "2026-11-20", "person": number}).status_code == 422


@pytest.mark.parametrize(
    ("starts", "deadline"), [("2026-11-01", "9999-12-31"), ("0001-01-01", "0001-01-02"), ("2016-01-01", "2026-12-31"), ("", "2150-01-01")]
)
def test_a_campaign_of_a_thousand_years_is_refused(scene: Flask, make_client: Make, starts: str, deadline: str) -> None:
    client = signed_in(make_client, DIEP)
    terms = {"code": "lau", "goal": "granted", "target": "100", "procedure": "paper-2021", "deadline_included": "before"}
    answer = client.post(f"/agencies/{AGENCY}/campaigns", data=terms | {"starts_on": starts, "deadline_on": deadline})
    assert answer.status_code == 422
    assert client.get(f"/agencies/{AGENCY}/dates?starts_on={starts}&deadline_on={deadline}").status_code == 200
    with scene.app_context(), transaction.reading():
        assert campaigns.agency_campaign(operators.agency(AGENCY), "lau") is None


def test_a_telephone_without_a_name_is_shown_all_the_same(scene: Flask, make_client: Make) -> None:
    client = signed_in(make_client, ALICE)
    answer = client.post(f"/institutions/{SCHOOL}", data={"name": "Trường THCS Minh Họa", "contact_phone": "024 0000 0077"})
    assert answer.status_code == 302
    assert "024 0000 0077" in client.get(HOME).text


def test_two_who_want_the_same_number_at_once_are_told(
    scene: Flask, make_client: Make, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Both have looked before either wrote: then the database's own key decides."""
    from app.services import people

    with scene.app_context():
        make_person(SCHOOL, CAMPAIGN, "Trần Bảo An", staff_code="NV01")
    monkeypatch.setattr(people, "_refusal", lambda *_: None)
    answer = signed_in(make_client, ADMIN).post(f"{HOME}/people", data=NOTHING | {"full_name": "Lê Gia Bình", "staff_code": "NV01"})
    assert answer.status_code == 409
    assert "NV01" not in caplog.text, "a database's own words hold the values"


def test_a_name_of_nothing_that_can_be_seen_is_no_name(scene: Flask, make_client: Make) -> None:
    client = signed_in(make_client, ALICE)
    answer = client.post(f"{HOME}/people", data=NOTHING | {"full_name": "\u200b\u200b"})
    assert answer.status_code == 422


def test_a_mangled_hidden_field_is_told_without_a_link_to_nowhere(scene: Flask, make_client: Make) -> None:
    answer = signed_in(make_client, ALICE).post(f"{HOME}/people", data=NOTHING | {"full_name": "Trần An", "revision": "abc"})
    assert answer.status_code == 422


@pytest.mark.parametrize("header", ["Referer", "HX-Current-URL"])
def test_a_page_that_says_it_was_sent_from_nowhere_is_told_all_the_same(scene: Flask, make_client: Make, header: str) -> None:
    assert signed_in(make_client, ALICE).get(f"{HOME}/people/9999", headers={header: "http://["}).status_code == 404
    assert make_client().post(f"{HOME}/events", headers={header: "http://["}).status_code == 302
