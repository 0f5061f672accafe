"""Raw workbooks go after their days, after an undoing, and soon where nothing came of them; the plan and its addresses stay."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock, transaction
from app.extensions import db
from app.jobs import ticks
from app.models import ChangePage, Roster, RosterFile, RosterProblem
from app.queries import roster_problems, rosters
from app.services import roster_files, roster_steps, runs
from app.services import rosters as taking
from app.services.rosters import RosterRefusal
from imports.values import Kind
from tests.builders import scope_of
from tests.cast import CAMPAIGN, OTHER_SCHOOL, SCHOOL

WORKBOOKS = Path(__file__).resolve().parents[1] / "workbooks"
DIRTY = "11-dirty.xlsx"


@pytest.fixture
def roster_id(stage: Flask) -> int:
    with transaction.writing():
        scope = scope_of(SCHOOL, CAMPAIGN)
        roster_id = taking.receive(scope, DIRTY, (WORKBOOKS / DIRTY).read_bytes())
        assert not isinstance(taking.apply(scope, roster_id), RosterRefusal)
    return roster_id


def files() -> int:
    with transaction.reading():
        return db.session.scalar(select(func.count()).select_from(RosterFile)) or 0


def seen(roster_id: int) -> rosters.RosterView:
    with transaction.reading():
        view = rosters.roster(scope_of(SCHOOL, CAMPAIGN), roster_id)
    assert view is not None
    return view


def after(days: float) -> object:
    return clock.set_to(clock.now() + timedelta(days=days))


def test_a_workbook_goes_after_its_days_and_the_day_is_kept(stage: Flask, roster_id: int) -> None:
    with after(29.9):
        ticks.clean()
        assert (files(), seen(roster_id).purged_at) == (1, None)
    with after(30.1):
        ticks.clean()
        view = seen(roster_id)
        assert files() == 0
        assert view.purged_at == clock.now()
        assert not view.has_file
        with transaction.reading():
            assert rosters.kept_file(scope_of(SCHOOL, CAMPAIGN), roster_id) is None


def test_the_number_of_days_is_a_setting(stage: Flask, roster_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(stage.config, "ROSTER_FILE_DAYS", 3)
    with after(3.1):
        assert ticks.clean().startswith("1 files")
        assert ticks.clean().startswith("0 files")


def test_plan_and_addresses_stay_and_the_cells_own_words_go(stage: Flask, roster_id: int) -> None:
    before, changes = problems(roster_id), new_people(roster_id)
    with transaction.reading():
        row = db.session.execute(select(Roster.summary, Roster.understood)).one()
    assert any(problem.value for problem in before)
    assert any(group.examples for group in seen(roster_id).summary.groups)
    with transaction.writing():
        roster_files.forget_file(scope_of(SCHOOL, CAMPAIGN), roster_id)
    assert [(p.sheet, p.row, p.column, p.text) for p in problems(roster_id)] == [(p.sheet, p.row, p.column, p.text) for p in before]
    assert new_people(roster_id) == changes
    with transaction.reading():
        kept = db.session.execute(select(RosterProblem.value, RosterProblem.row_values)).all()
        left = db.session.execute(select(Roster.summary, Roster.understood)).one()
    assert {tuple(values) for values in kept} == {("", None)}
    assert not any(group.examples for group in seen(roster_id).summary.groups)
    assert len(left.summary) < len(row.summary)


def problems(roster_id: int) -> tuple[roster_problems.ProblemView, ...]:
    with transaction.reading():
        return roster_problems.problems_page(scope_of(SCHOOL, CAMPAIGN), roster_id, 1000).rows


def new_people(roster_id: int) -> rosters.ChangesPage:
    with transaction.reading():
        return rosters.changes_page(scope_of(SCHOOL, CAMPAIGN), roster_id, Kind.NEW)


def test_what_could_not_be_read_or_was_stopped_goes_the_next_day(stage: Flask) -> None:
    with transaction.writing():
        scope = scope_of(SCHOOL, CAMPAIGN)
        stopped = roster_steps.receive(scope, DIRTY, (WORKBOOKS / DIRTY).read_bytes())
        assert runs.stop(scope, stopped)
    with after(0.9):
        ticks.clean()
        assert files() == 1
    with after(1.1):
        ticks.clean()
        assert files() == 0
        with transaction.writing():
            assert roster_steps.read_again(scope_of(SCHOOL, CAMPAIGN), stopped) is RosterRefusal.FILE_GONE


def test_only_the_rosters_own_file_is_forgotten(stage: Flask, roster_id: int) -> None:
    with transaction.writing():
        other = taking.receive(scope_of(OTHER_SCHOOL, CAMPAIGN), DIRTY, (WORKBOOKS / DIRTY).read_bytes())
        roster_files.forget_file(scope_of(OTHER_SCHOOL, CAMPAIGN), roster_id + 5)
        assert other == roster_id, "both are the first of their institution"
        roster_files.forget_file(scope_of(SCHOOL, CAMPAIGN), roster_id)
    with transaction.reading():
        assert rosters.kept_file(scope_of(OTHER_SCHOOL, CAMPAIGN), other)
        assert rosters.kept_file(scope_of(SCHOOL, CAMPAIGN), roster_id) is None
        values = select(func.count()).select_from(RosterProblem).where(RosterProblem.value != "")
        assert db.session.scalar(values)
        assert db.session.scalar(select(func.count()).select_from(ChangePage))
