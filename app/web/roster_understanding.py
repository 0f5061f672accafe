"""How a roster's file is understood, where the reader asks or somebody wants it otherwise: sheets, header rows, what columns mean."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, abort, flash, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from app import transaction
from app.domain.access import Action
from app.domain.runs import RunState
from app.domain.scope import CampaignScope
from app.queries import answers as kept_answers
from app.queries import campaigns, places, rosters, runs, terms
from app.services import wishes
from app.web import gate, roster_runs, roster_words
from app.web.render import respond
from app.web.roster_choices import LEFT_OUT, Look, choices_of, given_in, look_of, nothing_taken
from app.web.roster_review import address
from imports import preview
from imports.files.limits import MAX_HEADER_ROW
from imports.headings.meaning import FIELDS_TO_CHOOSE
from imports.values import Question

pages = Blueprint("roster_understanding", __name__)

_ROSTER = "/institutions/<institution_code>/campaigns/<campaign_code>/rosters/<int:roster_id>"
_QUICK_BYTES = 500_000  # a larger file is looked into only where the reader asks: the page has to come at once
_OF_SHEET = {"sheet", "example"}  # what a question says that differs from sheet to sheet
_SHEETS_NAMED = 8


@pages.get(f"{_ROSTER}/understanding")
@gate.in_campaign(Action.IMPORT)
def show_understanding(scope: CampaignScope, roster_id: int) -> Response | Answer:
    """The page, also after a reading that took long: where nothing of it has to be looked at, that leads on to the review."""
    look = look_of(request.args.get("look", ""))
    roster, run = rosters.roster(scope, roster_id) or abort(404), runs.run(scope, roster_id)
    if not any(look) or run is None or run.state is not RunState.DONE:
        return _show(scope, roster_id)
    if roster.status == "read" and not look.columns and not nothing_taken(roster, look):
        return redirect(address("rosters.show_roster", roster_id))
    return _show(scope, roster_id, look=look)


@pages.post(f"{_ROSTER}/understanding")
@gate.in_campaign(Action.IMPORT)
def update_understanding(scope: CampaignScope, roster_id: int) -> Response | Answer:
    """Read the file as was said. While a question is open, or a header row was only just pointed out, the page comes again."""
    roster = rosters.roster(scope, roster_id) or abort(404)
    kept = terms.kept_roster(scope, roster_id)
    given = given_in(roster, kept.terms.answer if kept else None, request.form)
    run = roster_runs.revise(scope, roster_id, wishes.to_read_as(given.answer))
    if not roster_runs.is_done(run):
        return roster_runs.shown(scope, roster_id, run, failed=_show, look=given.look.written)
    with transaction.reading():
        read = rosters.roster(scope, roster_id) or abort(404)
    if given.look.columns or nothing_taken(read, given.look):
        return redirect(address("roster_understanding.show_understanding", roster_id, look=given.look.written))
    if read.status == "asking":
        flash(gettext("Something is still open: answer what is asked above the sheets."), "warn")
        return redirect(address("roster_understanding.show_understanding", roster_id))
    kept_for_next = gettext("The file was read so. The next file with these headings is read in the same way.")
    flash(kept_for_next if read.fingerprint else gettext("The file was read so."), "good")
    return redirect(address("rosters.show_roster", roster_id))


@pages.post(f"{_ROSTER}/understanding/removal")
@gate.in_campaign(Action.IMPORT)
def forget_understanding(scope: CampaignScope, roster_id: int) -> Response | Answer:
    """Read this file and the next ones without what was said before."""
    run = roster_runs.revise(scope, roster_id, wishes.to_forget())
    if not roster_runs.is_done(run):
        return roster_runs.shown(scope, roster_id, run, failed=_show)
    flash(gettext("Forgotten: files with these headings are read by themselves again."), "good")
    return redirect(address("rosters.show_roster", roster_id))


def _show(scope: CampaignScope, roster_id: int, status: int = 200, *, look: Look = Look()) -> Response:  # noqa: B008 - a frozen value
    roster = rosters.roster(scope, roster_id) or abort(404)
    kept = terms.kept_roster(scope, roster_id)
    meant = kept.terms.answer if kept else None
    shows_file = kept is not None and (roster.status == "asking" or len(kept.data) <= _QUICK_BYTES)
    missed = nothing_taken(roster, look)
    return respond(
        "rosters/understanding.html",
        status=status,
        institution=places.institution(scope.within),
        campaign=campaigns.campaign(scope),
        roster=roster,
        sheets=choices_of(roster, preview(kept.data, kept.filename) if kept and shows_file else (), meant, missed),
        missed=[roster.understood.sheets[number] for number in missed],
        read_now=look.columns and not missed,
        questions=_questions(roster.understood.questions),
        remembered=kept_answers.answer_view(scope, roster.fingerprint) if roster.remembered else None,
        can_change=kept is not None and roster.status in ("asking", "read"),
        run=runs.run(scope, roster_id),
        said=roster_words,
        LEFT_OUT=LEFT_OUT,
        choices=FIELDS_TO_CHOOSE,
        MAX_HEADER_ROW=MAX_HEADER_ROW,
    )


def _questions(asked: Sequence[Question]) -> list[str]:
    """What is asked, once where several sheets ask the same."""
    alike: dict[tuple[object, ...], list[Question]] = {}
    for question in asked:
        alike.setdefault((question.code, question.column, *(p for p in question.params if p[0] not in _OF_SHEET)), []).append(question)
    return [_asked(*questions) for questions in alike.values()]


def _asked(first: Question, *others: Question) -> str:
    text = str(gettext(first.text, **dict(first.params)))
    if not others:
        return text
    sheets = ", ".join(question.sheet for question in others[:_SHEETS_NAMED]) + ("…" if len(others) > _SHEETS_NAMED else "")
    more = gettext("It is the same on %(count)s more sheets: %(sheets)s.", count=len(others), sheets=sheets)
    return f"{text} {more}"
