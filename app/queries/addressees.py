"""Who is spoken to about whom: registrations grouped by the person that a message about them goes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, not_, or_, select

from app.domain import addresses
from app.domain.ladder import Case, Channel
from app.domain.nudge import Reach
from app.domain.registration import State
from app.domain.standing import REACHED, Goal, Standing
from app.domain.track import Part, Track
from app.extensions import db
from app.models import Guardianship, Person, Registration
from app.queries.campaigns import CampaignView
from app.queries.holds import Holds
from app.queries.keyed import Key, blocks, is_in
from app.queries.nudge_cases import Known, child_now, columns, members, unfinished


@dataclass(slots=True)
class Group:
    """One receiver as it is being put together. `person_id` is the receiver's; where `nobody` it is that of a child whose guardian isn't
    known. `children` are the people spoken of besides the receiver."""

    institution_id: int
    person_id: int
    phone: str | None
    email: str | None
    nobody: bool
    cases: list[Case]
    children: list[int]
    unit_ids: set[int | None]


class Addressee(NamedTuple):
    """One receiver, what there is to say to them, and how they can be reached. `people` are the children spoken of."""

    institution_id: int
    person_id: int
    cases: tuple[Case, ...]
    people: tuple[int, ...]
    reach: Reach
    phone: str | None
    email: str | None

    def address(self, channel: Channel) -> str | None:
        return self.email if channel is Channel.EMAIL else self.phone


def receivers_of(view: CampaignView, rows: Iterable[Known]) -> list[Addressee]:
    """The rows grouped by who is told: people themselves, and for children the guardian who has come furthest, with all the children of
    theirs who are not done. A child without a guardian stands alone, with nobody to tell."""
    holds = Holds(view)
    groups: dict[Key, Group] = {}
    children: list[Known] = []
    for known in rows:
        if known.is_child:
            children.append(known)
        else:
            groups[known.institution_id, known.person_id] = _group(known, [_case(known)])
    _add_guardians(view, holds, groups, children)
    return _addressees(holds, groups)


def told(view: CampaignView, keys: Collection[Key]) -> dict[Key, Addressee]:
    """The same for receivers known already (institution, person): what there is to say to them now. Who has nothing left is missing."""
    holds = Holds(view)
    groups: dict[Key, Group] = {}
    for block in blocks(keys, view.id):
        for known in members(view, and_(_may_be_told(view), not_(child_now(view))), block):
            groups[known.institution_id, known.person_id] = _group(known, [_case(known)])
    families = _families(view, keys, ())
    _add_families(holds, groups, families, _own(view, families))
    return dict(zip(groups, _addressees(holds, groups), strict=True))


def _may_be_told(view: CampaignView) -> ColumnElement[bool]:
    return or_(unfinished(view), Registration.state == State.IN_USE)


def _add_guardians(view: CampaignView, holds: Holds, groups: dict[Key, Group], children: Sequence[Known]) -> None:
    chosen = _chosen(view, children)
    for child in children:
        if (child.institution_id, child.person_id) not in chosen:
            alone = _group(child, [_case(child)])
            alone.nobody, alone.phone, alone.email = True, None, None
            groups[child.institution_id, child.person_id] = alone
    own = {(guardian.institution_id, guardian.person_id): guardian for guardian in chosen.values()}
    _add_families(holds, groups, _families(view, own, children), own)


def _chosen(view: CampaignView, children: Sequence[Known]) -> dict[Key, Known]:
    """For each child the guardian to tell: one with an account before others, then one with an address, then the first known."""
    mine = and_(Person.institution_id == Guardianship.institution_id, Person.id == Guardianship.guardian_id)
    found: dict[Key, tuple[tuple[bool, bool, int], Known]] = {}
    for block in blocks((child.institution_id, child.person_id) for child in children):
        statement = (
            select(*_columns(view), Guardianship.child_id)
            .select_from(block)
            .join(Guardianship, is_in(block, Guardianship.institution_id, Guardianship.child_id))
            .join(Person, mine)
            .outerjoin(Registration, _registered(view))
        )
        for *row, child_id in db.session.execute(statement):
            guardian = _guardian(row)
            has_account, has_address = guardian.state in REACHED[Goal.GRANTED], bool(addresses.of_phone(guardian.phone) or guardian.email)
            rank, child = (has_account, has_address, -guardian.person_id), (guardian.institution_id, child_id)
            if child not in found or found[child][0] < rank:
                found[child] = (rank, guardian)
    return {child: guardian for child, (_, guardian) in found.items()}


def _families(view: CampaignView, guardians: Collection[Key], known: Sequence[Known]) -> dict[Key, list[Known]]:
    """By guardian the children who are not done, in the order of names; those who are `known` already are not asked for again. They are
    asked for by their keys, not through their guardians: a database that knows no statistics goes through the whole institution for each
    guardian then."""
    guardians_of = _guardians_of(guardians)
    children = [child for child in known if child.standing not in _OVER]
    here = and_(child_now(view), unfinished(view))
    for block in blocks(guardians_of.keys() - {(child.institution_id, child.person_id) for child in known}, view.id):
        children += members(view, here, block)
    families: dict[Key, list[Known]] = defaultdict(list)
    for child in sorted(children, key=attrgetter("sort_key")):
        for guardian_id in guardians_of.get((child.institution_id, child.person_id), ()):
            families[child.institution_id, guardian_id].append(child)
    return families


def _guardians_of(guardians: Collection[Key]) -> dict[Key, list[int]]:
    """The children of these guardians, each with those of them who are theirs."""
    found: dict[Key, list[int]] = defaultdict(list)
    columns = (Guardianship.institution_id, Guardianship.child_id, Guardianship.guardian_id)
    for block in blocks(guardians):
        theirs = select(*columns).join(block, is_in(block, Guardianship.institution_id, Guardianship.guardian_id))
        for institution_id, child_id, guardian_id in db.session.execute(theirs):
            found[institution_id, child_id].append(guardian_id)
    return found


def _add_families(holds: Holds, groups: dict[Key, Group], families: Mapping[Key, Sequence[Known]], own: Mapping[Key, Known]) -> None:
    """To each guardian's group the children, and the guardian's own registration where it comes first."""
    for key, children in families.items():
        theirs = [known for known in children if not holds.is_paused(known.institution_id, known.person_id, known.unit_id)] or children
        guardian = own[key]
        if key not in groups:
            first = guardian.part == Part.GUARDIAN and guardian.standing not in _OVER
            groups[key] = _group(guardian, [_case(guardian, is_own=True)] if first else [])
        group = groups[key]
        group.cases += [_case(known) for known in theirs]
        group.children += [known.person_id for known in theirs]
        group.unit_ids |= {known.unit_id for known in theirs}


def _own(view: CampaignView, keys: Collection[Key]) -> dict[Key, Known]:
    """Guardians with their own registration, where they have one."""
    found: dict[Key, Known] = {}
    for block in blocks(keys):
        people = select(*_columns(view)).select_from(block).join(Person, is_in(block, Person.institution_id, Person.id))
        for row in db.session.execute(people.outerjoin(Registration, _registered(view))):
            found[row[0], row[1]] = _guardian(row)
    return found


def _columns(view: CampaignView) -> tuple[Any, ...]:
    """The columns of `Known` for people who may have no registration."""
    return (Person.institution_id, Person.id, *columns(view)[2:])


def _registered(view: CampaignView) -> ColumnElement[bool]:
    of_person = and_(Registration.institution_id == Person.institution_id, Registration.person_id == Person.id)
    return and_(of_person, Registration.campaign_id == view.id)


def _guardian(row: Sequence[Any]) -> Known:
    institution_id, person_id, unit_id, part, is_child, state, standing, *rest = row
    return Known(institution_id, person_id, unit_id, part or "", bool(is_child), state or "", standing if state else "", *rest)


_OVER = {Standing.DONE, Standing.EXCLUDED, ""}  # nothing is left to do, or there is no registration


def _group(known: Known, cases: list[Case]) -> Group:
    phone, email = addresses.of_phone(known.phone), addresses.of_email(known.email)
    units = {known.unit_id} if cases and not cases[0].is_own else set()
    return Group(known.institution_id, known.person_id, phone, email, False, cases, [], units)


_STATES = {state.value: state for state in State}
_STANDINGS = {standing.value: standing for standing in Standing}


def _case(known: Known, *, is_own: bool = False) -> Case:
    return Case(
        known.institution_id,
        known.unit_id,
        Track.GUARDIAN if known.is_child else Track.SELF,
        _STATES[known.state],
        _STANDINGS[known.standing],
        known.opened_on,
        known.declared_on,
        known.rejected_on,
        known.granted_on,
        known.password_on,
        is_own,
    )


def _addressees(holds: Holds, groups: Mapping[Key, Group]) -> list[Addressee]:
    holds.learn([address for group in groups.values() for address in (group.phone, group.email) if address])
    return [_addressee(holds, group) for group in groups.values()]


def _addressee(holds: Holds, group: Group) -> Addressee:
    paused = holds.paused(group.institution_id, [group.person_id, *group.children], group.unit_ids)
    reach = Reach(holds.state(group.phone), holds.state(group.email), paused, frozenset(), group.nobody)
    return Addressee(group.institution_id, group.person_id, tuple(group.cases), tuple(group.children), reach, group.phone, group.email)
