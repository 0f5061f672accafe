"""What the program notes of its own running: the scheduler's heartbeat, who looked at or took out names, how keys were made."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.models.types import UtcInstant


class Heartbeat(Model):
    """The last time a tick of the scheduler ended, and what it did."""

    __tablename__ = "heartbeats"
    tick: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcInstant)
    did: Mapped[str] = mapped_column(String(200))


class LogEntry(Model):
    """Something that must be answerable later: an export of names, a change of rights. Holds no personal value, only how many."""

    __tablename__ = "log_entries"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcInstant)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    actor: Mapped[str] = mapped_column(String(120))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    what: Mapped[str] = mapped_column(String(40))
    count: Mapped[int | None]

    __table_args__ = (Index("ix_log_entries_institution", "institution_id", "at"),)


class Setting(Model):
    """A value the installation keeps about itself, such as the ICU version that made the sort keys."""

    __tablename__ = "settings"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))
