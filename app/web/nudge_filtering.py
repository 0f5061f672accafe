"""Between the arguments of a URL and the messages they mean. What is not known is left out, so an old or mistyped address still works."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.domain.ladder import Channel, Receiver, Rung
from app.domain.nudge import Status, Why
from app.queries.filters import NO_UNIT
from app.queries.nudges import NO_RUNG, NudgeFilter
from app.web import nudge_words
from app.web.filters import day
from app.web.ids import an_id

Known = TypeVar("Known", bound=StrEnum)


def parse(arguments: MultiDict[str, str]) -> NudgeFilter:
    """The filter that a URL asks for."""
    return NudgeFilter(
        status=_one(Status, arguments.get("status", "")),
        why=_one(Why, arguments.get("why", "")),
        rung=NO_RUNG if arguments.get("rung") == "none" else arguments.get("rung", type=an_id),
        channel=_one(Channel, arguments.get("channel", "")),
        receiver=_one(Receiver, arguments.get("receiver", "")),
        on=a_day(arguments.get("on", "")),
        unit=a_unit(arguments.get("unit", "")),
    )


def arguments(wanted: NudgeFilter) -> dict[str, Any]:
    """The arguments of the URL that asks for this filter, only those that are needed."""
    found = {
        "status": wanted.status and wanted.status.value,
        "why": wanted.why and wanted.why.value,
        "rung": None if wanted.rung is None else "none" if wanted.rung == NO_RUNG else str(wanted.rung),
        "channel": wanted.channel and wanted.channel.value,
        "receiver": wanted.receiver and wanted.receiver.value,
        "on": wanted.on and wanted.on.isoformat(),
        "unit": None if wanted.unit is None else "none" if wanted.unit == NO_UNIT else str(wanted.unit),
    }
    return {name: value for name, value in found.items() if value}


def rung_argument(rung: Rung | None) -> str:
    """A rung as the URL names it; None is what was sent by hand when none was left."""
    return "none" if rung is None else str(rung.id)


def described(wanted: NudgeFilter, units: Mapping[int, str], rungs: Mapping[int, Rung]) -> str:
    """In words which messages are meant. `units` are names by id, `rungs` rungs by id."""
    parts = [day(wanted.on) if wanted.on else ""]
    if wanted.rung is not None:
        parts.append(nudge_words.rung_name(rungs.get(wanted.rung)))
    if wanted.unit is not None:
        parts.append(units.get(wanted.unit, "") if wanted.unit else gettext("without a class or department"))
    parts += [str(nudge_words.RECEIVERS[wanted.receiver])] if wanted.receiver else []
    parts += [str(nudge_words.CHANNELS[wanted.channel])] if wanted.channel else []
    parts += [str(nudge_words.STATUSES[wanted.status][1])] if wanted.status else []
    parts += [str(nudge_words.WHYS[wanted.why])] if wanted.why else []
    return " · ".join(filter(None, parts)) or gettext("all messages")


def a_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def a_unit(text: str) -> int | None:
    if text == "none":
        return NO_UNIT
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _one(kind: type[Known], text: str) -> Known | None:
    return kind(text) if text in set(kind) else None
