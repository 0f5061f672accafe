"""Today's work of a coordinator: what there is to do now, the most pressing first, each with how many people it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.registration import Event
from app.domain.standing import Standing

TOMORROW = 1
SOON = 3
THIS_WEEK = 5


class Work(StrEnum):
    """A kind of work. The order is that of urgency: what the portal deletes by itself comes first, what merely begins comes last."""

    DUE_NOW = "due-now"  # forms whose last day is today or tomorrow
    LAPSED = "lapsed"
    TO_FIX = "to-fix"
    DUE_SOON = "due-soon"
    BAD_PAPER = "bad-paper"
    DUE_THIS_WEEK = "due-this-week"
    WAITING_LONG = "waiting-long"
    BLOCKED_CODE = "blocked-code"
    NO_GUARDIAN = "no-guardian"  # a child waits for one, and nobody is noted
    PAPER_OWED = "paper-owed"
    TO_SIGN_IN = "to-sign-in"
    RENEWAL = "renewal"
    TO_START = "to-start"


class Tone(StrEnum):
    BAD = "bad"
    WARN = "warn"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Meaning:
    """Whom a kind of work concerns: a standing (None for work beside the way), and for forms to hand in the days left, first and last
    counted. `settled_by` is the event that its list offers first; None where no event settles it."""

    standing: Standing | None
    tone: Tone
    settled_by: Event | None
    days_left: tuple[int, int] | None = None


MEANINGS: dict[Work, Meaning] = {
    Work.DUE_NOW: Meaning(Standing.PAPER_DUE, Tone.BAD, Event.HANDED_IN, (0, TOMORROW)),
    Work.LAPSED: Meaning(Standing.LAPSED, Tone.BAD, Event.DECLARED),
    Work.TO_FIX: Meaning(Standing.TO_FIX, Tone.BAD, Event.DECLARED),
    Work.DUE_SOON: Meaning(Standing.PAPER_DUE, Tone.WARN, Event.HANDED_IN, (TOMORROW + 1, SOON)),
    Work.BAD_PAPER: Meaning(None, Tone.WARN, None),
    Work.DUE_THIS_WEEK: Meaning(Standing.PAPER_DUE, Tone.WARN, Event.HANDED_IN, (SOON + 1, THIS_WEEK)),
    Work.WAITING_LONG: Meaning(Standing.WAITING_LONG, Tone.WARN, Event.GRANTED),
    Work.BLOCKED_CODE: Meaning(Standing.BLOCKED_CODE, Tone.WARN, Event.CODE_ISSUED),
    Work.NO_GUARDIAN: Meaning(None, Tone.WARN, None),
    Work.PAPER_OWED: Meaning(None, Tone.WARN, Event.HANDED_IN),
    Work.TO_SIGN_IN: Meaning(Standing.TO_SIGN_IN, Tone.PLAIN, Event.SIGNED_IN),
    Work.RENEWAL: Meaning(None, Tone.PLAIN, Event.PASSWORD_CHANGED),
    Work.TO_START: Meaning(Standing.TO_START, Tone.PLAIN, Event.DECLARED),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do: `people` are concerned."""

    work: Work
    people: int

    @property
    def meaning(self) -> Meaning:
        return MEANINGS[self.work]


def todo(by_standing: Mapping[Standing, int], due_by_day: Mapping[date, int], beside: Mapping[Work, int], today: date) -> tuple[Item, ...]:
    """What there is to do. `due_by_day` counts the forms to hand in by their last day, `beside` the work that no standing tells of; what
    concerns nobody is left out.

    A campaign's goal and procedure need not be asked: standings that they don't know concern nobody.
    """
    items = (Item(work, _people(work, by_standing, due_by_day, beside, today)) for work in MEANINGS)
    return tuple(item for item in items if item.people)


def _people(
    work: Work, by_standing: Mapping[Standing, int], due_by_day: Mapping[date, int], beside: Mapping[Work, int], today: date
) -> int:
    meaning = MEANINGS[work]
    if meaning.standing is None:
        return beside.get(work, 0)
    if meaning.days_left is None:
        return by_standing.get(meaning.standing, 0)
    first, last = meaning.days_left
    return sum(people for day, people in due_by_day.items() if first <= (day - today).days <= last)
