"""A roster's way through the services: received, reviewed, applied whole or not at all."""

from __future__ import annotations

import threading
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import func, select
from sqlalchemy import text as sql

from app import clock, transaction
from app.collation import name_key
from app.domain.names import search_text
from app.domain.registration import Event
from app.extensions import db
from app.models import ChangePage, Guardianship, Person, Registration, Roster, RosterFile, Unit
from app.queries import campaigns, people, progress, rosters
from app.queries.change_pages import AGAIN
from app.queries.filters import EVERYBODY
from app.queries.terms import KeptRoster, kept_roster
from app.services import applying, registrations, undoing
from app.services.revising import reread
from app.services.rosters import Applied, RosterRefusal, apply, discard, receive
from imports.values import Kind, Unreadable
from tests.builders import DAY, at, make_person, record, scope_of, take_in
from tests.cast import CAMPAIGN, OTHER_SCHOOL, SCHOOL
from tests.statements import asked_by, rows_looked_at

WORKBOOKS = Path(__file__).resolve().parents[1] / "workbooks"
CLASSES, STAFF, SIBLINGS = "02-class-sheets.xlsx", "01-plain-staff.xlsx", "12-siblings.xlsx"


def content(name: str) -> bytes:
    return (WORKBOOKS / name).read_bytes()


def received(name: str, school: str = SCHOOL) -> rosters.RosterView:
    with transaction.writing():
        roster_id = receive(scope_of(school, CAMPAIGN), name, content(name))
    return seen(roster_id, school)


def seen(roster_id: int, school: str = SCHOOL) -> rosters.RosterView:
    with transaction.reading():
        view = rosters.roster(scope_of(school, CAMPAIGN), roster_id)
    assert view is not None
    return view


def applied(roster_id: int, school: str = SCHOOL) -> Applied | RosterRefusal:
    with transaction.writing():
        return apply(scope_of(school, CAMPAIGN), roster_id)


def count(table: type[object]) -> int:
    with transaction.reading():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_review_touches_nobody(stage: Flask) -> None:
    view = received(CLASSES)
    assert (view.new, view.changed, view.same, view.absent, view.problems, view.status) == (105, 0, 0, 0, 0, "read")
    assert count(Person) == count(Registration) == 0


def test_applying_lets_everybody_in_with_class_guardians_and_registration(stage: Flask) -> None:
    assert applied(received(CLASSES).id) == Applied(105, 0)
    with transaction.reading():
        scope = scope_of(SCHOOL, CAMPAIGN)
        view = campaigns.campaign(scope)
        units = {unit.name: unit.progress.total for unit in progress.unit_progress(scope, view)}
        page = people.people_page(scope, view, EVERYBODY, size=200)
        first = people.person(scope, view, page.rows[0].id)
    assert units == {"6A1": 35, "6A2": 35, "7A1": 35}
    assert len(page.rows) == 105
    assert first is not None
    assert {guardian.relation for guardian in first.guardians} == {"father", "mother"}


@pytest.mark.parametrize(
    "name", ["01-plain-staff.xlsx", "02-class-sheets.xlsx", "04-grouped-staff.xlsx", "06-employer.xls", "12-siblings.xlsx"]
)
def test_the_same_file_again_is_all_same(stage: Flask, name: str) -> None:
    first = received(name)
    applied(first.id)
    before = [count(table) for table in (Person, Registration, Guardianship, Unit)]
    again = received(name)
    assert (again.new, again.changed, again.same, again.absent) == (0, 0, first.new, 0)
    assert applied(again.id) == Applied(0, 0)
    assert [count(table) for table in (Person, Registration, Guardianship, Unit)] == before


