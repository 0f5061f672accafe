"""Reminders: a campaign's ladder and texts, each message and what became of it, what is known of addresses and channels."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.nudge import FIRST_HOUR, LAST_HOUR
from app.extensions import Model
from app.models.types import UtcInstant


class Ladder(Model):
    """How a campaign reminds. Its row is locked by whoever plans: `last_number` is the last id given to one of the campaign's nudges."""

    __tablename__ = "ladders"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True, autoincrement=False)
    paused_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    first_hour: Mapped[int] = mapped_column(default=FIRST_HOUR)
    last_hour: Mapped[int] = mapped_column(default=LAST_HOUR)
    on_sundays: Mapped[bool] = mapped_column(default=False)
    on_holidays: Mapped[bool] = mapped_column(default=False)
    last_number: Mapped[int] = mapped_column(default=0)


class MessageText(Model):
    """A text of a campaign's own, in place of the one that comes with the program; `short` is the SMS form. An institution's own text is
    offered to that institution alone."""

    __tablename__ = "message_texts"
    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    name: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    short: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[datetime] = mapped_column(UtcInstant)
    removed_at: Mapped[datetime | None] = mapped_column(UtcInstant)


class LadderRung(Model):
    """`app.domain.ladder.Rung`, kept. Lists of words are joined by commas. A removed rung stays for what was sent by it. Of a rung that has
    one day for all, `planned_for` is the occasion that was planned last, for everybody, and `planned_at` when: later looks need only those
    who have moved since."""

    __tablename__ = "rungs"
    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    unit_id: Mapped[int | None]
    anchor: Mapped[str] = mapped_column(String(20))
    distance: Mapped[int]
    measure: Mapped[str] = mapped_column(String(10))
    standings: Mapped[str] = mapped_column(String(200), default="")
    track: Mapped[str | None] = mapped_column(String(10))
    receivers: Mapped[str] = mapped_column(String(80))
    channels: Mapped[str] = mapped_column(String(40))
    text_id: Mapped[int | None] = mapped_column(ForeignKey("message_texts.id"))
    is_paused: Mapped[bool] = mapped_column(default=False)
    planned_for: Mapped[date | None]
    planned_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    removed_at: Mapped[datetime | None] = mapped_column(UtcInstant)

    __table_args__ = (ForeignKeyConstraint(["institution_id", "unit_id"], ["units.institution_id", "units.id"], name="fk_rungs_unit"),)


class Nudge(Model):
    """One message to one receiver about one or more people: a person or guardian of an institution (`person_id`), somebody who signs in
    (`user_id`), or an institution's head (neither). `institution_id` is None for an officer's digest of the whole campaign.

    `occasion_on` is the day the rung is counted from (`app.domain.ladder.Occasion`), so that a receiver has one nudge for each campaign,
    rung and deadline; `rung_id` is None for one sent by hand when no rung was left. `subject` and `text` are what was said;
    `claim` is the sender's mark while it tries. `tried` are the channels that failed for sure, joined by commas.
    """

    __tablename__ = "nudges"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("ladders.campaign_id"), primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    rung_id: Mapped[int | None] = mapped_column(ForeignKey("rungs.id"))
    occasion_on: Mapped[date]
    goes_on: Mapped[date]
    receiver: Mapped[str] = mapped_column(String(12))
    person_id: Mapped[int | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    people: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(String(10))
    why: Mapped[str | None] = mapped_column(String(20))
    channel: Mapped[str | None] = mapped_column(String(6))
    tried: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str | None] = mapped_column(String(254))
    subject: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str | None] = mapped_column(Text)
    made_by: Mapped[str | None] = mapped_column(String(120))
    planned_at: Mapped[datetime] = mapped_column(UtcInstant)
    not_before: Mapped[datetime | None] = mapped_column(UtcInstant)
    tries: Mapped[int] = mapped_column(default=0)
    claim: Mapped[str | None] = mapped_column(String(32))
    claimed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    sent_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    settled_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    provider_id: Mapped[str | None] = mapped_column(String(80))
    error: Mapped[str | None] = mapped_column(String(120))

    __table_args__ = (
        ForeignKeyConstraint(["institution_id", "person_id"], ["people.institution_id", "people.id"], name="fk_nudges_person"),
        Index(
            "uq_nudges_person",
            *("institution_id", "person_id", "campaign_id", "rung_id", "occasion_on"),
            unique=True,
            sqlite_where=sql("person_id IS NOT NULL"),
            postgresql_where=sql("person_id IS NOT NULL"),
        ),
        Index(
            "uq_nudges_staff",
            *("user_id", "campaign_id", "rung_id", "occasion_on", "receiver", "institution_id"),
            unique=True,
            sqlite_where=sql("user_id IS NOT NULL AND institution_id IS NOT NULL"),
            postgresql_where=sql("user_id IS NOT NULL AND institution_id IS NOT NULL"),
        ),
        Index(
            "uq_nudges_officer",
            *("user_id", "campaign_id", "rung_id", "occasion_on"),
            unique=True,
            sqlite_where=sql("user_id IS NOT NULL AND institution_id IS NULL"),
            postgresql_where=sql("user_id IS NOT NULL AND institution_id IS NULL"),
        ),
        Index(
            "uq_nudges_head",
            *("institution_id", "campaign_id", "rung_id", "occasion_on"),
            unique=True,
            sqlite_where=sql("receiver = 'head'"),
            postgresql_where=sql("receiver = 'head'"),
        ),
        Index(
            "ix_nudges_waiting",
            *("not_before", "campaign_id", "id"),
            sqlite_where=sql("status = 'planned'"),
            postgresql_where=sql("status = 'planned'"),
        ),
        Index(
            "ix_nudges_claimed",
            "claimed_at",
            sqlite_where=sql("status = 'claimed'"),
            postgresql_where=sql("status = 'claimed'"),
        ),
        Index("ix_nudges_rung", "campaign_id", "rung_id", "occasion_on", "status"),
        Index("ix_nudges_days", "campaign_id", "institution_id", "goes_on"),
        {"sqlite_with_rowid": False},
    )


