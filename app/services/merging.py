"""Two rows of one person become one: the one with a history stays, and what only the other one knows fills its gaps."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, or_, select

from app import clock
from app.collation import name_key
from app.domain.details import FOUND_BY
from app.domain.names import search_text
from app.domain.scope import CampaignScope
from app.domain.track import Part
from app.extensions import db
from app.models import Double, GuardianKey, Guardianship, Person, RecordedEvent, Registration
from app.queries import keyed
from app.queries.campaigns import campaign
from app.services import unlocking
from app.services.effects import VALUES
from app.services.guardians import recognise_anew
from app.services.histories import Place
from app.services.numbers import allot, people_changed
from app.services.openings import introduce, open_registrations, own_track, self_from_of
from app.services.undo_touched import touched
from app.services.undoing import BLOCK, unplan


class MergeRefusal(StrEnum):
    """Why two people can't become one."""

    BOTH_HAVE_A_HISTORY = "both-have-a-history"
    ONE_GUARDS_THE_OTHER = "one-guards-the-other"
    NOT_ALL_ALIKE = "not-all-alike"  # of three or more: two are likely one only by way of somebody else


def merge(scope: CampaignScope, one_id: int, other_id: int) -> int | MergeRefusal:
    """Answers who stays. Where something was recorded of both, nothing is done: two histories can't be made into one truthfully."""
    institution_id = scope.institution_id
    allot(institution_id, 0)  # first: it lets nobody else change people here until this is done
    hold(scope, (one_id, other_id))
    stays = who_stays(scope, one_id, other_id)
    if isinstance(stays, MergeRefusal):
        return stays
    take_over(scope, stays, other_id if stays == one_id else one_id)
    people_changed(institution_id)
    db.session.expire_all()
    return stays


def hold(scope: CampaignScope, ids: Collection[int]) -> None:
    """Whoever records something of these people meanwhile waits, and finds afterwards that they are gone. Registrations come first, as with
    whoever adds a paper to one, and before them one's turn, as with whoever records an account."""
    institution_id, ordered = scope.institution_id, sorted(ids)
    unlocking.in_turn(Place.of(scope))
    for start in range(0, len(ordered), BLOCK):
        some = ordered[start : start + BLOCK]
        theirs = select(Registration.person_id).where(Registration.institution_id == institution_id, Registration.person_id.in_(some))
        people = select(Person.id).where(Person.institution_id == institution_id, Person.id.in_(some)).order_by(Person.id)
        for statement in (theirs.order_by(Registration.campaign_id, Registration.person_id), people):
            db.session.execute(statement.with_for_update()).all()


def take_over(scope: CampaignScope, stays: int, goes: int) -> None:
    """Somebody is what two were, of whom it is known who stays. Whoever calls holds the institution and the two, and notes that people have
    changed."""
    institution_id = scope.institution_id
    children = _take_over_families(institution_id, stays, goes)
    parts = _registrations_of(institution_id, goes)
    gone = _take_away(institution_id, goes)
    _fill(institution_id, stays, gone)
    for campaign_id, part in parts.items():
        _register(CampaignScope(scope.within, campaign_id), stays, part)
    own_track(institution_id, [stays])
    recognise_anew(scope, campaign(scope), [stays])
    unlocking.unlock_children(institution_id, {stays, *children})


def who_stays(scope: CampaignScope, one_id: int, other_id: int) -> int | MergeRefusal:
    """Which of the two would stay: the one with a history, else who was known first."""
    return who_stay(scope, [(one_id, other_id)])[0]


def who_stay(scope: CampaignScope, groups: Sequence[Sequence[int]]) -> list[int | MergeRefusal]:
    """The same of each group of people, who are in no other one."""
    here, elsewhere = touched(scope, (), clock.now())
    group_of = {number: place for place, group in enumerate(groups) for number in group}
    families = {group_of[child] for child, guardian in _links(scope.institution_id, group_of) if group_of[child] == group_of[guardian]}
    found: list[int | MergeRefusal] = []
    for place, group in enumerate(groups):
        with_history = [number for number in group if here.get(number) or elsewhere.get(number)]
        if len(with_history) > 1:
            found.append(MergeRefusal.BOTH_HAVE_A_HISTORY)
        elif place in families:
            found.append(MergeRefusal.ONE_GUARDS_THE_OTHER)
        else:
            found.append(with_history[0] if with_history else min(group))
    return found


