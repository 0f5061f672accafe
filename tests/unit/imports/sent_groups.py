"""Lists in which rows between the people name their units: each by hand, with people who do not exist."""

from __future__ import annotations

from datetime import date as D
from typing import Any

from tests.unit.imports.sent import Sent

SENT: dict[str, Sent] = {}

AN: dict[str, Any] = {"full_name": "Trần Văn An", "birth_date": D(1984, 10, 27), "birth_year": 1984}
BINH: dict[str, Any] = {"full_name": "Lê Thị Bình", "birth_date": D(1990, 6, 4), "birth_year": 1990}
CHAU: dict[str, Any] = {"full_name": "Vũ Minh Châu", "birth_date": D(1979, 1, 13), "birth_year": 1979}
_HEADER = ["STT", "Họ và tên", "Ngày sinh", "Ghi chú"]
_AN, _BINH = [1, "Trần Văn An", "27/10/1984"], [2, "Lê Thị Bình", "04/06/1990"]
_CHAU = [3, "Vũ Minh Châu", "13/01/1979"]
_AGAIN = [1, "Lê Thị Bình", "04/06/1990"]

for _said, _between in (
    ("alone", [["", "DANH SÁCH LỚP 7B"]]),
    ("below the school's name", [["TRƯỜNG THCS MINH HỌA"], ["", "DANH SÁCH LỚP 7B"]]),
    ("after a total", [["", "Tổng: 1 HS"], [], ["", "DANH SÁCH LỚP 7B"], ["", "Năm học 2026-2027"]]),
    ("after a signature", [["", "Giáo viên chủ nhiệm"], [], ["", "Đoàn Thị Mai"], [], ["", "Danh sách lớp 7B"]]),
    ("beside its label", [["", "Lớp:", "7B"]]),
    ("above a place and day", [["", "LỚP 7B"], ["", "", "Xã Minh Họa, ngày 5 tháng 9 năm 2026"]]),
):
    _row = 4 + len(_between)
    SENT[f"a second class below the first, its title above the names: {_said}"] = Sent(
        {"S": [["", "DANH SÁCH LỚP 7A"], _HEADER, _AN, *_between, _HEADER, _AGAIN]},
        [AN | {"row": 3, "unit": "7A"}, BINH | {"row": _row + 1, "unit": "7B"}],
    )

for _said, _board, _merges in (
    ("merged", ["BAN GIÁM ĐỐC"], ["A4:D4"]),
    ("in the first column", ["Ban Giám đốc"], []),
    ("above the names", ["", "BAN GIÁM ĐỐC"], []),
):
    SENT[f"a board of directors is a unit where people stand below it: {_said}"] = Sent(
        {"S": [_HEADER, ["Tổ Kế toán"], _AN, _board, _BINH]},
        [AN | {"row": 3, "unit": "Tổ Kế toán"}, BINH | {"row": 5, "unit": _board[-1]}],
        {"S": _merges},
    )

SENT["a board of directors after a subtotal"] = Sent(
    {"S": [_HEADER, ["Tổ Kế toán"], _AN, ["", "Cộng: 1"], ["Ban Giám đốc"], _BINH]},
    [AN | {"row": 3, "unit": "Tổ Kế toán"}, BINH | {"row": 6, "unit": "Ban Giám đốc"}],
)

SENT["a board of directors that signs, between two tables and below the last"] = Sent(
    {
        "S": [
            ["Tổ Kế toán"], _HEADER, _AN, ["BAN GIÁM ĐỐC"], [], ["", "Hồ Thị Tư"], ["", "TỔ BẢO VỆ"], _HEADER, _AGAIN, ["", "BAN GIÁM ĐỐC"],
            ["", "Hồ Thị Tư"],
        ]
    },
    [AN | {"row": 3, "unit": "Tổ Kế toán"}, BINH | {"row": 9, "unit": "TỔ BẢO VỆ"}],
)  # fmt: skip

