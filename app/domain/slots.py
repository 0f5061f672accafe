"""A registration desk's day as slots with places, and who gets which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Slot = str  # its first minute, "08:30": as kept, and in this form the order of text is the order of time


@dataclass(frozen=True, slots=True)
class Spread:
    """Who got which slot, and who is left because all places are taken."""

    placed: tuple[tuple[int, Slot], ...]
    left: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when ("08:00"), how long a slot lasts and how many people it takes."""

    opens: str
    closes: str
    slot_minutes: int
    per_slot: int

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Those that are over when the desk closes."""
        last = _minutes(self.closes) - self.slot_minutes
        return tuple(f"{at // 60:02d}:{at % 60:02d}" for at in range(_minutes(self.opens), last + 1, self.slot_minutes))

    @property
    def places(self) -> int:
        return len(self.slots) * self.per_slot

    def spread(self, taken: Mapping[Slot, int], people: Sequence[int]) -> Spread:
        """Give people, in their order, the earliest free places; `taken` counts those that are gone."""
        free = [slot for slot in self.slots for _ in range(self.per_slot - taken.get(slot, 0))]
        return Spread(tuple(zip(people, free, strict=False)), tuple(people[len(free) :]))

    def rearranged(self, expected: Sequence[tuple[int, Slot]]) -> Spread:
        """These hours hold from now on for people who have slots of others: who can keep theirs does, the others get free places."""
        taken: Counter[Slot] = Counter()
        homeless: list[int] = []
        known = set(self.slots)
        for person, slot in expected:
            if slot in known and taken[slot] < self.per_slot:
                taken[slot] += 1
            else:
                homeless.append(person)
        return self.spread(taken, homeless)


def _minutes(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)
