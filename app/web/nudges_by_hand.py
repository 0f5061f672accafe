"""Reminding chosen people now: first what it would come to, then, with one more press, the messages themselves."""

from __future__ import annotations

from itertools import islice

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as Answer

from app.domain.access import Action
from app.domain.scope import CampaignScope
from app.queries import campaigns, forecast, people
from app.services import hand_sending
from app.services.hand_sending import HandSent
from app.web import filtering, gate, nudge_words
from app.web.ids import an_id
from app.web.nudge_ledger import place_of
from app.web.nudges import first_said, ways
from app.web.people_list import show_list
from app.web.render import respond, wants_fragment

pages = Blueprint("nudges_by_hand", __name__)

BY_HAND = "/institutions/<institution_code>/campaigns/<campaign_code>/nudges/by-hand"
LOOKED_AT = 5  # of so many chosen people one probably has something to be told


@pages.get(BY_HAND)
@pages.get(f"{BY_HAND}/preview")
@gate.in_campaign(Action.SEE_NUDGES)
def list_by_hand(_scope: CampaignScope) -> Answer:
    """Where a page that a selection answered is loaded again: the list it was made from."""
    return redirect(url_for("people.list_people", **place_of(), **filtering.arguments(filtering.parse(request.args))))


@pages.post(f"{BY_HAND}/preview")
@gate.in_campaign(Action.SEND_NUDGES)
def preview_by_hand(scope: CampaignScope) -> Response:
    """What it would come to. Nothing is written; it is a POST because the people are chosen in a form."""
    chosen = _chosen(scope)
    if isinstance(chosen, str):
        return show_list(scope, 422, problem=chosen)
    campaign = campaigns.campaign(scope)
    response = respond(
        "nudges/by_hand.html",
        "nudges/_by_hand.html",
        campaign=campaign,
        place=place_of(),
        arguments=filtering.arguments(filtering.parse(request.args)),
        chosen=chosen,
        everyone=request.form.get("everyone", type=an_id),
        outcome=hand_sending.by_hand(scope, chosen, ways(), dry_run=True),
        sample=first_said(forecast.speech_for(scope, campaign, person_id) for person_id in islice(chosen, LOOKED_AT)),
        trying_out=current_app.config["TRYING_OUT"],
        said=nudge_words,
    )
    if wants_fragment():  # the list's form asks for its own table; this is a page of its own
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#main", "innerHTML show:window:top"
    return response


@pages.post(BY_HAND)
@gate.in_campaign(Action.SEND_NUDGES)
def create_by_hand(scope: CampaignScope) -> Response | Answer:
    chosen = _chosen(scope)
    if isinstance(chosen, str):
        return show_list(scope, 422, problem=chosen)
    outcome = hand_sending.by_hand(scope, chosen, ways(), dry_run=False)
    _tell(outcome)
    return redirect(url_for("nudge_ledger.list_nudges", **place_of()), 303)


def _tell(outcome: HandSent) -> None:
    """What it came to, on the page that follows."""
    if outcome.messages:
        said = ngettext("%(num)s message is on its way.", "%(num)s messages are on their way.", outcome.messages)
        if current_app.config["TRYING_OUT"]:
            said = ngettext(
                "%(num)s message goes to the server's console, to nobody.",
                "%(num)s messages go to the server's console, to nobody.",
                outcome.messages,
            )
        flash(said, "info" if current_app.config["TRYING_OUT"] else "good")
    if outcome.left_out:
        whys = "; ".join(f"{count} {nudge_words.WHYS[why]}" for why, count in outcome.left_out.items())
        flash(gettext("No message for: %(whys)s.", whys=whys), "warn")


def _chosen(scope: CampaignScope) -> list[int] | str:
    """Whom the form means: those ticked, or everybody whom the filter means; else what is wrong."""
    expected = request.form.get("everyone", type=an_id)
    if expected is None:
        ticked = request.form.getlist("person", type=an_id)
        return ticked or str(gettext("Nothing was sent: tick the people who are to be reminded first."))
    found = people.ids(scope, campaigns.campaign(scope), filtering.parse(request.args))
    if len(found) == expected:
        return found
    said = gettext(
        "Nothing was sent: the filter meant %(before)s people a moment ago, now it means %(now)s. Look again, then repeat.",
        before=expected,
        now=len(found),
    )
    return str(said)
