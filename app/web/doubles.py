"""People who are likely one person, side by side: somebody decides, and is not asked again.

Two who were made one can't be made two again, so a page of its own says first who stays and which values go."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from app.domain.access import Action
from app.domain.details import PLAIN
from app.domain.likeness import Likeness
from app.domain.scope import CampaignScope
from app.queries import campaigns, doubles, places
from app.queries.doubles import Side
from app.services import doubles as deciding
from app.services import merging
from app.services.doubles import DoubleRefusal, Verdict
from app.services.merging import MergeRefusal
from app.web import gate, words
from app.web.filters import day
from app.web.ids import LARGEST
from app.web.render import respond, wants_fragment
from app.web.roster_words import FIELDS
from app.web.ticked_doubles import Pair, ticked, written

pages = Blueprint("doubles", __name__)

LIKENESSES: dict[Likeness, LazyString] = {
    Likeness.BIRTH: _("Same name and date of birth"),
    Likeness.YEAR: _("Same name and year of birth"),
    Likeness.PHONE: _("Same name and telephone"),
    Likeness.NUMBER: _("Same name, numbers that differ in one digit"),
}
_AS_TEXT = {"full_name", "unit", *PLAIN} - {"birth_date", "birth_year", "sex"}
REFUSALS: dict[DoubleRefusal | MergeRefusal, LazyString] = {
    DoubleRefusal.UNKNOWN: _("This pair does not wait any more: somebody has decided already, or one of the two is gone."),
    DoubleRefusal.OTHERWISE_NOW: _(
        "Nothing was done: what it comes to is something else than was shown a moment ago. Look at it again, then decide."
    ),
    MergeRefusal.BOTH_HAVE_A_HISTORY: _(
        "Something was recorded of both, and two histories can't be made into one. Put the one that should not count outside the target, "
        "with the reason that it is a double, and say here that they are two."
    ),
    MergeRefusal.ONE_GUARDS_THE_OTHER: _("One of the two is noted as the other's guardian, so they can't be one person."),
    MergeRefusal.NOT_ALL_ALIKE: _(
        "Somebody of them looks like two who do not look like each other, or of whom you chose only one. Decide on them pair by pair."
    ),
}


class VerdictForm(FlaskForm):  # type: ignore[misc]
    one_id = IntegerField(validators=[InputRequired(), NumberRange(1, LARGEST)])
    other_id = IntegerField(validators=[InputRequired(), NumberRange(1, LARGEST)])
    verdict = SelectField(choices=[verdict.value for verdict in Verdict])


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/doubles")
@gate.in_campaign(Action.IMPORT)
def list_doubles(scope: CampaignScope) -> Response:
    return _show(scope)


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/doubles")
@gate.in_campaign(Action.IMPORT)
def decide_double(scope: CampaignScope) -> Response | Answer:
    form = VerdictForm()
    if not form.validate():
        return _show(scope, 422, DoubleRefusal.UNKNOWN)
    answer = deciding.decide(scope, form.one_id.data, form.other_id.data, Verdict(form.verdict.data))
    if isinstance(answer, (DoubleRefusal, MergeRefusal)):
        return _show(scope, 409, answer)
    said = gettext("The two are one person now.") if answer else gettext("Noted: they are two people. You will not be asked again.")
    return _show_or_go(scope, said, (form.one_id.data, form.other_id.data))


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/doubles/removal")
@gate.in_campaign(Action.IMPORT)
def remove_verdict(scope: CampaignScope) -> Response | Answer:
    """Ask once more about two who were said to be two people."""
    form = VerdictForm()
    answer = deciding.ask_again(scope, form.one_id.data, form.other_id.data) if form.validate() else DoubleRefusal.UNKNOWN
    if answer is not None:
        return _show(scope, 409, answer)
    return _show_or_go(scope, gettext("The two wait for a decision again."), None)


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/doubles/<int:person_id>/<int:other_id>")
@gate.in_campaign(Action.IMPORT)
def show_double(scope: CampaignScope, person_id: int, other_id: int) -> Response:
    """What making the two one person would do."""
    pair = doubles.pair(scope, person_id, other_id) or abort(404)
    stays = merging.who_stays(scope, person_id, other_id)
    if isinstance(stays, MergeRefusal):
        return _show(scope, 409, stays)
    left, right = (pair.one, pair.other) if stays == person_id else (pair.other, pair.one)
    return respond(
        "doubles/page.html",
        institution=places.institution(scope.within),
        campaign=campaigns.campaign(scope),
        pair=pair,
        stays=left,
        goes=right,
        lines=lines(left, right),
        LIKENESSES=LIKENESSES,
        carried=ticked().arguments(),
    )


def lines(one: Side, other: Side) -> list[tuple[LazyString, str, str]]:
    """The values of two people beside each other, those that either has."""
    pairs = ((name, *(str(getattr(side, field) or "") for side in (one, other))) for field, name in FIELDS.items() if field in _AS_TEXT)
    sexes = (str(words.SEXES.get(side.sex or "", "")) for side in (one, other))
    is_known = one.birth_date or other.birth_date  # a date that only one of them has fills in the other's year
    births = (day(side.birth_date) if side.birth_date else "" if is_known else str(side.birth_year or "") for side in (one, other))
    lines = [*pairs, (FIELDS["birth_date"], *births), (FIELDS["sex"], *sexes)]
    order = list(FIELDS.values())
    return sorted((line for line in lines if line[1] or line[2]), key=lambda line: order.index(line[0]))


def _show_or_go(scope: CampaignScope, said: str, decided: Pair | None) -> Response | Answer:
    """The queue as it is now, in its place; without JavaScript by a redirect, with what the address knows to be ticked."""
    if wants_fragment():
        return _show(scope, said=said, decided=decided)
    flash(said, "good")
    return redirect(url_for("doubles.list_doubles", **(request.view_args or {}), **ticked().arguments()))


def _show(
    scope: CampaignScope,
    status: int = 200,
    refusal: DoubleRefusal | MergeRefusal | None = None,
    said: str | None = None,
    decided: Pair | None = None,
) -> Response:
    """`decided` is the pair that was just decided on: what is `said` of it stands in its place, and the next one has the focus."""
    asked = ticked()
    page = doubles.pairs_page(scope, asked.after)
    if asked.after and not page.rows:  # the last ones of the queue have been decided on
        asked = replace(asked, after=None)
        page = doubles.pairs_page(scope)
    shown = [(pair.one.id, pair.other.id) for pair in page.rows]
    waits = doubles.of_them_waiting(scope, asked.pairs)
    held = tuple(pair for pair in asked.pairs if pair in waits and pair not in shown)
    return respond(
        "doubles/list.html",
        "doubles/_queue.html",
        status=status,
        institution=places.institution(scope.within),
        campaign=campaigns.campaign(scope),
        pairs=page.rows,
        after=page.after,
        waiting=doubles.waiting(scope),
        written=written,
        decided=doubles.decided(scope),
        refusal=REFUSALS[refusal] if refusal else None,
        said=said,
        onward=next((pair for pair in shown if decided and pair > decided), shown[-1] if shown else None) if decided else None,
        LIKENESSES=LIKENESSES,
        words=words,
        is_later=asked.after is not None,
        every=asked.every,
        ticks={written(*pair) for pair in asked.pairs},
        held=[written(*pair) for pair in held],
        carried=replace(asked, pairs=held).arguments(),
    )
