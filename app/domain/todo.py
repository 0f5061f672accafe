"""Today's work of a coordinator: what there is to do now, the most pressing first, each with how many people it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.standing import Standing

TOMORROW = 1
SOON = 3


class Work(StrEnum):
    """A kind of work. The order is that of urgency: what the portal deletes by itself comes first, what merely begins comes last."""

    DUE_NOW = "due-now"  # forms whose last day is today or tomorrow
    LAPSED = "lapsed"
    TO_FIX = "to-fix"
    DUE_SOON = "due-soon"
    WAITING_LONG = "waiting-long"
    BLOCKED_CODE = "blocked-code"
    TO_SIGN_IN = "to-sign-in"
    TO_START = "to-start"


class Tone(StrEnum):
    BAD = "bad"
    WARN = "warn"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Meaning:
    """Whom a kind of work concerns: a standing, and for forms to hand in the days left, first and last counted."""

    standing: Standing
    tone: Tone
    days_left: tuple[int, int] | None = None


MEANINGS: dict[Work, Meaning] = {
    Work.DUE_NOW: Meaning(Standing.PAPER_DUE, Tone.BAD, (0, TOMORROW)),
    Work.LAPSED: Meaning(Standing.LAPSED, Tone.BAD),
    Work.TO_FIX: Meaning(Standing.TO_FIX, Tone.BAD),
    Work.DUE_SOON: Meaning(Standing.PAPER_DUE, Tone.WARN, (TOMORROW + 1, SOON)),
    Work.WAITING_LONG: Meaning(Standing.WAITING_LONG, Tone.WARN),
    Work.BLOCKED_CODE: Meaning(Standing.BLOCKED_CODE, Tone.WARN),
    Work.TO_SIGN_IN: Meaning(Standing.TO_SIGN_IN, Tone.PLAIN),
    Work.TO_START: Meaning(Standing.TO_START, Tone.PLAIN),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do: `people` are concerned."""

    work: Work
    people: int

    @property
    def meaning(self) -> Meaning:
        return MEANINGS[self.work]


def todo(by_standing: Mapping[Standing, int], due_by_day: Mapping[date, int], today: date) -> tuple[Item, ...]:
    """What there is to do. `due_by_day` counts the forms to hand in by their last day; what concerns nobody is left out.

    A campaign's goal and procedure need not be asked: standings that they don't know concern nobody.
    """
    items = (Item(work, _people(meaning, by_standing, due_by_day, today)) for work, meaning in MEANINGS.items())
    return tuple(item for item in items if item.people)


def _people(meaning: Meaning, by_standing: Mapping[Standing, int], due_by_day: Mapping[date, int], today: date) -> int:
    if meaning.days_left is None:
        return by_standing.get(meaning.standing, 0)
    first, last = meaning.days_left
    return sum(people for day, people in due_by_day.items() if first <= (day - today).days <= last)
