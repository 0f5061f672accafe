"""Papers: the checklist of one person, the images that wait to be looked at, and who has looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, text, tuple_

from app.domain.scope import CampaignScope
from app.domain.track import Flaw, Item, ItemStatus, checklist
from app.extensions import db
from app.models import Evidence, Image, ImageView, Person, Registration, Unit
from app.queries.campaigns import CampaignView, campaign
from app.queries.filters import known_to, paper_on_the_list, with_people
from app.queries.people import PAGE, PersonView

BLOCK = 50  # images fetched at once with their bytes, of up to a megabyte each
# SQLite uses an index over part of a table only for a condition in that part's own words.
_OPEN = text("evidence.status IN ('waiting', 'not-good')")


@dataclass(frozen=True, slots=True)
class KeptImage:
    """The image of a paper, without its bytes. `hint` is what was noticed when it came in."""

    id: int
    hint: Flaw | None
    uploaded_by: str
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper of a person's checklist: how it stands, who said so and when. `by` and `at` are None for one that nobody has noted, and
    for the signed form, which follows from the events."""

    item: Item
    status: ItemStatus
    flaw: Flaw | None
    by: str | None
    at: datetime | None
    image: KeptImage | None

    @property
    def is_marked_by_hand(self) -> bool:
        return self.item is not Item.SIGNED_FORM


@dataclass(frozen=True, slots=True)
class ImageDetails:
    """An image with the paper it shows, to be judged; `by` and `at` tell who noted the paper last."""

    id: int
    person_id: int
    item: Item
    status: ItemStatus
    flaw: Flaw | None
    by: str
    at: datetime
    hint: Flaw | None
    width: int
    height: int
    uploaded_by: str
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class ViewRow:
    """Somebody has looked at the image of somebody's paper."""

    id: int
    at: datetime
    by: str
    person_id: int
    full_name: str
    unit: str | None
    item: Item


