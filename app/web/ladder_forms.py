"""The forms of a ladder: one rung, and the hours at which messages may go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.ladder import ADDRESSED, SENT_BY_US, Anchor, Channel, Measure, Receiver, Rung
from app.domain.nudge import Hours
from app.domain.standing import Standing
from app.domain.track import Track
from app.queries.ladders import LadderView
from app.queries.message_texts import TextView
from app.queries.places import UnitView
from app.services.ladders import LadderRefusal, RungDraft
from app.web import nudge_words, words
from app.web.terms import Number

BEFORE, AFTER = "before", "after"
_HOUR = _("Enter an hour from 0 to 24.")
_NUMBER = _("Enter a number from 0 to 365.")
REFUSALS = {
    LadderRefusal.NO_RECEIVER: ("receivers", _("Choose at least one receiver.")),
    LadderRefusal.NO_CHANNEL: ("first", _("Choose at least one channel.")),
    LadderRefusal.ODD_DISTANCE: ("number", _("This is too far away: at most 365 days, 250 working days or 12 months.")),
    LadderRefusal.UNKNOWN_UNIT: ("unit", _("There is no such class or department.")),
    LadderRefusal.UNKNOWN_TEXT: ("text", _("There is no such text any more.")),
    LadderRefusal.COUNTED_FROM_A_PERSON: (
        "receivers",
        _("Who answers for others gets counts on a common day: count from the deadline, or choose a day of the week."),
    ),
    LadderRefusal.ODD_HOURS: ("last", _("Messages have to begin before they end.")),
}


class Boxes(SelectMultipleField):  # type: ignore[misc]
    """Several of a few, each with a box."""

    widget = ListWidget()
    option_widget = CheckboxInput()


class RungForm(FlaskForm):  # type: ignore[misc]
    """One rung. `units` are those of the own institution, None for an office, whose rungs are for all."""

    anchor = SelectField(_("Counted from"), choices=[SelectChoice(a.value, text) for a, text in nudge_words.ANCHORS.items()])
    number = Number(_("How far away"), [InputRequired(_NUMBER), NumberRange(0, 365, _NUMBER)], default=7)
    measure = SelectField(_("Counted in"), choices=[SelectChoice(m.value, text) for m, text in nudge_words.MEASURES.items()])
    side = RadioField(_("Before or after"), choices=[SelectChoice(BEFORE, _("before")), SelectChoice(AFTER, _("after"))], default=BEFORE)
    weekday = SelectField(_("Day of the week"), default="1")
    receivers = Boxes(
        _("To whom"),
        choices=[SelectChoice(r.value, text) for r, text in nudge_words.RECEIVERS.items()],
        default=[receiver.value for receiver in sorted(ADDRESSED)],
    )
    standings = Boxes(
        _("For whom"),
        choices=[SelectChoice(s.value, text) for s, text in words.STANDINGS.items() if s not in {Standing.DONE, Standing.EXCLUDED}],
    )
    track = SelectField(
        _("Who registers"), choices=[SelectChoice("", _("all")), *(SelectChoice(t.value, x) for t, x in words.TRACKS.items())]
    )
    unit = SelectField(_("Class or department"), default="")
    first = SelectField(_("First by"), default=Channel.EMAIL.value)
    second = SelectField(_("else by"), default=Channel.ZALO.value)
    third = SelectField(_("else by"), default=Channel.SMS.value)
    text = SelectField(_("Text"), default="")

    def __init__(self, units: Iterable[UnitView] | None, texts: Iterable[TextView], **rest: Any) -> None:
        super().__init__(**rest)
        self.weekday.choices = [SelectChoice(str(number), nudge_words.weekday_name(number)) for number in range(1, 8)]
        self.unit.choices = [SelectChoice("", gettext("All")), *(SelectChoice(str(unit.id), unit.name) for unit in units or ())]
        channels = [SelectChoice(channel.value, nudge_words.CHANNELS[channel]) for channel in SENT_BY_US]
        for field in (self.first, self.second, self.third):
            field.choices = [SelectChoice("", "–"), *channels]
        own = [SelectChoice(str(text.id), text.name) for text in texts]
        self.text.choices = [SelectChoice("", gettext("the text that comes with the program")), *own]
        if units is None:
            del self.unit
        else:  # officers look over many institutions; what they are told is not one institution's to plan
            self.receivers.choices = [choice for choice in self.receivers.choices if choice.value != Receiver.OFFICER]

    def draft(self) -> RungDraft:
        anchor = Anchor(self.anchor.data)
        weekly = anchor is Anchor.WEEKDAY
        number = int(self.weekday.data) if weekly else self.number.data or 0
        chosen = [Channel(field.data) for field in (self.first, self.second, self.third) if field.data]
        unit = self.unit.data if "unit" in self else ""
        return RungDraft(
            anchor=anchor,
            distance=-number if anchor is Anchor.DEADLINE and self.side.data == BEFORE else number,
            measure=Measure.DAYS if weekly else Measure(self.measure.data),
            standings=frozenset(Standing(value) for value in self.standings.data or ()),
            track=Track(self.track.data) if self.track.data else None,
            unit_id=int(unit) if unit else None,
            receivers=frozenset(Receiver(value) for value in self.receivers.data or ()),
            channels=tuple(dict.fromkeys(chosen)),
            text_id=int(self.text.data) if self.text.data else None,
        )

    def refuse(self, why: LadderRefusal) -> None:
        """The service's refusal as a message by its field."""
        name, said = REFUSALS[why]
        self[name].errors = [*self[name].errors, said]


def values_of(rung: Rung) -> dict[str, Any]:
    """What the form holds before anybody touches it: the rung as it is."""
    weekly = rung.anchor is Anchor.WEEKDAY
    channels = [channel.value for channel in rung.channels if channel in SENT_BY_US]
    return {
        "anchor": rung.anchor.value,
        "number": 0 if weekly else abs(rung.distance),
        "measure": rung.measure.value,
        "side": AFTER if rung.distance > 0 else BEFORE,
        "weekday": str(rung.distance) if weekly else "1",
        "receivers": sorted(rung.receivers),
        "standings": sorted(rung.standings),
        "track": rung.track.value if rung.track else "",
        "unit": str(rung.unit_id) if rung.unit_id else "",
        "text": str(rung.text_id) if rung.text_id else "",
    } | dict(zip(("first", "second", "third"), [*channels, "", "", ""], strict=False))


class HoursForm(FlaskForm):  # type: ignore[misc]
    """When messages may go."""

    first = Number(_("From this hour on"), [InputRequired(_HOUR), NumberRange(0, 24, _HOUR)])
    last = Number(_("Until this hour"), [InputRequired(_HOUR), NumberRange(0, 24, _HOUR)])
    on_sundays = BooleanField(_("Also on Sundays"))
    on_holidays = BooleanField(_("Also on public holidays and at Tết"))

    def hours(self) -> Hours:
        return Hours(self.first.data, self.last.data)

    def refuse(self, why: LadderRefusal) -> None:
        name, said = REFUSALS[why]
        self[name].errors = [*self[name].errors, said]


def hours_form(ladder: LadderView) -> HoursForm:
    return HoursForm(first=ladder.hours.first, last=ladder.hours.last, on_sundays=ladder.on_sundays, on_holidays=ladder.on_holidays)
