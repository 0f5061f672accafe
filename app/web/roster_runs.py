"""What goes on with a roster in the background: how far it is, stopping it, and what is asked before it goes on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeGuard

from flask import Blueprint, Response, abort, current_app, make_response, redirect, request
from werkzeug.wrappers import Response as Answer

from app import transaction
from app.domain.access import Action
from app.domain.runs import STAGES, RunState, Stage
from app.domain.scope import CampaignScope
from app.jobs import rosters as background
from app.queries import campaigns, places, rosters, runs, terms
from app.queries.runs import Failure, RunView
from app.services import roster_steps, wishes
from app.services import runs as finished
from app.services.rosters import RosterRefusal
from app.web import gate, roster_words
from app.web.render import respond, wants_fragment
from app.web.roster_review import address, refused, show_review

pages = Blueprint("roster_runs", __name__)

Shown = Callable[[CampaignScope, int, int], Response | Answer]  # a page of a roster, with a status


def upload(scope: CampaignScope, filename: str, data: bytes) -> str | Failure:
    """Keep a workbook and read it; answers where to look, or why it can't be taken. A small one is read by then."""
    with transaction.writing():
        roster_id = roster_steps.receive(scope, filename, data)
    run = go_on(scope, roster_id)
    if run.failure and run.failure.text:
        with transaction.writing():
            roster_steps.take_back(scope, roster_id)
        return run.failure
    return where(run, roster_id)


def apply(scope: CampaignScope, roster_id: int, review: int | None) -> RunView | RosterRefusal:
    """Let in what was reviewed; `review` says which plan was looked at."""
    with transaction.writing():
        refused = roster_steps.begin_applying(scope, roster_id, review)
    return refused or go_on(scope, roster_id)


def undo(scope: CampaignScope, roster_id: int, seen: str) -> RunView | RosterRefusal:
    """Undo what was let in; `seen` is the mark of what was shown beforehand."""
    with transaction.writing():
        refused = roster_steps.begin_undoing(scope, roster_id, seen)
    return refused or go_on(scope, roster_id)


def revise(scope: CampaignScope, roster_id: int, wish: str) -> RunView | RosterRefusal:
    """Make a review anew with something changed (`services.wishes`). What can't be is refused at once, without reading the file."""
    with transaction.reading():
        kept = terms.kept_roster(scope, roster_id)
        if kept is None:
            return RosterRefusal.FILE_GONE if rosters.roster(scope, roster_id) else RosterRefusal.UNKNOWN
        revision = wishes.revision(scope, kept, wish)
    if isinstance(revision, RosterRefusal):
        return revision
    with transaction.writing():
        refused = roster_steps.begin_revising(scope, roster_id, wish)
    return refused or go_on(scope, roster_id)


def go_on_with_waiting(scope: CampaignScope, roster_id: int) -> RunView | RosterRefusal:
    """Make a roster of the rows that waited when the others went in."""
    with transaction.writing():
        refused = roster_steps.begin_continuing(scope, roster_id)
    return refused or go_on(scope, roster_id)


def read_again(scope: CampaignScope, roster_id: int) -> RunView | RosterRefusal:
    """Read the kept file anew."""
    with transaction.writing():
        refused = roster_steps.read_again(scope, roster_id)
    return refused or go_on(scope, roster_id)


def go_on(scope: CampaignScope, roster_id: int) -> RunView:
    """Start a run that has been asked for, and wait a moment for its end."""
    under_way = background.start(scope.institution_id, roster_id)
    with suppress(TimeoutError):
        under_way.result(current_app.config["ROSTER_PATIENCE"])
    with transaction.reading():
        return runs.run(scope, roster_id) or abort(404)


def where(run: RunView | RosterRefusal, roster_id: int, look: str | None = None) -> str:
    """Where to look: at how far it is, or at what came of it. `look`: what there is to see of an understanding afterwards."""
    if isinstance(run, RunView) and run.is_unfinished:
        return address("roster_runs.show_run", roster_id, look=look)
    return address("rosters.show_roster", roster_id)


def refusal_of(run: RunView | RosterRefusal) -> RosterRefusal | None:
    """The refusal with which a run was not begun, or ended; other failures speak for themselves."""
    if isinstance(run, RosterRefusal):
        return run
    code = run.failure.code if run.failure else None
    return RosterRefusal(code) if code in set(RosterRefusal) else None


