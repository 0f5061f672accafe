"""What goes on in the background with rosters."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.models.types import UtcInstant


class RosterRun(Model):
    """A roster's present run, or its last one. An institution's runs go one after the other, by `number`. `token` is the claim of the
    process that is at it, `beaten_at` its last sign of life, `taken` how many have tried; `failure` is JSON (code, text, params);
    `seen` tells what had been shown to whoever asked; `wish` (JSON, see `services.wishes`) what is to be changed, until the run ends."""

    __tablename__ = "roster_runs"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    roster_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    task: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(8))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    actor: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20))
    seen: Mapped[str | None] = mapped_column(String(64))
    wish: Mapped[str | None] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UtcInstant)
    token: Mapped[str | None] = mapped_column(String(32))
    beaten_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    taken: Mapped[int]
    is_stopping: Mapped[bool]
    stage: Mapped[str | None] = mapped_column(String(10))
    done: Mapped[int]
    total: Mapped[int]
    failure: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[datetime | None] = mapped_column(UtcInstant)

    __table_args__ = (
        ForeignKeyConstraint(["institution_id", "roster_id"], ["rosters.institution_id", "rosters.id"], name="fk_roster_runs_roster"),
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed', 'stopped')", name="state"),
        Index("ix_roster_runs_state", "state"),
        {"sqlite_with_rowid": False},
    )
