"""Runs in the background: how far a roster's is, which wait for whom, which nobody takes care of."""

from __future__ import annotations

from dataclasses import dataclass

import orjson
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from app import clock
from app.domain.access import Role
from app.domain.runs import SILENT, UNFINISHED, RunState, Task
from app.domain.scope import Actor, CampaignScope, InstitutionScope
from app.extensions import db
from app.models import Roster, RosterRun


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run did not succeed. `text` is a msgid with `params`; None where the code says it all."""

    code: str
    text: str | None
    params: dict[str, str]


@dataclass(frozen=True, slots=True)
class RunView:
    """A roster's present or last run. `behind` is the name of the file that is being worked on first; `is_left` that nobody is at it."""

    institution_id: int
    roster_id: int
    task: Task
    state: RunState
    token: str | None
    is_stopping: bool
    stage: str | None
    done: int
    total: int
    failure: Failure | None
    behind: str | None
    is_left: bool

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED


@dataclass(frozen=True, slots=True)
class Claimed:
    """A run that this process is at: for whom, and by which token it is ours."""

    scope: CampaignScope
    roster_id: int
    task: Task
    token: str
    filename: str
    seen: str | None
    wish: str | None


def run(scope: CampaignScope, roster_id: int) -> RunView | None:
    """The roster's present run, or its last one."""
    found = db.session.execute(
        select(RosterRun)
        .join(Roster, and_(Roster.institution_id == RosterRun.institution_id, Roster.id == RosterRun.roster_id))
        .where(RosterRun.institution_id == scope.institution_id, RosterRun.roster_id == roster_id, Roster.campaign_id == scope.campaign_id)
    ).scalar_one_or_none()
    return _view(found) if found else None


def is_under_way(scope: CampaignScope, roster_id: int) -> bool:
    state = db.session.scalar(
        select(RosterRun.state).where(RosterRun.institution_id == scope.institution_id, RosterRun.roster_id == roster_id)
    )
    return state in UNFINISHED


def left() -> list[tuple[int, int]]:
    """(institution, roster) of each institution's next run, if nobody is at it. For jobs, which have no visitor."""
    first = (
        select(RosterRun.institution_id, func.min(RosterRun.number).label("number"))
        .where(RosterRun.state.in_(UNFINISHED))
        .group_by(RosterRun.institution_id)
        .subquery()
    )
    statement = (
        select(RosterRun.institution_id, RosterRun.roster_id)
        .join(first, and_(first.c.institution_id == RosterRun.institution_id, first.c.number == RosterRun.number))
        .where(or_(RosterRun.state == RunState.WAITING, RosterRun.beaten_at < clock.now() - SILENT))
    )
    return [(row.institution_id, row.roster_id) for row in db.session.execute(statement)]


def next_of(institution_id: int) -> int | None:
    """The roster whose run is an institution's next."""
    return db.session.scalar(
        select(RosterRun.roster_id)
        .where(RosterRun.institution_id == institution_id, RosterRun.state.in_(UNFINISHED))
        .order_by(RosterRun.number)
        .limit(1)
    )


def tokens() -> frozenset[str]:
    """The claims of all runs that somebody is at, or was when his process ended."""
    return frozenset(db.session.scalars(select(RosterRun.token).where(RosterRun.state.in_(UNFINISHED), RosterRun.token.is_not(None))))


def claimed(institution_id: int, roster_id: int, token: str) -> Claimed:
    """The run that has just been claimed, with the scope that its row gives it."""
    statement = (
        select(RosterRun, Roster.campaign_id, Roster.filename)
        .join(Roster, and_(Roster.institution_id == RosterRun.institution_id, Roster.id == RosterRun.roster_id))
        .where(RosterRun.institution_id == institution_id, RosterRun.roster_id == roster_id, RosterRun.token == token)
    )
    row, campaign_id, filename = db.session.execute(statement).one()
    within = InstitutionScope(Actor(row.user_id, row.actor), Role(row.role), institution_id)
    return Claimed(CampaignScope(within, campaign_id), roster_id, Task(row.task), token, filename, row.seen, row.wish)


def _view(row: RosterRun) -> RunView:
    silent = row.beaten_at is None or row.beaten_at < clock.now() - SILENT
    behind = _behind(row) if row.state == RunState.WAITING else None
    return RunView(
        institution_id=row.institution_id,
        roster_id=row.roster_id,
        task=Task(row.task),
        state=RunState(row.state),
        token=row.token,
        is_stopping=row.is_stopping,
        stage=row.stage,
        done=row.done,
        total=row.total,
        failure=Failure(*orjson.loads(row.failure)) if row.failure else None,
        behind=behind,
        is_left=not behind and (row.state == RunState.WAITING or (row.state == RunState.RUNNING and silent)),
    )


def _behind(row: RosterRun) -> str | None:
    """The name of the file whose run comes before."""
    earlier = aliased(RosterRun)
    return db.session.scalar(
        select(Roster.filename)
        .join(earlier, and_(earlier.institution_id == Roster.institution_id, earlier.roster_id == Roster.id))
        .where(Roster.institution_id == row.institution_id, earlier.state.in_(UNFINISHED), earlier.number < row.number)
        .order_by(earlier.number)
        .limit(1)
    )
