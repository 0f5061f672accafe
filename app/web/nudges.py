"""Reminders seen beforehand: what goes out on a day, who is left out and why, sample texts; and the people whom no message can reach."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from app import clock
from app.domain.access import Action
from app.domain.ladder import ADDRESSED, Channel, Receiver, Rung
from app.domain.nudge import Why
from app.domain.scope import CampaignScope
from app.queries import campaigns, forecast, ladders, nudge_health, places, samples, unreachable
from app.queries.campaigns import CampaignView
from app.queries.forecast import Forecast, LeftOut, Line
from app.queries.ladders import LadderView
from app.queries.where import Where
from app.services import trials
from app.texts import render
from app.texts.short import parts
from app.texts.speech import Digest, Said, Speech, Wording
from app.web import gate, nudge_filtering, nudge_words
from app.web.ids import an_id
from app.web.nudge_ledger import place_of
from app.web.render import respond

pages = Blueprint("nudges", __name__)

NUDGES = "/institutions/<institution_code>/campaigns/<campaign_code>/nudges"
PAUSED = {Why.PAUSED_UNIT, Why.PAUSED_PERSON}
FARTHEST = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Sample:
    """What one receiver would be told; `parts` is how many an SMS of it takes."""

    name: str
    channel: Channel | None
    said: Said
    parts: int


@dataclass(frozen=True, slots=True)
class MessageLine:
    """Messages of one kind, and where they are listed: None where they are in no list yet."""

    line: Line
    href: str | None


@dataclass(frozen=True, slots=True)
class OutLine:
    """Receivers who are left out, and where they are listed: None where they are in no list yet."""

    left_out: LeftOut
    href: str | None


@pages.get(NUDGES)
@gate.in_campaign(Action.SEE_NUDGES)
def show_nudges(scope: CampaignScope) -> Response:
    campaign = campaigns.campaign(scope)
    ladder, on = ladders.ladder(campaign.id), asked_day()
    comes = forecast.forecast(campaign, ways(), on, _where(scope))
    return respond(
        "nudges/page.html",
        campaign=campaign,
        place=place_of(),
        ladder=ladder,
        forecast=comes,
        next_day=next_day(campaign, ladder, on),
        ladder_href=url_for("ladders.show_ladder", **place_of()),
        **days(on, lambda **day: url_for("nudges.show_nudges", **place_of(), **day)),
        lines=_lines(comes),
        left_out=_left_out(comes),
        sampled=rungs_in(comes),
        trying_out=current_app.config["TRYING_OUT"],
        troubles=nudge_health.troubles(),
        silent=nudge_health.silent_days(scope, clock.now()),
        unknown=nudge_health.unknown(scope),
        may_send=scope.may(Action.SEND_NUDGES),
        said=nudge_words,
    )


@pages.get(f"{NUDGES}/samples")
@gate.in_campaign(Action.SEE_NUDGES)
def show_samples(scope: CampaignScope) -> Response:
    """What the first few of a rung's messages of a day would say."""
    campaign, on, rung_id = campaigns.campaign(scope), asked_day(), request.args.get("rung", type=an_id)
    comes = samples.samples(campaign, ways(), on, rung_id, _where(scope)) if rung_id is not None else []
    rung = next((rung for rung in ladders.ladder(campaign.id).rungs if rung.id == rung_id), None)
    return respond(
        "nudges/samples.html",
        "nudges/_samples.html",
        campaign=campaign,
        place=place_of(),
        on=on,
        rung=rung,
        samples=[sample_of(speech, wording, channel) for speech, wording, channel in comes],
        said=nudge_words,
    )


@pages.get(f"{NUDGES}/unreachable")
@gate.in_campaign(Action.SEE_NUDGES)
def list_unreachable(scope: CampaignScope) -> Response:
    campaign, named = campaigns.campaign(scope), request.args.get("why", "")
    why = Why(named) if named in set(unreachable.WHYS) else None
    unit, after = nudge_filtering.a_unit(request.args.get("unit", "")), request.args.get("after", type=an_id)
    return respond(
        "nudges/unreachable.html",
        "nudges/_unreachable.html",
        campaign=campaign,
        place=place_of(),
        why=why,
        unit=unit,
        arguments={name: value for name, value in (("why", why and why.value), ("unit", request.args.get("unit"))) if value},
        units=places.units(scope.within),
        listed=unreachable.unreachable_page(scope, campaign, ways(), why=why, unit=unit, after=after),
        whys=unreachable.WHYS,
        first=after is not None,
        may_edit=scope.may(Action.EDIT_PEOPLE),
        said=nudge_words,
    )


