"""Difficulties (letter 3717, §5: nobody is sent from door to door): what kinds there are, to whom each goes, and by when it is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.access import Role

TEXT_LENGTH = 2000
LONGEST = timedelta(days=366)  # nobody waits longer for an answer


class Kind(StrEnum):
    PERSONAL_DATA = "personal-data"  # name, number, telephone, photo
    PARTICIPATION = "participation"  # the record of who was insured when and where
    BENEFITS = "benefits"
    HEALTH_CARE = "health-care"
    TECHNICAL = "technical"  # the app, codes by telephone, signing in
    OTHER = "other"


class Step(StrEnum):
    """What becomes of a difficulty after it was noted."""

    PASSED_ON = "passed-on"
    ANSWERED = "answered"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Handling:
    """Who answers a kind, and within how many working days. `why` is the reason for the days."""

    role: Role
    days: int
    why: str


HANDLING: dict[Kind, Handling] = {
    Kind.PERSONAL_DATA: Handling(Role.COORDINATOR, 3, "a wrong name or number gets the form rejected, and the form has ten days in all"),
    Kind.PARTICIPATION: Handling(Role.COORDINATOR, 5, "the institution has to look into its own papers first"),
    Kind.BENEFITS: Handling(Role.OFFICER, 7, "the office has to fetch the file before it can say anything"),
    Kind.HEALTH_CARE: Handling(Role.OFFICER, 2, "who is turned away at a clinic is ill now"),
    Kind.TECHNICAL: Handling(Role.COORDINATOR, 2, "who can't sign in for longer gives it up"),
    Kind.OTHER: Handling(Role.COORDINATOR, 5, "a working week is the longest that somebody hears nothing"),
}


def due_on(kind: Kind, opened_on: date, is_workday: Callable[[date], bool]) -> date:
    """The working day by which a difficulty of a kind is to be answered; the day of opening does not count."""
    day, left = opened_on, HANDLING[kind].days
    while left:
        day += timedelta(days=1)
        left -= is_workday(day)
    return day


def is_possible(due: date, today: date) -> bool:
    """Whether a day can be promised."""
    return today <= due <= today + LONGEST
