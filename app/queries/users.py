"""Users, their memberships, and the scopes these open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from app import clock
from app.domain.access import Role
from app.domain.scope import Actor, AgencyScope, CampaignScope, InstitutionScope
from app.extensions import db
from app.models import Agency, Campaign, Institution, Invitation, Membership, MembershipUnit, Participation, Unit, User


@dataclass(frozen=True, slots=True)
class SignedIn:
    id: int
    name: str
    email: str
    session_key: str

    @property
    def actor(self) -> Actor:
        return Actor(self.id, self.name)


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a user may go after signing in. `kind` is "agency" or "institution"; `campaign` the one that runs there now."""

    kind: str
    code: str
    name: str
    role: Role
    campaign: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """A user with a role at a place, as its members page shows them."""

    membership_id: int
    user_id: int
    name: str
    email: str
    role: Role
    units: tuple[str, ...]
    is_active: bool
    signed_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation that still holds. `resets`: it only lets an existing user choose a new password. `has_account`: the invited
    address has a user already, who joins with the password they have."""

    id: int
    name: str
    email: str
    role: Role | None
    resets: bool
    has_account: bool
    place: str | None
    expires_at: datetime


def signed_in(user_id: int, session_key: str) -> SignedIn | None:
    """The user of a session, None when the session was ended by a new password or the user may no longer come in."""
    user = db.session.get(User, user_id)
    if user is None or not user.is_active or user.session_key != session_key:
        return None
    return SignedIn(user.id, user.name, user.email, user.session_key)


def agency_scope(user: SignedIn, code: str) -> AgencyScope | None:
    """The user's scope over an agency: as admin, or as officer of it or of an agency above it."""
    agency = db.session.scalar(select(Agency).where(Agency.code == code))
    if agency is None:
        return None
    role = _agency_role(user.id, agency.path)
    return AgencyScope(user.actor, role, agency.id, agency.path) if role else None


def institution_scope(user: SignedIn, code: str) -> InstitutionScope | None:
    """The user's scope over an institution; where several memberships reach it, the strongest holds."""
    row = db.session.execute(
        select(Institution.id, Agency.path).join(Agency, Agency.id == Institution.agency_id).where(Institution.code == code)
    ).one_or_none()
    if row is None:
        return None
    role = _agency_role(user.id, row.path)
    if role:
        return InstitutionScope(user.actor, role, row.id)
    own = db.session.scalars(select(Membership).where(Membership.user_id == user.id, Membership.institution_id == row.id)).all()
    if not own:
        return None
    strongest = min(own, key=lambda m: _STRENGTH.index(Role(m.role)))
    units = None
    if strongest.role == Role.UNIT_LEAD:
        led = select(MembershipUnit.unit_id).join(Membership, Membership.id == MembershipUnit.membership_id)
        units = frozenset(db.session.scalars(led.where(Membership.user_id == user.id, MembershipUnit.institution_id == row.id)))
    return InstitutionScope(user.actor, Role(strongest.role), row.id, units)


def campaign_scope(user: SignedIn, institution_code: str, campaign_code: str) -> CampaignScope | None:
    """The user's scope over an institution in a campaign in which it takes part."""
    scope = institution_scope(user, institution_code)
    if scope is None:
        return None
    campaign_id = db.session.scalar(
        select(Campaign.id)
        .join(Participation, Participation.campaign_id == Campaign.id)
        .where(Campaign.code == campaign_code, Participation.institution_id == scope.institution_id)
    )
    return CampaignScope(scope, campaign_id) if campaign_id is not None else None


_STRENGTH = (Role.ADMIN, Role.OFFICER, Role.COORDINATOR, Role.UNIT_LEAD, Role.VIEWER)


def _agency_role(user_id: int, path: str) -> Role | None:
    """Admin anywhere; officer of an agency on the way down to `path`."""
    if db.session.scalar(select(Membership.id).where(Membership.user_id == user_id, Membership.role == Role.ADMIN).limit(1)):
        return Role.ADMIN
    theirs = db.session.scalars(
        select(Agency.path)
        .join(Membership, Membership.agency_id == Agency.id)
        .where(Membership.user_id == user_id, Membership.role == Role.OFFICER)
    )
    return Role.OFFICER if any(path.startswith(above) for above in theirs) else None


