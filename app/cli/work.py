"""Commands of the daily work: take a roster in, record, count, export."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup, with_appcontext
from flask_babel import force_locale

from app import books, clock, transaction
from app.cli.answers import DateOption, as_json, at_now, refuse, refusing, say, telling
from app.domain.next_steps import paper_is_owed
from app.domain.progress import Progress, total_of
from app.domain.registration import Details, Event, Proof, Refusal, Way
from app.domain.scope import AgencyScope, CampaignScope
from app.domain.standing import Standing
from app.exports import agency as agency_export
from app.exports import institution as institution_export
from app.queries import campaigns, evidence, guardians, operators, people, progress, rosters
from app.queries.guardians import next_for
from app.services import registrations, roster_steps, undoing
from app.services import rosters as taking
from app.services.rosters import RosterRefusal
from app.web.roster_words import REFUSALS as UNDOING
from app.web.words import REFUSALS
from imports import judge

roster = AppGroup("roster", help="Lists of people.")


@roster.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--institution", "institution_code", required=True)
@click.option("--campaign", "campaign_code", required=True)
@click.option("--apply", "do_apply", is_flag=True, help="Let the good rows in at once.")
@click.option("--confirm", is_flag=True, help="It is the right file, even if it looks like another institution's or came before.")
@as_json
@at_now
def import_roster(file: Path, institution_code: str, campaign_code: str, do_apply: bool, confirm: bool, as_json: bool) -> None:
    """Read a workbook and plan what it would do; with --apply, do it."""
    with refusing(as_json):
        with transaction.reading():
            scope = operators.in_campaign(institution_code, campaign_code)
        with transaction.writing(), telling() as tell:
            roster_id = taking.receive(scope, file.name, file.read_bytes(), tell)
            if confirm:
                roster_steps.confirm(scope, roster_id)
            answer = taking.apply(scope, roster_id, tell=tell) if do_apply else None
            view = rosters.roster(scope, roster_id)
    assert view is not None
    if answer is RosterRefusal.UNCONFIRMED:
        why = ", ".join(doubt.code for doubt in view.doubts)
        refuse(
            answer, f"Roster {roster_id} waits for its review and was not applied: {why}. If it is the right file, add --confirm.", as_json
        )
    if isinstance(answer, RosterRefusal):
        refuse(answer, f"The roster was not applied: {answer}.", as_json)
    counts = {name: getattr(view, name) for name in ("new", "changed", "moved", "same", "waiting", "absent", "problems")}
    counts["questions"] = len(view.understood.questions)
    say({"roster": roster_id, **counts, "applied": answer is not None}, as_json)


@roster.command("undo")
@click.argument("roster_id", metavar="ROSTER", type=int)
@click.option("--institution", "institution_code", required=True)
@click.option("--campaign", "campaign_code", required=True)
@click.option("--dry-run", is_flag=True, help="Only say what would go, return and stay.")
@as_json
@at_now
def undo_roster(roster_id: int, institution_code: str, campaign_code: str, dry_run: bool, as_json: bool) -> None:
    """Undo an applied roster as a whole; what was changed or recorded since is kept and named by the people's ids."""
    with refusing(as_json), transaction.writing():
        scope = operators.in_campaign(institution_code, campaign_code)
        answer = (undoing.foreseen if dry_run else undoing.undo)(scope, roster_id)
        if isinstance(answer, RosterRefusal):
            with force_locale("en"):
                refuse(answer, str(UNDOING.get(answer, f"The roster was not undone: {answer}.")), as_json)
    kept = [{"person": one.person_id, "why": one.why, "field": one.field, "roster": one.roster_id} for one in answer.kept]
    counts = {"people": answer.people, "registrations": answer.registrations, "restored": answer.restored, "kept": len(kept)}
    say({"roster": roster_id, "undone": not dry_run, **counts, **({"names": kept} if as_json else {})}, as_json)


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
@click.option("--person", "key", help="Any of the person's numbers.")
@click.option("--guardian", "phone", help="A guardian's phone, instead of --person.")
@click.option("--on", type=DateOption(), help="The day it happened, by default today.")
@click.option("--reason")
@click.option("--file-number", help="The portal's number (declared).")
@click.option("--office", help="Code of the receiving office (declared), by default the campaign's.")
@click.option("--way", type=click.Choice([way.value for way in Way]), help="How the form comes in (declared, handed-in).")
@click.option("--proof", type=click.Choice([proof.value for proof in Proof]), help="How it is known (granted, signed-in).")
@as_json
@at_now
def record(
    event: str, campaign_code: str, institution_code: str, key: str | None, phone: str | None, on: date | None, as_json: bool, **said: Any
) -> None:
    """Record what has happened to one person's registration, or a guardian's."""
    with refusing(as_json), transaction.writing():
        scope = operators.in_campaign(institution_code, campaign_code)
        who = _one_person(scope, key, phone, as_json)
        reason = said.pop("reason")
        answer = registrations.record(
            scope, who, Event(event), on or clock.today(), reason=reason, details=_details(scope, Event(event), **said)
        )
        if not isinstance(answer, registrations.Recorded):
            why = answer.why if isinstance(answer, registrations.Refused) else "changed-meanwhile"
            refuse(why, _sentence(why), as_json)
        seen = people.person(scope, campaigns.campaign(scope), who)
    assert seen is not None
    say({"state": seen.facts.state, "standing": seen.standing, "done": seen.standing is Standing.DONE}, as_json)


def _one_person(scope: CampaignScope, key: str | None, phone: str | None, as_json: bool) -> int:
    if (key is None) == (phone is None):
        raise click.UsageError("give either --person or --guardian")
    found = people.numbered(scope, key) if key is not None else guardians.with_phone(scope, str(judge("phone", phone or "")[0] or phone))
    if len(found) != 1:
        why = f"several-{'people' if key else 'guardians'}" if found else f"unknown-{'person' if key else 'guardian'}"
        refuse(why, f"{len(found)} {'people' if key else 'guardians'} of this institution have this number.", as_json)
    return found[0]


def _details(
    scope: CampaignScope, event: Event, file_number: str | None, office: str | None, way: str | None, proof: str | None
) -> Details:
    if event is Event.DECLARED:
        office = office or campaigns.campaign(scope).receiving_code
    return Details(file_number, office, Way(way) if way else None, Proof(proof) if proof else None)


@click.command("standing")
@with_appcontext
@click.option("--campaign", "campaign_code", required=True)
@click.option("--institution", "institution_code", required=True)
@click.option("--person", "key", required=True, help="Any of the person's numbers.")
@as_json
@at_now
def show_standing(campaign_code: str, institution_code: str, key: str, as_json: bool) -> None:
    """How one person's registration stands, and what comes next."""
    with refusing(as_json), transaction.reading():
        scope = operators.in_campaign(institution_code, campaign_code)
        view = campaigns.campaign(scope)
        seen = people.person(scope, view, _one_person(scope, key, None, as_json))
        assert seen is not None
        papers = evidence.checklist_of(scope, view, seen)
    awaited = next_for(view.procedure, seen)
    due = seen.facts.paper_due_on
    say(
        {
            "state": seen.facts.state,
            "standing": seen.standing,
            "track": seen.track,
            "done": seen.standing is Standing.DONE,
            "attempt": seen.facts.attempt,
            "paper_due_on": due.isoformat() if due else None,
            "paper_owed": paper_is_owed(view.procedure, seen.facts),
            "next_step": awaited.event,
            "next_step_by": awaited.by,
            "checklist": {item.value: status.value for item, status in papers.items()},
        },
        as_json,
    )


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
