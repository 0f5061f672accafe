"""Numbers of a rollout: how many stand where, per person counted once. Every tile, list and workbook is cut from the same tally."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.registration import State
from app.domain.standing import REACHED, Goal, Segment, Standing, segment_of


class Count(NamedTuple):
    """So many registrations share this state and standing."""

    state: State
    standing: Standing
    people: int


@dataclass(frozen=True, slots=True)
class Progress:
    """People of one place in one campaign. Milestones are cumulative; `done` counts the campaign's goal; `left` is in scope, not done."""

    total: int
    excluded: int
    declared: int
    granted: int
    in_use: int
    done: int
    by_state: Mapping[State, int]
    by_standing: Mapping[Standing, int]
    by_segment: Mapping[Segment, int]

    @property
    def in_scope(self) -> int:
        return self.total - self.excluded

    @property
    def left(self) -> int:
        return self.in_scope - self.done

    @property
    def percent(self) -> float:
        """Share of those in scope that is done, in per cent with one decimal, rounded down: 100 means that nobody is left."""
        return self.done * 1000 // self.in_scope / 10 if self.in_scope else 0.0

    @property
    def percent_of_all(self) -> float:
        """Share of everybody, also of those outside the target (letters ask for both)."""
        return self.done * 1000 // self.total / 10 if self.total else 0.0

    def share(self, segment: Segment) -> float:
        """The segment's part of the rail, in per cent."""
        return self.by_segment[segment] * 100 / self.in_scope if self.in_scope else 0.0


def progress_of(counts: Iterable[Count]) -> Progress:
    """Add counts up."""
    by_state: dict[State, int] = dict.fromkeys(State, 0)
    by_standing: dict[Standing, int] = dict.fromkeys(Standing, 0)
    by_segment: dict[Segment, int] = dict.fromkeys(Segment, 0)
    for state, standing, people in counts:
        by_state[state] += people
        by_standing[standing] += people
        segment = segment_of(state, standing)
        if segment:
            by_segment[segment] += people
    reached = {goal: sum(by_state[state] for state in states) for goal, states in REACHED.items()}
    return Progress(
        total=sum(by_state.values()),
        excluded=by_standing[Standing.EXCLUDED],
        declared=reached[Goal.DECLARED],
        granted=reached[Goal.GRANTED],
        in_use=reached[Goal.IN_USE],
        done=by_standing[Standing.DONE],
        by_state=by_state,
        by_standing=by_standing,
        by_segment=by_segment,
    )


def total_of(parts: Iterable[Progress]) -> Progress:
    """The progress of several places together."""
    every = list(parts)
    return Progress(
        total=sum(p.total for p in every),
        excluded=sum(p.excluded for p in every),
        declared=sum(p.declared for p in every),
        granted=sum(p.granted for p in every),
        in_use=sum(p.in_use for p in every),
        done=sum(p.done for p in every),
        by_state={state: sum(p.by_state[state] for p in every) for state in State},
        by_standing={standing: sum(p.by_standing[standing] for p in every) for standing in Standing},
        by_segment={segment: sum(p.by_segment[segment] for p in every) for segment in Segment},
    )
