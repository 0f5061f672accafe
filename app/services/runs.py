"""Runs in the background as rows: asked for, claimed by one process, beating while it works, ended in the unit that keeps what it did."""

from __future__ import annotations

import secrets
from typing import Any, cast

import orjson
from sqlalchemy import ColumnElement, CursorResult, and_, delete, func, or_, select, update

from app import clock
from app.domain.runs import MOST_TAKES, SILENT, UNFINISHED, RunState, Task
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Roster, RosterRun
from app.queries.runs import Claimed, Failure, claimed
from app.services.numbers import allot

BROKEN = Failure("broken", None, {})


class Lost(Exception):
    """Another process has taken the run over; what this one did of it must not be kept."""


def ask(scope: CampaignScope, roster_id: int, task: Task, seen: str | None = None, wish: str | None = None) -> bool:
    """Ask for a run; False where one is under way with this roster. Handed to the task are `seen`, what had been shown to whoever asks, and
    `wish`, what is wanted. The institution's row is locked, so runs are numbered as they come."""
    number = allot(scope.institution_id)
    under_way = db.session.scalar(select(RosterRun.state).where(_of(scope.institution_id, roster_id)).with_for_update())
    if under_way in UNFINISHED:
        return False
    db.session.execute(delete(RosterRun).where(_of(scope.institution_id, roster_id)).execution_options(synchronize_session=False))
    db.session.add(
        RosterRun(
            institution_id=scope.institution_id,
            roster_id=roster_id,
            number=number,
            task=task,
            state=RunState.WAITING,
            user_id=scope.actor.user_id,
            actor=scope.actor.name,
            role=scope.within.role,
            seen=seen,
            wish=wish,
            asked_at=clock.now(),
            taken=0,
            is_stopping=False,
            done=0,
            total=0,
        )
    )
    db.session.flush()
    return True


def claim(institution_id: int, roster_id: int) -> Claimed | None:
    """Take a run up that waits, or that its process has left; None where it isn't its turn or somebody is at it."""
    turn = (
        select(func.min(RosterRun.number))
        .where(RosterRun.institution_id == institution_id, RosterRun.state.in_(UNFINISHED))
        .scalar_subquery()
    )
    free = or_(RosterRun.state == RunState.WAITING, and_(RosterRun.state == RunState.RUNNING, RosterRun.beaten_at < clock.now() - SILENT))
    token = secrets.token_hex(16)
    now = {"token": token, "beaten_at": clock.now(), "taken": RosterRun.taken + 1, "stage": None, "done": 0, "total": 0}
    taken = _moved(and_(_of(institution_id, roster_id), RosterRun.number == turn, free), state=RunState.RUNNING, **now)
    return claimed(institution_id, roster_id, token) if taken else None


def is_worn_out(run: Claimed) -> bool:
    """Whether it has been tried so often that the next try would only end one process more."""
    taken = db.session.scalar(select(RosterRun.taken).where(_ours(run)))
    return (taken or 0) > MOST_TAKES


def beat(run: Claimed, stage: str | None, done: int, total: int) -> bool:
    """A sign of life; False where the run has been stopped, or is no longer ours."""
    if not _moved(_ours(run), beaten_at=clock.now(), stage=stage, done=done, total=total):
        return False
    return not db.session.scalar(select(RosterRun.is_stopping).where(_ours(run)))


def end(run: Claimed) -> None:
    """The run has succeeded. Belongs into the unit of work that keeps what it did; raises `Lost`, so that nothing is, if it isn't ours."""
    if not _moved(_ours(run), state=RunState.DONE, wish=None, ended_at=clock.now()):
        raise Lost


def fail(run: Claimed, failure: Failure) -> None:
    """The run can't succeed; a roster that was never read stays as one that failed."""
    said = orjson.dumps([failure.code, failure.text, failure.params]).decode()
    if _moved(_ours(run), state=RunState.FAILED, wish=None, failure=said, ended_at=clock.now()):
        _never_read(run.scope.institution_id, run.roster_id, "failed")


def stopped(run: Claimed) -> None:
    if _moved(_ours(run), state=RunState.STOPPED, wish=None, ended_at=clock.now()):
        _never_read(run.scope.institution_id, run.roster_id, "stopped")


def let_go(run: Claimed) -> None:
    """This process ends, or the database was too busy: somebody else may go on at once. It was nobody's fault, so it is not counted."""
    _moved(_ours(run), state=RunState.WAITING, token=None, taken=RosterRun.taken - 1)


def stop(scope: CampaignScope, roster_id: int) -> bool:
    """Ask for a run to stop: one that waits or was left ends now, one that is at work ends soon. False where none is under way."""
    here = _of(scope.institution_id, roster_id)
    left = or_(RosterRun.state == RunState.WAITING, and_(RosterRun.state == RunState.RUNNING, RosterRun.beaten_at < clock.now() - SILENT))
    if _moved(and_(here, left), state=RunState.STOPPED, wish=None, token=None, ended_at=clock.now()):
        _never_read(scope.institution_id, roster_id, "stopped")
        return True
    return _moved(and_(here, RosterRun.state == RunState.RUNNING), is_stopping=True)


def forget(scope: CampaignScope, roster_id: int) -> None:
    """Let go of a change that failed or was stopped and of which that has been told: the review is the one of before."""
    over = and_(_of(scope.institution_id, roster_id), RosterRun.state.in_([RunState.FAILED, RunState.STOPPED]))
    db.session.execute(delete(RosterRun).where(over).execution_options(synchronize_session=False))


def _of(institution_id: int, roster_id: int) -> ColumnElement[bool]:
    return and_(RosterRun.institution_id == institution_id, RosterRun.roster_id == roster_id)


def _ours(run: Claimed) -> ColumnElement[bool]:
    return and_(_of(run.scope.institution_id, run.roster_id), RosterRun.token == run.token, RosterRun.state == RunState.RUNNING)


def _moved(which: ColumnElement[bool], **values: Any) -> bool:
    moved = db.session.execute(update(RosterRun).where(which).values(values).execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", moved).rowcount == 1


def _never_read(institution_id: int, roster_id: int, status: str) -> None:
    db.session.execute(
        update(Roster)
        .where(Roster.institution_id == institution_id, Roster.id == roster_id, Roster.status == "reading")
        .values(status=status)
        .execution_options(synchronize_session=False)
    )
