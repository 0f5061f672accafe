"""Samples: what the first few of a rung's messages of a day would say."""

from __future__ import annotations

from datetime import date

from app import clock
from app.domain.ladder import Channel
from app.domain.nudge import Decision, Terms
from app.queries import ladders
from app.queries.campaigns import CampaignView
from app.queries.forecast import noon, to_people, to_staff
from app.queries.second_look import url_of
from app.queries.speeches import calls, digest, speeches
from app.queries.where import EVERYWHERE, Where
from app.texts.speech import Digest, Speech, Wording

SAMPLES = 3


def samples(
    view: CampaignView, ways: frozenset[Channel], on: date, rung_id: int, where: Where = EVERYWHERE, count: int = SAMPLES
) -> list[tuple[Speech | Digest, Wording | None, Channel]]:
    """What the first few of a rung's messages of a day would say."""
    terms = ladders.terms(view, ways)
    rung = next((rung for rung in terms.rungs if rung.id == rung_id), None)
    if rung is None:
        return []
    wording = ladders.wordings(view.id).get(rung.text_id or 0)
    alone = Terms((rung,), terms.course, terms.hours, terms.is_paused, terms.ways)
    chosen = [(it, decision.channel) for it, decision in to_people(view, alone, on, where, anew=True) if _is_by(decision, rung_id)]
    staff = [(it, c, decision.channel) for it, c, decision in to_staff(view, alone, on, where, anew=True) if _is_by(decision, rung_id)]
    with clock.set_to(noon(on)):
        said = speeches(view, [it for it, _ in chosen[:count]])
        found: list[tuple[Speech | Digest, Wording | None, Channel]] = [
            (said[it.institution_id, it.person_id], wording, channel or Channel.EMAIL) for it, channel in chosen[:count]
        ]
        called = calls(view, {person.institution_id for person, _, _ in staff[:count]})
        for person, counts, channel in staff[: count - len(found)]:
            found.append(
                (digest(view, person, counts, called.of(person.institution_id), url_of(view, person)), wording, channel or Channel.EMAIL)
            )
    return found


def _is_by(decision: Decision, rung_id: int) -> bool:
    return decision.channel is not None and decision.occasion is not None and decision.occasion.rung_id == rung_id
