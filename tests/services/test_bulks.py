"""Many at once, and taking it back: for everybody whom nothing has happened to since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from flask import Flask

from app import clock, transaction
from app.domain.registration import Details, Event, Refusal, State, Way
from app.queries import campaigns, people
from app.services.registrations import BulkRecorded, record_many, take_back_bulk
from tests.builders import at, make_person, make_unit, record, scope_of
from tests.cast import CAMPAIGN, OTHER_SCHOOL, SCHOOL
from tests.statements import asked_by

DAY = date(2026, 11, 12)


def recorded(ids: list[int], event: Event = Event.DECLARED, on: date = DAY, **rest: Details) -> BulkRecorded:
    with transaction.writing():
        return record_many(scope_of(SCHOOL, CAMPAIGN), ids, event, on, **rest)


def taken_back(bulk_id: int | None, school: str = SCHOOL) -> BulkRecorded | None:
    assert bulk_id is not None
    with transaction.writing():
        return take_back_bulk(scope_of(school, CAMPAIGN), bulk_id)


def there_and_back(ids: list[int]) -> None:
    taken_back(recorded(ids).bulk_id)


def states(ids: list[int]) -> list[State]:
    with transaction.reading():
        scope = scope_of(SCHOOL, CAMPAIGN)
        found = [people.person(scope, campaigns.campaign(scope), number) for number in ids]
    return [person.facts.state for person in found if person]


def three() -> list[int]:
    return [make_person(SCHOOL, CAMPAIGN, name, "6A1") for name in ("Trần An", "Lê Bình", "Đỗ Chi")]


def test_a_bulk_is_taken_back_as_a_whole(stage: Flask) -> None:
    ids = three()
    bulk = recorded(ids)
    answer = taken_back(bulk.bulk_id)
    assert answer is not None
    assert (answer.recorded, answer.refused) == (3, ())
    assert states(ids) == [State.TO_START] * 3


def test_who_has_moved_on_since_keeps_it_and_is_named(stage: Flask) -> None:
    ids = three()
    bulk = recorded(ids)
    record(SCHOOL, CAMPAIGN, ids[1], Event.GRANTED, DAY + timedelta(days=1))
    answer = taken_back(bulk.bulk_id)
    assert answer is not None
    assert (answer.recorded, [(one.full_name, one.why) for one in answer.refused]) == (2, [("Lê Bình", Refusal.RECORDED_SINCE)])
    assert states(ids) == [State.TO_START, State.GRANTED, State.TO_START]


def test_a_bulk_is_taken_back_once_and_by_its_own_institution(stage: Flask) -> None:
    bulk = recorded(three())
    assert taken_back(bulk.bulk_id, OTHER_SCHOOL) is None
    assert taken_back(bulk.bulk_id) is not None
    assert taken_back(bulk.bulk_id) is None


def test_who_sees_only_some_of_a_bulk_leaves_it_to_those_who_see_all(stage: Flask) -> None:
    ids = [*three(), make_person(SCHOOL, CAMPAIGN, "Vũ Đạt", "6A2")]
    bulk = recorded(ids)
    assert bulk.bulk_id is not None
    unit = make_unit(SCHOOL, "6A1")
    with transaction.reading():
        whole = scope_of(SCHOOL, CAMPAIGN)
    lead = replace(whole, within=replace(whole.within, unit_ids=frozenset({unit})))
    with transaction.writing():
        assert take_back_bulk(lead, bulk.bulk_id) is None
    assert states(ids) == [State.DECLARED] * 4
    answer = taken_back(bulk.bulk_id)
    assert answer is not None
    assert answer.recorded == 4
    own = recorded(ids[:3])
    assert own.bulk_id is not None
    with transaction.writing():
        answer = take_back_bulk(lead, own.bulk_id)
    assert answer is not None
    assert answer.recorded == 3


def test_where_nobody_was_recorded_there_is_nothing_to_take_back(stage: Flask) -> None:
    ids = three()
    recorded(ids)
    again = recorded(ids)
    assert (again.bulk_id, again.recorded, len(again.refused)) == (None, 0, 3)


def test_a_bulk_keeps_the_way_of_the_form(stage: Flask) -> None:
    ids = three()
    recorded(ids, details=Details(way=Way.BATCH))
    with transaction.reading():
        scope = scope_of(SCHOOL, CAMPAIGN)
        person = people.person(scope, campaigns.campaign(scope), ids[0])
    assert person is not None
    assert (person.facts.way, person.events[0].details.way, person.events[0].bulk_id is not None) == (Way.BATCH, Way.BATCH, True)


def test_a_bulk_asks_the_database_as_often_for_thirty_as_for_three(stage: Flask) -> None:
    few, many = three(), [make_person(SCHOOL, CAMPAIGN, f"Người {n}", "6A2") for n in range(30)]
    with clock.set_to(at(DAY)):
        asked = [len(asked_by(stage, partial(there_and_back, ids))) for ids in (few, many)]
    assert asked[0] == asked[1]
