"""A roster goes in: upload, review, apply. What waits and who is absent is shown; nobody is ever removed by a file."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired, FileSize
from werkzeug.wrappers import Response as Answer

from app import roster_books, transaction
from app.config import MAX_UPLOAD_BYTES
from app.domain.access import Action
from app.domain.scope import CampaignScope
from app.queries import campaigns, places, rosters
from app.queries.rosters import RosterView
from app.services import rosters as taking
from app.services.rosters import RosterRefusal
from app.web import gate, roster_words
from app.web.ids import an_id
from app.web.render import respond
from app.web.roster_sheets import draw, fields_of, shown
from imports.limits import MAX_ROWS
from imports.values import Kind, Severity, Unreadable

pages = Blueprint("rosters", __name__)

MEGABYTES = MAX_UPLOAD_BYTES // 1024**2
TOO_LARGE = _("The file is larger than %(size)s MB. Leave out pictures and sheets that are not needed.", size=MEGABYTES)


class Tab(StrEnum):
    """The parts of a review."""

    PROBLEMS = "problems"
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WAITING = "waiting"
    ABSENT = "absent"
    REPAIRS = "repairs"


_SEVERITIES = {Tab.PROBLEMS: frozenset({Severity.ERROR, Severity.WARNING}), Tab.REPAIRS: frozenset({Severity.REPAIR})}
_WORTH_SEEING = (Tab.PROBLEMS, Tab.CHANGED, Tab.NEW)


class UploadForm(FlaskForm):  # type: ignore[misc]
    workbook = FileField(_("Excel workbook"), [FileRequired(_("Choose the file first.")), FileSize(MAX_UPLOAD_BYTES, message=TOO_LARGE)])


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/rosters")
@gate.in_campaign(Action.IMPORT)
def list_rosters(scope: CampaignScope) -> Response:
    return _show_list(scope, UploadForm())


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/rosters")
@gate.in_campaign(Action.IMPORT)
def create_roster(scope: CampaignScope) -> Response | Answer:
    """The file is read before the database is touched: reading takes long and must hold no lock."""
    form = UploadForm()
    if form.validate():
        file = form.workbook.data
        try:
            return redirect(_address("rosters.show_roster", taking.receive(scope, file.filename, file.read())))
        except Unreadable as unreadable:
            form.workbook.errors = [gettext(unreadable.text, **unreadable.params)]
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


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/rosters/<int:roster_id>")
@gate.in_campaign(Action.IMPORT)
def show_roster(scope: CampaignScope, roster_id: int) -> Response:
    return _show_review(scope, roster_id)


def _show_review(scope: CampaignScope, roster_id: int, status: int = 200, refusal: RosterRefusal | None = None) -> Response:
    """The review, one part of it at a time; `after` is the number of the last row of the page before."""
    roster = rosters.roster(scope, roster_id) or abort(404)
    tab, after = _tab(roster), max(request.args.get("after", 0, type=an_id), 0)
    return respond(
        "rosters/review.html",
        "rosters/_changes.html",
        status,
        institution=places.institution(scope.within),
        campaign=campaigns.campaign(scope),
        roster=roster,
        tab=tab,
        Tab=Tab,
        after=after,
        refusal=refusal,
        said=roster_words,
        shown=shown,
        **_part(scope, roster, tab, after),
    )


def _part(scope: CampaignScope, roster: RosterView, tab: Tab, after: int) -> dict[str, Any]:
    """What the template needs for one part: findings drawn into sheets, or what rows would do."""
    severities = _SEVERITIES.get(tab)
    if severities:
        found = rosters.problems_page(scope, roster.id, severities, after)
        return {"sheets": draw(found.rows, roster.understood.columns), "next_after": found.after}
    changes = rosters.changes_page(scope, roster.id, Kind(tab), after)
    return {"changes": changes.rows, "fields": fields_of(change.row for change in changes.rows if change.row), "next_after": changes.after}


def _tab(roster: RosterView) -> Tab:
    """The part that the URL asks for, else the first one in which there is something to see."""
    if request.args.get("show") in set(Tab):
        return Tab(request.args["show"])
    return next((tab for tab in _WORTH_SEEING if getattr(roster, tab)), Tab.SAME)


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/rosters/<int:roster_id>/application")
@gate.in_campaign(Action.IMPORT)
def create_application(scope: CampaignScope, roster_id: int) -> Response | Answer:
    """Let the reviewed rows in. A review that has become stale is not applied: its file is read again, and the new review shown."""
    answer = taking.apply(scope, roster_id)
    if not isinstance(answer, RosterRefusal):
        return redirect(_address("rosters.show_roster", roster_id))
    if answer is RosterRefusal.STALE:
        return _read_again(scope, roster_id)
    return _refused(scope, roster_id, answer)


def _read_again(scope: CampaignScope, roster_id: int) -> Response:
    """The refusal leaves nothing behind, but the new review it leads to has to stay: that is this request's unit of work."""
    answer = _reread(scope, roster_id)
    if isinstance(answer, RosterRefusal):
        return _refused(scope, roster_id, answer)
    return _show_review(scope, answer, 409, RosterRefusal.STALE)


def _reread(scope: CampaignScope, roster_id: int) -> int | RosterRefusal:
    """The file is fetched in a unit of its own, so that reading it again holds up nobody who writes."""
    with transaction.reading():
        kept = rosters.kept_file(scope, roster_id)
        known = rosters.roster(scope, roster_id)
    if kept is None or known is None:
        return RosterRefusal.FILE_GONE if known else RosterRefusal.UNKNOWN
    with transaction.writing():
        return taking.reread(scope, roster_id, *kept)


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/rosters/<int:roster_id>/readings")
@gate.in_campaign(Action.IMPORT)
def create_reading(scope: CampaignScope, roster_id: int) -> Response | Answer:
    """Read the kept file again, because people have changed."""
    answer = _reread(scope, roster_id)
    if isinstance(answer, RosterRefusal):
        return _refused(scope, roster_id, answer)
    flash(gettext("The file has been read again. This is the new review."), "good")
    return redirect(_address("rosters.show_roster", answer))


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/rosters/<int:roster_id>/removal")
@gate.in_campaign(Action.IMPORT)
def discard_roster(scope: CampaignScope, roster_id: int) -> Response | Answer:
    refusal = taking.discard(scope, roster_id)
    if refusal is not None:
        return _refused(scope, roster_id, refusal)
    flash(gettext("The review was put away. Nothing was imported from it."), "good")
    return redirect(_address("rosters.list_rosters"))


def _refused(scope: CampaignScope, roster_id: int, refusal: RosterRefusal) -> Response:
    if refusal is RosterRefusal.UNKNOWN:
        abort(404)
    return _show_review(scope, roster_id, 409, refusal)


def _address(endpoint: str, roster_id: int | None = None) -> str:
    """A page of the place that this request is at."""
    place = request.view_args or {}
    return url_for(endpoint, institution_code=place["institution_code"], campaign_code=place["campaign_code"], roster_id=roster_id)
