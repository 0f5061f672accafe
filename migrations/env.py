"""How Alembic reaches the application's database; run through `flask --app wsgi db …`."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app

import app.models  # noqa: F401 - the tables must be known
from app import transaction
from app.extensions import db
from app.models.types import UtcInstant


def plain_types(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Migrations name the database's types, not ours, so that they outlive a renamed class."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcInstant) else False


def run() -> None:
    with transaction.schema_change(), db.engine.connect() as connection:
        # SQLite can't change a column in place: Alembic then builds the table anew.
        context.configure(connection=connection, target_metadata=db.metadata, render_as_batch=True, render_item=plain_types)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("migrations run against a database: flask --app wsgi db upgrade")
with current_app.app_context():
    run()
