"""What comes next for one registration: the steps of the way, the event that is waited for, and the others that may be recorded."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.procedure import Procedure
from app.domain.registration import Event, Facts, Happening, Refusal, State, decide
from app.domain.standing import Standing

# The event that each state waits for. Somebody in use, or outside the target, waits for nothing.
_WAITED_FOR: dict[State, Event | None] = {
    State.TO_START: Event.DECLARED,
    State.CODE_MISSING: Event.CODE_ISSUED,
    State.DECLARED: Event.FORM_RECEIVED,
    State.FORM_RECEIVED: Event.HANDED_IN,
    State.HANDED_IN: Event.GRANTED,
    State.REJECTED: Event.DECLARED,
    State.GRANTED: Event.SIGNED_IN,
    State.IN_USE: None,
    State.EXCLUDED: None,
    State.STOPPED: Event.DECLARED,
}
RENEWAL_MONTHS = 6
_PAPER_STATES = frozenset({State.DECLARED, State.FORM_RECEIVED})
_GRANTED_STATES = frozenset({State.GRANTED, State.IN_USE})
_PAPER = (Event.FORM_RECEIVED, Event.HANDED_IN)
_WAY = (Event.DECLARED, *_PAPER, Event.GRANTED, Event.SIGNED_IN)
_DATES = {
    Event.DECLARED: "declared_on",
    Event.FORM_RECEIVED: "form_received_on",
    Event.HANDED_IN: "handed_in_on",
    Event.GRANTED: "granted_on",
    Event.SIGNED_IN: "signed_in_on",
}
# How far along the way each state has come: the number of steps behind it.
_BEHIND = {State.DECLARED: 1, State.FORM_RECEIVED: 2, State.HANDED_IN: 3, State.GRANTED: 4, State.IN_USE: 5}


class Status(StrEnum):
    """How a step stands. `owed` is one that the way has gone past without it: the account was there before the form."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"
    OWED = "owed"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way; `on` is the day it was done, None where it isn't known."""

    event: Event
    status: Status
    on: date | None


def next_event(procedure: Procedure, state: State, standing: Standing) -> Event | None:
    """The event that is waited for, also beyond the campaign's goal; None at the end of the way and outside the target."""
    if standing is Standing.LAPSED:
        return Event.DECLARED
    if procedure.paper_days is None and state in _PAPER_STATES:
        return Event.GRANTED
    return _WAITED_FOR[state]


def other_events(procedure: Procedure, facts: Facts, standing: Standing, today: date) -> tuple[Event, ...]:
    """What else may be recorded today, in the order of the way."""
    following = next_event(procedure, facts.state, standing)
    return tuple(e for e in procedure.events if e not in {following, Event.TAKEN_BACK} and _allowed(procedure, facts, e, today))


def _allowed(procedure: Procedure, facts: Facts, event: Event, today: date) -> bool:
    asked = Happening(number=0, event=event, on=max(today, facts.moved_on or today), reason="-")
    return not isinstance(decide(procedure, facts, asked, asked.on), Refusal)


def steps(procedure: Procedure, facts: Facts, standing: Standing) -> tuple[Step, ...]:
    """The way of one registration. Who is blocked by a missing code has that step before all others."""
    waited_for = next_event(procedure, facts.state, standing)
    way = [event for event in _WAY if procedure.moves[State.DECLARED, event] is not Refusal.NO_PAPER]
    if facts.state is State.CODE_MISSING:
        way.insert(0, Event.CODE_ISSUED)
    owed = paper_is_owed(procedure, facts)
    return tuple(_step(event, facts, standing, waited_for, owed) for event in way)


def _step(event: Event, facts: Facts, standing: Standing, waited_for: Event | None, owed: bool) -> Step:
    if event is waited_for:
        return Step(event, Status.NOW, None)
    behind = 0 if standing is Standing.LAPSED else _BEHIND.get(facts.state, 0)
    if event not in _WAY[:behind]:
        return Step(event, Status.AHEAD, None)
    on: date | None = getattr(facts, _DATES[event])
    return Step(event, Status.OWED if on is None and event in _PAPER and owed else Status.DONE, on)


def paper_is_owed(procedure: Procedure, facts: Facts) -> bool:
    """The account came before the form. Of somebody who had it before the campaign nothing earlier is known, and nothing is owed."""
    if procedure.paper_days is None:
        return False
    return facts.state in _GRANTED_STATES and facts.declared_on is not None and facts.handed_in_on is None


def password_since(facts: Facts) -> date | None:
    """Since when the present password is known to be in use."""
    return facts.password_changed_on or facts.signed_in_on


def renewal_due_on(facts: Facts) -> date | None:
    """The day by which the password is to be changed again (letter 3717: at least every six months)."""
    since = password_since(facts)
    return months_later(since, RENEWAL_MONTHS) if since and facts.state is State.IN_USE else None


def renewal_before(today: date) -> date:
    """The latest day on which a password was changed that is to be renewed by today."""
    return next(day for day in (today - timedelta(days=back) for back in range(180, 190)) if months_later(day, RENEWAL_MONTHS) <= today)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
