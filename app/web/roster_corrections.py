"""What a coordinator changes in a review: a cell typed anew, a repair that is not wanted; both can be taken back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Regexp

from app import transaction
from app.domain.access import Action
from app.domain.scope import CampaignScope
from app.queries import rosters
from app.queries.summaries import GroupView
from app.services import wishes
from app.services.rosters import RosterRefusal
from app.web import gate, roster_runs
from app.web.ids import LARGEST, an_id
from app.web.render import wants_fragment
from app.web.roster_review import address, group_asked_for, refused, show_review
from imports.values import Correction

pages = Blueprint("roster_corrections", __name__)

_ROSTER = "/institutions/<institution_code>/campaigns/<campaign_code>/rosters/<int:roster_id>"


class CellForm(FlaskForm):  # type: ignore[misc]
    sheet = StringField(validators=[InputRequired(), Length(max=255)])
    row = IntegerField(validators=[InputRequired(), NumberRange(1, LARGEST)])
    column = StringField(validators=[InputRequired(), Regexp("^[A-Z]{1,3}$")])
    text = StringField()

    def cell(self) -> Correction:
        text = "".join(sign if sign.isprintable() else " " for sign in self.text.data or "")
        return Correction(self.sheet.data, self.row.data, self.column.data, text)


class RepairForm(FlaskForm):  # type: ignore[misc]
    field = StringField(validators=[InputRequired(), Length(max=60)])
    code = StringField(validators=[InputRequired(), Length(max=60)])


@pages.post(f"{_ROSTER}/corrections")
@gate.in_campaign(Action.IMPORT)
def create_correction(scope: CampaignScope, roster_id: int) -> Response | Answer:
    """Judge a cell by what was typed, with its whole column."""
    form = CellForm()
    if not form.validate():
        return refused(scope, roster_id, RosterRefusal.NO_SUCH_CELL)
    cell = form.cell()
    told = gettext("Cell %(cell)s was judged anew.", cell=f"{cell.column}{cell.row}")
    return _revised(scope, roster_id, wishes.to_correct(cell), told)


@pages.post(f"{_ROSTER}/corrections/removal")
@gate.in_campaign(Action.IMPORT)
def remove_correction(scope: CampaignScope, roster_id: int) -> Response | Answer:
    form = CellForm()
    if not form.validate():
        return refused(scope, roster_id, RosterRefusal.NO_SUCH_CELL)
    cell = form.cell()
    told = gettext("Cell %(cell)s has again what the file has there.", cell=f"{cell.column}{cell.row}")
    return _revised(scope, roster_id, wishes.to_take_back(cell), told)


@pages.post(f"{_ROSTER}/refusals")
@gate.in_campaign(Action.IMPORT)
def create_refusal(scope: CampaignScope, roster_id: int) -> Response | Answer:
    """Leave out the values that one kind of repair would give."""
    form = RepairForm()
    if not form.validate():
        return refused(scope, roster_id, RosterRefusal.NO_SUCH_CELL)
    told = gettext("These repairs are not taken. Their values are left out.")
    return _revised(scope, roster_id, wishes.to_refuse(form.field.data, form.code.data), told)


@pages.post(f"{_ROSTER}/refusals/removal")
@gate.in_campaign(Action.IMPORT)
def remove_refusal(scope: CampaignScope, roster_id: int) -> Response | Answer:
    form = RepairForm()
    if not form.validate():
        return refused(scope, roster_id, RosterRefusal.NO_SUCH_CELL)
    told = gettext("These repairs are taken again.")
    return _revised(scope, roster_id, wishes.to_accept(form.field.data, form.code.data), told)


def _revised(scope: CampaignScope, roster_id: int, wish: str, told: str) -> Response | Answer:
    """Change how a roster's file is read and show the new review, in place where HTMX asks; how far it is, where that takes long."""
    with transaction.reading():
        before = rosters.roster(scope, roster_id) or abort(404)
        chosen = group_asked_for(before, request.form.get("group", type=an_id))
    run = roster_runs.revise(scope, roster_id, wish)
    if not roster_runs.is_done(run):
        return roster_runs.shown(scope, roster_id, run)
    if wants_fragment():
        return show_review(scope, roster_id, told=told, group=_same_group(scope, roster_id, chosen))
    flash(told, "good")
    group = _same_group(scope, roster_id, chosen)
    return redirect(address("rosters.show_roster", roster_id, show=request.form.get("show") or None, group=group))


def _same_group(scope: CampaignScope, roster_id: int, before: GroupView | None) -> int | None:
    """The number that findings of one kind have in the new review; None when none is left."""
    roster = rosters.roster(scope, roster_id) if before else None
    if before is None or roster is None:
        return None
    return next((group.number for group in roster.summary.groups if _kind(group) == _kind(before)), None)


def _kind(group: GroupView) -> tuple[Any, ...]:
    return (group.severity, group.sheet, group.column, group.field, group.code)
