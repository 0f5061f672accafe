"""The demo's papers: what of the checklist has been seen for those who are on their way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from app.demo.families import Enrolled
from app.domain.registration import State
from app.domain.track import Flaw, Item, ItemStatus, papers, track_of

EVIDENCE = ("person_id", "item", "status", "flaw")
_UNSEEN = frozenset({State.TO_START, State.CODE_MISSING, State.EXCLUDED})


def papers_of(pick: Random, one: Enrolled, today: date) -> Iterator[tuple[Any, ...]]:
    """Who has begun has shown most papers; now and then one is not good."""
    if one.facts.state in _UNSEEN or one.is_twin:
        return
    for item in papers(track_of(one.self_from, today), form=False):
        chance = pick.random()
        if one.facts.state is State.DECLARED and item is Item.PORTRAIT and chance < 0.1:
            yield (one.number, item.value, ItemStatus.NOT_GOOD.value, pick.choice(list(Flaw)).value)
        elif chance < 0.9:
            yield (one.number, item.value, ItemStatus.SEEN.value, None)