@pages.get(f"{NUDGES}/trial")
@gate.in_campaign(Action.SEE_NUDGES)
def show_trial(_scope: CampaignScope) -> Answer:
    """Where the address that takes a trial is opened by itself."""
    return _to_nudges()


@pages.post(f"{NUDGES}/trial")
@gate.in_campaign(Action.SEND_NUDGES)
def create_trial(scope: CampaignScope) -> Answer:
    named = request.form.get("receiver", "")
    receiver = Receiver(named) if named in ADDRESSED else Receiver.PERSON
    refused = trials.send_trial(scope, receiver)
    if refused:
        flash(str(nudge_words.TRIAL_REFUSALS[refused]), "warn")
    else:
        flash(gettext("A trial message goes to your own e-mail address within minutes."), "good")
    return _to_nudges()


def ways() -> frozenset[Channel]:
    """The channels that have been set up."""
    found: frozenset[Channel] = current_app.config["WAYS"]
    return found


def sample_of(speech: Speech | Digest, wording: Wording | None, channel: Channel | None = None) -> Sample:
    said = render.said(speech, wording)
    return Sample(speech.name, channel, said, parts(said.short))


def _where(scope: CampaignScope) -> Where:
    return Where(scope.institution_id, scope.unit_ids)


def asked_day() -> date:
    """The day that is asked for, tomorrow if none is; nothing is planned for years to come."""
    today = clock.today()
    asked = nudge_filtering.a_day(request.args.get("on", ""))
    return asked if asked and abs(asked - today) <= FARTHEST else today + timedelta(days=1)


def days(on: date, address: Callable[..., str]) -> dict[str, Any]:
    """What a page of one day needs to lead to others."""
    return {"on": on, "before": on - timedelta(days=1), "after": on + timedelta(days=1), "address": address}


def next_day(campaign: CampaignView, ladder: LadderView, on: date) -> date | None:
    """The next day after a quiet one on which messages go; None on a day that is not quiet."""
    is_quiet = ladders.course(campaign, ladder).is_quiet
    later = (on + timedelta(days=ahead) for ahead in range(1, 60))
    return next(day for day in later if not is_quiet(day)) if is_quiet(on) else None


def rungs_in(comes: Forecast) -> list[Rung]:
    """The rungs that something goes out by, each once."""
    return list({line.rung.id: line.rung for line in comes.lines if line.rung}.values())


def _lines(comes: Forecast) -> list[MessageLine]:
    return [MessageLine(line, _messages_of(line, comes)) for line in comes.lines]


def _messages_of(line: Line, comes: Forecast) -> str | None:
    """What was planned or sent is in the ledger from the day itself on."""
    if comes.on > clock.today():
        return None
    return _ledger(comes, rung=nudge_filtering.rung_argument(line.rung), receiver=line.receiver.value, channel=line.channel.value)


def _ledger(comes: Forecast, **more: Any) -> str:
    return url_for("nudge_ledger.list_nudges", **place_of(), on=comes.on.isoformat(), **more)


def _left_out(comes: Forecast) -> list[OutLine]:
    return [OutLine(one, _list_of(one, comes)) for one in comes.left_out]


def _list_of(one: LeftOut, comes: Forecast) -> str | None:
    if comes.on <= clock.today():
        return url_for(
            "nudge_ledger.list_nudges",
            **place_of(),
            on=comes.on.isoformat(),
            rung=nudge_filtering.rung_argument(one.rung),
            why=one.why.value,
        )
    if one.why in unreachable.WHYS and one.rung and one.rung.receivers & ADDRESSED:
        return url_for("nudges.list_unreachable", **place_of(), why=one.why.value)
    return url_for("pauses.list_pauses", **place_of()) if one.why in PAUSED else None


def _to_nudges() -> Answer:
    return redirect(url_for("nudges.show_nudges", **place_of()), 303)


def first_said(speeches: Iterable[Speech | None]) -> Sample | None:
    """Of several people the first to whom there is something to say."""
    return next((sample_of(speech, None) for speech in speeches if speech is not None), None)


@pages.app_context_processor
def _words() -> dict[str, Any]:
    """For the fragment that the page of a person includes."""
    return {"nudge_words": nudge_words}
