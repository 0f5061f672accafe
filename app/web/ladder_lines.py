"""A ladder as its page lists it: the rungs in the order of their days, each in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask_babel import gettext

from app import clock
from app.domain.ladder import ADDRESSED, TO_ACT, Anchor, Channel, Course, Receiver, Rung, goes_on
from app.queries.campaigns import CampaignView
from app.queries.ladders import LadderView, course
from app.queries.rung_effects import Effect
from app.web import nudge_words, words

_ORDER = (Anchor.DEADLINE, Anchor.DECLARED, Anchor.REJECTED, Anchor.GRANTED, Anchor.PASSWORD_CHANGED, Anchor.WEEKDAY)


@dataclass(frozen=True, slots=True)
class RungLine:
    """One rung. `day` is the one it comes to, None where that differs from person to person; `moved_from` the day that was quiet or past
    the deadline; `whom` and `to` are worded; `text` is the name of an own text; `is_own` that it may be changed here."""

    rung: Rung
    name: str
    day: date | None
    moved_from: date | None
    is_past: bool
    whom: str
    to: str
    channels: tuple[Channel, ...]
    text: str | None
    is_own: bool
    effect: Effect | None


def lines(
    campaign: CampaignView,
    ladder: LadderView,
    *,
    institution_id: int | None,
    units: Mapping[int, str],
    texts: Mapping[int, str],
    effects: Mapping[int, Effect],
) -> list[RungLine]:
    """The rungs that concern a place: an institution's (its own may be changed there), or with None the campaign's."""
    dates = course(campaign, ladder)
    elsewhere = frozenset({Receiver.OFFICER}) if institution_id is not None else frozenset[Receiver]()
    shown = [rung for rung in ladder.rungs if rung.institution_id in {None, institution_id} and rung.receivers - elsewhere]
    found = []
    for rung in shown:
        day = _day(rung, dates)
        plain = _day(rung, replace(dates, is_quiet=lambda _day: False))
        found.append(
            RungLine(
                rung=rung,
                name=nudge_words.rung_name(rung),
                day=day,
                moved_from=plain if plain != day else None,
                is_past=day is not None and day < clock.today(),
                whom=_whom(rung, units),
                to=_joined(nudge_words.RECEIVERS[receiver] for receiver in Receiver if receiver in rung.receivers),
                channels=rung.channels,
                text=texts.get(rung.text_id) if rung.text_id else None,
                is_own=rung.institution_id == institution_id,
                effect=effects.get(rung.id),
            )
        )
    return sorted(found, key=_place)


def _day(rung: Rung, dates: Course) -> date | None:
    """A weekly rung's is its next one."""
    if rung.anchor is Anchor.DEADLINE:
        return goes_on(rung, dates.deadline.on, dates)
    if rung.anchor is not Anchor.WEEKDAY:
        return None
    first = max(clock.today(), dates.starts_on)
    on = first + timedelta(days=(rung.distance - first.isoweekday()) % 7)
    return goes_on(rung, on, dates) if on <= dates.deadline.last_day else None


def _place(line: RungLine) -> tuple[int, date, int, int]:
    by_day = line.rung.anchor is Anchor.DEADLINE and line.day is not None
    return (_ORDER.index(line.rung.anchor), line.day if by_day and line.day else date.min, line.rung.distance, line.rung.id)


def _whom(rung: Rung, units: Mapping[int, str]) -> str:
    if not rung.receivers & ADDRESSED:
        return str(gettext("counts of who is left"))
    if rung.anchor is Anchor.PASSWORD_CHANGED:
        parts = [gettext("whoever uses the account")]
    elif not rung.standings:
        parts = [gettext("whoever is not done")]
    elif rung.standings == TO_ACT:
        parts = [gettext("whoever has something to do")]
    else:
        parts = [_joined(text for standing, text in words.STANDINGS.items() if standing in rung.standings)]
    parts += [gettext("registers %(track)s", track=words.TRACKS[rung.track])] if rung.track else []
    parts += [units.get(rung.unit_id, "")] if rung.unit_id else []
    return " · ".join(filter(None, parts))


def _joined(texts: Iterable[object]) -> str:
    return ", ".join(map(str, texts))