@dataclass(frozen=True, slots=True)
class ViewsPage:
    """`after` is the id to go on from for the next page, None on the last."""

    rows: tuple[ViewRow, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class SealedImage:
    institution_id: int
    id: int
    sealed: bytes


def papers_of(scope: CampaignScope, campaign: CampaignView, seen: PersonView) -> tuple[PaperRow, ...]:
    """The papers that a person's present track takes, in the order of the list. What another track took stays unseen."""
    statement = (
        select(Evidence, Image.id, Image.hint, Image.uploaded_by, Image.uploaded_at)
        .outerjoin(Image, _of_paper())
        .where(
            Evidence.institution_id == scope.institution_id,
            Evidence.campaign_id == scope.campaign_id,
            Evidence.person_id == seen.id,
        )
    )
    noted = {Item(row[0].item): row for row in db.session.execute(statement)}
    statuses = {item: ItemStatus(row[0].status) for item, row in noted.items()}
    found = checklist(seen.track, seen.facts, statuses, form=campaign.procedure.paper_days is not None)
    return tuple(_paper_row(item, status, noted.get(item)) for item, status in found.items())


def _paper_row(item: Item, status: ItemStatus, row: Any) -> PaperRow:
    if row is None or item is Item.SIGNED_FORM:
        return PaperRow(item, status, None, None, None, None)
    noted, image_id, hint, uploaded_by, uploaded_at = row
    image = None if image_id is None else KeptImage(image_id, Flaw(hint) if hint else None, uploaded_by, uploaded_at)
    return PaperRow(item, status, Flaw(noted.flaw) if noted.flaw else None, noted.by, noted.at, image)


def checklist_of(scope: CampaignScope, campaign: CampaignView, seen: PersonView) -> dict[Item, ItemStatus]:
    """How each paper of a person stands, in the order of the list."""
    return {row.item: row.status for row in papers_of(scope, campaign, seen)}


def waiting(scope: CampaignScope) -> int:
    """How many images wait to be looked at."""
    return db.session.scalar(_waiting(scope, func.count())) or 0


def next_waiting(scope: CampaignScope, after: int = 0) -> int | None:
    """The id of the next image that waits; they are looked at in the order in which they came."""
    found: int | None = db.session.scalar(_waiting(scope, Image.id).where(Image.id > after).order_by(Image.id).limit(1))
    return found


def image(scope: CampaignScope, image_id: int) -> ImageDetails | None:
    """An image of somebody whom the scope knows, or None."""
    found = db.session.execute(
        _images(scope, Evidence, Image.hint, Image.width, Image.height, Image.uploaded_by, Image.uploaded_at).where(Image.id == image_id)
    ).one_or_none()
    if found is None:
        return None
    noted, hint, width, height, uploaded_by, uploaded_at = found
    return ImageDetails(
        id=image_id,
        person_id=noted.person_id,
        item=Item(noted.item),
        status=ItemStatus(noted.status),
        flaw=Flaw(noted.flaw) if noted.flaw else None,
        by=noted.by,
        at=noted.at,
        hint=Flaw(hint) if hint else None,
        width=width,
        height=height,
        uploaded_by=uploaded_by,
        uploaded_at=uploaded_at,
    )


def sealed(scope: CampaignScope, image_id: int) -> bytes | None:
    """The image as it is kept. Whoever is shown it has been written down before (`services.evidence.look`)."""
    found: bytes | None = db.session.scalar(_images(scope, Image.sealed).where(Image.id == image_id))
    return found


def views(scope: CampaignScope, *, person_id: int | None = None, after: int | None = None, size: int = PAGE) -> ViewsPage:
    """Who looked at whose papers, the last look first; `person_id` for those of one person alone."""
    statement = (
        with_people(select(ImageView, Person.full_name, Unit.name))
        .join(ImageView, _same_person(ImageView))
        .outerjoin(Unit, and_(Unit.institution_id == Person.institution_id, Unit.id == Person.unit_id))
        .where(known_to(scope))
        .order_by(ImageView.id.desc())
        .limit(size + 1)
    )
    if person_id is not None:
        statement = statement.where(ImageView.person_id == person_id)
    if after is not None:
        statement = statement.where(ImageView.id < after)
    found = db.session.execute(statement).all()
    rows = tuple(ViewRow(view.id, view.at, view.by, view.person_id, name, unit, Item(view.item)) for view, name, unit in found[:size])
    return ViewsPage(rows, rows[-1].id if len(found) > size else None)


def sealed_block(after: SealedImage | None, size: int = BLOCK) -> list[SealedImage]:
    """The next images of all institutions in the order of their keys, to be sealed anew."""
    statement = select(Image.institution_id, Image.id, Image.sealed).order_by(Image.institution_id, Image.id).limit(size)
    if after is not None:
        statement = statement.where(tuple_(Image.institution_id, Image.id) > tuple_(after.institution_id, after.id))
    return [SealedImage(*row) for row in db.session.execute(statement)]


def _waiting(scope: CampaignScope, *columns: Any) -> Select[Any]:
    """Images that nobody has judged yet, of papers that are still on the list. A paper whose image is gone waits for nobody."""
    return _images(scope, *columns).where(_OPEN, Evidence.status == ItemStatus.WAITING, paper_on_the_list(campaign(scope)))


def _images(scope: CampaignScope, *columns: Any) -> Select[Any]:
    return with_people(select(*columns)).join(Evidence, _same_person(Evidence)).join(Image, _of_paper()).where(known_to(scope))


def _same_person(table: type[Evidence] | type[ImageView]) -> ColumnElement[bool]:
    return and_(
        table.institution_id == Registration.institution_id,
        table.campaign_id == Registration.campaign_id,
        table.person_id == Registration.person_id,
    )


def _of_paper() -> ColumnElement[bool]:
    return and_(
        Image.institution_id == Evidence.institution_id,
        Image.campaign_id == Evidence.campaign_id,
        Image.person_id == Evidence.person_id,
        Image.item == Evidence.item,
    )
