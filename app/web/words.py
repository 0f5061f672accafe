"""Words for what the program knows by name: states, standings, events, roles, refusals. Templates reach this module as `words`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from wtforms import SelectChoice

from app.domain.access import Role
from app.domain.progress import Progress
from app.domain.registration import Event, Facts, Proof, Refusal, State, Way
from app.domain.standing import Goal, Segment, Standing
from app.domain.track import Flaw, Item, ItemStatus, Track
from app.queries.campaigns import CampaignView
from app.queries.export_rows import ExportRow
from app.queries.people import PersonRow, PersonView
from app.services.passwords import MIN_LENGTH, PasswordRefusal

STATES: dict[State, LazyString] = {
    State.TO_START: _("Not started"),
    State.CODE_MISSING: _("No BHXH code"),
    State.DECLARED: _("Declared"),
    State.FORM_RECEIVED: _("Form received"),
    State.HANDED_IN: _("Form handed in"),
    State.REJECTED: _("Rejected"),
    State.GRANTED: _("Account granted"),
    State.IN_USE: _("In use"),
    State.EXCLUDED: _("Outside the target"),
    State.STOPPED: _("Use stopped"),
}

EVENTS: dict[Event, LazyString] = {
    Event.CODE_MISSING: _("BHXH code missing or not found"),
    Event.CODE_ISSUED: _("BHXH code issued"),
    Event.DECLARED: _("Declared online"),
    Event.FORM_RECEIVED: _("We received the signed form"),
    Event.HANDED_IN: _("Form handed in to BHXH"),
    Event.REJECTED: _("Rejected by BHXH"),
    Event.GRANTED: _("Account granted by BHXH"),
    Event.APP_INSTALLED: _("App installed"),
    Event.SIGNED_IN: _("Signed in to VssID"),
    Event.PASSWORD_CHANGED: _("VssID password changed"),
    Event.DATA_CHANGED: _("Data changed with BHXH"),
    Event.STOPPED: _("Use of the account stopped"),
    Event.EXCLUDED: _("Put outside the target"),
    Event.READMITTED: _("Back in the target"),
    Event.TAKEN_BACK: _("Taken back"),
}

# The steps of the way, as things to be done.
STEPS: dict[Event, LazyString] = {
    Event.CODE_ISSUED: _("Have a BHXH code issued"),
    Event.DECLARED: _("Declare online"),
    Event.FORM_RECEIVED: _("Give the signed form to the institution"),
    Event.HANDED_IN: _("Hand the form in to BHXH"),
    Event.GRANTED: _("BHXH decides and grants the account"),
    Event.SIGNED_IN: _("Sign in and change the password"),
}

STANDINGS: dict[Standing, LazyString] = {
    Standing.DONE: _("Done"),
    Standing.EXCLUDED: _("Outside the target"),
    Standing.BLOCKED_CODE: _("No BHXH code yet"),
    Standing.BLOCKED_GUARDIAN: _("Waiting for the guardian's account"),
    Standing.PAPER_DUE: _("Form to hand in"),
    Standing.LAPSED: _("Form overdue, declare again"),
    Standing.WAITING: _("BHXH is deciding"),
    Standing.WAITING_LONG: _("BHXH is late, ask"),
    Standing.TO_FIX: _("Rejected, to fix"),
    Standing.TO_START: _("Not started"),
    Standing.TO_SIGN_IN: _("Granted, not signed in yet"),
}

SEGMENTS: dict[Segment, LazyString] = {
    Segment.IN_USE: _("in use"),
    Segment.GRANTED: _("account granted"),
    Segment.DECLARED: _("declared"),
    Segment.BLOCKED: _("blocked"),
    Segment.TO_START: _("not started"),
}

GOALS: dict[Goal, LazyString] = {
    Goal.DECLARED: _("declared"),
    Goal.GRANTED: _("account granted"),
    Goal.IN_USE: _("in use"),
}

PROOFS: dict[Proof, LazyString] = {
    Proof.AGENCY_LIST: _("BHXH's own list"),
    Proof.RECEIPT: _("BHXH's receipt"),
    Proof.SEEN: _("seen by staff"),
    Proof.OWN_WORD: _("the person's word"),
    Proof.SCREENSHOT: _("a screenshot"),
}

WAYS: dict[Way, LazyString] = {
    Way.BATCH: _("through the institution"),
    Way.DESK: _("at a registration desk"),
    Way.POST: _("by post"),
    Way.IN_PERSON: _("in person at the office"),
}

TRACKS: dict[Track, LazyString] = {
    Track.SELF: _("for themselves"),
    Track.GUARDIAN: _("through a guardian"),
}

PAPERS: dict[Item, LazyString] = {
    Item.PORTRAIT: _("Portrait"),
    Item.ID_FRONT: _("ID card, front"),
    Item.ID_BACK: _("ID card, back"),
    Item.GUARDIAN_ID_FRONT: _("Guardian's ID card, front"),
    Item.GUARDIAN_ID_BACK: _("Guardian's ID card, back"),
    Item.BIRTH_CERTIFICATE: _("Birth certificate"),
    Item.SIGNED_FORM: _("Signed form"),
}

PAPER_STATUSES: dict[ItemStatus, tuple[str, LazyString]] = {
    ItemStatus.MISSING: ("plain", _("missing")),
    ItemStatus.WAITING: ("info", _("to be looked at")),
    ItemStatus.SEEN: ("good", _("seen")),
    ItemStatus.NOT_GOOD: ("bad", _("not good")),
}

FLAWS: dict[Flaw, LazyString] = {
    Flaw.BLURRED: _("blurred"),
    Flaw.TAKEN_LYING: _("taken lying"),
    Flaw.CUT_OFF: _("cut off"),
    Flaw.ANOTHER_PERSONS: _("another person's"),
}

PROCEDURES: dict[str, LazyString] = {
    "paper-2021": _("Paper form, 2021"),
    "eid-2025": _("Electronic ID, 2025"),
}

ROLES: dict[Role, LazyString] = {
    Role.ADMIN: _("Administrator"),
    Role.OFFICER: _("BHXH officer"),
    Role.COORDINATOR: _("Coordinator"),
    Role.UNIT_LEAD: _("Class or department lead"),
    Role.VIEWER: _("Viewer"),
}

KINDS: dict[str, LazyString] = {
    "school": _("School"),
    "university": _("University"),
    "employer": _("Employer"),
}

SEXES: dict[str, LazyString] = {"male": _("Male"), "female": _("Female")}

RELATIONS: dict[str, LazyString] = {"father": _("Father"), "mother": _("Mother"), "guardian": _("Guardian")}

REFUSALS: dict[Refusal, LazyString] = {
    Refusal.ALREADY_DECLARED: _("The declaration is still valid; it can be made again only after its form was not handed in in time."),
    Refusal.ALREADY_RECEIVED: _("The signed form has been received already."),
    Refusal.ALREADY_HANDED_IN: _("The form has been handed in to BHXH already."),
    Refusal.ALREADY_REJECTED: _("It is rejected already. First declare or hand in again."),
    Refusal.ALREADY_GRANTED: _("The account has been granted already."),
    Refusal.ALREADY_IN_USE: _("The account is in use already."),
    Refusal.ALREADY_INSTALLED: _("The app has been noted as installed already."),
    Refusal.ALREADY_EXCLUDED: _("This person is outside the target already."),
    Refusal.ALREADY_STOPPED: _("The use has been stopped already."),
    Refusal.CODE_ALREADY_MISSING: _("The BHXH code is noted as missing already."),
    Refusal.CODE_NOT_MISSING: _("The BHXH code was not noted as missing."),
    Refusal.NOT_DECLARED: _("There is no declaration yet. Record the declaration first."),
    Refusal.NOT_GRANTED: _("No account has been granted yet."),
    Refusal.NOT_EXCLUDED: _("This person is not outside the target."),
    Refusal.IS_EXCLUDED: _("This person is outside the target. Put them back in the target first."),
    Refusal.IS_STOPPED: _("The use of the account was stopped. Declare again first."),
    Refusal.NO_PAPER: _("This campaign's procedure has no paper form."),
    Refusal.NOTHING_TO_TAKE_BACK: _("There is nothing to take back."),
    Refusal.RECORDED_SINCE: _("Something was recorded for this person since, so this step stays."),
    Refusal.REASON_NEEDED: _("Please give the reason."),
    Refusal.IN_FUTURE: _("The date lies in the future."),
    Refusal.TOO_LONG_AGO: _("The date is too long ago: nobody could have an account then."),
    Refusal.BEFORE_LAST: _("The date lies before the last recorded step."),
}

PASSWORD_REFUSALS: dict[PasswordRefusal, LazyString] = {
    PasswordRefusal.TOO_SHORT: _("Choose a password of at least %(count)d characters.", count=MIN_LENGTH),
    PasswordRefusal.TOO_COMMON: _("This password is too easy to guess. Choose another one, for example four words in a row."),
    PasswordRefusal.SAME_AS_NAME: _("The password must not be your name or e-mail address."),
    PasswordRefusal.WRONG_OLD: _("The present password is not right."),
}


def choices(known: Mapping[Any, LazyString]) -> list[SelectChoice]:
    """The words as the choices of a field that may be left open."""
    return [SelectChoice("", _("not said")), *(SelectChoice(value.value, text) for value, text in known.items())]


class Said(NamedTuple):
    """What a tag shows: `tone` is good, warn, bad, info or plain."""

    tone: str
    text: str


SOON = 3  # days to go from which a form is urgent


def standing_words(row: PersonRow | PersonView | ExportRow, today: date) -> Said:
    """How somebody stands today, in a few words."""
    facts: PersonRow | ExportRow | Facts = row.facts if isinstance(row, PersonView) else row
    match row.standing:
        case Standing.DONE:
            return Said("good", str(STATES[facts.state]))
        case Standing.EXCLUDED:
            return Said("plain", _with_reason(gettext("Outside the target"), facts.reason))
        case Standing.TO_FIX:
            return Said("bad", _with_reason(gettext("Rejected"), facts.reason))
        case Standing.PAPER_DUE:
            return _paper_due(facts.state, facts.paper_due_on, today)
        case Standing.WAITING | Standing.WAITING_LONG:
            return _waiting(row.standing, facts.submitted_on, today)
        case Standing.TO_START if facts.state is State.STOPPED:
            return Said("plain", gettext("Use stopped, to declare again"))
        case _:
            return Said(_TONES[row.standing], str(STANDINGS[row.standing]))


_TONES = {
    Standing.BLOCKED_CODE: "warn",
    Standing.BLOCKED_GUARDIAN: "warn",
    Standing.LAPSED: "bad",
    Standing.TO_START: "plain",
    Standing.TO_SIGN_IN: "info",
}


def _with_reason(what: str, reason: str | None) -> str:
    return f"{what}: {reason}" if reason else what


def _paper_due(state: State, due_on: date | None, today: date) -> Said:
    if due_on is None:
        return Said("info", str(STANDINGS[Standing.PAPER_DUE]))
    days = (due_on - today).days
    tone = "bad" if days <= 1 else "warn" if days <= SOON else "info"
    if days <= 0:
        return Said(tone, gettext("Last day to hand in the form"))
    if state is State.FORM_RECEIVED:
        return Said(
            tone, ngettext("Form is with us, %(num)d day left to hand it in", "Form is with us, %(num)d days left to hand it in", days)
        )
    return Said(tone, ngettext("%(num)d day left to hand in the form", "%(num)d days left to hand in the form", days))


def _waiting(standing: Standing, since: date | None, today: date) -> Said:
    days = (today - since).days if since else 0
    if standing is Standing.WAITING_LONG:
        return Said("warn", ngettext("BHXH has had it for %(num)d day: ask", "BHXH has had it for %(num)d days: ask", days))
    if days <= 0:
        return Said("info", str(STANDINGS[Standing.WAITING]))
    return Said("info", ngettext("BHXH is deciding, %(num)d day", "BHXH is deciding, %(num)d days", days))


def deadline_words(campaign: CampaignView) -> str:
    """The deadline as the letter phrases it; where its words are not known, as its day is meant."""
    if campaign.deadline_phrase:
        return campaign.deadline_phrase
    day = f"{campaign.deadline.on:%d/%m/%Y}"
    return str(gettext("up to and including %(day)s", day=day) if campaign.deadline.included else gettext("before %(day)s", day=day))


def rail_words(progress: Progress, pace: str | None) -> str:
    """The rail for who can't see it; `pace` is the share that today needs, as it is shown."""
    parts = [f"{progress.by_segment[segment]} {words}" for segment, words in SEGMENTS.items()]
    said = gettext("Of %(count)d people in scope: %(parts)s.", count=progress.in_scope, parts=", ".join(parts))
    needed = gettext("Today needs %(percent)s.", percent=pace)
    return f"{said} {needed}" if pace else said
