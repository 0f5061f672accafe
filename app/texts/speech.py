"""What one message has to say: to whom, about whom, what is missing and by which day. Holds no number that identifies anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.ladder import Receiver
from app.domain.registration import State
from app.domain.standing import Goal, Standing
from app.domain.track import Track


@dataclass(frozen=True, slots=True)
class Call:
    """The campaign as messages cite it. `office` is the receiving agency as the portal lists it ("[07914] BHXH Quận 4"); `dispatch` the
    letter's number, or None; `safe_day` the last working day that is surely in time; contact as "name, phone", or None."""

    institution: str
    office: str
    agency: str
    dispatch: str | None
    goal: Goal
    has_paper: bool
    safe_day: date
    deadline_on: date
    contact: str | None


@dataclass(frozen=True, slots=True)
class Matter:
    """One registration that needs something. `is_own` where it is the receiver's own. `guardian_has_account` matters for a child alone:
    without it the guardian's own registration comes first. `waits_since` is when the office got it; `renew_by` when a password is due."""

    full_name: str
    unit: str | None
    is_own: bool
    track: Track
    state: State
    standing: Standing
    guardian_has_account: bool = False
    paper_due_on: date | None = None
    waits_since: date | None = None
    reason: str | None = None
    renew_by: date | None = None


@dataclass(frozen=True, slots=True)
class Speech:
    """What a person or guardian is told on `today`; there is at least one matter."""

    receiver: Receiver
    name: str
    today: date
    call: Call
    matters: tuple[Matter, ...]
    stop_url: str | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """What somebody who answers for others is told: counts and a link, never names. `place` is the class, institution or agency meant;
    `counts` are the people left, by standing; `unreachable` those whom no message can reach; `workdays_left` the working days until
    the safe day, today's included (None: not said)."""

    receiver: Receiver
    name: str
    today: date
    call: Call
    place: str
    in_scope: int
    done: int
    counts: Mapping[Standing, int]
    unreachable: int
    url: str
    workdays_left: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A message ready to go: the plain and the HTML form of a mail with its subject, and the unaccented short form for SMS. `fell_back`
    tells that the campaign's own text could not be used, and the one that comes with the program went instead."""

    subject: str
    text: str
    html: str
    short: str
    fell_back: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """A text of a campaign's own: Jinja for the subject, the body and the short form."""

    subject: str
    body: str
    short: str
