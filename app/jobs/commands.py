"""Commands that keep running, and single ticks by hand."""

from __future__ import annotations

import logging
import signal
from types import FrameType

import click
import orjson
import waitress
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from app.jobs import scheduler, ticks

tick = AppGroup("tick", help="Run one tick of the scheduler now.")


def register(app: Flask) -> None:
    for command in (serve, run_scheduler, tick):
        app.cli.add_command(command)


@click.command("serve")
@with_appcontext
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--threads", default=8, show_default=True)
def serve(host: str, port: int, threads: int) -> None:
    """Serve the pages, with the scheduler beside the web server in this process."""
    app = _application()
    _end_on_sigterm()
    logging.basicConfig(level=logging.WARNING)
    server = waitress.create_server(app, host=host, port=port, threads=threads, ident=None)
    beside = scheduler.beside(app)
    click.echo(f"http://{host}:{port} - Ctrl-C ends it")
    try:
        server.run()
    finally:
        beside.shutdown(wait=True)
        server.close()


@click.command("scheduler")
@with_appcontext
def run_scheduler() -> None:
    """Run the scheduler alone: one of these beside any number of web processes."""
    _end_on_sigterm()
    logging.basicConfig(level=logging.WARNING)
    try:
        scheduler.alone(_application())
    except (KeyboardInterrupt, SystemExit):
        click.echo("scheduler ended")


@tick.command("clean")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def clean(as_json: bool) -> None:
    """Purge what is no longer needed."""
    did = ticks.clean()
    click.echo(orjson.dumps({"did": did}).decode() if as_json else did)


def _application() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app


def _end_on_sigterm() -> None:
    """A service manager's stop ends the process as Ctrl-C does."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
