"""Workbooks to take away.

Whoever takes out names is written down first. A GET can't write, so a download begins with a POST, which notes who, what and how many,
and answers with the address of the file; that address holds for a minute and for this visitor alone. Building a large workbook then
happens in a unit of work that only reads: it holds no lock, and every sheet is cut from one state of the data.
"""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, abort, flash, redirect, request, send_file, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app import books, clock
from app.domain.access import Action
from app.domain.scope import AgencyScope, CampaignScope
from app.exports import agency as agency_export
from app.exports import institution as institution_export
from app.exports import people as people_export
from app.queries import campaigns, places, progress
from app.queries.filters import EVERYBODY, PeopleFilter
from app.services import log
from app.web import filtering, gate, permits

pages = Blueprint("workbooks", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/workbook")
@gate.in_campaign(Action.EXPORT)
def allow_institution(scope: CampaignScope) -> Answer:
    return _allowed(scope, "exported-institution", "workbooks.download_institution", EVERYBODY)


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/workbook")
@gate.in_campaign(Action.EXPORT)
def download_institution(scope: CampaignScope) -> Response | Answer:
    if not permits.holds(scope):
        return _too_late("home.show_home")
    campaign = campaigns.campaign(scope)
    content = institution_export.workbook(books.institution_book(scope, campaign))
    return _file(content, "tien-do", places.institution(scope.within).code, campaign.code)


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/people/workbook")
@gate.in_campaign(Action.EXPORT)
def allow_people(scope: CampaignScope) -> Answer:
    """The list with the filter that the URL names."""
    return _allowed(scope, "exported-people", "workbooks.download_people", filtering.parse(request.args))


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/people/workbook")
@gate.in_campaign(Action.EXPORT)
def download_people(scope: CampaignScope) -> Response | Answer:
    if not permits.holds(scope):
        return _too_late("people.list_people")
    campaign, wanted = campaigns.campaign(scope), filtering.parse(request.args)
    with force_locale("vi"):
        meant = filtering.described(wanted, {unit.id: unit.name for unit in places.units(scope.within)})
    content = people_export.workbook(books.people_book(scope, campaign, wanted, meant))
    return _file(content, "danh-sach", places.institution(scope.within).code, campaign.code)


@pages.get("/agencies/<agency_code>/campaigns/<campaign_code>/workbook")
@gate.at_agency(Action.SEE_AGENCY)
def download_agency(scope: AgencyScope, campaign_code: str) -> Response:
    """Numbers only: nobody is named, so nothing has to be written down."""
    campaign = campaigns.agency_campaign(scope, campaign_code) or abort(404)
    content = agency_export.workbook(books.agency_book(scope, campaign))
    return _file(content, "tien-do", places.agency(scope).code, campaign.code)


def _allowed(scope: CampaignScope, what: str, endpoint: str, wanted: PeopleFilter) -> Answer:
    count = progress.institution_progress(scope, campaigns.campaign(scope), wanted).total
    log.note(scope.actor, what, institution_id=scope.institution_id, count=count)
    return redirect(permits.address(scope, endpoint, **filtering.arguments(wanted)), 303)


def _too_late(endpoint: str) -> Answer:
    flash(_("The download was not fetched in time. Press the button again."), "warn")
    return redirect(url_for(endpoint, **(request.view_args or {}), **filtering.arguments(filtering.parse(request.args))))


def _file(content: bytes, *about: str) -> Response:
    """The file's name says place, campaign and time, in letters that every system takes."""
    name = "-".join((*about, f"{clock.local(clock.now()):%Y%m%d-%H%M}"))
    return send_file(BytesIO(content), XLSX, as_attachment=True, download_name=f"{name}.xlsx")
