"""Commands that set a database up: agencies, institutions, campaigns, the first admin, the demo."""

from __future__ import annotations

from datetime import date
from typing import Any

import click
from email_validator import EmailNotValidError, validate_email
from flask.cli import AppGroup, with_appcontext
from flask_babel import force_locale

from app import demo, transaction
from app.cli.answers import DateOption, as_json, at_now, refuse, refusing, say
from app.domain.procedure import PROCEDURES
from app.domain.standing import Goal
from app.domain.track import GUARDIAN_BELOW
from app.queries import operators
from app.services import campaigns as calling
from app.services import keys, places, users
from app.services.campaigns import CampaignDraft, CampaignRefusal
from app.services.passwords import PasswordRefusal
from app.services.places import PlaceRefusal
from app.web.words import PASSWORD_REFUSALS

_WHY: dict[PlaceRefusal | CampaignRefusal, str] = {
    PlaceRefusal.CODE_TAKEN: "this code is in use already",
    PlaceRefusal.CODE_MALFORMED: "a code is made of letters, digits, dots, dashes and underscores, 40 at most",
    PlaceRefusal.UNKNOWN_AGENCY: "no agency has the code given",
    PlaceRefusal.NAME_MISSING: "a name is needed, of 200 letters at most",
    CampaignRefusal.CODE_TAKEN: "this code is in use already",
    CampaignRefusal.CODE_MALFORMED: "a code is made of letters, digits, dots, dashes and underscores, 40 at most",
    CampaignRefusal.UNKNOWN_AGENCY: "no agency has the code given",
    CampaignRefusal.ENDS_BEFORE_START: "the deadline lies before the start",
    CampaignRefusal.ODD_DATES: "a campaign lies between 2015 and 2100 and lasts five years at most",
}

agency = AppGroup("agency", help="Social-insurance offices.")
institution = AppGroup("institution", help="Schools, universities, employers.")
campaign = AppGroup("campaign", help="An agency's calls.")


@agency.command("add")
@click.argument("code")
@click.argument("name")
@click.option("--parent", help="Code of the agency above.")
def add_agency(code: str, name: str, parent: str | None) -> None:
    """Add an agency, below --parent or as a root of the tree."""
    with refusing(), transaction.writing():
        refused = places.add_agency(operators.agency(parent), parent, code, name) if parent else places.add_root_agency(code, name)
        if refused:
            refuse(refused, f"Agency {code} was not added: {_WHY[refused]}.", False)
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
            refuse(refused, f"Institution {code} was not added: {_WHY[refused]}.", False)
    click.echo(f"institution {code} added")


@campaign.command("add")
@click.argument("code")
@click.option("--agency", "agency_code", required=True, help="Code of the agency that calls.")
@click.option("--deadline", type=DateOption(), required=True)
@click.option("--included", is_flag=True, help="The deadline's day still counts (đến hết ngày); without: strictly before (trước ngày).")
@click.option("--starts", type=DateOption(), help="First day, by default today.")
@click.option("--goal", type=click.Choice([goal.value for goal in Goal]), default=Goal.GRANTED.value, show_default=True)
@click.option("--procedure", type=click.Choice(list(PROCEDURES)), default="paper-2021", show_default=True)
@click.option("--paper-days", type=click.IntRange(1, 60), help="Days from declaring until the signed form must be handed in.")
@click.option("--guardian-below", type=click.IntRange(0, 18), default=GUARDIAN_BELOW, show_default=True, help="Age; 0 for nobody.")
@click.option("--ages-on", type=DateOption(), help="Day on which ages are taken, by default each day itself.")
@click.option("--keep-images", is_flag=True, help="Images of papers may be kept, encrypted; without, papers are only noted as seen.")
@click.option("--dispatch", "dispatch_number", default="", help="Number of the letter.")
@as_json
@at_now
def add_campaign(
    code: str, agency_code: str, deadline: date, included: bool, starts: date | None, goal: str, as_json: bool, **given: Any
) -> None:
    """Add a campaign that takes in the agency's institutions, as they are now and later."""
    draft = CampaignDraft(deadline, included, starts_on=starts, goal=Goal(goal), **given)
    with refusing(as_json), transaction.writing():
        refused = calling.create(operators.everything(), agency_code, code, draft, takes_all=True)
        if refused:
            refuse(refused, f"Campaign {code} was not added: {_WHY[refused]}.", as_json)
    if as_json:
        say({"campaign": code, "added": True}, as_json)
    else:
        click.echo(f"campaign {code} added")


@click.command("demo")
@with_appcontext
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


def _address(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False).normalized
    except EmailNotValidError as invalid:
        raise click.BadParameter(str(invalid)) from None


@click.command("create-admin")
@with_appcontext
@click.option("--email", prompt=True, callback=_address)
@click.option("--name", prompt=True)
@click.password_option(help="At least ten characters; asked for when not given.")
def create_admin(email: str, name: str, password: str) -> None:
    """Make the first user of an installation, or one more admin."""
    with refusing(), transaction.writing():
        answer = users.create_admin(email, name, password)
        if isinstance(answer, PasswordRefusal):
            with force_locale("en"):
                refuse(answer, str(PASSWORD_REFUSALS[answer]), False)
    click.echo(f"{email} is an admin now, with the password given")


@click.command("rebuild-keys")
@with_appcontext
def rebuild_keys() -> None:
    """Make all sort and search keys anew, after an update of ICU."""
    with refusing(), transaction.writing():
        click.echo(f"{keys.rebuild()} keys made anew")
