"""What a visitor reads when something did not work: one plain sentence, what to do, and a way back. Never a stack trace."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, make_response, render_template, url_for
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from htmx_flask import request
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from app import clock, transaction
from app.config import MAX_UPLOAD_BYTES
from app.web import paths


@dataclass(frozen=True, slots=True)
class Trouble:
    """`what` happened, `so` what to do about it."""

    what: LazyString
    so: LazyString


TROUBLES: dict[int, Trouble] = {
    400: Trouble(_("This request could not be understood."), _("Go back, load the page again and repeat what you did.")),
    403: Trouble(_("Your role does not include this."), _("Ask the person who coordinates here to do it, or to give you the role.")),
    404: Trouble(
        _("There is nothing at this address."),
        _("It was moved or never there, or it is not yours to see. Start again from your own places."),
    ),
    405: Trouble(_("This address can't be opened like that."), _("Go back and use the buttons of the page.")),
    409: Trouble(
        _("Somebody else has changed this in the meantime."), _("Load the page again and look at what they did before you go on.")
    ),
    413: Trouble(
        _("What you sent is too large."),
        _("Files of up to %(size)d MB are taken. Leave out pictures and sheets that are not needed.", size=MAX_UPLOAD_BYTES // 1024**2),
    ),
    422: Trouble(_("Something in the form is not right."), _("Go back and check what you entered.")),
    429: Trouble(_("Too many attempts in a short time."), _("Wait a few minutes, then try again.")),
    500: Trouble(
        _("Something went wrong with us, not with you. Nothing was changed."),
        _("Try again. If it happens again, tell those who run this site the time."),
    ),
    503: Trouble(_("The database is busy. Nothing was changed."), _("Wait a moment and try again.")),
}
EXPIRED = Trouble(_("This page had been open for too long, so nothing was changed."), _("Open it again and repeat what you did."))
SIGNED_OUT = Trouble(_("Your sign-in has ended, so nothing was changed."), _("Sign in again and repeat what you did."))
TOO_LONG = Trouble(_("One of the texts is too long or holds signs that can't be kept."), _("Go back and shorten what you entered."))
RETRY_SECONDS = "5"


def register(app: Flask) -> None:
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(transaction.CLASH, _clashed)
    app.register_error_handler(transaction.NOT_KEEPABLE, _not_keepable)
    app.register_error_handler(InternalServerError, _broken)


def _refused(error: HTTPException) -> Response:
    """What the program or Flask answered on purpose."""
    if error.response is not None or error.code is None or error.code < 400:
        return make_response(error.get_response())
    return _answer(error.code, TROUBLES.get(error.code, TROUBLES[400]))


def _expired(_error: CSRFError) -> Response:
    """The token of a form is gone with its session, or never was."""
    return _answer(400, EXPIRED if current_user.is_authenticated else SIGNED_OUT)


def _clashed(_error: Exception) -> Response:
    """Both had looked before either wrote: the second is told. Not logged, because the database's words hold the values."""
    return _answer(409, TROUBLES[409])


def _not_keepable(_error: Exception) -> Response:
    return _answer(422, TOO_LONG)


def _broken(error: InternalServerError) -> Response:
    """An exception nobody expected; Flask has logged it."""
    if transaction.is_busy(error.original_exception):
        response = _answer(503, TROUBLES[503])
        response.headers["Retry-After"] = RETRY_SECONDS
        return response
    return _answer(500, TROUBLES[500])


def _answer(status: int, trouble: Trouble) -> Response:
    """A page, or for HTMX a note at the head of the page the visitor is on."""
    back = url_for("sessions.new_session", next=paths.came_from()) if trouble is SIGNED_OUT else paths.came_from() or "/"
    template = "errors/_note.html" if request.htmx and not request.htmx.boosted else "errors/page.html"
    response = make_response(render_template(template, trouble=trouble, status=status, back=back, at=clock.now()), status)
    response.headers["Vary"] = "HX-Request"
    if request.htmx:
        response.headers["HX-Retarget"] = "#notice"
        response.headers["HX-Reswap"] = "innerHTML show:#notice:top"
    return response
