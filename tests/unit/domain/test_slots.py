"""Slots of a desk's day: no more people than places, the earliest places first, nobody moved without need."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.slots import Hours


@pytest.mark.parametrize(
    ("hours", "slots"),
    [
        (Hours("08:00", "09:30", 30, 5), ("08:00", "08:30", "09:00")),
        (Hours("08:00", "09:20", 30, 5), ("08:00", "08:30")),  # the third would not be over
        (Hours("08:00", "08:30", 30, 5), ("08:00",)),
        (Hours("08:00", "08:20", 30, 5), ()),
        (Hours("17:00", "08:00", 30, 5), ()),
        (Hours("23:30", "23:59", 15, 1), ("23:30",)),
    ],
)
def test_a_day_is_cut_into_slots_that_are_over_when_the_desk_closes(hours: Hours, slots: tuple[str, ...]):
    assert hours.slots == slots
    assert hours.places == len(slots) * hours.per_slot


def test_people_get_the_earliest_free_places_in_their_order():
    spread = Hours("08:00", "09:00", 30, 2).spread({"08:00": 1}, [7, 8, 9, 10])
    assert spread.placed == ((7, "08:00"), (8, "08:30"), (9, "08:30"))
    assert spread.left == (10,)


def test_with_other_hours_only_those_move_who_must():
    spread = Hours("08:30", "09:30", 30, 2).rearranged([(1, "08:00"), (2, "08:30"), (3, "08:30"), (4, "08:30")])
    assert spread.placed == ((1, "09:00"), (4, "09:00"))
    assert spread.left == ()


hours = st.builds(lambda start, length, slot, each: Hours(time(start), time(start + length), slot, each),
                  st.integers(0, 1200), st.integers(0, 239), st.integers(5, 120), st.integers(1, 5))  # fmt: skip


def time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@given(hours, hours, st.integers(0, 80))
def test_nobody_is_lost_and_no_slot_is_overfull(first: Hours, then: Hours, people: int):
    spread = first.spread({}, range(people))
    assert len(spread.placed) == min(people, first.places)
    assert len(spread.placed) + len(spread.left) == people
    moved = then.rearranged(spread.placed)
    after = dict(spread.placed) | dict(moved.placed)
    kept = {person: slot for person, slot in after.items() if person not in moved.left}
    assert len(kept) == min(len(spread.placed), then.places)
    assert max(Counter(kept.values()).values(), default=0) <= then.per_slot
    assert set(kept.values()) <= set(then.slots)
