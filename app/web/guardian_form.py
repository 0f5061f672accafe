"""The form of a guardian who is added by hand: what is typed is judged by the same rules as a roster's cells."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, StringField, TelField
from wtforms.validators import DataRequired, Length

from app.services.guardians import GuardianRefusal
from app.web import words
from app.web.contacts import TOO_LONG
from imports import GuardianRead, Severity, judge

_REFUSALS = {
    GuardianRefusal.NAME_MISSING: ("full_name", _("Enter the name.")),
    GuardianRefusal.IS_THE_CHILD: ("personal_id", _("This is the child's own number. Enter the guardian's.")),
    GuardianRefusal.NUMBER_TAKEN: (
        "personal_id",
        _("Somebody of another name has this number here. Check the number and the name."),
    ),
}


class GuardianForm(FlaskForm):  # type: ignore[misc]
    """`doubts` are said after saving: values that are odd but may be right, or that were mended by rule."""

    full_name = StringField(_("Full name"), [DataRequired(_("Please give the name.")), Length(max=120, message=TOO_LONG)])
    relation = SelectField(
        _("Who this is to the child"), choices=[SelectChoice("", _("not known")), *(SelectChoice(*one) for one in words.RELATIONS.items())]
    )
    phone = TelField(_("Telephone"), [Length(max=30, message=TOO_LONG)])
    personal_id = StringField(_("Personal ID (CCCD)"), [Length(max=20, message=TOO_LONG)])

    def given(self) -> GuardianRead | None:
        """Who is meant; None with messages by the fields where a text can't be taken."""
        self.doubts: list[str] = []
        values = {field: self._judged(field) for field in ("full_name", "phone", "personal_id")}
        return None if self.errors else GuardianRead(relation=self.relation.data or None, **values)

    def _judged(self, field: str) -> str | None:
        value, finding = judge(field, self[field].data or "")
        if finding:
            said = gettext(finding.text, **dict(finding.params))
            if finding.severity is Severity.ERROR:
                self[field].errors = [said]
            else:
                self.doubts.append(said)
        return str(value) if value else None

    def refuse(self, why: GuardianRefusal) -> None:
        """The service's refusal as a message by its field."""
        field, said = _REFUSALS[why]
        self[field].errors = [said]
