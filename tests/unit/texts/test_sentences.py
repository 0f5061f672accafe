"""What people are told follows how they stand: what is missing, the next step, its day, the office and whom to ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.registration import State
from app.domain.standing import Standing
from app.texts import people
from app.texts.render import said
from app.texts.speech import Speech
from tests.unit.texts.speeches import CALL, FACTS, NOTHING_TO_DO, TODAY, WITHOUT_PAPER, child, every_speech, own, to_guardian, to_person

KINDS = [kind for kind in FACTS if kind[0] is not Standing.BLOCKED_GUARDIAN]


@pytest.mark.parametrize(
    "speech", every_speech(), ids=lambda speech: f"{speech.receiver}-{speech.matters[0].standing}-{speech.matters[0].state}"
)
def test_every_message_names_the_office_the_contact_and_the_letter(speech: Speech):
    text = said(speech, None).text
    for words in ("[99004] BHXH Long Vân", "Nguyễn Thị Hoa, 0912 000 111", "1900 9068", "công văn số 239/BHXH-TT", "Trường THCS Minh Họa"):
        assert words in text
    assert "None" not in text
    assert "  " not in text


@pytest.mark.parametrize("kind", KINDS)
def test_who_only_waits_is_told_that_there_is_nothing_to_do(kind: tuple[Standing, State]):
    it = said(to_person(own(*kind)), None)
    idle = kind in NOTHING_TO_DO
    assert ("không cần làm gì thêm" in it.subject) is idle
    assert ("không cần làm gì thêm" in it.text) is idle
    assert ("Khong can lam gi them" in it.short) is idle
    assert ("Hãy " in it.text) is not idle


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ((Standing.TO_START, State.TO_START), "Chưa kê khai. Hãy kê khai trên cổng dịch vụ công hoặc trong ứng dụng VssID"),
        ((Standing.TO_START, State.TO_START), "chọn nơi tiếp nhận là [99004] BHXH Long Vân, chậm nhất ngày 29/12/2026."),
        ((Standing.TO_START, State.STOPPED), "Tài khoản đã ngừng sử dụng, cần kê khai lại."),
        ((Standing.BLOCKED_CODE, State.CODE_MISSING), "Hãy đề nghị [99004] BHXH Long Vân cấp mã số BHXH (mẫu TK1-TS)"),
        ((Standing.PAPER_DUE, State.DECLARED), "nộp cho Trường THCS Minh Họa hoặc nộp thẳng tại [99004] BHXH Long Vân"),
        ((Standing.PAPER_DUE, State.DECLARED), "chậm nhất ngày 26/11/2026 (còn 3 ngày). Quá ngày này, cổng tự xóa lần kê khai."),
        ((Standing.PAPER_DUE, State.FORM_RECEIVED), "sẽ nộp tờ khai cho [99004] BHXH Long Vân chậm nhất ngày 26/11/2026."),
        ((Standing.LAPSED, State.DECLARED), "Hạn nộp tờ khai là 20/11/2026 nên cổng đã xóa lần kê khai. Hãy kê khai lại"),
        ((Standing.TO_FIX, State.REJECTED), "Hồ sơ bị từ chối: Ảnh thẻ bị mờ. Hãy sửa chỗ bị từ chối, rồi kê khai lại hoặc nộp lại"),
        ((Standing.WAITING, State.HANDED_IN), "tài khoản và mật khẩu sẽ được gửi qua tin nhắn"),
        ((Standing.TO_SIGN_IN, State.GRANTED), "Hãy đăng nhập VssID bằng mật khẩu trong tin nhắn, rồi đổi mật khẩu, chậm nhất"),
        ((Standing.DONE, State.IN_USE), "Hãy đổi mật khẩu trong ứng dụng VssID, chậm nhất ngày 01/12/2026."),
    ],
)
def test_each_standing_has_its_own_words(kind: tuple[Standing, State], words: str):
    assert words in said(to_person(own(*kind)), None).text


def test_a_guardian_gets_one_message_that_names_all_children_and_what_each_needs():
    matters = (
        child(Standing.BLOCKED_GUARDIAN, State.TO_START, "Trần Bảo An", "6A1"),
        child(Standing.WAITING, State.HANDED_IN, "Trần Gia Bình", "8A2"),
        child(Standing.PAPER_DUE, State.DECLARED, "Trần Chi", "9A3"),
        own(Standing.TO_START, State.TO_START, "Trần Thu Hà"),
    )
    it = said(to_guardian(*matters), None)
    lines = [line for line in it.text.splitlines() if line.startswith("- ")]
    assert [line.partition(":")[0] for line in lines] == [
        "- Trước hết, tài khoản của phụ huynh",
        "- Trần Bảo An (6A1)",
        "- Trần Gia Bình (8A2)",
        "- Trần Chi (9A3)",
    ]
    assert "Khi phụ huynh đã có tài khoản, hãy kê khai cho con trong tài khoản đó." in lines[1]
    assert "Hiện không cần làm gì thêm" in lines[2]
    assert "chậm nhất ngày 26/11/2026" in lines[3]
    assert it.subject == "Đăng ký VssID cho 3 con: việc cần làm chậm nhất ngày 26/11/2026"


def test_a_guardian_without_an_account_of_whom_the_message_says_nothing_is_told_to_begin_with_it():
    it = said(to_guardian(child(Standing.BLOCKED_GUARDIAN, State.TO_START)), None)
    assert "Phụ huynh cần đăng ký tài khoản VssID của mình trước, rồi kê khai cho con trong tài khoản đó" in it.text


def test_a_guardian_with_an_account_declares_for_the_child_in_it():
    it = said(to_guardian(child(Standing.TO_START, State.TO_START)), None)
    assert "Hãy kê khai cho con trong tài khoản VssID của phụ huynh" in it.text
    assert "giấy khai sinh của con" in it.text


def test_subjects_name_nobody():
    for speech in every_speech():
        assert "Trần" not in said(speech, None).subject
        assert "Lê" not in said(speech, None).subject


def test_without_a_paper_form_nobody_is_asked_for_one():
    for speech in every_speech():
        if speech.matters[0].standing in {Standing.PAPER_DUE, Standing.LAPSED}:
            continue
        it = said(replace(speech, call=WITHOUT_PAPER), None)
        assert "tờ khai" not in it.text
        assert "to khai" not in it.short


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 11, 1), "chậm nhất ngày 29/12/2026."),
        (date(2026, 12, 22), "chậm nhất ngày 29/12/2026 (còn 7 ngày)."),
        (date(2026, 12, 29), "ngay hôm nay, ngày 29/12/2026."),
        (date(2026, 12, 30), "ngay hôm nay (thời hạn của đợt là ngày 30/12/2026)."),
        (date(2027, 1, 2), "càng sớm càng tốt (đã quá thời hạn ngày 30/12/2026)."),
    ],
)
def test_the_day_is_said_as_it_stands_to_today(today: date, words: str):
    text = people.body(to_person(own(Standing.TO_FIX, State.REJECTED), today=today))
    assert words in text


def test_on_the_last_day_of_a_form_the_message_says_so():
    text = people.body(to_person(own(Standing.PAPER_DUE, State.DECLARED, paper_due_on=TODAY)))
    assert "ngay hôm nay (ngày 23/11/2026 là ngày cuối)" in text


def test_a_form_may_have_to_come_in_before_the_portals_day():
    """The campaign ends before the ten days do."""
    call = replace(CALL, safe_day=date(2026, 11, 24), deadline_on=date(2026, 11, 25))
    text = people.body(to_person(own(Standing.PAPER_DUE, State.DECLARED, paper_due_on=date(2026, 12, 2)), call=call))
    assert "chậm nhất ngày 24/11/2026 (còn 1 ngày). Sau ngày 02/12/2026, cổng tự xóa lần kê khai." in text


def test_a_guardian_whose_name_is_not_known_is_greeted_all_the_same():
    text = people.body(to_guardian(child(Standing.TO_START, State.TO_START), name=""))
    assert text.startswith("Kính gửi quý phụ huynh,")
