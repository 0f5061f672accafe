"""Recording: one writer, nothing lost, nothing silently ignored; two at once are told apart."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app import clock, transaction
from app.domain.registration import Event, Refusal, State, replay
from app.domain.standing import Standing, standing_of
from app.extensions import db
from app.models import RecordedEvent, Registration
from app.queries import campaigns, facts, people
from app.queries.filters import PeopleFilter
from app.services.registrations import Answer, ChangedMeanwhile, Recorded, Refused, record, record_many
from tests import builders
from tests.cast import CAMPAIGN, OTHER_SCHOOL, SCHOOL

DAY = date(2026, 11, 2)


def recorded(person: int, event: Event, on: date = DAY, school: str = SCHOOL, **rest: object) -> Answer:
    with transaction.writing():
        return record(builders.scope_of(school, CAMPAIGN), person, event, on, **rest)  # type: ignore[arg-type]


def test_an_event_moves_the_state_and_stands_in_the_history(stage: Flask) -> None:
    an = builders.make_person(SCHOOL, CAMPAIGN, "Trần Bảo An", "6A1")
    answer = recorded(an, Event.DECLARED)
    assert isinstance(answer, Recorded)
    assert (answer.facts.state, answer.revision) == (State.DECLARED, 1)
    with transaction.reading():
        scope = builders.scope_of(SCHOOL, CAMPAIGN)
        person = people.person(scope, campaigns.campaign(scope), an)
    assert person is not None
    assert [(e.event, e.on, e.source) for e in person.events] == [(Event.DECLARED, DAY, "dòng lệnh")]
    assert person.facts.paper_due_on == DAY + timedelta(days=10)


def test_what_is_not_allowed_is_named_and_leaves_nothing(stage: Flask) -> None:
    an = builders.make_person(SCHOOL, CAMPAIGN, "Trần Bảo An")
    assert recorded(an, Event.FORM_RECEIVED) == Refused(Refusal.NOT_DECLARED)
    assert recorded(an, Event.REJECTED) == Refused(Refusal.REASON_NEEDED)
    with transaction.reading():
        assert db.session.scalars(select(RecordedEvent)).all() == []


def test_another_institutions_person_is_not_there(stage: Flask) -> None:
    stranger = builders.make_person(OTHER_SCHOOL, CAMPAIGN, "Lê Gia An")
    for _ in range(stranger + 1):
        builders.make_person(SCHOOL, CAMPAIGN, "Vũ Đức Đạt")
    assert recorded(10_000, Event.DECLARED) is None
    recorded(stranger, Event.DECLARED)
    with transaction.reading():
        state = select(Registration.state).where(Registration.institution_id == builders.scope_of(OTHER_SCHOOL, CAMPAIGN).institution_id)
        assert db.session.scalars(state).all() == [State.TO_START]


def test_who_saw_an_older_state_is_told_what_changed(stage: Flask) -> None:
    an = builders.make_person(SCHOOL, CAMPAIGN, "Trần Bảo An")
    assert isinstance(recorded(an, Event.DECLARED, revision=0), Recorded)
    second = recorded(an, Event.CODE_MISSING, revision=0)
    assert isinstance(second, ChangedMeanwhile)
    assert (second.event, second.on, second.by) == (Event.DECLARED, DAY, "dòng lệnh")


def test_who_claims_to_have_seen_what_never_was_is_told_that_nobody_is_there(stage: Flask) -> None:
    an = builders.make_person(SCHOOL, CAMPAIGN, "Trần Bảo An")
    assert recorded(an, Event.DECLARED, revision=7) is None
    with transaction.reading():
        assert db.session.scalars(select(RecordedEvent)).all() == []


@pytest.mark.parametrize(("on", "why"), [(date(9999, 12, 31), Refusal.IN_FUTURE), (date(1, 1, 1), Refusal.TOO_LONG_AGO)])
def test_nothing_is_taken_back_on_a_day_that_cant_be(stage: Flask, on: date, why: Refusal) -> None:
    an = builders.make_person(SCHOOL, CAMPAIGN, "Trần Bảo An")
    recorded(an, Event.DECLARED)
    assert recorded(an, Event.TAKEN_BACK, on) == Refused(why)


def test_of_two_who_record_at_once_one_succeeds_and_one_is_told(scene: Flask) -> None:
    with scene.app_context():
        an = builders.make_person(SCHOOL, CAMPAIGN, "Trần Bảo An")
    answers: list[Answer] = []
    start = threading.Barrier(2)

    def tell(event: Event) -> None:
        with scene.app_context():
            start.wait()
            answers.append(recorded(an, event, revision=0))

    threads = [threading.Thread(target=tell, args=(event,)) for event in (Event.DECLARED, Event.GRANTED)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(answer).__name__ for answer in answers) == ["ChangedMeanwhile", "Recorded"]
    with scene.app_context(), transaction.reading():
        assert len(db.session.scalars(select(RecordedEvent)).all()) == 1


def test_taking_back_returns_to_what_was_and_stays_in_the_history(stage: Flask) -> None:
    an = builders.make_person(SCHOOL, CAMPAIGN, "Trần Bảo An")
    recorded(an, Event.DECLARED)
    recorded(an, Event.GRANTED, DAY + timedelta(days=3))
    answer = recorded(an, Event.TAKEN_BACK, DAY + timedelta(days=4))
    assert isinstance(answer, Recorded)
    assert (answer.facts.state, answer.facts.granted_on, answer.facts.declared_on) == (State.DECLARED, None, DAY)
    with transaction.reading():
        scope = builders.scope_of(SCHOOL, CAMPAIGN)
        history = [facts.happening_of(row) for row in facts.history_rows(scope, an)]
    assert [h.event for h in history] == [Event.DECLARED, Event.GRANTED, Event.TAKEN_BACK]
    assert history[-1].takes_back == 2


def test_in_bulk_the_refused_are_named_and_the_others_done(stage: Flask) -> None:
    ids = [builders.make_person(SCHOOL, CAMPAIGN, name) for name in ("Trần Bảo An", "Lê Gia Bình", "Đỗ Chi")]
    recorded(ids[1], Event.GRANTED)
    with transaction.writing():
        bulk = record_many(builders.scope_of(SCHOOL, CAMPAIGN), [*ids, 9999], Event.DECLARED, DAY)
    assert bulk.recorded == 2
    assert [(n.full_name, n.why) for n in bulk.refused] == [("Lê Gia Bình", Refusal.ALREADY_GRANTED)]


steps = st.lists(st.tuples(st.sampled_from(list(Event)), st.integers(0, 18)), max_size=12)


@given(histories=st.lists(steps, min_size=1, max_size=4), goal=st.sampled_from(["declared", "granted", "in-use"]), later=st.integers(0, 30))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_agrees_with_the_rules(stage: Flask, histories: list[list[tuple[Event, int]]], goal: str, later: int) -> None:
    """Stored facts are those that a replay gives, and SQL sees everybody in the one standing that the rules see."""
    school, campaign = f"s{clock.now().timestamp():.6f}".replace(".", "-"), f"c{clock.now().timestamp():.6f}".replace(".", "-")
    builders.make_institution(school, "99005")
    builders.make_campaign(campaign, "99005", goal=goal)
    ids = [builders.make_person(school, campaign, f"Người {n}") for n, _ in enumerate(histories)]
    with clock.set_to(builders.at(date(2026, 12, 1) + timedelta(days=later))), transaction.writing():
        scope = builders.scope_of(school, campaign)
        for person, wanted in zip(ids, histories, strict=True):
            for event, day in wanted:
                record(scope, person, event, DAY + timedelta(days=day), reason="vì thử")
        view = campaigns.campaign(scope)
        for person in ids:
            shown = people.person(scope, view, person)
            assert shown is not None
            assert replay(view.procedure, [facts.happening_of(row) for row in facts.history_rows(scope, person)]) == shown.facts
            assert standing_of(view.procedure, view.goal, shown.facts, view.today()) is shown.standing
        listed = {s: people.people_page(scope, view, PeopleFilter(standings=frozenset({s}))).rows for s in Standing}
        assert sorted(row.id for rows in listed.values() for row in rows) == sorted(ids)


@pytest.mark.parametrize("event", [Event.SIGNED_IN, Event.PASSWORD_CHANGED])
def test_the_first_use_ends_the_way_whatever_was_known_before(stage: Flask, event: Event) -> None:
    an = builders.make_person(SCHOOL, CAMPAIGN, "Trần Bảo An")
    answer = recorded(an, event)
    assert isinstance(answer, Recorded)
    assert answer.facts.state is State.IN_USE