def is_done(run: RunView | RosterRefusal) -> TypeGuard[RunView]:
    return isinstance(run, RunView) and run.state is RunState.DONE


def shown(
    scope: CampaignScope, roster_id: int, run: RunView | RosterRefusal, *, failed: Shown = show_review, look: str | None = None
) -> Response | Answer:
    """What came of a run, or how far it is. Where the file can't be taken, a page says so (`failed`), and the review stays as it was. What
    was told so needn't be told again by the next page."""
    refusal = refusal_of(run)
    if refusal is None and not (isinstance(run, RunView) and run.failure):
        return on_to(where(run, roster_id, look))
    answer = refused(scope, roster_id, refusal) if refusal else failed(scope, roster_id, 422)
    if isinstance(run, RunView):
        with transaction.writing():
            finished.forget(scope, roster_id)
    return answer


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/rosters/<int:roster_id>/run")
@gate.in_campaign(Action.IMPORT)
def show_run(scope: CampaignScope, roster_id: int) -> Response | Answer:
    """How far a run is. The page asks anew each second, until the answer leads on to what came of it. Where nobody is at it any more, this
    process takes it up, beside the request and in a unit of work of its own."""
    roster = rosters.roster(scope, roster_id) or abort(404)
    run, look = runs.run(scope, roster_id), request.args.get("look") or None
    if run is None or not run.is_unfinished:
        return on_to(
            address("roster_understanding.show_understanding", roster_id, look=look) if look else address("rosters.show_roster", roster_id)
        )
    if run.is_left:
        background.start(scope.institution_id, roster_id)
    stage, done, total = background.progress(run)
    stages = STAGES[run.task]
    now = Stage(stage) if stage in stages else None
    return respond(
        "rosters/run.html",
        "rosters/_progress.html",
        institution=places.institution(scope.within),
        campaign=campaigns.campaign(scope),
        roster=roster,
        run=run,
        stages=stages,
        now=now,
        done=done,
        total=total,
        look=look,
        percent=_percent(stages, now, done, total),
        anew=wants_fragment() and request.args.get("seen", "") != (now or ""),
        said=roster_words,
    )


def _percent(stages: tuple[Stage, ...], now: Stage | None, done: int, total: int) -> int:
    """Of the whole way, each stage an equal part of it."""
    if now is None:
        return 0
    return int(100 * (stages.index(now) + (min(done / total, 1) if total else 0)) / len(stages))


def on_to(target: str) -> Response | Answer:
    """Lead to another page, also from a request that wants a fragment of this one."""
    if not wants_fragment():
        return redirect(target)
    answer = make_response("", 200)
    answer.headers["HX-Redirect"] = target
    return answer


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/rosters/<int:roster_id>/run/stop")
@gate.in_campaign(Action.IMPORT)
def stop_run(scope: CampaignScope, roster_id: int) -> Answer:
    """Nothing of what is stopped is kept. What ends in this very moment is done."""
    with transaction.reading():
        run = runs.run(scope, roster_id)
    if run is None:
        abort(404)
    if run.is_unfinished:
        background.stop(scope, run)
        run = go_on(scope, roster_id) if run.state is RunState.WAITING else _settled(scope, run)
    return redirect(where(run, roster_id))


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/rosters/<int:roster_id>/run/removal")
@gate.in_campaign(Action.IMPORT)
def forget_run(scope: CampaignScope, roster_id: int) -> Answer:
    """Somebody has seen that a change failed or was stopped. Why a file was never read stays with it."""
    roster = rosters.roster(scope, roster_id) or abort(404)
    if roster.is_read:
        finished.forget(scope, roster_id)
    return redirect(address("rosters.show_roster", roster_id))


def _settled(scope: CampaignScope, run: RunView) -> RunView:
    with transaction.reading():
        return runs.run(scope, run.roster_id) or run


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/rosters/<int:roster_id>/confirmation")
@gate.in_campaign(Action.IMPORT)
def create_confirmation(scope: CampaignScope, roster_id: int) -> Answer:
    """Go on with a file about which something was asked."""
    with transaction.writing():
        refusal = roster_steps.confirm(scope, roster_id)
    if refusal is RosterRefusal.UNKNOWN:
        abort(404)
    return redirect(address("rosters.show_roster", roster_id))
