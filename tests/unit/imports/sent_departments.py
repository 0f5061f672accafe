"""Lists of one department, which a title names: each by hand, with people who do not exist."""

from __future__ import annotations

from datetime import date as D

from tests.unit.imports.sent import Sent

SENT: dict[str, Sent] = {}

AN = {"full_name": "Trần Văn An", "birth_date": D(1984, 10, 27), "birth_year": 1984}
BINH = {"full_name": "Lê Thị Bình", "birth_date": D(1990, 6, 4), "birth_year": 1990}
_HEADER = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ"]
_AN, _BINH = [1, "Trần Văn An", "27/10/1984"], [1, "Lê Thị Bình", "04/06/1990"]

for _titles, _unit in (
    (["TỔ TOÁN - TIN"], "TỔ TOÁN - TIN"),
    (["TRƯỜNG THCS MINH HỌA", "TỔ VĂN PHÒNG", "Năm học 2026-2027"], "TỔ VĂN PHÒNG"),
    (["BỆNH VIỆN MINH HỌA", "KHOA NỘI - NHI"], "KHOA NỘI - NHI"),
    (["Phòng Kế toán tháng 9/2026"], "Phòng Kế toán"),
    (["Xưởng 2"], "Xưởng 2"),
    (["BAN GIÁM HIỆU"], "BAN GIÁM HIỆU"),
    (["BỆNH VIỆN MINH HỌA", "PHÒNG TỔ CHỨC - HÀNH CHÍNH", "DANH SÁCH NHÂN VIÊN"], None),  # who made the list of everybody
    (["UBND HUYỆN MINH HỌA", "PHÒNG NỘI VỤ"], None),
    (["PHÒNG NỘI VỤ HUYỆN MINH HỌA"], None),
    (["TỔ TOÁN", "TỔ VĂN"], None),
    (["PHÒNG KHÁM ĐA KHOA"], None),
    (["TỔ CHỨC CÔNG ĐOÀN"], None),
    (["TRẠM Y TẾ PHƯỜNG"], None),
):
    SENT[f"a department that is the title: {', '.join(_titles)}"] = Sent(
        {"S": [*([title] for title in _titles), _HEADER, _AN]}, [AN | {"row": len(_titles) + 2, "unit": _unit}]
    )

SENT["departments that are the titles of tables below one another"] = Sent(
    {"S": [["TỔ TOÁN - TIN"], _HEADER, _AN, [], ["TỔ NGỮ VĂN"], _HEADER, _BINH]},
    [AN | {"row": 3, "unit": "TỔ TOÁN - TIN"}, BINH | {"row": 7, "unit": "TỔ NGỮ VĂN"}],
)

SENT["a column of units says more than the title"] = Sent(
    {"S": [["PHÒNG TỔ CHỨC"], [*_HEADER[:3], "Phòng ban"], [*_AN, "Phòng Kế toán"]]}, [AN | {"row": 3, "unit": "Phòng Kế toán"}]
)

for _said, _unit in (
    ("Phòng Kế toán", "Phòng Kế toán"),
    ("Phòng Văn hóa - Xã hội", "Phòng Văn hóa - Xã hội"),
    ("Ban Tổ chức", "Ban Tổ chức"),
    ("Văn phòng Đoàn", "Văn phòng Đoàn"),
    ("Xưởng 2", "Xưởng 2"),
    ("Phòng Kế toán - Công ty Minh Họa", "Phòng Kế toán"),
    ("Trường THCS Minh Họa", None),
    ("Công ty TNHH Minh Họa", None),
    ("Bệnh viện Đa khoa Minh Họa", None),
    ("Trạm Y tế phường Minh Họa", None),
    ("Phòng khám Minh Họa", None),
    ("Phòng Giáo dục và Đào tạo", None),
    ("Phòng Nội vụ huyện Minh Họa", None),
    ("Ban Quản lý chợ Minh Họa", None),
    ("Văn phòng UBND", None),
):
    SENT[f"a department behind the label above the only table, and no institution: {_said}"] = Sent(
        {"S": [[f"Đơn vị: {_said}"], ["DANH SÁCH THAM GIA"], _HEADER, _AN]}, [AN | {"row": 4, "unit": _unit}]
    )

SENT["a department behind the label on every page"] = Sent(
    {"S": [["Đơn vị: Phòng Kế toán"], _HEADER, _AN, [], ["Đơn vị: Phòng Kế toán"], _HEADER, _BINH]},
    [AN | {"row": 3, "unit": "Phòng Kế toán"}, BINH | {"row": 7, "unit": "Phòng Kế toán"}],
)
