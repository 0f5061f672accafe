"""What misleads a reader of rosters: each laid out by hand, with people who do not exist."""

from __future__ import annotations

from datetime import date as D

from tests.unit.imports.sent import Sent, father, guardian, mother

SENT: dict[str, Sent] = {}

AN = {"full_name": "Trần Văn An", "birth_date": D(2014, 10, 27), "birth_year": 2014}
BINH = {"full_name": "Lê Thị Bình", "birth_date": D(2014, 6, 4), "birth_year": 2014}
CHAU = {"full_name": "Vũ Minh Châu", "birth_date": D(2014, 1, 13), "birth_year": 2014}
HEADER = ["STT", "Họ và tên", "Ngày sinh", "Lớp"]

SENT["years and phones beside parents' names are the parents'"] = Sent(
    {
        "S": [
            ["STT", "Họ tên học sinh", "Ngày sinh", "Họ tên cha", "Năm sinh", "SĐT", "Họ tên mẹ", "Năm sinh", "SĐT", "Lớp"],
            [1, "Trần Văn An", "27/10/2014", "Trần Hải", 1980, "0912345678", "Lê Hoa", 1982, "0912345679", "3A"],
            [2, "Lê Thị Bình", "", "", "", "", "Hồ Sáu", 1985, "0912345670", "3A"],
        ]
    },
    [
        AN | {"row": 2, "unit": "3A", "guardians": (father("Trần Hải", "0912345678"), mother("Lê Hoa", "0912345679"))},
        {"row": 3, "full_name": "Lê Thị Bình", "unit": "3A", "guardians": (mother("Hồ Sáu", "0912345670"),)},
    ],
)

SENT["one parent and a phone, while pupils have phones of their own"] = Sent(
    {
        "S": [
            ["STT", "Họ tên", "Ngày sinh", "SĐT", "Lớp", "Họ tên mẹ", "SĐT", "Số CCCD"],
            [1, "Trần Văn An", "27/10/2014", "0912345670", "3A", "Lê Hoa", "0912345678", "001182000091"],
        ]
    },
    [AN | {"row": 2, "unit": "3A", "phone": "0912345670", "guardians": (mother("Lê Hoa", "0912345678", "001182000091"),)}],
)

_GUARDIANS = [f"{text} {number}" for number in (1, 2) for text in ("Người giám hộ", "Quan hệ", "CCCD", "SĐT")]
_THEIRS = ["Trần Tư", "Bố", "001085000091", "0912345678", "Lê Hoa", "Má", "001182000091", "0912345679"]
_OF_BOTH = (father("Trần Tư", "0912345678", "001085000091"), mother("Lê Hoa", "0912345679", "001182000091"))
for _said, _order in (("one after the other", range(8)), ("each part of both together", (0, 4, 1, 5, 2, 6, 3, 7))):
    SENT[f"numbered columns of two guardians, {_said}"] = Sent(
        {
            "S": [
                [*HEADER, *(_GUARDIANS[place] for place in _order)],
                [1, "Trần Văn An", "27/10/2014", "3A", *(_THEIRS[place] for place in _order)],
            ]
        },
        [AN | {"row": 2, "unit": "3A", "guardians": _OF_BOTH}],
    )

for _label, _named in (("Thông tin phụ huynh", ("Họ tên cha", "Họ tên mẹ")), ("Họ tên, số điện thoại phụ huynh", ("Cha", "Mẹ"))):
    SENT[f"telephones beside father and mother under {_label}"] = Sent(
        {
            "S": [
                [*HEADER, _label],
                ["", "", "", "", _named[0], "SĐT", _named[1], "SĐT"],
                [1, "Trần Văn An", "27/10/2014", "3A", "Trần Tư", "0912345678", "Lê Hoa", "0912345679"],
            ]
        },
        [AN | {"row": 3, "unit": "3A", "guardians": (father("Trần Tư", "0912345678"), mother("Lê Hoa", "0912345679"))}],
        {"S": ["E1:H1", "A1:A2", "B1:B2", "C1:C2", "D1:D2"]},
    )

SENT["a class merged over its pupils' rows"] = Sent(
    {
        "S": [
            ["Lớp", *HEADER[:3]],
            ["6A1", 1, "Trần Văn An", "27/10/2014"],
            ["", 2, "Lê Thị Bình", "04/06/2014"],
            ["6A2", 1, "Vũ Minh Châu", "13/01/2014"],
        ]
    },
    [AN | {"row": 2, "unit": "6A1"}, BINH | {"row": 3, "unit": "6A1"}, CHAU | {"row": 4, "unit": "6A2"}],
    {"S": ["A2:A3"]},
)

