"""The command line for operators: `flask --app wsgi …`. What it prints with --json is stable."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click
import orjson
from flask import Flask
from flask.cli import AppGroup
from flask_babel import force_locale
from sqlalchemy.exc import OperationalError, ProgrammingError

from app import books, clock, demo, transaction
from app.domain.procedure import PROCEDURES
from app.domain.progress import Progress, total_of
from app.domain.registration import Event, Refusal
from app.domain.scope import AgencyScope
from app.domain.standing import Goal, Standing, standing_of
from app.exports import agency as agency_export
from app.exports import institution as institution_export
from app.jobs import commands as running
from app.queries import campaigns, operators, people, progress, rosters
from app.services import campaigns as calling
from app.services import keys, places, registrations, users
from app.services import rosters as taking
from app.services.campaigns import CampaignDraft
from app.services.passwords import PasswordRefusal
from app.services.rosters import RosterRefusal
from app.web.words import REFUSALS
from imports.values import Unreadable

agency = AppGroup("agency", help="Social-insurance offices.")
institution = AppGroup("institution", help="Schools, universities, employers.")
campaign = AppGroup("campaign", help="An agency's calls.")
roster = AppGroup("roster", help="Lists of people.")


def register(app: Flask) -> None:
    for command in (agency, institution, campaign, roster, show_progress, record, export, fill_demo, create_admin, rebuild_keys):
        app.cli.add_command(command)
    running.register(app)


class DateOption(click.ParamType[date]):
    """A local date, 2026-11-30 or 30/11/2026."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.strptime(value, form).date()
            except ValueError:
                continue
        self.fail(f"{value!r} is not a date like 2026-11-30 or 30/11/2026", param, ctx)


as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


