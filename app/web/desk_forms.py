"""The forms of registration desks: hours and places, who is expected, who came and is on no roster."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectChoice, SelectField, StringField, TelField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from app.domain.cards import Card
from app.domain.registration import Event, State
from app.domain.scope import CampaignScope
from app.domain.slots import Hours
from app.queries import places
from app.queries.desk_days import DeskView
from app.queries.filters import NO_UNIT, PeopleFilter
from app.services.desks import NOTE_LENGTH, PLACES_AT_MOST, DeskDraft, DeskRefusal, Visitor
from app.services.histories import DETAIL_LENGTH
from app.web import words
from app.web.contacts import TOO_LONG
from app.web.filters import day
from app.web.ids import LARGEST
from app.web.terms import Date, Number
from imports import Severity, judge

_NO_TIME = _("This is not a time. Write it like 08:30.")
_MINUTES = _("Enter a number from 5 to 120.")
_PEOPLE = _("Enter a number from 1 to 200.")
_NOT_STARTED, _LEFT = "not-started", "left"
_REFUSALS = {
    DeskRefusal.NO_SLOT: ("closes", _("Not even one slot fits between opening and closing.")),
    DeskRefusal.TOO_FEW_PLACES: ("per_slot", _("More people are expected already than these hours have places for.")),
    DeskRefusal.ODD_DAY: ("on", _("Check the day: it lies too far away.")),
}


class Time(TimeField):  # type: ignore[misc]
    """A time of day, also as it is written here ("8h30"); what is none is told in plain words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value.strip().lower().replace("h", ":") for value in valuelist])
        except ValueError:
            raise ValueError(_NO_TIME) from None


class DeskForm(FlaskForm):  # type: ignore[misc]
    """A desk: where, on which day, from when to when."""

    place = StringField(_("Place"), [DataRequired(_("Please give the place.")), Length(max=200, message=TOO_LONG)])
    on = Date(_("Day"), [InputRequired(_("Please give the day."))], format=["%Y-%m-%d", "%d/%m/%Y"])
    opens = Time(_("Opens"), [InputRequired(_("Please give the time."))], format=["%H:%M", "%H:%M:%S"], default=time(8))
    closes = Time(_("Closes"), [InputRequired(_("Please give the time."))], format=["%H:%M", "%H:%M:%S"], default=time(11))
    slot_minutes = Number(_("Minutes for each slot"), [InputRequired(_MINUTES), NumberRange(5, 120, _MINUTES)], default=30)
    per_slot = Number(_("People in each slot"), [InputRequired(_PEOPLE), NumberRange(1, 200, _PEOPLE)], default=10)
    note = TextAreaField(_("Note"), [Length(max=2000, message=TOO_LONG)])

    def draft(self) -> DeskDraft:
        hours = Hours(f"{self.opens.data:%H:%M}", f"{self.closes.data:%H:%M}", self.slot_minutes.data, self.per_slot.data)
        return DeskDraft(self.place.data, self.on.data, hours, self.note.data or "")

    def refuse(self, refusal: DeskRefusal) -> None:
        """The service's refusal as a message by its field."""
        if refusal is DeskRefusal.TOO_MANY_PLACES:
            text = gettext("A desk has at most %(most)s places on a day. Plan several desks.", most=PLACES_AT_MOST)
            self.per_slot.errors = [*self.per_slot.errors, text]
            return
        field, said = _REFUSALS[refusal]
        self[field].errors = [*self[field].errors, said]


def values_of(desk: DeskView) -> dict[str, Any]:
    """What the form holds before anybody types: the desk as it is."""
    hours = desk.hours
    opens, closes = time.fromisoformat(hours.opens), time.fromisoformat(hours.closes)
    slots = {"slot_minutes": hours.slot_minutes, "per_slot": hours.per_slot}
    return {"place": desk.place, "on": desk.on, "opens": opens, "closes": closes, "note": desk.note or ""} | slots


class ExpectForm(FlaskForm):  # type: ignore[misc]
    """Who is to be expected at a desk."""

    unit = SelectField(_("Class or department"))
    who = RadioField(
        _("Who of them"),
        choices=[SelectChoice(_NOT_STARTED, _("who has not started")), SelectChoice(_LEFT, _("everybody who is not done"))],
        default=_NOT_STARTED,
    )

    def __init__(self, scope: CampaignScope, **rest: Any) -> None:
        super().__init__(**rest)
        units = [SelectChoice(str(unit.id), unit.name) for unit in places.units(scope.within)]
        self.unit.choices = [SelectChoice("", gettext("All")), *units, SelectChoice(str(NO_UNIT), gettext("No class or department"))]

    def wanted(self) -> PeopleFilter:
        unit = int(self.unit.data) if self.unit.data else None
        if self.who.data == _LEFT:
            return PeopleFilter(unit=unit, left=True)
        return PeopleFilter(unit=unit, states=frozenset({State.TO_START}))


class AtDeskForm(FlaskForm):  # type: ignore[misc]
    """Something that happened at the desk, just now. `child` is whose card was open when it was recorded for the guardian."""

    event = SelectField(choices=[SelectChoice(event.value, words.EVENTS[event]) for event in Event])
    revision = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(0, LARGEST)])
    file_number = StringField(_("File number of the portal"), [Length(max=DETAIL_LENGTH, message=TOO_LONG)])
    child = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(0, LARGEST)])


class VisitorForm(FlaskForm):  # type: ignore[misc]
    """Somebody who is on no roster; judged by the same rules as a roster's cells."""

    full_name = StringField(_("Full name"), [DataRequired(_("Please give the name.")), Length(max=120, message=TOO_LONG)])
    birth_date = StringField(_("Date of birth"), [Length(max=20, message=TOO_LONG)])
    phone = TelField(_("Telephone"), [Length(max=30, message=TOO_LONG)])
    note = StringField(_("Note"), [Length(max=NOTE_LENGTH, message=TOO_LONG)])

    def visitor(self) -> Visitor | None:
        """None with messages by the fields where a text can't be taken."""
        values = {name: self._judged(name) for name in ("full_name", "birth_date", "phone")}
        if not values["full_name"] and not self.full_name.errors:
            self.full_name.errors = [gettext("Enter the name.")]
        return None if self.errors else Visitor(**values, note=self.note.data or "")

    def _judged(self, name: str) -> Any:
        value, finding = judge(name, self[name].data or "")
        if finding and finding.severity is Severity.ERROR:
            self[name].errors = [gettext(finding.text, **dict(finding.params))]
        return value


def visitor_values(card: Card | None, typed: str) -> dict[str, str]:
    """What the form of a visitor holds before anybody types: what the card says, or the name that was looked for."""
    if card is None:
        return {"full_name": typed}
    born: date | None = card.birth_date
    return {"full_name": card.full_name, "birth_date": day(born) if born else ""}
