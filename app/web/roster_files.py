"""Files around a roster: the sender's own workbook with its findings marked, and a blank template to fill in.

The marked workbook names people, so taking it out is written down first: as with workbooks (`app.web.permits`), the download begins with
a POST, which answers with an address that holds for a minute and for this visitor alone. A template names nobody.
"""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, abort, flash, redirect, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app import roster_books
from app.domain.access import Action
from app.domain.scope import CampaignScope
from app.exports.roster_template import Who
from app.queries import places, roster_marks, rosters
from app.services import log
from app.services.rosters import RosterRefusal
from app.web import gate, permits, roster_words
from app.web.workbooks import XLSX

pages = Blueprint("roster_files", __name__)

ROSTERS = "/institutions/<institution_code>/campaigns/<campaign_code>/rosters"
MACROS = "application/vnd.ms-excel.sheet.macroEnabled.12"
NAMES = {Who.PUPILS: "mau-hoc-sinh", Who.STAFF: "mau-nguoi-lao-dong"}


@pages.post(f"{ROSTERS}/<int:roster_id>/returned")
@gate.in_campaign(Action.IMPORT)
def allow_returned(scope: CampaignScope, roster_id: int) -> Answer:
    roster = rosters.roster(scope, roster_id) or abort(404)
    if not roster_marks.keeps_file(scope, roster_id):
        return _gone()
    log.note(scope.actor, "exported-roster", institution_id=scope.institution_id, count=roster.people)
    return redirect(permits.address(scope, "roster_files.download_returned"), 303)


@pages.get(f"{ROSTERS}/<int:roster_id>/returned")
@gate.in_campaign(Action.IMPORT)
def download_returned(scope: CampaignScope, roster_id: int) -> Response | Answer:
    if rosters.roster(scope, roster_id) is None:
        abort(404)
    if not permits.holds(scope):
        flash(_("The download was not fetched in time. Press the button again."), "warn")
        return _to_review()
    book = roster_books.returned_book(scope, roster_id)
    if book is None:
        return _gone()
    kind = MACROS if book.filename.endswith(".xlsm") else XLSX
    return send_file(BytesIO(book.content), kind, as_attachment=True, download_name=book.filename)


@pages.get(f"{ROSTERS}/template")
@gate.in_campaign(Action.IMPORT)
def download_template(scope: CampaignScope) -> Response:
    """`for` names whom it is for; an institution without such people gets the one it needs."""
    institution = places.institution(scope.within)
    offered = roster_books.FOR_WHOM[institution.kind]
    who = next((who for who in offered if who == request.args.get("for")), offered[0])
    name = f"{NAMES[who]}-{institution.code}.xlsx"
    return send_file(BytesIO(roster_books.blank_book(scope.within, who)), XLSX, as_attachment=True, download_name=name)


def _gone() -> Answer:
    flash(str(roster_words.REFUSALS[RosterRefusal.FILE_GONE]), "warn")
    return _to_review()


def _to_review() -> Answer:
    return redirect(url_for("rosters.show_roster", **(request.view_args or {})), 303)
