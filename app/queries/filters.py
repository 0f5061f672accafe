"""The one definition of who is meant: standings as SQL, and the filters that tiles, lists and exports share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, literal, not_, or_, true
from sqlalchemy.orm import aliased

from app.domain.names import fold
from app.domain.next_steps import renewal_before
from app.domain.registration import Proof, State
from app.domain.scope import CampaignScope
from app.domain.standing import REACHED, After, Before, Condition, Goal, Rule, Segment, Standing, Today, Unknown, rules, segment_of
from app.domain.todo import MEANINGS, Work
from app.domain.track import ItemStatus, Part, Track, papers
from app.models import Evidence, Guardianship, Person, Registration
from app.queries.campaigns import CampaignView

NO_UNIT = 0
Ts = TypeVarTuple("Ts")


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Who of a campaign's people is meant; every part that is given must hold. `unit` is a unit's id, NO_UNIT for people without one.
    `left` means in scope and not done, `in_scope` not excluded; `reached` a milestone that is passed; `days_left` forms still to hand in
    whose last day is from so many to so many days away, 0 being today. `paper_owed`: the account came before the form; `renewal_due`: the
    password is older than six months; `paper_not_good`: one of the papers has to be brought again; `no_guardian`: a child waits for a
    guardian's account, and nobody is noted as guardian; `granted_proof`: there is an account, known from this (`account_proof`)."""

    q: str = ""
    unit: int | None = None
    states: frozenset[State] = frozenset()
    standings: frozenset[Standing] = frozenset()
    segment: Segment | None = None
    reached: Goal | None = None
    left: bool = False
    in_scope: bool = False
    days_left: tuple[int, int] | None = None
    track: Track | None = None
    paper_owed: bool = False
    renewal_due: bool = False
    paper_not_good: bool = False
    no_guardian: bool = False
    granted_proof: Proof | None = None


EVERYBODY = PeopleFilter()
_BESIDE = {
    Work.BAD_PAPER: PeopleFilter(paper_not_good=True),
    Work.NO_GUARDIAN: PeopleFilter(no_guardian=True),
    Work.PAPER_OWED: PeopleFilter(paper_owed=True),
    Work.RENEWAL: PeopleFilter(renewal_due=True),
}


def concerned(work: Work) -> PeopleFilter:
    """The people whom a kind of today's work is about."""
    meaning = MEANINGS[work]
    if meaning.days_left is not None:
        return PeopleFilter(days_left=meaning.days_left)
    if meaning.standing is None:
        return _BESIDE[work]
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
    """The registrations of those who are asked to register, as far as the scope sees them: what is listed and counted."""
    mine = and_(_here(scope), Registration.part == Part.MEMBER)
    return mine if scope.unit_ids is None else and_(mine, _in_units(scope.unit_ids))


def known_to(scope: CampaignScope) -> ColumnElement[bool]:
    """As `within`, and with them the guardians of their children: who can be looked at and recorded on."""
    if scope.unit_ids is None:
        return _here(scope)
    return and_(_here(scope), or_(_in_units(scope.unit_ids), _guards_one_in(scope.unit_ids)))


def guardians_known_to(scope: CampaignScope) -> ColumnElement[bool]:
    """The registrations of guardians, also of those who are asked to register themselves (a member of staff with a child)."""
    mine = and_(_here(scope), exists(Guardianship.guardian_id).where(_guards(Registration)))
    return mine if scope.unit_ids is None else and_(mine, _guards_one_in(scope.unit_ids))


def _here(scope: CampaignScope) -> ColumnElement[bool]:
    return and_(Registration.institution_id == scope.institution_id, Registration.campaign_id == scope.campaign_id)


def _in_units(unit_ids: frozenset[int]) -> ColumnElement[bool]:
    return Person.unit_id.in_(sorted(unit_ids)) if unit_ids else false()


def _guards(registration: type[Registration]) -> ColumnElement[bool]:
    return and_(Guardianship.institution_id == registration.institution_id, Guardianship.guardian_id == registration.person_id)


