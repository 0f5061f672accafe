"""Rosters in the background: claimed by one, taken up when it is gone, stopped without a trace, one after the other in an institution."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock, transaction
from app.domain.runs import MOST_TAKES, SILENT, RunState, Stage, Stopped, Task
from app.extensions import db
from app.jobs import pulse as pulses
from app.jobs import rosters as background
from app.models import ChangePage, Person, Registration, Roster, RosterFile
from app.queries import rosters, runs
from app.queries.runs import Claimed, RunView
from app.services import roster_steps
from app.services import rosters as taking
from app.services import runs as running
from tests.builders import scope_of
from tests.cast import CAMPAIGN, OTHER_SCHOOL, SCHOOL

WORKBOOKS = Path(__file__).resolve().parents[1] / "workbooks"
STAFF, CLASSES = "01-plain-staff.xlsx", "02-class-sheets.xlsx"


@pytest.fixture
def app(stage: Flask) -> Iterator[Flask]:
    yield stage
    background.of(stage).wait()


def uploaded(name: str = STAFF, school: str = SCHOOL, data: bytes | None = None) -> int:
    """A workbook that waits to be read."""
    with transaction.writing():
        return roster_steps.receive(scope_of(school, CAMPAIGN), name, data or (WORKBOOKS / name).read_bytes())


def to_apply(name: str = STAFF) -> int:
    """A reviewed roster that waits to be let in."""
    with transaction.writing():
        scope = scope_of(SCHOOL, CAMPAIGN)
        roster_id = taking.receive(scope, name, (WORKBOOKS / name).read_bytes())
        assert roster_steps.begin_applying(scope, roster_id) is None
    return roster_id


def number(school: str = SCHOOL) -> int:
    with transaction.reading():
        return scope_of(school, CAMPAIGN).institution_id


def go(roster_id: int, school: str = SCHOOL) -> None:
    """Let this process go on with a run, and wait for its end."""
    background.start(number(school), roster_id).result(30)


def claimed(roster_id: int, school: str = SCHOOL) -> Claimed | None:
    institution_id = number(school)
    with transaction.writing():
        return running.claim(institution_id, roster_id)


def taken(roster_id: int) -> Claimed:
    return claimed(roster_id) or pytest.fail("the run could not be claimed")


def seen(roster_id: int, school: str = SCHOOL) -> RunView:
    with transaction.reading():
        return runs.run(scope_of(school, CAMPAIGN), roster_id) or pytest.fail("there is no run")


def status(roster_id: int) -> str:
    with transaction.reading():
        view = rosters.roster(scope_of(SCHOOL, CAMPAIGN), roster_id)
    assert view is not None
    return view.status


def count(table: type[object]) -> int:
    with transaction.reading():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def let_in(run: Claimed) -> None:
    """What a process does that has claimed an application."""
    with transaction.writing():
        assert not isinstance(taking.apply(run.scope, run.roster_id), taking.RosterRefusal)
        running.end(run)


def later() -> object:
    """When a process that has gone silent is taken for dead."""
    return clock.set_to(clock.now() + SILENT + timedelta(seconds=1))


@contextmanager
def beside(app: Flask, work: Callable[[], None]) -> Iterator[threading.Thread]:
    """Work of another visitor, in a thread with a context of its own."""

    def run() -> None:
        with app.app_context():
            work()

    thread = threading.Thread(target=run)
    thread.start()
    yield thread
    thread.join(30)
    assert not thread.is_alive()


def test_a_roster_is_read_and_let_in_beside_the_pages(app: Flask) -> None:
    roster_id = uploaded()
    assert (status(roster_id), count(ChangePage)) == ("reading", 0)
    go(roster_id)
    assert (seen(roster_id).state, status(roster_id)) == (RunState.DONE, "read")
    with transaction.writing():
        assert roster_steps.begin_applying(scope_of(SCHOOL, CAMPAIGN), roster_id) is None
    assert count(Person) == 0
    go(roster_id)
    assert (seen(roster_id).state, status(roster_id)) == (RunState.DONE, "applied")
    assert count(Registration) == 60


def test_who_asked_for_it_stands_with_what_it_did(app: Flask) -> None:
    roster_id = to_apply()
    go(roster_id)
    with transaction.reading():
        view = rosters.roster(scope_of(SCHOOL, CAMPAIGN), roster_id)
        asked = scope_of(SCHOOL, CAMPAIGN).actor.name
    assert view is not None
    assert view.applied_by == asked


def test_a_run_whose_process_is_gone_is_taken_up_and_ends_well(app: Flask) -> None:
    roster_id = uploaded()
    taken(roster_id)  # and the process dies
    go(roster_id)
    assert seen(roster_id).state is RunState.RUNNING, "it may still be alive"
    with later():
        assert seen(roster_id).is_left
        assert background.take_up() == 1
        background.of(app).wait()
        assert (seen(roster_id).state, status(roster_id)) == (RunState.DONE, "read")
        assert background.take_up() == 0


def test_who_beats_keeps_the_run(app: Flask) -> None:
    roster_id = uploaded()
    run = taken(roster_id)
    with later():
        with transaction.writing():
            assert running.beat(run, "read", 10, 20)
        assert claimed(roster_id) is None
        assert not seen(roster_id).is_left
        assert (seen(roster_id).stage, seen(roster_id).done, seen(roster_id).total) == ("read", 10, 20)


def test_nothing_is_kept_of_who_was_taken_for_dead(app: Flask) -> None:
    roster_id = to_apply()
    slow = taken(roster_id)
    with later():
        fresh = taken(roster_id)
        with pytest.raises(running.Lost):
            let_in(slow)
        assert count(Person) == 0
        with transaction.writing():
            assert not running.beat(slow, None, 0, 0)
        let_in(fresh)
    assert count(Person) == 60
    assert seen(roster_id).state is RunState.DONE


def test_of_many_who_come_at_once_one_takes_a_run(app: Flask) -> None:
    roster_id, start, got = uploaded(), threading.Barrier(6), list[Claimed | None]()

    def come() -> None:
        with app.app_context():
            start.wait()
            got.append(claimed(roster_id))

    threads = [threading.Thread(target=come) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([claim for claim in got if claim]) == 1
    assert len(got) == 6


def test_a_file_that_ends_its_process_again_and_again_is_given_up(app: Flask) -> None:
    roster_id = uploaded()
    for tries in range(MOST_TAKES):
        with clock.set_to(clock.now() + (tries + 1) * (SILENT + timedelta(seconds=1))):
            taken(roster_id)
    with clock.set_to(clock.now() + 10 * SILENT):
        go(roster_id)
    failure = seen(roster_id).failure
    assert failure is not None
    assert (failure.code, status(roster_id)) == ("broken", "failed")


def test_two_files_of_one_institution_go_one_after_the_other_and_no_other_institution_waits(app: Flask) -> None:
    first, second, elsewhere = uploaded(CLASSES), uploaded(STAFF), uploaded(STAFF, OTHER_SCHOOL)
    ours = taken(first)
    go(second)
    go(elsewhere, OTHER_SCHOOL)
    assert (seen(second).state, seen(second).behind, seen(second).is_left) == (RunState.WAITING, CLASSES, False)
    assert seen(elsewhere, OTHER_SCHOOL).state is RunState.DONE
    with transaction.writing():
        running.let_go(ours)
    go(first)  # and what waits behind it follows by itself
    background.of(app).wait()
    assert seen(first).state is seen(second).state is RunState.DONE


def test_two_files_sent_at_the_same_moment_are_both_read(app: Flask) -> None:
    start, names = threading.Barrier(2), (CLASSES, STAFF)

    def send(name: str) -> Callable[[], None]:
        def work() -> None:
            start.wait()
            background.start(number(), uploaded(name)).result(30)

        return work

    with beside(app, send(names[0])), beside(app, send(names[1])):
        pass
    background.of(app).wait()
    assert [seen(roster_id).state for roster_id in (1, 2)] == [RunState.DONE] * 2


def test_a_second_roster_is_not_applied_on_a_review_that_the_first_has_overtaken(app: Flask) -> None:
    with transaction.writing():
        scope = scope_of(SCHOOL, CAMPAIGN)
        both = [taking.receive(scope, name, (WORKBOOKS / name).read_bytes()) for name in (STAFF, CLASSES)]
        for roster_id in both:
            assert roster_steps.begin_applying(scope, roster_id) is None
    go(both[0])
    background.of(app).wait()
    failure = seen(both[1]).failure
    assert failure is not None
    assert (failure.code, status(both[1]), count(Registration)) == ("stale", "read", 60)


def test_who_presses_twice_has_one_run(app: Flask) -> None:
    roster_id = to_apply()
    with transaction.writing():
        assert roster_steps.begin_applying(scope_of(SCHOOL, CAMPAIGN), roster_id) is taking.RosterRefusal.UNDER_WAY
        assert taking.discard(scope_of(SCHOOL, CAMPAIGN), roster_id) is taking.RosterRefusal.UNDER_WAY


def test_what_waits_is_stopped_at_once(app: Flask) -> None:
    roster_id = uploaded()
    assert background.stop(scope(), seen(roster_id))
    go(roster_id)
    assert (seen(roster_id).state, status(roster_id), count(ChangePage)) == (RunState.STOPPED, "stopped", 0)
    with transaction.writing():
        assert roster_steps.read_again(scope(), roster_id) is None
    go(roster_id)
    assert status(roster_id) == "read"


def scope():
    with transaction.reading():
        return scope_of(SCHOOL, CAMPAIGN)


def test_a_stop_reaches_who_is_writing_and_leaves_nothing(app: Flask) -> None:
    """Also on SQLite, where nobody else can write meanwhile."""
    roster_id = to_apply()
    run = taken(roster_id)
    view = seen(roster_id)
    written, told = threading.Event(), list[bool]()

    def stop() -> None:
        assert written.wait(10)
        told.append(background.stop(run.scope, view))

    def write() -> None:
        with pulses.Pulse(app, run, background.folder_of(app), threading.Event()) as pulse, pulse.quiet(), transaction.writing():
            taking.apply(run.scope, roster_id, pulse.tell)
            written.set()
            until(lambda: pulse.tell("written", 1, 2))

    with beside(app, stop), pytest.raises(Stopped):
        write()
    background.settle(run, Stopped())
    assert told == [True]
    assert count(Person) == count(Registration) == 0
    assert (seen(roster_id).state, status(roster_id)) == (RunState.STOPPED, "read")


def until(raises: Callable[[], object], seconds: float = 10) -> None:
    """Call it until it raises what the test expects."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        raises()
        time.sleep(0.05)


