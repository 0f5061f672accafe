"""Lists whose titles stand close above their headings, or hints close below: each by hand, with people who do not exist."""

from __future__ import annotations

from datetime import date as D

from tests.unit.imports.sent import Sent, father, mother

SENT: dict[str, Sent] = {}

AN = {"full_name": "Trần Văn An", "birth_date": D(1984, 10, 27), "birth_year": 1984, "sex": "male"}
BINH = {"full_name": "Lê Thị Bình", "birth_date": D(1990, 6, 4), "birth_year": 1990, "sex": "female"}
_HEADER = ["STT", "Họ tên", "Ngày sinh", "Giới tính", "Số CCCD", "Khoa phòng", "Di động"]
_AN = [1, "Trần Văn An", "27/10/1984", "Nam", "001084000091", "Khoa Nhi", "0912345678"]
_READ = AN | {"personal_id": "001084000091", "unit": "Khoa Nhi", "phone": "0912345678"}

for _titles, _over in (
    (["BỆNH VIỆN HUYỆN MINH HỌA"], "G"),
    (["UBND XÃ MINH HỌA"], "E"),
    (["TRẠM Y TẾ PHƯỜNG MINH HỌA"], "C"),
    (["HỘI CHA MẸ HỌC SINH"], "G"),
    (["DANH SÁCH NGƯỜI GIÁM HỘ"], "G"),
    (["X", "Xã Minh Họa, ngày 05 tháng 9 năm 2026"], "G"),
    (["X", "(Kèm theo Công văn số 12/UBND xã)"], "G"),
):
    SENT[f"a title merged over the columns that name people is no label of theirs: {_titles[-1]}"] = Sent(
        {"S": [*([title] for title in _titles), _HEADER, _AN]},
        [_READ | {"row": len(_titles) + 2}],
        {"S": [f"A{row}:{_over}{row}" for row in range(1, len(_titles) + 1)]},
    )

SENT["an office left and a place and day right, both merged, right above the headings"] = Sent(
    {"S": [["ỦY BAN NHÂN DÂN XÃ", "", "", "", "Xã Minh Họa, ngày 5 tháng 9 năm 2026"], _HEADER, _AN]},
    [_READ | {"row": 3}],
    {"S": ["A1:C1", "E1:G1"]},
)

SENT["an office left and a motto right, in a file without merged cells"] = Sent(
    {"S": [["TRẠM Y TẾ PHƯỜNG", "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"], _HEADER, _AN]},
    [_READ | {"row": 3}],
)

SENT["a label over most columns, and none of the person's own among them, is a label"] = Sent(
    {
        "S": [
            ["", "", "Phụ huynh", "", "", ""],
            ["STT", "Họ và tên", "Họ tên cha", "SĐT cha", "Họ tên mẹ", "SĐT"],
            [1, "Trần Văn An", "Trần Hải", "0912345678", "Lê Hoa", "0912345679"],
        ]
    },
    [{"row": 3, "full_name": "Trần Văn An", "guardians": (father("Trần Hải", "0912345678"), mother("Lê Hoa", "0912345679"))}],
    {"S": ["C1:F1"]},
)

SENT["a label over two of four columns keeps its sense: a list of mothers names no pupils"] = Sent(
    {"S": [["", "", "Thông tin mẹ", ""], ["STT", "Họ tên học sinh", "Họ tên", "SĐT"], [1, "Trần Văn An", "Lê Hoa", "0912345679"]]},
    [{"row": 3, "full_name": "Trần Văn An", "guardians": (mother("Lê Hoa", "0912345679"),)}],
    {"S": ["C1:D1"]},
)

for _said, _hints in (
    ("in brackets", ["", "(viết có dấu)", "(dd/mm/yyyy)", "(Nam/Nữ)", "(12 số)", "", "(10 số)"]),
    ("without brackets", ["", "Viết có dấu", "dd/mm/yyyy", "Nam hoặc Nữ", "12 chữ số", "Chọn trong danh sách", "Nếu có"]),
    ("with values for examples", ["(*)", "ghi chữ in hoa", "(VD: 20/11/1985)", "(x nếu nữ)", "(VD: 001084000091)", "", ""]),
    ("of the names alone", ["", "(chữ in hoa)", "", "", "", "", ""]),
):
    SENT[f"a row that says how to fill in the columns is nobody, {_said}"] = Sent(
        {"S": [_HEADER, _hints, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"], _AN]},
        [_READ | {"row": 4}],
    )

SENT["such a row below the header that comes again, and a person with a remark in brackets"] = Sent(
    {
        "S": [
            _HEADER, ["", "Viết có dấu", "dd/mm/yyyy", "Nam/Nữ"], _AN, _HEADER, ["", "Viết có dấu", "dd/mm/yyyy", "Nam/Nữ"],
            ["", "Âu Thị Bình (viết đúng)", "04/06/1990", "Nữ"],
        ]
    },
    [_READ | {"row": 3}, BINH | {"row": 6, "full_name": "Âu Thị Bình"}],
)  # fmt: skip
