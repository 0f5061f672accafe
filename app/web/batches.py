"""Batches of signed forms: picked and made, looked at, received; and the office's side, where they are confirmed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer
from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired, Length

from app import clock
from app.domain.access import Action
from app.domain.scope import AgencyScope, CampaignScope
from app.queries import batches, campaigns, places
from app.queries.batch_forms import FormView
from app.queries.batches import BatchStatus, BatchView
from app.services import batches as handing
from app.services.batches import BatchMade, BatchRefusal
from app.services.histories import REASON_LENGTH
from app.services.registrations import BulkRecorded
from app.web import batch_words, gate, paths
from app.web.contacts import TOO_LONG
from app.web.picking import HandOverForm, chosen, show_picking
from app.web.render import respond
from app.web.terms import Date

pages = Blueprint("batches", __name__)

DATES = ["%Y-%m-%d", "%d/%m/%Y"]


class ReceiptForm(FlaskForm):  # type: ignore[misc]
    """The office has received a batch."""

    on = Date(_("On which day"), [InputRequired(_("Give the day on which it happened."))], format=DATES)


class TakeOutForm(FlaskForm):  # type: ignore[misc]
    """Why a form leaves its batch."""

    reason = StringField(
        _("Reason"), [DataRequired(batch_words.REFUSALS[BatchRefusal.REASON_NEEDED]), Length(max=REASON_LENGTH, message=TOO_LONG)]
    )


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/batches")
@gate.in_campaign(Action.SEE_PEOPLE)
def list_batches(scope: CampaignScope) -> Response:
    campaign = campaigns.campaign(scope)
    return respond(
        "batches/list.html",
        campaign=campaign,
        place=_place(),
        batches=batches.batches(scope),
        waiting=batches.handover_waiting(scope, campaign),
        may_hand_over=scope.may(Action.HAND_OVER),
        said=batch_words,
    )


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/batches/new")
@gate.in_campaign(Action.HAND_OVER)
def new_batch(scope: CampaignScope) -> Response:
    return show_picking(scope, HandOverForm(formdata=None, on=clock.today(), given_by=scope.actor.name), request.args)


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/batches")
@gate.in_campaign(Action.HAND_OVER)
def create_batch(scope: CampaignScope) -> Response | Answer:
    form, people = HandOverForm(), chosen(scope)
    if isinstance(people, str):
        form.form_errors.append(people)
    elif form.validate():
        answer = handing.create(scope, people, form.draft())
        if isinstance(answer, BatchMade):
            return _made(answer)
        form.refuse(answer.why)
        return show_picking(scope, form, request.form, 422, answer.refused)
    return show_picking(scope, form, request.form, 422)


def _made(made: BatchMade) -> Answer:
    said = ngettext(
        "Batch %(number)s is made, with %(num)s form.", "Batch %(number)s is made, with %(num)s forms.", made.forms, number=made.batch_id
    )
    flash(said, "good")
    if made.refused:
        flash(gettext("Not in the batch: %(names)s", names=batch_words.named(made.refused)), "warn")
    return _to_batch(made.batch_id)


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/batches/<int:batch_id>")
@gate.in_campaign(Action.SEE_PEOPLE)
def show_batch(scope: CampaignScope, batch_id: int) -> Response:
    return _show_batch(scope, batch_id, ReceiptForm(formdata=None, on=clock.today()))


def _show_batch(scope: CampaignScope, batch_id: int, form: ReceiptForm, status: int = 200) -> Response:
    batch = _batch(scope, batch_id)
    return respond(
        "batches/page.html",
        status=status,
        campaign=campaigns.campaign(scope),
        place=_place(),
        batch=batch,
        form=form,
        on_the_way=batch.status is BatchStatus.ON_THE_WAY,
        may_hand_over=scope.may(Action.HAND_OVER),
        may_confirm=scope.may(Action.CONFIRM_BATCHES) and batch.status in {BatchStatus.ON_THE_WAY, BatchStatus.RECEIVED},
        may_print=scope.may(Action.EXPORT) and scope.unit_ids is None and bool(batch.forms),
        said=batch_words,
    )


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/batches/<int:batch_id>")
@gate.in_campaign(Action.HAND_OVER)
def update_batch(scope: CampaignScope, batch_id: int) -> Response | Answer:
    """The office has received it."""
    _batch(scope, batch_id)
    form = ReceiptForm()
    if not form.validate():
        return _show_batch(scope, batch_id, form, 422)
    answer = handing.receive(scope, batch_id, form.on.data)
    if answer in {BatchRefusal.IN_FUTURE, BatchRefusal.BEFORE_HANDED_OVER}:
        form.on.errors = [batch_words.REFUSALS[BatchRefusal(answer)]]
        return _show_batch(scope, batch_id, form, 422)
    _tell(answer, gettext("BHXH has received batch %(number)s.", number=batch_id))
    return _to_batch(batch_id)


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/batches/<int:batch_id>/confirmation")
@gate.in_campaign(Action.CONFIRM_BATCHES)
def create_confirmation(scope: CampaignScope, batch_id: int) -> Answer:
    """The office's own word; `back` is the page of the office that it was given on."""
    _batch(scope, batch_id)
    answer = handing.confirm(scope, batch_id)
    institution = places.institution(scope.within).name
    _tell(answer, gettext("Batch %(number)s of %(institution)s is confirmed.", number=batch_id, institution=institution))
    back = paths.own(request.form.get("back"))
    return redirect(back, 303) if back else _to_batch(batch_id)


