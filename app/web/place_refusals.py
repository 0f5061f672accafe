"""What a form says when a service refuses an office's or an institution's data, and beside which field."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from app.services.places import PlaceRefusal

CODE_RULE = _("A code has at most 40 letters without marks, digits, dots, dashes or underscores, and no spaces.")
CODE_TAKEN = _("This code is in use already. Choose another one.")
REFUSALS = {
    PlaceRefusal.CODE_TAKEN: ("code", CODE_TAKEN),
    PlaceRefusal.CODE_MALFORMED: ("code", CODE_RULE),
    PlaceRefusal.NAME_MISSING: ("name", _("Please give the name.")),
    PlaceRefusal.UNKNOWN_AGENCY: ("agency_code", _("This office is not one of yours.")),
}


def refuse(form: FlaskForm, refusal: PlaceRefusal) -> None:
    """Put the refusal beside its field, or at the head of a form that has no such field."""
    field, text = REFUSALS[refusal]
    if field in form:
        form[field].errors = [*form[field].errors, text]
    else:
        form.form_errors.append(text)
