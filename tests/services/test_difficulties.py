"""Difficulties: routed by kind, never without somebody who answers, closed with an answer; of two at once the second is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app import clock, transaction
from app.domain.access import Role
from app.domain.difficulties import HANDLING, TEXT_LENGTH, Kind, Step, due_on
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Difficulty, Membership, User
from app.queries import agency_difficulties, campaigns, difficulties, users
from app.queries.difficulties import DifficultyView, Which
from app.services.difficulties import DifficultyDraft, DifficultyRefusal, answer, open_difficulty, pass_on, reopen
from app.workdays import is_workday
from tests.builders import at, make_agency, make_institution, make_login, make_person, scope_of
from tests.cast import ADMIN, AGENCY, ALICE, BOB, CAMPAIGN, CHARLIE, DIEP, GIANG, OTHER_SCHOOL, SCHOOL

TODAY = date(2026, 11, 23)  # a Monday
LATER = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        yield


def scope_for(email: str, school: str = SCHOOL) -> CampaignScope:
    """The scope as the gate gives it."""
    user = db.session.execute(select(User.id, User.name, User.email, User.session_key).where(User.email == email)).one()
    scope = users.campaign_scope(users.SignedIn(*user), school, CAMPAIGN)
    assert scope is not None
    return scope


def id_of(email: str) -> int:
    with transaction.reading():
        return db.session.scalars(select(User.id).where(User.email == email)).one()


def noted(email: str, kind: Kind = Kind.OTHER, text: str = "Không nhận được mã OTP", school: str = SCHOOL, **rest: object) -> int:
    with transaction.writing():
        answered = open_difficulty(scope_for(email, school), DifficultyDraft(kind, text, **rest))  # type: ignore[arg-type]
    assert isinstance(answered, int), answered
    return answered


def refused(email: str, text: str = "Không đăng nhập được", **rest: object) -> object:
    with transaction.writing():
        return open_difficulty(scope_for(email), DifficultyDraft(Kind.OTHER, text, **rest))  # type: ignore[arg-type]


def seen(number: int, email: str = ALICE, school: str = SCHOOL) -> DifficultyView:
    with transaction.reading():
        found = difficulties.one(scope_for(email, school), number)
    assert found is not None
    return found


def answered(number: int, revision: int, text: str = "Đã cấp lại mã", email: str = ALICE) -> DifficultyRefusal | None:
    with transaction.writing():
        return answer(scope_for(email), number, revision, text)


def passed(number: int, revision: int, owner: str, due: date = LATER, email: str = ALICE) -> DifficultyRefusal | None:
    owner_id = id_of(owner)
    with transaction.writing():
        return pass_on(scope_for(email), number, revision, owner_id, due)


def listed(email: str, which: Which = Which.OPEN, school: str = SCHOOL) -> list[int]:
    with transaction.reading():
        return [row.id for row in difficulties.difficulties_page(scope_for(email, school), which).rows]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_goes_to_somebody_within_days_for_a_reason(kind: Kind) -> None:
    handling = HANDLING[kind]
    assert handling.role in {Role.COORDINATOR, Role.OFFICER}
    assert handling.days > 0
    assert handling.why
    day = due_on(kind, TODAY, is_workday)
    assert is_workday(day)
    assert day >= TODAY + timedelta(days=handling.days)


def test_a_weekend_is_not_counted() -> None:
    assert due_on(Kind.TECHNICAL, date(2026, 11, 26), is_workday) == date(2026, 11, 30)  # Thursday, then Friday and Monday


@pytest.mark.parametrize(
    ("kind", "owner"),
    [
        (Kind.PERSONAL_DATA, ALICE),
        (Kind.PARTICIPATION, ALICE),
        (Kind.TECHNICAL, ALICE),
        (Kind.OTHER, ALICE),
        (Kind.BENEFITS, DIEP),
        (Kind.HEALTH_CARE, DIEP),
    ],
)
def test_the_kind_says_who_answers_and_by_when(stage: Flask, kind: Kind, owner: str) -> None:
    difficulty = seen(noted(GIANG, kind))
    assert difficulty.owner_id == id_of(owner)
    assert difficulty.due_on == due_on(kind, TODAY, is_workday)
    assert (difficulty.opened_by, difficulty.is_open, difficulty.revision) == ("Giang", True, 1)
    assert difficulty.opened_at == clock.now()


def test_who_has_the_role_and_notes_it_answers_it(stage: Flask) -> None:
    make_login("anna@cast.example", "Anna", Role.COORDINATOR, SCHOOL)
    assert seen(noted("anna@cast.example")).owner == "Anna"
    assert seen(noted(GIANG)).owner == "Alice", "of several, who has been there longest"


def test_an_officer_further_up_answers_where_the_office_has_none(stage: Flask) -> None:
    make_agency("9900401", parent=AGENCY)
    make_institution("xa", "9900401")
    make_login("xa@cast.example", "Xuân", Role.COORDINATOR, "xa")
    assert seen(noted("xa@cast.example", Kind.BENEFITS, school="xa"), "xa@cast.example", "xa").owner == "Diệp"
    make_login("gan@cast.example", "Gấm", Role.OFFICER, "9900401")
    assert seen(noted("xa@cast.example", Kind.HEALTH_CARE, school="xa"), "xa@cast.example", "xa").owner == "Gấm"


def test_where_nobody_has_the_role_it_stays_with_who_noted_it(stage: Flask) -> None:
    with transaction.writing():
        db.session.execute(update(User).where(User.email == ALICE).values(is_active=False))
    assert seen(noted(GIANG), GIANG).owner == "Giang"
    assert seen(noted(DIEP), DIEP).owner == "Diệp"


def test_without_anybody_nothing_is_noted(stage: Flask) -> None:
    make_institution("moi", AGENCY)
    with transaction.writing():
        assert open_difficulty(scope_of("moi", CAMPAIGN), DifficultyDraft(Kind.OTHER, "x")) is DifficultyRefusal.NO_OWNER
        assert isinstance(open_difficulty(scope_of("moi", CAMPAIGN), DifficultyDraft(Kind.BENEFITS, "x")), int)


def test_another_owner_and_day_can_be_named(stage: Flask) -> None:
    difficulty = seen(noted(ALICE, owner_id=id_of(GIANG), due_on=LATER))
    assert (difficulty.owner, difficulty.due_on) == ("Giang", LATER)


def test_what_cant_be_noted_is_refused(stage: Flask) -> None:
    stranger = make_person(OTHER_SCHOOL, CAMPAIGN, "Lê Gia An")
    another = make_person(SCHOOL, CAMPAIGN, "Đỗ Chi", "6A2")
    for _ in range(stranger):
        make_person(OTHER_SCHOOL, CAMPAIGN, "Vũ Đạt")
    beyond = make_person(OTHER_SCHOOL, CAMPAIGN, "Vũ Đạt")
    assert refused(ALICE, "  \n ") is DifficultyRefusal.TEXT_MISSING
    assert refused(ALICE, "x" * (TEXT_LENGTH + 1)) is DifficultyRefusal.TEXT_TOO_LONG
    assert refused(ALICE, person_id=beyond) is DifficultyRefusal.UNKNOWN_PERSON
    assert refused(GIANG, person_id=another) is DifficultyRefusal.UNKNOWN_PERSON
    for who in (BOB, CHARLIE):  # one only looks on, one is another institution's
        assert refused(ALICE, owner_id=id_of(who)) is DifficultyRefusal.UNKNOWN_OWNER
    for day in (TODAY - timedelta(days=1), date(2226, 11, 30)):
        assert refused(ALICE, due_on=day) is DifficultyRefusal.ODD_DUE
    with transaction.reading():
        assert db.session.scalar(select(func.count()).select_from(Difficulty)) == 0


def test_noted_twice_by_a_double_click_it_is_one(stage: Flask) -> None:
    first = noted(ALICE)
    assert noted(ALICE) == first
    assert noted(GIANG) != first
    answered(first, 1)
    assert noted(ALICE) != first, "the same again after it was answered is new"


def test_of_two_that_are_noted_at_once_one_stays(scene: Flask) -> None:
    numbers: list[int] = []
    start = threading.Barrier(2)

    def tell() -> None:
        with scene.app_context():
            start.wait()
            numbers.append(noted(ALICE))

    _together(tell, tell)
    assert len(set(numbers)) == 1


def _together(*doing: object) -> None:
    threads = [threading.Thread(target=each) for each in doing]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_an_answer_closes_and_says_by_whom(stage: Flask) -> None:
    number = noted(GIANG)
    assert answered(number, 1, "  Gọi tổng đài\n 1900 9068 ") is None
    closed = seen(number)
    assert (closed.answer, closed.closed_by, closed.closed_at, closed.is_open) == ("Gọi tổng đài\n1900 9068", "Alice", clock.now(), False)
    assert listed(ALICE) == []
    assert listed(ALICE, Which.CLOSED) == [number]


def test_without_an_answer_it_is_not_closed(stage: Flask) -> None:
    number = noted(ALICE)
    assert answered(number, 1, " ") is DifficultyRefusal.TEXT_MISSING
    assert answered(number, 1, "x" * (TEXT_LENGTH + 1)) is DifficultyRefusal.TEXT_TOO_LONG
    assert seen(number).is_open


def test_it_is_passed_on_to_whoever_may_see_the_institution_and_to_nobody_else(stage: Flask) -> None:
    number = noted(ALICE)
    for who in (BOB, CHARLIE, ADMIN):
        assert passed(number, 1, who) is DifficultyRefusal.UNKNOWN_OWNER
    assert passed(number, 1, GIANG, TODAY - timedelta(days=1)) is DifficultyRefusal.ODD_DUE
    assert passed(number, 1, DIEP) is None
    difficulty = seen(number)
    assert (difficulty.owner, difficulty.due_on, difficulty.revision) == ("Diệp", LATER, 2)
    assert passed(number, 2, ADMIN, email=ADMIN) is None, "an administrator may take it over"


def test_opened_again_it_has_an_owner_a_new_day_and_keeps_the_earlier_answer(stage: Flask) -> None:
    number = noted(ALICE, Kind.TECHNICAL)
    answered(number, 1)
    with clock.set_to(at(LATER)):
        with transaction.writing():
            assert reopen(scope_for(GIANG), number, 2) is DifficultyRefusal.UNKNOWN  # about nobody of Giang's, and Alice's
            assert reopen(scope_for(ALICE), number, 2) is None
        again = seen(number)
    assert (again.is_open, again.owner, again.answer) == (True, "Alice", "Đã cấp lại mã")
    assert again.due_on == due_on(Kind.TECHNICAL, LATER, is_workday)


def test_what_became_of_it_is_kept_step_by_step(stage: Flask) -> None:
    number = noted(ALICE, Kind.TECHNICAL)
    assert passed(number, 1, DIEP) is None
    assert passed(number, 1, DIEP) is DifficultyRefusal.CHANGED_MEANWHILE, "what is refused is no step"
    assert answered(number, 2, "Đã cấp lại mã") is None
    assert answered(number, 3, "Lần nữa") is DifficultyRefusal.ALREADY_CLOSED
    with transaction.writing():
        assert reopen(scope_for(ALICE), number, 3) is None
    assert answered(number, 4, "Xong hẳn") is None
    again = due_on(Kind.TECHNICAL, TODAY, is_workday)
    assert became(number) == [
        (Step.PASSED_ON, "Alice", "Diệp", LATER, None),
        (Step.ANSWERED, "Alice", None, None, "Đã cấp lại mã"),
        (Step.REOPENED, "Alice", "Diệp", again, None),
        (Step.ANSWERED, "Alice", None, None, "Xong hẳn"),
    ]
    assert became(number, CHARLIE, OTHER_SCHOOL) == [], "another institution sees nothing of it"
    assert became(number, GIANG) == [], "nor does a teacher whom it is no matter of"


def became(number: int, email: str = ALICE, school: str = SCHOOL) -> list[tuple[object, ...]]:
    with transaction.reading():
        found = difficulties.steps(scope_for(email, school), number)
    return [(step.kind, step.by, step.owner, step.due_on, step.text) for step in found]


def test_opened_again_after_the_owner_has_left_the_kind_says_anew_who_answers(stage: Flask) -> None:
    make_login("anna@cast.example", "Anna", Role.COORDINATOR, SCHOOL)
    number = noted("anna@cast.example")
    answered(number, 1)
    with transaction.writing():
        db.session.delete(db.session.scalars(select(Membership).where(Membership.user_id == id_of_open("anna@cast.example"))).one())
        assert reopen(scope_for(ALICE), number, 2) is None
    assert seen(number).owner == "Alice"


def id_of_open(email: str) -> int:
    return db.session.scalars(select(User.id).where(User.email == email)).one()


def test_who_comes_second_is_told(stage: Flask) -> None:
    number = noted(ALICE)
    assert passed(number, 1, GIANG) is None
    assert answered(number, 1) is DifficultyRefusal.CHANGED_MEANWHILE
    assert answered(number, 2) is None
    assert answered(number, 2, "khác") is DifficultyRefusal.ALREADY_CLOSED
    assert passed(number, 3, DIEP) is DifficultyRefusal.ALREADY_CLOSED
    with transaction.writing():
        assert reopen(scope_for(ALICE), number, 3) is None
        assert reopen(scope_for(ALICE), number, 3) is DifficultyRefusal.STILL_OPEN
    assert seen(number).answer == "Đã cấp lại mã"


def test_of_two_who_answer_at_once_one_is_told(scene: Flask) -> None:
    with scene.app_context():
        number = noted(ALICE)
    told: list[DifficultyRefusal | None] = []
    start = threading.Barrier(2)

    def tell() -> None:
        with scene.app_context():
            start.wait()
            told.append(answered(number, 1))

    _together(tell, tell)
    assert sorted(map(str, told)) in (["None", "already-closed"], ["None", "changed-meanwhile"])


def test_another_institutions_difficulty_is_not_there(stage: Flask) -> None:
    number = noted(ALICE)
    with transaction.writing():
        assert answer(scope_for(CHARLIE, OTHER_SCHOOL), number, 1, "x") is DifficultyRefusal.UNKNOWN
        assert reopen(scope_for(CHARLIE, OTHER_SCHOOL), number, 1) is DifficultyRefusal.UNKNOWN
    with transaction.reading():
        assert difficulties.one(scope_for(CHARLIE, OTHER_SCHOOL), number) is None
    assert listed(CHARLIE, school=OTHER_SCHOOL) == []


def test_a_class_teacher_sees_the_own_pupils_and_what_is_theirs(stage: Flask) -> None:
    own, other = make_person(SCHOOL, CAMPAIGN, "Lê An", "6A1"), make_person(SCHOOL, CAMPAIGN, "Đỗ Chi", "6A2")
    about_own, about_other = noted(ALICE, person_id=own), noted(ALICE, person_id=other)
    opened, whole = noted(GIANG, text="Máy tính hỏng"), noted(ALICE, text="Mạng chậm")
    given = noted(ALICE, text="Chi mất điện thoại", person_id=other, owner_id=id_of(GIANG))
    assert sorted(listed(GIANG)) == sorted([about_own, opened, given])
    assert sorted(listed(ALICE)) == sorted([about_own, about_other, opened, whole, given])
    assert seen(about_own, GIANG).person == "Lê An"
    hidden = seen(given, GIANG)
    assert (hidden.is_personal, hidden.person_id, hidden.person, hidden.unit) == (True, None, None, None)
    assert seen(given).person == "Đỗ Chi"
    with transaction.reading():
        scope = scope_for(GIANG)
        assert difficulties.counts(scope)[Which.OPEN] == 3
        assert [row.id for row in difficulties.of_person(scope, own)] == [about_own]
        assert [row.id for row in difficulties.of_person(scope, other)] == [given]
        assert difficulties.one(scope, about_other) is None


def test_a_name_that_somebody_shares_opens_nothing_that_is_said_of_a_person(stage: Flask) -> None:
    """Who accepts an invitation chooses the name."""
    other = make_person(SCHOOL, CAMPAIGN, "Đỗ Chi", "6A2")
    about_other = noted(ALICE, text="Chi đang bệnh", person_id=other)
    make_login("alice2@cast.example", "Alice", Role.UNIT_LEAD, SCHOOL, ["6A1"])
    assert listed("alice2@cast.example") == []
    with transaction.reading():
        assert difficulties.one(scope_for("alice2@cast.example"), about_other) is None


def test_lists_are_cut_by_what_is_open_overdue_mine_or_closed(stage: Flask) -> None:
    first, second = noted(ALICE, due_on=TODAY), noted(ALICE, Kind.BENEFITS, due_on=LATER)
    third = noted(ALICE, text="đã xong")
    answered(third, 1)
    with clock.set_to(at(date(2026, 11, 25))):
        assert listed(ALICE) == [first, second]
        assert listed(ALICE, Which.OVERDUE) == [first]
        assert listed(ALICE, Which.MINE) == [first]
        assert listed(DIEP, Which.MINE) == [second]
        assert listed(ALICE, Which.CLOSED) == [third]
        with transaction.reading():
            scope = scope_for(ALICE)
            assert difficulties.counts(scope) == {Which.OPEN: 2, Which.OVERDUE: 1, Which.MINE: 1, Which.CLOSED: 1}
            assert [difficulties.counts(scope)[which] for which in (Which.OPEN, Which.OVERDUE)] == [2, 1]
            assert difficulties.difficulties_page(scope).rows[0].is_overdue


@pytest.mark.parametrize("which", [Which.OPEN, Which.CLOSED])
def test_a_long_list_goes_on_page_by_page(stage: Flask, which: Which) -> None:
    numbers = [noted(ALICE, text=f"việc {n}", due_on=TODAY + timedelta(days=n % 2)) for n in range(5)]
    if which is Which.CLOSED:
        for hour, number in enumerate(numbers):
            with clock.set_to(datetime(2026, 11, 23, 10 + hour // 2, tzinfo=clock.LOCAL)):
                answered(number, 1)
    found: list[int] = []
    after = None
    with transaction.reading():
        while True:
            page = difficulties.difficulties_page(scope_for(ALICE), which, after, size=2)
            found += [row.id for row in page.rows]
            after = page.after
            if after is None:
                break
    assert found == (listed(ALICE, which))
    assert sorted(found) == sorted(numbers)


def test_the_office_sees_all_institutions_of_its_subtree_and_no_other(stage: Flask) -> None:
    make_login("xa@cast.example", "Xa", Role.OFFICER, "99005")
    here = [noted(ALICE, text=f"việc {n}") for n in range(3)]
    there = noted(CHARLIE, school=OTHER_SCHOOL)
    answered(here[2], 1)
    with transaction.reading():
        user = db.session.execute(select(User.id, User.name, User.email, User.session_key).where(User.email == DIEP)).one()
        scope = users.agency_scope(users.SignedIn(*user), AGENCY)
        far = users.agency_scope(users.SignedIn(*user), "99005")
        assert scope is not None
        assert far is None
        view = campaigns.agency_campaign(scope, CAMPAIGN)
        assert view is not None
        found, after = [], None
        while True:
            page = agency_difficulties.agency_page(scope, view, Which.OPEN, after, size=1)
            found += [(row.institution_code, row.id) for row in page.rows]
            after = page.after
            if after is None:
                break
        closed = agency_difficulties.agency_page(scope, view, Which.CLOSED).rows
        counted = agency_difficulties.agency_counts(scope, view)
    assert sorted(found) == sorted([(SCHOOL, here[0]), (SCHOOL, here[1]), (OTHER_SCHOOL, there)])
    assert [row.id for row in closed] == [here[2]]
    assert counted[Which.OPEN] == 3
    assert counted[Which.CLOSED] == 1


def test_who_can_be_asked_stands_in_order_each_once(stage: Flask) -> None:
    make_login("trung@cast.example", "Trung", Role.OFFICER, "990")
    with transaction.writing():
        db.session.add(Membership(user_id=id_of_open(ALICE), role=Role.UNIT_LEAD, institution_id=scope_for(ALICE).institution_id))
    with transaction.reading():
        owners = difficulties.possible_owners(scope_for(ALICE))
        as_admin = difficulties.possible_owners(scope_for(ADMIN))
        looking_on = difficulties.possible_owners(scope_for(BOB))
    assert [(owner.name, owner.role) for owner in owners] == [
        ("Alice", Role.COORDINATOR),
        ("Giang", Role.UNIT_LEAD),
        ("Diệp", Role.OFFICER),
        ("Trung", Role.OFFICER),
    ]
    assert [owner.name for owner in as_admin][-1] == "Quản trị"
    assert looking_on == owners
