"""Whose account carries a registration: a card decides, else the age; and what papers it takes."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from app.domain.procedure import PROCEDURES, Procedure
from app.domain.registration import NO_DETAILS, Event, Facts, Happening, Refusal, State, decide
from app.domain.standing import Goal, Guarding, Standing, Today, segment_of, standing_of
from app.domain.track import NEVER, Item, ItemStatus, Track, birthday, checklist, papers, self_from, track_of

DAY = date(2026, 11, 23)
TODAY = Today(DAY, date(2026, 11, 18), DAY)


def test_who_has_a_card_registers_alone_whatever_their_age() -> None:
    assert self_from(has_card=True, birth_date=date(2020, 1, 1), birth_year=2020, below=15) is None


def test_who_is_known_to_have_none_never_does() -> None:
    day = self_from(has_card=False, birth_date=date(2009, 1, 1), birth_year=2009, below=15)
    assert day == NEVER
    assert track_of(day, date(2099, 1, 1)) is Track.GUARDIAN


@pytest.mark.parametrize(
    ("on", "track"), [(date(2026, 11, 22), Track.GUARDIAN), (date(2026, 11, 23), Track.SELF), (date(2026, 11, 24), Track.SELF)]
)
def test_the_fifteenth_birthday_changes_the_track(on: date, track: Track) -> None:
    day = self_from(has_card=None, birth_date=date(2011, 11, 23), birth_year=2011, below=15)
    assert track_of(day, on) is track


def test_who_was_born_on_29_february_grows_up_on_1_march_of_a_common_year() -> None:
    assert birthday(date(2012, 2, 29), 15) == date(2027, 3, 1)
    assert birthday(date(2012, 2, 29), 16) == date(2028, 2, 29)


def test_a_year_alone_counts_to_its_end_and_nothing_known_counts_as_grown_up() -> None:
    assert self_from(has_card=None, birth_date=None, birth_year=2011, below=15) == date(2026, 12, 31)
    assert self_from(has_card=None, birth_date=None, birth_year=None, below=15) is None


def test_a_campaign_without_a_limit_knows_no_guardians() -> None:
    assert self_from(has_card=None, birth_date=date(2020, 1, 1), birth_year=2020, below=0) is None


def test_a_child_needs_the_birth_certificate_and_the_guardians_card_an_adult_their_own() -> None:
    child, adult = papers(Track.GUARDIAN, form=True), papers(Track.SELF, form=True)
    assert Item.BIRTH_CERTIFICATE in child
    assert {Item.GUARDIAN_ID_FRONT, Item.GUARDIAN_ID_BACK} < set(child)
    assert not {Item.ID_FRONT, Item.ID_BACK} & set(child)
    assert adult == (Item.PORTRAIT, Item.ID_FRONT, Item.ID_BACK, Item.SIGNED_FORM)
    assert Item.SIGNED_FORM not in papers(Track.GUARDIAN, form=False)


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        (Facts(state=State.DECLARED), ItemStatus.MISSING),
        (Facts(state=State.FORM_RECEIVED, form_received_on=DAY), ItemStatus.SEEN),
        (Facts(state=State.HANDED_IN, handed_in_on=DAY), ItemStatus.SEEN),
        (Facts(state=State.REJECTED, form_received_on=DAY), ItemStatus.NOT_GOOD),
    ],
)
def test_the_signed_form_follows_from_the_events(facts: Facts, status: ItemStatus) -> None:
    assert checklist(Track.SELF, facts, {}, form=True)[Item.SIGNED_FORM] is status


CHILD, UNLOCKED, ADULT = Guarding(date(2030, 1, 1)), Guarding(date(2030, 1, 1), DAY), Guarding()


@pytest.mark.parametrize(
    ("procedure", "guarding", "state", "event"),
    [
        pytest.param(procedure, guarding, state, event, id=f"{procedure.code}-{name}-{state}-{event}")
        for (procedure, (name, guarding)), state, event in product(
            product(PROCEDURES.values(), (("self", ADULT), ("child", CHILD), ("unlocked", UNLOCKED))),
            State,
            [event for event in Event if event is not Event.TAKEN_BACK],
        )
    ],
)
def test_a_missing_guardian_refuses_nothing_and_everybody_stands_somewhere(
    procedure: Procedure, guarding: Guarding, state: State, event: Event
) -> None:
    """Every (procedure, track, state, event): the answer never depends on the guardian, the standing after it may."""
    facts = Facts(state=state, attempt=1, declared_on=date(2026, 11, 1), paper_due_on=date(2026, 11, 11), aside=State.TO_START)
    decided = decide(procedure, facts, Happening(1, event, DAY, "vì", details=NO_DETAILS), DAY)
    after = facts if isinstance(decided, Refusal) else decided
    for goal in Goal:
        standing = standing_of(procedure, goal, after, TODAY, guarding)
        assert (segment_of(after.state, standing) is None) == (standing is Standing.EXCLUDED)
        waits = guarding is CHILD and after.state in {State.TO_START, State.STOPPED}
        assert (standing is Standing.BLOCKED_GUARDIAN) == waits
