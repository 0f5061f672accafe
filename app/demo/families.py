"""The demo's guardians: one parent for each child, some with several children, a few with children at two schools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from app import clock
from app.collation import name_key
from app.demo.histories import guardians_way, history
from app.demo.names import Drawer, Drawn
from app.domain.names import guardian_keys, search_text
from app.domain.procedure import Procedure
from app.domain.registration import NO_DETAILS, START, Event, Facts, Happening, State, replay
from app.domain.standing import REACHED, Goal
from app.domain.track import Part
from app.extensions import db
from app.models import GuardianKey, Guardianship, Person
from app.services.bulk import insert_rows
from app.services.numbers import allot

SOURCE = "dữ liệu minh họa"
SIBLING, ELSEWHERE_TOO = 0.06, 0.05
_HAS_ACCOUNT = REACHED[Goal.GRANTED]


@dataclass(slots=True)
class Enrolled:
    """Somebody with a registration. `is_twin` is a guardian whose account is known from another school."""

    number: int
    part: Part
    self_from: date | None
    happened: list[Happening]
    facts: Facts
    unlocked_on: date | None = None
    is_twin: bool = False


@dataclass(slots=True)
class Families:
    """Parents drawn so far who have an account, to have children at the next school, too."""

    elsewhere: list[tuple[Drawn, Facts]] = field(default_factory=list)

    def of_school(
        self,
        institution_id: int,
        members: Sequence[Enrolled],
        drawn: Sequence[Drawn],
        drawer: Drawer,
        pick: Random,
        procedure: Procedure,
        today: date,
    ) -> list[Enrolled]:
        """A guardian for each child; now and then the next child on the list is a brother or sister."""
        families: list[tuple[Drawn, list[Enrolled], Facts | None]] = []
        for child, who in zip(members, drawn, strict=True):
            if families and pick.random() < SIBLING:
                families[-1][1].append(child)
            elif self.elsewhere and pick.random() < ELSEWHERE_TOO:
                parent, facts = self.elsewhere.pop(pick.randrange(len(self.elsewhere)))
                families.append((parent, [child], facts))
            else:
                born = (date(today.year - 48, 1, 1), date(today.year - 30, 12, 31))
                families.append((drawer.person(*born, who.full_name.split()[0]), [child], None))
        first = allot(institution_id, len(families))
        guardians = [self._guardian(first + n, *family, pick=pick, procedure=procedure, today=today) for n, family in enumerate(families)]
        _write(institution_id, guardians, families)
        return guardians

    def _guardian(
        self, number: int, who: Drawn, children: Sequence[Enrolled], known: Facts | None, *, pick: Random, procedure: Procedure, today: date
    ) -> Enrolled:
        if known is not None:
            on = known.granted_on or known.signed_in_on or today
            happened = [Happening(1, Event.GRANTED, on, details=NO_DETAILS)]
            one = Enrolled(number, Part.GUARDIAN, None, happened, replay(procedure, happened), is_twin=True)
        else:
            needed = any(child.facts.state not in {State.TO_START, State.CODE_MISSING, State.EXCLUDED} for child in children)
            happened, facts = history(pick, guardians_way(pick, needed=needed), procedure, today)
            one = Enrolled(number, Part.GUARDIAN, None, happened, facts or START)
            if facts.state in _HAS_ACCOUNT:
                self.elsewhere.append((who, facts))
        if one.facts.state in _HAS_ACCOUNT:
            for child in children:
                child.unlocked_on = one.facts.granted_on or one.facts.signed_in_on
        return one


def _write(institution_id: int, guardians: Sequence[Enrolled], families: Sequence[tuple[Drawn, list[Enrolled], Facts | None]]) -> None:
    people: list[tuple[Any, ...]] = []
    links: list[tuple[Any, ...]] = []
    keys: list[tuple[Any, ...]] = []
    for guardian, (who, children, _known) in zip(guardians, families, strict=True):
        text = search_text(who.full_name, [who.personal_id, who.phone])
        people.append((guardian.number, who.full_name, name_key(who.full_name), text, who.sex, who.personal_id, who.phone))
        links += [(child.number, guardian.number, "father" if who.sex == "male" else "mother") for child in children]
        keys += [(key, guardian.number) for key in guardian_keys(who.full_name, who.phone, who.personal_id)]
    of = {"institution_id": institution_id}
    columns = ("id", "full_name", "sort_key", "search_text", "sex", "personal_id", "phone")
    insert_rows(Person, columns, people, of | {"roster_id": 0, "revision": 1, "updated_at": clock.now()})
    insert_rows(Guardianship, ("child_id", "guardian_id", "relation"), links, of)
    insert_rows(GuardianKey, ("key", "person_id"), keys, of)
    db.session.flush()