_ONCE = [["6A1", "Một"], ["", "Hai"], ["", "Ba"], ["", "Bốn"], ["6A2", "Năm"], ["", "Sáu"], ["", "Bảy"], ["", "Tám"]]
SENT["a class written once, beside its first pupil"] = Sent(
    {"S": [["Lớp", "STT", "Họ và tên"], *([unit, n, f"Trần {name}"] for n, (unit, name) in enumerate(_ONCE, 1))]},
    [{"row": n + 1, "full_name": f"Trần {name}", "unit": "6A1" if n < 5 else "6A2"} for n, (_, name) in enumerate(_ONCE, 1)],
)

SENT["a remark among the pupils is no class"] = Sent(
    {
        "6A1": [
            ["DANH SÁCH LỚP 6A1"],
            HEADER[:3],
            [1, "Trần Văn An", "27/10/2014"],
            ["Học sinh mới chuyển đến", "", ""],
            [2, "Lê Thị Bình", "04/06/2014"],
        ]
    },
    [AN | {"row": 3, "unit": "6A1"}, BINH | {"row": 5, "unit": "6A1"}],
    problems=[(4, "row", "unclear-row")],
)

SENT["pages with their title and header again"] = Sent(
    {
        "S": [
            ["DANH SÁCH HỌC SINH"],
            HEADER,
            [1, "Trần Văn An", "27/10/2014", "6A1"],
            ["Trang 1/2"],
            ["DANH SÁCH HỌC SINH"],
            HEADER,
            ["(1)", "(2)", "(3)", "(4)"],
            [2, "Lê Thị Bình", "04/06/2014", "6A2"],
            ["", "", "", "Trang 2/2"],
        ]
    },
    [AN | {"row": 3, "unit": "6A1"}, BINH | {"row": 8, "unit": "6A2"}],
)

SENT["a second title that names no class is said, not guessed"] = Sent(
    {
        "S": [
            ["DANH SÁCH LỚP 6A1"], HEADER[:3], [1, "Trần Văn An", "27/10/2014"], ["", "Cộng: 1"],
            ["DANH SÁCH BỔ SUNG"], HEADER[:3], [1, "Lê Thị Bình", "04/06/2014"],
        ]
    },
    [AN | {"row": 3, "unit": "6A1"}, BINH | {"row": 7, "unit": "6A1"}],
    problems=[(6, "row", "title-without-unit")],
)  # fmt: skip

SENT["a table of classes with their teachers is no list of people"] = Sent(
    {
        "6A1": [HEADER[:3], [1, "Trần Văn An", "27/10/2014"]],
        "Tổng hợp": [
            ["STT", "Lớp", "GVCN", "SĐT GVCN", "Sĩ số"],
            *([n, f"6A{n}", f"Nguyễn Thị {name}", "0912345678", 35] for n, name in enumerate(["Lan", "Mai", "Cúc"], 1)),
        ],
    },
    [AN | {"row": 2, "unit": "6A1"}],
)

SENT["a look-up sheet with names of things"] = Sent(
    {"DS": [HEADER, [1, "Trần Văn An", "27/10/2014", "6A1"]], "Tỉnh": [["STT", "Mã", "Tên", "Ghi chú"], [1, "01", "Hà Nội", ""]]},
    [AN | {"row": 2, "unit": "6A1"}],
)

SENT["titles before names, a note behind one, a digit in another"] = Sent(
    {
        "S": [
            HEADER[:3], [1, "PGS.TS. Trần Văn An", "27/10/2014"], [2, "Lê Thị Bình (lớp trưởng)", "04/06/2014"],
            [3, "Vũ Minh Ch4u", "13/01/2014"],
        ]
    },
    [AN | {"row": 2}, BINH | {"row": 3}, CHAU | {"row": 4, "full_name": "Vũ Minh Ch4u"}],
    problems=[(4, "full_name", "odd-name")],
)  # fmt: skip

