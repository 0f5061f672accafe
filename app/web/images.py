"""Looking at images of papers, one after the other, and judging them.

Whoever looks is written down first. A GET can't write, so each look begins with a POST, which notes it and answers with an address that
holds for ten minutes, for this visitor and for this image alone.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response as Answer

from app.adapters.sealing import Unsealable
from app.domain.access import Action
from app.domain.scope import CampaignScope
from app.queries import campaigns, evidence, people, places
from app.queries.evidence import ImageDetails
from app.services import evidence as noting
from app.services.evidence import EvidenceRefusal
from app.web import gate, words
from app.web.evidence import REFUSALS, VerdictForm, sealer
from app.web.filters import instant
from app.web.ids import an_id
from app.web.render import respond

pages = Blueprint("images", __name__)

SECONDS = 600


# A picture may do nothing but be seen, wherever it is opened.
HEADERS = {"Content-Disposition": "inline", "Content-Security-Policy": "default-src 'none'; sandbox"}


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/papers/review")
@gate.in_campaign(Action.SEE_IMAGES)
def show_review(scope: CampaignScope) -> Response:
    """The image that the permit names; without one, how many wait."""
    permit = request.args.get("permit", "")
    image_id = _permitted(scope, permit, SECONDS)
    if permit and image_id is None:
        return _show(scope, problem=_("An image is shown for ten minutes only. Open it again."))
    return _show(scope, image_id)


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/papers/review")
@gate.in_campaign(Action.SEE_IMAGES)
def create_next_view(scope: CampaignScope) -> Answer:
    """On to the image that has waited longest, or longest after the one that was shown."""
    return _go_on(scope, request.form.get("after", 0, type=an_id))


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/images/<int:image_id>/views")
@gate.in_campaign(Action.SEE_IMAGES)
def create_view(scope: CampaignScope, image_id: int) -> Answer:
    """Look at one image, whether it waits or not."""
    return _opened(scope, image_id) or abort(404)


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/images/<int:image_id>.jpg")
@gate.in_campaign(Action.SEE_IMAGES)
def show_image(scope: CampaignScope, image_id: int) -> Response | Answer:
    sealed = evidence.sealed(scope, image_id)
    if sealed is None:
        abort(404)
    if _permitted(scope, request.args.get("permit", ""), SECONDS) != image_id:
        return redirect(url_for("images.show_review", **_codes()))
    try:
        return Response(sealer().open(sealed), mimetype="image/jpeg", headers=HEADERS)
    except Unsealable:
        current_app.logger.error("none of the evidence keys opens image %s of institution %s", image_id, scope.institution_id)
        abort(404)


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/images/<int:image_id>/judgement")
@gate.in_campaign(Action.SEE_IMAGES)
def create_judgement(scope: CampaignScope, image_id: int) -> Response | Answer:
    """By somebody who was shown this image; the next that waits follows."""
    if not scope.may(Action.RECORD):
        abort(403)
    if _permitted(scope, request.form.get("permit", "")) != image_id:
        if evidence.image(scope, image_id) is None:
            abort(404)
        return _show(scope, status=422, problem=_("Nothing was noted: look at the image first."))
    form = VerdictForm()
    if not form.validate():
        return _show(scope, image_id, 422, problem=str(form.verdict.errors[0]))
    refused = noting.judge(scope, image_id, *form.said())
    _tell(refused, evidence.image(scope, image_id))
    return _go_on(scope, image_id)


def _tell(refused: EvidenceRefusal | None, image: ImageDetails | None) -> None:
    """Say what was noted, or who was faster."""
    if image is None:
        flash(str(REFUSALS[EvidenceRefusal.UNKNOWN_IMAGE]), "warn")
        return
    said = f"{words.PAPERS[image.item]}: {words.FLAWS[image.flaw] if image.flaw else words.PAPER_STATUSES[image.status][1]}"
    if refused is EvidenceRefusal.JUDGED_ALREADY:
        who, at = image.by, instant(image.at)
        flash(_("Nothing was noted, because %(who)s was faster: “%(said)s”, %(at)s.", who=who, said=said, at=at), "warn")
    elif refused:
        flash(str(REFUSALS[refused]), "warn")
    else:
        flash(f"{said}.", "good")


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/papers/views")
@gate.in_campaign(Action.SEE_WHO_LOOKED)
def list_views(scope: CampaignScope) -> Response:
    after = request.args.get("after", type=an_id)
    return respond(
        "evidence/views.html",
        campaign=campaigns.campaign(scope),
        place=_codes(),
        views=evidence.views(scope, after=after),
        after=after,
    )


def _show(scope: CampaignScope, image_id: int | None = None, status: int = 200, *, problem: str | None = None) -> Response:
    """The image with the data of its person, or how many wait; `problem` says why something was not noted or shown."""
    campaign = campaigns.campaign(scope)
    image = None if image_id is None else evidence.image(scope, image_id)
    if image is None and image_id is not None:
        problem = str(REFUSALS[EvidenceRefusal.UNKNOWN_IMAGE])
    return respond(
        "evidence/review.html",
        status=status,
        campaign=campaign,
        institution=places.institution(scope.within),
        place=_codes(),
        image=image,
        person=people.person(scope, campaign, image.person_id) if image else None,
        permit=request.values.get("permit"),
        waiting=evidence.waiting(scope),
        problem=problem,
        may_record=scope.may(Action.RECORD),
        may_see_views=scope.may(Action.SEE_WHO_LOOKED),
    )


def _go_on(scope: CampaignScope, after: int) -> Answer:
    following = evidence.next_waiting(scope, after)
    answer = None if following is None else _opened(scope, following)
    if answer is None:
        flash(_("That was the last image."), "good")
        return redirect(url_for("images.show_review", **_codes()), 303)
    return answer


def _opened(scope: CampaignScope, image_id: int) -> Answer | None:
    """Note the look, and lead to the image. None where there is no such image."""
    if noting.look(scope, image_id):
        return None
    return redirect(url_for("images.show_review", **_codes(), permit=_permits().dumps(_bearer(scope, image_id))), 303)


def _permitted(scope: CampaignScope, permit: str, seconds: int | None = None) -> int | None:
    """The id of the image that the permit lets this visitor see; None where it is somebody else's or too old."""
    try:
        *bearer, image_id = _permits().loads(permit, max_age=seconds)
    except (BadSignature, TypeError, ValueError):
        return None
    return image_id if [*bearer, image_id] == _bearer(scope, image_id) else None


def _bearer(scope: CampaignScope, image_id: int) -> list[int | None]:
    return [scope.actor.user_id, scope.institution_id, scope.campaign_id, image_id]


def _permits() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="image")


def _codes() -> dict[str, Any]:
    """The place that this request is at."""
    return {name: (request.view_args or {})[name] for name in ("institution_code", "campaign_code")}