def test_brothers_and_sisters_share_one_guardian(stage: Flask) -> None:
    take_in(SCHOOL, CAMPAIGN, SIBLINGS, content(SIBLINGS))
    with transaction.reading():
        children = db.session.scalar(select(func.count()).select_from(Guardianship))
        guardians = db.session.scalar(select(func.count(func.distinct(Guardianship.guardian_id))))
        listed = progress.institution_progress(scope_of(SCHOOL, CAMPAIGN), campaigns.campaign(scope_of(SCHOOL, CAMPAIGN)))
    assert children == 41
    assert guardians is not None
    assert guardians < 41
    assert listed.total == 41, "a guardian is nobody's pupil"


def test_what_people_recorded_survives_the_next_roster(stage: Flask) -> None:
    take_in(SCHOOL, CAMPAIGN, CLASSES, content(CLASSES))
    with transaction.reading():
        scope = scope_of(SCHOOL, CAMPAIGN)
        somebody = people.people_page(scope, campaigns.campaign(scope), EVERYBODY).rows[0].id
    record(SCHOOL, CAMPAIGN, somebody, Event.DECLARED, DAY)
    take_in(SCHOOL, CAMPAIGN, CLASSES, content(CLASSES))
    with transaction.reading():
        scope = scope_of(SCHOOL, CAMPAIGN)
        assert progress.institution_progress(scope, campaigns.campaign(scope)).declared == 1


def kept(roster_id: int) -> KeptRoster:
    with transaction.reading():
        found = kept_roster(scope_of(SCHOOL, CAMPAIGN), roster_id)
    assert found is not None
    return found


def test_a_stale_review_is_not_applied_but_planned_again_in_its_place(stage: Flask) -> None:
    view = received(CLASSES)
    make_person(SCHOOL, CAMPAIGN, "Trần Bảo An", "6A1")
    assert seen(view.id).stale
    assert applied(view.id) is RosterRefusal.STALE
    assert count(Person) == 1
    file = kept(view.id)
    with transaction.writing():
        assert reread(scope_of(SCHOOL, CAMPAIGN), file) is None
    again = seen(view.id)
    assert (again.status, again.stale, again.review, again.again) == ("read", False, 2, 0)
    assert applied(view.id) == Applied(105, 0)
    assert count(Person) > 105


def test_of_a_stale_review_only_the_rows_that_differ_are_looked_at_again(stage: Flask) -> None:
    view = received(CLASSES)
    with transaction.reading():
        row = rosters.changes_page(scope_of(SCHOOL, CAMPAIGN), view.id, Kind.NEW).rows[0].row
    assert row is not None
    make_person(SCHOOL, CAMPAIGN, row.full_name, row.unit, birth_date=row.birth_date)
    file = kept(view.id)
    with transaction.writing():
        assert reread(scope_of(SCHOOL, CAMPAIGN), file) is None
    assert seen(view.id).again == 1
    with transaction.reading():
        page = rosters.changes_page(scope_of(SCHOOL, CAMPAIGN), view.id, AGAIN)
    assert [(change.row and change.row.row, change.kind) for change in page.rows] == [(row.row, Kind.CHANGED)]  # was new


def test_who_is_planned_anew_keeps_the_id_that_was_given(stage: Flask) -> None:
    view = received(STAFF)
    file = kept(view.id)
    scope = scope_of(SCHOOL, CAMPAIGN)
    with transaction.reading():
        before = [change.person_id for change in rosters.changes_page(scope, view.id, Kind.NEW).rows]
    with transaction.writing():
        assert reread(scope_of(SCHOOL, CAMPAIGN), file) is None
    with transaction.reading():
        assert [change.person_id for change in rosters.changes_page(scope, view.id, Kind.NEW).rows] == before


def test_grown_ups_are_registered_as_anybody_is_and_nobody_else_with_them(stage: Flask) -> None:
    with clock.set_to(at(DAY)):
        view = received(STAFF)
        by_hand = make_person(SCHOOL, CAMPAIGN, "Trần An")  # whose id is a later one than those planned
        file = kept(view.id)
        with transaction.writing():
            assert reread(scope_of(SCHOOL, CAMPAIGN), file) is None
        assert applied(view.id) == Applied(60, 0)
    columns = [column for column in Registration.__table__.columns if column.name != "person_id"]
    with transaction.reading():
        registered = set(db.session.scalars(select(Registration.person_id)))
        known = set(db.session.scalars(select(Person.id)))
        different = db.session.execute(select(*columns).distinct()).all()
    assert by_hand == max(registered)
    assert registered == known
    assert len(different) == 1


