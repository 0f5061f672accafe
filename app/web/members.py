"""Who works at an institution or an agency: invite, help with a new password, take a role away.

A link is shown to whom it was made for, once: it stands in their session until the next page has shown it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, session, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectChoice, SelectMultipleField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.access import Action, Role, may_invite
from app.domain.scope import AgencyScope, InstitutionScope
from app.queries import places, users
from app.services.users import (
    invite_to_agency,
    invite_to_institution,
    remove_from_agency,
    remove_from_institution,
    reset_link_in_agency,
    reset_link_in_institution,
)
from app.web import gate, words
from app.web.render import respond

pages = Blueprint("members", __name__)
LINK = "link-to-pass-on"
ADDRESS = r"\s*[^@\s]+@[^@\s]+\.[^@\s.]+\s*$"


class InviteForm(FlaskForm):  # type: ignore[misc]
    """An officer's invitation."""

    name = StringField(_("Name"), [DataRequired(_("Enter the person's name.")), Length(max=120, message=_("This name is too long."))])
    email = StringField(
        _("E-mail address"),
        [
            DataRequired(_("Enter the e-mail address.")),
            Regexp(ADDRESS, message=_("This is not an e-mail address.")),
            Length(max=254, message=_("This is too long.")),
        ],
    )


class InviteToInstitutionForm(InviteForm):
    role = RadioField(_("Role"), [InputRequired(_("Choose a role."))])
    units = SelectMultipleField(_("Classes or departments"), coerce=int, widget=ListWidget(), option_widget=CheckboxInput())

    def __init__(self, scope: InstitutionScope) -> None:
        super().__init__()
        self.role.choices = [SelectChoice(role.value, words.ROLES[role]) for role in _roles(scope)]
        self.units.choices = [SelectChoice(unit.id, unit.name) for unit in places.units(scope)]

    def validate_units(self, field: SelectMultipleField) -> None:
        if self.role.data == Role.UNIT_LEAD and not field.data:
            raise ValidationError(_("Choose at least one class or department for this role."))


@dataclass(frozen=True, slots=True)
class Link:
    """A link to be passed on by hand: nothing is sent from here."""

    address: str
    name: str
    resets: bool


def _roles(scope: InstitutionScope) -> list[Role]:
    """The roles at an institution that the visitor may give away."""
    return [role for role in may_invite(scope.role) if role not in {Role.ADMIN, Role.OFFICER}]


@pages.get("/institutions/<institution_code>/members")
@gate.at_institution(Action.INVITE_TO_INSTITUTION)
def list_institution_members(scope: InstitutionScope) -> Response:
    return _institution_page(scope, InviteToInstitutionForm(scope))


@pages.post("/institutions/<institution_code>/invitations")
@gate.at_institution(Action.INVITE_TO_INSTITUTION)
def create_institution_invitation(scope: InstitutionScope) -> Response:
    form = InviteToInstitutionForm(scope)
    if not form.validate_on_submit():
        return _institution_page(scope, form, status=422)
    token = invite_to_institution(scope, Role(form.role.data), form.name.data or "", form.email.data or "", form.units.data or [])
    return _show_link(token, str(form.name.data), False, _back_to_institution(scope))


@pages.post("/institutions/<institution_code>/members/<int:membership_id>/reset-link")
@gate.at_institution(Action.INVITE_TO_INSTITUTION)
def create_institution_reset(scope: InstitutionScope, membership_id: int) -> Response:
    member = _member(users.institution_members(scope), membership_id)
    return _reset(reset_link_in_institution(scope, membership_id), member.name, _back_to_institution(scope))


@pages.post("/institutions/<institution_code>/members/<int:membership_id>/removal")
@gate.at_institution(Action.INVITE_TO_INSTITUTION)
def delete_institution_member(scope: InstitutionScope, membership_id: int) -> Response:
    member = _member(users.institution_members(scope), membership_id)
    return _removed(remove_from_institution(scope, membership_id), member.name, _back_to_institution(scope))


@pages.get("/agencies/<agency_code>/members")
@gate.at_agency(Action.INVITE_TO_AGENCY)
def list_agency_members(scope: AgencyScope) -> Response:
    return _agency_page(scope, InviteForm())


