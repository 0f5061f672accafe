"""Lists of a class whose title says more than its name: each by hand, with people who do not exist."""

from __future__ import annotations

from datetime import date as D

from tests.unit.imports.sent import Sent

SENT: dict[str, Sent] = {}

AN = {"full_name": "Trần Văn An", "birth_date": D(2014, 10, 27), "birth_year": 2014, "sex": "male"}
BINH = {"full_name": "Lê Thị Bình", "birth_date": D(2014, 6, 4), "birth_year": 2014, "sex": "female"}
_HEADER = ["STT", "Họ và tên", "Ngày sinh", "Giới tính"]
_AN, _BINH = [1, "Trần Văn An", "27/10/2014", "Nam"], [1, "Lê Thị Bình", "04/06/2014", "Nữ"]

for _title, _unit in (
    ("Danh sách PH lớp 3D gửi qua Zalo", "3D"),
    ("Danh sách hoc sinh lớp 6/3 tham gia bảo hiễm y tế", "6/3"),
    ("DANH SÁCH LỚP LÁ 1 CHƯA CÀI VSSID ĐỢT 2", "LÁ 1"),
    ("DANH SÁCH SINH VIÊN LỚP K65 CNTT KHOA CÔNG NGHỆ THÔNG TIN", "K65 CNTT"),
    ("DANH SÁCH LỚP 4A VÀ LỚP 4B", None),
    ("DANH SÁCH LỚP CHƯA CÀI VSSID", None),
):
    SENT[f"what a title says behind a class is no part of its name: {_title}"] = Sent(
        {"S": [[_title], _HEADER, _AN]}, [AN | {"row": 3, "unit": _unit}]
    )

SENT["classes below one another, each with more words in its title"] = Sent(
    {"S": [["LỚP 4A CHƯA NỘP THẺ"], _HEADER, _AN, [], ["", "LỚP 4B ĐỢT 2"], _HEADER, _BINH]},
    [AN | {"row": 3, "unit": "4A"}, BINH | {"row": 7, "unit": "4B"}],
)

SENT["classes in rows of their own, with more words"] = Sent(
    {"S": [_HEADER, ["Lớp 4A cô Hoa"], _AN, ["Lớp Hoa Cúc (35 trẻ)"], _BINH]},
    [AN | {"row": 3, "unit": "4A"}, BINH | {"row": 5, "unit": "Hoa Cúc"}],
)

for _beside, _unit in (
    (["Lớp:", "6A1"], "6A1"),
    (["Lớp chủ nhiệm:", "6A1"], "6A1"),
    (["Lớp chủ nhiệm", "6A1"], "6A1"),
    (["Lớp", "6A1"], "6A1"),
    (["Tên lớp:", "", "Hoa Cúc"], "Hoa Cúc"),
    (["Lớp:", 5], "5"),
    (["GVCN:", "Lê Hoa", "Lớp:", "6A1"], "6A1"),
    (["Lớp CN:", "Lê Thị Hoa"], None),
    (["Lớp", "Hoa Cúc"], None),
    (["Lớp:", "GVCN:", "Lê Hoa"], None),
    (["Lớp:", D(2026, 3, 6)], None),
    (["Khối lớp:", "6"], None),
    (["Lớp trưởng:", "Lê Hoa"], None),
):
    _said = " | ".join(map(str, _beside))
    SENT[f"a label and the class in the cell beside it: {_said}"] = Sent({"S": [_beside, _HEADER, _AN]}, [AN | {"row": 3, "unit": _unit}])
    SENT[f"a label and the class beside it, below another class: {_said}"] = Sent(
        {"S": [["LỚP 9Z"], _HEADER, _AN, [], _beside, _HEADER, _BINH]},
        [AN | {"row": 3, "unit": "9Z"}, BINH | {"row": 7, "unit": _unit or "9Z"}],
        problems=[] if _unit else [(6, "row", "title-without-unit")],
    )

for _sheet, _title, _unit in (("Lớp 2", "LỚP 2A5", "2A5"), ("Lop 2", "DANH SÁCH HỌC SINH LỚP 2/5", "2/5"), ("2", "LỚP 2A5", "2A5")):
    SENT[f"a sheet called {_sheet} after the grade of {_title}"] = Sent(
        {_sheet: [[_title], _HEADER, _AN]}, [AN | {"row": 3, "unit": _unit}]
    )

for _sheet, _title in (("Lớp 2", "LỚP 3A5"), ("Lớp 1", "LỚP 12A5"), ("2A", "LỚP 2B")):
    SENT[f"a sheet called {_sheet} below a title copied from {_title}"] = Sent(
        {_sheet: [[_title], _HEADER, _AN]},
        [AN | {"row": 3, "unit": _sheet.removeprefix("Lớp ")}],
        problems=[(2, "unit", "title-and-sheet-differ")],
    )
