"""From a look to a letter: the message in words, with the link by which its receiver can decline further ones."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from app import clock, links
from app.adapters.channels import Letter
from app.domain.ladder import Channel
from app.domain.nudge import is_capped
from app.queries.second_look import Look
from app.services.sending import Departure, Held
from app.texts import render, zalo
from app.texts.scrubbing import bare_name
from app.texts.speech import Speech

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ready:
    """A message that goes as soon as its channel has room. `looked_at`: by the stopwatch, and in which hour of the day."""

    held: Held
    departure: Departure
    letter: Letter
    looked_at: tuple[float, int]


def ready(held: Held, look: Look, looked_at: tuple[float, int]) -> Ready | None:
    """The message of a look that says it goes. None where it can't be put into words, which must not keep the others back."""
    try:
        return _written(held, look, looked_at)
    except Exception:
        log.exception("nudge %s.%s can't be put into words", held.key.campaign_id, held.key.id)
        return None


def _written(held: Held, look: Look, looked_at: tuple[float, int]) -> Ready:
    letter = _letter(held, look)
    channel = look.decision.channel
    assert channel is not None
    departure = Departure(
        key=held.key,
        channel=channel,
        address=letter.to,
        subject=letter.subject,
        text=_said(channel, letter),
        is_capped=is_capped(held.nudge.receiver, channel) and not held.nudge.is_test,
        tries=held.nudge.tries,
        tried=held.nudge.tried,
        on=clock.today(),
        terms=look.terms,
    )
    return Ready(held, departure, letter, looked_at)


def _letter(held: Held, look: Look) -> Letter:
    name, speech, stop = f"{held.key.campaign_id}.{held.key.id}", look.said_to, None
    assert speech is not None
    assert look.address is not None
    if isinstance(speech, Speech) and not held.nudge.is_test:
        stop = links.stop_url(name)
        speech = replace(speech, stop_url=stop)
    said = render.said(speech, look.wording)
    values = zalo.values(speech) if look.decision.channel is Channel.ZALO else {}
    return Letter(name, look.address, bare_name(speech.name), said.subject, said.text, said.html, said.short, stop, values)


def _said(channel: Channel, letter: Letter) -> str:
    """What the receiver reads, for the ledger."""
    if channel is Channel.SMS:
        return letter.short
    return "\n".join(letter.values.values()) if channel is Channel.ZALO else letter.text
