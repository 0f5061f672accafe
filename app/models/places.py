"""Where people are: agencies in a tree by code, the institutions that report to them, their units."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model


class Contact:
    """The person whom somebody in difficulty can ask; shown wherever people are told what to do."""

    contact_name: Mapped[str | None] = mapped_column(String(120))
    contact_phone: Mapped[str | None] = mapped_column(String(30))
    contact_email: Mapped[str | None] = mapped_column(String(254))


class Agency(Contact, Model):
    """A social-insurance office. `path` is its place in the tree: the codes from the root down, each between slashes."""

    __tablename__ = "agencies"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    path: Mapped[str] = mapped_column(String(200), unique=True)


class Institution(Contact, Model):
    """A school, university or employer: the tenant. `last_number` is the last id given to a unit, person or roster of its own;
    `people_mark` moves whenever its people change, so that a review made before is known to be stale.
    The head is who gets digests in the institution's name."""

    __tablename__ = "institutions"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    last_number: Mapped[int] = mapped_column(default=0)
    people_mark: Mapped[int] = mapped_column(default=0)
    head_name: Mapped[str | None] = mapped_column(String(120))
    head_phone: Mapped[str | None] = mapped_column(String(30))
    head_email: Mapped[str | None] = mapped_column(String(254))

    __table_args__ = (CheckConstraint("kind IN ('school', 'university', 'employer')", name="kind"),)


class Unit(Model):
    """A class, department or workshop. `name_key` is the folded name: "6A1" and "6a1" are one unit."""

    __tablename__ = "units"
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    parent_id: Mapped[int | None]
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(200))
    sort_key: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (
        ForeignKeyConstraint(["institution_id", "parent_id"], ["units.institution_id", "units.id"], name="fk_units_parent"),
        # No index but the primary key begins with `institution_id`: PostgreSQL, which may know nothing of the table yet, takes any such
        # index for as good when it checks a person's unit, and goes through all of the institution's units for each person.
        UniqueConstraint("name_key", "institution_id", name="uq_units_institution_id_name_key"),
        {"sqlite_with_rowid": False},
    )
