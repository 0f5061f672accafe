"""Changing one's own password."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired

from app.extensions import limiter
from app.queries.users import SignedIn
from app.services.passwords import PasswordRefusal
from app.services.users import change_password
from app.web import gate, words
from app.web.render import respond
from app.web.sessions import begin_session

pages = Blueprint("passwords", __name__)


class PasswordForm(FlaskForm):  # type: ignore[misc]
    old = PasswordField(_("Present password"), [InputRequired(_("Enter your present password."))])
    new = PasswordField(_("New password"), [InputRequired(_("Enter a new password."))])
    again = PasswordField(
        _("New password once more"),
        [InputRequired(_("Enter the new password once more.")), EqualTo("new", _("The two new passwords are not the same."))],
    )


@pages.get("/password")
@gate.signed_in
def edit_password(user: SignedIn) -> Response:
    return respond("passwords/page.html", form=PasswordForm(), user=user)


@pages.post("/password")
@limiter.limit("10 per 10 minutes", deduct_when=lambda response: response.status_code == 422)
@gate.signed_in
def update_password(user: SignedIn) -> Response:
    form = PasswordForm()
    if form.validate_on_submit():
        answer = change_password(user.id, form.old.data or "", form.new.data or "")
        if not isinstance(answer, PasswordRefusal):
            begin_session(answer)
            flash(_("Your password is changed. You are signed out everywhere else."), "good")
            return redirect(url_for("sessions.show_start"))
        field = form.old if answer is PasswordRefusal.WRONG_OLD else form.new
        field.errors = [words.PASSWORD_REFUSALS[answer]]
    return respond("passwords/page.html", status=422, form=form, user=user)
