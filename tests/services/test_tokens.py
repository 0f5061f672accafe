"""Zalo's tokens: sealed, shared by all senders, and renewed by one of them at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import select

from app import clock, transaction
from app.adapters import bounces
from app.adapters.bounces import Bounce, Mailbox
from app.adapters.channels import Fault, NotSent
from app.adapters.sealing import Sealer
from app.adapters.zalo import NotRenewed, Tokens
from app.domain.ladder import SENT_BY_US, Channel
from app.domain.nudge import Status
from app.extensions import db
from app.jobs import outside
from app.jobs.tokens import KeptTokens
from app.models import ChannelState, Nudge
from app.services import tokens, troubles
from tests.builders import at
from tests.services.test_deliveries import make_nudge

KEY = Fernet.generate_key().decode()
NOON = datetime(2026, 12, 7, 5, tzinfo=UTC)
A_DAY = 90_000


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.set_to(NOON):
        yield


class Zalo:
    """Gives a new pair for a refresh token that nobody has used yet."""

    def __init__(self) -> None:
        self.next = "first"
        self.given = 0
        self.lock = threading.Lock()

    def exchange(self, refresh: str) -> Tokens:
        with self.lock:
            if refresh != self.next:
                raise NotRenewed(NotSent(Fault.OPERATOR, "token: error -14014"))
            self.given += 1
            self.next = f"refresh {self.given}"
            return Tokens(f"access {self.given}", self.next, A_DAY)


def store(app: Flask, first: str = "first", key: str = KEY, now: Callable[[], datetime] = lambda: NOON) -> KeptTokens:
    return KeptTokens(first, Sealer([key]), now, app.app_context)


def test_the_first_token_comes_from_the_settings_and_is_kept_for_all(stage: Flask):
    zalo = Zalo()
    assert store(stage).access() is None
    assert store(stage).renew(None, zalo.exchange) == "access 1"
    assert store(stage).access() == "access 1"
    with transaction.reading():
        kept = db.session.scalars(select(ChannelState)).one()
        assert (kept.channel, kept.tokens_until) == (Channel.ZALO, NOON + timedelta(seconds=A_DAY))


def test_nobody_reads_tokens_out_of_the_database(stage: Flask):
    store(stage).renew(None, Zalo().exchange)
    with transaction.reading():
        sealed = tokens.kept(Channel.ZALO)
    assert sealed is not None
    assert b"access" not in sealed


def test_a_refused_token_is_renewed_with_the_newest_refresh_token(stage: Flask):
    zalo = Zalo()
    first = store(stage).renew(None, zalo.exchange)
    assert store(stage).renew(first, zalo.exchange) == "access 2"
    assert store(stage).renew("access 2", zalo.exchange) == "access 3"


def test_who_comes_second_finds_what_the_first_has_renewed(stage: Flask):
    zalo = Zalo()
    old = store(stage).renew(None, zalo.exchange)
    assert [store(stage).renew(old, zalo.exchange) for _ in range(3)] == ["access 2"] * 3
    assert zalo.given == 2


def test_several_senders_at_once_use_the_refresh_token_once(stage: Flask):
    zalo, found, gate = Zalo(), [], threading.Barrier(4)

    def renew() -> None:
        gate.wait(5)
        found.append(store(stage).renew(None, zalo.exchange))

    senders = [threading.Thread(target=renew) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert (found, zalo.given) == (["access 1"] * 4, 1)


def test_a_token_that_is_about_to_run_out_is_not_used(stage: Flask):
    zalo = Zalo()
    store(stage).renew(None, zalo.exchange)
    late = store(stage, now=lambda: NOON + timedelta(seconds=A_DAY - 60))
    assert late.access() is None
    assert late.renew(None, zalo.exchange) == "access 2"


def test_where_zalo_gives_none_the_old_ones_stay(stage: Flask):
    zalo = Zalo()
    old = store(stage).renew(None, zalo.exchange)
    zalo.next = "something else"
    with pytest.raises(NotRenewed):
        store(stage).renew(old, zalo.exchange)
    assert store(stage).access() == "access 1"


def test_a_new_refresh_token_in_the_settings_counts(stage: Flask):
    zalo = Zalo()
    store(stage).renew(None, zalo.exchange)
    zalo.next = "second"
    assert store(stage, "second").access() is None
    assert store(stage, "second").renew(None, zalo.exchange) == "access 2"
    assert store(stage, "second").access() == "access 2"


def test_tokens_that_no_key_opens_any_more_begin_anew(stage: Flask):
    zalo = Zalo()
    store(stage).renew(None, zalo.exchange)
    zalo.next = "first"
    other = store(stage, key=Fernet.generate_key().decode())
    assert other.access() is None
    assert other.renew(None, zalo.exchange) == "access 2"


def test_tokens_and_troubles_of_a_channel_leave_each_other_alone(stage: Flask):
    store(stage).renew(None, Zalo().exchange)
    with transaction.writing():
        troubles.begin(Channel.ZALO, "balance", NOON + timedelta(hours=1))
    assert store(stage).access() == "access 1"
    store(stage).renew("access 1", lambda _: Tokens("access 9", "r", A_DAY))
    with transaction.reading():
        kept = db.session.scalars(select(ChannelState)).one()
        assert kept.trouble == "balance"


# What a sender is given


def test_a_senders_carriers_are_those_of_the_settings(stage: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(stage.config, "EVIDENCE_KEY_FILE", tmp_path / "keys")
    assert set(outside.carriers()) == set(SENT_BY_US)


def test_a_carriers_time_is_its_senders_in_whatever_thread_it_works(stage: Flask):
    found = []
    with clock.set_to(at(date(2026, 12, 24))):
        now = outside._clock()
    threads = [threading.Thread(target=lambda: found.append(now())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [at(date(2026, 12, 24))] * 3


def test_returned_mails_are_settled_one_by_one(stage: Flask, monkeypatch: pytest.MonkeyPatch):
    campaign_id, nudge_id = make_nudge()

    def read(mailbox: Mailbox, settle: Callable[[Bounce], bool]) -> int:
        assert mailbox.host == "mx.example"
        found = [Bounce(campaign_id, nudge_id, True, "550 5.1.1"), Bounce(4711, 1, True, "550")]
        return sum(settle(bounce) for bounce in found)

    monkeypatch.setattr(bounces, "read_mailbox", read)
    assert outside.settle_bounces() == 0
    monkeypatch.setitem(stage.config, "BOUNCE_IMAP", "mx.example")
    assert outside.settle_bounces() == 2
    with transaction.reading():
        assert db.session.scalars(select(Nudge.status)).all() == [Status.PLANNED]


def test_a_report_that_comes_too_early_stays_in_the_mailbox(stage: Flask):
    campaign_id, nudge_id = make_nudge(Status.CLAIMED, claim="c")
    assert not outside._settle(Bounce(campaign_id, nudge_id, True, "550"))
