"""Who is likely one person twice, and who only has the same name."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

from app.domain.likeness import MANY, Likeness, Look, close, likeness

BORN, OTHER = date(2014, 5, 3), date(2014, 5, 4)


def look(**known: Any) -> Look:
    numbers = known.pop("numbers", {})
    kinds = ("personal_id", "bhxh_code", "pupil_code", "staff_code")
    year = known.get("birth") and known["birth"].year
    return Look("an", known.get("birth"), known.get("year", year), known.get("phone"), tuple(numbers.get(kind) for kind in kinds))


NUMBER, NEAR, SWAPPED, FAR = ({"personal_id": number} for number in ("079214000011", "079214000012", "079214000101", "079214000099"))
CASES: dict[str, tuple[dict[str, Any], dict[str, Any], Likeness | None]] = {
    "one birth date": ({"birth": BORN}, {"birth": BORN}, Likeness.BIRTH),
    "one birth date, a number on one side": ({"birth": BORN, "numbers": NUMBER}, {"birth": BORN}, Likeness.BIRTH),
    "one birth date, numbers of different kinds": (
        {"birth": BORN, "numbers": NUMBER},
        {"birth": BORN, "numbers": {"pupil_code": "1"}},
        Likeness.BIRTH,
    ),
    "one birth date, numbers that differ": ({"birth": BORN, "numbers": NUMBER}, {"birth": BORN, "numbers": FAR}, None),
    "numbers that differ in one digit": ({"birth": BORN, "numbers": NUMBER}, {"birth": BORN, "numbers": NEAR}, Likeness.NUMBER),
    "two digits the other way round": ({"numbers": NUMBER}, {"numbers": SWAPPED}, Likeness.NUMBER),
    "numbers in one digit, another birth date": ({"birth": BORN, "numbers": NUMBER}, {"birth": OTHER, "numbers": NEAR}, None),
    "another birth date": ({"birth": BORN, "phone": "1"}, {"birth": OTHER, "phone": "1"}, None),
    "another year": ({"birth": BORN}, {"year": 2013}, None),
    "the year on one side": ({"birth": BORN}, {"year": 2014}, Likeness.YEAR),
    "one telephone": ({"phone": "1"}, {"birth": BORN, "phone": "1"}, Likeness.PHONE),
    "a name alone": ({}, {"birth": BORN}, None),
    "two names alone": ({}, {}, None),
}


@pytest.mark.parametrize(("one", "other", "why"), CASES.values(), ids=CASES)
def test_what_makes_two_people_likely_one(one: dict[str, Any], other: dict[str, Any], why: Likeness | None) -> None:
    assert likeness(look(**one), look(**other)) is why
    assert likeness(look(**other), look(**one)) is why


def test_only_pairs_with_somebody_fresh_are_looked_at() -> None:
    people = [(number, "an", BORN) for number in (3, 1, 2)]
    assert sorted(close(people, {3})) == [(1, 3), (2, 3)]


def test_people_of_other_names_or_dates_are_not_compared() -> None:
    people = [(1, "an", BORN), (2, "an", OTHER), (3, "binh", BORN), (4, "an", None)]
    assert sorted(close(people, {1, 2, 3, 4})) == [(1, 4), (2, 4)]


def test_a_list_that_was_read_wrong_gives_no_endless_queue() -> None:
    people = [(number, "an", BORN) for number in range(MANY + 1)]
    assert list(close(people, range(MANY + 1))) == []


def test_fifty_thousand_people_take_one_pass() -> None:
    people = [(number, f"nguyen van {number % 5000}", (number // 5000, 1)) for number in range(50_000)]
    began = time.process_time()
    assert list(close(people, range(50_000))) == []
    assert time.process_time() - began < 1
