"""Deciding on many likely doubles at once: what it would come to is worked out first, and only just that is done."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import orjson
from sqlalchemy import select

from app import clock
from app.domain.scope import CampaignScope
from app.extensions import db
from app.models import Double, Person
from app.services import log, merging
from app.services.bulk import update_rows
from app.services.doubles import TWO, DoubleRefusal, Verdict
from app.services.merging import MergeRefusal
from app.services.numbers import allot, people_changed

MOST = 100  # pairs made one at once: each takes some 20 statements
EVERY = None  # in the place of chosen pairs: all that wait
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Group:
    """People whom the pairs make one: who stays and who goes; or why all of them stay as they are."""

    pairs: tuple[Pair, ...]
    stays: int
    goes: tuple[int, ...]
    refusal: MergeRefusal | None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The pairs that are meant and wait; `left` more wait that are meant and not taken this time. `groups` are what they make one.
    `mark` tells this from any other outcome."""

    pairs: tuple[Pair, ...]
    left: int
    groups: tuple[Group, ...]
    mark: str

    @property
    def merged(self) -> int:
        """How many pairs become one person."""
        return sum(len(group.pairs) for group in self.groups if not group.refusal)


def foreseen(scope: CampaignScope, chosen: Collection[Pair] | None, verdict: Verdict) -> Foreseen:
    """What `decide` would do now; nothing is touched."""
    waiting = _waiting(scope, chosen)
    if verdict is Verdict.TWO:
        return Foreseen(waiting, 0, (), _mark(verdict, waiting))
    groups = tuple(_so_many(_groups(scope, waiting)))
    pairs = tuple(sorted(chain.from_iterable(group.pairs for group in groups)))
    return Foreseen(pairs, len(waiting) - len(pairs), groups, _mark(verdict, pairs, groups, _revisions(scope, pairs)))


def decide(scope: CampaignScope, chosen: Collection[Pair] | None, verdict: Verdict, seen: str) -> Foreseen | DoubleRefusal:
    """What somebody says of pairs that wait, having `seen` what it comes to: where that would be something else by now, nothing is done."""
    allot(scope.institution_id, 0)  # first: it lets nobody else change people here until this is done
    if verdict is Verdict.SAME:
        merging.hold(scope, set(chain.from_iterable(_waiting(scope, chosen))))
    found = foreseen(scope, chosen, verdict)
    if found.mark != seen:
        return DoubleRefusal.OTHERWISE_NOW
    if verdict is Verdict.TWO:
        told = {"verdict": TWO, "decided_by": scope.actor.name, "decided_at": clock.now()}
        update_rows(Double, (), ("institution_id", "one_id", "other_id"), [(scope.institution_id, *pair) for pair in found.pairs], told)
    for group in found.groups:
        if not group.refusal:
            for number in group.goes:
                merging.take_over(scope, group.stays, number)
    if found.merged:
        people_changed(scope.institution_id)
        concerned = sum(1 + len(group.goes) for group in found.groups if not group.refusal)
        log.note(scope.actor, "merged-people", institution_id=scope.institution_id, count=concerned)
    db.session.expire_all()
    return found


def _waiting(scope: CampaignScope, chosen: Collection[Pair] | None) -> tuple[Pair, ...]:
    if scope.unit_ids is not None:
        return ()
    statement = select(Double.one_id, Double.other_id).where(Double.institution_id == scope.institution_id, Double.verdict.is_(None))
    found = ((one, other) for one, other in db.session.execute(statement.order_by(Double.one_id, Double.other_id)))
    meant = None if chosen is None else frozenset(chosen)
    return tuple(pair for pair in found if meant is None or pair in meant)


def _groups(scope: CampaignScope, pairs: Sequence[Pair]) -> Iterator[Group]:
    """The people of pairs that have somebody in common are one, as long as each two of them are a pair."""
    together: dict[int, set[int]] = {}
    for pair in pairs:
        both = set[int]().union(*(together.get(number, {number}) for number in pair))
        together |= dict.fromkeys(both, both)
    theirs: dict[int, list[Pair]] = {}
    for pair in pairs:
        theirs.setdefault(min(together[pair[0]]), []).append(pair)
    sets = [sorted(together[first]) for first in theirs]
    for people, (first, chosen), stays in zip(sets, theirs.items(), merging.who_stay(scope, sets), strict=True):
        all_alike = len(chosen) == len(people) * (len(people) - 1) // 2
        refusal = stays if isinstance(stays, MergeRefusal) else None if all_alike else MergeRefusal.NOT_ALL_ALIKE
        who = stays if isinstance(stays, int) else first
        yield Group(tuple(chosen), who, tuple(number for number in people if number != who), refusal)


def _so_many(groups: Iterable[Group]) -> Iterator[Group]:
    """As many as become one at once, and all that can't, which would stand in the way of the others each time."""
    pairs = 0
    for group in groups:
        if group.refusal:
            yield group
        elif not pairs or pairs + len(group.pairs) <= MOST:
            pairs += len(group.pairs)
            yield group


def _revisions(scope: CampaignScope, pairs: Sequence[Pair]) -> list[Pair]:
    """Which values these people have, in short."""
    ids = sorted(set(chain.from_iterable(pairs)))
    known = select(Person.id, Person.revision).where(Person.institution_id == scope.institution_id, Person.id.in_(ids))
    return [(number, revision) for number, revision in db.session.execute(known.order_by(Person.id))]


def _mark(*told: object) -> str:
    return hashlib.sha256(orjson.dumps(told)).hexdigest()[:16]
