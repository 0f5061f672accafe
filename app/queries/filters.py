"""The one definition of who is meant: standings as SQL, and the filters that tiles, lists and exports share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, case, false, literal, or_, true

from app.domain.names import fold
from app.domain.registration import State
from app.domain.scope import CampaignScope
from app.domain.standing import REACHED, Goal, Rule, Segment, Standing, Today, rules, segment_of
from app.domain.todo import MEANINGS, Work
from app.models import Person, Registration
from app.queries.campaigns import CampaignView

NO_UNIT = 0
Ts = TypeVarTuple("Ts")


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Who of a campaign's people is meant; every part that is given must hold. `unit` is a unit's id, NO_UNIT for people without one.
    `left` means in scope and not done, `in_scope` not excluded; `reached` a milestone that is passed; `days_left` forms still to hand in
    whose last day is from so many to so many days away, 0 being today."""

    q: str = ""
    unit: int | None = None
    states: frozenset[State] = frozenset()
    standings: frozenset[Standing] = frozenset()
    segment: Segment | None = None
    reached: Goal | None = None
    left: bool = False
    in_scope: bool = False
    days_left: tuple[int, int] | None = None


EVERYBODY = PeopleFilter()


def concerned(work: Work) -> PeopleFilter:
    """The people whom a kind of today's work is about."""
    meaning = MEANINGS[work]
    if meaning.days_left is not None:
        return PeopleFilter(days_left=meaning.days_left)
    return PeopleFilter(standings=frozenset({meaning.standing}))


def standing_column(campaign: CampaignView) -> ColumnElement[str]:
    """`app.domain.standing.rules` as a CASE over registrations."""
    today = campaign.today()
    found = rules(campaign.procedure.code, campaign.goal)
    whens = [(_fits(rule, today), literal(rule.standing.value)) for rule in found[:-1]]
    return case(*whens, else_=literal(found[-1].standing.value))


def with_people(statement: Select[*Ts]) -> Select[*Ts]:
    """Registrations joined with their people, as every filter expects them."""
    mine = and_(Person.institution_id == Registration.institution_id, Person.id == Registration.person_id)
    return statement.select_from(Registration).join(Person, mine)


def within(scope: CampaignScope) -> ColumnElement[bool]:
    """The registrations that the scope may see."""
    mine = and_(Registration.institution_id == scope.institution_id, Registration.campaign_id == scope.campaign_id)
    if scope.unit_ids is None:
        return mine
    return and_(mine, Person.unit_id.in_(sorted(scope.unit_ids)) if scope.unit_ids else false())


def meant(campaign: CampaignView, wanted: PeopleFilter) -> ColumnElement[bool]:
    """The filter as a condition over registrations joined with their people."""
    parts: list[ColumnElement[bool]] = [_search(wanted.q)]
    standing = standing_column(campaign)
    if wanted.unit is not None:
        parts.append(Person.unit_id.is_(None) if wanted.unit == NO_UNIT else Person.unit_id == wanted.unit)
    if wanted.states:
        parts.append(Registration.state.in_(sorted(wanted.states)))
    if wanted.standings:
        parts.append(standing.in_(sorted(wanted.standings)))
    if wanted.segment is not None:
        parts.append(_in_segment(standing, wanted.segment))
    if wanted.reached is not None:
        parts.append(Registration.state.in_(sorted(REACHED[wanted.reached])))
    if wanted.left:
        parts.append(standing.not_in([Standing.DONE, Standing.EXCLUDED]))
    if wanted.in_scope:
        parts.append(Registration.state != State.EXCLUDED)
    if wanted.days_left is not None:
        first, last = (campaign.today().on + timedelta(days=days) for days in wanted.days_left)
        parts.append(and_(standing == Standing.PAPER_DUE, Registration.paper_due_on.between(first, last)))
    return reduce(and_, parts)


def _fits(rule: Rule, today: Today) -> ColumnElement[bool]:
    in_states = Registration.state.in_(sorted(rule.states))
    if rule.when is None:
        return in_states
    return and_(in_states, getattr(Registration, rule.when.fact) < getattr(today, rule.when.bound))


def _in_segment(standing: ColumnElement[str], segment: Segment) -> ColumnElement[bool]:
    pairs = [(state, shown) for state in State for shown in Standing if segment_of(state, shown) is segment]
    by_state: dict[State, list[Standing]] = {}
    for state, shown in pairs:
        by_state.setdefault(state, []).append(shown)
    return or_(*(and_(Registration.state == state, standing.in_(sorted(shown))) for state, shown in by_state.items()))


def _search(q: str) -> ColumnElement[bool]:
    """Each word of the search must begin a word of the name or an address; digits may stand anywhere in a number (`names.search_text`)."""
    wanted = (word if word.isdigit() else f" {word}" for word in fold(q).split())
    return reduce(and_, (Person.search_text.contains(word, autoescape=True) for word in wanted), true())
