"""The state machine of one registration: which event leads from which state to which, and what is known after it.

The way itself is described in letter 3717/BHXH-CNTT (annexes 1 and 2), letter 239/BHXH-TT and letter 1084/BHXH-QLT; which of its
events exist under which procedure is in `app.domain.procedure`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol


class State(StrEnum):
    TO_START = "to-start"
    CODE_MISSING = "code-missing"
    DECLARED = "declared"
    FORM_RECEIVED = "form-received"
    HANDED_IN = "handed-in"
    REJECTED = "rejected"
    GRANTED = "granted"
    IN_USE = "in-use"
    EXCLUDED = "excluded"
    STOPPED = "stopped"


class Event(StrEnum):
    CODE_MISSING = "code-missing"
    CODE_ISSUED = "code-issued"
    DECLARED = "declared"
    FORM_RECEIVED = "form-received"
    HANDED_IN = "handed-in"
    REJECTED = "rejected"
    GRANTED = "granted"
    APP_INSTALLED = "app-installed"
    SIGNED_IN = "signed-in"
    PASSWORD_CHANGED = "password-changed"
    DATA_CHANGED = "data-changed"
    STOPPED = "stopped"
    EXCLUDED = "excluded"
    READMITTED = "readmitted"
    TAKEN_BACK = "taken-back"


class Refusal(StrEnum):
    """Why an event can't be recorded. Every pair of state and event has a new state or one of these."""

    ALREADY_DECLARED = "already-declared"
    ALREADY_RECEIVED = "already-received"
    ALREADY_HANDED_IN = "already-handed-in"
    ALREADY_REJECTED = "already-rejected"
    ALREADY_GRANTED = "already-granted"
    ALREADY_IN_USE = "already-in-use"
    ALREADY_INSTALLED = "already-installed"
    ALREADY_EXCLUDED = "already-excluded"
    ALREADY_STOPPED = "already-stopped"
    CODE_ALREADY_MISSING = "code-already-missing"
    CODE_NOT_MISSING = "code-not-missing"
    NOT_DECLARED = "not-declared"
    NOT_GRANTED = "not-granted"
    NOT_EXCLUDED = "not-excluded"
    IS_EXCLUDED = "is-excluded"
    IS_STOPPED = "is-stopped"
    NO_PAPER = "no-paper"
    NOTHING_TO_TAKE_BACK = "nothing-to-take-back"
    RECORDED_SINCE = "recorded-since"
    REASON_NEEDED = "reason-needed"
    IN_FUTURE = "in-future"
    TOO_LONG_AGO = "too-long-ago"
    BEFORE_LAST = "before-last"


class Proof(StrEnum):
    """How we know that an account was granted or is used, the strongest first (domain: fakes of the app exist)."""

    AGENCY_LIST = "agency-list"
    RECEIPT = "receipt"
    SEEN = "seen"
    OWN_WORD = "own-word"
    SCREENSHOT = "screenshot"


class Way(StrEnum):
    """How the signed form gets to the office (letter 3717, annex 1; pupils hand it to the school)."""

    BATCH = "batch"
    DESK = "desk"
    POST = "post"
    IN_PERSON = "in-person"


class Move(StrEnum):
    """Where an event leads when that is not one fixed state."""

    STAY = "stay"  # the event is a fact beside the way: the state stays
    ASIDE_AGAIN = "aside-again"  # back to the state that was put aside by an exclusion
    AGAIN_IF_LAPSED = "again-if-lapsed"  # declared anew, but only after the paper window has closed
    IF_STRONGER = "if-stronger"  # known already: the state stays, but a stronger proof replaces a weaker


Moves = Mapping[tuple[State, Event], "State | Move | Refusal"]


class Rules(Protocol):
    """What the state machine needs to know of a procedure."""

    @property
    def paper_days(self) -> int | None: ...

    @property
    def moves(self) -> Moves: ...


PROVEN = frozenset({Event.GRANTED, Event.SIGNED_IN})
_BESIDE = frozenset({Move.STAY, Move.IF_STRONGER})
EARLIEST = date(2015, 1, 1)  # no office gave accounts for electronic transactions to persons before
NEEDS_REASON = frozenset({Event.REJECTED, Event.EXCLUDED})


@dataclass(frozen=True, slots=True)
class Details:
    """What an event says besides its day: the portal's file number, the receiving agency's code and the way the form comes in (declared);
    the way (handed in); the proof (granted, signed in)."""

    file_number: str | None = None
    office: str | None = None
    way: Way | None = None
    proof: Proof | None = None


NO_DETAILS = Details()


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as recorded. `number` counts from 1 within the registration; `takes_back` is the number of the event that is undone."""

    number: int
    event: Event
    on: date
    reason: str | None = None
    takes_back: int | None = None
    details: Details = NO_DETAILS


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a registration after its events: the stored state, and the dates that standings are computed from.

    `submitted_on` is the day since when the matter lies with the office (the signed form handed in; without paper, the declaration).
    `aside` is the state an exclusion put aside. `reason` belongs to the present state (rejected, excluded). `rejections` counts over all
    attempts; `file_number`, `office` and `way` are the present attempt's.
    """

    state: State = State.TO_START
    attempt: int = 0
    declared_on: date | None = None
    paper_due_on: date | None = None
    form_received_on: date | None = None
    handed_in_on: date | None = None
    submitted_on: date | None = None
    rejected_on: date | None = None
    granted_on: date | None = None
    app_installed_on: date | None = None
    signed_in_on: date | None = None
    password_changed_on: date | None = None
    moved_on: date | None = None
    reason: str | None = None
    aside: State | None = None
    rejections: int = 0
    file_number: str | None = None
    office: str | None = None
    way: Way | None = None
    granted_proof: Proof | None = None
    used_proof: Proof | None = None