@pages.post("/agencies/<agency_code>/invitations")
@gate.at_agency(Action.INVITE_TO_AGENCY)
def create_agency_invitation(scope: AgencyScope) -> Response:
    form = InviteForm()
    if not form.validate_on_submit():
        return _agency_page(scope, form, status=422)
    token = invite_to_agency(scope, form.name.data or "", form.email.data or "")
    return _show_link(token, str(form.name.data), False, _back_to_agency(scope))


@pages.post("/agencies/<agency_code>/members/<int:membership_id>/reset-link")
@gate.at_agency(Action.INVITE_TO_AGENCY)
def create_agency_reset(scope: AgencyScope, membership_id: int) -> Response:
    member = _member(users.agency_members(scope), membership_id)
    return _reset(reset_link_in_agency(scope, membership_id), member.name, _back_to_agency(scope))


@pages.post("/agencies/<agency_code>/members/<int:membership_id>/removal")
@gate.at_agency(Action.INVITE_TO_AGENCY)
def delete_agency_member(scope: AgencyScope, membership_id: int) -> Response:
    member = _member(users.agency_members(scope), membership_id)
    return _removed(remove_from_agency(scope, membership_id), member.name, _back_to_agency(scope))


def _institution_page(scope: InstitutionScope, form: InviteToInstitutionForm, status: int = 200) -> Response:
    place = places.institution(scope)
    return respond(
        "members/page.html",
        status=status,
        form=form,
        place=place,
        members=users.institution_members(scope),
        invitations=users.institution_invitations(scope),
        me=scope.actor.user_id,
        link=_taken_link(),
        to=_Addresses("institution", {"institution_code": place.code}),
    )


def _agency_page(scope: AgencyScope, form: InviteForm, status: int = 200) -> Response:
    place = places.agency(scope)
    return respond(
        "members/page.html",
        status=status,
        form=form,
        place=place,
        members=users.agency_members(scope),
        invitations=users.agency_invitations(scope),
        me=scope.actor.user_id,
        link=_taken_link(),
        to=_Addresses("agency", {"agency_code": place.code}),
    )


@dataclass(frozen=True, slots=True)
class _Addresses:
    """Where the page's forms go: the same page serves institutions and agencies."""

    place: str
    codes: dict[str, Any]

    @property
    def invite(self) -> str:
        return url_for(f".create_{self.place}_invitation", **self.codes)

    def reset(self, membership_id: int) -> str:
        return self._member("create", "reset", membership_id)

    def remove(self, membership_id: int) -> str:
        return self._member("delete", "member", membership_id)

    def _member(self, verb: str, noun: str, membership_id: int) -> str:
        values: dict[str, Any] = {"membership_id": membership_id, **self.codes}
        return url_for(f".{verb}_{self.place}_{noun}", **values)


def _member(members: list[users.Member], membership_id: int) -> users.Member:
    found = next((member for member in members if member.membership_id == membership_id), None)
    return found or abort(404)


def _back_to_institution(scope: InstitutionScope) -> str:
    return url_for(".list_institution_members", institution_code=places.institution(scope).code)


def _back_to_agency(scope: AgencyScope) -> str:
    return url_for(".list_agency_members", agency_code=places.agency(scope).code)


def _show_link(token: str, name: str, resets: bool, back: str) -> Response:
    session[LINK] = [url_for("invitations.show_invitation", token=token, _external=True), name, resets]
    return redirect(back)


def _taken_link() -> Link | None:
    kept = session.pop(LINK, None)
    return Link(*kept) if kept else None


def _reset(token: str | None, name: str, back: str) -> Response:
    if token:
        return _show_link(token, name, True, back)
    flash(
        gettext("%(name)s works elsewhere, too. Only an office that reaches all of their places can give a new password.", name=name),
        "warn",
    )
    return redirect(back)


def _removed(done: bool, name: str, back: str) -> Response:
    if done:
        flash(gettext("%(name)s has no role here any more.", name=name), "good")
    else:
        flash(gettext("Nobody can take away their own role. Ask another member to do it."), "warn")
    return redirect(back)
