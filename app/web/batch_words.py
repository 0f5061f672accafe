"""Words for batches of signed forms: how they stand, how many days a form has left, why something was refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from app.domain.registration import State
from app.queries.batch_forms import FormView
from app.queries.batches import BatchStatus
from app.services.batches import DAYS_AHEAD, MOST_FORMS, BatchRefusal, FormRefusal, NotTaken
from app.services.registrations import NotRecorded
from app.web import words
from app.web.filters import NOTHING, day, short_day
from app.web.words import SOON, Said

NAMED = 5  # so many people are named in a message that is kept for the next page; a cookie holds no more

STATUSES: dict[BatchStatus, tuple[str, LazyString]] = {
    BatchStatus.ON_THE_WAY: ("info", _("on the way")),
    BatchStatus.RECEIVED: ("good", _("received by BHXH")),
    BatchStatus.CONFIRMED: ("good", _("confirmed by BHXH")),
    BatchStatus.EMPTY: ("plain", _("all forms taken out")),
}

REFUSALS: dict[BatchRefusal, LazyString] = {
    BatchRefusal.NOBODY: _("Choose the people whose forms are handed over."),
    BatchRefusal.NOBODY_LEFT: _("No batch was made: none of these forms can be handed over now."),
    BatchRefusal.TOO_MANY: _("A batch holds %(count)s forms at most. Make several, for example one for each class.", count=MOST_FORMS),
    BatchRefusal.NO_GIVER: _("Say who hands the forms over."),
    BatchRefusal.ODD_DAY: _("This day can't be meant: a batch is made at most %(days)s days before it is handed over.", days=DAYS_AHEAD),
    BatchRefusal.REASON_NEEDED: _("Please give the reason."),
    BatchRefusal.EMPTY: _("All forms were taken out of this batch, so there is nothing to receive."),
    BatchRefusal.ALREADY_TAKEN_OUT: _("This form was taken out of the batch already."),
    BatchRefusal.ALREADY_RECEIVED: _("BHXH has received this batch already. Nothing was recorded a second time."),
    BatchRefusal.ALREADY_CONFIRMED: _("This batch was confirmed already. Nothing was recorded a second time."),
    BatchRefusal.IN_FUTURE: _("The date lies in the future."),
    BatchRefusal.BEFORE_HANDED_OVER: _("BHXH can't have received the batch before it was handed over."),
}


def days_left(due_on: date | None, today: date) -> Said:
    """How long a form may still be handed in."""
    if due_on is None:
        return Said("plain", NOTHING)
    days = (due_on - today).days
    if days < 0:
        return Said("bad", gettext("last day was %(day)s", day=day(due_on)))
    if days == 0:
        return Said("bad", gettext("today is the last day"))
    tone = "bad" if days == 1 else "warn" if days <= SOON else "info"
    return Said(tone, ngettext("%(num)d day left, until %(day)s", "%(num)d days left, until %(day)s", days, day=short_day(due_on)))


def form_words(form: FormView, today: date) -> Said:
    """How one form of a batch stands: the days left, or what has become of it."""
    if form.at_risk:
        return days_left(form.due_on, today)
    tone = "good" if form.state in {State.HANDED_IN, State.GRANTED, State.IN_USE} else "bad" if form.state is State.REJECTED else "plain"
    return Said(tone, str(words.STATES[form.state]))


def why_not(one: NotTaken) -> str:
    """Why somebody's form is not in the batch."""
    match one.why:
        case FormRefusal.IN_ANOTHER:
            return str(gettext("The form is in batch %(number)s already.", number=one.batch_id))
        case FormRefusal.CAME_LATER:
            return str(gettext("The form was received only after the day of handing over."))
        case FormRefusal.NOT_HERE:
            return str(gettext("No signed form waits here: it was not received yet, or is further on its way already."))


def named(refused: Sequence[NotTaken] | Sequence[NotRecorded]) -> str:
    """The first of those who were refused, each with the reason."""
    said = [f"{one.full_name}: {why_not(one) if isinstance(one, NotTaken) else words.REFUSALS[one.why]}" for one in refused[:NAMED]]
    more = len(refused) - NAMED
    return " ".join([*said, ngettext("And %(num)s more.", "And %(num)s more.", more)] if more > 0 else said)
