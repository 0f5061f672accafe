"""Registration desks before the day: which there are, their hours, who is expected when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as Answer

from app import clock
from app.domain.access import Action
from app.domain.scope import CampaignScope
from app.domain.slots import Slot
from app.queries import campaigns, desk_days, places
from app.queries.desk_days import DeskView, ExpectedRow
from app.services import desks
from app.services.desks import DeskRefusal, Filled
from app.web import gate
from app.web.desk_forms import DeskForm, ExpectForm, values_of
from app.web.render import respond

pages = Blueprint("desks", __name__)

DESKS = "/institutions/<institution_code>/campaigns/<campaign_code>/desks"
DESK = f"{DESKS}/<int:desk_id>"


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One slot with those who are expected in it; `at` is None for those who came without."""

    at: Slot | None
    people: tuple[ExpectedRow, ...]


@pages.get(DESKS)
@gate.in_campaign(Action.SEE_PEOPLE)
def list_desks(scope: CampaignScope) -> Response:
    lines, today = desk_days.desks(scope), clock.today()
    return respond(
        "desks/list.html",
        campaign=campaigns.campaign(scope),
        place=place_of(scope),
        coming=[line for line in lines if line.desk.on >= today],
        past=[line for line in reversed(lines) if line.desk.on < today],
        may_plan=scope.may(Action.PLAN_DESKS),
        may_record=scope.may(Action.RECORD),
    )


@pages.get(f"{DESKS}/new")
@gate.in_campaign(Action.PLAN_DESKS)
def new_desk(scope: CampaignScope) -> Response:
    return _show_form(scope, DeskForm())


@pages.post(DESKS)
@gate.in_campaign(Action.PLAN_DESKS)
def create_desk(scope: CampaignScope) -> Response | Answer:
    form = DeskForm()
    if not form.validate():
        return _show_form(scope, form, 422)
    answer = desks.create(scope, form.draft())
    if isinstance(answer, DeskRefusal):
        form.refuse(answer)
        return _show_form(scope, form, 422)
    flash(gettext("The desk is planned. Now choose who is expected."), "good")
    return _to_desk(scope, answer)


@pages.get(DESK)
@gate.in_campaign(Action.SEE_PEOPLE)
def show_desk(scope: CampaignScope, desk_id: int) -> Response:
    return _show_desk(scope, desk_of(scope, desk_id), ExpectForm(scope, formdata=None))


@pages.get(f"{DESK}/edit")
@gate.in_campaign(Action.PLAN_DESKS)
def edit_desk(scope: CampaignScope, desk_id: int) -> Response:
    desk = desk_of(scope, desk_id)
    return _show_form(scope, DeskForm(data=values_of(desk)), desk=desk)


@pages.post(f"{DESK}/edit")
@gate.in_campaign(Action.PLAN_DESKS)
def update_desk(scope: CampaignScope, desk_id: int) -> Response | Answer:
    desk = desk_of(scope, desk_id)
    form = DeskForm()
    if not form.validate():
        return _show_form(scope, form, 422, desk)
    answer = desks.edit(scope, desk_id, form.draft())
    if isinstance(answer, DeskRefusal):
        form.refuse(answer)
        return _show_form(scope, form, 422, desk)
    flash(gettext("Saved."), "good")
    if answer:
        said = ngettext("%(num)s person has another time now: tell them.", "%(num)s people have another time now: tell them.", answer)
        flash(said, "warn")
    return _to_desk(scope, desk_id)


@pages.post(f"{DESK}/removal")
@gate.in_campaign(Action.PLAN_DESKS)
def delete_desk(scope: CampaignScope, desk_id: int) -> Answer:
    """A desk that won't be held goes, as long as nobody has come."""
    desk_of(scope, desk_id)
    refused = desks.cancel(scope, desk_id)
    if refused is DeskRefusal.HELD:
        flash(gettext("The desk stays: somebody has come to it already."), "warn")
        return _to_desk(scope, desk_id)
    if refused is DeskRefusal.GONE:
        abort(404)
    flash(gettext("The desk is cancelled. Tell those who were expected."), "good")
    return redirect(url_for("desks.list_desks", **place_of(scope)), 303)


@pages.get(f"{DESK}/expected")
@gate.in_campaign(Action.SEE_PEOPLE)
def list_expected(scope: CampaignScope, desk_id: int) -> Answer:
    """Where a page that a refusal answered is loaded again."""
    return _to_desk(scope, desk_of(scope, desk_id).id)