def places(user: SignedIn) -> list[Place]:
    """Where the user may go: agencies first, then institutions, each with its newest campaign."""
    memberships = db.session.scalars(select(Membership).where(Membership.user_id == user.id)).all()
    agency_ids = {m.agency_id for m in memberships if m.agency_id}
    agencies = select(Agency).order_by(Agency.code)
    if any(m.role == Role.ADMIN for m in memberships):
        agencies = agencies.where(Agency.parent_id.is_(None))
        role = Role.ADMIN
    else:
        agencies = agencies.where(Agency.id.in_(agency_ids))
        role = Role.OFFICER
    found = [Place("agency", a.code, a.name, role, None) for a in db.session.scalars(agencies)]
    by_institution = {m.institution_id: Role(m.role) for m in memberships if m.institution_id}
    newest = (
        select(Participation.institution_id, Campaign.code)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(Participation.institution_id.in_(by_institution))
        .order_by(Campaign.deadline_on, Campaign.id)
    )
    running = dict(db.session.execute(newest).all())
    institutions = select(Institution).where(Institution.id.in_(by_institution)).order_by(Institution.code)
    found += [Place("institution", i.code, i.name, by_institution[i.id], running.get(i.id)) for i in db.session.scalars(institutions)]
    return found


def institution_members(scope: InstitutionScope) -> list[Member]:
    """Who works at the institution, by name."""
    led: dict[int, list[str]] = {}
    units = (
        select(MembershipUnit.membership_id, Unit.name)
        .join(Unit, (Unit.institution_id == MembershipUnit.institution_id) & (Unit.id == MembershipUnit.unit_id))
        .where(MembershipUnit.institution_id == scope.institution_id)
        .order_by(Unit.sort_key)
    )
    for membership_id, name in db.session.execute(units):
        led.setdefault(membership_id, []).append(name)
    rows = db.session.execute(
        select(Membership, User)
        .join(User, User.id == Membership.user_id)
        .where(Membership.institution_id == scope.institution_id)
        .order_by(User.name)
    )
    return [_member(m, u, tuple(led.get(m.id, ()))) for m, u in rows]


def agency_members(scope: AgencyScope) -> list[Member]:
    """The officers of exactly this agency, by name."""
    rows = db.session.execute(
        select(Membership, User)
        .join(User, User.id == Membership.user_id)
        .where(Membership.agency_id == scope.agency_id)
        .order_by(User.name)
    )
    return [_member(m, u, ()) for m, u in rows]


def institution_invitations(scope: InstitutionScope) -> list[InvitationView]:
    """Invitations to the institution that nobody has used yet."""
    return [
        _invitation(row, None) for row in db.session.scalars(_open_invitations().where(Invitation.institution_id == scope.institution_id))
    ]


def agency_invitations(scope: AgencyScope) -> list[InvitationView]:
    """Invitations to exactly this agency that nobody has used yet."""
    return [_invitation(row, None) for row in db.session.scalars(_open_invitations().where(Invitation.agency_id == scope.agency_id))]


def invitation(token_hash: str) -> InvitationView | None:
    """The invitation behind a link, None when it was used, has run out or never was."""
    row = db.session.scalar(_open_invitations().where(Invitation.token_hash == token_hash))
    if row is None:
        return None
    place = db.session.get(Institution, row.institution_id) if row.institution_id else db.session.get(Agency, row.agency_id or 0)
    return _invitation(row, place.name if place else None)


def _open_invitations() -> Select[Invitation]:
    return select(Invitation).where(Invitation.used_at.is_(None), Invitation.expires_at > clock.now()).order_by(Invitation.id)


def _invitation(row: Invitation, place: str | None) -> InvitationView:
    known = db.session.scalar(select(User.id).where(User.email == row.email)) is not None
    role = Role(row.role) if row.role else None
    return InvitationView(row.id, row.name, row.email, role, row.user_id is not None, known, place, row.expires_at)


def _member(membership: Membership, user: User, units: tuple[str, ...]) -> Member:
    return Member(membership.id, user.id, user.name, user.email, Role(membership.role), units, user.is_active, user.signed_in_at)
