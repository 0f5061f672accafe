"""What is said of reminders: their rungs, channels and receivers, how each went, and why one does not go."""

from __future__ import annotations

from collections.abc import Iterable

from babel.dates import get_day_names
from flask_babel import get_locale, gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from app.domain.ladder import Anchor, Channel, Measure, Receiver, Rung
from app.domain.nudge import Status, Why
from app.queries.nudges import NudgeView
from app.queries.passed_rungs import NoMessage
from app.services.pauses import PauseRefusal
from app.services.trials import TrialRefusal
from app.web.contacts import TOO_LONG

STATUSES: dict[Status, tuple[str, LazyString]] = {
    Status.PLANNED: ("info", _("planned")),
    Status.CLAIMED: ("info", _("being sent")),
    Status.SENT: ("good", _("sent")),
    Status.DELIVERED: ("good", _("delivered")),
    Status.FAILED: ("bad", _("failed")),
    Status.UNKNOWN: ("warn", _("not known whether sent")),
    Status.LEFT_OUT: ("warn", _("left out")),
    Status.OVERTAKEN: ("plain", _("overtaken by a later one")),
}

WHYS: dict[Why, LazyString] = {
    Why.DONE: _("done in the meantime, or nothing is left to do"),
    Why.NOT_DUE: _("nothing is due yet"),
    Why.NO_LONGER_DUE: _("no longer due: the deadline was moved, or the day was missed for too long"),
    Why.OVERTAKEN: _("a more urgent message has come"),
    Why.PAUSED_CAMPAIGN: _("the campaign's reminders are paused"),
    Why.PAUSED_RUNG: _("this rung is paused"),
    Why.PAUSED_UNIT: _("the class, department or institution is paused"),
    Why.PAUSED_PERSON: _("the person is paused"),
    Why.NO_GUARDIAN: _("no guardian is noted to whom it could go"),
    Why.NO_ADDRESS: _("no mobile number or e-mail address is noted"),
    Why.OPTED_OUT: _("wants no messages"),
    Why.UNREACHABLE: _("messages to every address came back"),
    Why.NO_CHANNEL: _("there is an address, but no way to it has been set up"),
    Why.QUIET: _("messages rest at this time"),
    Why.ONE_A_DAY: _("another message has gone to this address today"),
    Why.NOT_SENT: _("tried several times, and surely not sent"),
    Why.REFUSED: _("the receiver refuses messages on this channel"),
    Why.TROUBLE: _("the channel can't be used at the moment"),
    Why.NO_ANSWER: _("the channel gave no answer; it is not sent again by itself"),
}

# The same as the names of lists.
UNREACHED: dict[Why, LazyString] = {
    Why.NO_GUARDIAN: _("No guardian"),
    Why.NO_ADDRESS: _("No address"),
    Why.UNREACHABLE: _("Address is dead"),
    Why.OPTED_OUT: _("Wants no messages"),
    Why.NO_CHANNEL: _("No channel to the address"),
}

NO_MESSAGES: dict[NoMessage, LazyString] = {
    NoMessage.NOT_HERE: _("was not on the list yet"),
    NoMessage.DONE: _("was done, or outside the target"),
    NoMessage.NOT_MEANT: _("this rung was not for people standing so"),
    NoMessage.NOT_PLANNED: _("nothing was planned: the rung was made later, or the program was not running"),
}

CHANNELS: dict[Channel, LazyString] = {
    Channel.EMAIL: _("e-mail"),
    Channel.ZALO: _("Zalo"),
    Channel.SMS: _("SMS"),
    Channel.PASTE: _("text for a Zalo group"),
    Channel.SLIP: _("printed slip"),
}

RECEIVERS: dict[Receiver, LazyString] = {
    Receiver.PERSON: _("the person"),
    Receiver.GUARDIAN: _("the guardian"),
    Receiver.UNIT_LEAD: _("class or department lead"),
    Receiver.COORDINATOR: _("coordinator"),
    Receiver.HEAD: _("head of the institution"),
    Receiver.OFFICER: _("BHXH officer"),
}

ANCHORS: dict[Anchor, LazyString] = {
    Anchor.DEADLINE: _("the deadline"),
    Anchor.DECLARED: _("declaring online"),
    Anchor.REJECTED: _("a rejection by BHXH"),
    Anchor.GRANTED: _("the grant of the account"),
    Anchor.PASSWORD_CHANGED: _("the last change of the VssID password"),
    Anchor.WEEKDAY: _("a day of each week"),
}

MEASURES: dict[Measure, LazyString] = {
    Measure.DAYS: _("days"),
    Measure.WORKDAYS: _("working days"),
    Measure.MONTHS: _("months"),
}

PAUSE_REFUSALS: dict[PauseRefusal, LazyString] = {
    PauseRefusal.UNKNOWN_UNIT: _("There is no such class or department."),
    PauseRefusal.UNKNOWN_PERSON: _("There is no such person."),
    PauseRefusal.REASON_TOO_LONG: TOO_LONG,
    PauseRefusal.ALREADY_PAUSED: _("Nothing was changed: reminders are paused here already."),
    PauseRefusal.NOT_PAUSED: _("Nothing was changed: reminders go here already."),
}

TRIAL_REFUSALS: dict[TrialRefusal, LazyString] = {
    TrialRefusal.NO_USER: _("Nothing was sent: there is no address to send it to."),
    TrialRefusal.NOBODY: _("Nothing was sent: nobody here has anything to do of which such a message could speak."),
    TrialRefusal.UNDER_WAY: _("A trial message to you is under way already."),
}

BY_HAND = _("sent by hand")


def weekday_name(number: int) -> str:
    """The name of a day of the week, 1 being Monday."""
    return str(get_day_names("wide", locale=str(get_locale() or "vi"))[number - 1])


def rung_name(rung: Rung | None) -> str:
    """When a rung comes, in a few words: "7 days before the deadline", "5 days after declaring online", "each Monday"."""
    if rung is None:
        return str(BY_HAND)
    if rung.anchor is Anchor.WEEKDAY:
        return str(gettext("each %(weekday)s", weekday=weekday_name(rung.distance)))
    if rung.distance == 0:
        return str(gettext("on the day of %(fact)s", fact=ANCHORS[rung.anchor]))
    much = amount(abs(rung.distance), rung.measure)
    if rung.distance < 0:
        return str(gettext("%(amount)s before %(fact)s", amount=much, fact=ANCHORS[rung.anchor]))
    return str(gettext("%(amount)s after %(fact)s", amount=much, fact=ANCHORS[rung.anchor]))


def amount(number: int, measure: Measure) -> str:
    match measure:
        case Measure.DAYS:
            return str(ngettext("%(num)d day", "%(num)d days", number))
        case Measure.WORKDAYS:
            return str(ngettext("%(num)d working day", "%(num)d working days", number))
        case Measure.MONTHS:
            return str(ngettext("%(num)d month", "%(num)d months", number))


def receiver_name(nudge: NudgeView) -> str:
    """Who gets it, by name where there is one."""
    if nudge.name:
        return nudge.name
    return str(_("nobody is known")) if nudge.why is Why.NO_GUARDIAN else str(RECEIVERS[nudge.receiver])


def channel_names(channels: Iterable[Channel]) -> str:
    return ", ".join(str(CHANNELS[channel]) for channel in channels)