START = Facts()


def decide(rules: Rules, facts: Facts, happening: Happening, today: date) -> Facts | Refusal:
    """The facts after `happening`, or why it can't be recorded. `taken-back` is not decided here: see `take_back`."""
    odd = odd_day(happening.on, today)
    if odd:
        return odd
    if happening.event in NEEDS_REASON and not (happening.reason or "").strip():
        return Refusal.REASON_NEEDED
    move = rules.moves[facts.state, happening.event]
    if isinstance(move, Refusal):
        return move
    if move is Move.AGAIN_IF_LAPSED and not _lapsed_by(facts, happening.on):
        return Refusal.ALREADY_DECLARED
    if move is Move.IF_STRONGER and not _is_stronger(happening, facts):
        return Refusal.ALREADY_GRANTED if happening.event is Event.GRANTED else Refusal.ALREADY_IN_USE
    if happening.event is Event.APP_INSTALLED and facts.app_installed_on:
        return Refusal.ALREADY_INSTALLED
    if move not in _BESIDE and facts.moved_on and happening.on < facts.moved_on:
        return Refusal.BEFORE_LAST
    return _after(rules, facts, happening)


def odd_day(on: date, today: date) -> Refusal | None:
    """Why nothing can have happened, or been taken back, on that day."""
    if on > today:
        return Refusal.IN_FUTURE
    return Refusal.TOO_LONG_AGO if on < EARLIEST else None


def take_back(rules: Rules, history: Sequence[Happening]) -> tuple[Happening, Facts] | Refusal:
    """The last event that still counts, and the facts as if it had never been recorded."""
    counting = _counting(history)
    if not counting:
        return Refusal.NOTHING_TO_TAKE_BACK
    return counting[-1], replay(rules, counting[:-1])


def leave_out(rules: Rules, history: Sequence[Happening], number: int) -> Facts | None:
    """The facts as if one event, which need not be the last, had never been recorded. None where a later one can't do without it."""
    facts = START
    for happening in _counting(history):
        if happening.number == number:
            continue
        if isinstance(rules.moves[facts.state, happening.event], Refusal):
            return None
        facts = _after(rules, facts, happening)
    return facts


def replay(rules: Rules, history: Iterable[Happening]) -> Facts:
    """The facts that a recorded history leads to; what was taken back counts for nothing."""
    facts = START
    for happening in _counting(history):
        facts = _after(rules, facts, happening)
    return facts


def _counting(history: Iterable[Happening]) -> list[Happening]:
    happenings = list(history)
    undone = {h.takes_back for h in happenings if h.takes_back is not None}
    return [h for h in happenings if h.event is not Event.TAKEN_BACK and h.number not in undone]


def is_stronger(proof: Proof | None, than: Proof | None) -> bool:
    """Whether a proof replaces another: only a stronger one does; any is stronger than none."""
    ranks = list(Proof)
    return proof is not None and (than is None or ranks.index(proof) < ranks.index(than))


def _is_stronger(happening: Happening, facts: Facts) -> bool:
    return is_stronger(happening.details.proof, facts.granted_proof if happening.event is Event.GRANTED else facts.used_proof)


def _lapsed_by(facts: Facts, on: date) -> bool:
    return facts.paper_due_on is not None and facts.paper_due_on < on


def _after(rules: Rules, facts: Facts, happening: Happening) -> Facts:
    move = rules.moves[facts.state, happening.event]
    event, on = happening.event, happening.on
    known = _learn(rules, facts, event, on, happening.details)
    if move in _BESIDE:
        return known
    state = _target(move, facts)
    return replace(
        known,
        state=state,
        moved_on=on,
        reason=happening.reason if event in NEEDS_REASON else None,
        aside=facts.state if event is Event.EXCLUDED else None,
    )


def _target(move: State | Move | Refusal, facts: Facts) -> State:
    if move is Move.ASIDE_AGAIN:
        return facts.aside or State.TO_START
    if move is Move.AGAIN_IF_LAPSED:
        return State.DECLARED
    assert isinstance(move, State), move
    return move


def _learn(rules: Rules, facts: Facts, event: Event, on: date, details: Details) -> Facts:
    """What an event tells."""
    match event:
        case Event.DECLARED:
            return _new_attempt(rules, facts, on, details)
        case Event.FORM_RECEIVED:
            return replace(facts, form_received_on=on)
        case Event.HANDED_IN:
            return replace(facts, handed_in_on=on, submitted_on=on, way=details.way or facts.way)
        case Event.REJECTED:
            return replace(facts, rejected_on=on, submitted_on=None, rejections=facts.rejections + 1)
        case Event.GRANTED:
            return replace(facts, granted_on=on, submitted_on=None, granted_proof=details.proof)
        case Event.APP_INSTALLED:
            return replace(facts, app_installed_on=on)
        case Event.SIGNED_IN:
            return replace(facts, signed_in_on=on, submitted_on=None, used_proof=details.proof)
        case Event.PASSWORD_CHANGED:
            return replace(facts, password_changed_on=on, submitted_on=None)
        case Event.CODE_MISSING:
            return replace(facts, submitted_on=None)
        case _:
            return facts


def _new_attempt(rules: Rules, facts: Facts, on: date, details: Details) -> Facts:
    """3717, annex 1: counted from the day of declaring; the tenth day after it is the last (1084 counts from later; the earlier holds)."""
    paper = rules.paper_days
    return replace(
        facts,
        attempt=facts.attempt + 1,
        declared_on=on,
        paper_due_on=on + timedelta(days=paper) if paper else None,
        form_received_on=None,
        handed_in_on=None,
        rejected_on=None,
        submitted_on=None if paper else on,
        file_number=details.file_number,
        office=details.office,
        way=details.way,
    )
