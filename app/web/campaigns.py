"""An agency's campaigns: what the letter asks, until when, of whom; and which institutions take part."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer
from wtforms import BooleanField

from app import clock
from app.domain.access import Action
from app.domain.scope import AgencyScope
from app.queries import campaigns, participants, places
from app.queries.campaigns import CampaignView
from app.services import campaigns as calling
from app.services.campaigns import CampaignRefusal
from app.web import gate
from app.web.contacts import contact_values
from app.web.render import respond
from app.web.terms import CampaignForm, DatesForm, NewCampaignForm, dates_of, values_of

pages = Blueprint("campaigns", __name__)


@pages.get("/agencies/<agency_code>/campaigns")
@gate.at_agency(Action.SEE_AGENCY)
def list_campaigns(scope: AgencyScope) -> Response:
    return respond(
        "campaigns/list.html",
        agency=places.agency(scope),
        campaigns=campaigns.agency_campaigns(scope),
        is_ours=lambda campaign: _is_ours(scope, campaign),
        may_manage=scope.may(Action.MANAGE_AGENCY),
    )


@pages.get("/agencies/<agency_code>/campaigns/new")
@gate.at_agency(Action.MANAGE_AGENCY)
def new_campaign(scope: AgencyScope) -> Response:
    agency = places.agency(scope)
    form = NewCampaignForm(starts_on=clock.today(), receiving_code=agency.code, issued_by=agency.name, **contact_values(agency.contact))
    return _show_new(scope, form)


@pages.post("/agencies/<agency_code>/campaigns")
@gate.at_agency(Action.MANAGE_AGENCY)
def create_campaign(scope: AgencyScope) -> Response | Answer:
    form = NewCampaignForm()
    if form.validate():
        code, agency_code = form.code.data.strip(), places.agency(scope).code
        refusal = calling.create(scope, agency_code, code, form.draft(), takes_all=form.takes_all.data)
        if refusal is None:
            flash(gettext("The campaign is made."), "good")
            onwards = "agencies.show_progress" if form.takes_all.data else "campaigns.choose_institutions"
            return redirect(url_for(onwards, agency_code=agency_code, campaign_code=code))
        form.refuse(refusal)
    return _show_new(scope, form, 422)


def _show_new(scope: AgencyScope, form: NewCampaignForm, status: int = 200) -> Response:
    return respond(
        "campaigns/new.html", status=status, agency=places.agency(scope), agencies=places.agencies(scope), form=form, dates=dates_of(form)
    )


@pages.get("/agencies/<agency_code>/dates")
@gate.at_agency(Action.MANAGE_AGENCY)
def show_dates(scope: AgencyScope) -> Response:
    """What the dates typed so far come to; asked for by HTMX while the form is filled in."""
    form = DatesForm(request.args)
    return respond("campaigns/_dates.html", dates=dates_of(form) if form.validate() else None, agency=places.agency(scope))


@pages.get("/agencies/<agency_code>/campaigns/<campaign_code>/terms")
@gate.at_agency(Action.SEE_AGENCY)
def show_campaign(scope: AgencyScope, campaign_code: str) -> Response:
    campaign = _known(scope, campaign_code)
    return respond(
        "campaigns/page.html",
        agency=places.agency(scope),
        campaign=campaign,
        institutions=participants.count_participants(scope, campaign),
        may_edit=scope.may(Action.MANAGE_AGENCY) and _is_ours(scope, campaign),
    )


@pages.get("/agencies/<agency_code>/campaigns/<campaign_code>/edit")
@gate.at_agency(Action.MANAGE_AGENCY)
def edit_campaign(scope: AgencyScope, campaign_code: str) -> Response:
    campaign = _own(scope, campaign_code)
    form = CampaignForm(**values_of(campaign))
    return _show_edit(scope, campaign, form)


@pages.post("/agencies/<agency_code>/campaigns/<campaign_code>")
@gate.at_agency(Action.MANAGE_AGENCY)
def update_campaign(scope: AgencyScope, campaign_code: str) -> Response | Answer:
    campaign, form = _own(scope, campaign_code), CampaignForm()
    if form.validate():
        refusal = calling.change(scope, campaign.id, form.draft())
        if refusal is None:
            flash(gettext("Saved."), "good")
            return redirect(url_for("campaigns.show_campaign", agency_code=places.agency(scope).code, campaign_code=campaign.code))
        form.refuse(refusal)
    return _show_edit(scope, campaign, form, 422)


def _show_edit(scope: AgencyScope, campaign: CampaignView, form: CampaignForm, status: int = 200) -> Response:
    return respond(
        "campaigns/edit.html",
        status=status,
        agency=places.agency(scope),
        agencies=places.agencies(scope),
        campaign=campaign,
        form=form,
        dates=dates_of(form),
    )


class InstitutionsForm(FlaskForm):  # type: ignore[misc]
    """The boxes themselves are the page's: as many as the agency has institutions."""

    takes_all = BooleanField(_("All institutions of this office take part, later ones too"))


@pages.get("/agencies/<agency_code>/campaigns/<campaign_code>/institutions")
@gate.at_agency(Action.MANAGE_AGENCY)
def choose_institutions(scope: AgencyScope, campaign_code: str) -> Response:
    campaign = _own(scope, campaign_code)
    return respond(
        "campaigns/institutions.html",
        agency=places.agency(scope),
        campaign=campaign,
        candidates=participants.candidates(scope, campaign),
        form=InstitutionsForm(takes_all=campaign.takes_all),
    )


@pages.post("/agencies/<agency_code>/campaigns/<campaign_code>/institutions")
@gate.at_agency(Action.MANAGE_AGENCY)
def update_institutions(scope: AgencyScope, campaign_code: str) -> Response | Answer:
    campaign = _own(scope, campaign_code)
    answer = calling.choose_institutions(
        scope, campaign.id, request.form.getlist("institution"), takes_all=bool(request.form.get("takes_all"))
    )
    if isinstance(answer, CampaignRefusal):
        abort(403)
    if answer:
        staying = ngettext(
            "%(codes)s stays, because it has sent a roster already.",
            "%(codes)s stay, because they have sent rosters already.",
            len(answer),
            codes=", ".join(answer),
        )
        flash(staying, "warn")
    flash(gettext("Saved."), "good")
    return redirect(url_for("agencies.show_progress", agency_code=places.agency(scope).code, campaign_code=campaign.code))


def _known(scope: AgencyScope, code: str) -> CampaignView:
    return campaigns.agency_campaign(scope, code) or abort(404)


def _own(scope: AgencyScope, code: str) -> CampaignView:
    """A campaign that was made here or below. One that an office above made may be looked at, not changed."""
    campaign = _known(scope, code)
    return campaign if _is_ours(scope, campaign) else abort(403)


def _is_ours(scope: AgencyScope, campaign: CampaignView) -> bool:
    return campaign.agency_path.startswith(scope.path)
