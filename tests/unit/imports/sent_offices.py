"""Lists as hospitals, factories, insurance forms and web forms lay them out: each by hand, with people who do not exist."""

from __future__ import annotations

from datetime import date as D

from tests.unit.imports.sent import Sent, father, mother

SENT: dict[str, Sent] = {}

AN = {"full_name": "Trần Văn An", "birth_date": D(1984, 10, 27), "birth_year": 1984, "sex": "male"}
BINH = {"full_name": "Lê Thị Bình", "birth_date": D(1990, 6, 4), "birth_year": 1990, "sex": "female"}
CHAU = {"full_name": "Vũ Minh Châu", "birth_date": D(1979, 1, 13), "birth_year": 1979, "sex": "male"}

SENT["headings in two languages, the department merged over its people"] = Sent(
    {
        "S": [
            ["BỆNH VIỆN ĐA KHOA"],
            ["LIST OF STAFF"],
            ["Khoa/Phòng\nDepartment", "STT\nNo.", "Mã NV\nStaff ID", "Họ và tên\nFull name", "Ngày sinh\nDate of birth", "Giới tính\nSex",
             "Chức danh\nTitle", "CCCD\nID card No.", "Mã số BHXH\nSI No.", "Di động\nMobile"],
            ["Khoa Nhi", 1, "BV001", "Trần Văn An", D(1984, 10, 27), "Nam", "Hộ lý", "001084000091", "7912345678", "+84 912.345.678"],
            ["", 2, "BV002", "Lê Thị Bình", D(1990, 6, 4), "Nữ", "Bác sĩ", "001190000091", "7912345679", "(+84) 912-345-679"],
        ]
    },
    [
        AN | {"row": 4, "unit": "Khoa Nhi", "staff_code": "BV001", "position": "Hộ lý", "personal_id": "001084000091",
              "bhxh_code": "7912345678", "phone": "0912345678"},
        BINH | {"row": 5, "unit": "Khoa Nhi", "staff_code": "BV002", "position": "Bác sĩ", "personal_id": "001190000091",
                "bhxh_code": "7912345679", "phone": "0912345679"},
    ],
    {"S": ["A4:A5"]},
)  # fmt: skip

SENT["answers of a web form, its questions numbered"] = Sent(
    {
        "S": [
            ["Dấu thời gian", "1. Họ và tên của con (viết có dấu)", "2. Ngày sinh của con", "3. Giới tính của con", "4. Con học lớp nào?",
             "5. Họ và tên phụ huynh đăng ký", "6. Số điện thoại phụ huynh (Zalo)", "7. Phụ huynh đã có tài khoản VssID chưa?"],
            [D(2025, 9, 1), "Trần Văn An", D(2014, 10, 27), "Nam", "3A", "Lê Hoa", "0912345678", "Rồi"],
        ]
    },
    [
        {"row": 2, "full_name": "Trần Văn An", "birth_date": D(2014, 10, 27), "birth_year": 2014, "sex": "male", "unit": "3A",
         "guardians": ((None, "Lê Hoa", "0912345678", None),)},
    ],
)  # fmt: skip