def test_a_review_that_somebody_else_has_changed_is_not_applied_unseen(stage: Flask) -> None:
    view = received(STAFF)
    file = kept(view.id)
    with transaction.writing():
        assert reread(scope_of(SCHOOL, CAMPAIGN), file) is None
    with transaction.writing():
        assert apply(scope_of(SCHOOL, CAMPAIGN), view.id, view.review) is RosterRefusal.MEANWHILE
        assert reread(scope_of(SCHOOL, CAMPAIGN), file) is RosterRefusal.MEANWHILE
        assert apply(scope_of(SCHOOL, CAMPAIGN), view.id, view.review + 1) == Applied(60, 0)


def test_a_roster_is_applied_once(stage: Flask) -> None:
    view = received(STAFF)
    assert applied(view.id) == Applied(60, 0)
    assert applied(view.id) is RosterRefusal.ALREADY_APPLIED
    assert count(Registration) == 60


def test_two_who_press_the_button_at_once_apply_it_once(scene: Flask) -> None:
    with scene.app_context():
        view = received(STAFF)
    answers: list[object] = []
    start = threading.Barrier(2)

    def press() -> None:
        with scene.app_context():
            start.wait()
            answers.append(applied(view.id))

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, answers)) == sorted(map(str, [Applied(60, 0), RosterRefusal.ALREADY_APPLIED]))
    with scene.app_context():
        assert count(Registration) == 60


def test_another_institutions_roster_is_not_there(stage: Flask) -> None:
    view = received(STAFF)
    assert applied(view.id, OTHER_SCHOOL) is RosterRefusal.UNKNOWN
    with transaction.writing():
        assert discard(scope_of(OTHER_SCHOOL, CAMPAIGN), view.id) is RosterRefusal.UNKNOWN
    with transaction.reading():
        assert rosters.roster(scope_of(OTHER_SCHOOL, CAMPAIGN), view.id) is None
        assert rosters.changes_page(scope_of(OTHER_SCHOOL, CAMPAIGN), view.id, Kind.NEW).rows == ()


def test_what_is_put_away_keeps_neither_names_nor_file(stage: Flask) -> None:
    view = received(STAFF)
    with transaction.writing():
        assert discard(scope_of(SCHOOL, CAMPAIGN), view.id) is None
    assert count(ChangePage) == count(RosterFile) == 0
    assert applied(view.id) is RosterRefusal.DISCARDED


def test_a_file_that_is_no_workbook_leaves_nothing(stage: Flask) -> None:
    with pytest.raises(Unreadable), transaction.writing():
        receive(scope_of(SCHOOL, CAMPAIGN), "thơ.xlsx", b"khong phai bang tinh")
    assert count(Roster) == 0


def test_a_row_with_the_numbers_of_two_known_people_waits(stage: Flask) -> None:
    make_person(SCHOOL, CAMPAIGN, "Nguyễn Văn A", personal_id="001090000011")
    make_person(SCHOOL, CAMPAIGN, "Nguyễn Văn B", bhxh_code="0123456789")
    book = Workbook()
    book.active.append(["STT", "Họ và tên", "Số CCCD", "Mã số BHXH"])
    book.active.append([1, "Nguyễn Văn A", "001090000011", "0123456789"])
    book.active.append([2, "Lê Thị C", "001190000022", "0123456780"])
    file = BytesIO()
    book.save(file)
    with transaction.writing():
        roster_id = receive(scope_of(SCHOOL, CAMPAIGN), "hai-nguoi.xlsx", file.getvalue())
    view = seen(roster_id)
    assert (view.new, view.changed, view.waiting, view.absent) == (1, 0, 1, 0)
    assert applied(roster_id) == Applied(1, 0)


