"""One person's papers: which of the checklist have been seen, and an image of each where the campaign keeps them."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, flash, redirect, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response as Answer
from wtforms import StringField
from wtforms.validators import AnyOf

from app import transaction
from app.adapters import pictures
from app.adapters.sealing import Sealer, keys
from app.adapters.uploads import MAX_BYTES
from app.domain.access import Action
from app.domain.scope import CampaignScope
from app.domain.track import Flaw, Item, ItemStatus
from app.queries import campaigns, evidence, people, places
from app.services import evidence as noting
from app.services.evidence import EvidenceRefusal, Verdict
from app.web import gate, paths, words
from app.web.render import respond, wants_fragment

pages = Blueprint("evidence", __name__)
pages.add_app_template_global(lambda: MAX_BYTES // 1024**2, "image_megabytes")

LOOKS_SHOWN = 20  # on one person's page; all of them have a page of their own

REFUSALS: dict[EvidenceRefusal, LazyString] = {
    EvidenceRefusal.NOT_ON_LIST: _("This paper is no longer asked for. Below is the list as it is now."),
    EvidenceRefusal.FROM_EVENTS: _("The signed form follows from the steps that are recorded. Record the step instead."),
    EvidenceRefusal.FLAW_NEEDED: _("Choose what is not good."),
    EvidenceRefusal.NO_IMAGES: _("This campaign keeps no images. Note the paper as seen instead."),
    EvidenceRefusal.UNKNOWN_IMAGE: _("This image is no longer there: it has been replaced or deleted."),
    EvidenceRefusal.JUDGED_ALREADY: _("Somebody else has judged this image already."),
}
HINTS: dict[Flaw, LazyString] = {
    Flaw.BLURRED: _("It looks blurred. If the letters can't be read, take it again."),
    Flaw.TAKEN_LYING: _("It seems to lie on its side. If it does, take it again upright."),
}


class VerdictForm(FlaskForm):  # type: ignore[misc]
    """What somebody says of a paper: that it is good, or which flaw it has."""

    verdict = StringField(validators=[AnyOf([ItemStatus.SEEN, *Flaw], _("Choose what is not good."))])

    def said(self) -> tuple[Verdict, Flaw | None]:
        good = self.verdict.data == ItemStatus.SEEN
        return (ItemStatus.SEEN, None) if good else (ItemStatus.NOT_GOOD, Flaw(self.verdict.data))


class ImageForm(FlaskForm):  # type: ignore[misc]
    image = FileField(validators=[FileRequired(_("Take a photo or choose a file first."))])


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/people/<int:person_id>/papers")
@gate.in_campaign(Action.SEE_PEOPLE)
def show_papers(scope: CampaignScope, person_id: int) -> Response:
    return _show(scope, person_id)


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/people/<int:person_id>/papers")
@gate.in_campaign(Action.RECORD)
def update_papers(scope: CampaignScope, person_id: int) -> Response | Answer:
    """All papers lie there and are good."""
    return _answer(scope, person_id, noting.mark_all_seen(scope, person_id), gettext("All papers are noted as seen."))


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/people/<int:person_id>/papers/<item>")
@gate.in_campaign(Action.RECORD)
def update_paper(scope: CampaignScope, person_id: int, item: str) -> Response | Answer:
    paper, form = _paper(scope, person_id, item), VerdictForm()
    if not form.validate():
        return _show(scope, person_id, 422, problem=str(form.verdict.errors[0]), at=f"flaw-{paper}")
    status, flaw = form.said()
    said = words.FLAWS[flaw] if flaw else words.PAPER_STATUSES[status][1]
    return _answer(scope, person_id, noting.mark(scope, person_id, paper, status, flaw), f"{words.PAPERS[paper]}: {said}.")


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/people/<int:person_id>/papers/<item>/removal")
@gate.in_campaign(Action.RECORD)
def delete_paper(scope: CampaignScope, person_id: int, item: str) -> Response | Answer:
    """Take back what was noted."""
    paper = _paper(scope, person_id, item)
    said = gettext("%(paper)s: taken back.", paper=words.PAPERS[paper])
    return _answer(scope, person_id, noting.unmark(scope, person_id, paper), said)


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/people/<int:person_id>/papers/<item>/image")
@gate.in_campaign(Action.RECORD)
def create_image(scope: CampaignScope, person_id: int, item: str) -> Response | Answer:
    """The picture is made ready and sealed between two units of work: that takes long and must hold no lock."""
    with transaction.reading():
        paper = _paper(scope, person_id, item)
        refused = noting.takes_image(scope, person_id, paper)
    if refused:
        return _answer(scope, person_id, refused, "")
    form = ImageForm()
    if not form.validate():
        return _show(scope, person_id, 422, problem=str(form.image.errors[0]), at=f"image-{paper}")
    try:
        picture = pictures.take(form.image.data.read(), paper)
    except pictures.Unusable as unusable:
        return _show(scope, person_id, 422, problem=gettext(unusable.text, **unusable.params), at=f"image-{paper}")
    kept = noting.keep_image(scope, person_id, paper, sealer().seal(picture.jpeg), picture.width, picture.height, picture.hint)
    if isinstance(kept, EvidenceRefusal):
        return _answer(scope, person_id, kept, "")
    if picture.hint:
        flash(_hint(paper, picture.hint), "warn")
    return _answer(scope, person_id, None, gettext("%(paper)s: the image is kept.", paper=words.PAPERS[paper]))


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/images/<int:image_id>/removal")
@gate.in_campaign(Action.RECORD)
def delete_image(scope: CampaignScope, image_id: int) -> Response | Answer:
    found = evidence.image(scope, image_id) or abort(404)
    refused = noting.remove_image(scope, image_id)
    return _answer(scope, found.person_id, refused, gettext("%(paper)s: the image is deleted.", paper=words.PAPERS[found.item]))


def sealer() -> Sealer:
    """With the keys as they are now, so that a new one counts at once."""
    return Sealer(keys(current_app.config["EVIDENCE_KEYS"], Path(current_app.config["EVIDENCE_KEY_FILE"])))


def _paper(scope: CampaignScope, person_id: int, item: str) -> Item:
    """The paper that the address names, of somebody whom the visitor knows."""
    if item not in set(Item) or people.person(scope, campaigns.campaign(scope), person_id) is None:
        abort(404)
    return Item(item)


def _hint(paper: Item, hint: Flaw) -> str:
    return f"{words.PAPERS[paper]}: {HINTS[hint]}"


def _answer(scope: CampaignScope, person_id: int, refused: EvidenceRefusal | None, said: str) -> Response | Answer:
    if refused is EvidenceRefusal.UNKNOWN_PERSON:
        abort(404)
    if refused:
        return _show(scope, person_id, 409, problem=str(REFUSALS[refused]))
    flash(said, "good")
    codes = {name: (request.view_args or {})[name] for name in ("institution_code", "campaign_code")}
    return redirect(url_for("evidence.show_papers", **codes, person_id=person_id), 303)


def _show(scope: CampaignScope, person_id: int, status: int = 200, *, problem: str | None = None, at: str | None = None) -> Response:
    """`problem` is why nothing was noted, `at` the id of the field that it is about."""
    campaign, institution = campaigns.campaign(scope), places.institution(scope.within)
    person = people.person(scope, campaign, person_id) or abort(404)
    sees_looks = scope.may(Action.SEE_WHO_LOOKED)
    return respond(
        "evidence/papers.html",
        "evidence/_checklist.html",
        status,
        campaign=campaign,
        person=person,
        place={"institution_code": institution.code, "campaign_code": campaign.code},
        papers=evidence.papers_of(scope, campaign, person),
        looks=evidence.views(scope, person_id=person_id, size=LOOKS_SHOWN) if sees_looks and not wants_fragment() else None,
        may_record=scope.may(Action.RECORD),
        may_see_images=scope.may(Action.SEE_IMAGES),
        paper_problem=problem,
        paper_problem_at=at,
        checklist_alone=wants_fragment(),
        on_papers_page=not wants_fragment() or (paths.came_from() or "").endswith("/papers"),
    )
