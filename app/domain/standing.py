"""How a registration stands today: computed from its state, its dates and the clock, never stored.

The rules are data, so that the same rules answer for one person (`standing_of`) and become SQL for lists, tiles and exports
(`app.queries.filters`). They are read from the top; the first that fits, holds. The last of them fits everything that is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from app.domain.procedure import PROCEDURES, Procedure
from app.domain.registration import Facts, State


class Standing(StrEnum):
    DONE = "done"
    EXCLUDED = "excluded"
    BLOCKED_CODE = "blocked-code"
    BLOCKED_GUARDIAN = "blocked-guardian"
    PAPER_DUE = "paper-due"
    LAPSED = "lapsed"
    WAITING = "waiting"
    WAITING_LONG = "waiting-long"
    TO_FIX = "to-fix"
    TO_START = "to-start"
    TO_SIGN_IN = "to-sign-in"


class Goal(StrEnum):
    """The milestone at which a campaign calls a registration done."""

    DECLARED = "declared"
    GRANTED = "granted"
    IN_USE = "in-use"


class Segment(StrEnum):
    """A part of the rail, left to right. Everybody in scope stands in exactly one."""

    IN_USE = "in-use"
    GRANTED = "granted"
    DECLARED = "declared"
    BLOCKED = "blocked"
    TO_START = "to-start"


@dataclass(frozen=True, slots=True)
class Today:
    """The clock's part: the local date, the day such that the office is late with all that was submitted before it, and the day on which
    ages are taken (the campaign's reference day, else the local date)."""

    on: date
    office_late_before: date
    ages_on: date


@dataclass(frozen=True, slots=True)
class Guarding:
    """What a registration knows of the guardian's part: the day from which somebody registers for themselves (`track.self_from`), and
    since when a guardian has had an account."""

    self_from: date | None = None
    unlocked_on: date | None = None


NO_GUARDIAN_NEEDED = Guarding()


@dataclass(frozen=True, slots=True)
class Before:
    """The fact `fact` (a date of `Facts` or `Guarding`) is known and lies before `bound` (a date of `Today`)."""

    fact: str
    bound: str


@dataclass(frozen=True, slots=True)
class After:
    """As `Before`, the other way round."""

    fact: str
    bound: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The fact is not known."""

    fact: str


Condition = Before | After | Unknown


@dataclass(frozen=True, slots=True)
class Rule:
    """A standing holds in these states where every condition does."""

    standing: Standing
    states: frozenset[State]
    when: tuple[Condition, ...] = ()


_GRANTED = frozenset({State.GRANTED, State.IN_USE})
_UNSTARTED = frozenset({State.TO_START, State.STOPPED})
_FILED = frozenset({State.DECLARED, State.FORM_RECEIVED, State.HANDED_IN}) | _GRANTED

# Milestones are cumulative: who is granted counts as declared, too. A rejection presupposes a declaration.
REACHED: dict[Goal, frozenset[State]] = {
    Goal.DECLARED: _FILED | {State.REJECTED},
    Goal.GRANTED: _GRANTED,
    Goal.IN_USE: frozenset({State.IN_USE}),
}
# A rejected declaration has to be made again, so it is no goal reached.
_DONE: dict[Goal, frozenset[State]] = REACHED | {Goal.DECLARED: _FILED}


@cache
def rules(procedure_code: str, goal: Goal) -> tuple[Rule, ...]:
    """The standings of a campaign with this procedure and goal, in the order in which they are asked."""
    paper = PROCEDURES[procedure_code].paper_days is not None
    with_us = frozenset({State.DECLARED, State.FORM_RECEIVED}) if paper else frozenset[State]()
    with_office = frozenset({State.HANDED_IN}) if paper else frozenset({State.DECLARED, State.FORM_RECEIVED, State.HANDED_IN})
    made = (
        Rule(Standing.EXCLUDED, frozenset({State.EXCLUDED})),
        Rule(Standing.LAPSED, with_us, (Before("paper_due_on", "on"),)),
        Rule(Standing.DONE, _DONE[goal]),
        Rule(Standing.TO_FIX, frozenset({State.REJECTED})),
        Rule(Standing.BLOCKED_CODE, frozenset({State.CODE_MISSING})),
        Rule(Standing.BLOCKED_GUARDIAN, _UNSTARTED, (After("self_from", "ages_on"), Unknown("unlocked_on"))),
        Rule(Standing.PAPER_DUE, with_us),
        Rule(Standing.WAITING_LONG, with_office, (Before("submitted_on", "office_late_before"),)),
        Rule(Standing.WAITING, with_office),
        Rule(Standing.TO_SIGN_IN, frozenset({State.GRANTED})),
        Rule(Standing.TO_START, frozenset(State)),
    )
    return tuple(rule for rule in made if rule.states)


def states_of(procedure_code: str, goal: Goal, standings: frozenset[Standing]) -> frozenset[State]:
    """The states in which a registration may stand in one of these ways."""
    found, left = frozenset[State](), frozenset(State)
    for rule in rules(procedure_code, goal):
        if rule.standing in standings:
            found |= rule.states & left
        if not rule.when:
            left -= rule.states
    return found


def standing_of(procedure: Procedure, goal: Goal, facts: Facts, today: Today, guarding: Guarding = NO_GUARDIAN_NEEDED) -> Standing:
    """The standing of one registration."""
    return next(rule.standing for rule in rules(procedure.code, goal) if _fits(rule, facts, guarding, today))


def _fits(rule: Rule, facts: Facts, guarding: Guarding, today: Today) -> bool:
    return facts.state in rule.states and all(_holds(condition, facts, guarding, today) for condition in rule.when)


def _holds(condition: Condition, facts: Facts, guarding: Guarding, today: Today) -> bool:
    fact: date | None = getattr(facts if hasattr(facts, condition.fact) else guarding, condition.fact)
    match condition:
        case Unknown():
            return fact is None
        case Before():
            return fact is not None and fact < getattr(today, condition.bound)
        case After():
            return fact is not None and fact > getattr(today, condition.bound)


_BLOCKED = frozenset({Standing.LAPSED, Standing.TO_FIX, Standing.BLOCKED_CODE, Standing.BLOCKED_GUARDIAN})


def segment_of(state: State, standing: Standing) -> Segment | None:
    """Where on the rail somebody stands; None for who is outside the target."""
    if standing is Standing.EXCLUDED:
        return None
    if state is State.IN_USE:
        return Segment.IN_USE
    if state is State.GRANTED:
        return Segment.GRANTED
    if standing in _BLOCKED:
        return Segment.BLOCKED
    if state in _FILED:
        return Segment.DECLARED
    return Segment.TO_START
