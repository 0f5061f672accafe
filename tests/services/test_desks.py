"""Registration desks: places are given out once, a person comes once, everybody is found by what they bring."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock, transaction
from app.domain.access import Role
from app.domain.registration import Event, State
from app.domain.scope import CampaignScope, InstitutionScope
from app.domain.slots import Hours
from app.domain.track import Part
from app.extensions import db
from app.models import Guardianship, Person
from app.queries import campaigns, desk_days
from app.queries.desks import Found, find
from app.queries.filters import PeopleFilter
from app.services import desks
from app.services.desks import DeskDraft, DeskRefusal, Filled, Visitor
from app.services.guardians import link_guardians
from imports.values import GuardianRead
from tests.builders import at, make_person, make_unit, record, scope_of
from tests.cast import CAMPAIGN, OTHER_SCHOOL, SCHOOL
from tests.statements import asked_by

DAY = date(2026, 11, 23)
MORNING = Hours("08:00", "09:00", 30, 2)
EVERYBODY = PeopleFilter(in_scope=True)


@pytest.fixture(autouse=True)
def the_day(stage: Flask):
    with clock.set_to(at(DAY)):
        yield


def scope() -> CampaignScope:
    with transaction.reading():
        return scope_of(SCHOOL, CAMPAIGN)


def planned(hours: Hours = MORNING, on: date = DAY, place: str = "Hội trường") -> int:
    mine = scope()
    with transaction.writing():
        answer = desks.create(mine, DeskDraft(place, on, hours))
    assert isinstance(answer, int)
    return answer


def written(work: Callable[..., object], *rest: object) -> object:
    mine = scope()
    with transaction.writing():
        return work(mine, *rest)


def filled(desk_id: int, wanted: PeopleFilter = EVERYBODY) -> Filled:
    answer = written(desks.fill, desk_id, wanted)
    assert isinstance(answer, Filled)
    return answer


def times(desk_id: int) -> dict[str, str | None]:
    mine = scope()
    with transaction.reading():
        return {row.full_name: row.slot for row in desk_days.expected(mine, campaigns.campaign(mine), desk_id)}


def found(text: str, mine: CampaignScope | None = None) -> Found:
    mine = mine or scope()
    with transaction.reading():
        return find(mine, campaigns.campaign(mine), text)


def names(answer: Found) -> list[str]:
    return [row.full_name for row in answer.rows]


# Planning


@pytest.mark.parametrize(
    ("hours", "on", "why"),
    [
        (Hours("09:00", "08:00", 30, 5), DAY, DeskRefusal.NO_SLOT),
        (Hours("08:00", "08:20", 30, 5), DAY, DeskRefusal.NO_SLOT),
        (Hours("00:00", "23:59", 5, 200), DAY, DeskRefusal.TOO_MANY_PLACES),
        (MORNING, date(1926, 11, 23), DeskRefusal.ODD_DAY),
    ],
)
def test_a_desk_that_cant_be_is_refused(hours: Hours, on: date, why: DeskRefusal):
    assert written(desks.create, DeskDraft("Hội trường", on, hours)) is why
    with transaction.reading():
        assert desk_days.desks(scope_of(SCHOOL, CAMPAIGN)) == []


def test_planned_twice_by_a_double_click_it_is_one_desk():
    draft = DeskDraft("Hội trường", DAY, MORNING)
    first = written(desks.create, draft)
    assert written(desks.create, draft) == first
    assert written(desks.create, DeskDraft("Hội trường", DAY, MORNING, "buổi hai")) != first
    with transaction.reading():
        assert len(desk_days.desks(scope_of(SCHOOL, CAMPAIGN))) == 2


def test_slots_are_filled_in_the_order_of_names_and_who_does_not_fit_is_named():
    for name in ("Vũ Ân", "Lê An", "Đỗ Bình", "Hà Chi", "Hồ Yến", "Tạ Dung"):
        make_person(SCHOOL, CAMPAIGN, name, "6A1")
    desk = planned()
    assert filled(desk) == Filled(4, 2, ("Tạ Dung", "Hồ Yến"))
    assert times(desk) == {"Lê An": "08:00", "Vũ Ân": "08:00", "Đỗ Bình": "08:30", "Hà Chi": "08:30"}


def test_who_has_a_time_keeps_it_and_free_places_are_filled_later():
    make_person(SCHOOL, CAMPAIGN, "Vũ Yến", "6A1")
    desk = planned()
    filled(desk)
    make_person(SCHOOL, CAMPAIGN, "Lê An", "6A1")
    make_person(SCHOOL, CAMPAIGN, "Đỗ Bình", "6A1")
    assert filled(desk).placed == 2
    assert times(desk) == {"Lê An": "08:00", "Vũ Yến": "08:00", "Đỗ Bình": "08:30"}
    assert filled(desk) == Filled(0, 0, ())


def test_one_class_or_those_who_have_not_started_can_be_meant():
    an, _ = make_person(SCHOOL, CAMPAIGN, "Lê An", "6A1"), make_person(SCHOOL, CAMPAIGN, "Đỗ Bình", "6A2")
    make_person(SCHOOL, CAMPAIGN, "Hà Chi", "6A1")
    record(SCHOOL, CAMPAIGN, an, Event.DECLARED, DAY)
    desk = planned()
    filled(desk, PeopleFilter(unit=make_unit(SCHOOL, "6A1"), states=frozenset({State.TO_START})))
    assert list(times(desk)) == ["Hà Chi"]


def test_who_is_expected_at_another_desk_to_come_is_left_there():
    make_person(SCHOOL, CAMPAIGN, "Lê An", "6A1")
    first, past = planned(on=date(2026, 11, 25)), planned(on=date(2026, 11, 20))
    filled(past)
    assert filled(first).placed == 1  # the day is over and they did not come
    assert filled(planned()) == Filled(0, 0, ())


def test_with_fewer_places_only_those_move_who_must_and_nobody_is_lost():
    for name in ("Lê An", "Đỗ Bình", "Hà Chi"):
        make_person(SCHOOL, CAMPAIGN, name)
    desk = planned()
    filled(desk)
    assert written(desks.edit, desk, DeskDraft("Sân", DAY, Hours("08:00", "09:00", 30, 1))) is DeskRefusal.TOO_FEW_PLACES
    assert times(desk) == {"Lê An": "08:00", "Đỗ Bình": "08:00", "Hà Chi": "08:30"}
    assert written(desks.edit, desk, DeskDraft("Sân", DAY, Hours("08:00", "09:30", 30, 1))) == 1
    assert times(desk) == {"Lê An": "08:00", "Hà Chi": "08:30", "Đỗ Bình": "09:00"}


def test_one_who_has_not_come_can_be_removed_one_who_has_stays():
    an, binh = make_person(SCHOOL, CAMPAIGN, "Lê An"), make_person(SCHOOL, CAMPAIGN, "Đỗ Bình")
    desk = planned()
    filled(desk)
    assert written(desks.came, desk, an)
    assert written(desks.remove, desk, an) is False
    assert written(desks.remove, desk, binh) is True
    assert written(desks.remove, desk, binh) is False
    assert times(desk) == {"Lê An": "08:00"}


def test_two_who_fill_at_once_give_out_each_place_once(scene: Flask):
    for number in range(6):
        make_person(SCHOOL, CAMPAIGN, f"Lê Văn {chr(65 + number)}", f"7A{number % 2}")
    desk = planned()
    units = [make_unit(SCHOOL, "7A0"), make_unit(SCHOOL, "7A1")]

    at_once(scene, [lambda unit=unit: filled(desk, PeopleFilter(unit=unit)) for unit in units])
    assert Counter(times(desk).values()) == {"08:00": 2, "08:30": 2}


def at_once(app: Flask, works: list[Callable[[], object]]) -> list[object]:
    """Everything at the same time, each in a thread of its own."""
    answers: list[object] = []
    start = threading.Barrier(len(works))

    def work(one: Callable[[], object]) -> None:
        with app.app_context(), clock.set_to(at(DAY)):
            start.wait()
            answers.append(one())

    threads = [threading.Thread(target=work, args=(one,)) for one in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == len(works)
    return answers


# The day


def test_that_somebody_came_is_noted_once_by_however_many_it_is_said(scene: Flask):
    an = make_person(SCHOOL, CAMPAIGN, "Lê An")
    desk = planned()
    answers = at_once(scene, [lambda: written(desks.came, desk, an)] * 4)
    assert sorted(answers, key=bool) == [False, False, False, True]
    with transaction.reading():
        assert desk_days.counts(scope_of(SCHOOL, CAMPAIGN), desk) == desk_days.Counts(expected=0, came=1, recorded=0, visitors=0)


def test_the_first_time_counts():
    an = make_person(SCHOOL, CAMPAIGN, "Lê An")
    desk = planned()
    filled(desk)
    written(desks.came, desk, an)
    with clock.set_to(at(date(2026, 11, 24))):
        written(desks.came, desk, an)
    with transaction.reading():
        assert desk_days.came_at(scope_of(SCHOOL, CAMPAIGN), desk, an) == ("08:00", at(DAY))


def test_a_burst_of_three_hundred_loses_none(scene: Flask):
    mine = scope()
    first = make_person(SCHOOL, CAMPAIGN, "Lê Văn 0")
    people = [first, *(make_person(SCHOOL, CAMPAIGN, f"Lê Văn {number}") for number in range(1, 300))]
    desk = planned()

    def burst(some: list[int]) -> None:
        for person in some:
            with transaction.writing():
                desks.came(mine, desk, person)

    at_once(scene, [lambda part=part: burst(people[part::4] + people[: 20 + part]) for part in range(4)])
    with transaction.reading():
        assert desk_days.counts(mine, desk).came == 300


def test_recorded_today_counts_people_of_this_desk():
    an, binh = make_person(SCHOOL, CAMPAIGN, "Lê An"), make_person(SCHOOL, CAMPAIGN, "Đỗ Bình")
    desk = planned()
    for person in (an, binh):
        record(SCHOOL, CAMPAIGN, person, Event.DECLARED, DAY)
    record(SCHOOL, CAMPAIGN, an, Event.FORM_RECEIVED, DAY)
    written(desks.came, desk, an)
    with transaction.reading():
        assert desk_days.counts(scope_of(SCHOOL, CAMPAIGN), desk).recorded == 1


def test_a_visitor_is_noted_once_and_numbered_in_turn(scene: Flask):
    desk = planned()
    ba = Visitor("Nguyễn  Văn Ba", date(2012, 1, 2), "0912000111", "lớp 6A9?")
    answers = at_once(scene, [lambda: written(desks.note_visitor, desk, ba)] * 3)
    assert sorted((a.number, a.before) for a in answers) == [(1, False), (1, True), (1, True)]  # type: ignore[attr-defined]
    assert written(desks.note_visitor, desk, replace(ba, birth_date=None)).number == 2  # type: ignore[attr-defined]
    with transaction.reading():
        noted = desk_days.visitors(scope_of(SCHOOL, CAMPAIGN), desk)
    assert [(v.number, v.full_name, v.birth_date) for v in noted] == [(1, "Nguyễn Văn Ba", date(2012, 1, 2)), (2, "Nguyễn Văn Ba", None)]
    assert written(desks.remove_visitor, desk, 1) is True
    assert written(desks.remove_visitor, desk, 1) is False


def test_another_institutions_desk_and_people_are_not_there():
    stranger = make_person(OTHER_SCHOOL, CAMPAIGN, "Lê An")
    for _ in range(stranger + 1):
        make_person(SCHOOL, CAMPAIGN, "Vũ Đạt")
    desk = planned()
    with transaction.writing():
        other = scope_of(OTHER_SCHOOL, CAMPAIGN)
        assert desks.came(other, desk, stranger) is None
        assert desks.fill(other, desk, EVERYBODY) is None
        assert desks.note_visitor(other, desk, Visitor("Ba")) is None
        assert desks.edit(other, desk, DeskDraft("Sân", DAY, MORNING)) is None
        assert desks.remove_visitor(other, desk, 1) is False
    assert written(desks.came, desk, 100_000) is None


# Finding


@pytest.fixture
def hoa() -> int:
    """Nguyễn Thị Hòa of 6A1 with every number, and others to be told from her."""
    number = make_person(
        SCHOOL, CAMPAIGN, "Nguyễn Thị Hòa", "6A1", birth_date=date(2001, 2, 1), personal_id="079301012345", bhxh_code="0154777327",
        pupil_code="7912345678", staff_code="NV-012", phone="0912000111",
    )  # fmt: skip
    with transaction.writing():
        db.session.get_one(Person, (scope_of(SCHOOL, CAMPAIGN).institution_id, number)).old_id = "025123456"
    make_person(SCHOOL, CAMPAIGN, "Nguyễn Thị Hoa", "6A1", birth_date=date(2001, 2, 1), personal_id="079301012346")
    return number


@pytest.mark.parametrize(
    "text",
    [
        "079301012345",
        "079 301 012 345",
        "025123456",
        "0154777327",
        "GD4790154777327",
        "7912345678",
        "NV-012",
        "nv-012",
        "0912.000.111",
        "+84912000111",
        "079301012345|025123456|Nguyễn Thị Hòa|01022001|Nữ|Số 1|10052021\n",
        "079301012345||ai đó khác|",
        "\ufeff079301012345|",
    ],
)
def test_one_person_is_found_by_each_number_and_by_the_card(hoa: int, text: str):
    answer = found(text)
    assert ([row.id for row in answer.rows], answer.exact) == ([hoa], True)


@pytest.mark.parametrize("text", ["079301012349", "999999999", "0999999999", "0154777320", "NV-013", "079301012349|", "", "|", "%", "_"])
def test_a_number_that_nobody_has_finds_nobody(hoa: int, text: str):
    assert found(text) == Found((), found(text).card, False)


@pytest.mark.parametrize("text", ["hoa", "nguyen thi ho", "HÒA", "thi hoa"])
def test_words_find_without_marks_in_the_order_of_names(hoa: int, text: str):
    answer = found(text)
    assert (names(answer), answer.exact) == (["Nguyễn Thị Hoa", "Nguyễn Thị Hòa"], False)


def test_a_part_of_a_number_is_looked_for_among_words(hoa: int):
    assert names(found("477732")) == ["Nguyễn Thị Hòa"]


def test_no_more_than_asked_for_are_listed_and_that_there_are_more_is_said(hoa: int):
    for number in range(12):
        make_person(SCHOOL, CAMPAIGN, f"Trần Văn {chr(65 + number)}", phone="0987654321")
    assert (len(found("tran van").rows), found("tran van").more) == (10, True)
    shared = found("0987654321")
    assert (len(shared.rows), shared.more, shared.exact) == (10, True, False)


def test_a_card_whose_number_is_not_known_finds_by_name_and_birth():
    an = make_person(SCHOOL, CAMPAIGN, "Trần Thuý An", "6A1", birth_date=date(2001, 2, 1))
    make_person(SCHOOL, CAMPAIGN, "Trần Thuý An", "6A2", birth_date=date(2001, 2, 2))
    answer = found("079301012349||Trần Thúy An|01022001|Nữ")
    assert ([row.id for row in answer.rows], answer.exact) == ([an], True)
    assert found("079301012349||Trần Thúy An|03022001|Nữ").rows == ()


@pytest.mark.parametrize("known", [{"personal_id": "079301012340", "birth_date": date(2001, 2, 1)}, {}])
def test_whom_something_speaks_against_is_shown_but_not_opened(known: dict[str, object]):
    an = make_person(SCHOOL, CAMPAIGN, "Trần An", "6A1", **known)
    answer = found("079301012349||Trần An|01022001|Nam")
    assert ([row.id for row in answer.rows], answer.exact) == ([an], False)


def test_guardians_are_found_with_their_children():
    child = make_person(SCHOOL, CAMPAIGN, "Trần Bé", "6A1")
    mother = guardian_of(child, "Lê Thị Mẹ", "079180012345")
    row = found("le thi me").rows[0]
    assert (row.id, row.part, [c.full_name for c in row.children]) == (mother, Part.GUARDIAN, ["Trần Bé"])
    assert found("079180012345").exact


def guardian_of(child: int, name: str, number: str | None = None) -> int:
    """A guardian of the child, with a registration that is not counted."""
    with transaction.writing():
        mine = scope_of(SCHOOL, CAMPAIGN)
        link_guardians(mine, campaigns.campaign(mine), None, [(child, (GuardianRead("mother", name, None, number),))])
        return db.session.scalars(select(Guardianship.guardian_id).where(Guardianship.child_id == child)).one()


def test_who_leads_a_class_finds_its_people_and_their_guardians_only(hoa: int):
    other = make_person(SCHOOL, CAMPAIGN, "Nguyễn Thị Hòa", "6A2", personal_id="079301012399")
    mother = guardian_of(hoa, "Lê Thị Mẹ", "079180012345")
    whole = scope()
    lead = CampaignScope(
        InstitutionScope(whole.actor, Role.UNIT_LEAD, whole.institution_id, frozenset({make_unit(SCHOOL, "6A1")})), whole.campaign_id
    )
    assert hoa in [row.id for row in found("hoa", lead).rows]
    assert other not in [row.id for row in found("hoa", lead).rows]
    assert found("079301012399", lead).rows == ()
    assert [row.id for row in found("079180012345", lead).rows] == [mother]


@pytest.mark.parametrize(
    "text",
    [
        "079301012345",
        "079301012349",
        "025123456",
        "0154777327",
        "7912345678",
        "NV-012",
        "079301012345||x|",
        "079301012349||Nguyễn Thị Hòa|01022001",
        "079301012349|025123456|",
    ],
)
def test_numbers_and_cards_are_looked_up_by_an_index(hoa: int, text: str, scene: Flask):
    """The plan says so: nobody else of the institution is gone through. PostgreSQL would go through a table of few rows all the same, so
    there it is asked whether it could do without."""
    on_sqlite = db.engine.dialect.name == "sqlite"
    asked = asked_by(scene, lambda: found(text))
    explain = "EXPLAIN QUERY PLAN" if on_sqlite else "EXPLAIN"
    with transaction.reading():
        if not on_sqlite:
            db.session.connection().exec_driver_sql("SET LOCAL enable_seqscan = off")
        plans = [
            step[-1]
            for statement, parameters in asked
            if "FROM people" in statement or "FROM registrations" in statement
            for step in db.session.connection().exec_driver_sql(f"{explain} {statement}", parameters)
        ]
    assert plans
    if not on_sqlite:
        assert not [step for step in plans if "Seq Scan" in step]
        return
    assert any("people USING" in step for step in plans)
    assert [step for step in plans if step.startswith("SCAN")] == []
    through_all = ("people USING PRIMARY KEY (institution_id=?)", "registrations USING PRIMARY KEY (institution_id=? AND campaign_id=?)")
    assert [step for step in plans if any(part in step for part in through_all)] == []