SENT["the insurance office's form: a header of three rows, letters and numbers below it, sections that are no units"] = Sent(
    {
        "S": [
            ["BÁO CÁO TÌNH HÌNH SỬ DỤNG LAO ĐỘNG VÀ DANH SÁCH THAM GIA BHXH"],
            ["STT", "Họ và tên", "Mã số BHXH", "Ngày tháng năm sinh", "Giới tính", "Cấp bậc, chức vụ, chức danh nghề, nơi làm việc",
             "Vị trí việc làm", "", "Tiền lương", "", ""],
            ["", "", "", "", "", "", "Nhà quản lý", "Khác", "Hệ số/ Mức lương", "Phụ cấp", ""],
            ["", "", "", "", "", "", "", "", "", "Chức vụ", "Thâm niên VK (%)"],
            ["A", "B", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
            ["I", "Tăng"],
            ["I.1", "Lao động"],
            [1, "Trần Văn An", "7912345678", "27/10/1984", "Nam", "Công nhân may", "", "x", 5_500_000, 0, 0],
            ["", "Cộng tăng", "", "", "", "", "", "", 5_500_000],
            ["II", "Giảm"],
            ["II.1", "Lao động"],
            [1, "Lê Thị Bình", "7912345679", "04/06/1990", "Nữ", "Công nhân may", "", "x", 5_500_000, 0, 0],
        ]
    },
    [
        AN | {"row": 8, "bhxh_code": "7912345678", "position": "Công nhân may"},
    ],
    {"S": [*(f"{column}2:{column}4" for column in "ABCDEF"), "G2:H2", "I2:K2", "G3:G4", "H3:H4", "I3:I4", "J3:K3"]},
    [(12, "row", "leaver")],
)  # fmt: skip

SENT["letters and numbers below a header whose lower rows are not known to belong to it"] = Sent(
    {
        "S": [
            ["TT", "Họ và tên", "Mã số BHXH", "Ngày sinh", "Tiền lương"],
            ["", "", "", "", "Hệ số khác"],
            ["A", "B", "1", "2", "3"],
            [1, "Trần Văn An", "7912345678", "27/10/1984", 5_500_000],
        ]
    },
    [AN | {"row": 4, "sex": None, "bhxh_code": "7912345678"}],
)

SENT["ditto marks, and a dash that may be one"] = Sent(
    {
        "S": [
            ["STT", "Họ tên", "Ngày sinh", "Phái", "Chức vụ", "Bộ phận"],
            [1, "Trần Văn An", "27/10/1984", "Nam", "Thợ hàn", "Tổ Cơ điện"],
            [2, "Lê Thị Bình", "04/06/1990", "Nữ", "-nt-", '"'],
            [3, "Vũ Minh Châu", "13/01/1979", "Nam", "-", "//"],
        ]
    },
    [
        AN | {"row": 2, "position": "Thợ hàn", "unit": "Tổ Cơ điện"},
        BINH | {"row": 3, "position": "Thợ hàn", "unit": "Tổ Cơ điện"},
        CHAU | {"row": 4, "unit": "Tổ Cơ điện"},
    ],
    problems=[(4, "position", "dash")],
)

SENT["ditto marks beside sisters, and one below nothing"] = Sent(
    {
        "S": [
            ["STT", "Họ tên", "Lớp", "Họ tên bố", "SĐT bố", "Họ tên mẹ"],
            [1, "Trần Văn An", "3A", "Trần Hải", "0912345678", "nt"],
            [2, "Trần Thị Bình", "3A", "nt", "nt", "Lê Hoa"],
        ]
    },
    [
        {"row": 2, "full_name": "Trần Văn An", "unit": "3A", "guardians": (father("Trần Hải", "0912345678"),)},
        {"row": 3, "full_name": "Trần Thị Bình", "unit": "3A", "guardians": (father("Trần Hải", "0912345678"), mother("Lê Hoa"))},
    ],
    problems=[(2, "guardian_name", "ditto-of-nothing")],
)

SENT["a row that is marked as an example"] = Sent(
    {
        "S": [
            ["STT", "Họ và tên", "Ngày sinh", "Giới tính"],
            ["VD", "Nguyễn Văn A", "01/01/1990", "Nam"],
            [1, "Trần Văn An", "27/10/1984", "Nam"],
        ]
    },
    [AN | {"row": 3}],
)

SENT["a class of adult education, named with its kind in the title"] = Sent(
    {"S": [["Danh sách học viên lớp 10B hệ GDTX"], ["STT", "Họ và tên", "Điện thoại HV"], [1, "Trần Văn An", "0912345678"]]},
    [{"row": 3, "full_name": "Trần Văn An", "unit": "10B", "phone": "0912345678"}],
)

_PARENTS_BELOW = [
    ["TT", "Họ tên học sinh", "Ngày sinh", "Nữ", "Họ tên cha, mẹ", "Quan hệ", "Số điện thoại"],
    [1, "Trần Văn An", "27/10/1984", "", "Trần Hải", "Cha", "0912345678"],
    ["", "", "", "", "Lê Hoa", "Mẹ", "0912345679"],
    [2, "Lê Thị Bình", "04/06/1990", "x", "Lê Nam", "Cha", "0912345670"],
    ["", "", "", "", "Vũ Thị Ba", "Mẹ", "091234567"],
    ["", "", "", "", "HIỆU TRƯỞNG"],
]
for _how, _merges in (("", []), (", the pupil's cells merged over both", [f"{c}{row}:{c}{row + 1}" for c in "ABCD" for row in (2, 4)])):
    SENT[f"the mother in a row below the father{_how}"] = Sent(
        {"4C": _PARENTS_BELOW},
        [
            AN | {"row": 2, "unit": "4C", "guardians": (father("Trần Hải", "0912345678"), mother("Lê Hoa", "0912345679"))},
            BINH | {"row": 4, "unit": "4C", "guardians": (father("Lê Nam", "0912345670"), mother("Vũ Thị Ba"))},
        ],
        {"4C": _merges},
        [(5, "guardian_phone", "not-a-phone")],
    )

SENT["one row with a parent and nobody else is no further parent"] = Sent(
    {
        "4C": [
            ["TT", "Họ tên học sinh", "Ngày sinh", "Nữ", "Họ tên mẹ", "Số điện thoại"],
            [1, "Trần Văn An", "27/10/1984", "", "Lê Hoa", "0912345679"],
            ["", "", "", "", "Vũ Thị Ba", "0912345678"],
            [2, "Lê Thị Bình", "04/06/1990", "x", "Hồ Tư", "0912345670"],
        ]
    },
    [
        AN | {"row": 2, "unit": "4C", "guardians": (mother("Lê Hoa", "0912345679"),)},
        BINH | {"row": 4, "unit": "4C", "guardians": (mother("Hồ Tư", "0912345670"),)},
    ],
    problems=[(3, "full_name", "name-missing")],
)

SENT["counts and remarks below the list, numbered like it"] = Sent(
    {
        "7B": [
            ["STT", "Họ và tên", "Ngày sinh", "Giới tính"],
            [1, "Trần Văn An", "27/10/1984", "Nam"],
            [2, "Lê Thị Bình", "04/06/1990", "Nữ"],
            [],
            ["", "THỐNG KÊ"],
            [1, "Tổng số học sinh", 2],
            [2, "Học sinh nam", 1],
            ["Lưu ý:"],
            [1, "Phụ huynh kiểm tra kỹ thông tin"],
        ]
    },
    [AN | {"row": 2, "unit": "7B"}, BINH | {"row": 3, "unit": "7B"}],
    problems=[(9, "row", "unclear-row")],
)

SENT["a class below another that has nothing but names"] = Sent(
    {
        "S": [
            ["STT", "Họ và tên", "Ngày sinh", "Giới tính"],
            ["LỚP 6A1"],
            [1, "Trần Văn An", "27/10/1984", "Nam"],
            [2, "Lê Thị Bình", "04/06/1990", "Nữ"],
            ["LỚP 6A2"],
            [1, "Vũ Minh Châu", "", "Nam"],
        ]
    },
    [
        AN | {"row": 3, "unit": "6A1"},
        BINH | {"row": 4, "unit": "6A1"},
        {"row": 6, "full_name": "Vũ Minh Châu", "sex": "male", "unit": "6A2"},
    ],
)

SENT["a heading that was cut in two"] = Sent(
    {"S": [["TT", "Họ và", "tên", "Ngày", "tháng", "năm sinh"], [1, "Trần Văn", "An", "27", "10", "1984"]]},
    [AN | {"row": 2, "sex": None}],
)

SENT["family names below a heading that says nothing, left of the given ones"] = Sent(
    {
        "S": [
            ["TT", "(viết hoa)", "Tên", "Ngày sinh"],
            [1, "Trần Văn", "An", "27/10/1984"],
            [2, "Lê Thị", "Bình", "04/06/1990"],
        ]
    },
    [AN | {"row": 2, "sex": None}, BINH | {"row": 3, "sex": None}],
)

SENT["a class alone in a row of its own, below the names' heading"] = Sent(
    {
        "S": [
            ["STT", "Họ và tên", "Ngày sinh"],
            ["", "Lớp 1B - Cô Mai"],
            [1, "Trần Văn An", "27/10/1984"],
            ["", "Tổng: 1"],
            ["", "1C"],
            [1, "Lê Thị Bình", "04/06/1990"],
        ]
    },
    [AN | {"row": 3, "sex": None, "unit": "1B"}, BINH | {"row": 6, "sex": None, "unit": "1C"}],
)

_CHILDREN = [
    ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số điện thoại", "CCCD"],
    [1, "Trần Văn An", "27/10/1984", "Nam", "", ""],
    ["", "Bố: Trần Hải", "", "", "0912345678", ""],
    ["", "Lê Hoa (mẹ)", "1960", "Nữ", "0912345679", "001160000091"],
    [2, "Lê Thị Bình", "04/06/1990", "Nữ", "0912345670", ""],
    ["", "Mẹ Vũ Thị Ba - 0912345671", "", "", "", ""],
    ["", "Cộng: 2"],
]
SENT["parents in rows of their own, in the pupils' columns"] = Sent(
    {"5C": _CHILDREN},
    [
        AN | {"row": 2, "unit": "5C",
              "guardians": (father("Trần Hải", "0912345678"), mother("Lê Hoa", "0912345679", "001160000091"))},
        BINH | {"row": 5, "unit": "5C", "phone": "0912345670", "guardians": (mother("Vũ Thị Ba", "0912345671"),)},
    ],
)  # fmt: skip

_PUPILS = [["STT", "Họ và tên", "Ngày sinh"], [1, "Trần Văn An", "27/10/1984"], [2, "Lê Thị Bình", "04/06/1990"]]
for _said, _between in (
    ("a title and the header again", [["LỚP 6A2"], _PUPILS[0]]),
    ("a header of its own", [["Stt", "Ngày sinh", "Họ tên"]]),
):
    _last = [1, "Vũ Minh Châu", "13/01/1979"] if len(_between) == 2 else [1, "13/01/1979", "Vũ Minh Châu"]
    SENT[f"numbered counts between two tables are nobody: {_said}"] = Sent(
        {"S": [*_PUPILS, [1, "Tổng số HS", 2], [2, "Nữ", 1], [3, "Học sinh dân tộc", "1"], *_between, _last]},
        [
            AN | {"row": 2, "sex": None},
            BINH | {"row": 3, "sex": None},
            CHAU | {"row": 7 + len(_between), "sex": None, "unit": "6A2" if len(_between) == 2 else None},
        ],
    )

SENT["names that may be counts are somebody where the numbers go on"] = Sent(
    {"S": [*_PUPILS, [3, "Nữ", "13/01/1979"], [4, "Nam", "13/01/1979"]]},
    [
        AN | {"row": 2, "sex": None},
        BINH | {"row": 3, "sex": None},
        CHAU | {"row": 4, "sex": None, "full_name": "Nữ"},
        CHAU | {"row": 5, "sex": None, "full_name": "Nam"},
    ],
)
