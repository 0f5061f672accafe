"""Commands that keep running, and single ticks by hand."""

from __future__ import annotations

import logging
import signal
from contextlib import nullcontext, redirect_stdout
from dataclasses import asdict
from io import StringIO
from types import FrameType

import click
import orjson
import waitress
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from app import transaction
from app.cli.answers import as_json, at_now
from app.domain.ladder import SENT_BY_US, Channel
from app.jobs import rosters, scheduler, ticks
from app.jobs.ticks import Tally
from app.services import troubles

tick = AppGroup("tick", help="Run one tick of the scheduler now.")
channels = AppGroup("channels", help="The ways by which messages go.")


def register(app: Flask) -> None:
    for command in (serve, run_scheduler, tick, channels):
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
        scheduler.end(beside)
        rosters.end(app)
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


@tick.command("plan")
@as_json
@at_now
def plan(as_json: bool) -> None:
    """Plan the messages that come due today."""
    _say(ticks.plan(), as_json)


@tick.command("send")
@as_json
@at_now
def send(as_json: bool) -> None:
    """Send what may go now. Where no channel is set up, it is shown here."""
    with redirect_stdout(StringIO()) if as_json else nullcontext():
        tally = ticks.send()
    _say(tally, as_json)


@tick.command("sweep")
@as_json
@at_now
def sweep(as_json: bool) -> None:
    """Settle claims that have been silent for long, and what mail servers have returned."""
    _say(ticks.sweep(), as_json)


@tick.command("rosters")
@as_json
@at_now
def take_up(as_json: bool) -> None:
    """Go on with rosters whose process has ended, to their end."""
    did = ticks.rosters_left()
    rosters.of(_application()).wait()
    _tell(did, as_json)


@tick.command("clean")
@as_json
@at_now
def clean(as_json: bool) -> None:
    """Purge what is no longer needed."""
    _tell(ticks.clean(), as_json)


def _tell(did: str, as_json: bool) -> None:
    if as_json:
        _say(Tally(), as_json, did=did)
    else:
        click.echo(did)


def _say(tally: Tally, as_json: bool, **also: str) -> None:
    click.echo(orjson.dumps(asdict(tally) | also).decode() if as_json else tally)


@channels.command("mended")
@click.argument("channel", type=click.Choice([channel.value for channel in SENT_BY_US]))
def mended(channel: str) -> None:
    """Use a channel again that was in trouble; what has waited for it goes."""
    with transaction.writing():
        was_in_trouble = troubles.end(Channel(channel))
    click.echo(f"{channel} is used again" if was_in_trouble else f"{channel} was in no trouble")


def _application() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app


def _end_on_sigterm() -> None:
    """A service manager's stop ends the process as Ctrl-C does."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
