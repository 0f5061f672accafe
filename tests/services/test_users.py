"""Links that let people in: once, for a while, and never for more than the giver may give."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock, transaction
from app.domain.access import Role
from app.domain.scope import InstitutionScope
from app.extensions import db
from app.models import Membership, User
from app.queries import users as known
from app.services import users
from app.services.passwords import PasswordRefusal
from app.services.users import NotYours, SignedInKey
from tests.builders import PASSWORD, make_unit
from tests.cast import AGENCY, ALICE, BOB, CHARLIE, DIEP, OTHER_SCHOOL, SCHOOL

NEW = "mat khau moi 99"


def scope(email: str, school: str = SCHOOL) -> InstitutionScope:
    user = db.session.scalars(select(User).where(User.email == email)).one()
    found = known.institution_scope(known.SignedIn(user.id, user.name, user.email, user.session_key), school)
    assert found is not None
    return found


def invite(email: str, role: Role = Role.VIEWER, by: str = ALICE, units: tuple[int, ...] = ()) -> str:
    with transaction.writing():
        return users.invite_to_institution(scope(by), role, "Người mới", email, units)


def accept(token: str, password: str = NEW) -> SignedInKey | PasswordRefusal | None:
    with transaction.writing():
        return users.accept(token, "Người mới", password)


def reset_link(email: str, by: str = ALICE) -> str | None:
    with transaction.writing():
        user = db.session.scalars(select(User.id).where(User.email == email)).one()
        at_school = scope(by).institution_id
        member = db.session.scalars(select(Membership.id).where(Membership.user_id == user, Membership.institution_id == at_school)).one()
        return users.reset_link_in_institution(scope(by), member)


def can_sign_in(email: str, password: str) -> bool:
    with transaction.writing():
        return users.sign_in(email, password) is not None


def test_an_invitation_lets_in_once(stage: Flask) -> None:
    token = invite("moi@cast.example")
    assert isinstance(accept(token), SignedInKey)
    assert accept(token) is None
    assert can_sign_in("moi@cast.example", NEW)


def test_an_invitation_runs_out(stage: Flask) -> None:
    token = invite("moi@cast.example")
    with clock.set_to(clock.now() + timedelta(days=8)):
        assert accept(token) is None


def test_who_has_an_account_joins_with_the_password_they_have(stage: Flask) -> None:
    token = invite(CHARLIE)
    assert accept(token, NEW) is PasswordRefusal.WRONG_OLD
    assert isinstance(accept(token, PASSWORD), SignedInKey)
    assert not can_sign_in(CHARLIE, NEW)


def test_nobody_gives_away_what_they_may_not(stage: Flask) -> None:
    for role in (Role.ADMIN, Role.OFFICER):
        with pytest.raises(NotYours):
            invite("moi@cast.example", role)
    with pytest.raises(NotYours):
        invite("moi@cast.example", Role.VIEWER, by=BOB)
    with pytest.raises(NotYours):
        invite("moi@cast.example", Role.UNIT_LEAD, units=(10_000 + make_unit(OTHER_SCHOOL, "3B"),))


def test_a_reset_link_is_not_given_for_somebody_with_rights_elsewhere(stage: Flask) -> None:
    assert reset_link(BOB) is not None
    assert isinstance(accept(invite(CHARLIE), PASSWORD), SignedInKey)
    assert reset_link(CHARLIE) is None


def test_of_two_reset_links_the_first_used_ends_the_other(stage: Flask) -> None:
    first, second = reset_link(BOB), reset_link(BOB)
    assert isinstance(accept(first or ""), SignedInKey)
    assert accept(second or "", "mat khau khac 1") is None
    assert can_sign_in(BOB, NEW)


def test_a_reset_link_does_not_outlive_a_password_change(stage: Flask) -> None:
    token = reset_link(BOB)
    with transaction.writing():
        bob = db.session.scalars(select(User.id).where(User.email == BOB)).one()
        assert isinstance(users.change_password(bob, PASSWORD, "do bob tu chon"), SignedInKey)
    assert accept(token or "") is None


def test_a_reset_link_does_not_open_the_rights_that_came_after_it(stage: Flask) -> None:
    token = reset_link(BOB)
    with transaction.writing():
        diep = db.session.scalars(select(User).where(User.email == DIEP)).one()
        agency = known.agency_scope(known.SignedIn(diep.id, diep.name, diep.email, diep.session_key), AGENCY)
        assert agency is not None
        officer = users.invite_to_agency(agency, "Bob", BOB)
    assert isinstance(accept(officer, PASSWORD), SignedInKey)
    assert accept(token or "") is None


def test_who_is_removed_leaves_no_open_door(stage: Flask) -> None:
    accept(invite("hai@cast.example", Role.COORDINATOR))
    door = invite("ba@cast.example", Role.COORDINATOR, by="hai@cast.example")
    with transaction.writing():
        second = db.session.scalars(
            select(Membership.id).join(User, User.id == Membership.user_id).where(User.email == "hai@cast.example")
        ).one()
        assert users.remove_from_institution(scope(ALICE), second)
    assert accept(door) is None


def test_a_new_password_ends_the_other_sign_ins(stage: Flask) -> None:
    with transaction.writing():
        before = users.sign_in(BOB, PASSWORD)
        assert before is not None
        after = users.change_password(before.id, PASSWORD, NEW)
    assert isinstance(after, SignedInKey)
    with transaction.reading():
        assert known.signed_in(before.id, before.session_key) is None
        assert known.signed_in(after.id, after.session_key) is not None
