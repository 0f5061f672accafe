"""Papers: what of the checklist has been seen, images where a campaign keeps them, and the batches in which signed forms are handed in."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.models.types import UtcInstant

_WAITING = text("status IN ('waiting', 'not-good')")


class Evidence(Model):
    """One paper of one registration that somebody has looked at, or that waits for it (`app.domain.track.Item`, `ItemStatus`). A paper
    without a row is missing. `flaw` says why one is not good (`Flaw`)."""

    __tablename__ = "evidence"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    item: Mapped[str] = mapped_column(String(20), primary_key=True)
    status: Mapped[str] = mapped_column(String(10))
    flaw: Mapped[str | None] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcInstant)

    __table_args__ = (
        ForeignKeyConstraint(
            ["institution_id", "campaign_id", "person_id"],
            ["registrations.institution_id", "registrations.campaign_id", "registrations.person_id"],
            name="fk_evidence_registration",
        ),
        CheckConstraint("status IN ('waiting', 'seen', 'not-good')", name="status"),
        Index("ix_evidence_open", "institution_id", "campaign_id", "status", sqlite_where=_WAITING, postgresql_where=_WAITING),
        {"sqlite_with_rowid": False},
    )


class Image(Model):
    """The image of a paper, re-encoded and sealed with a key that is not in the database; the newest of an item counts. Purged when it is
    no longer needed; `hint` is what was noticed when it came in (blurred, taken lying)."""

    __tablename__ = "images"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    campaign_id: Mapped[int]
    person_id: Mapped[int]
    item: Mapped[str] = mapped_column(String(20))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]
    hint: Mapped[str | None] = mapped_column(String(20))
    uploaded_by: Mapped[str] = mapped_column(String(120))
    uploaded_at: Mapped[datetime] = mapped_column(UtcInstant)

    __table_args__ = (
        ForeignKeyConstraint(
            ["institution_id", "campaign_id", "person_id", "item"],
            ["evidence.institution_id", "evidence.campaign_id", "evidence.person_id", "evidence.item"],
            name="fk_images_evidence",
        ),
        Index("ix_images_item", "institution_id", "campaign_id", "person_id", "item"),
    )


class ImageView(Model):
    """Somebody looked at an image. Stays when the image is gone."""

    __tablename__ = "image_views"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    campaign_id: Mapped[int]
    person_id: Mapped[int]
    item: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcInstant)

    __table_args__ = (
        ForeignKeyConstraint(["institution_id", "person_id"], ["people.institution_id", "people.id"], name="fk_image_views_person"),
        Index("ix_image_views_at", "institution_id", "campaign_id", "at"),
        {"sqlite_with_rowid": False},
    )


class Batch(Model):
    """Signed forms handed to the office together. `on` is the day of handing over; received once the institution has the office's
    receipt, confirmed once the office has said so itself."""

    __tablename__ = "batches"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    campaign_id: Mapped[int]
    on: Mapped[date] = mapped_column("on_date")
    given_by: Mapped[str] = mapped_column(String(120))
    received_by: Mapped[str | None] = mapped_column(String(120))
    note: Mapped[str | None] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(UtcInstant)
    received_on: Mapped[date | None]
    confirmed_by: Mapped[str | None] = mapped_column(String(120))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcInstant)

    __table_args__ = (
        ForeignKeyConstraint(
            ["institution_id", "campaign_id"],
            ["participations.institution_id", "participations.campaign_id"],
            name="fk_batches_participation",
        ),
        Index("ix_batches_campaign", "campaign_id", "confirmed_at"),
        {"sqlite_with_rowid": False},
    )


class BatchForm(Model):
    """One person's form in a batch. One that was taken out stays listed with the reason."""

    __tablename__ = "batch_forms"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    taken_out_reason: Mapped[str | None] = mapped_column(String(400))
    taken_out_by: Mapped[str | None] = mapped_column(String(120))
    taken_out_at: Mapped[datetime | None] = mapped_column(UtcInstant)

    __table_args__ = (
        ForeignKeyConstraint(["institution_id", "batch_id"], ["batches.institution_id", "batches.id"], name="fk_batch_forms_batch"),
        ForeignKeyConstraint(["institution_id", "person_id"], ["people.institution_id", "people.id"], name="fk_batch_forms_person"),
        Index("ix_batch_forms_person", "institution_id", "person_id"),
        {"sqlite_with_rowid": False},
    )
