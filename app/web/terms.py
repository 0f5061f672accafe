"""The form of a campaign: what a letter asks for, and what its dates come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, Form, IntegerField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NoneOf, NumberRange, Optional

from app import clock
from app.domain import deadlines
from app.domain.deadlines import Deadline
from app.domain.procedure import PROCEDURES
from app.domain.standing import Goal
from app.domain.track import GUARDIAN_BELOW, IMAGE_DAYS
from app.queries.campaigns import CampaignView
from app.services.campaigns import CampaignDraft, CampaignRefusal
from app.web import words
from app.web.contacts import TOO_LONG, ContactFields, contact_values
from app.web.place_refusals import CODE_RULE, CODE_TAKEN
from app.workdays import is_workday

REFUSALS = {
    CampaignRefusal.CODE_TAKEN: ("code", CODE_TAKEN),
    CampaignRefusal.CODE_MALFORMED: ("code", CODE_RULE),
    CampaignRefusal.UNKNOWN_AGENCY: ("receiving_code", _("There is no office with this code.")),
    CampaignRefusal.ENDS_BEFORE_START: ("deadline_on", _("The deadline lies before the start.")),
    CampaignRefusal.ODD_DATES: ("deadline_on", _("A campaign lies between 2015 and 2100 and lasts five years at most. Check the dates.")),
    CampaignRefusal.HAS_EVENTS: (
        "procedure",
        _("The procedure and its days can't change any more, because steps of people have been recorded under it."),
    ),
}
NO_DATE = _("This is not a date.")
PER_CENT = _("Enter a number from 1 to 100.")
AGE = _("Enter an age from 0 to 18; 0 means nobody.")
DAYS = _("Enter a number from 0 to 365.")
NO_NUMBER = _("Enter a whole number.")
DAY_COUNTS = [
    SelectChoice("before", _("No: it has to be done before this day (“trước ngày”)")),
    SelectChoice("included", _("Yes: this day is the last one (“đến hết ngày”)")),
]


class Date(DateField):  # type: ignore[misc]
    """A date that is told to be none in plain words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(NO_DATE) from None


