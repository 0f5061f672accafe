"""How far everybody is: tallies by institution and by unit, counted by the same standing as the lists behind them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, case, func, select

from app.domain.progress import Count, Progress, progress_of
from app.domain.registration import Proof, State
from app.domain.scope import AgencyScope, CampaignScope
from app.domain.standing import REACHED, Goal, Standing
from app.domain.todo import MEANINGS, Work
from app.domain.track import Part
from app.extensions import db
from app.models import Agency, Institution, Participation, Person, Registration, Unit
from app.queries.campaigns import CampaignView
from app.queries.filters import EVERYBODY, NO_UNIT, PeopleFilter, account_proof, concerned, meant, standing_column, with_people, within


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """One class or department; `id` is NO_UNIT and `name` None for people without a unit."""

    id: int
    name: str | None
    progress: Progress


@dataclass(frozen=True, slots=True)
class InstitutionProgress:
    """One institution as its agency sees it. `has_roster` is False as long as nobody is registered."""

    code: str
    name: str
    kind: str
    agency_code: str
    agency_name: str
    progress: Progress
    has_roster: bool
    changed_at: datetime | None


def institution_progress(scope: CampaignScope, campaign: CampaignView, wanted: PeopleFilter = EVERYBODY) -> Progress:
    """The people whom the scope sees and the filter means."""
    standing = standing_column(campaign)
    statement = (
        with_people(select(Registration.state, standing, func.count()))
        .where(within(scope), meant(campaign, wanted))
        .group_by(Registration.state, standing)
    )
    return progress_of(Count(State(state), Standing(shown), people) for state, shown, people in db.session.execute(statement))


def unit_progress(scope: CampaignScope, campaign: CampaignView, wanted: PeopleFilter = EVERYBODY) -> list[UnitProgress]:
    """Each unit's own, in the order of their names; people without a unit come last. Units of which nobody is meant are left out."""
    standing = standing_column(campaign)
    statement = with_people(select(Person.unit_id, Registration.state, standing, func.count()))
    counted: dict[int, list[Count]] = defaultdict(list)
    for unit_id, state, shown, people in db.session.execute(
        statement.where(within(scope), meant(campaign, wanted)).group_by(Person.unit_id, Registration.state, standing)
    ):
        counted[unit_id or NO_UNIT].append(Count(State(state), Standing(shown), people))
    named = db.session.execute(
        select(Unit.id, Unit.name).where(Unit.institution_id == scope.institution_id).order_by(Unit.sort_key, Unit.id)
    )
    found = [UnitProgress(unit_id, name, progress_of(counted[unit_id])) for unit_id, name in named if unit_id in counted]
    if NO_UNIT in counted:
        found.append(UnitProgress(NO_UNIT, None, progress_of(counted[NO_UNIT])))
    return found


def forms_due(scope: CampaignScope, campaign: CampaignView, days: int) -> dict[date, int]:
    """Forms to hand in by their last day, up to so many days away."""
    statement = with_people(select(Registration.paper_due_on, func.count())).where(
        within(scope), meant(campaign, PeopleFilter(days_left=(0, days)))
    )
    return {day: people for day, people in db.session.execute(statement.group_by(Registration.paper_due_on)) if day is not None}


def beside_the_way(scope: CampaignScope, campaign: CampaignView) -> dict[Work, int]:
    """How many people each kind of work concerns that no standing tells of, in one look at the registrations."""
    works = [work for work, meaning in MEANINGS.items() if meaning.standing is None]
    counts = (func.count(case((meant(campaign, concerned(work)), 1))) for work in works)
    row = db.session.execute(with_people(select(*counts)).where(within(scope))).one()
    return dict(zip(works, row, strict=True))


def granted_by_proof(scope: CampaignScope) -> dict[Proof | None, int]:
    """Accounts granted, by how that is known; None where nobody has said."""
    proof = account_proof()
    return _by_proof(with_people(select(proof, func.count())).where(within(scope), _granted()).group_by(proof))


def agency_granted_by_proof(scope: AgencyScope, campaign: CampaignView) -> dict[Proof | None, int]:
    """The same over all institutions of the subtree."""
    proof = account_proof()
    statement = (
        select(proof, func.count())
        .join(Institution, Institution.id == Registration.institution_id)
        .join(Agency, Agency.id == Institution.agency_id)
        .where(
            Registration.campaign_id == campaign.id,
            Registration.part == Part.MEMBER,
            Agency.path.startswith(scope.path, autoescape=True),
            _granted(),
        )
    )
    return _by_proof(statement.group_by(proof))


def _granted() -> ColumnElement[bool]:
    return Registration.state.in_(sorted(REACHED[Goal.GRANTED]))


def _by_proof(statement: Select[str | None, int]) -> dict[Proof | None, int]:
    return {Proof(proof) if proof else None: people for proof, people in db.session.execute(statement)}


def reasons_to_fix(scope: CampaignScope, campaign: CampaignView, size: int = 3) -> list[tuple[str, int]]:
    """Why registrations were rejected that are to be fixed, the commonest first."""
    people = func.count()
    statement = with_people(select(Registration.reason, people)).where(
        within(scope), meant(campaign, PeopleFilter(standings=frozenset({Standing.TO_FIX}))), Registration.reason.is_not(None)
    )
    statement = statement.group_by(Registration.reason).order_by(people.desc(), Registration.reason).limit(size)
    return [(reason, count) for reason, count in db.session.execute(statement) if reason]


def agency_progress(scope: AgencyScope, campaign: CampaignView) -> list[InstitutionProgress]:
    """Every institution of the subtree that takes part, in the order of their codes."""
    taking_part = (
        select(Institution, Agency)
        .join(Participation, Participation.institution_id == Institution.id)
        .join(Agency, Agency.id == Institution.agency_id)
        .where(Participation.campaign_id == campaign.id, Agency.path.startswith(scope.path, autoescape=True))
        .order_by(Institution.code)
    )
    institutions = db.session.execute(taking_part).all()
    counted = _counts_by_institution(campaign)
    changed = _last_changes(campaign)
    return [
        InstitutionProgress(
            code=institution.code,
            name=institution.name,
            kind=institution.kind,
            agency_code=agency.code,
            agency_name=agency.name,
            progress=progress_of(counted.get(institution.id, ())),
            has_roster=institution.id in counted,
            changed_at=changed.get(institution.id),
        )
        for institution, agency in institutions
    ]


def _counts_by_institution(campaign: CampaignView) -> dict[int, list[Count]]:
    standing = standing_column(campaign)
    statement = (
        select(Registration.institution_id, Registration.state, standing, func.count())
        .where(Registration.campaign_id == campaign.id, Registration.part == Part.MEMBER)
        .group_by(Registration.institution_id, Registration.state, standing)
    )
    counted: dict[int, list[Count]] = defaultdict(list)
    for institution_id, state, shown, people in db.session.execute(statement):
        counted[institution_id].append(Count(State(state), Standing(shown), people))
    return counted


def _last_changes(campaign: CampaignView) -> dict[int, datetime]:
    """When something was last recorded or a roster applied, by institution."""
    recorded = (
        select(Registration.institution_id, func.max(Registration.changed_at))
        .where(Registration.campaign_id == campaign.id)
        .group_by(Registration.institution_id)
    )
    return {institution_id: at for institution_id, at in db.session.execute(recorded) if at is not None}
