"""Commands for files around a roster: the sender's workbook with its findings marked, and a blank template."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from app import roster_books, transaction
from app.cli.answers import refuse, refusing
from app.exports.roster_template import Who
from app.queries import operators, places

_out = click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)


@click.command("returned")
@with_appcontext
@click.argument("roster_id", metavar="ROSTER", type=click.IntRange(1, 2**31 - 1))
@click.option("--institution", "institution_code", required=True)
@click.option("--campaign", "campaign_code", required=True)
@_out
def return_roster(roster_id: int, institution_code: str, campaign_code: str, out: Path) -> None:
    """Write the workbook of roster number ROSTER to a file, with what was found in it marked."""
    with refusing(), transaction.reading():
        book = roster_books.returned_book(operators.in_campaign(institution_code, campaign_code), roster_id)
    if book is None:
        refuse("file-gone", f"There is no roster {roster_id}, or its file is not kept any more.", False)
    _write(out, book.content)


@click.command("template")
@with_appcontext
@click.option("--institution", "institution_code", required=True)
@click.option("--for", "who", type=click.Choice([who.value for who in Who]), help="Whom it is for, by default what the institution needs.")
@_out
def make_template(institution_code: str, who: str | None, out: Path) -> None:
    """Write a blank roster to fill in, with the institution's own classes or departments to choose from."""
    with refusing(), transaction.reading():
        scope = operators.institution(institution_code)
        content = roster_books.blank_book(scope, Who(who) if who else roster_books.FOR_WHOM[places.institution(scope).kind][0])
    _write(out, content)


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as failed:
        refuse("not-written", f"{out} could not be written: {failed.strerror}.", False)
    click.echo(f"{out} written")
