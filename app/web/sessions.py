"""Signing in and out, and the way to one's own places."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, request, session, url_for
from flask_babel import lazy_gettext as _
from flask_login import login_user, logout_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired

from app.domain.access import Action, Role
from app.extensions import limiter
from app.queries import campaigns, users
from app.queries.campaigns import CampaignView
from app.queries.users import Place, SignedIn
from app.services.users import SignedInKey, sign_in
from app.web import gate, identity, paths
from app.web.render import respond

pages = Blueprint("sessions", __name__)
KEPT = ("language", "look")  # of a session, when somebody signs in or out


class SignInForm(FlaskForm):  # type: ignore[misc]
    email = StringField(_("E-mail address"), [DataRequired(_("Enter your e-mail address."))])
    password = PasswordField(_("Password"), [InputRequired(_("Enter your password."))])


def begin_session(key: SignedInKey) -> None:
    """Sign somebody in, in a session that holds nothing of an earlier visitor."""
    _empty_session()
    user = users.signed_in(key.id, key.session_key)
    login_user(identity.Visitor(user) if user else None)


def _empty_session() -> None:
    for name in set(session) - set(KEPT):
        session.pop(name)


@pages.get("/sign-in")
@gate.public
def new_session() -> Response:
    if gate.visitor():
        return redirect(paths.own(request.args.get("next")) or url_for(".show_start"))
    return respond("sessions/page.html", form=SignInForm(), ended="ended" in request.args)


def _address_tried() -> str:
    return request.form.get("email", "").strip().lower()


def _was_wrong(response: Response) -> bool:
    return response.status_code == 422


@pages.post("/sign-in")
@limiter.limit("30 per 10 minutes", deduct_when=_was_wrong)
@limiter.limit("8 per 10 minutes", key_func=_address_tried, deduct_when=_was_wrong)
@gate.public
def create_session() -> Response:
    form = SignInForm()
    if form.validate_on_submit():
        key = sign_in(form.email.data or "", form.password.data or "")
        if key:
            begin_session(key)
            return redirect(paths.own(request.args.get("next")) or url_for(".show_start"))
        form.form_errors.append(
            _("This e-mail address and password do not belong together. Check both, or ask who invited you for a new link.")
        )
    return respond("sessions/page.html", status=422, form=form, ended=False)


@pages.post("/sign-out")
@gate.public
def delete_session() -> Response:
    logout_user()
    _empty_session()
    flash(_("You are signed out."), "good")
    return redirect(url_for(".new_session"))


@dataclass(frozen=True, slots=True)
class PlaceShown:
    """A place with the campaigns that run there, the newest first (institutions only)."""

    place: Place
    campaigns: tuple[CampaignView, ...]
    may_manage: bool


@pages.get("/")
@gate.signed_in
def show_start(user: SignedIn) -> Response:
    """Who has one place goes there; everybody else chooses."""
    found = users.places(user)
    if len(found) == 1 and found[0].kind == "agency":
        return redirect(url_for("agencies.show_agency", agency_code=found[0].code))
    if len(found) == 1 and found[0].campaign:
        return redirect(url_for("home.show_home", institution_code=found[0].code, campaign_code=found[0].campaign))
    return redirect(url_for(".list_places"))


@pages.get("/places")
@gate.signed_in
def list_places(user: SignedIn) -> Response:
    shown = [_shown(user, place) for place in users.places(user)]
    return respond("sessions/places.html", places=shown, is_admin=any(p.place.role is Role.ADMIN for p in shown))


def _shown(user: SignedIn, place: Place) -> PlaceShown:
    scope = users.institution_scope(user, place.code) if place.kind == "institution" else None
    if scope is None:
        return PlaceShown(place, (), False)
    return PlaceShown(place, tuple(campaigns.institution_campaigns(scope)), scope.may(Action.INVITE_TO_INSTITUTION))
