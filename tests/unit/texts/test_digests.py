"""Those who answer for others get counts and a link; what a class's group reads holds no name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.ladder import Receiver
from app.domain.standing import Standing
from app.texts import digests
from app.texts.render import said
from app.texts.short import parts
from tests.unit.texts.speeches import CALL, DIGEST, WITHOUT_PAPER


@pytest.mark.parametrize("receiver", [Receiver.UNIT_LEAD, Receiver.COORDINATOR, Receiver.HEAD, Receiver.OFFICER])
def test_a_digest_counts_says_the_days_left_and_leads_to_the_list(receiver: Receiver):
    it = said(replace(DIGEST, receiver=receiver), None)
    for words in (
        "Đã xong: 481/612 người (78,5 %), còn 131 người.",
        "Cần nộp tờ khai: 12 người.",
        "Chưa bắt đầu: 99 người.",
        "Đang chờ BHXH duyệt: 20 người.",
        "7 người, cần phát giấy hoặc gọi điện",
        "Cần hoàn thành chậm nhất thứ Ba, 29/12/2026 (còn 27 ngày làm việc).",
        "https://vssid.example/institutions/minh-hoa",
        "[99004] BHXH Long Vân",
    ):
        assert words in it.text
    assert "Quá hạn nộp tờ khai" not in it.text, "nobody stands so"
    assert it.subject == "Đăng ký VssID, Trường THCS Minh Họa: đã xong 78,5 %, còn 131 người"
    assert parts(it.short) == 1


@pytest.mark.parametrize(("done", "share"), [(0, "0 %"), (611, "99,8 %"), (612, "100 %"), (306, "50,0 %")])
def test_a_hundred_per_cent_means_that_nobody_is_left(done: int, share: str):
    assert digests.percent(replace(DIGEST, done=done)) == share


def test_when_all_are_done_nothing_is_asked_for():
    it = said(replace(DIGEST, done=612, counts={}, unreachable=0), None)
    assert it.subject.endswith("tất cả đã xong")
    assert "Cần hoàn thành" not in it.text


def test_a_place_without_a_list_is_asked_for_it():
    it = said(replace(DIGEST, in_scope=0, done=0, counts={}, unreachable=0), None)
    assert "cần nhập danh sách" in it.text


def test_a_head_whose_name_is_not_known_is_addressed_by_office():
    it = said(replace(DIGEST, receiver=Receiver.HEAD, name=""), None)
    assert it.text.startswith("Kính gửi thủ trưởng Trường THCS Minh Họa,")


def test_after_the_safe_day_the_deadline_is_what_counts():
    assert "Thời hạn sắp hết: ngày 30/12/2026." in said(replace(DIGEST, today=date(2026, 12, 30)), None).text
    assert "Thời hạn đã qua: ngày 30/12/2026." in said(replace(DIGEST, today=date(2026, 12, 31)), None).text


def test_the_text_for_a_group_says_who_has_to_do_what_without_a_name():
    text = digests.for_group(replace(DIGEST, place="6A1", name="Phạm Văn Điệp"))
    for words in (
        "THÔNG BÁO ĐĂNG KÝ VssID – 6A1",
        "đã xong 481/612 (78,5 %), còn 131",
        "- 12 hồ sơ cần nộp tờ khai: in tờ khai, ký, ghi rõ họ tên và nộp cho Trường THCS Minh Họa.",
        "- 99 hồ sơ chưa bắt đầu: kê khai trên cổng dịch vụ công",
        "- 20 hồ sơ đang ở cơ quan BHXH, chờ duyệt: không cần làm gì thêm.",
        "Nguyễn Thị Hoa, 0912 000 111",
        "https://dichvucong.baohiemxahoi.gov.vn/#/dang-ky",
    ):
        assert words in text
    assert "Điệp" not in text


def test_every_standing_has_words_for_a_group_in_both_procedures():
    counts = dict.fromkeys(digests.ORDER, 3)
    assert set(counts) == set(Standing) - {Standing.DONE, Standing.EXCLUDED}
    for call in (CALL, WITHOUT_PAPER):
        text = digests.for_group(replace(DIGEST, call=call, counts=counts))
        assert text.count("- 3 hồ sơ") == len(counts)
        assert "{" not in text


def test_a_class_that_is_done_is_thanked():
    assert "đã xong toàn bộ" in digests.for_group(replace(DIGEST, place="6A1", done=612, counts={}))