SENT["dates in many hands"] = Sent(
    {
        "S": [
            HEADER[:3], [1, "Trần Văn An", "27-Oct-2014"], [2, "Lê Thị Bình", "20140604"], [3, "Vũ Minh Châu", "ngày 13 tháng 01 năm 2014"],
            [4, "Hồ Ba", "31/11/2014"], [5, "Hồ Bốn", "13.1.14"], [6, "Hồ Năm", 41883], [7, "Hồ Sáu", "chưa rõ"],
        ]
    },
    [
        AN | {"row": 2}, BINH | {"row": 3}, CHAU | {"row": 4}, {"row": 5, "full_name": "Hồ Ba"},
        {"row": 6, "full_name": "Hồ Bốn", "birth_date": D(2014, 1, 13), "birth_year": 2014},
        {"row": 7, "full_name": "Hồ Năm", "birth_date": D(2014, 9, 1), "birth_year": 2014}, {"row": 8, "full_name": "Hồ Sáu"},
    ],
    problems=[(5, "birth_date", "not-a-date"), (8, "birth_date", "not-a-date")],
)  # fmt: skip

SENT["few people, many captions, one without details"] = Sent(
    {
        "S": [
            ["STT", "Họ và tên", "Chức vụ", "Ghi chú"],
            ["I", "BAN GIÁM HIỆU", "", ""], [1, "Trần Văn An", "Hiệu trưởng", ""], ["", "Cộng: 1"],
            ["II", "TỔ VĂN PHÒNG", "", ""], [2, "Lê Thị Bình", "", ""], ["", "Cộng: 1"], ["", "Tổng cộng: 2"], ["", "Người lập biểu"],
        ]
    },
    [
        {"row": 3, "full_name": "Trần Văn An", "position": "Hiệu trưởng", "unit": "BAN GIÁM HIỆU"},
        {"row": 6, "full_name": "Lê Thị Bình", "unit": "TỔ VĂN PHÒNG"},
    ],
)  # fmt: skip

SENT["labels that reach no further than their own columns, without merged cells"] = Sent(
    {
        "S": [
            ["STT", "Họ và tên", "Ngày sinh", "Phụ huynh", "", "", "", "Giám hộ", "", "SĐT"],
            ["", "", "", "Cha", "", "Mẹ", "", "", "", ""],
            ["", "", "", "Họ tên", "SĐT", "Họ tên", "SĐT", "Họ tên", "SĐT", ""],
            [1, "Trần Văn An", "27/10/2014", "Trần Hải", "0912345678", "Lê Hoa", "0912345679", "Hồ Tư", "0912345670", "0912345671"],
        ],
    },
    [
        AN
        | {
            "row": 4, "phone": "0912345671",
            "guardians": (father("Trần Hải", "0912345678"), mother("Lê Hoa", "0912345679"), guardian("Hồ Tư", "0912345670")),
        }
    ],
)  # fmt: skip

SENT["one label for parents, and the class right of it"] = Sent(
    {
        "S": [
            ["DANH SÁCH TRẺ", "", "", "", "", ""],
            ["", "", "", "Phụ huynh", "", ""],
            ["TT", "Họ tên", "Ngày sinh", "Họ tên", "Điện thoại", "Lớp"],
            [1, "Trần Văn An", "27/10/2014", "Trần Hải", "0912345678", "5A"],
        ]
    },
    [AN | {"row": 4, "unit": "5A", "guardians": ((None, "Trần Hải", "0912345678", None),)}],
)

SENT["two guardians, each with a relation and a phone"] = Sent(
    {
        "S": [
            ["STT", "Họ và tên", "Lớp", "Người giám hộ 1", "Quan hệ", "SĐT 1", "Người giám hộ 2", "Quan hệ", "SĐT 2"],
            [1, "Trần Văn An", "5A", "Trần Hải", "Bố", "0912345678", "Lê Hoa", "Mẹ", "0912345679"],
        ]
    },
    [
        {
            "row": 2, "full_name": "Trần Văn An", "unit": "5A",
            "guardians": (father("Trần Hải", "0912345678"), mother("Lê Hoa", "0912345679")),
        }
    ],
)  # fmt: skip

SENT["cells of two lines, a second number, and an N that may be No or Nữ"] = Sent(
    {
        "S": [
            ["STT", "Họ và tên", "Ngày sinh\n(dd/mm/yyyy)", "SĐT 1", "SĐT 2", "Nữ"],
            [1, "Trần Văn\nAn", "27/10/2014", "0912345678", "0912345679", ""],
            [2, "Lê Thị Bình", "04/06/2014", "", "0912345670", "N"],
            [3, "Vũ Minh Châu", "13/01/2014", "", "", "x"],
        ]
    },
    [
        AN | {"row": 2, "phone": "0912345678", "sex": "male"},
        BINH | {"row": 3, "phone": "0912345670"},
        CHAU | {"row": 4, "sex": "female"},
    ],
    problems=[(3, "sex", "not-a-sex")],
)
