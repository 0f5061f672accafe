"""Whose account carries a registration, and what papers it takes.

Letter 239/BHXH-TT: a pupil below 15 without an ID card is registered in the account of a parent or guardian, with the child's birth
certificate; from 15 with their own card. Whether there is a card decides; where that is not known, the age does, against the
campaign's limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from app.domain.registration import Facts, State


class Track(StrEnum):
    SELF = "self"
    GUARDIAN = "guardian"


class Part(StrEnum):
    """What somebody is in a campaign: asked to register, or there because a child registers through them (not counted)."""

    MEMBER = "member"
    GUARDIAN = "guardian"


class Item(StrEnum):
    """A paper of the checklist."""

    PORTRAIT = "portrait"
    ID_FRONT = "id-front"
    ID_BACK = "id-back"
    GUARDIAN_ID_FRONT = "guardian-id-front"
    GUARDIAN_ID_BACK = "guardian-id-back"
    BIRTH_CERTIFICATE = "birth-certificate"
    SIGNED_FORM = "signed-form"


class ItemStatus(StrEnum):
    """`waiting`: an image has been handed in that nobody has looked at yet."""

    MISSING = "missing"
    WAITING = "waiting"
    SEEN = "seen"
    NOT_GOOD = "not-good"


class Flaw(StrEnum):
    """Why a paper is not good (letter 3717, annex 1: sharp, upright, complete, the person's own)."""

    BLURRED = "blurred"
    TAKEN_LYING = "taken-lying"
    CUT_OFF = "cut-off"
    ANOTHER_PERSONS = "another-persons"


GUARDIAN_BELOW = 15  # letter 239/BHXH-TT; a campaign may say otherwise
IMAGE_DAYS = 30  # images are kept so long after the account was granted, unless the campaign says otherwise
NEVER = date.max
_PAPERS: dict[Track, tuple[Item, ...]] = {
    Track.SELF: (Item.PORTRAIT, Item.ID_FRONT, Item.ID_BACK),
    Track.GUARDIAN: (Item.PORTRAIT, Item.GUARDIAN_ID_FRONT, Item.GUARDIAN_ID_BACK, Item.BIRTH_CERTIFICATE),
}


def self_from(*, has_card: bool | None, birth_date: date | None, birth_year: int | None, below: int) -> date | None:
    """The first day on which somebody registers for themselves: None for ever since, `NEVER` for a child known to have no card.

    Who is known by their year of birth alone counts as a child until that year's end; of whom nothing is known, as grown up.
    """
    if has_card is not None:
        return None if has_card else NEVER
    if not below:
        return None
    if birth_date:
        return birthday(birth_date, below)
    return date(birth_year + below, 12, 31) if birth_year else None


def birthday(born: date, age: int) -> date:
    """The day on which somebody becomes `age`; who was born on 29 February does so on 1 March of a common year."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def track_of(own_from: date | None, on: date) -> Track:
    return Track.GUARDIAN if own_from is not None and on < own_from else Track.SELF


def papers(track: Track, *, form: bool) -> tuple[Item, ...]:
    """The checklist of a track; `form` where the procedure wants a signed form."""
    return (*_PAPERS[track], Item.SIGNED_FORM) if form else _PAPERS[track]


def checklist(track: Track, facts: Facts, noted: Mapping[Item, ItemStatus], *, form: bool) -> dict[Item, ItemStatus]:
    """How each paper stands. The signed form follows from the events: it is seen once the institution or the office has it."""
    return {
        item: _form_status(facts) if item is Item.SIGNED_FORM else noted.get(item, ItemStatus.MISSING) for item in papers(track, form=form)
    }


def _form_status(facts: Facts) -> ItemStatus:
    if facts.state is State.REJECTED:
        return ItemStatus.NOT_GOOD
    return ItemStatus.SEEN if facts.form_received_on or facts.handed_in_on else ItemStatus.MISSING
