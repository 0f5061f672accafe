"""An agency's calls, the institutions that take part, and everybody's registration with its events."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.models.places import Contact
from app.models.types import UtcInstant


class Campaign(Contact, Model):
    """One letter's call. `target` is the percentage asked for; `takes_all` lets in every institution of the agency's subtree, later ones
    too; `receiving_agency_id` is the office that declarations name; `basis` the letter as the legal ground for keeping the data."""

    __tablename__ = "campaigns"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    receiving_agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    dispatch_number: Mapped[str | None] = mapped_column(String(60))
    dispatch_on: Mapped[date | None]
    issued_by: Mapped[str | None] = mapped_column(String(200))
    scope: Mapped[str | None] = mapped_column(Text)
    basis: Mapped[str | None] = mapped_column(Text)
    goal: Mapped[str] = mapped_column(String(20))
    target: Mapped[int] = mapped_column(default=100)
    starts_on: Mapped[date]
    deadline_on: Mapped[date]
    deadline_included: Mapped[bool]
    deadline_phrase: Mapped[str | None] = mapped_column(String(200))
    procedure: Mapped[str] = mapped_column(String(20))
    paper_days: Mapped[int | None] = mapped_column(Integer)
    takes_all: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint("goal IN ('declared', 'granted', 'in-use')", name="goal"),
        CheckConstraint("procedure IN ('paper-2021', 'eid-2025')", name="procedure"),
        CheckConstraint("target BETWEEN 1 AND 100", name="target"),
    )


class Participation(Model):
    """An institution in a campaign."""

    __tablename__ = "participations"
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)

    __table_args__ = (Index("ix_participations_campaign", "campaign_id"), {"sqlite_with_rowid": False})


class Registration(Model):
    """One person in one campaign: `state` follows from the events, the dates are what they told (`app.domain.registration.Facts`).
    `revision` is the number of the last event; a writer updates only where it is still the one that was read."""

    __tablename__ = "registrations"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(20))
    revision: Mapped[int] = mapped_column(default=0)
    attempt: Mapped[int] = mapped_column(default=0)
    declared_on: Mapped[date | None]
    paper_due_on: Mapped[date | None]
    form_received_on: Mapped[date | None]
    handed_in_on: Mapped[date | None]
    submitted_on: Mapped[date | None]
    rejected_on: Mapped[date | None]
    granted_on: Mapped[date | None]
    app_installed_on: Mapped[date | None]
    signed_in_on: Mapped[date | None]
    password_changed_on: Mapped[date | None]
    moved_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(String(400))
    aside: Mapped[str | None] = mapped_column(String(20))
    changed_at: Mapped[datetime | None] = mapped_column(UtcInstant)

    __table_args__ = (
        ForeignKeyConstraint(
            ["institution_id", "campaign_id"],
            ["participations.institution_id", "participations.campaign_id"],
            name="fk_registrations_participation",
        ),
        ForeignKeyConstraint(["institution_id", "person_id"], ["people.institution_id", "people.id"], name="fk_registrations_person"),
        Index("ix_registrations_standing", "campaign_id", "institution_id", "state", "paper_due_on", "submitted_on"),
        {"sqlite_with_rowid": False},
    )


class RecordedEvent(Model):
    """A fact on a registration: what, on which local date, by whom, recorded when. Never changed, never deleted."""

    __tablename__ = "events"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event: Mapped[str] = mapped_column(String(20))
    on: Mapped[date] = mapped_column("on_date")
    reason: Mapped[str | None] = mapped_column(String(400))
    takes_back: Mapped[int | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    source: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime] = mapped_column(UtcInstant)

    __table_args__ = (
        ForeignKeyConstraint(
            ["institution_id", "campaign_id", "person_id"],
            ["registrations.institution_id", "registrations.campaign_id", "registrations.person_id"],
            name="fk_events_registration",
        ),
        Index("ix_events_recorded", "institution_id", "campaign_id", "recorded_at"),
        {"sqlite_with_rowid": False},
    )