def test_how_many_rows_are_written_is_seen_while_the_unit_is_open(app: Flask) -> None:
    roster_id = to_apply()
    run, told = taken(roster_id), list[tuple[str | None, int, int]]()

    def look() -> None:
        end = time.monotonic() + 10
        while time.monotonic() < end and told[-1:] != [("written", 7, 60)]:
            told.append(background.progress(seen(roster_id)))
            time.sleep(0.05)

    with pulses.Pulse(app, run, background.folder_of(app), threading.Event()) as pulse, pulse.quiet(), transaction.writing():
        taking.apply(run.scope, roster_id)
        pulse.tell("written", 7, 60)
        with beside(app, look):
            pass
        running.end(run)
    assert told[-1] == ("written", 7, 60)
    assert background.progress(seen(roster_id)) != ("written", 7, 60) or background.folder_of(app) is None


def test_what_a_reading_tells_only_grows_and_ends_at_its_total(app: Flask) -> None:
    told = list[tuple[str, int, int]]()
    with transaction.writing():
        taking.receive(scope_of(SCHOOL, CAMPAIGN), CLASSES, (WORKBOOKS / CLASSES).read_bytes(), lambda *said: told.append(said))
        taking.apply(scope_of(SCHOOL, CAMPAIGN), 1, lambda *said: told.append(said))
    assert {"read", "written"} <= {stage for stage, _, _ in told} <= set(Stage)
    assert told[-1][1] == told[-1][2]
    assert all(0 <= done <= total for _, done, total in told)


