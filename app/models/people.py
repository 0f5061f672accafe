"""The people of an institution, and who is whose guardian."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.models.types import UtcInstant


def _unique_number(column: str) -> Index:
    """A number names one person of an institution; most people lack most numbers, and those take no room."""
    given = text(f"{column} IS NOT NULL")
    return Index(f"uq_people_{column}", "institution_id", column, unique=True, sqlite_where=given, postgresql_where=given)


_HAS_OLD_ID = text("old_id IS NOT NULL")


class Person(Model):
    """Somebody an institution answers for, or the guardian of such a person.

    `sort_key` is the name in Vietnamese order (`app.collation.name_key`), `search_text` the folded name with all numbers. `roster_id` is
    the roster that brought the person, None for one added by hand. `has_card` is None where nobody has said whether there is an ID card.
    `revision` moves with every edit.
    """

    __tablename__ = "people"
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    unit_id: Mapped[int | None]
    full_name: Mapped[str] = mapped_column(String(120))
    sort_key: Mapped[bytes] = mapped_column(LargeBinary)
    search_text: Mapped[str] = mapped_column(Text)
    birth_date: Mapped[date | None]
    birth_year: Mapped[int | None]
    has_card: Mapped[bool | None]
    sex: Mapped[str | None] = mapped_column(String(6))
    personal_id: Mapped[str | None] = mapped_column(String(12))
    old_id: Mapped[str | None] = mapped_column(String(9))
    bhxh_code: Mapped[str | None] = mapped_column(String(10))
    pupil_code: Mapped[str | None] = mapped_column(String(30))
    staff_code: Mapped[str | None] = mapped_column(String(30))
    phone: Mapped[str | None] = mapped_column(String(15))
    email: Mapped[str | None] = mapped_column(String(254))
    position: Mapped[str | None] = mapped_column(String(120))
    roster_id: Mapped[int | None]
    revision: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(UtcInstant)

    __table_args__ = (
        ForeignKeyConstraint(["institution_id", "unit_id"], ["units.institution_id", "units.id"], name="fk_people_unit"),
        CheckConstraint("sex IN ('male', 'female')", name="sex"),
        Index("ix_people_order", "institution_id", "sort_key", "id"),
        _unique_number("personal_id"),
        _unique_number("bhxh_code"),
        _unique_number("pupil_code"),
        _unique_number("staff_code"),
        Index("ix_people_old_id", "institution_id", "old_id", sqlite_where=_HAS_OLD_ID, postgresql_where=_HAS_OLD_ID),
        {"sqlite_with_rowid": False},
    )


class Guardianship(Model):
    """One guardian of one child; `relation` is father, mother or guardian where it is known."""

    __tablename__ = "guardianships"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    guardian_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    relation: Mapped[str | None] = mapped_column(String(20))

    __table_args__ = (
        ForeignKeyConstraint(["institution_id", "child_id"], ["people.institution_id", "people.id"], name="fk_guardianships_child"),
        ForeignKeyConstraint(["institution_id", "guardian_id"], ["people.institution_id", "people.id"], name="fk_guardianships_guardian"),
        Index("ix_guardianships_guardian", "institution_id", "guardian_id"),
        {"sqlite_with_rowid": False},
    )


class Double(Model):
    """Two people who are likely one, by id, the lower first. `verdict` is None as long as nobody has decided, then "two": who are one
    have one row in `people`."""

    __tablename__ = "doubles"
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    one_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    other_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    likeness: Mapped[str] = mapped_column(String(10))
    found_at: Mapped[datetime] = mapped_column(UtcInstant)
    verdict: Mapped[str | None] = mapped_column(String(3))
    decided_by: Mapped[str | None] = mapped_column(String(120))
    decided_at: Mapped[datetime | None] = mapped_column(UtcInstant)

    __table_args__ = (
        ForeignKeyConstraint(["institution_id", "one_id"], ["people.institution_id", "people.id"], name="fk_doubles_one"),
        ForeignKeyConstraint(["institution_id", "other_id"], ["people.institution_id", "people.id"], name="fk_doubles_other"),
        Index("ix_doubles_other", "institution_id", "other_id"),
        {"sqlite_with_rowid": False},
    )


class GuardianKey(Model):
    """What a guardian is recognised by in every institution of a campaign: a personal number, or a phone with the name
    (`app.domain.names.guardian_keys`)."""

    __tablename__ = "guardian_keys"
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    institution_id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)

    __table_args__ = (
        ForeignKeyConstraint(["institution_id", "person_id"], ["people.institution_id", "people.id"], name="fk_guardian_keys_person"),
        Index("ix_guardian_keys_person", "institution_id", "person_id"),
        {"sqlite_with_rowid": False},
    )