def _guards_one_in(unit_ids: frozenset[int]) -> ColumnElement[bool]:
    child = aliased(Person)
    theirs = and_(child.institution_id == Guardianship.institution_id, child.id == Guardianship.child_id)
    return exists(Guardianship.guardian_id).where(
        _guards(Registration), theirs, child.unit_id.in_(sorted(unit_ids)) if unit_ids else false()
    )


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
    parts += _beside_the_way(campaign, wanted)
    return reduce(and_, parts)


def _beside_the_way(campaign: CampaignView, wanted: PeopleFilter) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    if wanted.track is not None:
        still_a_child = and_(Registration.self_from.is_not(None), Registration.self_from > campaign.today().ages_on)
        parts.append(still_a_child if wanted.track is Track.GUARDIAN else not_(func.coalesce(still_a_child, false())))
    if wanted.paper_owed:
        parts.append(_paper_owed(campaign))
    if wanted.renewal_due:
        parts.append(and_(Registration.state == State.IN_USE, password_since() <= renewal_before(campaign.today().on)))
    if wanted.paper_not_good:
        parts.append(and_(Registration.state != State.EXCLUDED, _has_bad_paper(campaign)))
    if wanted.no_guardian:
        parts.append(and_(standing_column(campaign) == Standing.BLOCKED_GUARDIAN, not_(_has_guardian())))
    if wanted.granted_proof is not None:
        parts.append(and_(Registration.state.in_(sorted(REACHED[Goal.GRANTED])), account_proof() == wanted.granted_proof))
    return parts


def account_proof() -> ColumnElement[str | None]:
    """How it is known that there is an account: the stronger proof of its grant and its use; NULL where nobody has said."""
    told = ((or_(Registration.granted_proof == proof, Registration.used_proof == proof), literal(proof.value)) for proof in Proof)
    return case(*told, else_=None)


def _paper_owed(campaign: CampaignView) -> ColumnElement[bool]:
    """`app.domain.next_steps.paper_is_owed` as SQL."""
    if campaign.procedure.paper_days is None:
        return false()
    granted = Registration.state.in_(sorted(REACHED[Goal.GRANTED]))
    return and_(granted, Registration.declared_on.is_not(None), Registration.handed_in_on.is_(None))


def password_since() -> ColumnElement[date | None]:
    """`app.domain.next_steps.password_since` as SQL."""
    return func.coalesce(Registration.password_changed_on, Registration.signed_in_on)


def paper_on_the_list(campaign: CampaignView) -> ColumnElement[bool]:
    """`app.domain.track.papers` as SQL: the paper belongs to the person's present track."""
    ages_on = campaign.today().ages_on
    tracks = {
        Track.GUARDIAN: Registration.self_from > ages_on,
        Track.SELF: or_(Registration.self_from.is_(None), Registration.self_from <= ages_on),
    }
    return or_(*(and_(holds, Evidence.item.in_(papers(track, form=False))) for track, holds in tracks.items()))


def _has_bad_paper(campaign: CampaignView) -> ColumnElement[bool]:
    return exists().where(
        Evidence.institution_id == Registration.institution_id,
        Evidence.campaign_id == Registration.campaign_id,
        Evidence.person_id == Registration.person_id,
        Evidence.status == ItemStatus.NOT_GOOD,
        paper_on_the_list(campaign),
    )


def _has_guardian() -> ColumnElement[bool]:
    return exists().where(
        Guardianship.institution_id == Registration.institution_id,
        Guardianship.child_id == Registration.person_id,
    )


def _fits(rule: Rule, today: Today) -> ColumnElement[bool]:
    in_states = Registration.state.in_(sorted(rule.states))
    return and_(in_states, *(_holds(condition, today) for condition in rule.when))


def _holds(condition: Condition, today: Today) -> ColumnElement[bool]:
    fact: ColumnElement[date | None] = getattr(Registration, condition.fact)
    match condition:
        case Unknown():
            return fact.is_(None)
        case Before():
            return fact < literal(getattr(today, condition.bound))
        case After():
            return fact > literal(getattr(today, condition.bound))


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