def test_a_file_that_cant_be_read_says_so_and_is_not_kept(app: Flask) -> None:
    roster_id = uploaded("thơ.xlsx", data=b"khong phai bang tinh")
    go(roster_id)
    failure = seen(roster_id).failure
    assert failure is not None
    assert failure.text
    assert (status(roster_id), count(RosterFile)) == ("failed", 0)


def test_a_process_that_ends_gives_its_runs_back(app: Flask) -> None:
    roster_id, ending = uploaded(), threading.Event()
    run = taken(roster_id)
    ending.set()
    with pulses.Pulse(app, run, background.folder_of(app), ending) as pulse, pytest.raises(pulses.Interrupted):
        background.do(run, pulse)
    background.settle(run, pulses.Interrupted())
    assert seen(roster_id).state is RunState.WAITING
    go(roster_id)
    assert seen(roster_id).state is RunState.DONE


def test_what_broke_is_said_and_can_be_tried_again(app: Flask) -> None:
    roster_id = uploaded()
    run = taken(roster_id)
    background.settle(run, ZeroDivisionError())
    failure = seen(roster_id).failure
    assert failure is not None
    assert (failure.code, status(roster_id)) == ("broken", "failed")
    with transaction.writing():
        assert roster_steps.read_again(scope_of(SCHOOL, CAMPAIGN), roster_id) is None
    go(roster_id)
    assert status(roster_id) == "read"


def test_the_tick_goes_on_with_what_was_left(app: Flask) -> None:
    roster_id = uploaded()
    result = app.test_cli_runner().invoke(args=["tick", "rosters"])
    assert result.exit_code == 0, result.output
    assert "1 taken up" in result.output
    assert status(roster_id) == "read"


def test_nothing_is_left_in_the_folder(app: Flask) -> None:
    go(uploaded())
    folder = background.folder_of(app)
    if folder is None:
        return
    folder.note("gone", "read", 1, 2)
    folder.ask_to_stop("gone-too")
    background.sweep()
    assert list(Path(app.config["PROGRESS_FOLDER"]).iterdir()) == []


def test_task_names_fit_their_column() -> None:
    assert max(map(len, Task)) <= Roster.__table__.metadata.tables["roster_runs"].c.task.type.length
