"""Signing in, letting people in by a link, taking their rights away."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select, update

from app import clock
from app.domain.access import Role, may_invite
from app.domain.names import tidy
from app.domain.scope import AgencyScope, InstitutionScope
from app.extensions import db
from app.models import Agency, Institution, Invitation, Membership, MembershipUnit, Unit, User
from app.services import log, passwords
from app.services.passwords import PasswordRefusal, fits, hash_of, refusal_of

INVITATION_DAYS = 7


@dataclass(frozen=True, slots=True)
class SignedInKey:
    """What a session is made of."""

    id: int
    session_key: str


class NotYours(Exception):
    """A role was to be given away that the inviter may not give, or a unit that is not the institution's."""


def sign_in(email: str, password: str) -> SignedInKey | None:
    """The user whose address and password these are; None does not tell which of the two was wrong."""
    user = _with_address(email)
    fitting = fits(password, user.password_hash if user else passwords.NOBODY)
    if user is None or not fitting or not user.is_active:
        return None
    user.signed_in_at = clock.now()
    db.session.flush()
    return SignedInKey(user.id, user.session_key)


def change_password(user_id: int, old: str, new: str) -> SignedInKey | PasswordRefusal:
    """Set a new password and end all the user's other sign-ins."""
    user = db.session.get_one(User, user_id)
    if not fits(old, user.password_hash):
        return PasswordRefusal.WRONG_OLD
    return refusal_of(new, user.name, user.email) or _set_password(user, new)


def create_admin(email: str, name: str, password: str) -> SignedInKey | PasswordRefusal:
    """The first user of an installation, or one more admin; an existing user gets the password and the role."""
    refused = refusal_of(password, name, email)
    if refused:
        return refused
    key = _set_password(_with_address(email) or _new_user(email, name), password)
    if not db.session.scalar(select(Membership.id).where(Membership.user_id == key.id, Membership.role == Role.ADMIN)):
        db.session.add(Membership(user_id=key.id, role=Role.ADMIN))
    db.session.flush()
    return key


def new_login(email: str, name: str, password: str) -> SignedInKey:
    """A user without any role yet."""
    return _set_password(_new_user(email, name), password)


def invite_to_institution(scope: InstitutionScope, role: Role, name: str, email: str, unit_ids: Iterable[int] = ()) -> str:
    """An invitation's token, to be passed on as a link. Raises NotYours for a role or unit that is not the inviter's to give."""
    units = sorted(set(unit_ids)) if role is Role.UNIT_LEAD else []
    if role not in may_invite(scope.role) or role in {Role.ADMIN, Role.OFFICER} or not _own_units(scope, units):
        raise NotYours
    log.note(scope.actor, "invited", institution_id=scope.institution_id)
    return _invite(scope, name, email, role=role, institution_id=scope.institution_id, unit_ids=",".join(map(str, units)))


def invite_to_agency(scope: AgencyScope, name: str, email: str) -> str:
    """An officer's invitation to the agency of the scope."""
    if Role.OFFICER not in may_invite(scope.role):
        raise NotYours
    log.note(scope.actor, "invited", agency_id=scope.agency_id)
    return _invite(scope, name, email, role=Role.OFFICER, agency_id=scope.agency_id)


def reset_link_in_institution(scope: InstitutionScope, membership_id: int) -> str | None:
    """A token by which a member chooses a new password; None when there is no such member, or they stand above the institution."""
    member = _member(membership_id, Membership.institution_id == scope.institution_id)
    return _reset(scope, member) if member else None


def reset_link_in_agency(scope: AgencyScope, membership_id: int) -> str | None:
    member = _member(membership_id, Membership.agency_id == scope.agency_id)
    return _reset(scope, member) if member else None


def accept(token: str, name: str, password: str) -> SignedInKey | PasswordRefusal | None:
    """Use an invitation or a reset link once; None when it no longer holds.

    Who has an account already joins with the password they have: the inviter sees the link, and must not choose it for them.
    """
    found = db.session.scalar(select(Invitation).where(Invitation.token_hash == token_hash(token)).with_for_update())
    if found is None or found.used_at is not None or found.expires_at <= clock.now():
        return None
    if found.user_id is not None:
        answer = refusal_of(password, name, found.email) or _set_password(db.session.get_one(User, found.user_id), password)
    else:
        answer = _admit(found, name, password)
    if isinstance(answer, SignedInKey):
        found.used_at = clock.now()
        db.session.flush()
    return answer


def _admit(invitation: Invitation, name: str, password: str) -> SignedInKey | PasswordRefusal:
    user = _with_address(invitation.email)
    if user is not None:
        if not fits(password, user.password_hash):
            return PasswordRefusal.WRONG_OLD
        _join(user, invitation)
        return SignedInKey(user.id, user.session_key)
    refused = refusal_of(password, name, invitation.email)
    if refused:
        return refused
    user = _new_user(invitation.email, name)
    _join(user, invitation)
    return _set_password(user, password)