def _tell(answer: BulkRecorded | BatchRefusal, done: str) -> None:
    """What became of a batch, on the page that follows."""
    if isinstance(answer, BatchRefusal):
        flash(str(batch_words.REFUSALS[answer]), "warn")
        return
    people = ngettext("%(num)s person is handed in now.", "%(num)s people are handed in now.", answer.recorded)
    flash(f"{done} {people}" if answer.recorded else done, "good")
    if answer.refused:
        flash(gettext("Not recorded for: %(names)s", names=batch_words.named(answer.refused)), "warn")


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/batches/<int:batch_id>/forms/<int:person_id>")
@gate.in_campaign(Action.HAND_OVER)
def edit_form(scope: CampaignScope, batch_id: int, person_id: int) -> Response | Answer:
    """Where the reason is given for taking a form out."""
    batch = _batch(scope, batch_id)
    form = _form(batch, person_id)
    if form.taken_out or batch.received_on:
        why = BatchRefusal.ALREADY_TAKEN_OUT if form.taken_out else BatchRefusal.ALREADY_RECEIVED
        flash(str(batch_words.REFUSALS[why]), "warn")
        return _to_batch(batch_id)
    return _show_form(batch, form, TakeOutForm(formdata=None))


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/batches/<int:batch_id>/forms/<int:person_id>")
@gate.in_campaign(Action.HAND_OVER)
def delete_form(scope: CampaignScope, batch_id: int, person_id: int) -> Response | Answer:
    batch, form = _batch(scope, batch_id), TakeOutForm()
    taken = _form(batch, person_id)
    if not form.validate():
        return _show_form(batch, taken, form, 422)
    refusal = handing.take_out(scope, batch_id, person_id, form.reason.data or "")
    if refusal:
        flash(str(batch_words.REFUSALS[refusal]), "warn")
    else:
        flash(gettext("The form of %(name)s was taken out of batch %(number)s.", name=taken.full_name, number=batch_id), "good")
    return _to_batch(batch_id)


def _show_form(batch: BatchView, taken: FormView, form: TakeOutForm, status: int = 200) -> Response:
    return respond("batches/take_out.html", status=status, place=_place(), batch=batch, taken=taken, form=form, said=batch_words)


@pages.get("/agencies/<agency_code>/campaigns/<campaign_code>/batches")
@gate.at_agency(Action.CONFIRM_BATCHES)
def list_agency_batches(scope: AgencyScope, campaign_code: str) -> Response:
    """Over all institutions: what is on the way to the office, and what it has not confirmed."""
    campaign = campaigns.agency_campaign(scope, campaign_code) or abort(404)
    return respond(
        "batches/agency.html",
        agency=places.agency(scope),
        campaign=campaign,
        batches=batches.to_confirm(scope, campaign),
        coming=batches.on_the_way(scope, campaign),
        said=batch_words,
    )


def _batch(scope: CampaignScope, batch_id: int) -> BatchView:
    return batches.batch(scope, campaigns.campaign(scope), batch_id) or abort(404)


def _form(batch: BatchView, person_id: int) -> FormView:
    found = next((form for form in (*batch.forms, *batch.taken_out) if form.person_id == person_id), None)
    return found or abort(404)


def _place() -> dict[str, Any]:
    """The codes of the place that this request is at."""
    return {name: (request.view_args or {})[name] for name in ("institution_code", "campaign_code")}


def _to_batch(batch_id: int) -> Answer:
    return redirect(url_for("batches.show_batch", **_place(), batch_id=batch_id), 303)