def at_now(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --now: all its time follows."""

    @click.option(
        "--now",
        type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"]),
        help="Act as at this time.",
    )
    @wraps(command)
    def timed(*args: Any, now: datetime | None = None, **kwargs: Any) -> Any:
        if now is None:
            return command(*args, **kwargs)
        with clock.set_to(now):
            return command(*args, **kwargs)

    return timed


def say(result: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(orjson.dumps(result).decode())
        return
    for name, value in result.items():
        click.echo(f"{name.replace('_', ' ')}: {'-' if value is None else value}")


def refuse(why: str, message: str, as_json: bool) -> NoReturn:
    """End with status 1; nothing was changed."""
    if as_json:
        click.echo(orjson.dumps({"refused": why, "message": message}).decode())
    else:
        click.echo(message, err=True)
    sys.exit(1)


@contextmanager
def refusing(as_json: bool = False) -> Iterator[None]:
    """Turn what a service will not do into one sentence and status 1."""
    try:
        yield
    except operators.Unknown as unknown:
        refuse("unknown", f"{unknown}.", as_json)
    except Unreadable as unreadable:
        refuse(unreadable.code, str(unreadable), as_json)
    except (OperationalError, ProgrammingError) as failed:
        first = str(failed.orig).partition("\n")[0]
        refuse("database", f"The database can't be used ({first}). Has `flask --app wsgi db upgrade` been run?", as_json)


@agency.command("add")
@click.argument("code")
@click.argument("name")
@click.option("--parent", help="Code of the agency above.")
def add_agency(code: str, name: str, parent: str | None) -> None:
    """Add an agency, below --parent or as a root of the tree."""
    with refusing(), transaction.writing():
        refused = places.add_agency(operators.agency(parent), parent, code, name) if parent else places.add_root_agency(code, name)
        if refused:
            refuse(refused, f"Agency {code} was not added: {refused}.", False)
    click.echo(f"agency {code} added")


@institution.command("add")
@click.argument("code")
@click.argument("name")
@click.option("--kind", type=click.Choice(["school", "university", "employer"]), required=True)
@click.option("--agency", "agency_code", required=True, help="Code of the agency it reports to.")
def add_institution(code: str, name: str, kind: str, agency_code: str) -> None:
    """Add an institution; campaigns that take in all of the agency's institutions take it in, too."""
    with refusing(), transaction.writing():
        refused = places.add_institution(operators.everything(), agency_code, code, name, kind)
        if refused:
            refuse(refused, f"Institution {code} was not added: {refused}.", False)
    click.echo(f"institution {code} added")


@campaign.command("add")
@click.argument("code")
@click.option("--agency", "agency_code", required=True, help="Code of the agency that calls.")
@click.option("--deadline", type=DateOption(), required=True)
@click.option("--included", is_flag=True, help="The deadline's day still counts (đến hết ngày); without: strictly before (trước ngày).")
@click.option("--starts", type=DateOption(), help="First day, by default today.")
@click.option("--goal", type=click.Choice([goal.value for goal in Goal]), default=Goal.GRANTED.value, show_default=True)
@click.option("--procedure", type=click.Choice(list(PROCEDURES)), default="paper-2021", show_default=True)
@click.option("--dispatch", default="", help="Number of the letter.")
@at_now
def add_campaign(
    code: str, agency_code: str, deadline: date, included: bool, starts: date | None, goal: str, procedure: str, dispatch: str
) -> None:
    """Add a campaign that takes in the agency's institutions, as they are now and later."""
    draft = CampaignDraft(deadline, included, starts_on=starts, goal=Goal(goal), procedure=procedure, dispatch_number=dispatch)
    with refusing(), transaction.writing():
        refused = calling.create(operators.everything(), agency_code, code, draft, takes_all=True)
        if refused:
            refuse(refused, f"Campaign {code} was not added: {refused}.", False)
    click.echo(f"campaign {code} added")


@roster.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--institution", "institution_code", required=True)
@click.option("--campaign", "campaign_code", required=True)
@click.option("--apply", "do_apply", is_flag=True, help="Let the good rows in at once.")
@as_json
@at_now
def import_roster(file: Path, institution_code: str, campaign_code: str, do_apply: bool, as_json: bool) -> None:
    """Read a workbook and plan what it would do; with --apply, do it."""
    with refusing(as_json):
        with transaction.reading():
            scope = operators.in_campaign(institution_code, campaign_code)
        with transaction.writing():
            roster_id = taking.receive(scope, file.name, file.read_bytes())
            answer = taking.apply(scope, roster_id) if do_apply else None
            view = rosters.roster(scope, roster_id)
    assert view is not None
    if isinstance(answer, RosterRefusal):
        refuse(answer, f"The roster was not applied: {answer}.", as_json)
    counts = {name: getattr(view, name) for name in ("new", "changed", "same", "absent", "problems")}
    say({"roster": roster_id, **counts, "applied": answer is not None}, as_json)


@click.command("progress")
@click.option("--campaign", "campaign_code", required=True)
@click.option("--institution", "institution_code")
@as_json
@at_now
def show_progress(campaign_code: str, institution_code: str | None, as_json: bool) -> None:
    """How far a campaign is, as a whole or at one institution."""
    with refusing(as_json), transaction.reading():
        if institution_code:
            scope = operators.in_campaign(institution_code, campaign_code)
            view = campaigns.campaign(scope)
            found = progress.institution_progress(scope, view)
        else:
            everywhere, view = _agency_campaign(campaign_code)
            found = total_of(row.progress for row in progress.agency_progress(everywhere, view))
        say(_numbers(found) | {"deadline": view.deadline.on.isoformat(), "safe_day": view.safe_day.isoformat()}, as_json)


def _agency_campaign(code: str) -> tuple[AgencyScope, campaigns.CampaignView]:
    view = campaigns.agency_campaign(operators.everything(), code)
    if view is None:
        raise operators.Unknown(f"no campaign has the code {code}")
    return operators.agency(view.agency_code), view


def _numbers(found: Progress) -> dict[str, Any]:
    names = ("total", "in_scope", "excluded", "declared", "granted", "in_use", "done", "left", "percent")
    return {name: getattr(found, name) for name in names}


@click.command("record")
@click.argument("event", type=click.Choice([event.value for event in Event]))
@click.option("--campaign", "campaign_code", required=True)
@click.option("--institution", "institution_code", required=True)
@click.option("--person", "key", required=True, help="Any of the person's numbers.")
@click.option("--on", type=DateOption(), help="The day it happened, by default today.")
@click.option("--reason")
@as_json
@at_now
def record(event: str, campaign_code: str, institution_code: str, key: str, on: date | None, reason: str | None, as_json: bool) -> None:
    """Record what has happened to one person's registration."""
    with refusing(as_json), transaction.writing():
        scope = operators.in_campaign(institution_code, campaign_code)
        view = campaigns.campaign(scope)
        found = people.numbered(scope, key)
        if len(found) != 1:
            why = "several-people" if found else "unknown-person"
            refuse(why, f"{len(found)} people of this institution have this number.", as_json)
        answer = registrations.record(scope, found[0], Event(event), on or clock.today(), reason=reason)
        if not isinstance(answer, registrations.Recorded):
            why = answer.why if isinstance(answer, registrations.Refused) else "changed-meanwhile"
            refuse(why, _sentence(why), as_json)
        standing = standing_of(view.procedure, view.goal, answer.facts, view.today())
    say({"state": answer.facts.state, "standing": standing, "done": standing is Standing.DONE}, as_json)


def _sentence(why: str) -> str:
    with force_locale("en"):
        return str(REFUSALS[Refusal(why)]) if why in set(Refusal) else "Not recorded: somebody else recorded something at the same time."


@click.command("export")
@click.option("--campaign", "campaign_code", required=True)
@click.option("--institution", "institution_code")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@at_now
def export(campaign_code: str, institution_code: str | None, out: Path) -> None:
    """Write the institution's workbook, or the agency's progress workbook, to a file."""
    with refusing(), transaction.writing():
        if institution_code:
            scope = operators.in_campaign(institution_code, campaign_code)
            content = institution_export.workbook(books.institution_book(scope, campaigns.campaign(scope)))
        else:
            content = agency_export.workbook(books.agency_book(*_agency_campaign(campaign_code)))
    out.write_bytes(content)
    click.echo(f"{out} written")


@click.command("demo")
@click.option("--institutions", type=click.IntRange(1), default=None, help="How many institutions with people.")
@click.option("--people", type=click.IntRange(1), default=None, help="How many people in each.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--if-empty", is_flag=True, help="Do nothing where there is data already.")
@at_now
def fill_demo(institutions: int | None, people: int | None, seed: int, if_empty: bool) -> None:
    """Fill an empty database with people who do not exist."""
    with refusing(), transaction.reading():
        empty = operators.is_empty()
    if empty:
        with transaction.writing():
            demo.fill(institutions, people, seed)
    elif not if_empty:
        refuse("not-empty", "The database is not empty: the demo is only for a new one.", False)
    with transaction.reading():
        for line in demo.sign_ins():
            click.echo(line)


@click.command("create-admin")
@click.option("--email", prompt=True)
@click.option("--name", prompt=True)
@click.password_option(help="At least ten characters; asked for when not given.")
def create_admin(email: str, name: str, password: str) -> None:
    """Make the first user of an installation, or one more admin."""
    with refusing(), transaction.writing():
        answer = users.create_admin(email, name, password)
        if isinstance(answer, PasswordRefusal):
            refuse(answer, f"The password will not do: {answer}.", False)
    click.echo(f"{email} is an admin now")


@click.command("rebuild-keys")
def rebuild_keys() -> None:
    """Make all sort and search keys anew, after an update of ICU."""
    with refusing(), transaction.writing():
        click.echo(f"{keys.rebuild()} keys made anew")
