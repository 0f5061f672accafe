"""The console, the recorder, the pace, and which carriers the settings make."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from app import config
from app.adapters.carriers import carriers, esms_callback, mailbox
from app.adapters.channels import Fault, Letter, NotSent, Sent, Unknown
from app.adapters.console import ConsoleCarrier
from app.adapters.pacing import PacedCarrier, Pacer
from app.adapters.recording import RecordingCarrier
from app.adapters.references import Reference, harmless, masked, referred
from app.adapters.zalo import TokenStore
from app.domain.ladder import SENT_BY_US, Channel

LETTER = Letter("1.2", "+84912345612", "Ân", "Chủ đề", "Chào anh Ân", "<p>Chào</p>", "Chao anh An", "https://truong.example/dung/abc")
MAIL = {"MAIL_SERVER": "mx.example:2525", "MAIL_FROM": "Trường A <nhac@truong.example>"}
ESMS = {"ESMS_API_KEY": "k", "ESMS_SECRET_KEY": "s", "ESMS_BRANDNAME": "TRUONG"}
ZALO = {"ZALO_APP_ID": "1", "ZALO_SECRET": "s", "ZALO_REFRESH_TOKEN": "r", "ZALO_TEMPLATE": "2"}


def test_the_console_shows_channel_masked_address_and_short_form_and_nothing_else():
    stream = io.StringIO()
    ConsoleCarrier(Channel.SMS, stream).send(LETTER)
    assert stream.getvalue() == "[sms] 09…12: Chao anh An\n"


def test_without_a_stream_the_console_writes_to_the_output_of_that_moment(capsys: pytest.CaptureFixture[str]):
    carrier = ConsoleCarrier(Channel.EMAIL)
    assert carrier.send(Letter("1.2", "an@nha.example", "Ân", "Chủ đề", "Chào", "", "Chao")) == Sent()
    carrier.close()
    assert capsys.readouterr().out == "[email] a…@nha.example: Chủ đề | Chao\n"


@pytest.mark.parametrize(
    ("channel", "address", "shown"),
    [(Channel.ZALO, "+84987654321", "09…21"), (Channel.SMS, "0912", "09…12"), (Channel.EMAIL, "x@y.example", "x…@y.example")],
)
def test_a_masked_address_is_known_to_its_owner_only(channel: Channel, address: str, shown: str):
    assert masked(channel, address) == shown


def test_the_recorder_keeps_letters_and_answers_as_it_was_told():
    carrier = RecordingCarrier(Channel.SMS, [Unknown("x")], otherwise=lambda letter: Sent(letter.id))
    carrier.will(NotSent(Fault.AGAIN, "later"))
    assert [carrier.send(LETTER) for _ in range(3)] == [Unknown("x"), NotSent(Fault.AGAIN, "later"), Sent("1.2")]
    assert carrier.letters == [LETTER] * 3
    carrier.close()
    assert carrier.is_closed


class Watch:
    """A stopwatch that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Booked:
    """A channel's time, given away in order."""

    def __init__(self, watch: Watch) -> None:
        self.until, self._watch = 0.0, watch

    def __call__(self, seconds: float) -> float:
        start = max(self.until, self._watch.now)
        self.until = start + seconds
        return start - self._watch.now


def test_so_many_a_second_and_no_more():
    watch = Watch()
    carrier = PacedCarrier(RecordingCarrier(Channel.SMS), Pacer(4, Booked(watch), watch, watch.sleep))
    times = [(carrier.send(LETTER), watch.now)[1] for _ in range(5)]
    assert times == pytest.approx([100, 100.25, 100.5, 100.75, 101])
    watch.now = 200
    assert [(carrier.send(LETTER), watch.now)[1] for _ in range(2)] == pytest.approx([200, 200.25])


@pytest.mark.parametrize(("rate", "gap"), [(4, 0.25), (0.5, 2.0), (2.5, 0.4)])
def test_however_many_send_it_is_no_faster(rate: float, gap: float):
    watch = Watch()
    booked, gone = Booked(watch), list[float]()
    senders = [Pacer(rate, booked, watch, lambda seconds: gone.append(watch.now + seconds)) for _ in range(3)]
    for watch.now in (100.0, 100.1, 130.0, 130.3, 131.0):
        for sender in senders:
            before = len(gone)
            sender.wait()
            if len(gone) == before:
                gone.append(watch.now)
    gone.sort()
    assert min(later - earlier for earlier, later in pairwise(gone)) >= gap - 1e-6
    assert gone[0] == 100


