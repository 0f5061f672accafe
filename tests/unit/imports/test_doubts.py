"""What makes a roster look like somebody else's, and what does not."""

from __future__ import annotations

from datetime import date

import pytest

from imports import KnownPerson, Reading, RosterRow, Snapshot, doubts, plan


def row(n: int, unit: str | None) -> RosterRow:
    return RosterRow(
        "S", n + 1, f"Trần Văn {n}", date(2014, 1, 1), 2014, None, None, None, None, f"HS{n:05}", None, None, None, unit, None, ()
    )


def known(n: int, unit: str | None) -> KnownPerson:
    return KnownPerson(n, 1, True, False, *row(n, unit)[2:])


def asked(file: range, here: range, unit: str | None = "6A1", unit_here: str | None = "6A1") -> list[str]:
    reading = Reading(tuple(row(n, unit) for n in file), (), (), (), ())
    snapshot = Snapshot("Trường THCS A", tuple(known(n, unit_here) for n in here))
    return [doubt.code for doubt in doubts(reading, plan(reading, snapshot), snapshot)]


@pytest.mark.parametrize(
    ("file", "here"),
    [
        (range(1, 41), range(100, 200)),  # nobody is known
        (range(1, 41), range(22, 122)),  # 19 of 40
    ],
)
def test_a_roster_of_which_under_half_are_known_is_asked_about(file: range, here: range):
    assert asked(file, here) == ["few-known"]


@pytest.mark.parametrize(
    ("file", "here"),
    [
        (range(1, 41), range(21, 121)),  # 20 of 40 are known
        (range(1, 20), range(100, 200)),  # a short list says nothing
        (range(1, 41), range(100, 119)),  # hardly anybody is known at all
        (range(1, 41), range(0)),  # the first roster
    ],
)
def test_a_roster_that_may_well_be_ours_is_not(file: range, here: range):
    assert asked(file, here) == []


def test_the_list_of_one_class_of_whom_nobody_is_known_is_not():
    assert asked(range(1, 41), range(100, 200), unit="6A9") == []
    assert asked(range(1, 41), range(100, 200), unit="6A1") == ["few-known"]
    assert asked(range(1, 41), range(100, 200), unit=None, unit_here=None) == ["few-known"]


def test_parents_are_nobody_whom_a_roster_should_name():
    reading = Reading(tuple(row(n, "6A1") for n in range(1, 41)), (), (), (), ())
    parents = tuple(known(n, None)._replace(registered=False) for n in range(100, 200))
    snapshot = Snapshot("Trường THCS A", parents)
    assert doubts(reading, plan(reading, snapshot), snapshot) == []


def test_the_counts_are_said():
    reading = Reading(tuple(row(n, "6A1") for n in range(1, 41)), (), (), (), ())
    snapshot = Snapshot("Trường THCS A", tuple(known(n, "6A1") for n in range(31, 131)))
    (doubt,) = doubts(reading, plan(reading, snapshot), snapshot)
    assert doubt.params == {"known": 10, "people": 40, "here": 100}
