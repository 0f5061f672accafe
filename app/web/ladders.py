"""A campaign's ladder: an office plans it for all its institutions, an institution sees it and adds rungs of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from app.domain.access import Action
from app.domain.ladder import Rung
from app.domain.scope import AgencyScope, CampaignScope
from app.queries import campaigns, ladders, message_texts, places, rung_effects
from app.queries.campaigns import CampaignView
from app.queries.where import Where, of_agency
from app.services import ladders as planning
from app.services.ladders import LadderRefusal, Scope
from app.web import gate, ladder_lines, nudge_words
from app.web.ladder_forms import HoursForm, RungForm, hours_form, values_of
from app.web.render import respond

pages = Blueprint("ladders", __name__)

OWN = "/institutions/<institution_code>/campaigns/<campaign_code>/ladder"
COMMON = "/agencies/<agency_code>/campaigns/<campaign_code>/ladder"
RUNG = "<int:rung_id>"


@pages.get(OWN)
@gate.in_campaign(Action.SEE_NUDGES)
def show_ladder(scope: CampaignScope) -> Response:
    campaign, institution = campaigns.campaign(scope), places.institution(scope.within)
    return _show(
        scope,
        campaign,
        institution=institution,
        lines=ladder_lines.lines(
            campaign,
            ladders.ladder(campaign.id),
            institution_id=scope.institution_id,
            units={unit.id: unit.name for unit in places.units(scope.within)},
            texts=_texts(scope, campaign),
            effects=rung_effects.effects(campaign.id, Where(scope.institution_id)),
        ),
        may_plan=scope.may(Action.PLAN_LADDER),
    )


@pages.get(COMMON)
@gate.at_agency(Action.SEE_NUDGES)
def show_agency_ladder(scope: AgencyScope, campaign_code: str) -> Response:
    campaign = _known(scope, campaign_code)
    ours = campaign.agency_path.startswith(scope.path)
    found = ladder_lines.lines(
        campaign,
        ladders.ladder(campaign.id),
        institution_id=None,
        units={},
        texts=_texts(scope, campaign),
        effects=rung_effects.effects(campaign.id, of_agency(scope, campaign)),
    )
    return _show(scope, campaign, agency=places.agency(scope), lines=found, may_plan=ours and scope.may(Action.PLAN_LADDER))


def _show(scope: Scope, campaign: CampaignView, **more: Any) -> Response:
    return respond(
        "ladders/page.html",
        campaign=campaign,
        ladder=ladders.ladder(campaign.id),
        address=_addresses(scope),
        place=_place(),
        said=nudge_words,
        **more,
    )


@pages.get(f"{OWN}/new")
@gate.in_campaign(Action.PLAN_LADDER)
def new_rung(scope: CampaignScope) -> Response:
    campaign = campaigns.campaign(scope)
    return _show_form(scope, campaign, _form(scope, campaign))


@pages.get(f"{COMMON}/new")
@gate.at_agency(Action.PLAN_LADDER)
def new_agency_rung(scope: AgencyScope, campaign_code: str) -> Response:
    campaign = _ours(scope, campaign_code)
    return _show_form(scope, campaign, _form(scope, campaign))


@pages.post(OWN)
@gate.in_campaign(Action.PLAN_LADDER)
def create_rung(scope: CampaignScope) -> Response | Answer:
    return _create(scope, campaigns.campaign(scope))


@pages.post(COMMON)
@gate.at_agency(Action.PLAN_LADDER)
def create_agency_rung(scope: AgencyScope, campaign_code: str) -> Response | Answer:
    return _create(scope, _ours(scope, campaign_code))


def _create(scope: Scope, campaign: CampaignView) -> Response | Answer:
    form = _form(scope, campaign)
    if not form.validate():
        return _show_form(scope, campaign, form, 422)
    answer = planning.add_rung(scope, campaign.id, form.draft())
    return _saved(scope, campaign, form, answer, None, gettext("The rung is added."))


@pages.get(f"{OWN}/{RUNG}")
@gate.in_campaign(Action.PLAN_LADDER)
def edit_rung(scope: CampaignScope, rung_id: int) -> Response:
    return _edit(scope, campaigns.campaign(scope), rung_id)


@pages.get(f"{COMMON}/{RUNG}")
@gate.at_agency(Action.PLAN_LADDER)
def edit_agency_rung(scope: AgencyScope, campaign_code: str, rung_id: int) -> Response:
    return _edit(scope, _ours(scope, campaign_code), rung_id)


def _edit(scope: Scope, campaign: CampaignView, rung_id: int) -> Response:
    rung = _rung(scope, campaign, rung_id)
    return _show_form(scope, campaign, _form(scope, campaign, rung), rung=rung)


@pages.post(f"{OWN}/{RUNG}")
@gate.in_campaign(Action.PLAN_LADDER)
def update_rung(scope: CampaignScope, rung_id: int) -> Response | Answer:
    return _update(scope, campaigns.campaign(scope), rung_id)


@pages.post(f"{COMMON}/{RUNG}")
@gate.at_agency(Action.PLAN_LADDER)
def update_agency_rung(scope: AgencyScope, campaign_code: str, rung_id: int) -> Response | Answer:
    return _update(scope, _ours(scope, campaign_code), rung_id)


def _update(scope: Scope, campaign: CampaignView, rung_id: int) -> Response | Answer:
    rung, form = _rung(scope, campaign, rung_id), _form(scope, campaign)
    if not form.validate():
        return _show_form(scope, campaign, form, 422, rung)
    answer = planning.change_rung(scope, campaign.id, rung_id, form.draft())
    return _saved(scope, campaign, form, answer, rung, gettext("Saved."))


def _saved(
    scope: Scope, campaign: CampaignView, form: RungForm, answer: int | LadderRefusal, rung: Rung | None, done: str
) -> Response | Answer:
    if answer is LadderRefusal.NOT_YOURS:
        abort(404)
    if isinstance(answer, LadderRefusal):
        form.refuse(answer)
        return _show_form(scope, campaign, form, 422, rung)
    flash(done, "good")
    return _to_ladder(scope)


@pages.post(f"{OWN}/{RUNG}/removal")
@gate.in_campaign(Action.PLAN_LADDER)
def delete_rung(scope: CampaignScope, rung_id: int) -> Answer:
    return _delete(scope, scope.campaign_id, rung_id)


@pages.post(f"{COMMON}/{RUNG}/removal")
@gate.at_agency(Action.PLAN_LADDER)
def delete_agency_rung(scope: AgencyScope, campaign_code: str, rung_id: int) -> Answer:
    return _delete(scope, _ours(scope, campaign_code).id, rung_id)


def _delete(scope: Scope, campaign_id: int, rung_id: int) -> Answer:
    if planning.remove_rung(scope, campaign_id, rung_id):
        abort(404)
    flash(gettext("The rung is removed. What went by it stays in the ledger."), "good")
    return _to_ladder(scope)


@pages.post(f"{OWN}/{RUNG}/pause")
@gate.in_campaign(Action.PLAN_LADDER)
def pause_rung(scope: CampaignScope, rung_id: int) -> Answer:
    return _pause(scope, scope.campaign_id, rung_id)


@pages.post(f"{COMMON}/{RUNG}/pause")
@gate.at_agency(Action.PLAN_LADDER)
def pause_agency_rung(scope: AgencyScope, campaign_code: str, rung_id: int) -> Answer:
    return _pause(scope, _ours(scope, campaign_code).id, rung_id)


def _pause(scope: Scope, campaign_id: int, rung_id: int) -> Answer:
    """The form says which of the two is wanted, so that a second click changes nothing."""
    paused = _wants_pause()
    if planning.pause_rung(scope, campaign_id, rung_id, paused=paused):
        abort(404)
    flash(gettext("The rung is paused.") if paused else gettext("The rung reminds again."), "good")
    return _to_ladder(scope)


@pages.post(f"{COMMON}/pause")
@gate.at_agency(Action.PLAN_LADDER)
def pause_agency_ladder(scope: AgencyScope, campaign_code: str) -> Answer:
    paused = _wants_pause()
    if planning.pause_ladder(scope, _ours(scope, campaign_code).id, paused=paused):
        abort(404)
    flash(gettext("The campaign's reminders are paused.") if paused else gettext("The campaign reminds again."), "good")
    return _to_ladder(scope)


@pages.post(f"{COMMON}/ready-made")
@gate.at_agency(Action.PLAN_LADDER)
def create_agency_ladder(scope: AgencyScope, campaign_code: str) -> Answer:
    """The rungs that come ready."""
    refused = planning.take_ready_made(scope, _ours(scope, campaign_code).id)
    if refused is LadderRefusal.NOT_EMPTY:
        flash(gettext("Nothing was added: there are rungs already."), "warn")
    elif refused:
        abort(404)
    else:
        flash(gettext("The ready-made ladder is here. Look through its rungs."), "good")
    return _to_ladder(scope)


@pages.get(f"{COMMON}/hours")
@gate.at_agency(Action.PLAN_LADDER)
def edit_agency_hours(scope: AgencyScope, campaign_code: str) -> Response:
    campaign = _ours(scope, campaign_code)
    return _show_hours(scope, campaign, hours_form(ladders.ladder(campaign.id)))


@pages.post(f"{COMMON}/hours")
@gate.at_agency(Action.PLAN_LADDER)
def update_agency_hours(scope: AgencyScope, campaign_code: str) -> Response | Answer:
    campaign, form = _ours(scope, campaign_code), HoursForm()
    if not form.validate():
        return _show_hours(scope, campaign, form, 422)
    refused = planning.set_hours(scope, campaign.id, form.hours(), on_sundays=form.on_sundays.data, on_holidays=form.on_holidays.data)
    if refused is LadderRefusal.NOT_YOURS:
        abort(404)
    if refused:
        form.refuse(refused)
        return _show_hours(scope, campaign, form, 422)
    flash(gettext("Saved."), "good")
    return _to_ladder(scope)


def _show_hours(scope: AgencyScope, campaign: CampaignView, form: HoursForm, status: int = 200) -> Response:
    return respond("ladders/hours.html", status=status, campaign=campaign, form=form, address=_addresses(scope))


def _show_form(scope: Scope, campaign: CampaignView, form: RungForm, status: int = 200, rung: Rung | None = None) -> Response:
    return respond("ladders/edit.html", status=status, campaign=campaign, form=form, rung=rung, address=_addresses(scope), said=nudge_words)


def _form(scope: Scope, campaign: CampaignView, rung: Rung | None = None) -> RungForm:
    units = places.units(scope.within) if isinstance(scope, CampaignScope) else None
    return RungForm(units, message_texts.texts(scope, campaign.id), **(values_of(rung) if rung else {}))


def _rung(scope: Scope, campaign: CampaignView, rung_id: int) -> Rung:
    """One that this side may change."""
    mine = scope.institution_id if isinstance(scope, CampaignScope) else None
    found = (rung for rung in ladders.ladder(campaign.id).rungs if rung.id == rung_id and rung.institution_id == mine)
    return next(found, None) or abort(404)


def _texts(scope: Scope, campaign: CampaignView) -> dict[int, str]:
    return {text.id: text.name for text in message_texts.texts(scope, campaign.id)}


def _known(scope: AgencyScope, code: str) -> CampaignView:
    return campaigns.agency_campaign(scope, code) or abort(404)


def _ours(scope: AgencyScope, code: str) -> CampaignView:
    """A campaign that was made here or below. One that an office above made may be looked at, not changed."""
    campaign = _known(scope, code)
    return campaign if campaign.agency_path.startswith(scope.path) else abort(403)


def _wants_pause() -> bool:
    return request.form.get("paused") == "1"


def _place() -> dict[str, Any]:
    """The codes of the place that this request is at."""
    return {name: code for name, code in (request.view_args or {}).items() if name.endswith("_code")}


def _addresses(scope: Scope) -> Callable[..., str]:
    """The address of a view of this side: an office's are named apart ("new_rung", "new_agency_rung")."""
    side = "agency_" if isinstance(scope, AgencyScope) else ""

    def address(act: str, thing: str, **more: Any) -> str:
        return url_for(f"ladders.{act}_{side}{thing}", **_place(), **more)

    return address


def _to_ladder(scope: Scope) -> Answer:
    return redirect(_addresses(scope)("show", "ladder"), 303)
