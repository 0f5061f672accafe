"""People who are likely one person, side by side: somebody decides, and is not asked again."""

from __future__ import annotations

import re

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from app.domain.access import Action
from app.domain.likeness import Likeness
from app.domain.scope import CampaignScope
from app.queries import campaigns, doubles, places
from app.services import doubles as deciding
from app.services.doubles import DoubleRefusal, Verdict
from app.services.merging import MergeRefusal
from app.web import gate, words
from app.web.ids import LARGEST
from app.web.render import respond

pages = Blueprint("doubles", __name__)

LIKENESSES: dict[Likeness, LazyString] = {
    Likeness.BIRTH: _("Same name and date of birth"),
    Likeness.YEAR: _("Same name and year of birth"),
    Likeness.PHONE: _("Same name and telephone"),
    Likeness.NUMBER: _("Same name, numbers that differ in one digit"),
}
REFUSALS: dict[DoubleRefusal | MergeRefusal, LazyString] = {
    DoubleRefusal.UNKNOWN: _("This pair does not wait any more: somebody has decided already, or one of the two is gone."),
    MergeRefusal.BOTH_HAVE_A_HISTORY: _(
        "Something was recorded of both, and two histories can't be made into one. Put the one that should not count outside the target, "
        "with the reason that it is a double, and say here that they are two."
    ),
    MergeRefusal.ONE_GUARDS_THE_OTHER: _("One of the two is noted as the other's guardian, so they can't be one person."),
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
    flash(said, "good")
    place = request.view_args or {}
    return redirect(url_for("doubles.list_doubles", **place))


def _show(scope: CampaignScope, status: int = 200, refusal: DoubleRefusal | MergeRefusal | None = None) -> Response:
    page = doubles.pairs_page(scope, _after())
    return respond(
        "doubles/list.html",
        status=status,
        institution=places.institution(scope.within),
        campaign=campaigns.campaign(scope),
        pairs=page.rows,
        after=page.after,
        waiting=doubles.waiting(scope),
        refusal=REFUSALS[refusal] if refusal else None,
        LIKENESSES=LIKENESSES,
        words=words,
        is_later=_after() is not None,
    )


def _after() -> tuple[int, int] | None:
    """Where the page before ended: "12-34"."""
    found = re.fullmatch(r"(\d{1,9})-(\d{1,9})", request.args.get("after", ""))
    return (int(found[1]), int(found[2])) if found else None
