"""What every test may ask for: the application on a migrated database, and a client that checks what it is given.

`pytest --engine postgresql` runs on a PostgreSQL that is started for the run; without it, tests run on SQLite.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import flask_migrate
import psycopg
import pytest
from argon2 import PasswordHasher
from flask import Flask, request_finished

from app import create_app
from app.services import passwords
from tests import engines
from tests.cast import set_the_scene
from tests.client import CheckedClient

TESTS = Path(__file__).resolve().parent
TESTING = {
    "TESTING": True,
    "SECRET_KEY": "for tests only",
    "WTF_CSRF_ENABLED": False,
    "RATELIMIT_ENABLED": False,
    "ROSTER_PATIENCE": 60.0,  # however busy the machine is, a page that uploads a few rows sees them read
}
NEED_A_DATABASE = {"app", "client", "context", "database", "live_server", "scene", "stage"}
server_url = pytest.StashKey[str]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=engines.NAMES, default="sqlite", help="the database to run on")
    parser.addoption("--write-golden", action="store_true", help="write the files anew that hold what was read by eye")


def pytest_configure(config: pytest.Config) -> None:
    """One PostgreSQL for the whole run: started by xdist's controller, which tells its workers where it is."""
    if config.getoption("--engine") != "postgresql":
        return
    if hasattr(config, "workerinput"):
        config.stash[server_url] = config.workerinput["server_url"]
        return
    folder = Path(tempfile.mkdtemp(prefix="tests-postgresql-"))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    server = engines.start_postgresql(folder)
    config.add_cleanup(server.cleanup)
    config.stash[server_url] = server.get_uri()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["server_url"] = node.config.stash.get(server_url, "")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A unit test asks for no database, however far round."""
    asked = NEED_A_DATABASE & set(getattr(item, "fixturenames", ()))
    if asked and _is_unit_test(item.path):
        pytest.fail(f"a unit test opens no database, but this one asks for {', '.join(sorted(asked))}", pytrace=False)


@pytest.fixture(autouse=True)
def no_connection_in_a_unit_test(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not _is_unit_test(request.path):
        return

    def refuse(*_args: Any, **_kwargs: Any) -> NoReturn:
        raise AssertionError("a unit test opens no database")

    monkeypatch.setattr(sqlite3, "connect", refuse)
    monkeypatch.setattr(sqlite3.dbapi2, "connect", refuse)
    monkeypatch.setattr(psycopg, "connect", refuse)


def _is_unit_test(path: Path) -> bool:
    return path.is_relative_to(TESTS / "unit")


@pytest.fixture(scope="session")
def _database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[engines.Database]:
    database: engines.Database
    if request.config.getoption("--engine") == "postgresql":
        worker = getattr(request.config, "workerinput", {}).get("workerid", "alone")
        database = engines.Postgresql(request.config.stash[server_url], f"tests_{worker}")
    else:
        database = engines.Sqlite(tmp_path_factory.mktemp("database"))
    yield database
    database.close()


@pytest.fixture(scope="session")
def app(_database: engines.Database) -> Iterator[Flask]:
    """The application on a database that the migrations have made. What tests leave in it goes only for those that ask for `database`."""
    app = create_app({**TESTING, "DATABASE_URL": _database.url})
    app.test_client_class = CheckedClient
    request_finished.connect(_refuse_unsaved, app)
    migrate(app)
    _database.keep()
    yield app
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """The same argon2 with a thousandth of the work: hundreds of tests sign in."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords.NOBODY = passwords.hash_of("nobody has this password")


@pytest.fixture
def scene(database: Flask) -> Flask:
    """The application with the cast and its places; see `tests.cast`."""
    with database.app_context():
        set_the_scene()
    return database


@pytest.fixture
def stage(scene: Flask) -> Iterator[Flask]:
    """An application context on the scene, for tests of services and queries; the client wants none."""
    with scene.app_context():
        yield scene


@pytest.fixture
def database(app: Flask, _database: engines.Database) -> Flask:
    """The application on an empty database. What an earlier test has left under way ends first: it holds connections."""
    under_way = app.extensions.get("rosters-background")
    if under_way:
        under_way.wait()
    with app.app_context():
        engine = app.extensions["sqlalchemy"].engine
    _database.restore(engine)
    return app


@pytest.fixture
def client(database: Flask) -> CheckedClient:
    """A visitor's browser, on an empty database. `make_client` gives more of them."""
    return database.test_client()


@pytest.fixture
def make_client(database: Flask) -> Callable[[], CheckedClient]:
    return database.test_client


@pytest.fixture
def context(database: Flask) -> Iterator[Flask]:
    """An application context on an empty database, for tests of services and queries; the client wants none."""
    with database.app_context():
        yield database


def migrate(app: Flask) -> None:
    """Bring the application's database to the newest schema."""
    with app.app_context():
        flask_migrate.upgrade()


def _refuse_unsaved(app: Flask, **_: Any) -> None:
    """A view that leaves changes behind it that nobody saves has forgotten its unit of work."""
    session = app.extensions["sqlalchemy"].session
    unsaved = [*session.new, *session.dirty, *session.deleted]
    assert not unsaved, f"the request left unsaved: {unsaved}"
