"""Institutions: listed and added at their agency; each one's own front door, name and contact person."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer
from wtforms import RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from app.collation import unit_key
from app.domain.access import Action
from app.domain.names import fold
from app.domain.scope import AgencyScope, InstitutionScope
from app.queries import campaigns, places
from app.queries.places import InstitutionView
from app.services import places as placing
from app.web import gate, words
from app.web.contacts import TOO_LONG, ContactFields, HeadFields, contact_values, head_values
from app.web.place_refusals import refuse
from app.web.render import respond

pages = Blueprint("institutions", __name__)


@pages.get("/agencies/<agency_code>/institutions")
@gate.at_agency(Action.SEE_AGENCY)
def list_institutions(scope: AgencyScope) -> Response:
    """All of the subtree, by name; `q` looks for words of name and code, without marks."""
    q = request.args.get("q", "")
    found = places.institutions(scope)
    shown = sorted((each for each in found if _holds(each, fold(q).split())), key=lambda each: (unit_key(each.name), each.code))
    return respond(
        "institutions/list.html",
        "institutions/_list.html",
        agency=places.agency(scope),
        institutions=shown,
        count=len(found),
        several_offices=len({each.agency_code for each in found}) > 1,
        q=q,
        may_manage=scope.may(Action.MANAGE_AGENCY),
    )


def _holds(institution: InstitutionView, searched: list[str]) -> bool:
    text = fold(f"{institution.name} {institution.code}")
    return all(word in text for word in searched)


class NewInstitutionForm(ContactFields, FlaskForm):  # type: ignore[misc]
    """A new institution of one of the scope's offices."""

    code = StringField(_("Code of the institution"), [DataRequired(_("Please give the code.")), Length(max=40, message=TOO_LONG)])
    name = StringField(_("Name of the institution"), [DataRequired(_("Please give the name.")), Length(max=200, message=TOO_LONG)])
    kind = RadioField(_("Kind"), [InputRequired(_("Choose the kind."))], choices=[SelectChoice(*known) for known in words.KINDS.items()])
    agency_code = SelectField(_("Reports to"))

    def __init__(self, scope: AgencyScope) -> None:
        offices = places.agencies(scope)
        super().__init__(agency_code=places.agency(scope).code)
        self.agency_code.choices = [SelectChoice(office.code, f"{office.code} · {office.name}") for office in offices]


@pages.get("/agencies/<agency_code>/institutions/new")
@gate.at_agency(Action.MANAGE_AGENCY)
def new_institution(scope: AgencyScope) -> Response:
    return _show_new(scope, NewInstitutionForm(scope))


@pages.post("/agencies/<agency_code>/institutions")
@gate.at_agency(Action.MANAGE_AGENCY)
def create_institution(scope: AgencyScope) -> Response | Answer:
    form = NewInstitutionForm(scope)
    if form.validate():
        code, name = form.code.data.strip(), form.name.data
        refusal = placing.add_institution(scope, form.agency_code.data, code, name, form.kind.data, form.contact())
        if refusal is None:
            flash(gettext("%(name)s was added. Now invite its coordinator.", name=name), "good")
            return redirect(url_for("members.list_institution_members", institution_code=code))
        refuse(form, refusal)
    return _show_new(scope, form, 422)


def _show_new(scope: AgencyScope, form: NewInstitutionForm, status: int = 200) -> Response:
    return respond("institutions/new.html", status=status, agency=places.agency(scope), form=form)


@pages.get("/institutions/<institution_code>")
@gate.at_institution(Action.SEE_INSTITUTION)
def show_institution(scope: InstitutionScope) -> Response | Answer:
    """The home of its newest campaign, or why there is none."""
    institution, found = places.institution(scope), campaigns.institution_campaigns(scope)
    if found:
        return redirect(url_for("home.show_home", institution_code=institution.code, campaign_code=found[0].code))
    return respond("institutions/page.html", institution=institution, may_edit=scope.may(Action.MANAGE_INSTITUTION))


class InstitutionForm(ContactFields, HeadFields, FlaskForm):  # type: ignore[misc]
    """What an institution's coordinator, or the office, may change of it."""

    name = StringField(_("Name of the institution"), [DataRequired(_("Please give the name.")), Length(max=200, message=TOO_LONG)])


@pages.get("/institutions/<institution_code>/edit")
@gate.at_institution(Action.MANAGE_INSTITUTION)
def edit_institution(scope: InstitutionScope) -> Response:
    institution = places.institution(scope)
    return respond(
        "institutions/edit.html",
        institution=institution,
        form=InstitutionForm(name=institution.name, **contact_values(institution.contact), **head_values(institution.head)),
    )


@pages.post("/institutions/<institution_code>")
@gate.at_institution(Action.MANAGE_INSTITUTION)
def update_institution(scope: InstitutionScope) -> Response | Answer:
    form, institution = InstitutionForm(), places.institution(scope)
    if form.validate():
        refusal = placing.update_institution(scope, form.name.data, form.contact(), form.head())
        if refusal is None:
            flash(gettext("Saved."), "good")
            return redirect(url_for("institutions.edit_institution", institution_code=institution.code))
        refuse(form, refusal)
    return respond("institutions/edit.html", status=422, institution=institution, form=form)
