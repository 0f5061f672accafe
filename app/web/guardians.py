"""Guardians: the list of them with their children, one event for many, and guardians added by hand or taken off a child."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length

from app import clock
from app.domain.access import Action
from app.domain.registration import Event, Refusal
from app.domain.scope import CampaignScope
from app.domain.standing import Standing
from app.domain.track import Part
from app.queries import campaigns, guardians, people
from app.queries.people import PersonView
from app.services import guardians as keeping
from app.services import registrations
from app.services.guardians import GuardianRefusal
from app.services.histories import REASON_LENGTH
from app.services.registrations import BulkRecorded, NotRecorded
from app.web import gate, words
from app.web.contacts import TOO_LONG
from app.web.filters import day
from app.web.guardian_form import GuardianForm
from app.web.ids import an_id
from app.web.person_page import details_for
from app.web.render import respond
from app.web.terms import Date

pages = Blueprint("guardians", __name__)

CHILD_TONES = {
    Standing.DONE: "good",
    **dict.fromkeys((Standing.LAPSED, Standing.TO_FIX), "bad"),
    **dict.fromkeys((Standing.BLOCKED_GUARDIAN, Standing.BLOCKED_CODE, Standing.WAITING_LONG), "warn"),
    **dict.fromkeys((Standing.PAPER_DUE, Standing.WAITING, Standing.TO_SIGN_IN), "info"),
}
NAMED = 5
_ABOUT_FORM = {Refusal.REASON_NEEDED, Refusal.IN_FUTURE, Refusal.TOO_LONG_AGO}


class EventsForm(FlaskForm):  # type: ignore[misc]
    """One event for all guardians who are ticked."""

    event = SelectField(_("What happened"), [InputRequired(_("Choose what happened."))])
    on = Date(_("On which day"), [InputRequired(_("Give the day on which it happened."))], format=["%Y-%m-%d", "%d/%m/%Y"])
    reason = StringField(_("Reason"), [Length(max=REASON_LENGTH, message=TOO_LONG)])
    way = SelectField(_("How the form comes in"), choices=words.choices(words.WAYS), default="")
    proof = SelectField(_("How it is known"), choices=words.choices(words.PROOFS), default="")


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/guardians")
@gate.in_campaign(Action.SEE_PEOPLE)
def list_guardians(scope: CampaignScope) -> Response | Answer:
    q = request.args.get("q", "")
    name = _without_numbers(q)
    if name != " ".join(q.split()):  # no telephone number stands in an address: neither shared nor kept in a history
        flash(gettext("Here guardians are searched by name only: numbers stay out of addresses."), "warn")
        return redirect(url_for("guardians.list_guardians", **_place(), **_arguments(name)))
    return _show_list(scope, _events_form(scope, fresh=True))


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/guardians/events")
@gate.in_campaign(Action.SEE_PEOPLE)
def list_events(_scope: CampaignScope) -> Answer:
    """Where a page that the next one answered is loaded again: the list it was made from."""
    return redirect(url_for("guardians.list_guardians", **_place(), **_arguments(_q())))


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/guardians/events")
@gate.in_campaign(Action.RECORD)
def create_events(scope: CampaignScope) -> Response:
    """The answer is the list: those for whom it could not be recorded are named on it."""
    form, ticked = _events_form(scope), request.form.getlist("person", type=an_id)
    if not form.validate():
        return _show_list(scope, form, 422, problem=next(iter(form.errors.values()))[0])
    if not ticked:
        return _show_list(scope, form, 422, problem=gettext("Nothing was recorded: tick the guardians whom it concerns first."))
    event = Event(form.event.data)
    details = details_for(event, campaigns.campaign(scope), None, form.way.data, form.proof.data)
    bulk = registrations.record_many(scope, ticked, event, form.on.data, reason=form.reason.data, details=details)
    why = _about_form(bulk)
    if why:
        said = gettext("Nothing was recorded. %(why)s", why=words.REFUSALS[why])
        return _show_list(scope, form, 422, problem=said)
    said = f"{words.EVENTS[event]}, {day(form.on.data)}"
    return _show_list(scope, _events_form(scope, fresh=True), bulk=bulk, said=said)


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/guardians/events/<int:bulk_id>/taking-back")
@gate.in_campaign(Action.RECORD)
def create_taking_back(scope: CampaignScope, bulk_id: int) -> Answer:
    """Take back what was recorded here for many at once; those who have moved on since keep it, and are named."""
    bulk = registrations.take_back_bulk(scope, bulk_id)
    if bulk is None:
        flash(gettext("Nothing was taken back: this has been taken back already, or it is not yours."), "warn")
    elif bulk.recorded:
        said = ngettext("Taken back for %(num)s guardian.", "Taken back for %(num)s guardians.", bulk.recorded)
        flash(said, "good")
    if bulk and bulk.refused:
        flash(gettext("Not taken back: %(names)s.", names=_named(bulk.refused)), "warn")
    return redirect(url_for("guardians.list_guardians", **_place(), **_arguments(_q())), 303)


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/people/<int:person_id>/guardians/new")
@gate.in_campaign(Action.EDIT_PEOPLE)
def new_guardian(scope: CampaignScope, person_id: int) -> Response:
    return _show_form(_child(scope, person_id), GuardianForm(formdata=None))


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/people/<int:person_id>/guardians/new")
@gate.in_campaign(Action.EDIT_PEOPLE)
def create_guardian(scope: CampaignScope, person_id: int) -> Response | Answer:
    child, form = _child(scope, person_id), GuardianForm()
    given = form.given() if form.validate() else None
    if given is None:
        return _show_form(child, form, 422)
    answer = keeping.add_guardian(scope, person_id, given)
    if isinstance(answer, GuardianRefusal):
        form.refuse(answer)
        return _show_form(child, form, 422)
    flash(gettext("%(name)s is noted as guardian of %(child)s.", name=given.full_name, child=child.full_name), "good")
    sharing = guardians.sharing_phone(scope, answer) if given.phone else []
    if sharing:
        flash(_said_of_phone(sharing), "warn")
    for doubt in form.doubts:
        flash(doubt, "warn")
    return _to_person(person_id)


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/people/<int:person_id>/guardians/<int:guardian_id>/removal")
@gate.in_campaign(Action.EDIT_PEOPLE)
def delete_guardian(scope: CampaignScope, person_id: int, guardian_id: int) -> Answer:
    """Only the tie between the two goes; a second click finds it gone, which is as well."""
    child = _child(scope, person_id)
    if keeping.unlink(scope, person_id, guardian_id):
        flash(gettext("This is no guardian of %(child)s any more.", child=child.full_name), "good")
    return _to_person(person_id)


def _without_numbers(q: str) -> str:
    return " ".join(word for word in q.split() if not any(sign.isdigit() for sign in word))


def _q() -> str:
    return _without_numbers(request.args.get("q", "")[:100])


def _is_asked(name: str) -> bool:
    return request.args.get(name) == "1"


def _arguments(q: str) -> dict[str, Any]:
    """The list's filter as a URL's arguments."""
    return ({"q": q} if q else {}) | {name: 1 for name in ("blocking", "pressing") if _is_asked(name)}


def _show_list(scope: CampaignScope, form: EventsForm, status: int = 200, **told: Any) -> Response:
    campaign, q, only = campaigns.campaign(scope), _q(), {name: _is_asked(name) for name in ("blocking", "pressing")}
    after = request.args.get("after", type=an_id)
    return respond(
        "guardians/list.html",
        "guardians/_table.html",
        status,
        campaign=campaign,
        place=_place(),
        q=q,
        arguments=_arguments(q),
        only=only,
        listed=guardians.guardians_page(scope, campaign, q=q, **only, after=after),
        matching=guardians.counted(scope, campaign, q=q, **only),
        everybody=guardians.counted(scope, campaign, q=q),
        without=guardians.counted(scope, campaign, q=q, blocking=True),
        pressing=guardians.counted(scope, campaign, q=q, pressing=True),
        blocking=guardians.blocking(scope, campaign),
        first=bool(after),
        form=form,
        tones=CHILD_TONES,
        may_record=scope.may(Action.RECORD),
        **told,
    )


def _events_form(scope: CampaignScope, *, fresh: bool = False) -> EventsForm:
    form = EventsForm(formdata=None, on=clock.today()) if fresh else EventsForm()
    events = [event for event in campaigns.campaign(scope).procedure.events if event is not Event.TAKEN_BACK]
    form.event.choices = [
        SelectChoice("", gettext("What happened…")),
        *(SelectChoice(event.value, words.EVENTS[event]) for event in events),
    ]
    return form


def _about_form(bulk: BulkRecorded) -> Refusal | None:
    """A refusal that is about the form and not about the people: the reason or the date."""
    whys = {one.why for one in bulk.refused}
    return next(iter(whys)) if len(whys) == 1 and whys <= _ABOUT_FORM and not bulk.recorded else None


def _named(refused: Sequence[NotRecorded]) -> str:
    """The first of them, each with the reason."""
    unknown = gettext("name not known")
    said = (f"{one.full_name or unknown} ({words.REFUSALS[one.why]})" for one in refused[:NAMED])
    return "; ".join(said) + (" …" if len(refused) > NAMED else "")


def _child(scope: CampaignScope, person_id: int) -> PersonView:
    """Somebody who is asked to register; a guardian has no guardians."""
    found = people.person(scope, campaigns.campaign(scope), person_id)
    return found if found and found.part is Part.MEMBER else abort(404)


def _show_form(child: PersonView, form: GuardianForm, status: int = 200) -> Response:
    return respond("guardians/new.html", status=status, child=child, form=form, place=_place())


def _said_of_phone(names: list[str]) -> str:
    shown = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    return str(
        gettext(
            "This telephone number is also that of %(names)s. One number receives the codes of one account only: ask whose it is.",
            names=shown,
        )
    )


def _place() -> dict[str, Any]:
    """The codes of the place that this request is at."""
    return {name: (request.view_args or {})[name] for name in ("institution_code", "campaign_code")}


def _to_person(person_id: int) -> Answer:
    return redirect(url_for("people.show_person", **_place(), person_id=person_id), 303)
