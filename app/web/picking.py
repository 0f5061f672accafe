"""Picking the forms of a new batch: what waits, by class and the most urgent first, and what is said of the handing over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from app.domain.scope import CampaignScope
from app.queries import batches, campaigns, places
from app.queries.batch_forms import FormView
from app.queries.filters import NO_UNIT, PeopleFilter
from app.services.batches import NAME_LENGTH, NOTE_LENGTH, BatchDraft, BatchRefusal, NotTaken
from app.web import batch_words, filtering
from app.web.contacts import TOO_LONG
from app.web.ids import an_id
from app.web.render import respond
from app.web.terms import Date

SHOWN = 300  # so many forms stand on the page at once; the others are reached by their class


class HandOverForm(FlaskForm):  # type: ignore[misc]
    """What is said of a batch. Whose forms are in it, the page's boxes say."""

    on = Date(_("Day of handing over"), [InputRequired(_("Give the day of handing over."))], format=["%Y-%m-%d", "%d/%m/%Y"])
    given_by = StringField(
        _("Handed over by"), [DataRequired(batch_words.REFUSALS[BatchRefusal.NO_GIVER]), Length(max=NAME_LENGTH, message=TOO_LONG)]
    )
    received_by = StringField(_("Received by, at the office"), [Length(max=NAME_LENGTH, message=TOO_LONG)])
    note = TextAreaField(_("Note"), [Length(max=NOTE_LENGTH, message=TOO_LONG)])

    def draft(self) -> BatchDraft:
        return BatchDraft(self.on.data, self.given_by.data or "", self.received_by.data or "", self.note.data or "")

    def refuse(self, why: BatchRefusal) -> None:
        """Put a refusal beside the field that it is about, or at the head of the form."""
        field = {BatchRefusal.ODD_DAY: self.on, BatchRefusal.NO_GIVER: self.given_by}.get(why)
        if field is None:
            self.form_errors.append(batch_words.REFUSALS[why])
        else:
            field.errors = [*field.errors, batch_words.REFUSALS[why]]


@dataclass(frozen=True, slots=True)
class Chip:
    """A class whose forms one click shows, with how many wait."""

    text: str
    forms: int
    href: str
    current: bool


def show_picking(
    scope: CampaignScope, form: HandOverForm, asked: MultiDict[str, str], status: int = 200, refused: Sequence[NotTaken] = ()
) -> Response:
    """The forms of the class that `asked` names, with what was ticked; `refused` are those because of whom no batch was made."""
    campaign = campaigns.campaign(scope)
    place = {name: (request.view_args or {})[name] for name in ("institution_code", "campaign_code")}
    waiting, unit = batches.waiting(scope, campaign), filtering.parse(asked).unit
    names = {unit.id: unit.name for unit in places.units(scope.within)} | {NO_UNIT: gettext("No class or department")}
    meant, ticked = _of_unit(waiting.forms, unit), frozenset(asked.getlist("person", type=an_id))
    shown = meant[:SHOWN]
    elsewhere = {form.person_id for form in waiting.forms} - {form.person_id for form in shown}
    return respond(
        "batches/new.html",
        "batches/_waiting.html",
        status,
        campaign=campaign,
        place=place,
        form=form,
        chips=_chips(place, waiting.forms, unit, names),
        unit=unit,
        unit_name=names.get(unit) if unit is not None else None,
        kept=filtering.arguments(PeopleFilter(unit=unit)),
        meant=meant,
        shown=shown,
        overdue=waiting.overdue,
        ticked=ticked,
        held=sorted(ticked & elsewhere),
        refused=refused,
        said=batch_words,
    )


def chosen(scope: CampaignScope) -> list[int] | str:
    """Whom the request means: those ticked, or everybody of the class that was shown; else what is wrong."""
    expected = request.form.get("everyone", type=an_id)
    if expected is None:
        return request.form.getlist("person", type=an_id)
    waiting = batches.waiting(scope, campaigns.campaign(scope))
    found = [form.person_id for form in _of_unit(waiting.forms, filtering.parse(request.form).unit)]
    if len(found) == expected:
        return found
    return str(
        gettext(
            "No batch was made: a moment ago %(before)s forms waited here, now there are %(now)s. Look again, then repeat.",
            before=expected,
            now=len(found),
        )
    )


def _of_unit(forms: Iterable[FormView], unit: int | None) -> list[FormView]:
    return [form for form in forms if unit is None or unit in _unit_ids(form)]


def _unit_ids(form: FormView) -> tuple[int, ...]:
    return form.unit_ids or (NO_UNIT,)


def _chips(place: dict[str, Any], forms: Sequence[FormView], unit: int | None, names: dict[int, str]) -> list[Chip]:
    """All, and each class of which a form waits; with the chosen one even if none does."""
    counts = [(number, name, len(_of_unit(forms, number))) for number, name in names.items()]
    found = [(None, gettext("All"), len(forms)), *(line for line in counts if line[2] or line[0] == unit)]
    return [
        Chip(name, count, url_for("batches.new_batch", **place, **filtering.arguments(PeopleFilter(unit=number))), number == unit)
        for number, name, count in found
    ]