def remove_from_institution(scope: InstitutionScope, membership_id: int) -> bool:
    """Take a role at the institution away; False when there is no such membership or it is one's own."""
    return _remove(scope, _member(membership_id, Membership.institution_id == scope.institution_id), institution_id=scope.institution_id)


def remove_from_agency(scope: AgencyScope, membership_id: int) -> bool:
    return _remove(scope, _member(membership_id, Membership.agency_id == scope.agency_id), agency_id=scope.agency_id)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _address(email: str) -> str:
    return email.strip().lower()


def _own_units(scope: InstitutionScope, unit_ids: list[int]) -> bool:
    own = select(Unit.id).where(Unit.institution_id == scope.institution_id, Unit.id.in_(unit_ids))
    return len(db.session.scalars(own).all()) == len(unit_ids)


def _invite(scope: AgencyScope | InstitutionScope, name: str, email: str, **rest: Any) -> str:
    token = secrets.token_urlsafe(24)
    db.session.add(
        Invitation(
            token_hash=token_hash(token),
            name=tidy(name),
            email=_address(email),
            invited_by=scope.actor.user_id,
            created_at=clock.now(),
            expires_at=clock.now() + timedelta(days=INVITATION_DAYS),
            **rest,
        )
    )
    db.session.flush()
    return token


def _member(membership_id: int, here: ColumnElement[bool]) -> Membership | None:
    return db.session.scalar(select(Membership).where(Membership.id == membership_id, here))


def _reset(scope: AgencyScope | InstitutionScope, member: Membership) -> str | None:
    """Only for somebody whose every role lies within the scope: a link shown to a coordinator must not open another institution."""
    roles = db.session.scalars(select(Membership).where(Membership.user_id == member.user_id))
    if scope.role is not Role.ADMIN and not all(_reaches(scope, role) for role in roles):
        return None
    user = db.session.get_one(User, member.user_id)
    log.note(scope.actor, "reset-link", institution_id=member.institution_id, agency_id=member.agency_id)
    return _invite(scope, user.name, user.email, user_id=user.id, institution_id=member.institution_id, agency_id=member.agency_id)


def _reaches(scope: AgencyScope | InstitutionScope, role: Membership) -> bool:
    if isinstance(scope, InstitutionScope):
        return role.institution_id == scope.institution_id
    below = select(Agency.id).where(Agency.path.startswith(scope.path, autoescape=True))
    if role.agency_id is not None:
        return role.agency_id in db.session.scalars(below).all()
    inside = select(Institution.id).where(Institution.id == role.institution_id, Institution.agency_id.in_(below))
    return db.session.scalar(inside) is not None


def _remove(scope: AgencyScope | InstitutionScope, member: Membership | None, **where: int) -> bool:
    if member is None or member.user_id == scope.actor.user_id:
        return False
    _void(and_(Invitation.invited_by == member.user_id, *(getattr(Invitation, place) == number for place, number in where.items())))
    db.session.execute(delete(MembershipUnit).where(MembershipUnit.membership_id == member.id))
    db.session.execute(delete(Membership).where(Membership.id == member.id))
    log.note(scope.actor, "removed-member", **where)
    return True


def _join(user: User, invitation: Invitation) -> None:
    membership = Membership(user_id=user.id, role=invitation.role, agency_id=invitation.agency_id, institution_id=invitation.institution_id)
    db.session.add(membership)
    db.session.flush()
    _void(Invitation.user_id == user.id)  # a reset link was given to somebody with fewer rights
    for unit_id in filter(None, invitation.unit_ids.split(",")):
        db.session.add(MembershipUnit(membership_id=membership.id, institution_id=invitation.institution_id, unit_id=int(unit_id)))
    db.session.flush()


def _with_address(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == _address(email)))


def _new_user(email: str, name: str) -> User:
    user = User(email=_address(email), name=tidy(name), password_hash="", session_key="", created_at=clock.now())
    db.session.add(user)
    db.session.flush()
    return user


def _void(which: ColumnElement[bool]) -> None:
    """Let links that were not used yet lead nowhere any more."""
    db.session.flush()
    db.session.execute(update(Invitation).where(which, Invitation.used_at.is_(None)).values(used_at=clock.now()))


def _set_password(user: User, password: str) -> SignedInKey:
    """A new session key goes with a new password, so that whoever is signed in elsewhere is not any more; nor do older reset links hold."""
    user.password_hash = hash_of(password)
    user.session_key = secrets.token_urlsafe(24)
    _void(Invitation.user_id == user.id)
    return SignedInKey(user.id, user.session_key)
