"""Several likely doubles decided at once: those ticked in the queue, or all that wait. A page says first what it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext, ngettext
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer
from wtforms import HiddenField, SelectField
from wtforms.validators import DataRequired, Length

from app.domain.access import Action
from app.domain.scope import CampaignScope
from app.queries import campaigns, doubles, places
from app.queries.doubles import Side
from app.services import doubles_at_once as deciding
from app.services.doubles import DoubleRefusal, Verdict
from app.services.doubles_at_once import EVERY, Foreseen, Group, Pair
from app.web import gate
from app.web.doubles import REFUSALS, lines
from app.web.render import respond
from app.web.ticked_doubles import pairs_of, written

pages = Blueprint("doubles_at_once", __name__)

SHOWN = 100  # pairs; of more that are two, the number is enough


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """Which pairs are meant the page's boxes say; `seen` is the mark of what was shown."""

    verdict = SelectField(choices=[verdict.value for verdict in Verdict], validators=[DataRequired()])
    seen = HiddenField(validators=[DataRequired(), Length(max=64)])


@dataclass(frozen=True, slots=True)
class Going:
    """One of those who go: the values that are added to who stays, and those that are not kept."""

    side: Side
    added: tuple[tuple[LazyString, str], ...]
    lost: tuple[tuple[LazyString, str], ...]


@dataclass(frozen=True, slots=True)
class One:
    """A group that becomes one person, or stays as it is for a reason."""

    stays: Side
    going: tuple[Going, ...]
    why_not: LazyString | None


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/doubles/decision")
@gate.in_campaign(Action.IMPORT)
def show_decision(scope: CampaignScope) -> Response:
    verdict = Verdict.SAME if request.args.get("verdict") == Verdict.SAME else Verdict.TWO
    return _show(scope, verdict, _chosen(request.args))


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/doubles/decision")
@gate.in_campaign(Action.IMPORT)
def create_decision(scope: CampaignScope) -> Response | Answer:
    form, chosen = DecisionForm(), _chosen(request.form)
    if not form.validate():
        return _show(scope, Verdict.TWO, chosen, 422, DoubleRefusal.OTHERWISE_NOW)
    verdict = Verdict(form.verdict.data)
    answer = deciding.decide(scope, chosen, verdict, form.seen.data)
    if isinstance(answer, DoubleRefusal):
        return _show(scope, verdict, chosen, 409, answer)
    flash(_said(answer, verdict), "good")
    return redirect(url_for("doubles.list_doubles", **(request.view_args or {})))


def _chosen(asked: MultiDict[str, str]) -> list[Pair] | None:
    if asked.get("every"):
        return EVERY
    return list(pairs_of(asked))


def _said(answer: Foreseen, verdict: Verdict) -> str:
    done = answer.merged if verdict is Verdict.SAME else len(answer.pairs)
    if verdict is Verdict.SAME:
        told = ngettext("%(num)s pair is one person now.", "%(num)s pairs are one person each now.", done)
    else:
        told = ngettext(
            "Noted: the %(num)s pair is two people. You will not be asked again.",
            "Noted: the %(num)s pairs are two people each. You will not be asked again.",
            done,
        )
    left = len(answer.pairs) - done + answer.left
    more = ngettext("%(num)s pair that was chosen waits on.", "%(num)s pairs that were chosen wait on.", left)
    return f"{told} {more}" if left else str(told)


def _show(
    scope: CampaignScope, verdict: Verdict, chosen: list[Pair] | None, status: int = 200, refusal: DoubleRefusal | None = None
) -> Response:
    found = deciding.foreseen(scope, chosen, verdict)
    shown = found.pairs[:SHOWN] if verdict is Verdict.TWO else ()
    sides = doubles.sides(scope, {number for pair in shown or found.pairs for number in pair})
    ones = [_one(group, sides) for group in found.groups]
    return respond(
        "doubles/decision.html",
        status=status,
        institution=places.institution(scope.within),
        campaign=campaigns.campaign(scope),
        form=DecisionForm(formdata=None, verdict=verdict.value, seen=found.mark),
        title=_title(verdict),
        is_same=verdict is Verdict.SAME,
        found=found,
        every=chosen is EVERY,
        chosen=[written(*pair) for pair in chosen or ()],
        pairs=[(sides[one], sides[other]) for one, other in shown],
        ones=[one for one in ones if not one.why_not],
        others=[one for one in ones if one.why_not],
        refusal=REFUSALS[refusal] if refusal else None,
    )


def _title(verdict: Verdict) -> str:
    return str(gettext("Make pairs one person") if verdict is Verdict.SAME else gettext("Note pairs as two people"))


def _one(group: Group, sides: Mapping[int, Side]) -> One:
    """Who stays takes over from each of the others what is lacking by then."""
    stays, going = sides[group.stays], list[Going]()
    for number in group.goes:
        side = sides[number]
        differing = [(name, kept, other) for name, kept, other in lines(stays, side) if other and other != kept]
        added = tuple((name, other) for name, kept, other in differing if not kept)
        lost = tuple((name, other) for name, kept, other in differing if kept)
        going.append(Going(side, added, lost))
        stays = replace(stays, **dict(_gaps(stays, side)))
    return One(sides[group.stays], tuple(going), REFUSALS[group.refusal] if group.refusal else None)


def _gaps(stays: Side, goes: Side) -> Iterator[tuple[str, Any]]:
    for field in fields(Side):
        if getattr(stays, field.name) in (None, ""):
            yield field.name, getattr(goes, field.name)