def _links(institution_id: int, among: Collection[int]) -> Iterator[tuple[int, int]]:
    """Children and guardians who are both among some people."""
    for block in keyed.blocks((institution_id, number) for number in among):
        of_child = keyed.is_in(block, Guardianship.institution_id, Guardianship.child_id)
        found = db.session.execute(select(Guardianship.child_id, Guardianship.guardian_id).join(block, of_child))
        yield from ((child, guardian) for child, guardian in found if guardian in among)


def _take_over_families(institution_id: int, stays: int, goes: int) -> set[int]:
    """Guardians and children of the one who goes are those of the other; answers the children."""
    links = db.session.scalars(
        select(Guardianship).where(
            Guardianship.institution_id == institution_id, or_(Guardianship.child_id == goes, Guardianship.guardian_id == goes)
        )
    ).all()
    for link in links:
        child, guardian = (stays if number == goes else number for number in (link.child_id, link.guardian_id))
        known = db.session.get(Guardianship, (institution_id, child, guardian))
        if known is None:
            db.session.add(Guardianship(institution_id=institution_id, child_id=child, guardian_id=guardian, relation=link.relation))
        else:
            known.relation = known.relation or link.relation
        db.session.delete(link)
    db.session.flush()
    return {link.child_id for link in links if link.guardian_id == goes}


def _registrations_of(institution_id: int, number: int) -> dict[int, Part]:
    statement = select(Registration.campaign_id, Registration.part).where(
        Registration.institution_id == institution_id, Registration.person_id == number
    )
    return {campaign_id: Part(part) for campaign_id, part in db.session.execute(statement)}


def _take_away(institution_id: int, goes: int) -> dict[str, Any]:
    """The person goes with all that hangs on them, which is nobody's doing; answers their values."""
    values = {name: getattr(db.session.get_one(Person, (institution_id, goes)), name) for name in (*VALUES, "has_card", "roster_id")}
    unplan(institution_id, [goes])
    for table in (RecordedEvent, Registration, GuardianKey):
        db.session.execute(delete(table).where(table.institution_id == institution_id, table.person_id == goes))
    pairs = or_(Double.one_id == goes, Double.other_id == goes)
    db.session.execute(delete(Double).where(Double.institution_id == institution_id, pairs).execution_options(synchronize_session=False))
    db.session.execute(delete(Person).where(Person.institution_id == institution_id, Person.id == goes))
    db.session.flush()
    return values


def _fill(institution_id: int, stays: int, values: dict[str, Any]) -> None:
    person = db.session.get_one(Person, (institution_id, stays), populate_existing=True)
    of_roster = values.pop("roster_id")
    if person.roster_id is not None:  # undoing it must not take away whom somebody else has brought, too; the other's finds them changed
        person.roster_id = of_roster
    for name, value in values.items():
        if getattr(person, name) in (None, ""):
            setattr(person, name, value)
    person.sort_key = name_key(person.full_name)
    person.search_text = search_text(person.full_name, [getattr(person, name) for name in FOUND_BY])
    person.revision += 1
    person.updated_at = clock.now()
    db.session.flush()


def _register(scope: CampaignScope, number: int, part: Part) -> None:
    view = campaign(scope)
    if part is Part.GUARDIAN:
        introduce(scope, view, [number])
        return
    known = _registrations_of(scope.institution_id, number).get(scope.campaign_id)
    if known is not Part.MEMBER:
        open_registrations(scope, list(self_from_of(scope, view, [number])))
    guardians = db.session.scalars(
        select(Guardianship.guardian_id).where(Guardianship.institution_id == scope.institution_id, Guardianship.child_id == number)
    ).all()
    introduce(scope, view, guardians)
