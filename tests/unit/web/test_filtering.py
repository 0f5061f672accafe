"""Between a URL and the filter it means."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from app.domain.registration import State
from app.domain.standing import Goal, Segment, Standing
from app.domain.todo import Work
from app.queries.filters import EVERYBODY, NO_UNIT, PeopleFilter, concerned
from app.web.filtering import arguments, parse

FILTERS = [
    EVERYBODY,
    PeopleFilter(q="bao an"),
    PeopleFilter(unit=7),
    PeopleFilter(unit=NO_UNIT),
    PeopleFilter(states=frozenset({State.REJECTED, State.TO_START})),
    PeopleFilter(standings=frozenset({Standing.PAPER_DUE})),
    PeopleFilter(segment=Segment.BLOCKED),
    PeopleFilter(reached=Goal.GRANTED),
    PeopleFilter(left=True),
    PeopleFilter(in_scope=True),
    PeopleFilter(days_left=(2, 3)),
    PeopleFilter(q="an", unit=7, standings=frozenset({Standing.LAPSED, Standing.TO_FIX}), left=True, days_left=(0, 1)),
    *map(concerned, Work),
]


def as_sent(wanted: PeopleFilter) -> MultiDict[str, str]:
    return MultiDict([(name, each) for name, value in arguments(wanted).items() for each in ([value] if isinstance(value, str) else value)])


@pytest.mark.parametrize("wanted", FILTERS)
def test_an_address_means_the_filter_it_was_made_from(wanted: PeopleFilter):
    assert parse(as_sent(wanted)) == wanted


def test_everybody_needs_no_arguments():
    assert arguments(EVERYBODY) == {}


@pytest.mark.parametrize(
    "query",
    [
        {"unit": "x"}, {"unit": "-1"}, {"unit": "²"}, {"unit": "99999999999999"}, {"unit": "0"}, {"standing": "unheard-of"}, {"state": ""},
        {"segment": "x"}, {"reached": "x"}, {"left": "yes"}, {"in_scope": "0"}, {"days": "3"}, {"days": "a-b"}, {"nonsense": "1"},
    ],
)  # fmt: skip
def test_what_is_not_known_is_left_out(query: dict[str, str]):
    assert parse(MultiDict(query)) in {EVERYBODY, PeopleFilter(unit=NO_UNIT)}


def test_a_search_is_kept_within_bounds():
    assert parse(MultiDict({"q": " an\x00\n " + "x" * 500})).q == "an " + "x" * 96
