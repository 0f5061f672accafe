"""The form of a person's details: what is typed is judged by the same rules as a roster's cells."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, IntegerField, SelectChoice, SelectField, StringField, TelField
from wtforms.validators import DataRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from app.domain.scope import CampaignScope
from app.queries import campaigns, people, places
from app.queries.people import PersonView
from app.services.people import DetailsRefusal, DetailsRefused, PersonDetails
from app.web import words
from app.web.contacts import TOO_LONG
from app.web.filters import day
from app.web.ids import LARGEST
from imports import Finding, Severity, judge

_JUDGED = ("full_name", "birth_date", "personal_id", "bhxh_code", "pupil_code", "staff_code", "phone", "email", "position")


def _short(limit: int) -> Length:
    return Length(max=limit, message=TOO_LONG)


class PersonForm(FlaskForm):  # type: ignore[misc]
    """`doubts` are said after saving: values that are odd but may be right, or that were mended by rule."""

    full_name = StringField(_("Full name"), [DataRequired(_("Please give the name.")), _short(120)])
    birth_date = StringField(_("Date of birth"), [_short(20)])
    sex = SelectField(_("Sex"), choices=[SelectChoice("", _("not known")), *(SelectChoice(*known) for known in words.SEXES.items())])
    has_card = SelectField(
        _("ID card"),
        choices=[SelectChoice("", _("not known")), SelectChoice("yes", _("has one")), SelectChoice("no", _("has none"))],
        default="",
    )
    unit_id = SelectField(_("Class or department"))
    bhxh_code = StringField(_("BHXH code"), [_short(20)])
    personal_id = StringField(_("Personal ID (CCCD)"), [_short(20)])
    pupil_code = StringField(_("Pupil code"), [_short(30)])
    staff_code = StringField(_("Staff code"), [_short(30)])
    phone = TelField(_("Telephone"), [_short(30)])
    email = EmailField(_("E-mail"), [_short(254)])
    position = StringField(_("Position"), [_short(120)])
    revision = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(0, LARGEST)])

    def details(self) -> PersonDetails | None:
        """The values that the texts stand for; None with messages by the fields where a text can't be taken."""
        self.doubts: list[str] = []
        born = self._judged("birth_date")
        sex = self.sex.data or None
        about = {"birth_year": born.year if isinstance(born, date) else None, "sex": sex}
        values = {field: self._judged(field, **(about if field == "personal_id" else {})) for field in _JUDGED}
        if not values["full_name"]:
            self["full_name"].errors = [gettext("Enter the name.")]
        if self.errors:
            return None
        has_card = {"yes": True, "no": False}.get(self.has_card.data or "")
        unit_id = int(self.unit_id.data) if self.unit_id.data else None
        return PersonDetails(**(values | {"sex": sex, "unit_id": unit_id, "has_card": has_card}))

    def _judged(self, field: str, **about: Any) -> Any:
        value, finding = judge(field, self[field].data or "", **about)
        if finding:
            self._say(field, finding)
        return value

    def _say(self, field: str, finding: Finding) -> None:
        said = gettext(finding.text, **dict(finding.params))
        if finding.severity is Severity.ERROR:
            self[field].errors = [said]
        elif said not in self.doubts:
            self.doubts.append(said)

    def refuse(self, scope: CampaignScope, refused: DetailsRefused) -> None:
        """The service's refusal as a message by its field."""
        if refused.why is DetailsRefusal.UNKNOWN_UNIT:
            self.unit_id.errors = [gettext("This class or department is not one of yours. Choose another.")]
        elif refused.field:
            self[refused.field].errors = [_taken(scope, self[refused.field].data)]


def form_for(scope: CampaignScope, person: PersonView | None = None, *, fresh: bool = False) -> PersonForm:
    """The form as it was sent, or with what is known of a person; `fresh` leaves out what was sent."""
    kept = {name: getattr(person, name) for name in (*_JUDGED, "sex") if name != "birth_date"} if person else {}
    if person:
        kept |= {"birth_date": day(person.birth_date) if person.birth_date else "", "revision": person.person_revision}
        kept["unit_id"] = str(person.unit_id or "")
        kept["has_card"] = "" if person.has_card is None else "yes" if person.has_card else "no"
    form = PersonForm(formdata=None, **kept) if fresh else PersonForm(**kept)
    choices = [SelectChoice(str(unit.id), unit.name) for unit in places.units(scope.within)]
    form.unit_id.choices = [SelectChoice("", gettext("No class or department")), *choices]
    return form


def _taken(scope: CampaignScope, number: str) -> str:
    """Who has the number, if that is somebody whom the asker may see."""
    view = campaigns.campaign(scope)
    found = [people.person(scope, view, person_id) for person_id in people.numbered(scope, number.strip())]
    names = ", ".join(" · ".join(filter(None, (other.full_name, other.unit))) for other in found if other)
    if not names:
        return str(gettext("Somebody else of this institution has this number already."))
    return str(gettext("%(name)s has this number already.", name=names))
