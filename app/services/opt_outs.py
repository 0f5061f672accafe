"""Who wants no messages: kept by address, for every campaign and whoever has the address."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, update

from app import clock
from app.extensions import db
from app.models import Address
from app.services.inserting import insert_into


def opt_out(address: str, by: str) -> None:
    """No more messages to this phone ("+84912345678") or e-mail address. `by` says who declined: the person by the link, a member of staff
    for them, or a channel. The first time counts."""
    row = {"address": _key(address), "opted_out_at": clock.now(), "opted_out_by": by[:120]}
    noted = insert_into(Address).values(row)
    db.session.execute(noted.on_conflict_do_update(index_elements=["address"], set_=row, where=Address.opted_out_at.is_(None)))


def withdraw(address: str) -> bool:
    """Messages are wanted again. False where they had not been declined."""
    mine = Address.address == _key(address), Address.opted_out_at.is_not(None)
    statement = update(Address).where(*mine).values(opted_out_at=None, opted_out_by=None)
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", done).rowcount > 0


def _key(address: str) -> str:
    return address.strip().lower()