for _one, _other in (("CHI BỘ THÔN 1", "CHI BỘ TRƯỜNG HỌC"), ("Tổ Kế toán", "Thôn Đông"), ("Hội Nông dân", "Công đoàn")):
    SENT[f"texts above the names that nobody listed are units where the list begins with one: {_other}"] = Sent(
        {"S": [_HEADER, ["", _one], _AN, ["", _other], _BINH, _CHAU]},
        [AN | {"row": 3, "unit": _one}, BINH | {"row": 5, "unit": _other}, CHAU | {"row": 6, "unit": _other}],
    )

SENT["a text above the names is a unit where people's numbers begin again below it"] = Sent(
    {"S": [_HEADER, ["Tổ Kế toán"], _AN, ["", "Thôn Đông"], _AGAIN]},
    [AN | {"row": 3, "unit": "Tổ Kế toán"}, BINH | {"row": 5, "unit": "Thôn Đông"}],
)

SENT["a text alone that may name another unit ends the one above, and that is said"] = Sent(
    {"S": [_HEADER, ["Tổ Kế toán"], _AN, ["", "Thôn Đông"], _BINH]},
    [AN | {"row": 3, "unit": "Tổ Kế toán"}, BINH | {"row": 5}],
    problems=[(4, "row", "unclear-row")],
)

SENT["the same after a subtotal"] = Sent(
    {"S": [_HEADER, ["Tổ Kế toán"], _AN, ["", "Cộng: 1"], ["", "Thôn Đông"], _BINH]},
    [AN | {"row": 3, "unit": "Tổ Kế toán"}, BINH | {"row": 6}],
    problems=[(5, "row", "unclear-row")],
)

SENT["a name of which nothing else is known ends no unit"] = Sent(
    {"S": [_HEADER, ["Tổ Kế toán"], _AN, ["", "Hồ Thị Tư"], _BINH]},
    [AN | {"row": 3, "unit": "Tổ Kế toán"}, BINH | {"row": 5, "unit": "Tổ Kế toán"}],
    problems=[(4, "row", "unclear-row")],
)

SENT["a merged text after a subtotal names the unit of those below"] = Sent(
    {"S": [_HEADER, ["Thôn Tây"], _AN, ["", "Cộng: 1"], ["Thôn Đông"], _BINH, ["", "Cộng: 1"], ["Trang 2"], _CHAU]},
    [AN | {"row": 3, "unit": "Thôn Tây"}, BINH | {"row": 6, "unit": "Thôn Đông"}, CHAU | {"row": 9, "unit": "Thôn Đông"}],
    {"S": ["A2:D2", "A5:D5", "A8:D8"]},
)

for _one, _other in (("Tổ Hậu cần", "Đội Vận tải"), ("Phòng Kế toán", "Phòng Hành chính")):
    SENT[f"units behind a label, above headings that come again for each: {_one}"] = Sent(
        {"S": [["X"], [f"Đơn vị: {_one}"], _HEADER, _AN, ["", "Cộng: 1"], [], [f"Đơn vị: {_other}"], _HEADER, _AGAIN]},
        [AN | {"row": 4, "unit": _one}, BINH | {"row": 9, "unit": _other}],
    )

SENT["units behind a label of their own in the cell before, in rows below the headings"] = Sent(
    {"S": [_HEADER, ["Đơn vị:", "Phòng Kế toán"], _AN, ["Tên đơn vị: Phòng Hành chính"], _BINH]},
    [AN | {"row": 3, "unit": "Phòng Kế toán"}, BINH | {"row": 5, "unit": "Phòng Hành chính"}],
)

SENT["an institution behind the label on every page is nobody's unit"] = Sent(
    {"S": [["Đơn vị: Trường THCS Minh Họa"], _HEADER, _AN, [], ["Đơn vị: Trường THCS Minh Họa"], _HEADER, _BINH]},
    [AN | {"row": 3}, BINH | {"row": 7}],
)

SENT["a team behind the label above the only table is a unit"] = Sent(
    {"S": [["Đơn vị: Tổ Hậu cần"], _HEADER, _AN]},
    [AN | {"row": 3, "unit": "Tổ Hậu cần"}],
)

