"""Undoing a roster: what would go, return and stay is shown first, and afterwards what has stayed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer
from wtforms import StringField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import HiddenInput

from app.domain.access import Action
from app.domain.runs import RunState
from app.domain.scope import CampaignScope
from app.domain.undoing import Why
from app.queries import campaigns, places, rosters, undoings
from app.queries.rosters import RosterView
from app.queries.runs import RunView
from app.queries.undoings import PAGE, KeptView
from app.services import undoing
from app.services.rosters import RosterRefusal
from app.services.undoing import Undone
from app.web import gate, roster_runs, roster_words
from app.web.ids import an_id
from app.web.render import respond

pages = Blueprint("undoings", __name__)

WHYS: dict[Why, LazyString] = {
    Why.EDITED: _("changed by hand since"),
    Why.RECORDED: _("something was recorded of them"),
    Why.PAPER: _("papers were looked at or uploaded"),
    Why.BATCH: _("their form is in a batch"),
    Why.DESK: _("expected at a registration desk"),
    Why.DIFFICULTY: _("a difficulty is noted"),
    Why.REMINDED: _("a reminder was sent"),
    Why.PAUSED: _("reminders are paused for them"),
    Why.OPTED_OUT: _("asked for no more messages"),
    Why.GUARDIAN: _("their guardians were changed by hand"),
    Why.GUARDS: _("is guardian of somebody who stays"),
    Why.LATER_ROSTER: _("stands in a later roster"),
    Why.OTHER_CAMPAIGN: _("takes part in another campaign"),
}


class UndoForm(FlaskForm):  # type: ignore[misc]
    """`seen` is the mark of what was shown."""

    seen = StringField(widget=HiddenInput(), validators=[DataRequired(), Length(max=64)])


@dataclass(frozen=True, slots=True)
class Stays:
    """One person with all that stays of them, and why. `fields` are values; without any, the person stays as a whole."""

    person_id: int
    name: str | None
    unit: str | None
    is_here: bool
    fields: str
    whys: str


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/rosters/<int:roster_id>/undoing")
@gate.in_campaign(Action.IMPORT)
def show_undoing(scope: CampaignScope, roster_id: int) -> Response | Answer:
    roster = rosters.roster(scope, roster_id) or abort(404)
    if roster.status not in ("applied", "undone"):
        return redirect(_review(roster_id))
    return _show(scope, roster)


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/rosters/<int:roster_id>/undoing")
@gate.in_campaign(Action.IMPORT)
def create_undoing(scope: CampaignScope, roster_id: int) -> Response | Answer:
    form = UndoForm()
    roster = rosters.roster(scope, roster_id) or abort(404)
    if roster.status not in ("applied", "undone"):
        flash(roster_words.REFUSALS[RosterRefusal.NOT_APPLIED], "bad")
        return redirect(_review(roster_id))
    if not form.validate():
        return _show(scope, roster, 422)
    run = roster_runs.undo(scope, roster_id, form.seen.data)
    refusal = roster_runs.refusal_of(run)
    if refusal:
        return _show(scope, rosters.roster(scope, roster_id) or abort(404), 409, refusal)
    if isinstance(run, RunView) and run.state is RunState.DONE:
        flash(gettext("The roster was undone."), "good")
    return redirect(roster_runs.where(run, roster_id))


def _show(scope: CampaignScope, roster: RosterView, status: int = 200, refusal: RosterRefusal | None = None) -> Response:
    """What would happen, for one that is applied; what has stayed, for one that is undone. `after` counts what was shown before."""
    after = max(request.args.get("after", 0, type=an_id), 0)
    foreseen = undoing.foreseen(scope, roster.id) if roster.status == "applied" else None
    if isinstance(foreseen, RosterRefusal):
        foreseen, refusal = None, refusal or foreseen
    kept = _kept(scope, roster, foreseen, after)
    return respond(
        "rosters/undoing.html",
        "rosters/_kept.html",
        status,
        institution=places.institution(scope.within),
        campaign=campaigns.campaign(scope),
        roster=roster,
        foreseen=foreseen,
        form=UndoForm(formdata=None, seen=foreseen.mark) if foreseen else None,
        refusal=refusal,
        stays=stays(kept.rows),
        after=after,
        next_after=kept.after,
        said=roster_words,
    )


def _kept(scope: CampaignScope, roster: RosterView, foreseen: Undone | None, after: int) -> undoings.KeptPage:
    if foreseen is None:
        return undoings.kept_page(scope, roster.id, after)
    rest = foreseen.kept[after : after + PAGE]
    return undoings.KeptPage(undoings.named(scope, rest), after + PAGE if len(foreseen.kept) > after + PAGE else None)


def stays(rows: Iterable[KeptView]) -> list[Stays]:
    """What stays, a line for each person."""
    return [_one(list(some)) for _number, some in groupby(rows, attrgetter("person_id"))]


def _one(rows: list[KeptView]) -> Stays:
    first = rows[0]
    fields = dict.fromkeys(str(roster_words.FIELDS["unit" if row.field == "unit_id" else row.field]) for row in rows if row.field)
    whole = any(row.field is None for row in rows)
    whys = dict.fromkeys(_why(row) for row in rows)
    return Stays(first.person_id, first.name, first.unit, first.is_here, "" if whole else ", ".join(fields), "; ".join(whys))


def _why(row: KeptView) -> str:
    if row.roster_id is not None:
        return str(gettext("stands in roster %(number)s, which came later", number=row.roster_id))
    return str(WHYS[row.why])


def _review(roster_id: int) -> str:
    place = request.view_args or {}
    return url_for(
        "rosters.show_roster", institution_code=place["institution_code"], campaign_code=place["campaign_code"], roster_id=roster_id
    )
