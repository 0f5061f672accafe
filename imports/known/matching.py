"""Which known person a row means: by number first, then by name, birth date and unit; never by likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.names import match_key
from imports.known.differences import differences
from imports.units.names import unit_key
from imports.values import KnownPerson, Problem, RosterRow, Severity

NUMBERS = ("personal_id", "bhxh_code", "pupil_code", "staff_code")
_OF_ROW = tuple(RosterRow._fields.index(name) for name in NUMBERS)
_OF_KNOWN = tuple(KnownPerson._fields.index(name) for name in NUMBERS)

NameKey = tuple[str, int | None]


@dataclass(slots=True)
class Matches:
    """Row place -> known person; known people whom an undecided row may mean (they are not absent); what to say of undecided rows."""

    by_row: dict[int, KnownPerson] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    perhaps: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    undecided: set[int] = field(default_factory=set)

    def take(self, place: int, known: KnownPerson) -> None:
        self.by_row[place] = known
        self.taken.add(known.id)

    def drop(self, place: int) -> None:
        self.taken.discard(self.by_row.pop(place).id)

    def leave(self, place: int, candidates: Sequence[KnownPerson], problem: Problem) -> None:
        self.undecided.add(place)
        self.perhaps.update(known.id for known in candidates)
        self.problems.append(problem)


def match(rows: Sequence[RosterRow], people: Sequence[KnownPerson]) -> Matches:
    matches = Matches()
    if people:
        for of_row, of_known, name in zip(_OF_ROW, _OF_KNOWN, NUMBERS, strict=True):
            _by_number(rows, people, of_row, of_known, name, matches)
        _by_name(rows, people, matches)
    return matches


def _by_number(rows: Sequence[RosterRow], people: Sequence[KnownPerson], of_row: int, of_known: int, name: str, matches: Matches) -> None:
    with_number = {known[of_known]: known for known in people if known[of_known]}
    if not with_number:
        return
    for place, row in enumerate(rows):
        known = with_number.get(row[of_row])
        if known is None or place in matches.undecided:
            continue
        before = matches.by_row.get(place)
        if before is not None:
            if before.id != known.id:  # one number is this person's, another that person's
                matches.drop(place)
                matches.leave(place, [before, known], _contradiction(row, name, known))
        elif _numbers_differ(row, known):
            matches.leave(place, [known], _contradiction(row, name, known))
        elif known.id in matches.taken:
            matches.leave(place, [known], _taken_twice(row, known))
        else:
            matches.take(place, known)


def _numbers_differ(row: RosterRow, known: KnownPerson) -> bool:
    return any(
        row[of_row] and known[of_known] and row[of_row] != known[of_known] for of_row, of_known in zip(_OF_ROW, _OF_KNOWN, strict=True)
    )


def _by_name(rows: Sequence[RosterRow], people: Sequence[KnownPerson], matches: Matches) -> None:
    left = _left(range(len(rows)), matches)
    if not left:
        return
    named: defaultdict[NameKey, list[KnownPerson]] = defaultdict(list)
    for known in people:
        if known.id not in matches.taken:
            named[match_key(known.full_name), known.birth_year].append(known)
    _decide(rows, left, lambda row: [known for known in named.get(_key(row), ()) if _fits(row, known)], people, matches)
    _by_name_and_unit(rows, left, named, people, matches)


def _by_name_and_unit(
    rows: Sequence[RosterRow],
    places: Sequence[int],
    named: Mapping[NameKey, list[KnownPerson]],
    people: Sequence[KnownPerson],
    matches: Matches,
) -> None:
    """Rows without a birth date, and people of whom none is known: there the unit has to be known on both sides, and the same. A teacher's
    list of names and telephones would bring the whole class once more otherwise."""
    undated = any(year is None for _, year in named)
    left = [place for place in _left(places, matches) if rows[place].unit and (undated or rows[place].birth_year is None)]
    dated: defaultdict[str, list[KnownPerson]] = defaultdict(list)
    for (name, year), some in named.items():
        if left and year is not None:
            dated[name] += some

    def fitting(row: RosterRow) -> list[KnownPerson]:
        name = match_key(row.full_name)
        found = dated.get(name, ()) if row.birth_year is None else named.get((name, None), ())
        return [known for known in found if known.unit and known.id not in matches.taken and _fits(row, known)]

    _decide(rows, left, fitting, people, matches)


def _left(places: Iterable[int], matches: Matches) -> list[int]:
    return [place for place in places if place not in matches.by_row and place not in matches.undecided]


def _decide(
    rows: Sequence[RosterRow],
    places: Sequence[int],
    fitting_of: Callable[[RosterRow], list[KnownPerson]],
    people: Sequence[KnownPerson],
    matches: Matches,
) -> None:
    """Who fits a row alone is meant, if no other row wants them."""
    wanted: defaultdict[int, list[int]] = defaultdict(list)  # known person -> rows that fit nobody else
    for place in places:
        fitting = fitting_of(rows[place])
        if len(fitting) > 1:
            fitting = [known for known in fitting if not differences(rows[place], known) and known.id not in matches.taken][:1] or fitting
        if len(fitting) == 1 and not differences(rows[place], fitting[0]):
            matches.take(place, fitting[0])
        elif len(fitting) == 1:
            wanted[fitting[0].id].append(place)
        elif fitting:
            matches.leave(place, fitting, _ambiguous(rows[place], fitting))
    if wanted:
        _settle(rows, {known.id: known for known in people}, wanted, matches)


def _settle(rows: Sequence[RosterRow], people: dict[int, KnownPerson], wanted: dict[int, list[int]], matches: Matches) -> None:
    for person_id, places in wanted.items():
        known = people[person_id]
        if len(places) == 1 and person_id not in matches.taken:
            matches.take(places[0], known)
            continue
        for place in places:
            if person_id not in matches.taken:
                matches.leave(place, [known], _ambiguous(rows[place], [known]))


def _key(row: RosterRow) -> NameKey:
    return match_key(row.full_name), row.birth_year


def _fits(row: RosterRow, known: KnownPerson) -> bool:
    """Name and birth year agree already; now the day and the unit, where both sides know them, and no number that differs. A name alone is
    nobody's: without a birth year the unit has to agree, or the row be the same again."""
    same_day = row.birth_date == known.birth_date or row.birth_date is None or known.birth_date is None
    same_unit = not row.unit or not known.unit or unit_key(row.unit) == unit_key(known.unit)
    if not same_day or not same_unit or _numbers_differ(row, known):
        return False
    return row.birth_year is not None or bool(row.unit and known.unit) or (known.registered and row[2:] == known[4:-1])


def _contradiction(row: RosterRow, name: str, known: KnownPerson) -> Problem:
    return _problem(
        row,
        name,
        getattr(row, name),
        "numbers-contradict",
        "The number is %(name)s's, but another number of the row differs from theirs. Find out which number is wrong.",
        (("name", known.full_name),),
    )


def _taken_twice(row: RosterRow, known: KnownPerson) -> Problem:
    return _problem(
        row,
        "row",
        row.full_name,
        "matched-twice",
        "Two rows of the file mean %(name)s. Delete one of them, or correct its numbers.",
        (("name", known.full_name),),
    )


def _ambiguous(row: RosterRow, candidates: Sequence[KnownPerson]) -> Problem:
    return _problem(
        row,
        "row",
        row.full_name,
        "ambiguous-person",
        "It can't be told who of several people of this name is meant (%(people)s known). Add a number that only one of them has.",
        (("people", str(len(candidates))),),
    )


def _problem(row: RosterRow, name: str, value: str, code: str, text: str, params: tuple[tuple[str, str], ...]) -> Problem:
    return Problem(row.sheet, row.row, None, name, Severity.ERROR, value, code, text, params)
