"""Who gets no reminders for a while: the list of pauses, new ones, and taking reminders up again."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer
from wtforms import BooleanField, IntegerField, SelectChoice, SelectField, StringField
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from app.domain.access import Action
from app.domain.scope import CampaignScope
from app.queries import campaigns, pauses, places
from app.services import pauses as pausing
from app.services.pauses import REASON_LENGTH, PauseDraft, PauseRefusal
from app.web import gate, nudge_words, paths
from app.web.contacts import TOO_LONG
from app.web.ids import LARGEST
from app.web.nudge_ledger import place_of
from app.web.render import respond

pages = Blueprint("pauses", __name__)

PAUSES = "/institutions/<institution_code>/campaigns/<campaign_code>/nudges/pauses"


class PauseForm(FlaskForm):  # type: ignore[misc]
    """Whom to pause: with `person` that person, else the unit that is chosen, else the whole institution."""

    unit = SelectField(_("Who gets no reminders"), default="")
    person = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(0, LARGEST)])
    everywhere = BooleanField(_("In all campaigns, not only in this one"))
    reason = StringField(_("Reason"), [Length(max=REASON_LENGTH, message=TOO_LONG)])

    def draft(self) -> PauseDraft:
        person_id = self.person.data
        unit_id = int(self.unit.data) if self.unit.data and person_id is None else None
        return PauseDraft(unit_id, person_id, person_id is not None and self.everywhere.data, self.reason.data or "")


@pages.get(PAUSES)
@gate.in_campaign(Action.SEE_NUDGES)
def list_pauses(scope: CampaignScope) -> Response:
    return _show(scope, _form(scope, fresh=True))


@pages.post(PAUSES)
@gate.in_campaign(Action.SEND_NUDGES)
def create_pause(scope: CampaignScope) -> Response | Answer:
    """`back` is the page that the button stood on."""
    form = _form(scope)
    if not form.validate():
        if form.person.errors:
            abort(404)
        return _show(scope, form, 422)
    answer = pausing.pause(scope, form.draft())
    if answer in {PauseRefusal.UNKNOWN_PERSON, PauseRefusal.UNKNOWN_UNIT}:
        abort(404)
    if isinstance(answer, PauseRefusal):
        flash(str(nudge_words.PAUSE_REFUSALS[answer]), "warn")
    else:
        flash(gettext("No reminders go there any more. What was planned is left out."), "good")
    return _back()


@pages.post(f"{PAUSES}/<int:pause_id>/removal")
@gate.in_campaign(Action.SEND_NUDGES)
def delete_pause(scope: CampaignScope, pause_id: int) -> Answer:
    refused = pausing.resume(scope, pause_id)
    if refused:
        flash(str(nudge_words.PAUSE_REFUSALS[refused]), "warn")
    else:
        flash(gettext("Reminders go there again."), "good")
    return _back()


def _show(scope: CampaignScope, form: PauseForm, status: int = 200) -> Response:
    return respond(
        "pauses/list.html",
        status=status,
        campaign=campaigns.campaign(scope),
        place=place_of(),
        pauses=pauses.pauses(scope),
        form=form,
        may_send=scope.may(Action.SEND_NUDGES),
    )


def _form(scope: CampaignScope, *, fresh: bool = False) -> PauseForm:
    form = PauseForm(formdata=None) if fresh else PauseForm()
    units = [SelectChoice(str(unit.id), unit.name) for unit in places.units(scope.within)]
    form.unit.choices = [SelectChoice("", gettext("The whole institution")), *units]
    return form


def _back() -> Answer:
    return redirect(paths.own(request.form.get("back")) or url_for("pauses.list_pauses", **place_of()), 303)
