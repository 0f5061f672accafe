"""The time of a channel, of which no two senders get the same."""

from __future__ import annotations

import threading
import time
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock, create_app, transaction
from app.adapters.channels import Letter, NotSent
from app.domain.ladder import Channel
from app.extensions import db
from app.jobs import outside
from app.jobs.turns import KeptTurns
from app.models import ChannelState
from app.services import turns
from tests.builders import at
from tests.conftest import TESTING

A_WHILE = 0.25
LETTER = Letter("1.2", "+84912345612", "Ân", "Chủ đề", "Chào anh Ân", "<p>Chào</p>", "Chao anh An", "https://truong.example/dung/abc")


def booked(channel: Channel, seconds: float = A_WHILE) -> datetime:
    with transaction.writing():
        return turns.book(channel, timedelta(seconds=seconds))


def test_of_several_who_book_at_once_each_gets_a_time_of_its_own(scene: Flask):
    begins, gate = list[datetime](), threading.Barrier(4)

    def book() -> None:
        with scene.app_context():
            gate.wait(5)
            begins.extend(booked(Channel.SMS) for _ in range(5))

    before = datetime.now(UTC)
    senders = [threading.Thread(target=book) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    begins.sort()
    assert (len(begins), begins[0] >= before) == (20, True)
    assert {later - earlier >= timedelta(seconds=A_WHILE) for earlier, later in pairwise(begins)} == {True}


def test_each_channel_has_a_time_of_its_own_and_none_is_saved_up(stage: Flask):
    until = booked(Channel.SMS, 3600) + timedelta(seconds=3600)
    assert booked(Channel.SMS) == until
    assert booked(Channel.ZALO) < until
    time.sleep(2 * A_WHILE)
    now = datetime.now(UTC)
    assert booked(Channel.ZALO) >= now


def test_it_is_the_time_of_the_wall_whatever_day_it_is_told_to_be(stage: Flask):
    with clock.set_to(at(date(2031, 1, 2))):
        assert booked(Channel.SMS).year < 2031


def test_a_sender_is_told_how_long_to_wait(stage: Flask):
    sender = KeptTurns(stage.app_context)
    assert sender.book(Channel.SMS, 3600) == 0
    assert 3500 < sender.book(Channel.SMS, A_WHILE) <= 3600


def test_where_the_database_does_not_answer_a_sender_keeps_the_pace_alone(caplog: pytest.LogCaptureFixture):
    app = create_app({**TESTING, "DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/nothing"})
    assert KeptTurns(app.app_context).book(Channel.SMS, A_WHILE) == 0
    assert "could not be booked" in caplog.text


def test_all_senders_book_at_one_place(stage: Flask, monkeypatch: pytest.MonkeyPatch):
    """Nobody is there who would take the messages: what is asked for is when they leave."""
    given = {"ESMS_URL": "http://127.0.0.1:1", "ESMS_API_KEY": "k", "ESMS_SECRET_KEY": "s", "ESMS_BRANDNAME": "TRUONG"}
    for name, value in (given | {"ESMS_RATE": "2", "WAYS": frozenset({Channel.SMS}), "TRYING_OUT": False}).items():
        monkeypatch.setitem(stage.config, name, value)
    before = datetime.now(UTC)
    for _ in range(2):
        sender = outside.carriers()[Channel.SMS]
        assert isinstance(sender.send(LETTER), NotSent)
        sender.close()
    with transaction.reading():
        until = db.session.scalars(select(ChannelState.booked_until)).one()
    assert until is not None
    assert until >= before + timedelta(seconds=2)  # a second of two messages for each of them
