"""How the application is put together: settings, extensions, gate, pages, errors, filters, commands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask

from app import cli, config, transaction
from app.extensions import babel, csrf, db, htmx, limiter, login, migrate
from app.web import errors, filters, gate, identity, ids, languages, pages, security

ROOT = Path(__file__).resolve().parent.parent


def make_app(settings: dict[str, Any] | None = None) -> Flask:
    """The application. Refuses to start while an endpoint declares no policy (`app.web.gate`)."""
    app = Flask("app", root_path=str(ROOT / "app"), template_folder=str(ROOT / "templates"), instance_path=str(ROOT / "instance"))
    instance = Path(app.instance_path)
    instance.mkdir(exist_ok=True)
    app.config.update(config.settings(instance))
    app.config.update(settings or {})
    config.add_ways(app.config)
    app.config["SQLALCHEMY_DATABASE_URI"] = config.database_url(app.config["DATABASE_URL"], instance)
    app.config.setdefault("PROGRESS_FOLDER", config.progress_folder(app.config["SQLALCHEMY_DATABASE_URI"]))
    _extend(app)
    ids.register(app)
    identity.register(login)
    languages.register(app)
    filters.register(app)
    security.register(app)
    pages.register(app)
    errors.register(app)
    cli.register(app)
    gate.check(app)
    return app


def _extend(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        transaction.prepare(db.engine)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    login.init_app(app)
    csrf.init_app(app)
    htmx.init_app(app)
    limiter.init_app(app)
    babel.init_app(app, locale_selector=languages.chosen)
