"""What a coordinator changes in a review: a cell typed anew, a repair that is not wanted; both can be taken back."""

from __future__ import annotations

from flask import Blueprint, Response
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Regexp

from app.domain.access import Action
from app.domain.scope import CampaignScope
from app.services import corrections, repairs
from app.services.rosters import RosterRefusal
from app.web import gate
from app.web.ids import LARGEST
from app.web.roster_review import refused, revised, says_why
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
@says_why
def create_correction(scope: CampaignScope, roster_id: int) -> Response | Answer:
    """Judge a cell by what was typed, with its whole column."""
    form = CellForm()
    if not form.validate():
        return refused(scope, roster_id, RosterRefusal.NO_SUCH_CELL)
    cell = form.cell()
    told = gettext("Cell %(cell)s was judged anew.", cell=f"{cell.column}{cell.row}")
    return revised(scope, roster_id, lambda kept: corrections.correct(scope, kept, cell), told)


@pages.post(f"{_ROSTER}/corrections/removal")
@gate.in_campaign(Action.IMPORT)
@says_why
def remove_correction(scope: CampaignScope, roster_id: int) -> Response | Answer:
    form = CellForm()
    if not form.validate():
        return refused(scope, roster_id, RosterRefusal.NO_SUCH_CELL)
    cell = form.cell()
    told = gettext("Cell %(cell)s has again what the file has there.", cell=f"{cell.column}{cell.row}")
    return revised(scope, roster_id, lambda kept: corrections.take_back(scope, kept, cell), told)


@pages.post(f"{_ROSTER}/refusals")
@gate.in_campaign(Action.IMPORT)
@says_why
def create_refusal(scope: CampaignScope, roster_id: int) -> Response | Answer:
    """Leave out the values that one kind of repair would give."""
    form = RepairForm()
    if not form.validate():
        return refused(scope, roster_id, RosterRefusal.NO_SUCH_CELL)
    told = gettext("These repairs are not taken. Their values are left out.")
    return revised(scope, roster_id, lambda kept: repairs.refuse(scope, kept, form.field.data, form.code.data), told)


@pages.post(f"{_ROSTER}/refusals/removal")
@gate.in_campaign(Action.IMPORT)
@says_why
def remove_refusal(scope: CampaignScope, roster_id: int) -> Response | Answer:
    form = RepairForm()
    if not form.validate():
        return refused(scope, roster_id, RosterRefusal.NO_SUCH_CELL)
    told = gettext("These repairs are taken again.")
    return revised(scope, roster_id, lambda kept: repairs.take_again(scope, kept, form.field.data, form.code.data), told)