class NudgePerson(Model):
    """A child of whom a guardian's message speaks, or spoke."""

    __tablename__ = "nudge_people"
    institution_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    campaign_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    nudge_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "nudge_id"], ["nudges.campaign_id", "nudges.id"], name="fk_nudge_people_nudge"),
        ForeignKeyConstraint(["institution_id", "person_id"], ["people.institution_id", "people.id"], name="fk_nudge_people_person"),
        Index("ix_nudge_people_nudge", "campaign_id", "nudge_id"),
        {"sqlite_with_rowid": False},
    )


class Address(Model):
    """What is known of a phone ("+84912345678") or an e-mail address (lower case), whoever has it: that its owner wants no messages, or
    that it is dead (messages came back, or the network refuses it)."""

    __tablename__ = "addresses"
    address: Mapped[str] = mapped_column(String(254), primary_key=True)
    opted_out_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    opted_out_by: Mapped[str | None] = mapped_column(String(120))
    dead_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    dead_why: Mapped[str | None] = mapped_column(String(120))

    __table_args__ = ({"sqlite_with_rowid": False},)


class MessageDay(Model):
    """That an address has its message of the day: the key keeps a second one away, over all campaigns."""

    __tablename__ = "message_days"
    address: Mapped[str] = mapped_column(String(254), primary_key=True)
    on: Mapped[date] = mapped_column("on_date", primary_key=True)
    campaign_id: Mapped[int]
    nudge_id: Mapped[int]

    __table_args__ = ({"sqlite_with_rowid": False},)


class Pause(Model):
    """No reminders for one unit (class, department) or one person of an institution; for a person without `campaign_id`, in no campaign."""

    __tablename__ = "pauses"
    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int | None]
    person_id: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(String(400))
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(UtcInstant)

    __table_args__ = (
        ForeignKeyConstraint(["institution_id", "unit_id"], ["units.institution_id", "units.id"], name="fk_pauses_unit"),
        ForeignKeyConstraint(["institution_id", "person_id"], ["people.institution_id", "people.id"], name="fk_pauses_person"),
        Index("ix_pauses_institution", "institution_id", "campaign_id"),
    )


class ChannelState(Model):
    """What keeps a channel from being used, until when (None: until the operator has mended it), its tokens, sealed, and until when senders
    have booked its time."""

    __tablename__ = "channel_states"
    channel: Mapped[str] = mapped_column(String(6), primary_key=True)
    trouble: Mapped[str | None] = mapped_column(String(120))
    trouble_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    until: Mapped[datetime | None] = mapped_column(UtcInstant)
    tokens: Mapped[bytes | None] = mapped_column(LargeBinary)
    tokens_until: Mapped[datetime | None] = mapped_column(UtcInstant)
    booked_until: Mapped[datetime | None] = mapped_column(UtcInstant)
