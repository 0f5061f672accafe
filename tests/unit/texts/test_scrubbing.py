"""Nothing that leaves holds an identity number, a date of birth or a password, whatever staff have typed as a reason."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.registration import State
from app.domain.standing import Standing
from app.texts import zalo
from app.texts.render import said
from app.texts.scrubbing import bare_name, holds_identity_number, scrubbed
from app.texts.speech import Matter, Speech, Wording
from tests.unit.texts.speeches import FACTS, child, own, to_guardian, to_person

OWN_TEXT = Wording("{{ ten }}: {{ han }}", "{{ ten }} {{ con }} {{ lop }}\n{{ viec }}", "{{ viec_ngan }}")


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Số CCCD 079201001234 không khớp", "Số CCCD … không khớp"),
        ("mã 0154777327", "mã …"),
        ("thẻ GD4797912345678 hết hạn", "thẻ … hết hạn"),
        ("079 201 001 234", "…"),
        ("079.201.001.234", "…"),
        ("079-201-001-234", "…"),
        ("sinh 03/05/2014", "sinh …"),
        ("sinh ngày 3 tháng 5 năm 2014", "sinh …"),
        ("NS: 2014-05-03 sai", "NS: … sai"),
        ("3.5.2014", "…"),
        ("sinh năm 2014", "sinh …"),
        ("mật khẩu: Abc@123 sai", "mật khẩu … sai"),
        ("Mật khẩu là Abc@123", "Mật khẩu …"),
        ("mk: 123456", "mk …"),
        ("０７９２０１００１２３４", "…"),
        ("079\u200b201001234", "…"),
        ("⓪⑦⑨②⓪①⓪⓪①②③④", "…"),
        ("⁰⁷⁹²⁰¹⁰⁰¹²³⁴", "…"),
        ("079·201·001·234", "…"),
        ("079 – 201 – 001 – 234", "…"),
        ("(079)(201)(001)(234)", "( … )"),
        ("079:201:001:234", "…"),
        ("Ảnh mờ, chụp lại", "Ảnh mờ, chụp lại"),
        ("Thiếu mẫu TK1-TS, điều 12", "Thiếu mẫu TK1-TS, điều 12"),
    ],
)
def test_what_names_somebody_is_taken_out_and_the_rest_stays(typed: str, left: str):
    assert scrubbed(typed) == left


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Nguyễn Văn A (03/05/2014)", "Nguyễn Văn A"),
        ("Lê An - 079201001234", "Lê An"),
        ("Lê An 079201001234", "Lê An"),
        ("Lê An 079201001234 B", "Lê An B"),
        ("Trần Bảo An", "Trần Bảo An"),
        ("An (2)", "An (2)"),
    ],
)
def test_a_name_is_only_a_name(name: str, bare: str):
    assert bare_name(name) == bare


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("CCCD 079201001234", True),
        ("0154777327", True),
        ("123456789", True),
        ("GD4797912345678", True),
        ("079 201 001 234", True),
        ("Gọi 0912000111", False),
        ("Gọi 024 3827 1234 hoặc 1900 9068", False),
        ("+84912000111", False),
        ("Công văn 239/BHXH-TT ngày 13/05/2021", False),
    ],
)
def test_an_identity_number_in_a_text_is_told_from_a_telephone(text: str, holds: bool):
    assert holds_identity_number(text) is holds


def grouped(number: str, separator: str, size: int) -> str:
    return separator.join(number[at : at + size] for at in range(0, len(number), size))


digits = st.text(alphabet="0123456789", min_size=1, max_size=1)
places = st.sampled_from(["001", "079", "048", "036"])
cccd = st.builds(lambda place, rest: place + rest, places, st.text(alphabet="0123456789", min_size=9, max_size=9))
bhxh = st.text(alphabet="0123456789", min_size=10, max_size=10).filter(lambda number: number != "0912000111")  # the contact's telephone
cmnd = st.text(alphabet="0123456789", min_size=9, max_size=9)
card = st.builds(
    lambda letters, rest: letters + rest, st.sampled_from(["GD", "HS", "DN", "te"]), st.text("0123456789", min_size=13, max_size=13)
)
written = st.builds(grouped, st.one_of(cccd, bhxh, cmnd, card), st.sampled_from(["", "", " ", ".", "-"]), st.sampled_from([3, 4, 5]))
births = st.dates(date(1940, 1, 1), date(2015, 12, 31))
SHAPES = (
    "{0:%d/%m/%Y}",
    "{0:%d-%m-%Y}",
    "{0:%Y-%m-%d}",
    "{0.day}/{0.month}/{0.year}",
    "{0:%d.%m.%Y}",
    "ngày {0.day} tháng {0.month} năm {0.year}",
    "{0:%d/%m/%y}",
)
words = st.sampled_from(["Ảnh thẻ mờ", "số không khớp:", "sinh", "mã số BHXH", "(theo sổ)", "xem lại,", "HS"])


@st.composite
def reasons(draw: st.DrawFn) -> tuple[str, str, date, str]:
    """A reason with a number, a birth date and a password among its words; and those three."""
    number, birth = draw(written), draw(births)
    shape, secret = draw(st.sampled_from(SHAPES)), draw(st.text("abcdefgh!@#XYZ", min_size=8, max_size=12))
    pieces = [number, shape.format(birth), f"mật khẩu: {secret}", draw(words), draw(words)]
    return " ".join(draw(st.permutations(pieces))), number, birth, secret


@st.composite
def speeches(draw: st.DrawFn) -> tuple[Speech, list[tuple[str, str, date, str]]]:
    found: list[tuple[str, str, date, str]] = []

    def spoilt(matter: Matter) -> Matter:
        found.append(draw(reasons()))
        return replace(matter, reason=found[-1][0], full_name=draw(st.sampled_from(["Trần Bảo An", f"Trần An ({found[-1][2]:%d/%m/%Y})"])))

    kinds = st.sampled_from([*FACTS, *[(Standing.TO_FIX, State.REJECTED)] * 8])
    kind = draw(kinds)
    if draw(st.booleans()) and kind[0] is not Standing.BLOCKED_GUARDIAN:
        matter = spoilt(own(*kind))
        return to_person(matter, stop_url="https://x.example/s/abc"), found
    return to_guardian(*(spoilt(child(*draw(kinds))) for _ in range(draw(st.integers(1, 4))))), found


@given(speeches(), st.sampled_from([None, OWN_TEXT]))
@settings(deadline=None, max_examples=400)
def test_nothing_that_leaves_holds_a_number_a_birth_date_or_a_password(
    made: tuple[Speech, list[tuple[str, str, date, str]]], wording: Wording | None
):
    speech, found = made
    it = said(speech, wording)
    assert not it.fell_back
    leaving = "\n".join((it.subject, it.text, it.html, it.short, *zalo.values(speech).values()))
    joined = re.sub(r"(?<=\d)[ .\-](?=\d)", "", leaving)
    for _, number, birth, secret in found:
        bare = re.sub(r"[ .\-]", "", number)
        assert bare not in joined
        assert re.sub(r"\D", "", bare) not in joined
        assert secret not in leaving
        for shape in SHAPES:
            assert shape.format(birth) not in leaving
    assert not re.search(r"\d{9}", joined.replace("0912000111", ""))
