"""Which reasons say that somebody is no longer there."""

from __future__ import annotations

import pytest

from app.domain.returning import tells_of_leaving

LEFT = ("Đã chuyển trường", "chuyển công tác sang quận khác", "Thôi học", "nghỉ việc từ 01/10", "Đã nghỉ hưu", "Bỏ học", "transferred")
STILL_THERE = ("Nghỉ thai sản", "Không có điện thoại thông minh", "Chưa tham gia BHYT", "Thuộc lực lượng vũ trang", "", None)


@pytest.mark.parametrize("reason", LEFT)
def test_who_left(reason: str) -> None:
    assert tells_of_leaving(reason)


@pytest.mark.parametrize("reason", STILL_THERE)
def test_who_is_outside_for_another_reason(reason: str | None) -> None:
    assert not tells_of_leaving(reason)
