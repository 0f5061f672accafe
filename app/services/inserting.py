"""An INSERT that may say what to do with a row that is there already; the two engines spell it alike, SQLAlchemy does not."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from app.extensions import db


def insert_into(model: Any) -> Any:
    return (sqlite if db.session.connection().dialect.name == "sqlite" else postgresql).insert(model)