def test_a_change_knows_its_row_to_the_end(stage: Flask) -> None:
    view = received(CLASSES)
    with transaction.reading():
        first = rosters.changes_page(scope_of(SCHOOL, CAMPAIGN), view.id, Kind.NEW).rows[0]
    assert first.row is not None
    assert (first.row.sheet, first.row.row, first.row.full_name) == ("6A1", 8, "Nguyễn Quốc Bình")


def test_pages_of_changes_show_everybody_once_in_the_files_order(stage: Flask) -> None:
    view = received(CLASSES)
    addresses: list[tuple[str, int]] = []
    after: int | None = 0
    with transaction.reading():
        while after is not None:
            page = rosters.changes_page(scope_of(SCHOOL, CAMPAIGN), view.id, Kind.NEW, after)
            addresses += [(change.row.sheet, change.row.row) for change in page.rows if change.row]
            after = page.after
    assert addresses == sorted(set(addresses))
    assert len(addresses) == 105


def test_many_known_people_are_changed_with_no_more_statements_than_few(stage: Flask) -> None:
    """Each year every pupil of a school moves to another class."""

    def moved(people: int, first: int) -> int:
        for unit in ("6A1", "7A1"):
            book = Workbook()
            book.active.append(["STT", "Họ và tên", "Ngày sinh", "Mã học sinh", "Lớp"])
            for n in range(first, first + people):
                book.active.append([n, "Trần Văn An", f"{n % 10 + 15}/10/2014", f"HS{n:05}", unit])
            stream = BytesIO()
            book.save(stream)
            with transaction.writing():
                roster_id = receive(scope_of(SCHOOL, CAMPAIGN), "lop.xlsx", stream.getvalue())
            asked = asked_by(stage, lambda roster_id=roster_id: applied(roster_id))
        assert seen(roster_id).moved == people
        return len(asked)

    assert moved(60, 100) < moved(5, 1) + 10


def test_a_whole_school_that_is_changed_is_as_the_list_says_and_undone_as_it_was(stage: Flask) -> None:
    def book(unit: str, year: int, phone: int, name: str) -> bytes:
        book, stream = Workbook(), BytesIO()
        book.active.append(["STT", "Họ và tên", "Ngày sinh", "Mã học sinh", "Lớp", "Điện thoại", "Thư điện tử"])
        for n in range(250):
            mail = f"{phone}.{n}@a.example" if n % 2 else None
            book.active.append([n, f"{name} {'ABCD'[n % 4]}", f"{n % 28 + 1}/10/{year}", f"HS{n:05}", unit, f"09{phone}{n:05}", mail])
        book.save(stream)
        return stream.getvalue()

    def now() -> list[tuple[object, ...]]:
        columns = (Person.id, Person.full_name, Person.sort_key, Person.search_text, Person.birth_date, Person.birth_year)
        more = (Person.phone, Person.email, Person.unit_id, Registration.self_from)
        with transaction.reading():
            statement = select(*columns, *more).join(Registration, Registration.person_id == Person.id).where(Person.pupil_code.like("HS%"))
            return [tuple(row) for row in db.session.execute(statement.order_by(Person.id))]

    with transaction.writing():
        first = receive(scope_of(SCHOOL, CAMPAIGN), "lop.xlsx", book("6A1", 2014, 120, "Trần Văn"))
    applied(first)
    before = now()
    with transaction.writing():
        second = receive(scope_of(SCHOOL, CAMPAIGN), "lop.xlsx", book("7A1", 2013, 130, "Trần Bá"))
    applied(second)
    after = now()
    assert [row[1:] for row in after] == [
        (
            name := f"Trần Bá {'ABCD'[n % 4]}",
            name_key(name),
            search_text(name, [f"HS{n:05}", phone := f"09130{n:05}", mail := f"130.{n}@a.example" if n % 2 else None]),
            date(2013, 10, n % 28 + 1),
            2013,
            phone,
            mail,
            after[0][8],
            date(2028, 10, n % 28 + 1),
        )
        for n in range(250)
    ]
    with transaction.writing():
        assert isinstance(undoing.undo(scope_of(SCHOOL, CAMPAIGN), second), undoing.Undone)
    assert now() == before


