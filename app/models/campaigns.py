"""An agency's calls, the institutions that take part, and everybody's registration with its events."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.track import GUARDIAN_BELOW, IMAGE_DAYS, Part
from app.extensions import Model
from app.models.places import Contact
from app.models.types import UtcInstant

_IN_BULK = text("bulk_id IS NOT NULL")


class Campaign(Contact, Model):
    """One letter's call. `target` is the percentage asked for; `takes_all` lets in every institution of the agency's subtree, later ones
    too; `receiving_agency_id` is the office that declarations name; `basis` the letter as the legal ground for keeping the data. Who is
    younger than `guardian_below` on `ages_on` (None: on the day itself) registers through a guardian; images of papers are kept only with
    `keep_images`, until `image_days` after the grant."""

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
    guardian_below: Mapped[int] = mapped_column(default=GUARDIAN_BELOW, server_default=str(GUARDIAN_BELOW))
    ages_on: Mapped[date | None]
    keep_images: Mapped[bool] = mapped_column(default=False, server_default=false())
    image_days: Mapped[int] = mapped_column(default=IMAGE_DAYS, server_default=str(IMAGE_DAYS))
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
    `revision` is the number of the last event; a writer updates only where it is still the one that was read. `part` tells who is asked to
    register from guardians, who are not counted. `self_from` and `unlocked_on` are `app.domain.standing.Guarding`."""

    __tablename__ = "registrations"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    opened_on: Mapped[date | None]
    part: Mapped[str] = mapped_column(String(10), default=Part.MEMBER, server_default=Part.MEMBER)
    self_from: Mapped[date | None]
    unlocked_on: Mapped[date | None]
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
    rejections: Mapped[int] = mapped_column(default=0, server_default="0")
    file_number: Mapped[str | None] = mapped_column(String(40))
    office: Mapped[str | None] = mapped_column(String(40))
    way: Mapped[str | None] = mapped_column(String(10))
    granted_proof: Mapped[str | None] = mapped_column(String(12))
    used_proof: Mapped[str | None] = mapped_column(String(12))
    changed_at: Mapped[datetime | None] = mapped_column(UtcInstant)

    __table_args__ = (
        ForeignKeyConstraint(
            ["institution_id", "campaign_id"],
            ["participations.institution_id", "participations.campaign_id"],
            name="fk_registrations_participation",
        ),
        ForeignKeyConstraint(["institution_id", "person_id"], ["people.institution_id", "people.id"], name="fk_registrations_person"),
        # `part` stands before `institution_id` so that PostgreSQL, which may know nothing of the table yet, never takes this index for the
        # primary key when it checks an event's registration: that went through all of the institution's for each event.
        Index(
            "ix_registrations_standing",
            *("campaign_id", "part", "institution_id", "state", "paper_due_on", "submitted_on", "self_from", "unlocked_on"),
        ),
        {"sqlite_with_rowid": False},
    )


class RecordedEvent(Model):
    """A fact on a registration: what, on which local date, by whom, recorded when. Never changed, never deleted. `bulk_id` is shared by the
    events of one press of a button; `mirrored` is one taken over from the same guardian's registration at another institution."""

    __tablename__ = "events"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event: Mapped[str] = mapped_column(String(20))
    on: Mapped[date] = mapped_column("on_date")
    reason: Mapped[str | None] = mapped_column(String(400))
    takes_back: Mapped[int | None]
    file_number: Mapped[str | None] = mapped_column(String(40))
    office: Mapped[str | None] = mapped_column(String(40))
    way: Mapped[str | None] = mapped_column(String(10))
    proof: Mapped[str | None] = mapped_column(String(12))
    bulk_id: Mapped[int | None]
    mirrored: Mapped[bool] = mapped_column(default=False, server_default=false())
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
        Index("ix_events_bulk", "institution_id", "bulk_id", sqlite_where=_IN_BULK, postgresql_where=_IN_BULK),
        {"sqlite_with_rowid": False},
    )


class Bulk(Model):
    """One event recorded for many at once, so that it can be taken back for all of them."""

    __tablename__ = "bulks"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    campaign_id: Mapped[int]
    event: Mapped[str] = mapped_column(String(20))
    on: Mapped[date] = mapped_column("on_date")
    people: Mapped[int]
    source: Mapped[str] = mapped_column(String(120))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcInstant)
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcInstant)

    __table_args__ = (
        ForeignKeyConstraint(
            ["institution_id", "campaign_id"],
            ["participations.institution_id", "participations.campaign_id"],
            name="fk_bulks_participation",
        ),
        {"sqlite_with_rowid": False},
    )
