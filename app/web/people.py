"""People of a campaign: the list, one person, and their details changed or added by hand."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app.domain.access import Action
from app.domain.scope import CampaignScope
from app.queries import campaigns, people, places
from app.queries.people import PersonView
from app.services import people as keeping
from app.services.people import DetailsRefusal, DetailsRefused
from app.web import gate
from app.web.people_list import show_list
from app.web.person_form import PersonForm, form_for
from app.web.person_page import show_page
from app.web.render import respond

pages = Blueprint("people", __name__)


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/people")
@gate.in_campaign(Action.SEE_PEOPLE)
def list_people(scope: CampaignScope) -> Response:
    return show_list(scope)


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/people/new")
@gate.in_campaign(Action.EDIT_PEOPLE)
def new_person(scope: CampaignScope) -> Response:
    return _show_form(scope, form_for(scope))


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/people")
@gate.in_campaign(Action.EDIT_PEOPLE)
def create_person(scope: CampaignScope) -> Response | Answer:
    form = form_for(scope)
    details = form.details() if form.validate() else None
    if details is None:
        return _show_form(scope, form, 422)
    answer = keeping.create_person(scope, details)
    if isinstance(answer, DetailsRefused):
        form.refuse(scope, answer)
        return _show_form(scope, form, 422)
    return _saved(scope, answer, form, _("%(name)s was added.", name=details.full_name))


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/people/<int:person_id>")
@gate.in_campaign(Action.SEE_PEOPLE)
def show_person(scope: CampaignScope, person_id: int) -> Response:
    return show_page(scope, person_id)


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/people/<int:person_id>/edit")
@gate.in_campaign(Action.EDIT_PEOPLE)
def edit_person(scope: CampaignScope, person_id: int) -> Response:
    person = _person(scope, person_id)
    return _show_form(scope, form_for(scope, person), person=person)


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/people/<int:person_id>/edit")
@gate.in_campaign(Action.EDIT_PEOPLE)
def update_person(scope: CampaignScope, person_id: int) -> Response | Answer:
    """By somebody who saw the revision of the details that the form names."""
    person = _person(scope, person_id)
    form = form_for(scope, person)
    details = form.details() if form.validate() else None
    if details is None:
        return _show_form(scope, form, 422, person)
    refused = keeping.update_person(scope, person_id, form.revision.data or 0, details)
    if refused is None:
        return _saved(scope, person_id, form, _("Saved."))
    if refused.why is DetailsRefusal.CHANGED_MEANWHILE:
        return _show_form(scope, form_for(scope, _person(scope, person_id), fresh=True), 409, person, changed=True)
    form.refuse(scope, refused)
    return _show_form(scope, form, 422, person)


def _person(scope: CampaignScope, person_id: int) -> PersonView:
    return people.person(scope, campaigns.campaign(scope), person_id) or abort(404)


def _show_form(
    scope: CampaignScope, form: PersonForm, status: int = 200, person: PersonView | None = None, *, changed: bool = False
) -> Response:
    return respond(
        "people/edit.html",
        "people/_form.html",
        status,
        form=form,
        person=person,
        changed=changed,
        place=_place(scope),
    )


def _saved(scope: CampaignScope, person_id: int, form: PersonForm, said: str) -> Answer:
    flash(said, "good")
    for doubt in form.doubts:
        flash(doubt, "warn")
    return redirect(url_for("people.show_person", **_place(scope), person_id=person_id), 303)


def _place(scope: CampaignScope) -> dict[str, Any]:
    return {"institution_code": places.institution(scope.within).code, "campaign_code": campaigns.campaign(scope).code}
