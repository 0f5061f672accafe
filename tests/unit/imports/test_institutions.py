"""A roster that is plainly another institution's is asked about; where that isn't certain it is taken."""

from __future__ import annotations

import pytest

from imports.units.institutions import other_institution
from imports.values import Snapshot

OURS = "Trường THCS Long Biên"

NOTICED = [
    (["TRƯỜNG THCS NGỌC LÂM", "DANH SÁCH HỌC SINH LỚP 6A1"], "Trường THCS Ngọc Lâm"),
    (["PHÒNG GD&ĐT QUẬN", "DANH SÁCH HỌC SINH TRƯỜNG THCS NGỌC LÂM NĂM HỌC 2025-2026"], "Trường THCS Ngọc Lâm"),
    (["Truong THCS Ngoc Lam"], "Trường THCS Ngọc Lâm"),
    (["Đơn vị: Công ty TNHH Minh Họa"], "Công ty TNHH Minh Họa"),
]

TAKEN = [
    (["DANH SÁCH HỌC SINH LỚP 6A1"], "Trường THCS Ngọc Lâm"),
    (["TRƯỜNG THCS LONG BIÊN", "chuyển đến từ Trường THCS Ngọc Lâm"], "Trường THCS Ngọc Lâm"),
    (["TRƯỜNG THCS NGỌC LÂM HẠ"], "Trường THCS Ngọc Lâm"),
    (["THCS LONG BIÊN"], "Trường THCS Long Biên A"),
    (["PHÒNG GIÁO DỤC VÀ ĐÀO TẠO QUẬN LONG BIÊN"], "Phòng Giáo dục và Đào tạo quận Long Biên"),
    (["BẢO HIỂM XÃ HỘI QUẬN 4"], "Bảo hiểm xã hội Quận 4"),
    (["TRƯỜNG TIỂU HỌC"], "Trường Tiểu học"),
    (["NGỌC LÂM"], "Ngọc Lâm"),
    ([], "Trường THCS Ngọc Lâm"),
]


def found(titles: list[str], other: str, own: str = OURS) -> str | None:
    return other_institution(titles, Snapshot(own, (), (OURS, other)))


@pytest.mark.parametrize(("titles", "other"), NOTICED)
def test_a_title_that_names_another_institution_is_noticed(titles: list[str], other: str):
    assert found(titles, other) == other


@pytest.mark.parametrize(("titles", "other"), TAKEN)
def test_what_is_not_certain_is_not_doubted(titles: list[str], other: str):
    assert found(titles, other) is None


def test_an_institution_without_a_name_of_its_own_doubts_nothing():
    assert found(["TRƯỜNG THCS NGỌC LÂM"], "Trường THCS Ngọc Lâm", own="Trường THCS") is None
