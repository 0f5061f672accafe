"""Commands of the daily work: take a roster in, record, count, export."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup, with_appcontext
from flask_babel import force_locale

from app import books, clock, transaction
from app.cli.answers import DateOption, as_json, at_now, refuse, refusing, say
from app.domain.progress import Progress, total_of
from app.domain.registration import Event, Refusal
from app.domain.scope import AgencyScope
from app.domain.standing import Standing, standing_of
from app.exports import agency as agency_export
from app.exports import institution as institution_export
from app.queries import campaigns, operators, people, progress, rosters
from app.services import registrations
from app.services import rosters as taking
from app.services.rosters import RosterRefusal
from app.web.words import REFUSALS

roster = AppGroup("roster", help="Lists of people.")


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
@with_appcontext
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
@with_appcontext
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
@with_appcontext
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
    try:
        out.write_bytes(content)
    except OSError as failed:
        refuse("not-written", f"{out} could not be written: {failed.strerror}.", False)
    click.echo(f"{out} written")
