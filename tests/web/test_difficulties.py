"""The pages of difficulties: listed, noted, answered, passed on; what each role sees of them; and the office's list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask, render_template_string
from sqlalchemy import select, update

from app import clock, transaction
from app.domain.difficulties import Kind
from app.extensions import db
from app.models import Difficulty, Membership, User
from app.queries import agency_difficulties, difficulties
from app.services.difficulties import DifficultyDraft, open_difficulty
from tests.builders import at, make_person, scope_of
from tests.cast import AGENCY, ALICE, BOB, CAMPAIGN, CHARLIE, DIEP, GIANG, HOME, OTHER_HOME, OTHER_SCHOOL, SCHOOL, signed_in
from tests.client import CheckedClient
from tests.page import Page, words
from tests.statements import asked_by

TODAY = date(2026, 11, 23)
LIST = f"{HOME}/difficulties"
OFFICE = f"/agencies/{AGENCY}/campaigns/{CAMPAIGN}/difficulties"
Make = Callable[[], CheckedClient]


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        yield


@pytest.fixture
def an(scene: Flask) -> int:
    with scene.app_context():
        return make_person(SCHOOL, CAMPAIGN, "Trần An", "6A1")


@pytest.fixture
def chi(scene: Flask) -> int:
    with scene.app_context():
        return make_person(SCHOOL, CAMPAIGN, "Đỗ Chi", "6A2")


def noted(app: Flask, text: str, kind: Kind = Kind.OTHER, school: str = SCHOOL, **rest: Any) -> int:
    with app.app_context(), transaction.writing():
        answer = open_difficulty(scope_of(school, CAMPAIGN), DifficultyDraft(kind, text, **rest))
    assert isinstance(answer, int)
    return answer


def known(app: Flask, number: int) -> Difficulty:
    with app.app_context(), transaction.reading():
        found = db.session.scalars(select(Difficulty).where(Difficulty.id == number)).one()
        db.session.expunge(found)
    return found


def user_id(app: Flask, email: str) -> int:
    with app.app_context(), transaction.reading():
        return db.session.scalars(select(User.id).where(User.email == email)).one()


def page_of(number: int) -> str:
    return f"{LIST}/{number}"


def texts(page: Page) -> str:
    return " ".join(page.texts("tbody tr"))


def test_a_difficulty_is_noted_routed_answered_and_closed(scene: Flask, make_client: Make) -> None:
    alice = signed_in(make_client, ALICE)
    form = alice.page(f"{LIST}/new").form("main form")
    answer = alice.post(form.action, data=form.values | {"kind": "health-care", "text": "Phòng khám không nhận thẻ\ntrên ứng dụng"})
    assert answer.status_code == 303
    page = alice.page(answer.location)
    assert "Diệp" in words(page.one(".facts"))
    assert "26/11/2026" in words(page.one(".facts"))  # the second working day: 24 November is a holiday
    assert "Phòng khám không nhận thẻ\ntrên ứng dụng" in page.one(".as-written").get_text()
    closing = page.form("form:has(input[value=answer])")
    done = alice.post(closing.action, data=closing.values | {"answer": "Mang thẻ giấy theo"})
    assert done.status_code == 303
    page = alice.page(done.location)
    assert "Mang thẻ giấy theo" in page.text
    assert "Alice" in words(page.one(".facts"))
    again = page.form("form:has(input[value=reopen])")
    alice.post(again.action, data=again.values)
    assert known(scene, int(answer.location.rpartition("/")[2])).closed_at is None


def test_an_earlier_answer_of_which_no_step_tells_stays_readable(scene: Flask, make_client: Make) -> None:
    """Steps are kept only since they are; what had been answered and opened again before then has the last answer alone."""
    number = noted(scene, "Phòng khám không nhận thẻ")
    with scene.app_context(), transaction.writing():
        db.session.execute(update(Difficulty).where(Difficulty.id == number).values(answer="Mang thẻ giấy theo"))
    alice = signed_in(make_client, ALICE)
    form = alice.page(page_of(number)).form("form:has(input[value=pass-on])")
    alice.post(form.action, data=form.values | {"owner": str(user_id(scene, ALICE)), "due_on": "2026-12-01"})
    page = alice.page(page_of(number))
    assert len(page.all(".timeline li")) == 1
    assert "Mang thẻ giấy theo" in page.text


def test_a_difficulty_of_a_person_is_noted_from_that_persons_page(an: int, scene: Flask, make_client: Make) -> None:
    alice = signed_in(make_client, ALICE)
    page = alice.page(f"{LIST}/new", query_string={"person": an})
    assert "Trần An" in page.text
    form = page.form("main form")
    assert form.values["person"] == str(an)
    answer = alice.post(form.action, data=form.values | {"kind": "technical", "text": "Quên mật khẩu"})
    page = alice.page(answer.location)
    assert page.link("Trần An") == f"{HOME}/people/{an}"
    assert page.link("Trần An") in {str(link["href"]) for link in alice.page(LIST).all("tbody a")}


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"text": "Quên mật khẩu"}, "kind"),
        ({"kind": "technical", "text": "  "}, "text"),
        ({"kind": "technical", "text": "x" * 2001}, "text"),
        ({"kind": "technical", "text": "x", "due_on": "2026-11-22"}, "due_on"),
        ({"kind": "technical", "text": "x", "due_on": "gestern"}, "due_on"),
        ({"kind": "technical", "text": "x", "owner": "99999"}, "owner"),
        ({"kind": "technical", "text": "x", "owner": "me"}, "owner"),
        ({"kind": "unheard-of", "text": "x"}, "kind"),
    ],
)
def test_what_is_missing_or_odd_is_said_by_its_field_and_nothing_is_noted(
    scene: Flask, make_client: Make, sent: dict[str, str], field: str
) -> None:
    answer = signed_in(make_client, ALICE).post(LIST, data=sent)
    page = Page(answer.text)
    assert answer.status_code == 422
    assert words(page.one(f"#{field}-wrong"))
    with scene.app_context(), transaction.reading():
        assert db.session.scalars(select(Difficulty)).all() == []


def test_it_is_passed_on_with_a_day(scene: Flask, make_client: Make) -> None:
    number = noted(scene, "Mạng chậm")
    alice = signed_in(make_client, ALICE)
    form = alice.page(page_of(number)).form("form:has(input[value=pass-on])")
    answer = alice.post(form.action, data=form.values | {"owner": user_id(scene, DIEP), "due_on": "2026-12-04"})
    assert answer.status_code == 303
    assert (known(scene, number).owner_id, known(scene, number).due_on) == (user_id(scene, DIEP), date(2026, 12, 4))
    assert "Chuyển cho Diệp, hạn trả lời 04/12/2026" in words(alice.page(page_of(number)).one(".timeline"))


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"act": "answer", "answer": " "}, "answer"),
        ({"act": "pass-on", "owner": "", "due_on": "2026-12-04"}, "owner"),
        ({"act": "pass-on", "due_on": ""}, "due_on"),
        ({"act": "pass-on", "due_on": "2026-11-20"}, "due_on"),
    ],
)
def test_a_refused_change_is_a_sentence_by_its_field(scene: Flask, make_client: Make, sent: dict[str, Any], field: str) -> None:
    number = noted(scene, "Mạng chậm")
    data = {"revision": 1, "owner": user_id(scene, GIANG)} | sent
    answer = signed_in(make_client, ALICE).post(page_of(number), data=data)
    assert answer.status_code == 422
    assert words(Page(answer.text).one(f"#{field}-wrong"))
    assert known(scene, number).revision == 1


def test_a_change_of_no_known_kind_changes_nothing(scene: Flask, make_client: Make) -> None:
    number = noted(scene, "Mạng chậm")
    assert signed_in(make_client, ALICE).post(page_of(number), data={"act": "burn", "revision": 1}).status_code == 400
    assert known(scene, number).revision == 1


def test_who_is_second_is_told_and_sees_how_it_is_now(scene: Flask, make_client: Make) -> None:
    number = noted(scene, "Mạng chậm")
    alice, diep = signed_in(make_client, ALICE), signed_in(make_client, DIEP)
    form = alice.page(page_of(number)).form("form:has(input[value=answer])")
    diep.post(form.action, data=form.values | {"answer": "Đã sửa"})
    answer = alice.post(form.action, data=form.values | {"answer": "Đang sửa"})
    page = Page(answer.text)
    assert answer.status_code == 409
    assert words(page.one(".note.warn"))
    assert "Đã sửa" in page.text
    assert known(scene, number).closed_by == "Diệp"


def test_lists_are_chosen_by_links_that_say_how_many(scene: Flask, make_client: Make) -> None:
    noted(scene, "Việc một", due_on=TODAY)
    noted(scene, "Việc hai", Kind.BENEFITS)
    with clock.set_to(at(date(2026, 11, 24))):
        alice = signed_in(make_client, ALICE)
        page = alice.page(LIST)
        assert [text.rpartition(" ")[2] for text in page.texts(".chips a")] == ["2", "1", "1", "0"]
        for link in page.all(".chips a"):
            rows = alice.page(str(link["href"])).all("tbody tr")
            assert len(rows) == int(words(link).rpartition(" ")[2])
        assert len(page.all("tbody .tag.bad")) == 1
        fragment = alice.fragment(f"{LIST}?which=overdue")
        assert [str(tag.get("id")) for tag in fragment.soup.find_all(recursive=False)] == ["difficulties-list"]


def test_a_long_list_goes_on_page_by_page(scene: Flask, make_client: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        noted(scene, f"Việc {number}")
    monkeypatch.setattr(difficulties.difficulties_page, "__defaults__", (difficulties.Which.OPEN, None, 2))
    alice = signed_in(make_client, ALICE)
    seen, href = [], LIST
    while href:
        page = alice.page(href)
        seen += page.texts("tbody tr")
        following = page.all("a[rel=next]")
        href = str(following[0]["href"]) if following else ""
    assert len(seen) == len(set(seen)) == 5


def test_an_owner_without_a_role_here_is_pointed_out(scene: Flask, make_client: Make) -> None:
    noted(scene, "Mạng chậm", owner_id=user_id(scene, GIANG))
    with scene.app_context(), transaction.writing():
        db.session.execute(update(User).where(User.email == GIANG).values(is_active=False))
    page = signed_in(make_client, ALICE).page(LIST)
    assert len(page.all("tbody .tag.warn")) == 1


def test_a_class_teacher_sees_own_pupils_only(an: int, chi: int, scene: Flask, make_client: Make) -> None:
    own, other = noted(scene, "An quên mật khẩu", person_id=an), noted(scene, "Chi đổi số", person_id=chi)
    giang = signed_in(make_client, GIANG)
    assert "An quên mật khẩu" in texts(giang.page(LIST))
    assert "Chi" not in giang.page(LIST).text
    assert giang.get(page_of(own)).status_code == 200
    assert giang.get(page_of(other)).status_code == 404
    assert giang.post(page_of(other), data={"act": "answer", "answer": "x", "revision": 1}).status_code == 404
    assert giang.get(f"{LIST}/new", query_string={"person": chi}).status_code == 404
    assert giang.post(LIST, data={"kind": "other", "text": "x", "person": chi}).status_code == 404


def test_what_a_teacher_was_asked_shows_no_name_of_another_class(chi: int, scene: Flask, make_client: Make) -> None:
    number = noted(scene, "Em ấy đổi số", person_id=chi, owner_id=user_id(scene, GIANG))
    giang = signed_in(make_client, GIANG)
    for page in (giang.page(LIST), giang.page(page_of(number))):
        assert "Em ấy đổi số" in page.text
        assert "Đỗ Chi" not in page.text


def test_an_onlooker_reads_and_changes_nothing(an: int, scene: Flask, make_client: Make) -> None:
    number = noted(scene, "Mạng chậm")
    bob = signed_in(make_client, BOB)
    assert bob.page(page_of(number)).all("main form") == []
    assert bob.get(f"{LIST}/new").status_code == 403
    assert bob.post(page_of(number), data={"act": "answer", "answer": "x", "revision": 1}).status_code == 403
    assert bob.post(LIST, data={"kind": "other", "text": "x"}).status_code == 403


def test_another_institutions_difficulties_are_not_there(scene: Flask, make_client: Make) -> None:
    number = noted(scene, "Mạng chậm")
    charlie = signed_in(make_client, CHARLIE)
    for path in (LIST, page_of(number), f"{OTHER_HOME}/difficulties/{number}"):
        assert charlie.get(path).status_code == 404 or "Mạng chậm" not in charlie.get(path).text
    assert charlie.post(f"{OTHER_HOME}/difficulties/{number}", data={"act": "answer", "answer": "x", "revision": 1}).status_code == 404
    assert charlie.get(OFFICE).status_code == 404


def test_the_office_sees_all_of_them_with_the_way_to_each(scene: Flask, make_client: Make) -> None:
    here, there = noted(scene, "Mạng chậm"), noted(scene, "Mất thẻ", school=OTHER_SCHOOL)
    diep = signed_in(make_client, DIEP)
    page = diep.page(OFFICE)
    links = {str(link["href"]) for link in page.all("tbody a")}
    assert {page_of(here), f"{OTHER_HOME}/difficulties/{there}", LIST} <= links
    for link in links:
        assert diep.get(link).status_code == 200
    assert [str(tag.get("id")) for tag in diep.fragment(OFFICE).soup.find_all(recursive=False)] == ["difficulties-agency"]


def test_the_offices_list_goes_on_page_by_page(scene: Flask, make_client: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        noted(scene, f"Việc {number}")
        noted(scene, f"Việc {number}", school=OTHER_SCHOOL)
    monkeypatch.setattr(agency_difficulties.agency_page, "__defaults__", (difficulties.Which.OPEN, None, 4))
    diep = signed_in(make_client, DIEP)
    first = diep.page(OFFICE)
    second = diep.page(str(first.one("a[rel=next]")["href"]))
    assert len(set(first.texts("tbody tr") + second.texts("tbody tr"))) == 6
    assert second.all("a[rel=next]") == []


def test_the_part_for_a_persons_page_shows_what_is_noted_about_them(an: int, scene: Flask) -> None:
    number = noted(scene, "Quên <b>mật khẩu</b>", person_id=an)
    with scene.test_request_context(), transaction.reading():
        found = difficulties.of_person(scope_of(SCHOOL, CAMPAIGN), an)
        place = {"institution_code": SCHOOL, "campaign_code": CAMPAIGN}
        html = render_template_string(
            "{% include 'difficulties/_of_person.html' %}", difficulties=found, person={"id": an}, place=place, may_record=True
        )
    page = Page(html)
    assert page.problems() == []
    assert {str(link["href"]) for link in page.all("a")} == {page_of(number), f"{LIST}/new?person={an}"}
    assert "<b>mật" not in html


def asked(app: Flask, visit: Callable[[], object]) -> int:
    return len(asked_by(app, visit))


@pytest.mark.parametrize(("email", "path"), [(ALICE, LIST), (GIANG, LIST), (DIEP, OFFICE)])
def test_lists_ask_as_much_for_many_as_for_few(an: int, scene: Flask, make_client: Make, email: str, path: str) -> None:
    noted(scene, "Việc đầu", person_id=an)
    client = signed_in(make_client, email)
    few = asked(scene, lambda: client.page(path))
    with scene.app_context(), transaction.writing():
        school = scope_of(SCHOOL, CAMPAIGN).institution_id
        db.session.add_all([Membership(user_id=1, role="viewer", institution_id=school) for _ in range(3)])
    for number in range(12):
        noted(scene, f"Việc {number}", person_id=an)
    assert asked(scene, lambda: client.page(path)) == few


@pytest.mark.parametrize("person", ["abc", "-1", "99999999999"])
def test_about_a_person_who_cant_be_nothing_is_noted(scene: Flask, make_client: Make, person: str) -> None:
    answer = signed_in(make_client, ALICE).post(LIST, data={"kind": "other", "text": "Mất điện thoại", "person": person})
    assert answer.status_code == 404
