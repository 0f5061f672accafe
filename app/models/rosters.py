"""Uploaded rosters, what each of their rows would do, and what was found wrong in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.models.types import UtcInstant


class Roster(Model):
    """A workbook that was read. `understood` is JSON (sheets, columns, titles); `people_mark` the institution's when it was planned."""

    __tablename__ = "rosters"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    campaign_id: Mapped[int]
    filename: Mapped[str] = mapped_column(String(255))
    digest: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(12))
    people_mark: Mapped[int]
    new: Mapped[int]
    changed: Mapped[int]
    same: Mapped[int]
    waiting: Mapped[int]
    absent: Mapped[int]
    problems: Mapped[int]
    repairs: Mapped[int]
    understood: Mapped[str] = mapped_column(Text)
    uploaded_by: Mapped[str] = mapped_column(String(120))
    uploaded_at: Mapped[datetime] = mapped_column(UtcInstant)
    applied_by: Mapped[str | None] = mapped_column(String(120))
    applied_at: Mapped[datetime | None] = mapped_column(UtcInstant)

    __table_args__ = (
        ForeignKeyConstraint(
            ["institution_id", "campaign_id"],
            ["participations.institution_id", "participations.campaign_id"],
            name="fk_rosters_participation",
        ),
        CheckConstraint("status IN ('read', 'applied', 'discarded')", name="status"),
        {"sqlite_with_rowid": False},
    )


class RosterFile(Model):
    """The workbook as it was sent; purged after a while, the plan stays."""

    __tablename__ = "roster_files"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    roster_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (
        ForeignKeyConstraint(["institution_id", "roster_id"], ["rosters.institution_id", "rosters.id"], name="fk_roster_files_roster"),
    )


class ChangePage(Model):
    """What up to a hundred rows of a roster would do: changes of one kind, in the file's order (`changes` is JSON, see
    `queries.rosters.Planned`). They are always wanted by the page, and one row for each change made up half of an import's time."""

    __tablename__ = "change_pages"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    roster_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    changes: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        ForeignKeyConstraint(["institution_id", "roster_id"], ["rosters.institution_id", "rosters.id"], name="fk_change_pages_roster"),
    )


class RosterProblem(Model):
    """A finding in one cell or row of a roster; `text` is an English msgid, `params` JSON; `row_values` the row as read, JSON."""

    __tablename__ = "roster_problems"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    roster_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sheet: Mapped[str] = mapped_column(Text)
    row: Mapped[int]
    column: Mapped[str | None] = mapped_column(String(3))
    field: Mapped[str] = mapped_column(String(20))
    severity: Mapped[str] = mapped_column(String(10))
    value: Mapped[str] = mapped_column(String(200))
    code: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    params: Mapped[str] = mapped_column(Text)
    row_values: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        ForeignKeyConstraint(["institution_id", "roster_id"], ["rosters.institution_id", "rosters.id"], name="fk_roster_problems_roster"),
        Index("ix_roster_problems_severity", "institution_id", "roster_id", "severity", "number"),
        {"sqlite_with_rowid": False},
    )
