"""A roster goes in: upload, review, apply. What waits and who is absent is shown; nobody is ever removed by a file."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired, FileSize
from werkzeug.wrappers import Response as Answer

from app import roster_books, transaction
from app.config import MAX_UPLOAD_BYTES
from app.domain.access import Action
from app.domain.runs import Task
from app.domain.scope import CampaignScope
from app.queries import campaigns, places, rosters
from app.queries.runs import RunView
from app.services import rosters as taking
from app.services.rosters import RosterRefusal
from app.web import gate, roster_runs, roster_words
from app.web.ids import an_id
from app.web.render import respond
from app.web.roster_review import address, refused, show_review
from imports.files.limits import MAX_ROWS

pages = Blueprint("rosters", __name__)

_ROSTER = "/institutions/<institution_code>/campaigns/<campaign_code>/rosters/<int:roster_id>"
MEGABYTES = MAX_UPLOAD_BYTES // 1024**2
TOO_LARGE = _("The file is larger than %(size)s MB. Leave out pictures and sheets that are not needed.", size=MEGABYTES)


class UploadForm(FlaskForm):  # type: ignore[misc]
    workbook = FileField(_("Roster"), [FileRequired(_("Choose the file first.")), FileSize(MAX_UPLOAD_BYTES, message=TOO_LARGE)])


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/rosters")
@gate.in_campaign(Action.IMPORT)
def list_rosters(scope: CampaignScope) -> Response:
    return _show_list(scope, UploadForm())


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/rosters")
@gate.in_campaign(Action.IMPORT)
def create_roster(scope: CampaignScope) -> Response | Answer:
    """The file is kept, and read in the background; one that is read soon leads to its review."""
    form = UploadForm()
    if form.validate():
        file = form.workbook.data
        answer = roster_runs.upload(scope, file.filename, file.read())
        if isinstance(answer, str):
            return redirect(answer)
        form.workbook.errors = [roster_words.failed(answer)]
    return _show_list(scope, form, 422)


def _show_list(scope: CampaignScope, form: UploadForm, status: int = 200) -> Response:
    institution = places.institution(scope.within)
    return respond(
        "rosters/list.html",
        status=status,
        institution=institution,
        campaign=campaigns.campaign(scope),
        rosters=rosters.rosters(scope),
        templates=roster_books.FOR_WHOM[institution.kind],
        form=form,
        megabytes=MEGABYTES,
        max_rows=MAX_ROWS,
        said=roster_words,
    )


@pages.get(_ROSTER)
@gate.in_campaign(Action.IMPORT)
def show_roster(scope: CampaignScope, roster_id: int) -> Response | Answer:
    return show_review(scope, roster_id)


@pages.post(f"{_ROSTER}/application")
@gate.in_campaign(Action.IMPORT)
def create_application(scope: CampaignScope, roster_id: int) -> Response | Answer:
    """Let the reviewed rows in. Where people have changed meanwhile, the file is planned again: if every row would still do the same, they
    go in; if not, only the others have to be looked at."""
    run = roster_runs.apply(scope, roster_id, request.form.get("review", type=an_id))
    if roster_runs.refusal_of(run) is RosterRefusal.STALE:
        run = _apply_anew(scope, roster_id)
    return roster_runs.shown(scope, roster_id, run)


def _apply_anew(scope: CampaignScope, roster_id: int) -> RunView | RosterRefusal:
    """The refusal leaves nothing behind, but the new review it leads to has to stay: that is a run of its own."""
    run = roster_runs.read_again(scope, roster_id)
    if not roster_runs.is_done(run):
        return run
    with transaction.reading():
        roster = rosters.roster(scope, roster_id)
    return roster_runs.apply(scope, roster_id, None) if roster and not roster.again else RosterRefusal.STALE


@pages.post(f"{_ROSTER}/readings")
@gate.in_campaign(Action.IMPORT)
def create_reading(scope: CampaignScope, roster_id: int) -> Response | Answer:
    """Plan the kept file again, because people have changed; or read it all the same after it was stopped."""
    run = roster_runs.read_again(scope, roster_id)
    if roster_runs.is_done(run) and run.task is Task.REREADING:
        with transaction.reading():
            again = getattr(rosters.roster(scope, roster_id), "again", 0)
        marked = gettext("The review is up to date again. Rows that would do something else than before are marked.")
        flash(marked if again else gettext("The review is up to date again: every row would still do the same."), "good")
    return roster_runs.shown(scope, roster_id, run)


@pages.post(f"{_ROSTER}/continuations")
@gate.in_campaign(Action.IMPORT)
def create_continuation(scope: CampaignScope, roster_id: int) -> Response | Answer:
    """Go on with the rows that waited when the others went in. Where somebody has done so, theirs is the review."""
    with transaction.reading():
        known = rosters.continued_by(scope, roster_id)
    if known:
        return redirect(address("rosters.show_roster", known))
    run = roster_runs.go_on_with_waiting(scope, roster_id)
    if roster_runs.is_done(run):
        with transaction.reading():
            known = rosters.continued_by(scope, roster_id)
        return redirect(address("rosters.show_roster", known or roster_id))
    return roster_runs.shown(scope, roster_id, run)


@pages.post(f"{_ROSTER}/removal")
@gate.in_campaign(Action.IMPORT)
def discard_roster(scope: CampaignScope, roster_id: int) -> Response | Answer:
    refusal = taking.discard(scope, roster_id)
    if refusal is not None:
        return refused(scope, roster_id, refusal)
    flash(gettext("The review was put away. Nothing was imported from it."), "good")
    return redirect(address("rosters.list_rosters"))