SENT["an institution behind the label is no unit where rows below the headings name units so"] = Sent(
    {"S": [["Đơn vị: Trường THCS Minh Họa"], _HEADER, _AN, ["Bộ phận: Văn thư"], _BINH, ["Đơn vị: Kho 2"], _CHAU]},
    [AN | {"row": 3}, BINH | {"row": 5, "unit": "Văn thư"}, CHAU | {"row": 7, "unit": "Kho 2"}],
)

SENT["people with unusual names and nothing else are no units in a list without numbers"] = Sent(
    {"S": [_HEADER[1:3], ["Y Moan Niê"], _AN[1:], ["H Hen Êban"], _BINH[1:]]},
    [AN | {"row": 3}, BINH | {"row": 5}],
    problems=[(2, "row", "unclear-row"), (4, "row", "unclear-row")],
)

SENT["who leads a team and signs is no unit"] = Sent(
    {"S": [["DANH SÁCH"], _HEADER, _AN, ["", "Người lập"], ["", "", "", "Đội trưởng"], _HEADER, _AGAIN]},
    [AN | {"row": 3}, BINH | {"row": 7}],
    problems=[(6, "row", "title-without-unit")],
)

SENT["units numbered like people, and somebody whose family name is a unit's word"] = Sent(
    {"S": [_HEADER, [1, "Ban Giám đốc"], _AN, [2, "Phòng Kế toán"], _AGAIN, [2, "Ban Thị Tư"], _CHAU, [4, *_BINH[1:2], "05/06/1990"]]},
    [
        AN | {"row": 3, "unit": "Ban Giám đốc"},
        BINH | {"row": 5, "unit": "Phòng Kế toán"},
        {"row": 6, "full_name": "Ban Thị Tư", "unit": "Phòng Kế toán"},
        CHAU | {"row": 7, "unit": "Phòng Kế toán"},
        BINH | {"row": 8, "birth_date": D(1990, 6, 5), "unit": "Phòng Kế toán"},
    ],
)

for _one, _other in (
    ("Biên chế", "Hợp đồng"),
    ("I. Nam", "II. Nữ"),
    ("Học sinh mới", "Học sinh cũ"),
    ("Đang tham gia", "Chưa tham gia BHYT"),
):
    SENT[f"kinds of people are no units: {_one}, {_other}"] = Sent(
        {"S": [_HEADER, [_one], _AN, [_other], _BINH]}, [AN | {"row": 3}, BINH | {"row": 5}]
    )
    SENT[f"kinds of people in each unit leave them there: {_one}, {_other}"] = Sent(
        {"S": [_HEADER, ["Tổ Toán"], [_one], _AN, [_other], _BINH, ["Tổ Văn"], [_one], _CHAU]},
        [
            AN | {"row": 4, "unit": "Tổ Toán"},
            BINH | {"row": 6, "unit": "Tổ Toán"},
            CHAU | {"row": 9, "unit": "Tổ Văn"},
        ],
    )
    SENT[f"kinds of people in a class of its title leave them there: {_one}, {_other}"] = Sent(
        {"S": [["LỚP 7A"], _HEADER, [_one], _AN, [_other], _BINH]},
        [AN | {"row": 4, "unit": "7A"}, BINH | {"row": 6, "unit": "7A"}],
        problems=[(3, "row", "unclear-row"), (5, "row", "unclear-row")],
    )

SENT["a kind of people beside units ends the one above, and that is said"] = Sent(
    {"S": [_HEADER, ["Tổ Toán"], _AN, ["Hợp đồng"], _BINH]},
    [AN | {"row": 3, "unit": "Tổ Toán"}, BINH | {"row": 5}],
    problems=[(4, "row", "unclear-row")],
)

SENT["who works at something is a unit as before"] = Sent(
    {"S": [_HEADER, ["Giáo viên"], _AN, ["Nhân viên"], _BINH]},
    [AN | {"row": 3, "unit": "Giáo viên"}, BINH | {"row": 5, "unit": "Nhân viên"}],
)