class Number(IntegerField):  # type: ignore[misc]
    """A whole number, likewise."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value for value in valuelist if value.strip()])
        except ValueError:
            raise ValueError(NO_NUMBER) from None


class DatesForm(Form):  # type: ignore[misc]
    """The dates alone, while somebody is still typing."""

    starts_on = Date(validators=[Optional()])
    deadline_on = Date(validators=[Optional()])
    deadline_included = RadioField(choices=DAY_COUNTS, default="before")


class CampaignForm(ContactFields, FlaskForm):  # type: ignore[misc]
    """What a letter asks for; as the form for changing a campaign has it."""

    dispatch_number = StringField(_("Number of the letter"), [Length(max=60, message=TOO_LONG)])
    dispatch_on = Date(_("Date of the letter"), [Optional()])
    issued_by = StringField(_("Issued by"), [Length(max=200, message=TOO_LONG)])
    scope = TextAreaField(_("Who is meant"), [Length(max=2000, message=TOO_LONG)])
    basis = TextAreaField(_("Legal ground for keeping the data"), [Length(max=2000, message=TOO_LONG)])
    goal = RadioField(
        _("What counts as done"), choices=[SelectChoice(goal.value, words.GOALS[goal]) for goal in Goal], default=Goal.GRANTED.value
    )
    target = Number(_("Share asked for, in per cent"), [InputRequired(PER_CENT), NumberRange(1, 100, PER_CENT)], default=100)
    starts_on = Date(_("Start"), [Optional()])
    deadline_on = Date(_("Deadline"), [DataRequired(_("Please give the deadline."))])
    deadline_included = RadioField(_("Does the day of the deadline still count?"), choices=DAY_COUNTS, default="before")
    deadline_phrase = StringField(_("The deadline in the letter's words"), [Length(max=200, message=TOO_LONG)])
    procedure = RadioField(_("Procedure"), choices=[SelectChoice(*known) for known in words.PROCEDURES.items()], default="paper-2021")
    paper_days = Number(_("Days for handing in the signed form"), [Optional(), NumberRange(1, 90, _("Enter a number from 1 to 90."))])
    guardian_below = Number(
        _("Age below which a child without an ID card registers through a guardian"),
        [Optional(), NumberRange(0, 18, AGE)],
        default=GUARDIAN_BELOW,
    )
    ages_on = Date(_("Day on which ages are taken"), [Optional()])
    keep_images = BooleanField(_("Institutions may keep images of papers, encrypted"))
    image_days = Number(_("Days after the grant on which images are removed"), [Optional(), NumberRange(0, 365, DAYS)], default=IMAGE_DAYS)
    receiving_code = StringField(_("Code of the receiving office"), [Length(max=20, message=TOO_LONG)])

    def draft(self) -> CampaignDraft:
        return CampaignDraft(
            deadline_on=self.deadline_on.data,
            deadline_included=self.deadline_included.data == "included",
            deadline_phrase=self.deadline_phrase.data or "",
            starts_on=self.starts_on.data,
            goal=Goal(self.goal.data),
            target=self.target.data,
            procedure=self.procedure.data,
            paper_days=self._own_days(),
            guardian_below=_or(self.guardian_below.data, GUARDIAN_BELOW),
            ages_on=self.ages_on.data,
            keep_images=self.keep_images.data,
            image_days=_or(self.image_days.data, IMAGE_DAYS),
            dispatch_number=self.dispatch_number.data or "",
            dispatch_on=self.dispatch_on.data,
            issued_by=self.issued_by.data or "",
            scope=self.scope.data or "",
            basis=self.basis.data or "",
            receiving_code=(self.receiving_code.data or "").strip(),
            contact=self.contact(),
        )

    def _own_days(self) -> int | None:
        """Days that differ from the procedure's."""
        usual: int | None = PROCEDURES[self.procedure.data].paper_days
        given: int | None = self.paper_days.data
        return None if usual is None or given == usual else given

    def refuse(self, refusal: CampaignRefusal) -> None:
        """Put a service's refusal beside the field that it is about."""
        if refusal is CampaignRefusal.NOT_YOURS:
            abort(403)
        field, text = REFUSALS[refusal]
        self[field].errors = [*self[field].errors, text]


def _or(given: int | None, usual: int) -> int:
    return usual if given is None else given


_AS_THEY_ARE = (
    *("dispatch_number", "dispatch_on", "issued_by", "scope", "basis", "target", "starts_on", "deadline_phrase", "receiving_code"),
    *("guardian_below", "ages_on", "keep_images", "image_days"),
)


def values_of(campaign: CampaignView) -> dict[str, Any]:
    """What the form holds before anybody types: the campaign as it is."""
    return {name: getattr(campaign, name) for name in _AS_THEY_ARE} | {
        "goal": campaign.goal.value,
        "deadline_on": campaign.deadline.on,
        "deadline_included": "included" if campaign.deadline.included else "before",
        "procedure": campaign.procedure.code,
        "paper_days": campaign.procedure.paper_days,
        **contact_values(campaign.contact),
    }


class NewCampaignForm(CampaignForm):
    """A new campaign has a code of its own, too. "new" is the address of this form."""

    code = StringField(
        _("Code of the campaign"),
        [DataRequired(_("Please give the code.")), Length(max=40, message=TOO_LONG), NoneOf(["new"], CODE_TAKEN)],
    )
    takes_all = BooleanField(_("All institutions of this office take part, later ones too"), default=True)


@dataclass(frozen=True, slots=True)
class Dates:
    """What a deadline means in working days. `whole` are those from the start, None where no start is given yet."""

    safe_day: date
    left: int
    whole: int | None


def dates_of(form: DatesForm | CampaignForm) -> Dates | None:
    """What the dates in a form come to, None while there is no deadline in it that could be meant."""
    on, start = form.deadline_on.data, form.starts_on.data
    if on is None or not deadlines.is_plausible(start or on, on):
        return None
    safe = deadlines.safe_day(Deadline(on, form.deadline_included.data == "included"), is_workday)
    whole = deadlines.workdays_left(start, safe, is_workday) if start else None
    return Dates(safe, deadlines.workdays_left(clock.today(), safe, is_workday), whole)
