"""A campaign's ladder: an office plans it for all its institutions, an institution sees it and adds rungs of its own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from app.domain.access import Action
from app.domain.ladder import Rung
from app.domain.scope import AgencyScope, CampaignScope
from app.queries import campaigns, ladders, message_texts, places, rung_effects
from app.queries.where import Where, of_agency
from app.services import ladders as planning
from app.services.ladders import LadderRefusal
from app.web import gate, ladder_lines, nudge_words
from app.web.ladder_forms import HoursForm, RungForm, hours_form, values_of
from app.web.ladder_lines import RungLine
from app.web.render import respond
from app.web.twins import At, Twins, known, ours

pages = Blueprint("ladders", __name__)

OWN = "/institutions/<institution_code>/campaigns/<campaign_code>/ladder"
COMMON = "/agencies/<agency_code>/campaigns/<campaign_code>/ladder"
RUNG = "/<int:rung_id>"
both = Twins(pages, OWN, COMMON)


@pages.get(OWN)
@gate.in_campaign(Action.SEE_NUDGES)
def show_ladder(scope: CampaignScope) -> Response:
    at, institution = At(scope, campaigns.campaign(scope), pages.name), places.institution(scope.within)
    units = {unit.id: unit.name for unit in places.units(scope.within)}
    lines = _lines(at, units, Where(scope.institution_id))
    return _show(at, institution=institution, lines=lines, may_plan=scope.may(Action.PLAN_LADDER))


@pages.get(COMMON)
@gate.at_agency(Action.SEE_NUDGES)
def show_agency_ladder(scope: AgencyScope, campaign_code: str) -> Response:
    """Also of a campaign that an office above made."""
    at = At(scope, known(scope, campaign_code), pages.name)
    is_ours = at.campaign.agency_path.startswith(scope.path)
    lines = _lines(at, {}, of_agency(scope, at.campaign))
    return _show(at, agency=places.agency(scope), lines=lines, may_plan=is_ours and scope.may(Action.PLAN_LADDER))


def _lines(at: At, units: dict[int, str], where: Where) -> list[RungLine]:
    return ladder_lines.lines(
        at.campaign,
        ladders.ladder(at.campaign.id),
        institution_id=where.institution_id,
        units=units,
        texts=_texts(at),
        effects=rung_effects.effects(at.campaign.id, where),
    )


def _show(at: At, **more: Any) -> Response:
    return respond(
        "ladders/page.html",
        campaign=at.campaign,
        ladder=ladders.ladder(at.campaign.id),
        address=at.address,
        place=at.place,
        said=nudge_words,
        **more,
    )


@both.get(Action.PLAN_LADDER, "/new")
def new_rung(at: At) -> Response:
    return _show_form(at, _form(at))


@both.post(Action.PLAN_LADDER)
def create_rung(at: At) -> Response | Answer:
    form = _form(at)
    if not form.validate():
        return _show_form(at, form, 422)
    answer = planning.add_rung(at.scope, at.campaign.id, form.draft())
    return _saved(at, form, answer, None, gettext("The rung is added."))


@both.get(Action.PLAN_LADDER, RUNG)
def edit_rung(at: At, rung_id: int) -> Response:
    rung = _rung(at, rung_id)
    return _show_form(at, _form(at, rung), rung=rung)


@both.post(Action.PLAN_LADDER, RUNG)
def update_rung(at: At, rung_id: int) -> Response | Answer:
    rung, form = _rung(at, rung_id), _form(at)
    if not form.validate():
        return _show_form(at, form, 422, rung)
    answer = planning.change_rung(at.scope, at.campaign.id, rung_id, form.draft())
    return _saved(at, form, answer, rung, gettext("Saved."))


def _saved(at: At, form: RungForm, answer: int | LadderRefusal, rung: Rung | None, done: str) -> Response | Answer:
    if answer is LadderRefusal.NOT_YOURS:
        abort(404)
    if isinstance(answer, LadderRefusal):
        form.refuse(answer)
        return _show_form(at, form, 422, rung)
    flash(done, "good")
    return _to_ladder(at)


@both.post(Action.PLAN_LADDER, f"{RUNG}/removal")
def delete_rung(at: At, rung_id: int) -> Answer:
    if planning.remove_rung(at.scope, at.campaign.id, rung_id):
        abort(404)
    flash(gettext("The rung is removed. What went by it stays in the ledger."), "good")
    return _to_ladder(at)


@both.post(Action.PLAN_LADDER, f"{RUNG}/pause")
def pause_rung(at: At, rung_id: int) -> Answer:
    """The form says which of the two is wanted, so that a second click changes nothing."""
    paused = _wants_pause()
    if planning.pause_rung(at.scope, at.campaign.id, rung_id, paused=paused):
        abort(404)
    flash(gettext("The rung is paused.") if paused else gettext("The rung reminds again."), "good")
    return _to_ladder(at)


@pages.post(f"{COMMON}/pause")
@gate.at_agency(Action.PLAN_LADDER)
def pause_agency_ladder(scope: AgencyScope, campaign_code: str) -> Answer:
    at, paused = _at(scope, campaign_code), _wants_pause()
    if planning.pause_ladder(scope, at.campaign.id, paused=paused):
        abort(404)
    flash(gettext("The campaign's reminders are paused.") if paused else gettext("The campaign reminds again."), "good")
    return _to_ladder(at)


@pages.post(f"{COMMON}/ready-made")
@gate.at_agency(Action.PLAN_LADDER)
def create_agency_ladder(scope: AgencyScope, campaign_code: str) -> Answer:
    """The rungs that come ready."""
    at = _at(scope, campaign_code)
    refused = planning.take_ready_made(scope, at.campaign.id)
    if refused is LadderRefusal.NOT_EMPTY:
        flash(gettext("Nothing was added: there are rungs already."), "warn")
    elif refused:
        abort(404)
    else:
        flash(gettext("The ready-made ladder is here. Look through its rungs."), "good")
    return _to_ladder(at)


@pages.get(f"{COMMON}/hours")
@gate.at_agency(Action.PLAN_LADDER)
def edit_agency_hours(scope: AgencyScope, campaign_code: str) -> Response:
    at = _at(scope, campaign_code)
    return _show_hours(at, hours_form(ladders.ladder(at.campaign.id)))


@pages.post(f"{COMMON}/hours")
@gate.at_agency(Action.PLAN_LADDER)
def update_agency_hours(scope: AgencyScope, campaign_code: str) -> Response | Answer:
    at, form = _at(scope, campaign_code), HoursForm()
    if not form.validate():
        return _show_hours(at, form, 422)
    refused = planning.set_hours(scope, at.campaign.id, form.hours(), on_sundays=form.on_sundays.data, on_holidays=form.on_holidays.data)
    if refused is LadderRefusal.NOT_YOURS:
        abort(404)
    if refused:
        form.refuse(refused)
        return _show_hours(at, form, 422)
    flash(gettext("Saved."), "good")
    return _to_ladder(at)


def _show_hours(at: At, form: HoursForm, status: int = 200) -> Response:
    return respond("ladders/hours.html", status=status, campaign=at.campaign, form=form, address=at.address)


def _show_form(at: At, form: RungForm, status: int = 200, rung: Rung | None = None) -> Response:
    return respond("ladders/edit.html", status=status, campaign=at.campaign, form=form, rung=rung, address=at.address, said=nudge_words)


def _form(at: At, rung: Rung | None = None) -> RungForm:
    units = places.units(at.inside.within) if at.inside else None
    return RungForm(units, message_texts.texts(at.scope, at.campaign.id), **(values_of(rung) if rung else {}))


def _rung(at: At, rung_id: int) -> Rung:
    """One that this side may change."""
    mine = at.inside.institution_id if at.inside else None
    found = (rung for rung in ladders.ladder(at.campaign.id).rungs if rung.id == rung_id and rung.institution_id == mine)
    return next(found, None) or abort(404)


def _texts(at: At) -> dict[int, str]:
    return {text.id: text.name for text in message_texts.texts(at.scope, at.campaign.id)}


def _at(scope: AgencyScope, campaign_code: str) -> At:
    return At(scope, ours(scope, campaign_code), pages.name)


def _wants_pause() -> bool:
    return request.form.get("paused") == "1"


def _to_ladder(at: At) -> Answer:
    return redirect(at.address("show", "ladder"), 303)
