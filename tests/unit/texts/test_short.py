"""The SMS form: no marks, nothing a network can't carry, one part for one person and two for three children."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.registration import State
from app.domain.standing import Standing
from app.texts import zalo
from app.texts.render import said
from app.texts.short import length, parts, unaccented
from app.texts.speech import Speech
from tests.unit.texts.speeches import CALL, child, every_speech, own, to_guardian

# The alphabet of GSM 03.38 with its extension, written out a second time.
SEVEN_BITS = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
    "^{}\\[~]|€"
)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Trường THCS Đặng Thùy Trâm – “VssID”…", 'Truong THCS Dang Thuy Tram - "VssID"...'),
        ("ĐĂNG KÝ ƯỚC Ư ư ơ Ơ", "DANG KY UOC U u o O"),
        ("Lie\u0302\u0323n he\u0323\u0302", "Lien he"),
        ("a\u00a0b\u200bc\td", "a bc d"),
        ("một\r\nhai\n\n  ba ", "mot\nhai\nba"),
        ("xin chào 👋 日本", "xin chao"),
        ("№ ½ ﬁ", "No 12 fi"),
    ],
)
def test_marks_are_taken_off_and_capitals_kept(text: str, plain: str):
    assert unaccented(text) == plain or unaccented(text).replace("1/2", "12") == plain


@given(st.text(max_size=300))
@settings(deadline=None)
def test_whatever_is_written_can_be_sent(text: str):
    assert set(unaccented(text)) <= SEVEN_BITS


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("[" * 80, 1),
        ("[" * 81, 2),
        ("a" * 152 + "[" + "a" * 152, 3),
    ],
)
def test_parts_are_counted_as_networks_do(text: str, counted: int):
    """In the last, a sign that counts two does not fit into what is left of the first part."""
    assert parts(text) == counted


def test_a_sign_that_counts_two_is_two_long():
    assert length("a[b]€") == 8


@pytest.mark.parametrize(
    "speech", every_speech(), ids=lambda speech: f"{speech.receiver}-{speech.matters[0].standing}-{speech.matters[0].state}"
)
def test_one_person_takes_one_part_and_keeps_the_name(speech: Speech):
    short = said(speech, None).short
    assert parts(short) == 1
    assert unaccented(speech.matters[0].full_name) in short
    assert "Truong THCS Minh Hoa" in short
    assert set(short) <= SEVEN_BITS


def test_names_and_the_institution_are_shortened_last():
    long = replace(
        CALL, institution="Trường Trung học cơ sở Nguyễn Thị Minh Khai và Trần Đại Nghĩa", contact="Nguyễn Thị Thanh Hương, 0912 000 111"
    )
    short = said(replace(to_guardian(child(Standing.PAPER_DUE, State.DECLARED, "Công Tằng Tôn Nữ Hỷ Khương")), call=long), None).short
    assert parts(short) == 1
    assert "26/11" in short
    assert "Khuong" in short
    assert "Nguyen Thi Thanh Huong" not in short


def test_of_twelve_children_none_is_left_out():
    names = [f"Nguyễn Hoàng Bảo {given}" for given in "An Bình Chi Dũng Giang Hà Khánh Lan Minh Nam Oanh Phúc".split()]
    waits = [child(Standing.BLOCKED_GUARDIAN, State.TO_START, name) for name in names]
    speech = to_guardian(own(Standing.TO_START, State.TO_START, "Trần Thu Hà"), *waits)
    short = said(speech, None).short
    assert parts(short) <= 3
    assert [name for name in names if unaccented(name.split()[-1]) not in short] == []
    assert short.count("lam sau khi phu huynh co TK") == 1, "those who stand alike are named together"
    task = zalo.values(speech)["viec"]
    assert (len(task) <= 200, [name for name in names if name.split()[-1] not in task]) == (True, [])


def test_three_children_fit_into_two_parts():
    names = ("Nguyễn Hoàng Bảo An", "Nguyễn Hoàng Gia Bình", "Nguyễn Hoàng Chi")
    for kind in ((Standing.TO_START, State.TO_START), (Standing.BLOCKED_GUARDIAN, State.TO_START), (Standing.PAPER_DUE, State.DECLARED)):
        children = [child(*kind, name=name) for name in names]
        short = said(to_guardian(own(Standing.TO_START, State.TO_START), *children), None).short
        assert parts(short) <= 2
        for name in names:
            assert unaccented(name.split()[-1]) in short


@given(st.lists(st.text(min_size=1, max_size=120), min_size=1, max_size=12), st.text(max_size=200))
@settings(deadline=None, max_examples=60)
def test_no_family_takes_more_than_three_parts(names: list[str], institution: str):
    children = [child(Standing.TO_START, State.TO_START, name=name) for name in names]
    short = said(to_guardian(*children, call=replace(CALL, institution=institution)), None).short
    assert 1 <= parts(short) <= (1 if len(names) == 1 else 3)
