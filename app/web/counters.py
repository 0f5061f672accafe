"""The desk's counter on the day: one box that finds whoever stands there, and one key for what has happened."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app import clock, transaction
from app.domain.access import Action
from app.domain.cards import Card, Words, read_query
from app.domain.registration import Event, Proof, Way
from app.domain.scope import CampaignScope
from app.domain.track import Item
from app.queries import campaigns, desk_days, people
from app.queries.desk_days import DeskView
from app.queries.desks import find
from app.queries.people import PersonView
from app.services import desks, registrations
from app.services import evidence as noting
from app.services.evidence import EvidenceRefusal
from app.services.registrations import ChangedMeanwhile, Recorded, Refused
from app.web import gate, words
from app.web.desk_card import person_at, show_card
from app.web.desk_forms import AtDeskForm, VisitorForm, visitor_values
from app.web.desks import DESK, desk_of, place_of
from app.web.evidence import REFUSALS, VerdictForm
from app.web.ids import an_id
from app.web.meanwhile import who_was_faster
from app.web.person_page import details_for
from app.web.render import respond

pages = Blueprint("counters", __name__)

LONGEST_LINE = 500  # of a card: numbers, names and an address


@pages.get(f"{DESK}/counter")
@gate.in_campaign(Action.RECORD)
def show_counter(scope: CampaignScope, desk_id: int) -> Response:
    """`last` is whom something was just recorded for, to get back to them."""
    last = request.args.get("last", type=an_id)
    view = people.person(scope, campaigns.campaign(scope), last) if last is not None else None
    return _show_counter(scope, desk_of(scope, desk_id), last=view)


@pages.post(f"{DESK}/counter")
@gate.in_campaign(Action.RECORD)
def show_found(scope: CampaignScope, desk_id: int) -> Response | Answer:
    """Sent and not asked for by address, because a card's line would stand there: its numbers would be in the browser's history and in
    the log of every proxy. It writes nothing, so it waits for no writer."""
    with transaction.reading():
        desk, campaign = desk_of(scope, desk_id), campaigns.campaign(scope)
        typed = request.form.get("q", "")[:LONGEST_LINE]
        found = find(scope, campaign, typed)
        if found.exact:
            return redirect(url_for(".show_person", **place_of(scope), desk_id=desk_id, person_id=found.rows[0].id), 303)
        query = read_query(typed)
        named = query.text if isinstance(query, Words) else ""
        form = VisitorForm(formdata=None, **visitor_values(found.card, named))
        return _show_counter(
            scope, desk, found=found, named=named, is_card=isinstance(query, Card), form=form, empty_search=not typed.strip()
        )


@pages.get(f"{DESK}/people/<int:person_id>")
@gate.in_campaign(Action.RECORD)
def show_person(scope: CampaignScope, desk_id: int, person_id: int) -> Response:
    return show_card(scope, desk_of(scope, desk_id), person_id)


@pages.get(f"{DESK}/people/<int:person_id>/events")
@gate.in_campaign(Action.RECORD)
def list_events(scope: CampaignScope, desk_id: int, person_id: int) -> Answer:
    """Where a page that a refusal answered is loaded again."""
    return redirect(url_for(".show_person", **place_of(scope), desk_id=desk_id, person_id=person_id))


@pages.post(f"{DESK}/people/<int:person_id>/events")
@gate.in_campaign(Action.RECORD)
def create_event(scope: CampaignScope, desk_id: int, person_id: int) -> Response | Answer:
    """What is recorded here has happened here, today and before the recorder's eyes."""
    desk, campaign, form = desk_of(scope, desk_id), campaigns.campaign(scope), AtDeskForm()
    person = person_at(scope, person_id)
    shown = form.child.data if form.child.data in {child.id for child in person.children} else person_id
    if not form.validate():
        return show_card(scope, desk, shown, 422, problem=_("Nothing was recorded: choose what happened."))
    event = Event(form.event.data)
    details = details_for(event, campaign, form.file_number.data, Way.DESK if event is Event.HANDED_IN else None, Proof.SEEN)
    match registrations.record(scope, person_id, event, clock.today(), details=details, revision=form.revision.data):
        case Recorded():
            for number in {person_id, shown}:
                desks.came(scope, desk_id, number)
            flash(_recorded(event, person), "good")
            return _to_counter(scope, desk_id, shown)
        case ChangedMeanwhile() as changed:
            return show_card(scope, desk, shown, 409, changed=who_was_faster(changed))
        case Refused(why):
            return show_card(scope, desk, shown, 422, problem=_("Nothing was recorded. %(why)s", why=words.REFUSALS[why]))
        case _:
            abort(404)


