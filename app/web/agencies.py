"""The agency's desk: how far all its institutions are, the offices below it, and the agency's own name and contact person."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from app import clock
from app.domain.access import Action
from app.domain.scope import AgencyScope
from app.domain.standing import Segment
from app.queries import agency_difficulties, batches, campaigns, places, progress
from app.queries.agency_table import Column, Which, offices_of, order_of, rows_of, table_of
from app.queries.campaigns import CampaignView
from app.services import places as placing
from app.web import gate
from app.web.contacts import TOO_LONG, ContactFields, contact_values
from app.web.place_refusals import refuse
from app.web.render import respond

pages = Blueprint("agencies", __name__)


@pages.get("/agencies/<agency_code>")
@gate.at_agency(Action.SEE_AGENCY)
def show_agency(scope: AgencyScope) -> Response | Answer:
    """The newest campaign's table, or how to begin where there is none."""
    agency, found = places.agency(scope), campaigns.agency_campaigns(scope)
    if found:
        newest = next((view for view in found if scope.path.startswith(view.agency_path)), found[0])
        return redirect(url_for("agencies.show_progress", agency_code=agency.code, campaign_code=newest.code))
    return respond(
        "agencies/begin.html",
        agency=agency,
        offices=[office for office in places.agencies(scope) if office.parent_code == agency.code],
        institutions=len(places.institutions(scope)),
        may_manage=scope.may(Action.MANAGE_AGENCY),
        may_add_office=scope.may(Action.MANAGE_TREE),
    )


@pages.get("/agencies/<agency_code>/campaigns/<campaign_code>")
@gate.at_agency(Action.SEE_AGENCY)
def show_progress(scope: AgencyScope, campaign_code: str) -> Response:
    """Every institution of the subtree, in the order and with the chip that the URL asks for."""
    campaign = campaigns.agency_campaign(scope, campaign_code) or abort(404)
    agency, agencies = places.agency(scope), places.agencies(scope)
    rows = rows_of(campaign, progress.agency_progress(scope, campaign))
    which = Which(request.args["show"]) if request.args.get("show") in set(Which) else Which.ALL
    order = order_of(request.args.get("sort", ""))
    return respond(
        "agencies/progress.html",
        "agencies/_table.html",
        agency=agency,
        campaign=campaign,
        offices=offices_of(rows, agencies, agency.code),
        several_offices=len(agencies) > 1,
        table=table_of(rows, which, order),
        which=which,
        order=order,
        Which=Which,
        Column=Column,
        behind_numbers=_behind_numbers(agency.code, campaign),
        as_of=clock.now(),
        on_the_way=batches.on_the_way(scope, campaign),
        difficulties=agency_difficulties.agency_counts(scope, campaign),
        may_manage=scope.may(Action.MANAGE_AGENCY),
        may_add_office=scope.may(Action.MANAGE_TREE),
        may_remind=scope.may(Action.SEE_NUDGES),
    )


def _behind_numbers(agency_code: str, campaign: CampaignView) -> dict[Segment, str]:
    """Where the numbers of the rail's legend lead: to the institutions that have most of them."""
    return {
        segment: url_for(
            "agencies.show_progress", agency_code=agency_code, campaign_code=campaign.code, sort=f"-at-{segment}", _anchor="agencies-table"
        )
        for segment in Segment
    }


class OfficeForm(FlaskForm):  # type: ignore[misc]
    """A new office below an agency."""

    code = StringField(_("Code of the office"), [DataRequired(_("Please give the code.")), Length(max=20, message=TOO_LONG)])
    name = StringField(_("Name of the office"), [DataRequired(_("Please give the name.")), Length(max=200, message=TOO_LONG)])


@pages.get("/agencies/<agency_code>/agencies/new")
@gate.at_agency(Action.MANAGE_TREE)
def new_agency(scope: AgencyScope) -> Response:
    return _show_new(scope, OfficeForm())


@pages.post("/agencies/<agency_code>/agencies")
@gate.at_agency(Action.MANAGE_TREE)
def create_agency(scope: AgencyScope) -> Response | Answer:
    form = OfficeForm()
    if form.validate():
        refusal = placing.add_agency(scope, places.agency(scope).code, form.code.data.strip(), form.name.data)
        if refusal is None:
            flash(gettext("%(name)s was added.", name=form.name.data), "good")
            return redirect(url_for("agencies.show_agency", agency_code=form.code.data.strip()))
        refuse(form, refusal)
    return _show_new(scope, form, 422)


def _show_new(scope: AgencyScope, form: OfficeForm, status: int = 200) -> Response:
    return respond("agencies/new.html", status=status, agency=places.agency(scope), form=form)


class AgencyForm(ContactFields, FlaskForm):  # type: ignore[misc]
    """What an office's officers may change of it."""

    name = StringField(_("Name of the office"), [DataRequired(_("Please give the name.")), Length(max=200, message=TOO_LONG)])


@pages.get("/agencies/<agency_code>/edit")
@gate.at_agency(Action.MANAGE_AGENCY)
def edit_agency(scope: AgencyScope) -> Response:
    agency = places.agency(scope)
    return respond("agencies/edit.html", agency=agency, form=AgencyForm(name=agency.name, **contact_values(agency.contact)))


@pages.post("/agencies/<agency_code>")
@gate.at_agency(Action.MANAGE_AGENCY)
def update_agency(scope: AgencyScope) -> Response | Answer:
    form, agency = AgencyForm(), places.agency(scope)
    if form.validate():
        refusal = placing.update_agency(scope, form.name.data, form.contact())
        if refusal is None:
            flash(gettext("Saved."), "good")
            return redirect(url_for("agencies.show_agency", agency_code=agency.code))
        refuse(form, refusal)
    return respond("agencies/edit.html", status=422, agency=agency, form=form)
