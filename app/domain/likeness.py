"""Two people of one institution who are likely the same: told from each other by nothing but what may be missing or mistyped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import combinations, product
from typing import NamedTuple

MANY = 40  # of one name and birth date; more are a list that was read wrong, and only their numbers could tell


class Likeness(StrEnum):
    """Besides the name: what two people share."""

    BIRTH = "birth"
    YEAR = "year"
    PHONE = "phone"
    NUMBER = "number"  # two numbers that differ in one digit


# As much of a person as tells whether to look closer: id, folded name, birth date (compared as it is). Plain, for there are many.
Glance = tuple[int, str, object]


class Look(NamedTuple):
    """What a closer look takes: numbers in one order for all."""

    name: str
    birth: object
    year: int | None
    phone: str | None
    numbers: tuple[str | None, ...]


def close(people: Iterable[Glance], fresh: Collection[int]) -> Iterator[tuple[int, int]]:
    """Pairs that are worth a closer look, at least one of each among the `fresh`: one name, and birth dates that agree or are not both
    known. In one pass; only people of one name are compared with each other."""
    dated: defaultdict[tuple[str, object], list[int]] = defaultdict(list)
    loose: defaultdict[str, list[int]] = defaultdict(list)
    for number, name, birth in people:
        if birth is None:
            loose[name].append(number)
        else:
            dated[name, birth].append(number)
    for ids in dated.values():
        if 1 < len(ids) <= MANY:
            yield from _with_fresh(combinations(ids, 2), fresh)
    if loose:
        yield from _with_fresh(_loose_pairs(dated, loose), fresh)


def _loose_pairs(dated: dict[tuple[str, object], list[int]], loose: dict[str, list[int]]) -> Iterator[tuple[int, int]]:
    for ones in loose.values():
        if len(ones) <= MANY:
            yield from combinations(ones, 2)
    for (name, _), ids in dated.items():
        ones = loose.get(name, [])
        if len(ids) * len(ones) <= MANY:
            yield from product(ids, ones)


def _with_fresh(pairs: Iterable[tuple[int, int]], fresh: Collection[int]) -> Iterator[tuple[int, int]]:
    return ((min(pair), max(pair)) for pair in pairs if pair[0] in fresh or pair[1] in fresh)


def likeness(one: Look, other: Look) -> Likeness | None:
    """Why two people of one name are likely the same; None where they likely are not, or too little is known."""
    if (one.birth and other.birth and one.birth != other.birth) or (one.year and other.year and one.year != other.year):
        return None
    both = [(a, b) for a, b in zip(one.numbers, other.numbers, strict=True) if a and b]
    if any(not _one_digit_apart(a, b) for a, b in both):
        return None
    if both:
        return Likeness.NUMBER
    if one.phone and one.phone == other.phone:
        return Likeness.PHONE
    if one.birth and other.birth:
        return Likeness.BIRTH
    return Likeness.YEAR if one.year and other.year else None


def _one_digit_apart(one: str, other: str) -> bool:
    """One digit is another one, or two neighbours stand the other way round."""
    if len(one) != len(other):
        return False
    places = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    swapped = len(places) == 2 and places[1] == places[0] + 1 and _crossed(one, other, places)
    return len(places) == 1 or swapped


def _crossed(one: str, other: str, places: Sequence[int]) -> bool:
    first, second = places
    return one[first] == other[second] and one[second] == other[first]
