"""Recording what has happened: for one person, or for many at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app import clock
from app.domain.access import Action
from app.domain.registration import Event, Refusal
from app.domain.scope import CampaignScope
from app.queries import campaigns, people
from app.services import registrations
from app.services.registrations import BulkRecorded, ChangedMeanwhile, Recorded
from app.web import filtering, gate, words
from app.web.filters import day
from app.web.ids import an_id
from app.web.meanwhile import who_was_faster
from app.web.people_list import show_list
from app.web.person_page import EventForm, details_for, show_page

pages = Blueprint("registrations", __name__)

_AT_DATE = {Refusal.IN_FUTURE, Refusal.TOO_LONG_AGO, Refusal.BEFORE_LAST}


@dataclass(frozen=True, slots=True)
class Given:
    """What a bulk was asked for, as typed. `event` and `day` are None where that is none."""

    event: Event | None
    on: str
    reason: str
    day: date | None
    way: str
    proof: str


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/events")
@gate.in_campaign(Action.SEE_PEOPLE)
def list_events(_scope: CampaignScope) -> Answer:
    """Where a page that a bulk answered is loaded again: the list it was made from."""
    return redirect(url_for("people.list_people", **(request.view_args or {}), **filtering.arguments(filtering.parse(request.args))))


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/events")
@gate.in_campaign(Action.RECORD)
def create_events(scope: CampaignScope) -> Response:
    given = _given()
    if given.event is None:
        return show_list(scope, 422, given=given, problem=_("Nothing was recorded: choose what happened."))
    if given.day is None:
        return show_list(scope, 422, given=given, problem=_("Nothing was recorded: give the day on which it happened, like 23/11/2026."))
    chosen = _chosen(scope)
    if isinstance(chosen, str):
        return show_list(scope, 422, given=given, problem=chosen)
    details = details_for(given.event, campaigns.campaign(scope), None, given.way, given.proof)
    bulk = registrations.record_many(scope, chosen, given.event, given.day, reason=given.reason, details=details)
    why = _common_refusal(bulk)
    if why:
        return show_list(scope, 422, given=given, problem=_("Nothing was recorded. %(why)s", why=words.REFUSALS[why]))
    return show_list(scope, given=given, bulk=bulk)


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/bulks/<int:bulk_id>/taking-back")
@gate.in_campaign(Action.RECORD)
def create_taking_back(scope: CampaignScope, bulk_id: int) -> Response:
    """Take back what was recorded for many at once; those who have moved on since keep it, and are named."""
    bulk = registrations.take_back_bulk(scope, bulk_id)
    if bulk is None:
        return show_list(scope, 409, problem=_("Nothing was taken back: this has been taken back already, or it is not yours."))
    return show_list(scope, given=Given(Event.TAKEN_BACK, "", "", clock.today(), "", ""), bulk=bulk)


def _given() -> Given:
    named, on = request.form.get("event", ""), request.form.get("on", "").strip()
    event = Event(named) if named in set(Event) - {Event.TAKEN_BACK} else None
    way, proof = request.form.get("way", ""), request.form.get("proof", "")
    return Given(event, on, request.form.get("reason", ""), _date(on), way, proof)


def _date(text: str) -> date | None:
    """As a browser sends it, or as somebody types it where the browser has no calendar."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _chosen(scope: CampaignScope) -> list[int] | str:
    """Whom the form means: those ticked, or everybody whom the filter means; else what is wrong."""
    expected = request.form.get("everyone", type=an_id)
    if expected is None:
        ticked = request.form.getlist("person", type=an_id)
        return ticked or str(_("Nothing was recorded: tick the people whom it concerns first."))
    found = people.ids(scope, campaigns.campaign(scope), filtering.parse(request.args))
    if len(found) != expected:
        said = _(
            "Nothing was recorded: the filter meant %(before)s people a moment ago, now it means %(now)s. Look again, then repeat.",
            before=expected,
            now=len(found),
        )
        return str(said)
    return found


def _common_refusal(bulk: BulkRecorded) -> Refusal | None:
    """A refusal that is about the form and not about the people: the reason or the date."""
    whys = {one.why for one in bulk.refused}
    only = next(iter(whys)) if len(whys) == 1 and not bulk.recorded else None
    return only if only in {Refusal.REASON_NEEDED, Refusal.IN_FUTURE, Refusal.TOO_LONG_AGO} else None


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/people/<int:person_id>/events")
@gate.in_campaign(Action.SEE_PEOPLE)
def list_person_events(_scope: CampaignScope, person_id: int) -> Answer:
    """Where a page that a refusal answered is loaded again."""
    return redirect(url_for("people.show_person", **(request.view_args or {})))


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/people/<int:person_id>/events")
@gate.in_campaign(Action.RECORD)
def create_event(scope: CampaignScope, person_id: int) -> Response | Answer:
    """One event, by somebody who saw the revision that the form names."""
    form = EventForm()
    if not form.validate():
        return show_page(scope, person_id, 422, form=form)
    event = Event(form.event.data)
    details = form.details(campaigns.campaign(scope))
    answer = registrations.record(
        scope, person_id, event, form.on.data, reason=form.reason.data, details=details, revision=form.revision.data
    )
    match answer:
        case Recorded():
            flash(_recorded(event, form.on.data), "good")
            return redirect(url_for("people.show_person", **(request.view_args or {})), 303)
        case ChangedMeanwhile():
            return show_page(scope, person_id, 409, changed=who_was_faster(answer))
        case None:
            abort(404)
    _put_down(form, answer.why)
    return show_page(scope, person_id, 422, form=form)


def _recorded(event: Event, on: date) -> str:
    if event is Event.TAKEN_BACK:
        return str(_("The last step was taken back."))
    return str(_("Recorded: %(event)s, %(day)s.", event=words.EVENTS[event], day=day(on)))


def _put_down(form: Any, why: Refusal) -> None:
    """The refusal as a message by the field it is about."""
    field = form.reason if why is Refusal.REASON_NEEDED else form.on if why in _AT_DATE else form.event
    field.errors = [*field.errors, words.REFUSALS[why]]
