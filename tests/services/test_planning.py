"""Planning: what comes due becomes one row for each receiver, whoever plans and however often."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy import text as sql

from app import clock, transaction
from app.domain.ladder import Anchor, Channel, Receiver
from app.domain.nudge import Status, Why
from app.domain.registration import Event
from app.domain.standing import Standing
from app.extensions import db
from app.models import Address, Campaign, Ladder, LadderRung, Nudge, NudgePerson, Pause, Person
from app.queries import forecast, ladders, operators, samples, second_look
from app.queries.campaigns import campaign
from app.services import guardians, hand_sending, places, planning
from app.services import ladders as laddering
from app.services.bulk import insert_rows
from app.services.hand_sending import HandSent
from app.services.nudge_pages import NudgePage, To
from app.services.places import ContactGiven
from app.services.planning import Planned
from app.texts.speech import Digest
from imports.values import GuardianRead
from tests.builders import at, make_person, record, scope_of
from tests.cast import AGENCY, CAMPAIGN, OTHER_SCHOOL, SCHOOL
from tests.statements import asked_by, rows_looked_at

WAYS = frozenset(Channel)
D21, D14, D7 = (date(2026, 12, 30) - timedelta(days=days) for days in (21, 14, 7))
EARLY, LATELY = date(2026, 11, 10), date(2026, 12, 19)
D3 = date(2026, 12, 28)  # the 27th is a Sunday
CHILD = {"birth_date": date(2016, 5, 1)}


@pytest.fixture
def stairs(scene: Flask) -> Flask:
    """The scene, with those rungs alone that speak to people and guardians."""
    with scene.app_context(), transaction.writing():
        for rung in db.session.scalars(select(LadderRung)):
            if not {Receiver.PERSON, Receiver.GUARDIAN} & set(rung.receivers.split(",")):
                rung.removed_at = clock.now()
    return scene


def plan(day: date, ways: frozenset[Channel] = WAYS) -> Planned:
    with clock.set_to(at(day)), transaction.writing():
        (view,) = [view for view in ladders.active() if view.code == CAMPAIGN]
        return planning.plan(view, ways)


def someone(name: str, school: str = SCHOOL, on: date = LATELY, **known: Any) -> int:
    """Somebody who has joined after the rungs before D-7, unless said otherwise."""
    with clock.set_to(at(on)):
        return make_person(school, CAMPAIGN, name, **{"email": "a@family.example"} | known)


def guardian(child: int, name: str, school: str = SCHOOL, **known: Any) -> int:
    given = GuardianRead("mother", name, known.get("phone", "0912345678"), None)
    with clock.set_to(at(LATELY)), transaction.writing():
        answer = guardians.add_guardian(scope_of(school, CAMPAIGN), child, given)
    assert isinstance(answer, int), answer
    return answer


def nudges(**wanted: Any) -> list[Nudge]:
    with transaction.reading():
        found = db.session.scalars(select(Nudge).filter_by(**wanted).order_by(Nudge.id)).all()
        db.session.expunge_all()
        return list(found)


def rung_days(person_id: int, status: Status) -> list[tuple[str, int]]:
    with transaction.reading():
        rows = db.session.execute(
            select(LadderRung.anchor, LadderRung.distance)
            .join(Nudge, Nudge.rung_id == LadderRung.id)
            .where(Nudge.person_id == person_id, Nudge.status == status)
            .order_by(Nudge.goes_on)
        )
        return [(row.anchor, row.distance) for row in rows]


def test_who_is_not_done_a_week_before_gets_one_nudge_however_often_it_is_planned(stairs: Flask):
    with stairs.app_context():
        left, done = someone("Lê An"), someone("Trần Bình")
        record(SCHOOL, CAMPAIGN, done, Event.GRANTED, date(2026, 11, 12))
        assert [plan(D7), plan(D7), plan(D7 + timedelta(days=1))] == [Planned(1, 0, 0), Planned(0, 0, 0), Planned(0, 0, 0)]
        (nudge,) = nudges(status=Status.PLANNED)
    assert (nudge.person_id, nudge.channel, nudge.goes_on, nudge.occasion_on) == (left, Channel.EMAIL, D7, date(2026, 12, 30))


def test_two_schedulers_at_once_plan_each_nudge_once(stairs: Flask):
    with stairs.app_context():
        for number in range(30):
            someone(f"Người {number}")
    answers: list[Planned] = []

    def work() -> None:
        with stairs.app_context():
            answers.append(plan(D7))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with stairs.app_context():
        assert sorted(answer.planned for answer in answers) == [0, 0, 30]
        assert len(nudges()) == 30
        with transaction.reading():
            assert db.session.scalar(select(func.max(Ladder.last_number))) == 30


def test_a_guardian_gets_one_message_for_all_children_of_whom_any_is_left(stairs: Flask):
    with stairs.app_context():
        first, second, done = (someone(name, email=None, **CHILD) for name in ("Lê Cúc", "Lê Dũng", "Lê Hoa"))
        mother = guardian(first, "Phạm Mai")
        assert [guardian(child, "Phạm Mai") for child in (second, done)] == [mother, mother]
        record(SCHOOL, CAMPAIGN, done, Event.GRANTED, date(2026, 11, 12))
        plan(D7)
        (nudge,) = nudges()
        with transaction.reading():
            named = set(db.session.scalars(select(NudgePerson.person_id).where(NudgePerson.nudge_id == nudge.id)))
    assert (nudge.receiver, nudge.person_id, nudge.people, named) == (Receiver.GUARDIAN, mother, 2, {first, second})


def test_of_two_parents_the_one_with_an_account_is_told(stairs: Flask):
    with stairs.app_context():
        child = someone("Lê Cúc", email=None, **CHILD)
        guardian(child, "Phạm Mai")
        father = guardian(child, "Lê Văn Ba", phone="0987654321")
        record(SCHOOL, CAMPAIGN, father, Event.GRANTED, date(2026, 11, 12))
        plan(D7)
        assert [nudge.person_id for nudge in nudges()] == [father]


def test_a_member_of_staff_with_a_child_gets_one_message_about_both(stairs: Flask):
    with stairs.app_context():
        staff = someone("Phạm Mai", phone="0912345678")
        child = someone("Lê Cúc", email=None, **CHILD)
        assert guardian(child, "Phạm Mai") == staff
        plan(D7)
        (nudge,) = nudges()
        assert (nudge.person_id, nudge.receiver, nudge.people) == (staff, Receiver.GUARDIAN, 1)


def test_who_can_not_be_reached_is_left_out_with_the_reason_and_goes_once_it_has_passed(stairs: Flask):
    with stairs.app_context():
        silent = someone("Lê An", email=None)
        orphan = someone("Lê Cúc", email=None, **CHILD)
        gone = someone("Trần Bình", email="dead@family.example")
        stopped = someone("Trần Chi", email="stop@family.example")
        resting = someone("Trần Dân")
        with clock.set_to(at(D7)), transaction.writing():
            db.session.add(Address(address="dead@family.example", dead_at=clock.now()))
            db.session.add(Address(address="stop@family.example", opted_out_at=clock.now()))
            where = scope_of(SCHOOL, CAMPAIGN).institution_id
            db.session.add(Pause(institution_id=where, person_id=resting, made_by="Alice", made_at=clock.now()))
        assert plan(D7) == Planned(0, 5, 0)
        reasons = {nudge.person_id: nudge.why for nudge in nudges(status=Status.LEFT_OUT)}
        assert reasons == {
            silent: Why.NO_ADDRESS,
            orphan: Why.NO_GUARDIAN,
            gone: Why.UNREACHABLE,
            stopped: Why.OPTED_OUT,
            resting: Why.PAUSED_PERSON,
        }
        with transaction.writing():
            db.session.query(Pause).delete()
        guardian(orphan, "Phạm Mai")
        assert plan(D7 + timedelta(days=1)).planned == 2
        left = Counter(nudge.status for nudge in nudges())
    assert left[Status.PLANNED] == 2


def test_who_could_not_be_reached_by_one_rung_is_planned_once_for_the_next(stairs: Flask):
    with stairs.app_context():
        person = someone("Lê An", email=None, on=EARLY)
        assert plan(D21).left_out == 1
        assert plan(D14).left_out == 1
        with clock.set_to(at(D14)), transaction.writing():
            db.session.query(Person).filter_by(id=person).update({"email": "an@family.example"})
        assert plan(D7) == Planned(1, 0, 1)
        assert rung_days(person, Status.PLANNED) == [(Anchor.DEADLINE, -7)]


def test_after_an_outage_the_most_urgent_goes_and_the_others_are_noted_as_overtaken(stairs: Flask):
    with stairs.app_context():
        person = someone("Lê An", on=EARLY)
        assert plan(D7 + timedelta(days=1)) == Planned(1, 0, 1)  # D-21 is too long ago
        assert rung_days(person, Status.PLANNED) == [(Anchor.DEADLINE, -7)]
        assert rung_days(person, Status.OVERTAKEN) == [(Anchor.DEADLINE, -14)]


def test_moving_the_deadline_moves_the_ladder(stairs: Flask):
    with stairs.app_context():
        someone("Lê An")
        plan(D7)
        with transaction.writing():
            db.session.scalars(select(Campaign).where(Campaign.code == CAMPAIGN)).one().deadline_on = date(2027, 1, 29)
        assert plan(date(2027, 1, 23)) == Planned(1, 0, 1)  # D-14 of the new deadline
        assert [nudge.occasion_on for nudge in nudges(status=Status.PLANNED)] == [date(2026, 12, 30), date(2027, 1, 29)]


def test_who_joins_after_a_rungs_day_does_not_inherit_it(stairs: Flask):
    with stairs.app_context():
        someone("Lê An", on=D7 + timedelta(days=1))
        assert plan(D7 + timedelta(days=1)) == Planned(0, 0, 0)
        assert plan(D3).planned == 1


def test_who_joins_on_a_rungs_day_still_gets_it(stairs: Flask):
    with stairs.app_context():
        someone("Lê An")
        plan(D7)
        someone("Lê Bình", on=D7)
        assert plan(D7) == Planned(1, 0, 0)


def test_on_a_sunday_nothing_is_due_and_on_monday_it_goes(stairs: Flask):
    with stairs.app_context():
        someone("Lê An")
        assert plan(date(2026, 12, 27)).planned == 1  # D-7 of four days ago, made up for
        assert nudges()[-1].not_before == at(date(2026, 12, 28)).replace(hour=7)


def test_a_paused_ladder_plans_nothing(scene: Flask):
    with scene.app_context():
        someone("Lê An")
        with transaction.writing():
            laddering.pause_ladder(operators.everything(), scope_of(SCHOOL, CAMPAIGN).campaign_id, paused=True)
        with clock.set_to(at(D7)), transaction.reading():
            assert CAMPAIGN not in [view.code for view in ladders.active()]


def test_leads_and_coordinators_get_digests_as_long_as_somebody_is_left(scene: Flask):
    with scene.app_context():
        monday = date(2026, 11, 16)
        person = make_person(SCHOOL, CAMPAIGN, "Lê An", "6A2")
        plan(monday)
        told = {nudge.receiver for nudge in nudges()}
        record(SCHOOL, CAMPAIGN, person, Event.GRANTED, monday)
        plan(monday + timedelta(days=7))
        later = nudges(goes_on=monday + timedelta(days=7))
    assert told == {Receiver.COORDINATOR}  # Giang leads 6A1, where nobody is; Charlie's school has nobody at all
    assert later == []


def by_hand(people: list[int], day: date, *, dry_run: bool = False) -> HandSent:
    with clock.set_to(at(day)), transaction.writing():
        return hand_sending.by_hand(scope_of(SCHOOL, CAMPAIGN), people, WAYS, dry_run=dry_run)


def test_a_message_by_hand_counts_as_the_next_rung_and_a_second_click_sends_none(stairs: Flask):
    with stairs.app_context():
        person, done = someone("Lê An", on=EARLY), someone("Trần Bình", on=EARLY)
        record(SCHOOL, CAMPAIGN, done, Event.GRANTED, date(2026, 11, 12))
        day = D21 - timedelta(days=5)
        assert by_hand([person, done], day, dry_run=True) == HandSent({Channel.EMAIL: 1}, {Why.DONE: 1})
        assert nudges() == []
        assert by_hand([person, done], day).messages == 1
        assert by_hand([person], day) == HandSent({}, {Why.ONE_A_DAY: 1})
        assert rung_days(person, Status.PLANNED) == [(Anchor.DEADLINE, -21)]
        assert plan(D21) == Planned(0, 0, 0)
        assert plan(D14).planned == 1


QUIET = [datetime(2026, 11, 30, 22), datetime(2026, 12, 5, 21), datetime(2026, 12, 6, 9)]  # a Monday night, a Saturday night, a Sunday


@pytest.mark.parametrize("hour", QUIET)
def test_a_second_click_at_a_quiet_hour_sends_no_second_message_in_the_morning(stairs: Flask, hour: datetime):
    with stairs.app_context():
        person = someone("Lê An", on=EARLY)
        with clock.set_to(hour), transaction.writing():
            assert hand_sending.by_hand(scope_of(SCHOOL, CAMPAIGN), [person], WAYS, dry_run=False) == HandSent({Channel.EMAIL: 1}, {})
            assert hand_sending.by_hand(scope_of(SCHOOL, CAMPAIGN), [person], WAYS, dry_run=False) == HandSent({}, {Why.ONE_A_DAY: 1})


def test_nobody_reaches_people_of_another_institution_by_hand(stairs: Flask):
    with stairs.app_context():
        other = someone("Lê An", OTHER_SCHOOL)
        assert by_hand([other], D21) == HandSent({}, {Why.DONE: 1})
        assert nudges() == []


def test_slips_handed_out_are_noted_for_the_guardian_as_sent(stairs: Flask):
    with stairs.app_context():
        child = someone("Lê Cúc", on=EARLY, email=None, **CHILD)
        mother = guardian(child, "Phạm Mai")
        with clock.set_to(at(D21)), transaction.writing():
            assert hand_sending.handed_out(scope_of(SCHOOL, CAMPAIGN), [child], Channel.SLIP) == 1
        (nudge,) = nudges()
        assert (nudge.person_id, nudge.status, nudge.channel, nudge.made_by) == (mother, Status.SENT, Channel.SLIP, "dòng lệnh")
        assert plan(D21) == Planned(0, 0, 0)


@pytest.mark.parametrize("day", [D21, D7, D3])
def test_what_is_foreseen_is_what_is_planned(stairs: Flask, day: date):
    with stairs.app_context():
        for number in range(4):
            someone(f"Người {number}", on=EARLY, email=f"n{number}@family.example" if number else None)
        child = someone("Lê Cúc", on=EARLY, email=None, **CHILD)
        guardian(child, "Phạm Mai")
        with clock.set_to(at(day - timedelta(days=1))), transaction.reading():
            view = campaign(scope_of(SCHOOL, CAMPAIGN))
            seen = forecast.forecast(view, WAYS, day)
        planned = plan(day)
        with clock.set_to(at(day)), transaction.reading():
            after = forecast.forecast(view, WAYS, day)
            said = samples.samples(view, WAYS, day, seen.lines[0].rung.id)
    assert (seen.messages, sum(it.receivers for it in seen.left_out)) == (planned.planned, planned.left_out) == (4, 1)
    assert (after.lines, after.left_out) == (seen.lines, seen.left_out)
    assert len(said) == 3  # what was planned can still be read


def test_a_hundred_receivers_take_no_more_statements_to_plan_than_one(stairs: Flask):
    counts = []
    with stairs.app_context():
        someone("Lê An", on=EARLY)
        guardian(someone("Lê Cúc", email=None, on=EARLY, **CHILD), "Phạm Mai")
        counts.append(len(asked_by(stairs, lambda: plan(D21))))
        for number in range(50):
            someone(f"Người {number}", on=EARLY)
            guardian(someone(f"Bé {number}", email=None, on=EARLY, **CHILD), f"Phạm Mai {number}", phone=f"09{number:08}")
        counts.append(len(asked_by(stairs, lambda: plan(D14))))
    assert counts[1] <= counts[0] + 2


def test_children_are_found_by_their_keys_where_the_database_knows_no_statistics(stairs: Flask):
    """Through their guardians, SQLite went through the whole institution for each of them: a large school took minutes."""
    with stairs.app_context():
        child = someone("Lê Cúc", on=EARLY, email=None, **CHILD)
        guardian(child, "Phạm Mai")
        asked = [one for one in asked_by(stairs, lambda: plan(D7)) if one.statement.lstrip().startswith(("SELECT", "WITH"))]
        if db.engine.dialect.name != "sqlite":  # PostgreSQL keeps statistics by itself
            return
        with transaction.reading():
            cursor = db.session.connection().connection.cursor()
            plans = [row[3] for one in asked for row in cursor.execute(f"EXPLAIN QUERY PLAN {one.statement}", one.parameters).fetchall()]
    by_key = [step for step in plans if "registrations USING PRIMARY KEY" in step]
    assert by_key
    assert [step for step in by_key if "person_id=?" not in step] == []


def test_a_rung_that_is_widened_on_its_day_reaches_those_whom_it_did_not_mean(stairs: Flask):
    with stairs.app_context():
        to_start, declared = someone("Lê An"), someone("Trần Bình")
        record(SCHOOL, CAMPAIGN, declared, Event.DECLARED, date(2026, 11, 20))
        with transaction.writing():
            scope = operators.agency(AGENCY)
            (view,) = [view for view in ladders.active() if view.code == CAMPAIGN]
            (rung,) = [it for it in ladders.ladder(view.id).rungs if (it.anchor, it.distance) == (Anchor.DEADLINE, -7)]
            narrow = laddering.RungDraft(Anchor.DEADLINE, -7, standings=frozenset({Standing.TO_START}))
            assert laddering.change_rung(scope, view.id, rung.id, narrow) == rung.id
        plan(D7)
        assert (rung_days(to_start, Status.PLANNED), rung_days(declared, Status.PLANNED)) == ([(Anchor.DEADLINE, -7)], [])
        with clock.set_to(at(D7)), transaction.writing():
            assert laddering.change_rung(scope, view.id, rung.id, laddering.RungDraft(Anchor.DEADLINE, -7)) == rung.id
        assert plan(D7).planned == 1
        assert rung_days(declared, Status.PLANNED) == [(Anchor.DEADLINE, -7)]


def test_rungs_of_one_institution_reach_nobody_elsewhere(stairs: Flask):
    with stairs.app_context():
        mine, theirs = someone("Lê An"), someone("Lê An", OTHER_SCHOOL)
        with transaction.writing():
            scope = scope_of(SCHOOL, CAMPAIGN)
            draft = laddering.RungDraft(Anchor.DEADLINE, -10)
            assert isinstance(laddering.add_rung(scope, scope.campaign_id, draft), int)
        plan(date(2026, 12, 21))  # the 20th is a Sunday
        ten_before = [nudge for nudge in nudges() if nudge.goes_on == date(2026, 12, 21)]
    assert [(nudge.person_id, nudge.institution_id) for nudge in ten_before] == [(mine, scope.institution_id)]
    assert theirs


def test_officers_and_coordinators_change_only_their_own_rungs(scene: Flask):
    with scene.app_context(), transaction.writing():
        scope = scope_of(SCHOOL, CAMPAIGN)
        theirs = ladders.ladder(scope.campaign_id).rungs[0].id
        far = operators.agency("99005")
        assert laddering.remove_rung(scope, scope.campaign_id, theirs) is laddering.LadderRefusal.NOT_YOURS
        assert laddering.add_rung(far, scope.campaign_id, laddering.RungDraft(Anchor.DEADLINE, -2)) is laddering.LadderRefusal.NOT_YOURS
        assert laddering.remove_rung(operators.agency(AGENCY), scope.campaign_id, theirs) is None
        assert theirs not in [rung.id for rung in ladders.ladder(scope.campaign_id).rungs]


def test_a_campaign_that_ran_before_there_were_ladders_can_take_the_ready_made_one(scene: Flask):
    with scene.app_context(), transaction.writing():
        scope = scope_of(SCHOOL, CAMPAIGN)
        everywhere = operators.everything()
        assert laddering.take_ready_made(everywhere, scope.campaign_id) is laddering.LadderRefusal.NOT_EMPTY
        for rung in ladders.ladder(scope.campaign_id).rungs:
            laddering.remove_rung(everywhere, scope.campaign_id, rung.id)
        assert laddering.take_ready_made(everywhere, scope.campaign_id) is None
        assert len(ladders.ladder(scope.campaign_id).rungs) > 5


def test_a_head_gets_the_digest_a_week_before(scene: Flask):
    with scene.app_context():
        someone("Lê An")
        with transaction.writing():
            scope = scope_of(SCHOOL, CAMPAIGN)
            places.update_institution(
                scope.within, "Trường THCS Minh Họa", ContactGiven(), ContactGiven("Cô Hạnh", "", "Hanh@minh-hoa.example")
            )
        plan(D7)
        (nudge,) = nudges(receiver=Receiver.HEAD)
        with clock.set_to(at(D7)), transaction.reading():
            (seen,) = second_look.look([second_look.claimed_of(nudge)], WAYS, clock.now())
    assert (seen.decision.goes, seen.address) == (True, "hanh@minh-hoa.example")
    assert isinstance(seen.said_to, Digest)
    assert (seen.said_to.name, seen.said_to.in_scope, seen.said_to.done) == ("Cô Hạnh", 1, 0)


def test_the_first_planning_after_one_that_was_rolled_back_looks_at_each_nudge_once(stage: Flask):
    """PostgreSQL had counted no rows until then, and went through the whole campaign for each child: the square of the time."""
    ids = range(900, 2400)
    with stage.app_context():
        with transaction.writing():
            scope = scope_of(SCHOOL, CAMPAIGN)
            known = {"institution_id": scope.institution_id, "full_name": "An", "search_text": "", "revision": 1, "updated_at": clock.now()}
            insert_rows(Person, ("id", "sort_key"), ((number, b"") for number in ids), known)

        def go_in() -> None:
            page = NudgePage(scope.campaign_id)
            for number in ids:
                to = To(Receiver.GUARDIAN, scope.institution_id, number, None, (number,))
                page.put(to, None, D7, D7, {}, Status.PLANNED, None, Channel.EMAIL, at(D7))
            page.write()

        with transaction.writing():
            go_in()
            transaction.abandon()
        with transaction.writing():
            db.session.execute(sql("ANALYZE nudges"))  # the server does so by itself soon
        with transaction.writing():
            before = rows_looked_at()
            go_in()
            assert rows_looked_at()["nudges"] - before["nudges"] < 3 * len(ids)
        with transaction.reading():
            assert db.session.scalar(select(func.count()).select_from(NudgePerson)) == len(ids)
