"""A campaign's own texts: what they may say, what is refused with a reason, and that none keeps a message from going."""

from __future__ import annotations

import re
from dataclasses import replace

import html5lib
import pytest
from bs4 import BeautifulSoup

from app.domain.registration import State
from app.domain.standing import Standing
from app.texts import zalo
from app.texts.render import Fault, check, said
from app.texts.speech import Wording
from app.texts.variables import VARIABLES, values
from tests.unit.texts.speeches import DIGEST, child, every_speech, own, to_guardian, to_person

GOOD = Wording("Nhắc {{ ten }}", "Kính gửi {{ ten }},\n\n{{ viec }}\n\nHỏi: {{ lien_he }}", "{{ don_vi }}: {{ viec_ngan }}")
HA = to_guardian(
    child(Standing.TO_START, State.TO_START), child(Standing.WAITING, State.HANDED_IN, "Trần Bình"), stop_url="https://x.example/s/abc"
)


def test_a_text_of_the_campaigns_own_is_filled_in():
    it = said(HA, GOOD)
    assert it.subject == "Nhắc Trần Thu Hà"
    assert it.text.startswith("Kính gửi Trần Thu Hà,\n\n- Trần Bảo An (6A1): Chưa kê khai.")
    assert it.short.startswith("Truong THCS Minh Hoa: Tran Bao An: chua ke khai")
    assert not it.fell_back


def test_how_to_decline_stands_in_every_message_once():
    assert said(HA, GOOD).text.count("https://x.example/s/abc") == 1
    assert said(HA, None).text.count("https://x.example/s/abc") == 1
    own_words = replace(GOOD, body="{{ viec }} Thôi nhận: {{ ngung_nhan }}")
    assert said(HA, own_words).text.count("https://x.example/s/abc") == 1


def test_something_can_be_said_only_where_a_value_is_there():
    wording = replace(GOOD, body="{% if con and not con_lai %}Các con: {{ con }}{% else %}Một mình {{ ten }}{% endif %}")
    assert said(HA, wording).text.startswith("Các con: Trần Bảo An, Trần Bình")
    assert said(to_person(own(Standing.TO_START, State.TO_START)), wording).text == "Một mình Lê Minh Đức"


@pytest.mark.parametrize(
    ("part", "text", "fault", "detail"),
    [
        ("body", "{{ mat_khau }}", Fault.UNKNOWN_VARIABLE, "mat_khau"),
        ("body", "{{ ten", Fault.BROKEN, "1"),
        ("body", "a\n{% if ten %}b", Fault.BROKEN, "2"),
        ("body", "{% for c in con %}{{ c }}{% endfor %}", Fault.NOT_ALLOWED, "1"),
        ("body", "{{ ten.__class__ }}", Fault.NOT_ALLOWED, "1"),
        ("body", "{{ ten['x'] }}", Fault.NOT_ALLOWED, "1"),
        ("body", "{{ ten() }}", Fault.NOT_ALLOWED, "1"),
        ("body", "{{ ten|upper }}", Fault.NOT_ALLOWED, "1"),
        ("body", "{{ 'x' * 99999 }}", Fault.NOT_ALLOWED, "1"),
        ("body", "{{ range(9) }}", Fault.UNKNOWN_VARIABLE, "range"),
        ("body", "{% include 'x' %}", Fault.NOT_ALLOWED, "1"),
        ("body", "{% set a = ten %}", Fault.NOT_ALLOWED, "1"),
        ("body", "{% macro a() %}{% endmacro %}", Fault.NOT_ALLOWED, "1"),
        ("body", " \n ", Fault.EMPTY, ""),
        ("body", "x" * 6001, Fault.TOO_LONG, "6000"),
        ("subject", "", Fault.EMPTY, ""),
        ("subject", "a\nb", Fault.TWO_LINES, ""),
        ("body", "CCCD 079201001234", Fault.IDENTITY_NUMBER, ""),
        ("short", "Ma so 0154777327", Fault.IDENTITY_NUMBER, ""),
        ("short", "x" * 460, Fault.TOO_MANY_PARTS, "4"),
        ("short", "{{ viec }}", Fault.TOO_MANY_PARTS, "8"),
    ],
)
def test_a_text_that_cant_be_used_is_told_why_and_the_built_in_one_goes(part: str, text: str, fault: Fault, detail: str):
    wording = replace(GOOD, **{part: text})
    problems = check(wording)
    assert (part, fault) in [(problem.part, problem.fault) for problem in problems]
    if fault is not Fault.TOO_MANY_PARTS:
        assert detail in [problem.detail for problem in problems]
    it, built_in = said(HA, wording), said(HA, None)
    assert it.fell_back
    assert (it.subject, it.text, it.short) == (built_in.subject, built_in.text, built_in.short)


def test_an_empty_sms_form_means_the_built_in_one():
    wording = replace(GOOD, short="")
    assert check(wording) == ()
    assert said(HA, wording).short == said(HA, None).short


def test_everything_wrong_is_told_at_once():
    found = check(Wording("", "{{ sai }} {{ sai_nua }}", "{% for a in b %}{% endfor %}"))
    assert {problem.part for problem in found} == {"subject", "body", "short"}
    assert {"sai", "sai_nua"} <= {problem.detail for problem in found}


def test_every_variable_is_explained_and_has_a_value_for_everybody():
    whole = Wording("x", " ".join(f"{{{{ {name} }}}}" for name in VARIABLES), "")
    for speech in (*every_speech(), DIGEST):
        assert set(values(speech)) == set(VARIABLES)
        assert not said(speech, whole).fell_back
    assert all(variable.meaning for variable in VARIABLES.values())


def test_a_telephone_may_stand_in_a_text():
    assert check(replace(GOOD, body="{{ viec }} Gọi cô Hoa 0912000111.")) == ()


@pytest.mark.parametrize("wording", [None, GOOD])
def test_the_html_form_is_sound_says_the_same_and_escapes_what_people_wrote(wording: Wording | None):
    evil = child(
        Standing.TO_FIX, State.REJECTED, '<script>alert("x")</script>', reason='<img src=x onerror="a">&amp; https://x.example/?a=1&b=2'
    )
    speech = to_guardian(evil, child(Standing.TO_START, State.TO_START, "Trần Bình"), stop_url="https://x.example/s/a?b=1&c=2")
    it = said(speech, wording)
    html5lib.HTMLParser(strict=True).parse(it.html)
    soup = BeautifulSoup(it.html, "html.parser")
    assert not soup.select("script, img, iframe, link")
    shown = "".join(soup.get_text().split())
    for line in it.text.splitlines():
        assert "".join(line.removeprefix("- ").split()) in shown
    assert "https://x.example/s/a?b=1&c=2" in {str(link["href"]) for link in soup.select("a")}
    assert soup.select_one("meta[name=viewport]")
    assert "prefers-color-scheme: dark" in it.html
    assert not re.search(r"https?://(?!x\.example|dichvucong)", it.html), "nothing is loaded from elsewhere"


def test_a_zalo_template_gets_every_value_and_none_is_empty_or_too_long():
    for speech in (*every_speech(), HA, to_guardian(child(Standing.TO_START, State.TO_START), name=""), DIGEST):
        found = zalo.values(speech)
        assert set(found) == set(zalo.KEYS)
        for key, (_, longest) in zalo.KEYS.items():
            assert 0 < len(found[key]) <= longest
