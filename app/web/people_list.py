"""The list of people: what the URL's filter means, its chips with their counts, and what a bulk came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel.speaklater import LazyString
from htmx_flask import request as asked

from app.domain.access import Action
from app.domain.progress import Progress, total_of
from app.domain.registration import Event, Proof, State
from app.domain.scope import CampaignScope
from app.domain.standing import Segment, Standing
from app.domain.todo import MEANINGS
from app.queries import campaigns, people, places, progress
from app.queries.campaigns import CampaignView
from app.queries.filters import NO_UNIT, PeopleFilter, concerned
from app.queries.progress import UnitProgress
from app.web import filtering, words
from app.web.ids import an_id
from app.web.render import respond, wants_fragment


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that one click sets, with how many people it means."""

    text: str | LazyString
    people: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the list's parts lead, all with its filter: to itself, its beginning, what follows, a bulk, the workbook."""

    here: str
    first: str | None
    following: str
    events: str
    download: str


@dataclass(frozen=True, slots=True)
class UnitChoice:
    value: str
    name: str
    people: int
    chosen: bool


def show_list(scope: CampaignScope, status: int = 200, **said: Any) -> Response:
    """The list that the URL's arguments ask for; `said` is what a bulk came to, or why there was none."""
    institution, campaign = places.institution(scope.within), campaigns.campaign(scope)
    wanted, after = filtering.parse(request.args), request.args.get("after", type=an_id)
    units = progress.unit_progress(scope, campaign, PeopleFilter(q=wanted.q))
    counted = total_of(unit.progress for unit in units if wanted.unit in {None, unit.id})
    matching = _matching(scope, campaign, wanted, counted)
    names = {unit.id: unit.name for unit in places.units(scope.within)}
    place: dict[str, Any] = {"institution_code": institution.code, "campaign_code": campaign.code}
    listed = people.people_page(scope, campaign, wanted, after)
    addresses = _addresses(place | filtering.arguments(wanted), after, listed.after)
    response = respond(
        "people/list.html",
        "people/_table.html",
        status,
        campaign=campaign,
        place=place,
        wanted=wanted,
        arguments=filtering.arguments(wanted),
        kept=filtering.arguments(replace(wanted, q="", unit=None)),
        listed=listed,
        addresses=addresses,
        matching=matching,
        described=filtering.described(wanted, names),
        chips=_chips(place, wanted, counted, matching, names),
        more_chips=_more_chips(place, wanted, counted, progress.granted_by_proof(scope)),
        unit_choices=_unit_choices(units, wanted, names),
        events=[event for event in campaign.procedure.events if event is not Event.TAKEN_BACK],
        helps=_helps(wanted),
        may_record=scope.may(Action.RECORD),
        may_export=scope.may(Action.EXPORT),
        may_edit=scope.may(Action.EDIT_PEOPLE),
        may_send=scope.may(Action.SEND_NUDGES),
        **said,
    )
    if wants_fragment() and after is None:
        typing = asked.htmx.trigger == "people-filter"  # every letter would be a step of its own for the Back button
        response.headers["HX-Replace-Url" if typing else "HX-Push-Url"] = addresses.here
    return response


def _helps(wanted: PeopleFilter) -> Event | None:
    """The event that settles the work whose list this is; None for other lists."""
    asked_for = replace(wanted, q="", unit=None)
    return next((meaning.settled_by for work, meaning in MEANINGS.items() if concerned(work) == asked_for), None)


def _addresses(arguments: dict[str, Any], after: int | None, following: int | None) -> Addresses:
    here = url_for("people.list_people", **arguments)
    return Addresses(
        here=here,
        first=here if after else None,
        following=url_for("people.list_people", **arguments, after=following),
        events=url_for("registrations.create_events", **arguments),
        download=url_for("workbooks.allow_people", **arguments),
    )


def _matching(scope: CampaignScope, campaign: CampaignView, wanted: PeopleFilter, counted: Progress) -> int:
    """How many the whole filter means; those of its search and unit are counted already."""
    if wanted == _base(wanted):
        return counted.total
    return progress.institution_progress(scope, campaign, wanted).total


def _base(wanted: PeopleFilter) -> PeopleFilter:
    """What every chip keeps of the filter."""
    return PeopleFilter(q=wanted.q, unit=wanted.unit)


def _chips(place: dict[str, Any], wanted: PeopleFilter, counted: Progress, matching: int, units: Mapping[int, str]) -> list[Chip]:
    """Everybody, who is left, and each standing that somebody is in. A filter that none of these is gets a chip of its own."""
    base = _base(wanted)
    choices: list[tuple[str | LazyString, int, PeopleFilter]] = [
        (_("All"), counted.total, base),
        (_("Left to do"), counted.left, replace(base, left=True)),
    ]
    present = [standing for standing in Standing if counted.by_standing[standing]]
    choices += [(words.STANDINGS[s], counted.by_standing[s], replace(base, standings=frozenset({s}))) for s in present]
    if all(wanted != choice for _text, _people, choice in choices):
        choices.append((filtering.described(replace(wanted, q="", unit=None), units), matching, wanted))
    return _made(place, choices, wanted)


def _more_chips(
    place: dict[str, Any], wanted: PeopleFilter, counted: Progress, proven: Mapping[Proof | None, int]
) -> list[tuple[str, list[Chip]]]:
    """The parts of the rail, the stored states and the proofs, each group under its heading."""
    base = _base(wanted)
    parts = [(words.SEGMENTS[s], counted.by_segment[s], replace(base, segment=s)) for s in Segment if counted.by_segment[s]]
    states = [(words.STATES[s], counted.by_state[s], replace(base, states=frozenset({s}))) for s in State if counted.by_state[s]]
    proofs = [(words.PROOFS[p], proven[p], PeopleFilter(granted_proof=p)) for p in Proof if proven.get(p)]
    return [
        (_("Part of the rail"), _made(place, parts, wanted)),
        (_("Recorded state"), _made(place, states, wanted)),
        (_("How the account is known"), _made(place, proofs, wanted)),
    ]


def _made(place: dict[str, Any], choices: Sequence[tuple[str | LazyString, int, PeopleFilter]], wanted: PeopleFilter) -> list[Chip]:
    return [
        Chip(text, people, url_for("people.list_people", **place, **filtering.arguments(choice)), choice == wanted)
        for text, people, choice in choices
    ]


def _unit_choices(units: Sequence[UnitProgress], wanted: PeopleFilter, names: Mapping[int, str]) -> list[UnitChoice]:
    """Units in which the search finds somebody, and the chosen one even if it does not."""
    found = {unit.id: unit.progress.total for unit in units}
    shown = [number for number in [*names, NO_UNIT] if number in found or number == wanted.unit]
    return [
        UnitChoice(
            value=str(filtering.arguments(PeopleFilter(unit=number))["unit"]),
            name=names.get(number) or _("No class or department"),
            people=found.get(number, 0),
            chosen=number == wanted.unit,
        )
        for number in shown
    ]
