"""Reminders as an office sees them beforehand: what goes out on a day at all its institutions, and what its rungs say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, current_app, request, url_for

from app.domain.access import Action
from app.domain.ladder import DIGESTED, Rung
from app.domain.scope import AgencyScope
from app.queries import campaigns, forecast, ladders, nudge_health, places
from app.queries.campaigns import CampaignView
from app.queries.forecast import Forecast, Place
from app.queries.places import InstitutionView
from app.queries.speeches import calls
from app.queries.where import of_agency
from app.texts.examples import examples
from app.texts.speech import Digest, Speech
from app.web import gate, nudge_words
from app.web.ids import an_id
from app.web.nudges import MessageLine, OutLine, asked_day, days, next_day, rungs_in, sample_of, ways
from app.web.render import respond

pages = Blueprint("agency_nudges", __name__)

NUDGES = "/agencies/<agency_code>/campaigns/<campaign_code>/nudges"


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One institution's messages; None stands for whoever answers for several."""

    institution: InstitutionView | None
    counts: Place


@pages.get(NUDGES)
@gate.at_agency(Action.SEE_NUDGES)
def show_agency_nudges(scope: AgencyScope, campaign_code: str) -> Response:
    """The day, and what holds for all of it. To count a hundred thousand people takes seconds: the page asks for the counts afterwards."""
    campaign, on = _known(scope, campaign_code), asked_day()
    ladder = ladders.ladder(campaign.id)
    return respond(
        "nudges/agency.html",
        ladder=ladder,
        next_day=next_day(campaign, ladder, on),
        trying_out=current_app.config["TRYING_OUT"],
        troubles=nudge_health.troubles(),
        **days(on, lambda **day: url_for("agency_nudges.show_agency_nudges", **_place(scope, campaign), **day)),
        **_frame(scope, campaign),
    )


@pages.get(f"{NUDGES}/counts")
@gate.at_agency(Action.SEE_NUDGES)
def show_agency_counts(scope: AgencyScope, campaign_code: str) -> Response:
    campaign, on = _known(scope, campaign_code), asked_day()
    comes = forecast.forecast(campaign, ways(), on, of_agency(scope, campaign))
    return respond(
        "nudges/agency_counts.html",
        "nudges/_agency_counts.html",
        on=on,
        forecast=comes,
        lines=[MessageLine(line, None) for line in comes.lines],
        left_out=[OutLine(one, None) for one in comes.left_out],
        places=_places(scope, comes),
        sampled=rungs_in(comes),
        ladder_href=url_for("ladders.show_agency_ladder", **_place(scope, campaign)),
        **_frame(scope, campaign),
    )


@pages.get(f"{NUDGES}/samples")
@gate.at_agency(Action.SEE_NUDGES)
def show_agency_samples(scope: AgencyScope, campaign_code: str) -> Response:
    """What a rung's messages say, to invented people: real ones are seen at their institution."""
    campaign, on, rung_id = _known(scope, campaign_code), asked_day(), request.args.get("rung", type=an_id)
    rung = next((rung for rung in ladders.ladder(campaign.id).rungs if rung.id == rung_id), None)
    wording = ladders.wordings(campaign.id).get(rung.text_id or 0) if rung else None
    return respond(
        "nudges/agency_samples.html",
        "nudges/_samples.html",
        on=on,
        rung=rung,
        samples=[sample_of(speech, wording) for speech in _invented(campaign, rung, on)] if rung else [],
        **_frame(scope, campaign),
    )


def _invented(campaign: CampaignView, rung: Rung, on: date) -> Iterator[Speech | Digest]:
    """All who answer for others are told the same counts."""
    for speech in examples(calls(campaign, [None]).of(None), on):
        if speech.receiver in rung.receivers or (isinstance(speech, Digest) and rung.receivers & DIGESTED):
            yield speech


def _known(scope: AgencyScope, code: str) -> CampaignView:
    return campaigns.agency_campaign(scope, code) or abort(404)


def _place(scope: AgencyScope, campaign: CampaignView) -> dict[str, Any]:
    return {"agency_code": places.agency(scope).code, "campaign_code": campaign.code}


def _frame(scope: AgencyScope, campaign: CampaignView) -> dict[str, Any]:
    return {"campaign": campaign, "place": _place(scope, campaign), "said": nudge_words}


def _places(scope: AgencyScope, comes: Forecast) -> list[PlaceLine]:
    """Those with the most messages first."""
    known = {institution.id: institution for institution in places.institutions(scope)}
    lines = [PlaceLine(known.get(number or 0), counts) for number, counts in comes.places.items()]
    return sorted(lines, key=lambda line: (-line.counts.messages, -line.counts.left_out, line.institution.name if line.institution else ""))
