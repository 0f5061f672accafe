"""What is said of difficulties: the words of their kinds and refusals, and the forms in which they are noted, passed on and answered."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app import clock
from app.domain.access import Role
from app.domain.difficulties import HANDLING, TEXT_LENGTH, Kind
from app.domain.scope import CampaignScope
from app.queries import difficulties
from app.queries.difficulties import DifficultyView, Which
from app.services.difficulties import DifficultyDraft, DifficultyRefusal
from app.web import words
from app.web.contacts import TOO_LONG
from app.web.ids import LARGEST
from app.web.terms import Date

KINDS: dict[Kind, LazyString] = {
    Kind.PERSONAL_DATA: _("Personal data"),
    Kind.PARTICIPATION: _("Record of insurance"),
    Kind.BENEFITS: _("Benefits"),
    Kind.HEALTH_CARE: _("Health care"),
    Kind.TECHNICAL: _("App and signing in"),
    Kind.OTHER: _("Something else"),
}
EXAMPLES: dict[Kind, LazyString] = {
    Kind.PERSONAL_DATA: _("name, number, telephone or photo is wrong"),
    Kind.PARTICIPATION: _("months or employers are missing or wrong"),
    Kind.BENEFITS: _("sick pay, maternity, pension or unemployment benefit"),
    Kind.HEALTH_CARE: _("the insurance card is not accepted at a clinic"),
    Kind.TECHNICAL: _("no code comes, the app does not open, the password is lost"),
    Kind.OTHER: _("none of these"),
}
LISTS: dict[Which, LazyString] = {
    Which.OPEN: _("Not answered yet"),
    Which.OVERDUE: _("Overdue"),
    Which.MINE: _("Mine to answer"),
    Which.CLOSED: _("Answered"),
}
REFUSALS: dict[DifficultyRefusal, LazyString] = {
    DifficultyRefusal.UNKNOWN_OWNER: _("This person can't answer for it: choose somebody of the list."),
    DifficultyRefusal.NO_OWNER: _("Nobody here can answer for it yet. Invite a coordinator first."),
    DifficultyRefusal.TEXT_MISSING: _("Write what it is about."),
    DifficultyRefusal.TEXT_TOO_LONG: TOO_LONG,
    DifficultyRefusal.ODD_DUE: _("Choose a day from today on, within a year."),
    DifficultyRefusal.ALREADY_CLOSED: _("Nothing was changed: it has been answered and closed already. Below is how it stands now."),
    DifficultyRefusal.STILL_OPEN: _("Nothing was changed: it is open. Below is how it stands now."),
    DifficultyRefusal.CHANGED_MEANWHILE: _(
        "Nothing was changed: somebody else has changed it since you opened the page. Below is how it stands now."
    ),
}
TOLD = {DifficultyRefusal.ALREADY_CLOSED, DifficultyRefusal.STILL_OPEN, DifficultyRefusal.CHANGED_MEANWHILE}
_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


def _plain_lines(text: str | None) -> str | None:
    """A browser counts the end of a line as one sign and sends two."""
    return "\n".join(text.splitlines()) if text else text


class NewForm(FlaskForm):  # type: ignore[misc]
    """A difficulty that is noted. Owner and day may be left to the kind."""

    kind = RadioField(_("What kind it is"), [InputRequired(_("Choose what kind it is."))])
    text = TextAreaField(
        _("What it is about"),
        [DataRequired(REFUSALS[DifficultyRefusal.TEXT_MISSING]), Length(max=TEXT_LENGTH, message=TOO_LONG)],
        filters=[_plain_lines],
    )
    owner = SelectField(_("Who answers"), default="", validate_choice=False)
    due_on = Date(_("Answer by"), [Optional()], format=_FORMATS)
    person = IntegerField(validators=[Optional(), NumberRange(0, LARGEST)])

    def draft(self) -> DifficultyDraft:
        owner_id = owner_of(self) if self.owner.data else None
        return DifficultyDraft(Kind(self.kind.data), self.text.data, self.person.data, owner_id, self.due_on.data)


class PassOnForm(FlaskForm):  # type: ignore[misc]
    """Somebody else is to answer."""

    owner = SelectField(_("Who answers"), default="", validate_choice=False)
    due_on = Date(_("Answer by"), [InputRequired(_("Give the day by which it is answered."))], format=_FORMATS)
    revision = IntegerField(validators=[InputRequired(), NumberRange(0, LARGEST)])


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """The answer, with which a difficulty is closed."""

    answer = TextAreaField(
        _("The answer that the person gets"),
        [DataRequired(_("Write the answer.")), Length(max=TEXT_LENGTH, message=TOO_LONG)],
        filters=[_plain_lines],
    )
    revision = IntegerField(validators=[InputRequired(), NumberRange(0, LARGEST)])


class ReopenForm(FlaskForm):  # type: ignore[misc]
    """The answer was none after all."""

    revision = IntegerField(validators=[InputRequired(), NumberRange(0, LARGEST)])


def owner_of(form: NewForm | PassOnForm) -> int:
    """Whom a form names; 0, which is nobody, where it names none. Who has lost their role since is refused by the service."""
    named = form.owner.data or ""
    return int(named) if named.isdecimal() and len(named) < len(str(LARGEST)) else 0


def new_form(scope: CampaignScope) -> NewForm:
    form = NewForm()
    form.kind.choices = [SelectChoice(kind.value, text) for kind, text in KINDS.items()]
    form.owner.choices = [SelectChoice("", gettext("As the kind says")), *_owners(scope)]
    return form


def pass_on_form(scope: CampaignScope, difficulty: DifficultyView, *, fresh: bool) -> PassOnForm:
    """`fresh` leaves out what was sent. Whoever answers now is chosen, so that the day alone can be changed."""
    now = {"owner": str(difficulty.owner_id), "due_on": max(difficulty.due_on, clock.today())}
    form = PassOnForm(formdata=None, **now) if fresh else PassOnForm()
    form.owner.choices = _owners(scope)
    if str(difficulty.owner_id) not in {choice.value for choice in form.owner.choices}:
        form.owner.choices.insert(0, SelectChoice("", gettext("Choose…")))
    return form


def _owners(scope: CampaignScope) -> list[SelectChoice]:
    return [
        SelectChoice(str(owner.user_id), " · ".join(filter(None, (owner.name, str(words.ROLES[owner.role]), owner.place))))
        for owner in difficulties.possible_owners(scope)
    ]


def handling_words(kind: Kind) -> str:
    """What follows from a kind."""
    handling = HANDLING[kind]
    if handling.role is Role.OFFICER:
        return str(ngettext("BHXH answers within %(num)s working day", "BHXH answers within %(num)s working days", handling.days))
    return str(
        ngettext("the coordinator answers within %(num)s working day", "the coordinator answers within %(num)s working days", handling.days)
    )


def due_words(due_on: date, is_overdue: bool, today: date) -> words.Said:
    """By when an open difficulty is to be answered."""
    if is_overdue:
        return words.Said("bad", gettext("overdue since %(day)s", day=f"{due_on:%d/%m/%Y}"))
    if due_on == today:
        return words.Said("warn", gettext("to answer today"))
    return words.Said("plain", gettext("by %(day)s", day=f"{due_on:%d/%m/%Y}"))
