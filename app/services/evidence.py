"""Papers are noted as seen or not good; images of them are kept where the campaign does so, and each look at one is noted."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Literal, cast

from sqlalchemy import CursorResult, delete, select, update

from app import clock
from app.domain.scope import CampaignScope
from app.domain.track import Flaw, Item, ItemStatus, papers, track_of
from app.extensions import db
from app.models import Evidence, Image, ImageView, Person, Registration
from app.queries import evidence
from app.queries.campaigns import CampaignView, campaign
from app.queries.evidence import ImageDetails, SealedImage
from app.queries.filters import known_to, with_people
from app.services import log
from app.services.numbers import allot

Verdict = Literal[ItemStatus.SEEN, ItemStatus.NOT_GOOD]


class EvidenceRefusal(StrEnum):
    """Why a paper or an image stays as it is."""

    UNKNOWN_PERSON = "unknown-person"
    UNKNOWN_IMAGE = "unknown-image"
    NOT_ON_LIST = "not-on-list"
    FROM_EVENTS = "from-events"
    FLAW_NEEDED = "flaw-needed"
    NO_IMAGES = "no-images"
    JUDGED_ALREADY = "judged-already"


def mark(scope: CampaignScope, person_id: int, item: Item, status: Verdict, flaw: Flaw | None = None) -> EvidenceRefusal | None:
    """Note a paper as seen, or as not good with its flaw; what was noted before is replaced. None when it is done."""
    registration = _registration(scope, person_id)
    if registration is None:
        return EvidenceRefusal.UNKNOWN_PERSON
    refused = _off_the_list(campaign(scope), registration, item)
    if refused is None and status is ItemStatus.NOT_GOOD and flaw is None:
        refused = EvidenceRefusal.FLAW_NEEDED
    if refused is None:
        _note(scope, person_id, item, status, flaw if status is ItemStatus.NOT_GOOD else None)
    return refused


def unmark(scope: CampaignScope, person_id: int, item: Item) -> EvidenceRefusal | None:
    """Take back what was noted: a paper with an image waits again, one without is missing again. Nothing noted is nothing to do."""
    registration = _registration(scope, person_id)
    if registration is None:
        return EvidenceRefusal.UNKNOWN_PERSON
    refused = _off_the_list(campaign(scope), registration, item)
    if refused:
        return refused
    if db.session.scalar(select(Image.id).where(*_of_paper(Image, scope, person_id, item))) is not None:
        _note(scope, person_id, item, ItemStatus.WAITING, None)
    else:
        db.session.execute(delete(Evidence).where(*_of_paper(Evidence, scope, person_id, item)))
    return None


def mark_all_seen(scope: CampaignScope, person_id: int) -> EvidenceRefusal | None:
    """All papers of the list lie there and are good. Those noted as seen before keep who saw them."""
    registration = _registration(scope, person_id)
    if registration is None:
        return EvidenceRefusal.UNKNOWN_PERSON
    seen = set(
        db.session.scalars(
            select(Evidence.item).where(
                Evidence.institution_id == scope.institution_id,
                Evidence.campaign_id == scope.campaign_id,
                Evidence.person_id == person_id,
                Evidence.status == ItemStatus.SEEN,
            )
        )
    )
    for item in _papers(campaign(scope), registration):
        if item not in seen:
            _note(scope, person_id, item, ItemStatus.SEEN, None)
    return None


def takes_image(scope: CampaignScope, person_id: int, item: Item) -> EvidenceRefusal | None:
    """Whether an image may be kept, to be asked before the picture is made ready, which takes long."""
    registration = _registration(scope, person_id, lock=False)
    return EvidenceRefusal.UNKNOWN_PERSON if registration is None else _takes_image(campaign(scope), registration, item)


def keep_image(
    scope: CampaignScope, person_id: int, item: Item, sealed: bytes, width: int, height: int, hint: Flaw | None = None
) -> int | EvidenceRefusal:
    """Keep the image of a paper, which then waits to be looked at; answers its id. It replaces the one before: there is one of a paper."""
    image_id = allot(scope.institution_id)  # first, as wherever else both are locked: the institution before the registration
    registration = _registration(scope, person_id)
    if registration is None:
        return EvidenceRefusal.UNKNOWN_PERSON
    refused = _takes_image(campaign(scope), registration, item)
    if refused:
        return refused
    _note(scope, person_id, item, ItemStatus.WAITING, None)
    db.session.execute(delete(Image).where(*_of_paper(Image, scope, person_id, item)))
    db.session.add(
        Image(
            institution_id=scope.institution_id,
            id=image_id,
            campaign_id=scope.campaign_id,
            person_id=person_id,
            item=item,
            sealed=sealed,
            width=width,
            height=height,
            hint=hint,
            uploaded_by=scope.actor.name,
            uploaded_at=clock.now(),
        )
    )
    db.session.flush()
    return image_id


def look(scope: CampaignScope, image_id: int) -> EvidenceRefusal | None:
    """Note that somebody looks at an image; only then may they be shown it (`queries.evidence.sealed`)."""
    view_id = allot(scope.institution_id)
    found = evidence.image(scope, image_id)
    if found is None:
        return EvidenceRefusal.UNKNOWN_IMAGE
    db.session.add(
        ImageView(
            institution_id=scope.institution_id,
            id=view_id,
            campaign_id=scope.campaign_id,
            person_id=found.person_id,
            item=found.item,
            user_id=scope.actor.user_id,
            by=scope.actor.name,
            at=clock.now(),
        )
    )
    db.session.flush()
    return None


def judge(scope: CampaignScope, image_id: int, status: Verdict, flaw: Flaw | None = None) -> EvidenceRefusal | None:
    """Note what an image shows, by somebody who has looked at this very one: not of another that has come since, nor a second time."""
    found = _locked_image(scope, image_id)
    if found is None:
        return EvidenceRefusal.UNKNOWN_IMAGE
    if found.status is not ItemStatus.WAITING:
        return EvidenceRefusal.JUDGED_ALREADY
    return mark(scope, found.person_id, found.item, status, flaw)


def remove_image(scope: CampaignScope, image_id: int) -> EvidenceRefusal | None:
    """Let go of an image that should not be there. A paper that nobody has judged is missing again; a judgement stays."""
    found = _locked_image(scope, image_id)
    if found is None:
        return EvidenceRefusal.UNKNOWN_IMAGE
    db.session.execute(delete(Image).where(Image.institution_id == scope.institution_id, Image.id == image_id))
    if found.status is ItemStatus.WAITING:
        db.session.execute(delete(Evidence).where(*_of_paper(Evidence, scope, found.person_id, found.item)))
    log.note(scope.actor, "removed-image", institution_id=scope.institution_id, count=1)
    return None


def purge_person(scope: CampaignScope, person_id: int) -> int | EvidenceRefusal:
    """Let go of all images of one person who asks for it, or whose guardian does. Answers how many."""
    if _registration(scope, person_id) is None:
        return EvidenceRefusal.UNKNOWN_PERSON
    mine = (Image.institution_id == scope.institution_id, Image.campaign_id == scope.campaign_id, Image.person_id == person_id)
    gone = _deleted(delete(Image).where(*mine))
    log.note(scope.actor, "purged-images", institution_id=scope.institution_id, count=gone)
    return gone


def replace_sealed(images: Iterable[SealedImage]) -> int:
    """Keep images as they have been sealed anew. One that has gone since stays gone. Answers how many were there."""
    return sum(
        _deleted(update(Image).where(Image.institution_id == image.institution_id, Image.id == image.id).values(sealed=image.sealed))
        for image in images
    )


def _deleted(statement: Any) -> int:
    changed = db.session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", changed).rowcount


def _registration(scope: CampaignScope, person_id: int, *, lock: bool = True) -> Registration | None:
    """The registration, locked, so that two who note something about one person do so one after the other."""
    statement = with_people(select(Registration)).where(known_to(scope), Person.id == person_id)
    if lock:
        statement = statement.with_for_update(of=Registration)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def _locked_image(scope: CampaignScope, image_id: int) -> ImageDetails | None:
    """An image as it stands once nobody else can note anything about its person."""
    found = evidence.image(scope, image_id)
    if found is None or _registration(scope, found.person_id) is None:
        return None
    db.session.expire_all()
    return evidence.image(scope, image_id)


def _papers(view: CampaignView, registration: Registration) -> tuple[Item, ...]:
    """The papers of the present track that are noted by hand."""
    return papers(track_of(registration.self_from, view.today().ages_on), form=False)


def _off_the_list(view: CampaignView, registration: Registration, item: Item) -> EvidenceRefusal | None:
    if item is Item.SIGNED_FORM:
        return EvidenceRefusal.FROM_EVENTS
    return None if item in _papers(view, registration) else EvidenceRefusal.NOT_ON_LIST


def _takes_image(view: CampaignView, registration: Registration, item: Item) -> EvidenceRefusal | None:
    return _off_the_list(view, registration, item) if view.keep_images else EvidenceRefusal.NO_IMAGES


def _note(scope: CampaignScope, person_id: int, item: Item, status: ItemStatus, flaw: Flaw | None) -> None:
    key = {"institution_id": scope.institution_id, "campaign_id": scope.campaign_id, "person_id": person_id, "item": item.value}
    noted = db.session.get(Evidence, key, populate_existing=True)
    if noted is None:
        noted = Evidence(**key)
        db.session.add(noted)
    noted.status, noted.flaw = status.value, flaw.value if flaw else None
    noted.by, noted.at = scope.actor.name, clock.now()
    db.session.flush()


def _of_paper(table: type[Evidence] | type[Image], scope: CampaignScope, person_id: int, item: Item) -> tuple[Any, ...]:
    return (
        table.institution_id == scope.institution_id,
        table.campaign_id == scope.campaign_id,
        table.person_id == person_id,
        table.item == item,
    )
