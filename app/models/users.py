"""Who signs in, in which role and where, and how somebody is let in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.models.types import UtcInstant


class User(Model):
    """Somebody who signs in. `session_key` is part of every session: a new one ends all other sign-ins."""

    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    session_key: Mapped[str] = mapped_column(String(64))
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcInstant)
    signed_in_at: Mapped[datetime | None] = mapped_column(UtcInstant)


class Membership(Model):
    """A role at one place: an agency (its subtree), an institution, or everywhere for an admin."""

    __tablename__ = "memberships"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"), index=True)

    __table_args__ = (
        CheckConstraint(
            "(role = 'admin' AND agency_id IS NULL AND institution_id IS NULL)"
            " OR (role = 'officer' AND agency_id IS NOT NULL AND institution_id IS NULL)"
            " OR (role IN ('coordinator', 'unit-lead', 'viewer') AND agency_id IS NULL AND institution_id IS NOT NULL)",
            name="place",
        ),
    )


class MembershipUnit(Model):
    """A unit that a unit lead answers for."""

    __tablename__ = "membership_units"
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), primary_key=True)
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)

    __table_args__ = (
        ForeignKeyConstraint(["institution_id", "unit_id"], ["units.institution_id", "units.id"], name="fk_membership_units_unit"),
    )


class Invitation(Model):
    """A link that lets somebody in (or, with `user_id`, lets them choose a new password). Only the token's hash is kept."""

    __tablename__ = "invitations"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[str | None] = mapped_column(String(20))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    unit_ids: Mapped[str] = mapped_column(Text, default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    invited_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcInstant)
    expires_at: Mapped[datetime] = mapped_column(UtcInstant)
    used_at: Mapped[datetime | None] = mapped_column(UtcInstant)
