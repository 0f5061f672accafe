"""Using an invitation link or a link to a new password."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length

from app.extensions import limiter
from app.queries import users
from app.queries.users import InvitationView
from app.services.passwords import PasswordRefusal
from app.services.users import accept, token_hash
from app.web import gate, words
from app.web.render import respond
from app.web.sessions import begin_session

pages = Blueprint("invitations", __name__)


class ResetForm(FlaskForm):  # type: ignore[misc]
    password = PasswordField(_("Password"), [InputRequired(_("Enter a password."))])
    again = PasswordField(
        _("Password once more"),
        [InputRequired(_("Enter the password once more.")), EqualTo("password", _("The two passwords are not the same."))],
    )


class AcceptForm(ResetForm):
    name = StringField(_("Your name"), [DataRequired(_("Enter your name.")), Length(max=120, message=_("This name is too long."))])


HAS_ACCOUNT = _("This e-mail address has an account here already. Enter the password of that account.")


@pages.get("/invitations/<token>")
@gate.public
def show_invitation(token: str) -> Response:
    found = users.invitation(token_hash(token))
    if found is None:
        return respond("invitations/gone.html", status=404)
    return respond("invitations/page.html", form=_form(found), invitation=found, token=token)


@pages.post("/invitations/<token>")
@limiter.limit("20 per 10 minutes")
@gate.public
def use_invitation(token: str) -> Response:
    found = users.invitation(token_hash(token))
    if found is None:
        return respond("invitations/gone.html", status=404)
    form = _form(found)
    if form.validate_on_submit():
        name = form.name.data if isinstance(form, AcceptForm) else found.name
        answer = accept(token, name or "", form.password.data or "")
        if answer is None:
            return respond("invitations/gone.html", status=404)
        if not isinstance(answer, PasswordRefusal):
            begin_session(answer)
            flash(_("Your new password holds from now on.") if found.resets else _("Welcome. Your account is ready."), "good")
            return redirect(url_for("sessions.show_start"))
        form.password.errors = [HAS_ACCOUNT if answer is PasswordRefusal.WRONG_OLD else words.PASSWORD_REFUSALS[answer]]
    return respond("invitations/page.html", status=422, form=form, invitation=found, token=token)


def _form(found: InvitationView) -> ResetForm:
    return ResetForm() if found.resets else AcceptForm(name=found.name)