def test_a_rate_of_nothing_is_no_limit():
    watch = Watch()
    pacer = Pacer(0, Booked(watch), watch, watch.sleep)
    assert {(pacer.wait(), watch.now)[1] for _ in range(100)} == {100.0}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("<nudge-12.345@truong.example>", Reference(12, 345)),
        ("nudge-12.345-a1b2c3d4", Reference(12, 345)),
        ("nudge-12.345", Reference(12, 345)),
        ("<abc@x.example> <nudge-1.2@truong.example>", Reference(1, 2)),
        ("nudge-12", None),
        ("nudge-test-1", None),
        ("nudge-99999999999.1", None),
        ("nudge-1.4294967296", None),
        ("nudge-1.12345678901", None),
        ("", None),
    ],
)
def test_a_message_of_ours_is_found_again_by_its_name(text: str, meant: Reference | None):
    assert referred(text) == meant


def test_what_others_say_is_kept_without_addresses_and_numbers():
    said = "550 5.1.1 <an.nguyen@nha.example>: unknown;\r\n phone +84 912 345 678 or 0912345678, id 079203001234"
    assert harmless(said) == "550 5.1.1 … unknown; phone … or …, id …"
    assert len(harmless("x" * 500)) == 120


# Which carriers there are


class NoTokens(TokenStore):
    """None are asked for."""


def settings(**given: Any) -> dict[str, Any]:
    made: dict[str, Any] = dict(config.CHANNEL_SETTINGS)
    made |= {"PUBLIC_URL": "https://truong.example", "HOOK_SECRET": None} | given
    config.add_ways(made)
    return made


def channels(made: dict[str, Any]) -> dict[Channel, str]:
    found = carriers(made, NoTokens(), lambda: datetime.now(UTC), lambda channel, seconds: 0.0)
    for carrier in found.values():
        carrier.close()
    return {channel: type(carrier).__name__ for channel, carrier in found.items() if carrier.channel is channel}


def test_with_nothing_set_up_everything_goes_to_the_console():
    made = settings()
    assert (made["WAYS"], made["TRYING_OUT"]) == (frozenset(SENT_BY_US), True)
    assert channels(made) == dict.fromkeys(SENT_BY_US, "ConsoleCarrier")


@pytest.mark.parametrize(
    ("given", "ways"),
    [
        (MAIL, {Channel.EMAIL}),
        (ESMS, {Channel.SMS}),
        (ZALO, {Channel.ZALO}),
        (MAIL | ESMS | ZALO, set(SENT_BY_US)),
    ],
)
def test_what_is_set_up_is_used_and_nothing_stands_in_for_the_rest(given: dict[str, str], ways: set[Channel]):
    made = settings(**given)
    assert (made["WAYS"], made["TRYING_OUT"]) == (ways, False)
    assert channels(made).keys() == ways


@pytest.mark.parametrize("whole", [MAIL, ESMS, ZALO])
def test_a_channel_set_up_by_half_keeps_the_application_from_starting(whole: dict[str, str]):
    for missing in whole:
        with pytest.raises(ValueError, match=missing):
            settings(**{name: value for name, value in whole.items() if name != missing})


def test_a_misspelt_security_keeps_the_application_from_starting():
    with pytest.raises(ValueError, match="MAIL_SECURITY"):
        settings(**MAIL, MAIL_SECURITY="ssl")


def test_a_test_may_say_itself_which_ways_there_are():
    assert settings(WAYS=frozenset({Channel.SMS}))["WAYS"] == {Channel.SMS}


def test_reports_are_asked_for_where_there_is_a_secret_for_them():
    assert esms_callback(settings()) is None
    assert esms_callback(settings(HOOK_SECRET="k")) == "https://truong.example/hooks/esms/k"


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"BOUNCE_IMAP": "mx.example"}, ("mx.example", 993)),
        ({"BOUNCE_IMAP": "mx.example:1993"}, ("mx.example", 1993)),
        ({"BOUNCE_IMAP": "mx.example", "BOUNCE_SECURITY": "starttls"}, ("mx.example", 143)),
    ],
)
def test_a_port_need_not_be_given(given: dict[str, str], place: tuple[str, int]):
    found = mailbox(settings(**given))
    assert found is not None
    assert (found.host, found.port) == place
    assert mailbox(settings()) is None


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("MAIL_SERVER", "mx.example")
    monkeypatch.setenv("PUBLIC_URL", "https://truong.example/")
    made = config.settings(tmp_path)
    assert (made["MAIL_SERVER"], made["MAIL_SECURITY"], made["PUBLIC_URL"]) == ("mx.example", "starttls", "https://truong.example")