def test_a_birth_that_is_still_to_come_waits(stage: Flask) -> None:
    book = Workbook()
    for line in (["STT", "Họ và tên", "Ngày sinh"], [1, "Trần Văn An", "16/05/2041"], [2, "Lê Thị Bình", "17/05/2014"]):
        book.active.append(line)
    stream = BytesIO()
    book.save(stream)
    with transaction.writing():
        roster_id = receive(scope_of(SCHOOL, CAMPAIGN), "lop.xlsx", stream.getvalue())
    view = seen(roster_id)
    assert (view.new, view.waiting, view.problems) == (1, 1, 1)


def test_the_first_roster_after_one_that_was_rolled_back_looks_at_each_row_a_few_times(stage: Flask) -> None:
    """PostgreSQL had counted no rows until then, and went through the whole school for each child: the square of the time."""
    book, stream, pupils = Workbook(), BytesIO(), 600
    book.active.append(["STT", "Họ và tên", "Ngày sinh", "Mã học sinh", "Lớp", "Họ tên mẹ", "Điện thoại mẹ"])
    for n in range(pupils):
        book.active.append([n + 1, "Trần Văn An", f"{n % 28 + 1}/10/2014", f"HS{n:05}", "6A1", "Lê Thị Mai", f"09{n:08}"])
    book.save(stream)

    def go_in() -> None:
        scope = scope_of(SCHOOL, CAMPAIGN)
        assert apply(scope, receive(scope, "lop.xlsx", stream.getvalue())) == Applied(pupils, 0)

    with transaction.writing():
        go_in()
        transaction.abandon()
    with transaction.writing():
        for table in ("people", "registrations", "guardianships", "guardian_keys"):
            db.session.execute(sql(f"ANALYZE {table}"))  # the server does so by itself soon
    with transaction.writing():
        before = rows_looked_at()
        go_in()
        assert {table for table, rows in (rows_looked_at() - before).items() if rows > 60 * pupils} == set()
    assert count(Registration) == 2 * pupils


def test_who_records_an_account_and_a_roster_with_another_birth_date_do_not_wait_for_each_other(
    stage: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads = ["STT", "Họ và tên", "Ngày sinh", "Mã học sinh", "Họ tên mẹ", "Điện thoại mẹ"]

    def book(*row: str) -> bytes:
        book, stream = Workbook(), BytesIO()
        for line in (heads, [1, *row]):
            book.active.append(line)
        book.save(stream)
        return stream.getvalue()

    take_in(SCHOOL, CAMPAIGN, "lop.xlsx", book("Trần Bảo An", "15/10/2014", "HS1"))
    with transaction.reading():
        an = db.session.scalars(select(Person.id)).one()
    answers: list[object] = []

    def act() -> None:
        with stage.app_context(), clock.set_to(clock.now()), transaction.writing():
            answers.append(registrations.record(scope_of(SCHOOL, CAMPAIGN), an, Event.GRANTED, DAY))

    def meanwhile(*asked: Any) -> None:
        other.start()
        other.join(0.5)  # by now it has what it can get
        recognise_anew(*asked)

    recognise_anew, other = applying.recognise_anew, threading.Thread(target=act)
    monkeypatch.setattr(applying, "recognise_anew", meanwhile)
    take_in(SCHOOL, CAMPAIGN, "lop.xlsx", book("Trần Bảo An", "15/10/2013", "HS1", "Trần Thị Mai", "0912000111"))
    other.join()
    assert len(answers) == 1
