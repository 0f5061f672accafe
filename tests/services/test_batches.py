"""Batches: which forms go into one, how they leave it again, and that both sides' word hands everybody in once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeVar

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock, transaction
from app.domain.registration import Event, Refusal, State, Way
from app.domain.scope import AgencyScope, CampaignScope, InstitutionScope
from app.domain.track import NEVER, Part
from app.extensions import db
from app.models import Batch, BatchForm, Guardianship, RecordedEvent, Registration
from app.queries import batches as reading
from app.queries import campaigns, operators, places
from app.queries.batches import BatchStatus
from app.services import batches, registrations
from app.services.batches import BatchDraft, BatchMade, BatchRefusal, FormRefusal, NotMade, NotTaken
from app.services.registrations import BulkRecorded
from tests import builders
from tests.cast import AGENCY, CAMPAIGN, FAR_CAMPAIGN, FAR_SCHOOL, OTHER_AGENCY, OTHER_SCHOOL, SCHOOL

TODAY = date(2026, 11, 23)
DECLARED = date(2026, 11, 18)
DRAFT = BatchDraft(TODAY, "Cô Alice", "Anh Diệp", "  hai tập \n\n kẹp  riêng ")
T = TypeVar("T")


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(builders.at(TODAY)):
        yield


def with_form(name: str, unit: str | None = "6A1", school: str = SCHOOL, declared: date = DECLARED, came: date = TODAY) -> int:
    """Somebody whose signed form is at the school."""
    campaign = FAR_CAMPAIGN if school == FAR_SCHOOL else CAMPAIGN
    person = builders.make_person(school, campaign, name, unit)
    builders.record(school, campaign, person, Event.DECLARED, declared)
    builders.record(school, campaign, person, Event.FORM_RECEIVED, came)
    return person


def written(do: Callable[[CampaignScope], T], school: str = SCHOOL) -> T:
    with transaction.writing():
        return do(builders.scope_of(school, FAR_CAMPAIGN if school == FAR_SCHOOL else CAMPAIGN))


def made(ids: list[int], draft: BatchDraft = DRAFT, school: str = SCHOOL) -> int:
    answer = written(lambda scope: batches.create(scope, ids, draft), school)
    assert isinstance(answer, BatchMade), answer
    return answer.batch_id


def taken_out(batch_id: int, person: int, reason: str = "thiếu chữ ký") -> BatchRefusal | None:
    return written(lambda scope: batches.take_out(scope, batch_id, person, reason))


def received(batch_id: int, on: date = TODAY) -> BulkRecorded | BatchRefusal:
    return written(lambda scope: batches.receive(scope, batch_id, on))


def confirmed(batch_id: int) -> BulkRecorded | BatchRefusal:
    return written(lambda scope: batches.confirm(scope, batch_id))


def states(*ids: int) -> list[State]:
    with transaction.reading():
        here = Registration.institution_id == builders.scope_of(SCHOOL, CAMPAIGN).institution_id
        found = dict(db.session.execute(select(Registration.person_id, Registration.state).where(here)).all())
    return [State(found[number]) for number in ids]


def count(table: type[Batch | BatchForm | RecordedEvent]) -> int:
    with transaction.reading():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def seen(batch_id: int) -> reading.BatchView:
    with transaction.reading():
        scope = builders.scope_of(SCHOOL, CAMPAIGN)
        found = reading.batch(scope, campaigns.campaign(scope), batch_id)
    assert found is not None
    return found


def test_a_batch_keeps_who_gave_it_and_whose_forms_are_in_it_by_class_and_name(stage: Flask) -> None:
    ids = [with_form("Đỗ Văn An", "6A2"), with_form("Trần Bảo Ân"), with_form("Lê Thị Ánh")]
    batch = seen(made(ids))
    assert (batch.id, batch.on, batch.given_by, batch.received_by, batch.note) == (1, TODAY, "Cô Alice", "Anh Diệp", "hai tập\nkẹp riêng")
    assert [(form.full_name, form.units) for form in batch.forms] == [
        ("Lê Thị Ánh", ("6A1",)),
        ("Trần Bảo Ân", ("6A1",)),
        ("Đỗ Văn An", ("6A2",)),
    ]
    assert (batch.status, batch.due_on) == (BatchStatus.ON_THE_WAY, DECLARED + timedelta(days=10))
    assert states(*ids) == [State.FORM_RECEIVED] * 3


def test_batches_are_counted_from_one_in_each_institution(stage: Flask) -> None:
    assert [made([with_form("An")]), made([with_form("Bình")])] == [1, 2]
    assert made([with_form("Chi", None, OTHER_SCHOOL)], school=OTHER_SCHOOL) == 1


def test_whose_form_cant_go_into_a_batch_is_named_and_the_others_are_in(stage: Flask) -> None:
    with_us, on_its_way, later = with_form("An"), with_form("Bình"), with_form("Chi")
    declared = builders.make_person(SCHOOL, CAMPAIGN, "Dũng")
    builders.record(SCHOOL, CAMPAIGN, declared, Event.DECLARED, DECLARED)
    stranger = with_form("Hà", None, OTHER_SCHOOL)
    earlier = made([on_its_way])
    answer = written(lambda scope: batches.create(scope, [declared, on_its_way, with_us, stranger + 100, with_us], DRAFT))
    assert answer == BatchMade(
        2, 1, (NotTaken(on_its_way, "Bình", FormRefusal.IN_ANOTHER, earlier), NotTaken(declared, "Dũng", FormRefusal.NOT_HERE))
    )
    yesterday = BatchDraft(TODAY - timedelta(days=1), "Alice")
    answer = written(lambda scope: batches.create(scope, [later], yesterday))
    assert answer == NotMade(BatchRefusal.NOBODY_LEFT, (NotTaken(later, "Chi", FormRefusal.CAME_LATER),))
    assert (count(Batch), count(BatchForm)) == (2, 2)


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        (BatchDraft(TODAY, "  "), BatchRefusal.NO_GIVER),
        (BatchDraft(date(1926, 11, 23), "Alice"), BatchRefusal.ODD_DAY),
        (BatchDraft(TODAY + timedelta(days=32), "Alice"), BatchRefusal.ODD_DAY),
    ],
)
def test_a_batch_that_lacks_something_is_not_kept(stage: Flask, draft: BatchDraft, why: BatchRefusal) -> None:
    an = with_form("An")
    assert written(lambda scope: batches.create(scope, [an], draft)) == NotMade(why)
    assert count(Batch) == 0


def test_a_batch_of_nobody_or_of_too_many_is_not_kept(stage: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [with_form("An"), with_form("Bình")]
    assert written(lambda scope: batches.create(scope, [], DRAFT)) == NotMade(BatchRefusal.NOBODY)
    assert written(lambda scope: batches.create(scope, [999], DRAFT)) == NotMade(BatchRefusal.NOBODY)
    monkeypatch.setattr(batches, "MOST_FORMS", 1)
    assert written(lambda scope: batches.create(scope, ids, DRAFT)) == NotMade(BatchRefusal.TOO_MANY)


def test_of_two_who_put_the_same_form_into_a_batch_at_once_the_second_is_told(scene: Flask) -> None:
    with scene.app_context():
        an = with_form("An")
    answers: list[BatchMade | NotMade] = []
    start = threading.Barrier(2)

    def make() -> None:
        with scene.app_context(), clock.set_to(builders.at(TODAY)):
            start.wait()
            answers.append(written(lambda scope: batches.create(scope, [an], DRAFT)))

    threads = [threading.Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers, key=lambda answer: type(answer).__name__) == [
        BatchMade(1, 1, ()),
        NotMade(BatchRefusal.NOBODY_LEFT, (NotTaken(an, "An", FormRefusal.IN_ANOTHER, 1),)),
    ]


def test_a_form_leaves_a_batch_with_a_reason_stays_listed_and_may_go_into_another(stage: Flask) -> None:
    an, binh = with_form("An"), with_form("Bình")
    number = made([an, binh])
    assert taken_out(number, an, "  ") is BatchRefusal.REASON_NEEDED
    assert taken_out(number, an, " thiếu  chữ ký ") is None
    assert taken_out(number, an) is BatchRefusal.ALREADY_TAKEN_OUT
    batch = seen(number)
    assert [form.full_name for form in batch.forms] == ["Bình"]
    (gone,) = batch.taken_out
    assert gone.taken_out is not None
    assert (gone.full_name, gone.taken_out.reason, gone.taken_out.by) == ("An", "thiếu chữ ký", "dòng lệnh")
    assert made([an]) == 2


def test_a_batch_from_which_all_forms_were_taken_cant_be_received(stage: Flask) -> None:
    an = with_form("An")
    number = made([an])
    taken_out(number, an)
    assert seen(number).status is BatchStatus.EMPTY
    assert received(number) is BatchRefusal.EMPTY
    assert confirmed(number) is BatchRefusal.EMPTY
    assert seen(number).confirmed_at is None


def test_with_the_offices_receipt_everybody_in_the_batch_is_handed_in_at_once(stage: Flask) -> None:
    an, binh, chi = with_form("An"), with_form("Bình"), with_form("Chi")
    number = made([an, binh, chi])
    taken_out(number, chi)
    with clock.set_to(builders.at(TODAY + timedelta(days=2))):
        bulk = received(number, TODAY + timedelta(days=1))
    assert isinstance(bulk, BulkRecorded)
    assert (bulk.recorded, bulk.refused) == (2, ())
    assert states(an, binh, chi) == [State.HANDED_IN, State.HANDED_IN, State.FORM_RECEIVED]
    with transaction.reading():
        handed = db.session.execute(select(Registration.way, Registration.handed_in_on).where(Registration.person_id.in_([an, binh]))).all()
    assert handed == [(Way.BATCH, TODAY + timedelta(days=1))] * 2
    assert (seen(number).status, seen(number).received_on) == (BatchStatus.RECEIVED, TODAY + timedelta(days=1))


def test_pressing_received_twice_hands_nobody_in_twice(stage: Flask) -> None:
    an = with_form("An")
    number = made([an])
    received(number)
    before = count(RecordedEvent)
    assert received(number) is BatchRefusal.ALREADY_RECEIVED
    assert taken_out(number, an) is BatchRefusal.ALREADY_RECEIVED
    assert count(RecordedEvent) == before


def test_who_stands_elsewhere_by_then_is_named_and_a_granted_account_stays(stage: Flask) -> None:
    an, binh, chi = with_form("An"), with_form("Bình"), with_form("Chi")
    number = made([an, binh, chi])
    builders.record(SCHOOL, CAMPAIGN, an, Event.GRANTED, TODAY)
    builders.record(SCHOOL, CAMPAIGN, binh, Event.HANDED_IN, TODAY)
    bulk = received(number)
    assert isinstance(bulk, BulkRecorded)
    assert [(one.full_name, one.why) for one in bulk.refused] == [("Bình", Refusal.ALREADY_HANDED_IN)]
    assert states(an, binh, chi) == [State.GRANTED, State.HANDED_IN, State.HANDED_IN]


@pytest.mark.parametrize(("days", "why"), [(1, BatchRefusal.IN_FUTURE), (-1, BatchRefusal.BEFORE_HANDED_OVER)])
def test_a_batch_is_received_between_its_handing_over_and_today(stage: Flask, days: int, why: BatchRefusal) -> None:
    an = with_form("An")
    number = made([an])
    assert received(number, TODAY + timedelta(days=days)) is why
    assert states(an) == [State.FORM_RECEIVED]


def test_a_batch_made_for_tomorrow_may_be_received_today(stage: Flask) -> None:
    an = with_form("An")
    number = made([an], BatchDraft(TODAY + timedelta(days=1), "Alice"))
    assert isinstance(received(number, TODAY), BulkRecorded)
    assert states(an) == [State.HANDED_IN]


def test_the_offices_word_alone_hands_everybody_in_on_the_day_of_handing_over(stage: Flask) -> None:
    an = with_form("An", came=TODAY - timedelta(days=2))
    number = made([an], BatchDraft(TODAY - timedelta(days=1), "Alice"))
    bulk = confirmed(number)
    assert isinstance(bulk, BulkRecorded)
    assert bulk.recorded == 1
    batch = seen(number)
    assert (batch.status, batch.confirmed_by, batch.received_on) == (BatchStatus.CONFIRMED, "dòng lệnh", TODAY - timedelta(days=1))
    assert states(an) == [State.HANDED_IN]
    assert confirmed(number) is BatchRefusal.ALREADY_CONFIRMED
    assert received(number) is BatchRefusal.ALREADY_RECEIVED


def test_the_offices_word_after_the_institutions_records_nothing_again(stage: Flask) -> None:
    number = made([with_form("An")])
    received(number)
    before = count(RecordedEvent)
    assert confirmed(number) == BulkRecorded(None, 0, ())
    assert seen(number).status is BatchStatus.CONFIRMED
    assert count(RecordedEvent) == before


def test_when_both_sides_press_at_once_everybody_is_handed_in_once(scene: Flask) -> None:
    with scene.app_context():
        an = with_form("An")
        number = made([an])
        before = count(RecordedEvent)
    answers: list[BulkRecorded | BatchRefusal] = []
    start = threading.Barrier(2)

    def press(do: Callable[[int], BulkRecorded | BatchRefusal]) -> None:
        with scene.app_context(), clock.set_to(builders.at(TODAY)):
            start.wait()
            answers.append(do(number))

    threads = [threading.Thread(target=press, args=(do,)) for do in (received, confirmed)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with scene.app_context():
        assert sum(answer.recorded for answer in answers if isinstance(answer, BulkRecorded)) == 1
        assert count(RecordedEvent) == before + 1
        assert seen(number).status is BatchStatus.CONFIRMED


def test_another_institutions_batch_is_not_there(stage: Flask) -> None:
    an, chi = with_form("An"), with_form("Chi", None, OTHER_SCHOOL)
    number = made([an])
    for do in (
        lambda scope: batches.take_out(scope, number, an, "vì thử"),
        lambda scope: batches.receive(scope, number, TODAY),
        lambda scope: batches.confirm(scope, number),
    ):
        assert written(do, OTHER_SCHOOL) is BatchRefusal.UNKNOWN
    assert taken_out(number, chi + 50) is BatchRefusal.NOT_IN_IT
    assert states(an) == [State.FORM_RECEIVED]


# What is read of them


def test_a_guardians_own_form_stands_with_the_childs_class_and_a_childs_names_the_guardian(stage: Flask) -> None:
    child, guardian = with_form("Trần Bảo An", "6A2"), with_form("Trần Văn Cha", None)
    with transaction.writing():
        here = builders.scope_of(SCHOOL, CAMPAIGN).institution_id
        db.session.add(Guardianship(institution_id=here, child_id=child, guardian_id=guardian))
        db.session.get_one(Registration, (here, builders.scope_of(SCHOOL, CAMPAIGN).campaign_id, guardian)).part = Part.GUARDIAN
        db.session.get_one(Registration, (here, builders.scope_of(SCHOOL, CAMPAIGN).campaign_id, child)).self_from = NEVER
    forms = {form.full_name: form for form in seen(made([child, guardian])).forms}
    assert (forms["Trần Văn Cha"].units, forms["Trần Văn Cha"].children) == (("6A2",), ("Trần Bảo An",))
    assert (forms["Trần Bảo An"].guardians, forms["Trần Bảo An"].children) == (("Trần Văn Cha",), ())


def test_what_waits_for_a_batch_is_sorted_by_its_last_day_and_what_is_overdue_stands_apart(stage: Flask) -> None:
    with_form("An", declared=date(2026, 11, 20))
    with_form("Bình", declared=date(2026, 11, 14))
    with_form("Chi", declared=date(2026, 11, 2), came=date(2026, 11, 3))
    made([with_form("Dũng")])
    builders.make_person(SCHOOL, CAMPAIGN, "Hà")
    with transaction.reading():
        scope = builders.scope_of(SCHOOL, CAMPAIGN)
        view = campaigns.campaign(scope)
        found = reading.waiting(scope, view)
        assert [form.full_name for form in found.forms] == ["Bình", "An"]
        assert [form.full_name for form in found.overdue] == ["Chi"]
        assert (reading.handover_waiting(scope, view), reading.unconfirmed(scope)) == (2, 1)


def test_what_was_taken_out_waits_again(stage: Flask) -> None:
    an = with_form("An")
    taken_out(made([an]), an)
    with transaction.reading():
        scope = builders.scope_of(SCHOOL, CAMPAIGN)
        assert (reading.handover_waiting(scope, campaigns.campaign(scope)), reading.unconfirmed(scope)) == (1, 0)


def test_a_class_lead_sees_the_forms_of_the_own_class_only(stage: Flask) -> None:
    mixed = made([with_form("An", "6A1"), with_form("Bình", "6A2")])
    others = made([with_form("Chi", "6A2")])
    with_form("Dũng", "6A2")
    with_form("Hà", "6A1")
    with transaction.reading():
        whole = builders.scope_of(SCHOOL, CAMPAIGN)
        unit = frozenset({unit_of("6A1")})
        scope = CampaignScope(InstitutionScope(whole.actor, whole.within.role, whole.institution_id, unit), whole.campaign_id)
        view = campaigns.campaign(scope)
        assert [(row.id, row.forms) for row in reading.batches(scope)] == [(mixed, 1)]
        found = reading.batch(scope, view, mixed)
        assert found is not None
        assert [form.full_name for form in found.forms] == ["An"]
        assert reading.batch(scope, view, others) is None
        assert [form.full_name for form in reading.waiting(scope, view).forms] == ["Hà"]
        assert (reading.handover_waiting(scope, view), reading.unconfirmed(scope)) == (1, 1)


def unit_of(name: str) -> int:
    return next(unit.id for unit in places.units(operators.institution(SCHOOL)) if unit.name == name)


def test_the_list_tells_how_each_batch_stands_the_newest_first(stage: Flask) -> None:
    ids = [with_form(name) for name in ("An", "Bình", "Chi", "Dũng")]
    numbers = [made([person]) for person in ids]
    received(numbers[1])
    confirmed(numbers[2])
    taken_out(numbers[3], ids[3])
    with transaction.reading():
        rows = reading.batches(builders.scope_of(SCHOOL, CAMPAIGN))
    due = DECLARED + timedelta(days=10)
    assert [(row.id, row.status, row.forms, row.due_on) for row in rows] == [
        (4, BatchStatus.EMPTY, 0, None),
        (3, BatchStatus.CONFIRMED, 1, None),
        (2, BatchStatus.RECEIVED, 1, None),
        (1, BatchStatus.ON_THE_WAY, 1, due),
    ]


def test_the_office_sees_what_is_on_the_way_in_its_own_subtree(stage: Flask) -> None:
    early = DECLARED - timedelta(days=3)
    later = made([with_form("An"), with_form("Bình")])
    first = made([with_form("Chi", None, OTHER_SCHOOL, declared=early)], school=OTHER_SCHOOL)
    there = made([with_form("Dũng")])
    received(there)
    done = made([with_form("Hà")])
    confirmed(done)
    far = made([with_form("Linh", None, FAR_SCHOOL)], school=FAR_SCHOOL)
    with transaction.reading():
        scope = operators.agency(AGENCY)
        view = campaigns.agency_campaign(scope, CAMPAIGN)
        assert view is not None
        found = reading.to_confirm(scope, view)
        assert [(b.institution_code, b.id, b.forms, b.status) for b in found] == [
            (OTHER_SCHOOL, first, 1, BatchStatus.ON_THE_WAY),
            (SCHOOL, later, 2, BatchStatus.ON_THE_WAY),
            (SCHOOL, there, 1, BatchStatus.RECEIVED),
        ]
        assert reading.on_the_way(scope, view) == reading.OnTheWay(2, 3, early + timedelta(days=10))
        assert [b.id for b in _to_confirm(operators.agency(OTHER_AGENCY), FAR_CAMPAIGN)] == [far]
        assert _to_confirm(operators.agency(OTHER_AGENCY), CAMPAIGN, above=True) == []


def _to_confirm(scope: AgencyScope, campaign: str, *, above: bool = False) -> list[reading.OfficeBatch]:
    view = campaigns.agency_campaign(operators.everything() if above else scope, campaign)
    assert view is not None
    return reading.to_confirm(scope, view)


def test_a_bulk_that_is_taken_back_lets_the_forms_wait_again(stage: Flask) -> None:
    an = with_form("An")
    bulk = received(made([an]))
    assert isinstance(bulk, BulkRecorded)
    assert bulk.bulk_id
    number = bulk.bulk_id
    written(lambda scope: registrations.take_back_bulk(scope, number))
    assert states(an) == [State.FORM_RECEIVED]
    assert made([an]) == 2
