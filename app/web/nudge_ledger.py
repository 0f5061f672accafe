"""The ledger of reminders: every message of the campaign in lists, and each with its text and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from flask_babel import gettext
from flask_babel.speaklater import LazyString

from app.domain import addresses
from app.domain.access import Action
from app.domain.ladder import Channel, Receiver, Rung
from app.domain.nudge import Status, Why
from app.domain.scope import CampaignScope
from app.queries import campaigns, forecast, ladders, nudges, places
from app.queries.campaigns import CampaignView
from app.queries.nudges import NudgeFilter, NudgeView
from app.texts import render
from app.texts.speech import Said
from app.web import gate, nudge_filtering, nudge_words
from app.web.ids import an_id
from app.web.render import respond

pages = Blueprint("nudge_ledger", __name__)

LEDGER = "/institutions/<institution_code>/campaigns/<campaign_code>/nudges/ledger"


@dataclass(frozen=True, slots=True)
class Chip:
    """A status that one click shows, with how many messages have it."""

    text: str | LazyString
    count: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter's field."""

    value: str
    text: str | LazyString
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the filter."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@pages.get(LEDGER)
@gate.in_campaign(Action.SEE_NUDGES)
def list_nudges(scope: CampaignScope) -> Response:
    wanted, after = nudge_filtering.parse(request.args), request.args.get("after", type=an_id)
    units = {unit.id: unit.name for unit in places.units(scope.within)}
    rungs = {rung.id: rung for rung in nudges.rungs_of(scope)}
    counts = nudges.counted(scope, replace(wanted, status=None))
    arguments, listed = nudge_filtering.arguments(wanted), nudges.nudges_page(scope, wanted, after)
    return respond(
        "nudges/list.html",
        "nudges/_table.html",
        campaign=campaigns.campaign(scope),
        place=place_of(),
        wanted=wanted,
        arguments=arguments,
        listed=listed,
        matching=counts[wanted.status] if wanted.status else sum(counts.values()),
        described=nudge_filtering.described(wanted, units, rungs),
        chips=_chips(wanted, counts),
        fields=_fields(wanted, units, rungs),
        first=after is not None,
        may_export=scope.may(Action.EXPORT),
        said=nudge_words,
    )


@pages.get(f"{LEDGER}/<int:nudge_id>")
@gate.in_campaign(Action.SEE_NUDGES)
def show_nudge(scope: CampaignScope, nudge_id: int) -> Response:
    nudge, campaign = nudges.nudge(scope, nudge_id) or abort(404), campaigns.campaign(scope)
    return respond(
        "nudges/message.html",
        campaign=campaign,
        place=place_of(),
        nudge=nudge,
        masked=addresses.masked(nudge.address) if nudge.address else None,
        sample=_would_say(scope, campaign, nudge),
        said=nudge_words,
    )


def place_of() -> dict[str, Any]:
    """The codes of the place that this request is at."""
    return {name: (request.view_args or {})[name] for name in ("institution_code", "campaign_code")}


def _would_say(scope: CampaignScope, campaign: CampaignView, nudge: NudgeView) -> Said | None:
    """What a message that waits would say today; what has gone keeps its own text."""
    whom = nudge.about[0].person_id if nudge.about else nudge.person_id
    if nudge.status is not Status.PLANNED or whom is None:
        return None
    speech = forecast.speech_for(scope, campaign, whom)
    wording = ladders.wordings(campaign.id).get(nudge.rung.text_id or 0) if nudge.rung else None
    return render.said(speech, wording) if speech else None


def _chips(wanted: NudgeFilter, counts: Mapping[Status, int]) -> list[Chip]:
    """All, and each status that a message has; with the chosen one even if none does."""
    found: list[tuple[str | LazyString, int, Status | None]] = [(gettext("All"), sum(counts.values()), None)]
    found += [(nudge_words.STATUSES[status][1], counts[status], status) for status in Status if counts[status] or status is wanted.status]
    return [Chip(text, count, _address(replace(wanted, status=status)), status is wanted.status) for text, count, status in found]


def _address(wanted: NudgeFilter) -> str:
    return url_for("nudge_ledger.list_nudges", **place_of(), **nudge_filtering.arguments(wanted))


def _fields(wanted: NudgeFilter, units: Mapping[int, str], rungs: Mapping[int, Rung]) -> list[Field]:
    chosen = nudge_filtering.arguments(wanted)
    named = {"none": gettext("without a class or department")} | {str(number): name for number, name in units.items()}
    steps = {"none": str(nudge_words.BY_HAND)} | {str(number): nudge_words.rung_name(rung) for number, rung in rungs.items()}
    fields: dict[str, tuple[str, Mapping[str, str | LazyString]]] = {
        "rung": (gettext("Rung"), steps),
        "unit": (gettext("Class or department"), named),
        "receiver": (gettext("To whom"), {receiver.value: nudge_words.RECEIVERS[receiver] for receiver in Receiver}),
        "channel": (gettext("Channel"), {channel.value: nudge_words.CHANNELS[channel] for channel in Channel}),
        "why": (gettext("Reason"), {why.value: nudge_words.WHYS[why] for why in Why if why is not Why.NOT_DUE}),
    }
    return [
        Field(name, label, tuple(Choice(value, text, chosen.get(name) == value) for value, text in choices.items()))
        for name, (label, choices) in fields.items()
    ]
