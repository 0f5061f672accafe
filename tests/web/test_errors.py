"""What visitors read when something does not work, and what every answer tells the browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.queries import users
from tests.cast import ALICE, BOB, HOME, OTHER_HOME, SCHOOL, set_the_scene, signed_in
from tests.client import CheckedClient
from tests.page import Page

MakeClient = Callable[[], CheckedClient]
HTMX = {"HX-Request": "true", "HX-Current-URL": f"http://localhost{HOME}"}


@pytest.fixture
def alice(database: Flask, make_client: MakeClient) -> CheckedClient:
    with database.app_context():
        set_the_scene()
    return signed_in(make_client, ALICE)


@pytest.fixture
def live(database: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """As in earnest: exceptions become answers."""
    monkeypatch.setitem(database.config, "TESTING", False)
    monkeypatch.setitem(database.config, "PROPAGATE_EXCEPTIONS", False)
    return database


def test_another_institutions_page_is_as_if_it_were_not_there(alice: CheckedClient):
    assert alice.get(OTHER_HOME).status_code == alice.get("/institutions/nirgends/members").status_code == 404
    assert alice.page(OTHER_HOME, status=404).h1 == "Không có gì ở địa chỉ này."


def test_an_error_leads_back_to_the_page_one_came_from(alice: CheckedClient):
    page = alice.page("/nowhere", status=404, headers={"Referer": f"http://localhost{HOME}"})
    assert page.link("Quay lại") == HOME


def test_an_error_does_not_lead_back_to_another_site(alice: CheckedClient):
    page = alice.page("/nowhere", status=404, headers={"Referer": "http://evil.example/x"})
    assert [str(tag["href"]) for tag in page.all("main a")] == ["/"]


def test_a_missing_right_is_told_with_whom_to_ask(alice: CheckedClient, make_client: MakeClient):
    page = signed_in(make_client, BOB).page(f"/institutions/{SCHOOL}/members", status=403)
    assert page.h1 == "Vai trò của anh/chị không được làm việc này."
    assert "đầu mối" in page.text


def test_an_address_that_only_takes_forms_cant_be_opened(client: CheckedClient):
    assert client.page("/sign-out", status=405).h1 == "Không mở được địa chỉ này theo cách đó."


def test_too_large_an_upload_is_told_in_megabytes(alice: CheckedClient, database: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(database.config, "MAX_CONTENT_LENGTH", 1000)
    answer = alice.post("/password", data={"old": "x" * 2000})
    assert answer.status_code == 413
    assert "30 MB" in answer.text


def test_htmx_gets_a_note_for_the_head_of_the_page(alice: CheckedClient):
    answer = alice.get("/nowhere", headers=HTMX)
    assert answer.headers["HX-Retarget"] == "#notice"
    assert answer.text.startswith("<p ")


def test_a_form_without_its_token_changes_nothing_and_says_so(alice: CheckedClient, database: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(database.config, "WTF_CSRF_ENABLED", True)
    answer = alice.post("/password", data={"old": "x"}, headers={"Referer": "http://localhost/password"})
    assert answer.status_code == 400
    assert Page(answer.text).h1 == "Trang này mở quá lâu nên chưa có gì được lưu."
    assert Page(answer.text).link("Quay lại") == "/password"


def test_a_form_of_an_ended_session_leads_to_sign_in_and_back(database: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(database.config, "WTF_CSRF_ENABLED", True)
    answer = client.post("/password", data={"old": "x"}, headers={"Referer": "http://localhost/password"})
    assert Page(answer.text).h1 == "Phiên đăng nhập đã hết nên chưa có gì được lưu."
    assert Page(answer.text).link("Đăng nhập") == "/sign-in?next=/password"
    by_htmx = client.post("/password", headers=HTMX)
    assert "/sign-in" in Page(by_htmx.text).link("Đăng nhập")


def test_a_form_with_its_token_is_taken(alice: CheckedClient, database: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(database.config, "WTF_CSRF_ENABLED", True)
    token = alice.page("/password").form("main form").values["csrf_token"]
    assert alice.post("/password", data={"csrf_token": token}).status_code == 422


def test_a_failure_of_ours_shows_no_trace_and_the_time(live: Flask, alice: CheckedClient, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(users, "places", fail)
    page = alice.page("/places", status=500)
    assert page.h1.startswith("Hệ thống gặp lỗi")
    assert "secret detail" not in page.html
    assert "Bây giờ là" in page.text


def test_a_busy_database_asks_to_try_again(live: Flask, alice: CheckedClient, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("database is locked"))

    monkeypatch.setattr(users, "places", fail)
    answer = alice.get("/places")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "Cơ sở dữ liệu đang bận." in answer.text


def test_every_answer_forbids_foreign_and_inline_code(alice: CheckedClient):
    for address in (HOME, "/sign-in", "/nowhere", "/health", "/static/js/drop.js"):
        with alice.get(address) as answer:
            answer.get_data()
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_pages_are_not_kept_and_our_own_files_are(alice: CheckedClient):
    page = alice.page(HOME)
    assert alice.get(HOME).headers["Cache-Control"] == "no-store"
    styles = [str(tag["href"]) for tag in page.all("link[rel=stylesheet]")]
    assert all("?v=" in address for address in styles)
    with alice.get(styles[0]) as style:
        assert "immutable" in style.headers["Cache-Control"]


def test_a_page_that_can_be_a_fragment_says_so_to_caches(alice: CheckedClient):
    assert "HX-Request" in alice.get(HOME).headers["Vary"]


def test_health_tells_nothing_private(client: CheckedClient):
    answer = client.get("/health")
    assert answer.status_code == 200
    names = {"database", "state", "nudges", "ticks", "channels", "unknown", "sort_keys", "scheduler", "now"}
    assert set(answer.json or {}) == names
