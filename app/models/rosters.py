"""Uploaded rosters, what each of their rows would do, and what was found wrong in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.models.types import UtcInstant


class Roster(Model):
    """A workbook that was read. `people_mark` is the institution's when it was planned, and so also when it was applied: of two that were
    applied, the later one has the higher mark. `review` counts its plans.

    JSON: `understood` (sheets, columns, notes, questions), `answer` (what a user said it means), `refused` (field and code of repairs that
    are not wanted), `summary` (findings rolled up, what would be overwritten). `remembered`: the answer was given for an earlier file.
    `to_check`: so many rows have an error or warning. `again`: so many rows would do something else than in the review before.
    `continues`: the roster whose waiting rows this one lets in. `doubts`: what is asked before going on. `purged_at`: when its file was
    deleted. `understood` is empty until the file has been read. One that was undone is an applied one with `undone_at`."""

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
    moved: Mapped[int]
    same: Mapped[int]
    waiting: Mapped[int]
    absent: Mapped[int]
    problems: Mapped[int]
    repairs: Mapped[int]
    to_check: Mapped[int]
    again: Mapped[int]
    review: Mapped[int]
    understood: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    refused: Mapped[str] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(64))
    remembered: Mapped[bool]
    continues: Mapped[int | None]
    uploaded_by: Mapped[str] = mapped_column(String(120))
    uploaded_at: Mapped[datetime] = mapped_column(UtcInstant)
    applied_by: Mapped[str | None] = mapped_column(String(120))
    applied_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    doubts: Mapped[str | None] = mapped_column(Text)
    confirmed_by: Mapped[str | None] = mapped_column(String(120))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    purged_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    undone_by: Mapped[str | None] = mapped_column(String(120))
    undone_at: Mapped[datetime | None] = mapped_column(UtcInstant)

    __table_args__ = (
        ForeignKeyConstraint(
            ["institution_id", "campaign_id"],
            ["participations.institution_id", "participations.campaign_id"],
            name="fk_rosters_participation",
        ),
        CheckConstraint(
            "status IN ('reading', 'asking', 'read', 'applied', 'discarded', 'failed', 'stopped')",
            name="status",
        ),
        Index("ix_rosters_digest", "institution_id", "digest"),
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
    `queries.change_pages.KeptChange`). They are always wanted by the page, and one row for each change made up half of an import's time.
    The kind "again" repeats those that differ from the review before."""

    __tablename__ = "change_pages"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    roster_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    changes: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        ForeignKeyConstraint(["institution_id", "roster_id"], ["rosters.institution_id", "rosters.id"], name="fk_change_pages_roster"),
    )


class EffectPage(Model):
    """What applying a roster did beyond bringing new people, so that it can be undone: up to a thousand effects of one kind, or up to a
    hundred things that undoing it has kept (`effects` is JSON, see `services.effects` and `queries.undoings`)."""

    __tablename__ = "effect_pages"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    roster_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    effects: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        ForeignKeyConstraint(["institution_id", "roster_id"], ["rosters.institution_id", "rosters.id"], name="fk_effect_pages_roster"),
    )


class RosterProblem(Model):
    """A finding in one cell or row of a roster; `text` is an English msgid, `params` JSON; `row_values` the row as read, JSON.

    `place` counts the rows in which something was found, the worst first; `group` is the finding's place in the roster's summary."""

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
    place: Mapped[int]
    group: Mapped[int]

    __table_args__ = (
        ForeignKeyConstraint(["institution_id", "roster_id"], ["rosters.institution_id", "rosters.id"], name="fk_roster_problems_roster"),
        Index("ix_roster_problems_place", "institution_id", "roster_id", "place"),
        Index("ix_roster_problems_group", "institution_id", "roster_id", "group", "place"),
        {"sqlite_with_rowid": False},
    )


class RosterAnswer(Model):
    """What somebody of an institution said that a workbook with these headings means (`answer` is JSON); the next such file is read so."""

    __tablename__ = "roster_answers"
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    answer: Mapped[str] = mapped_column(Text)
    filename: Mapped[str] = mapped_column(String(255))
    answered_by: Mapped[str] = mapped_column(String(120))
    answered_at: Mapped[datetime] = mapped_column(UtcInstant)

    __table_args__ = ({"sqlite_with_rowid": False},)


class RosterCorrection(Model):
    """A cell of a roster typed anew in the browser; `was` is what the file has there."""

    __tablename__ = "roster_corrections"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    roster_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sheet: Mapped[str] = mapped_column(String(255), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    column: Mapped[str] = mapped_column(String(3), primary_key=True)
    text: Mapped[str] = mapped_column(String(200))
    was: Mapped[str] = mapped_column(String(200))
    corrected_by: Mapped[str] = mapped_column(String(120))
    corrected_at: Mapped[datetime] = mapped_column(UtcInstant)

    __table_args__ = (
        ForeignKeyConstraint(
            ["institution_id", "roster_id"], ["rosters.institution_id", "rosters.id"], name="fk_roster_corrections_roster"
        ),
        {"sqlite_with_rowid": False},
    )
