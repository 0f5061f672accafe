"""A whole campaign from D-21 to D+3, day by day. What left was read once by eye and is held in `campaign.txt`; `python -m pytest
tests/stories --write-golden` writes it anew, to be read again."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.adapters.channels import Letter
from app.domain.addresses import masked
from app.domain.ladder import Channel
from app.domain.registration import Event
from tests.stories.school import DEADLINE, School, school

GOLDEN = Path(__file__).with_name("campaign.txt")


def test_every_message_of_a_campaign_is_the_one_that_was_read(database: Flask, request: pytest.FixtureRequest):
    story = school(database)
    told = [_day(story, DEADLINE + timedelta(days=days)) for days in range(-21, 4)]
    text = "\n".join(told)
    if request.config.getoption("--write-golden"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def _day(story: School, day: date) -> str:
    """What happens in the morning's post, then what people do in the afternoon."""
    sent = story.day(day)
    lines = [f"=== {day:%a %d/%m/%Y}, D{(day - DEADLINE).days:+d}: " + (_counts(sent) or "nothing")]
    seen: set[str] = set()
    for channel, letters in sent.items():
        for letter in letters:
            lines += _told(channel, letter, seen)
    _afternoon(story, day)
    return "\n".join([*lines, ""])


def _counts(sent: dict[Channel, list[Letter]]) -> str:
    return ", ".join(f"{len(letters)} by {channel}" for channel, letters in sent.items() if letters)


def _told(channel: Channel, letter: Letter, seen: set[str]) -> list[str]:
    """Each message in a line; the first of each subject of a day in full."""
    lines = [f"{channel:5} {masked(letter.to)} {letter.name}: {letter.short}"]
    if letter.subject not in seen:
        seen.add(letter.subject)
        body = letter.text.replace(letter.stop_url, "STOP") if letter.stop_url else letter.text
        lines += [f"    | {line}" for line in (letter.subject, *body.splitlines())]
    return lines


def _afternoon(story: School, day: date) -> None:
    people = story.people
    match (day - DEADLINE).days:
        case -20:
            for person in people["declared lately"][:2]:
                story.event(person, Event.HANDED_IN, day)
        case -18:
            story.event(story.mothers[people["children"][0]], Event.GRANTED, day)
            story.event(people["rejected"][0], Event.DECLARED, day)
        case -15:
            for person in people["to start"][:3]:
                story.event(person, Event.DECLARED, day)
        case -10:
            for child in people["children"][:3]:
                story.event(child, Event.DECLARED, day)
        case -8:
            for person in (*people["waiting"], *people["form received"]):
                story.event(person, Event.GRANTED, day)
        case -4:
            for child in people["children"][:3]:
                story.event(child, Event.GRANTED, day)
        case _:
            pass
