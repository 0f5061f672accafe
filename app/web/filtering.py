"""Between the arguments of a URL and the filter they mean. What is not known is left out, so an old or mistyped address still works."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from flask_babel import gettext, ngettext
from werkzeug.datastructures import MultiDict

from app.domain.registration import Proof, State
from app.domain.standing import Goal, Segment, Standing
from app.domain.track import Track
from app.queries.filters import NO_UNIT, PeopleFilter
from app.web import words

MAX_SEARCH = 100
_DAYS = re.compile(r"(\d{1,3})-(\d{1,3})")
Known = TypeVar("Known", bound=StrEnum)


def parse(arguments: MultiDict[str, str]) -> PeopleFilter:
    """The filter that a URL asks for."""
    return PeopleFilter(
        q="".join(filter(str.isprintable, arguments.get("q", "")))[:MAX_SEARCH].strip(),
        unit=_unit(arguments.get("unit", "")),
        states=_known(State, arguments.getlist("state")),
        standings=_known(Standing, arguments.getlist("standing")),
        segment=_one(Segment, arguments.get("segment", "")),
        reached=_one(Goal, arguments.get("reached", "")),
        left=arguments.get("left", "") == "1",
        in_scope=arguments.get("in_scope", "") == "1",
        days_left=_days(arguments.get("days", "")),
        track=_one(Track, arguments.get("track", "")),
        paper_owed=arguments.get("owed", "") == "1",
        renewal_due=arguments.get("renewal", "") == "1",
        paper_not_good=arguments.get("bad_paper", "") == "1",
        no_guardian=arguments.get("no_guardian", "") == "1",
        granted_proof=_one(Proof, arguments.get("proof", "")),
    )


def arguments(wanted: PeopleFilter) -> dict[str, Any]:
    """The arguments of the URL that asks for this filter, only those that are needed."""
    found = {
        "q": wanted.q,
        "unit": None if wanted.unit is None else "none" if wanted.unit == NO_UNIT else str(wanted.unit),
        "state": [state.value for state in State if state in wanted.states],
        "standing": [standing.value for standing in Standing if standing in wanted.standings],
        "segment": wanted.segment and wanted.segment.value,
        "reached": wanted.reached and wanted.reached.value,
        "left": "1" if wanted.left else None,
        "in_scope": "1" if wanted.in_scope else None,
        "days": "{}-{}".format(*wanted.days_left) if wanted.days_left else None,
        "track": wanted.track and wanted.track.value,
        "owed": "1" if wanted.paper_owed else None,
        "renewal": "1" if wanted.renewal_due else None,
        "bad_paper": "1" if wanted.paper_not_good else None,
        "no_guardian": "1" if wanted.no_guardian else None,
        "proof": wanted.granted_proof and wanted.granted_proof.value,
    }
    return {name: value for name, value in found.items() if value}


def described(wanted: PeopleFilter, units: Mapping[int, str]) -> str:
    """In words who is meant; "everybody" when nothing narrows it. `units` are names by id."""
    parts = [units.get(wanted.unit, "") if wanted.unit else ""]
    if wanted.unit == NO_UNIT:
        parts.append(gettext("without a class or department"))
    parts += [str(words.SEGMENTS[wanted.segment])] if wanted.segment else []
    parts += [gettext("reached: %(goal)s", goal=words.GOALS[wanted.reached])] if wanted.reached else []
    parts += [gettext("left to do")] if wanted.left else []
    parts += [gettext("in scope")] if wanted.in_scope else []
    parts += [_days_words(*wanted.days_left)] if wanted.days_left else []
    parts += [gettext("registers %(track)s", track=words.TRACKS[wanted.track])] if wanted.track else []
    parts += [gettext("account granted, form still owed")] if wanted.paper_owed else []
    parts += [gettext("password older than six months")] if wanted.renewal_due else []
    parts += [gettext("a paper is not good")] if wanted.paper_not_good else []
    parts += [gettext("waits for a guardian, nobody is noted")] if wanted.no_guardian else []
    parts += [gettext("account known from: %(proof)s", proof=words.PROOFS[wanted.granted_proof])] if wanted.granted_proof else []
    parts += [str(words.STANDINGS[standing]) for standing in Standing if standing in wanted.standings]
    parts += [str(words.STATES[state]) for state in State if state in wanted.states]
    parts += [f"“{wanted.q}”"] if wanted.q else []
    return " · ".join(filter(None, parts)) or str(gettext("everybody"))


def _days_words(first: int, last: int) -> str:
    if first == 0:
        return str(ngettext("form to hand in within %(num)d day", "form to hand in within %(num)d days", last))
    return str(gettext("form to hand in within %(first)d to %(last)d days", first=first, last=last))


def _known(kind: type[Known], texts: list[str]) -> frozenset[Known]:
    return frozenset(kind(text) for text in texts if text in set(kind))


def _one(kind: type[Known], text: str) -> Known | None:
    return kind(text) if text in set(kind) else None


def _unit(text: str) -> int | None:
    if text == "none":
        return NO_UNIT
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _days(text: str) -> tuple[int, int] | None:
    found = _DAYS.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None