@pages.post(f"{DESK}/people/<int:person_id>/arrival")
@gate.in_campaign(Action.RECORD)
def create_arrival(scope: CampaignScope, desk_id: int, person_id: int) -> Answer:
    """They came, and nothing else."""
    person, first = person_at(scope, person_id), desks.came(scope, desk_id, person_id)
    if first is None:
        abort(404)
    if first:
        flash(_("Noted: %(name)s came.", name=_name(person)), "good")
    else:
        flash(_("It was noted before that %(name)s came.", name=_name(person)), "info")
    return _to_counter(scope, desk_id, person_id)


@pages.post(f"{DESK}/people/<int:person_id>/papers")
@gate.in_campaign(Action.RECORD)
def update_papers(scope: CampaignScope, desk_id: int, person_id: int) -> Response | Answer:
    """All papers lie there and are good."""
    return _noted(scope, desk_of(scope, desk_id), person_id, noting.mark_all_seen(scope, person_id), _("All papers are noted as seen."))


@pages.post(f"{DESK}/people/<int:person_id>/papers/<item>")
@gate.in_campaign(Action.RECORD)
def update_paper(scope: CampaignScope, desk_id: int, person_id: int, item: str) -> Response | Answer:
    desk, form = desk_of(scope, desk_id), VerdictForm()
    if item not in set(Item):
        abort(404)
    if not form.validate():
        return show_card(scope, desk, person_id, 422, problem=str(form.verdict.errors[0]))
    status, flaw = form.said()
    said = words.FLAWS[flaw] if flaw else words.PAPER_STATUSES[status][1]
    refused = noting.mark(scope, person_id, Item(item), status, flaw)
    return _noted(scope, desk, person_id, refused, f"{words.PAPERS[Item(item)]}: {said}.")


@pages.get(f"{DESK}/visitors/new")
@gate.in_campaign(Action.RECORD)
def new_visitor(scope: CampaignScope, desk_id: int) -> Response:
    return _show_visitor(scope, desk_of(scope, desk_id), VisitorForm(formdata=None))


@pages.get(f"{DESK}/visitors")
@gate.in_campaign(Action.RECORD)
def list_visitors(scope: CampaignScope, desk_id: int) -> Answer:
    """They stand on the desk's own page."""
    return redirect(url_for("desks.show_desk", **place_of(scope), desk_id=desk_of(scope, desk_id).id, _anchor="desks-visitors"))


@pages.post(f"{DESK}/visitors")
@gate.in_campaign(Action.RECORD)
def create_visitor(scope: CampaignScope, desk_id: int) -> Response | Answer:
    desk, form = desk_of(scope, desk_id), VisitorForm()
    visitor = form.visitor() if form.validate() else None
    if visitor is None:
        return _show_visitor(scope, desk, form, 422)
    noted = desks.note_visitor(scope, desk_id, visitor) or abort(404)
    if noted.before:
        flash(_("%(name)s was noted before; once is enough.", name=visitor.full_name), "info")
    else:
        flash(_("%(name)s was noted apart. The coordinator sees to it.", name=visitor.full_name), "good")
    return _to_counter(scope, desk_id)


def _show_counter(scope: CampaignScope, desk: DeskView, **shown: Any) -> Response:
    return respond(
        "desks/counter.html",
        desk=desk,
        place=place_of(scope),
        counts=desk_days.counts(scope, desk.id),
        own_units_only=scope.unit_ids is not None,
        **shown,
    )


def _show_visitor(scope: CampaignScope, desk: DeskView, form: VisitorForm, status: int = 200) -> Response:
    return respond("desks/visitor.html", status=status, desk=desk, place=place_of(scope), form=form)


def _noted(scope: CampaignScope, desk: DeskView, person_id: int, refused: EvidenceRefusal | None, said: str) -> Response | Answer:
    """After a paper was noted: the same person's card again."""
    if refused is EvidenceRefusal.UNKNOWN_PERSON:
        abort(404)
    if refused:
        return show_card(scope, desk, person_id, 409, changed=str(REFUSALS[refused]))
    desks.came(scope, desk.id, person_id)
    flash(said, "good")
    return redirect(url_for(".show_person", **place_of(scope), desk_id=desk.id, person_id=person_id), 303)


def _to_counter(scope: CampaignScope, desk_id: int, last: int | None = None) -> Answer:
    return redirect(url_for(".show_counter", **place_of(scope), desk_id=desk_id, last=last), 303)


def _recorded(event: Event, person: PersonView) -> str:
    if event is Event.TAKEN_BACK:
        return str(_("The last step was taken back."))
    return str(_("Recorded for %(name)s: %(event)s.", name=_name(person), event=words.EVENTS[event]))


def _name(person: PersonView) -> str:
    """Of some guardians only a telephone is known."""
    return person.full_name or str(_("name not known"))
