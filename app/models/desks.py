"""Registration desks (letter 3717, §3b), and the difficulties that people meet (§5)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.models.types import UtcInstant


class Desk(Model):
    """A day on which people are registered at one place. `opens` and `closes` are local times ("08:00"); a slot lasts `slot_minutes` and
    takes `per_slot` people."""

    __tablename__ = "desks"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    campaign_id: Mapped[int]
    place: Mapped[str] = mapped_column(String(200))
    on: Mapped[date] = mapped_column("on_date")
    opens: Mapped[str] = mapped_column(String(5))
    closes: Mapped[str] = mapped_column(String(5))
    slot_minutes: Mapped[int]
    per_slot: Mapped[int]
    note: Mapped[str | None] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(String(120))

    __table_args__ = (
        ForeignKeyConstraint(
            ["institution_id", "campaign_id"],
            ["participations.institution_id", "participations.campaign_id"],
            name="fk_desks_participation",
        ),
        {"sqlite_with_rowid": False},
    )


class DeskPerson(Model):
    """Somebody expected at a desk in a slot (its first minute, "08:30"; None for one who came unexpected), and when they came."""

    __tablename__ = "desk_people"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    desk_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    slot: Mapped[str | None] = mapped_column(String(5))
    came_at: Mapped[datetime | None] = mapped_column(UtcInstant)

    __table_args__ = (
        ForeignKeyConstraint(["institution_id", "desk_id"], ["desks.institution_id", "desks.id"], name="fk_desk_people_desk"),
        ForeignKeyConstraint(["institution_id", "person_id"], ["people.institution_id", "people.id"], name="fk_desk_people_person"),
        Index("ix_desk_people_person", "institution_id", "person_id"),
        {"sqlite_with_rowid": False},
    )


class DeskVisitor(Model):
    """Somebody who came to a desk and is on no roster: noted apart, for the coordinator to look after."""

    __tablename__ = "desk_visitors"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    desk_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    full_name: Mapped[str] = mapped_column(String(120))
    birth_date: Mapped[date | None]
    phone: Mapped[str | None] = mapped_column(String(15))
    note: Mapped[str | None] = mapped_column(String(400))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcInstant)

    __table_args__ = (
        ForeignKeyConstraint(["institution_id", "desk_id"], ["desks.institution_id", "desks.id"], name="fk_desk_visitors_desk"),
        {"sqlite_with_rowid": False},
    )


class Difficulty(Model):
    """A problem somebody met, about a person or the institution as a whole. Open ones always have an owner: a user, by `owner_id`."""

    __tablename__ = "difficulties"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    campaign_id: Mapped[int]
    person_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    due_on: Mapped[date]
    answer: Mapped[str | None] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    opened_by: Mapped[str] = mapped_column(String(120))
    opened_at: Mapped[datetime] = mapped_column(UtcInstant)
    closed_by: Mapped[str | None] = mapped_column(String(120))
    closed_at: Mapped[datetime | None] = mapped_column(UtcInstant)

    __table_args__ = (
        ForeignKeyConstraint(
            ["institution_id", "campaign_id"],
            ["participations.institution_id", "participations.campaign_id"],
            name="fk_difficulties_participation",
        ),
        ForeignKeyConstraint(["institution_id", "person_id"], ["people.institution_id", "people.id"], name="fk_difficulties_person"),
        CheckConstraint("kind IN ('personal-data', 'participation', 'benefits', 'health-care', 'technical', 'other')", name="kind"),
        Index("ix_difficulties_open", "campaign_id", "institution_id", "closed_at"),
        {"sqlite_with_rowid": False},
    )


class DifficultyStep(Model):
    """What became of a difficulty after it was noted; `number` is the revision that the step made. `owner_id` and `due_on` are whom and by
    when it was passed on to (or opened again for), `text` an answer."""

    __tablename__ = "difficulty_steps"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    difficulty_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(10))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcInstant)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    due_on: Mapped[date | None]
    text: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        ForeignKeyConstraint(
            ["institution_id", "difficulty_id"],
            ["difficulties.institution_id", "difficulties.id"],
            name="fk_difficulty_steps_difficulty",
        ),
        CheckConstraint("kind IN ('passed-on', 'answered', 'reopened')", name="kind"),
        {"sqlite_with_rowid": False},
    )
