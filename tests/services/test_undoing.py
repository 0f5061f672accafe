"""An applied roster is undone as a whole; what somebody has done since is kept, with the reason."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import delete, func, select

from app import clock, transaction
from app.domain import addresses
from app.domain.difficulties import Kind
from app.domain.nudge import Status
from app.domain.registration import Event, State
from app.domain.slots import Hours
from app.domain.track import Item, ItemStatus
from app.domain.undoing import Why
from app.extensions import db
from app.models import Address, EffectPage, GuardianKey, Nudge, NudgePerson, Person, Registration, RosterFile, Unit, User
from app.queries import campaigns, progress, rosters, terms, undoings
from app.queries.filters import PeopleFilter
from app.services import (
    batches,
    continuing,
    desks,
    difficulties,
    evidence,
    guardians,
    hand_sending,
    merging,
    pauses,
    registrations,
    roster_steps,
    undoing,
)
from app.services import people as details
from app.services import rosters as taking
from app.services.people import PersonDetails
from app.services.rosters import RosterRefusal
from app.services.undoing import Undone
from imports.values import GuardianRead
from tests import nudging
from tests.builders import DAY, at, make_campaign, make_person, record, scope_of, take_in
from tests.cast import AGENCY, ALICE, CAMPAIGN, OTHER_SCHOOL, SCHOOL

TODAY = date(2026, 11, 23)
HEAD = ["Họ và tên", "Ngày sinh", "Lớp", "Số định danh", "Điện thoại", "Họ tên mẹ", "SĐT mẹ", "CCCD mẹ"]
AN, BINH, CUONG = "079214000011", "079214000022", "079214000033"
MOTHER = "001185000011"


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        yield


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in (HEAD, *rows):
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def row(name: str, number: str | None, **other: Any) -> list[Any]:
    born, unit, phone, mother, reached, mothers = (
        other.get(key, default)
        for key, default in (
            ("born", "03/05/2014"),
            ("unit", "6A1"),
            ("phone", None),
            ("mother", None),
            ("reached", None),
            ("mothers", None),
        )
    )
    return [name, born, unit, number, phone, mother, reached, mothers]


AN_ROW, BINH_ROW = row("Trần Bảo An", AN, mother="Lê Thị Hoa", reached="0912000111"), row("Lê Minh Bình", BINH)


def taken(*rows: list[Any], campaign: str = CAMPAIGN, school: str = SCHOOL) -> int:
    return take_in(school, campaign, "a.xlsx", workbook(*rows))


def undone(roster_id: int, **where: Any) -> Undone:
    answer = asked(roster_id, **where)
    assert isinstance(answer, Undone), answer
    return answer


def asked(roster_id: int, campaign: str = CAMPAIGN, seen: str | None = None) -> Undone | RosterRefusal:
    with transaction.writing():
        return undoing.undo(scope_of(SCHOOL, campaign), roster_id, seen)


def person(number: str) -> Person | None:
    with transaction.reading():
        found = db.session.scalar(select(Person).where(Person.personal_id == number))
        db.session.expunge_all()
    return found


def id_of(number: str) -> int:
    found = person(number)
    assert found is not None
    return found.id


def count(table: type[Any], *conditions: Any) -> int:
    with transaction.reading():
        return db.session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


def test_everybody_it_brought_goes_with_guardian_class_and_registration(stage: Flask) -> None:
    answer = undone(taken(row("Trần Bảo An", AN, unit="9C", mother="Lê Thị Hoa", reached="0912000111"), BINH_ROW))
    assert (answer.people, answer.registrations, answer.restored, answer.kept) == (3, 0, 0, ())
    assert count(Person) == count(Registration) == count(GuardianKey) == count(RosterFile) == count(Unit, Unit.name == "9C") == 0
    with transaction.reading():
        scope = scope_of(SCHOOL, CAMPAIGN)
        (view,) = rosters.rosters(scope)
        assert (view.status, view.undone_by, view.undone_at) == ("undone", "dòng lệnh", clock.now())
        assert progress.institution_progress(scope, campaigns.campaign(scope)).total == 0


def test_the_same_file_can_be_taken_in_again(stage: Flask) -> None:
    undone(taken(AN_ROW))
    taken(AN_ROW)
    assert person(AN) is not None


def test_values_return_to_what_they_were(stage: Flask) -> None:
    taken(row("Trần Bảo An", AN, phone="0912000111"))
    later = taken(row("Trần Bảo Ân", AN, phone="0912000222", unit="6A2", born="04/05/2013"))
    answer = undone(later)
    found = person(AN)
    assert found is not None
    assert (found.full_name, found.phone, found.birth_date, found.birth_year) == ("Trần Bảo An", "0912000111", date(2014, 5, 3), 2014)
    assert (answer.people, answer.restored, answer.kept) == (0, 1, ())
    assert count(Registration, Registration.self_from == date(2029, 5, 3)) == 1


def test_a_value_that_somebody_changed_since_stays_and_is_named(stage: Flask) -> None:
    taken(row("Trần Bảo An", AN, phone="0912000111"))
    later = taken(row("Trần Bảo An", AN, phone="0912000222", unit="6A2"))
    number = id_of(AN)
    edit(number, phone="0912000333")
    answer = undone(later)
    found = person(AN)
    assert found is not None
    assert found.phone == "0912000333"
    assert [(one.person_id, one.why, one.field) for one in answer.kept] == [(number, Why.EDITED, "phone")]


def edit(number: int, **values: Any) -> None:
    with transaction.writing():
        scope = scope_of(SCHOOL, CAMPAIGN)
        known = db.session.get_one(Person, (scope.institution_id, number))
        kept = {name: getattr(known, name) for name in PersonDetails.__slots__}
        assert details.update_person(scope, number, known.revision, PersonDetails(**(kept | values))) is None


def _recorded(number: int) -> None:
    record(SCHOOL, CAMPAIGN, number, Event.DECLARED, DAY)


def _taken_back(number: int) -> None:
    record(SCHOOL, CAMPAIGN, number, Event.DECLARED, DAY)
    record(SCHOOL, CAMPAIGN, number, Event.TAKEN_BACK, DAY)


def _in(work: Callable[[Any, int], object]) -> Callable[[int], None]:
    def done(number: int) -> None:
        with transaction.writing():
            work(scope_of(SCHOOL, CAMPAIGN), number)

    return done


def _in_batch(scope: Any, number: int) -> None:
    for event in (Event.DECLARED, Event.FORM_RECEIVED):
        registrations.record(scope, number, event, DAY)
    batches.create(scope, [number], batches.BatchDraft(clock.today(), "Alice"))


def _at_desk(scope: Any, number: int) -> None:
    desk = desks.create(scope, desks.DeskDraft("Hội trường", clock.today(), Hours("08:00", "11:00", 30, 5)))
    assert isinstance(desk, int)
    desks.fill(scope, desk, PeopleFilter(q="Trần Bảo An"))


def _in_difficulty(scope: Any, number: int) -> None:
    owner = db.session.scalars(select(User.id).where(User.email == ALICE)).one()
    difficulties.open_difficulty(scope, difficulties.DifficultyDraft(Kind.TECHNICAL, "Không nhận được tin nhắn.", number, owner))


def _opted_out(_scope: Any, number: int) -> None:
    db.session.add(Address(address=addresses.of_phone("0912000999") or "", opted_out_at=clock.now(), opted_out_by="a"))


def _given_a_father(scope: Any, number: int) -> None:
    guardians.add_guardian(scope, number, GuardianRead("father", "Trần Văn Nam", "0912000555", None))


def _handed_out(scope: Any, number: int) -> None:
    registrations.record(scope, number, Event.DECLARED, DAY)
    hand_sending.handed_out(scope, [number], nudging.Channel.SLIP)


DONE: tuple[tuple[str, Callable[[int], None], Why], ...] = (
    ("an event", _recorded, Why.RECORDED),
    ("an event taken back", _taken_back, Why.RECORDED),
    ("a new phone", lambda number: edit(number, phone="0912000444"), Why.EDITED),
    ("an ID card", lambda number: edit(number, has_card=True), Why.EDITED),
    ("a paper seen", _in(lambda scope, number: evidence.mark(scope, number, Item.PORTRAIT, ItemStatus.SEEN)), Why.PAPER),
    ("a batch", _in(_in_batch), Why.BATCH),
    ("a desk", _in(_at_desk), Why.DESK),
    ("a difficulty", _in(_in_difficulty), Why.DIFFICULTY),
    ("a pause", _in(lambda scope, number: pauses.pause(scope, pauses.PauseDraft(person_id=number))), Why.PAUSED),
    ("no messages wanted", _in(_opted_out), Why.OPTED_OUT),
    ("a father by hand", _in(_given_a_father), Why.GUARDIAN),
    ("a slip handed out", _in(_handed_out), Why.REMINDED),
    ("another campaign", lambda _number: other_campaign(), Why.OTHER_CAMPAIGN),
    ("a later roster", lambda _number: later_roster(), Why.LATER_ROSTER),
)


def other_campaign() -> None:
    make_campaign("dot-2", AGENCY)
    taken(AN_ROW, campaign="dot-2")


def later_roster() -> None:
    taken(row("Trần Bảo An", AN))


@pytest.mark.parametrize(("do", "why"), [case[1:] for case in DONE], ids=[case[0] for case in DONE])
def test_who_got_something_since_stays_with_the_reason(stage: Flask, do: Callable[[int], None], why: Why) -> None:
    roster_id = taken(row("Trần Bảo An", AN, phone="0912000999"), BINH_ROW)
    number = id_of(AN)
    do(number)
    answer = undone(roster_id)
    assert why in {one.why for one in answer.kept if one.person_id == number}
    assert person(AN) is not None
    assert person(BINH) is None, "the other one goes all the same"
    with transaction.reading():
        page = undoings.kept_page(scope_of(SCHOOL, CAMPAIGN), roster_id)
    assert ("Trần Bảo An", why) in {(one.name, one.why) for one in page.rows}
    stays_in_campaign = why is not Why.OTHER_CAMPAIGN
    assert count(Registration, Registration.person_id == number, Registration.campaign_id == 1) == stays_in_campaign


def test_a_change_that_was_changed_back_keeps_nobody(stage: Flask) -> None:
    roster_id = taken(row("Trần Bảo An", AN, phone="0912000999"))
    for phone in ("0912000444", "0912000999"):
        edit(id_of(AN), phone=phone)
    assert undone(roster_id).kept == ()
    assert person(AN) is None


def test_the_guardian_of_a_child_who_stays_stays_too(stage: Flask) -> None:
    roster_id = taken(AN_ROW)
    _recorded(id_of(AN))
    answer = undone(roster_id)
    assert (answer.people, count(Person), count(GuardianKey)) == (0, 2, 1)
    assert {one.why for one in answer.kept} == {Why.RECORDED, Why.GUARDS}


def test_two_rosters_undone_in_either_order_leave_what_was_before(stage: Flask) -> None:
    for earlier_first in (True, False):
        make = taken(row("Trần Bảo An", AN, phone="0912000111"))
        first = taken(row("Trần Bảo An", AN, phone="0912000222"))
        second = taken(row("Trần Bảo An", AN, phone="0912000333"))
        one, other = (first, second) if earlier_first else (second, first)
        assert len(undone(one).kept) == earlier_first, "the later roster's value stays"
        assert undone(other).kept == ()
        found = person(AN)
        assert found is not None
        assert found.phone == "0912000111"
        undone(make)
        assert person(AN) is None


@pytest.mark.parametrize("unit", ["6A1", "6A2"], ids=["who stays as they are", "who moves"])
def test_a_value_that_a_later_roster_gives_as_well_stays(stage: Flask, unit: str) -> None:
    taken(row("Trần Bảo An", AN, phone="0912000111"))
    earlier = taken(row("Trần Bảo An", AN, phone="0912000222"))
    later = taken(row("Trần Bảo An", AN, phone="0912000222", unit=unit))
    assert [(one.why, one.field, one.roster_id) for one in undone(earlier).kept] == [(Why.LATER_ROSTER, "phone", later)]


def test_who_was_known_leaves_the_campaign_again(stage: Flask) -> None:
    make_campaign("dot-2", AGENCY)
    taken(AN_ROW)
    answer = undone(taken(AN_ROW, campaign="dot-2"), campaign="dot-2")
    assert (answer.people, answer.registrations) == (0, 2), "the child and the mother"
    assert count(Registration) == 2


def test_a_guardian_who_stood_in_a_list_of_staff_is_a_guardian_again(stage: Flask) -> None:
    taken(row("Trần Bảo An", AN, mother="Lê Thị Hoa", reached="0912000111", mothers=MOTHER))
    staff = taken(row("Lê Thị Hoa", MOTHER, born="01/02/1985", unit="Tổ Toán"))
    assert count(Registration, Registration.part == "guardian") == 0
    undone(staff)
    assert count(Registration, Registration.part == "guardian") == 1
    found = person(MOTHER)
    assert found is not None
    assert (found.birth_date, found.unit_id) == (None, None)


def test_an_account_that_was_known_through_the_roster_alone_is_not_known_any_more(stage: Flask) -> None:
    """The mother has an account at another school; only the roster said that she is the one known here."""
    taken(row("Phạm Thị Dung", CUONG, mother="Lê Thị Hoa", mothers=MOTHER), school=OTHER_SCHOOL)
    with transaction.writing():
        scope = scope_of(OTHER_SCHOOL, CAMPAIGN)
        mother = db.session.scalars(
            select(Person.id).where(Person.institution_id == scope.institution_id, Person.personal_id == MOTHER)
        ).one()
        registrations.record(scope, mother, Event.GRANTED, DAY)
    taken(AN_ROW)
    assert unlocked(AN) is None
    roster_id = taken(row("Trần Bảo An", AN, mother="Lê Thị Hoa", reached="0912000111", mothers=MOTHER))
    assert unlocked(AN) == DAY
    undone(roster_id)
    assert unlocked(AN) is None
    assert count(Registration, Registration.part == "guardian", Registration.state == State.TO_START) == 1
    assert count(Registration, Registration.state == State.GRANTED) == 1, "at the other school she has it still"


def unlocked(number: str) -> date | None:
    with transaction.reading():
        school = scope_of(SCHOOL, CAMPAIGN).institution_id
        return db.session.scalar(
            select(Registration.unlocked_on)
            .join(Person, (Person.institution_id == Registration.institution_id) & (Person.id == Registration.person_id))
            .where(Person.personal_id == number, Person.institution_id == school)
        )


def test_messages_that_were_planned_go_and_those_that_speak_of_others_stay(stage: Flask) -> None:
    mother = {"mother": "Lê Thị Hoa", "reached": "0912000111"}
    with clock.set_to(nudging.NINE):
        taken(row("Trần Bảo An", AN, **mother))
        roster_id = taken(row("Trần Bảo Châu", BINH, **mother), row("Phạm Gia Cường", CUONG, born="07/05/2004", phone="0912000777"))
        nudging.keep_one_rung()
        nudging.plan()
        assert (count(Nudge, Nudge.status == Status.PLANNED), count(NudgePerson)) == (2, 2)
        assert undone(roster_id).kept == ()
    assert (count(Nudge), count(NudgePerson), count(Nudge, Nudge.people == 1)) == (1, 1, 1)


def test_a_message_that_speaks_of_nobody_any_more_goes(stage: Flask) -> None:
    mother = {"mother": "Lê Thị Hoa", "reached": "0912000111"}
    with clock.set_to(nudging.NINE):
        taken(row("Trần Bảo An", AN, **mother))
        record(SCHOOL, CAMPAIGN, id_of(AN), Event.GRANTED, DAY)
        roster_id = taken(row("Trần Bảo Châu", BINH, **mother))
        nudging.keep_one_rung()
        nudging.plan()
        assert (count(Nudge), count(NudgePerson)) == (1, 1)
        undone(roster_id)
    assert (count(Nudge), count(NudgePerson), count(Person)) == (0, 0, 2)


def test_a_class_that_somebody_uses_stays(stage: Flask) -> None:
    roster_id = taken(row("Trần Bảo An", AN, unit="9C"))
    make_person(SCHOOL, CAMPAIGN, "Lê Văn Tám", "9C")
    undone(roster_id)
    assert count(Unit, Unit.name == "9C") == 1


def test_what_cannot_be_undone_is_said_in_a_word(stage: Flask) -> None:
    with transaction.writing():
        waiting = taking.receive(scope_of(SCHOOL, CAMPAIGN), "b.xlsx", workbook(BINH_ROW))
    assert asked(waiting) is RosterRefusal.NOT_APPLIED
    roster_id = taken(AN_ROW)
    assert asked(99) is RosterRefusal.UNKNOWN
    undone(roster_id)
    assert asked(roster_id) is RosterRefusal.ALREADY_UNDONE
    old = taken(AN_ROW)
    with transaction.writing():
        db.session.execute(delete(EffectPage))
    assert asked(old) is RosterRefusal.BEFORE_UNDOING
    assert person(AN) is not None


def test_who_was_shown_something_else_does_not_undo(stage: Flask) -> None:
    roster_id = taken(AN_ROW)
    with transaction.reading():
        foreseen = undoing.foreseen(scope_of(SCHOOL, CAMPAIGN), roster_id)
    assert isinstance(foreseen, Undone)
    _recorded(id_of(AN))
    assert asked(roster_id, seen=foreseen.mark) is RosterRefusal.OTHERWISE_NOW
    assert person(AN) is not None


def test_a_review_made_before_the_undoing_is_stale(stage: Flask) -> None:
    roster_id = taken(AN_ROW)
    with transaction.writing():
        waiting = taking.receive(scope_of(SCHOOL, CAMPAIGN), "b.xlsx", workbook(AN_ROW, BINH_ROW))
    undone(roster_id)
    with transaction.writing():
        assert taking.apply(scope_of(SCHOOL, CAMPAIGN), waiting) is RosterRefusal.STALE


def test_two_who_press_at_once_undo_it_once(scene: Flask) -> None:
    with scene.app_context():
        roster_id = taken(AN_ROW, BINH_ROW)
    answers: list[object] = []
    start = threading.Barrier(2)

    def press() -> None:
        with scene.app_context(), clock.set_to(at(TODAY)):
            start.wait()
            answers.append(asked(roster_id))

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(isinstance(answer, Undone) for answer in answers) == [False, True]
    assert RosterRefusal.ALREADY_UNDONE in answers


def test_an_import_of_new_people_alone_notes_next_to_nothing(stage: Flask) -> None:
    taken(BINH_ROW)
    with transaction.reading():
        assert list(db.session.execute(select(EffectPage.kind, EffectPage.effects))) == [("applied", "[]")]


def test_ids_of_people_who_went_lead_nowhere(stage: Flask) -> None:
    roster_id = taken(AN_ROW)
    undone(roster_id)
    with transaction.reading():
        page = rosters.changes_page(scope_of(SCHOOL, CAMPAIGN), roster_id, taking.Kind.NEW)
    assert [change.person_id for change in page.rows] == [None]


def test_who_was_made_one_with_somebody_added_by_hand_stays(stage: Flask) -> None:
    roster_id = taken(AN_ROW)
    number = id_of(AN)
    same = make_person(SCHOOL, CAMPAIGN, "Trần Bảo An", "6A1", birth_date=date(2014, 5, 3))
    with transaction.writing():
        assert merging.merge(scope_of(SCHOOL, CAMPAIGN), number, same) == number
    answer = undone(roster_id)
    assert person(AN) is not None
    assert answer.people == 1  # the mother


def test_who_had_left_comes_back_with_a_roster_and_has_left_again_when_it_is_undone(stage: Flask) -> None:
    taken(AN_ROW, BINH_ROW)
    for number, reason in ((AN, "Đã chuyển trường"), (BINH, "Không có điện thoại thông minh")):
        record(SCHOOL, CAMPAIGN, id_of(number), Event.EXCLUDED, DAY, reason)
    again = taken(AN_ROW, BINH_ROW)
    assert (states(AN), states(BINH)) == ([State.TO_START], [State.EXCLUDED]), "a list says nothing about telephones"
    answer = undone(again)
    assert (answer.restored, answer.kept, states(AN)) == (1, (), [State.EXCLUDED])
    again = taken(AN_ROW)
    record(SCHOOL, CAMPAIGN, id_of(AN), Event.DECLARED, TODAY)
    assert [one.why for one in undone(again).kept] == [Why.RECORDED]
    assert states(AN) == [State.DECLARED]


def states(number: str) -> list[str]:
    with transaction.reading():
        mine = (Person.institution_id == Registration.institution_id) & (Person.id == Registration.person_id)
        return list(db.session.scalars(select(Registration.state).join(Person, mine).where(Person.personal_id == number)))


def test_nothing_goes_on_with_the_waiting_rows_of_a_roster_that_was_undone(stage: Flask) -> None:
    roster_id = taken(AN_ROW, row("Phạm Văn Chi", CUONG, born="31/02/2014"))
    with transaction.reading():
        kept = terms.kept_roster(scope_of(SCHOOL, CAMPAIGN), roster_id)
    assert kept is not None
    reading = taking.understood(kept.terms, kept.filename, kept.data)
    undone(roster_id)
    with transaction.writing():
        assert continuing.go_on(scope_of(SCHOOL, CAMPAIGN), kept, reading) is RosterRefusal.NOTHING_WAITS
        assert roster_steps.begin_continuing(scope_of(SCHOOL, CAMPAIGN), roster_id) is RosterRefusal.NOTHING_WAITS
