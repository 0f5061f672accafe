"""Commands about reminders: what goes out on a day."""

from __future__ import annotations

from datetime import date

import click
import orjson
from flask import current_app
from flask.cli import AppGroup

from app import transaction
from app.cli.answers import DateOption, as_json, at_now, refuse, refusing
from app.domain.deadlines import EARLIEST, LATEST, is_plausible
from app.domain.ladder import Anchor, Measure, Rung
from app.queries import campaigns, forecast, operators
from app.queries.forecast import Forecast
from app.queries.where import EVERYWHERE, Where

nudges = AppGroup("nudges", help="Reminders.")
_LETTERS = {Measure.DAYS: "", Measure.WORKDAYS: " working days", Measure.MONTHS: " months"}


@nudges.command("preview")
@click.option("--campaign", "campaign_code", required=True)
@click.option("--institution", "institution_code", help="Only this institution's.")
@click.option("--on", "day", type=DateOption(), required=True, help="The day, e.g. 2026-12-23.")
@as_json
@at_now
def preview(campaign_code: str, institution_code: str | None, day: date, as_json: bool) -> None:
    """What goes out on a day: by rung, receiver and channel, and who is left out and why."""
    if not is_plausible(day, day):
        refuse("odd-day", f"{day.isoformat()} is no day of a campaign: it lies between {EARLIEST.year} and {LATEST.year}.", as_json)
    with refusing(as_json), transaction.reading():
        view = campaigns.agency_campaign(operators.everything(), campaign_code)
        if view is None:
            raise operators.Unknown(f"no campaign has the code {campaign_code}")
        where = Where(operators.in_campaign(institution_code, campaign_code).institution_id) if institution_code else EVERYWHERE
        found = forecast.forecast(view, current_app.config["WAYS"], day, where)
    click.echo(orjson.dumps(_as_json(found)).decode() if as_json else _as_text(found))


def _as_json(found: Forecast) -> dict[str, object]:
    return {
        "on": found.on.isoformat(),
        "quiet": found.is_quiet,
        "paused": found.is_paused,
        "messages": found.messages,
        "lines": [
            {
                "rung": name_of(line.rung),
                "rung_id": line.rung and line.rung.id,
                "receiver": line.receiver,
                "channel": line.channel,
                "messages": line.messages,
                "people": line.people,
            }
            for line in found.lines
        ],
        "left_out": [
            {"rung": name_of(it.rung), "rung_id": it.rung and it.rung.id, "why": it.why, "receivers": it.receivers} for it in found.left_out
        ],
    }


def _as_text(found: Forecast) -> str:
    lines = [f"{found.on.isoformat()}: {found.messages} messages" + (" (a quiet day)" if found.is_quiet else "")]
    lines += [
        f"  {name_of(line.rung)}: {line.messages} to {line.receiver} by {line.channel} ({line.people} people)" for line in found.lines
    ]
    lines += [f"  {name_of(it.rung)}: {it.receivers} left out, {it.why}" for it in found.left_out]
    return "\n".join(lines)


def name_of(rung: Rung | None) -> str:
    """ "D-7", "declared+5", "weekday-1"; what was sent by hand when no rung was left is "by-hand"."""
    if rung is None:
        return "by-hand"
    if rung.anchor is Anchor.WEEKDAY:
        return f"weekday-{rung.distance}"
    start = "D" if rung.anchor is Anchor.DEADLINE else rung.anchor.value
    return f"{start}{rung.distance:+d}{_LETTERS[rung.measure]}"