@pages.post(f"{DESK}/expected")
@gate.in_campaign(Action.PLAN_DESKS)
def create_expected(scope: CampaignScope, desk_id: int) -> Response | Answer:
    desk = desk_of(scope, desk_id)
    form = ExpectForm(scope)
    if not form.validate():
        return _show_desk(scope, desk, form, 422)
    _say_filled(desks.fill(scope, desk_id, form.wanted()) or abort(404))
    return _to_desk(scope, desk_id)


@pages.post(f"{DESK}/expected/<int:person_id>/removal")
@gate.in_campaign(Action.PLAN_DESKS)
def delete_expected(scope: CampaignScope, desk_id: int, person_id: int) -> Answer:
    desk_of(scope, desk_id)
    person_known(scope, person_id)
    if desks.remove(scope, desk_id, person_id):
        flash(gettext("Removed from the desk."), "good")
    else:
        flash(gettext("Nobody was removed: this person has come already, or was removed before."), "warn")
    return _to_desk(scope, desk_id)


@pages.post(f"{DESK}/visitors/<int:number>/removal")
@gate.in_campaign(Action.PLAN_DESKS)
def delete_visitor(scope: CampaignScope, desk_id: int, number: int) -> Answer:
    desk_of(scope, desk_id)
    if desks.remove_visitor(scope, desk_id, number):
        flash(gettext("The note was deleted."), "good")
    else:
        flash(gettext("This note had been deleted before."), "warn")
    return _to_desk(scope, desk_id)


def desk_of(scope: CampaignScope, desk_id: int) -> DeskView:
    return desk_days.desk(scope, desk_id) or abort(404)


def person_known(scope: CampaignScope, person_id: int) -> None:
    """Somebody whom the scope does not see is not there."""
    if person_id not in desk_days.revisions(scope, [person_id]):
        abort(404)


def place_of(scope: CampaignScope) -> dict[str, Any]:
    return {"institution_code": places.institution(scope.within).code, "campaign_code": campaigns.campaign(scope).code}


def _show_form(scope: CampaignScope, form: DeskForm, status: int = 200, desk: DeskView | None = None) -> Response:
    return respond("desks/edit.html", status=status, form=form, desk=desk, place=place_of(scope))


def _show_desk(scope: CampaignScope, desk: DeskView, form: ExpectForm, status: int = 200) -> Response:
    campaign = campaigns.campaign(scope)
    may_record = scope.may(Action.RECORD)
    return respond(
        "desks/page.html",
        status=status,
        campaign=campaign,
        desk=desk,
        slots=_slots(desk, desk_days.expected(scope, campaign, desk.id)),
        counts=desk_days.counts(scope, desk.id),
        visitors=desk_days.visitors(scope, desk.id) if may_record else [],
        form=form,
        place=place_of(scope),
        own_units_only=scope.unit_ids is not None,
        may_plan=scope.may(Action.PLAN_DESKS),
        may_record=may_record,
        may_edit=scope.may(Action.EDIT_PEOPLE),
    )


def _slots(desk: DeskView, rows: Iterable[ExpectedRow]) -> list[SlotLine]:
    """Every slot of the day, also an empty one; then those who came without."""
    people = {slot: tuple(group) for slot, group in groupby(rows, key=lambda row: row.slot)}
    without = [SlotLine(None, people[None])] if None in people else []
    return [SlotLine(slot, people.get(slot, ())) for slot in desk.hours.slots] + without


def _say_filled(filled: Filled) -> None:
    if filled.placed:
        said = ngettext("%(num)s person more is expected.", "%(num)s people more are expected.", filled.placed)
        flash(said, "good")
    elif not filled.left:
        flash(gettext("Nobody was added: all of them are expected already, or there is nobody like this."), "warn")
    if filled.left:
        names = ", ".join(filled.names) + (" …" if filled.left > len(filled.names) else "")
        said = ngettext(
            "There is no place left for %(num)s person: %(names)s. Plan more places or another desk.",
            "There is no place left for %(num)s people: %(names)s. Plan more places or another desk.",
            filled.left,
            names=names,
        )
        flash(said, "warn")


def _to_desk(scope: CampaignScope, desk_id: int) -> Answer:
    return redirect(url_for("desks.show_desk", **place_of(scope), desk_id=desk_id), 303)
