"""Lists whose headings nobody could have listed, and titles that say more than a class: each by hand, with people who do not exist."""

from __future__ import annotations

from datetime import date as D

from tests.unit.imports.sent import Sent, father, mother

SENT: dict[str, Sent] = {}

SENT["an annex with long official headings"] = Sent(
    {
        "Phụ lục 01": [
            ["Số\nTT", "Họ và tên\n(viết có dấu)", "Ngày, tháng,\nnăm sinh", "Đơn vị, phòng ban\nnơi làm việc", "Chức vụ\nhiện đang giữ",
             "Số điện thoại di động\nđăng ký VssID", "Số điện thoại\ncơ quan"],
            [1, "Lê Thị Bình", "04/06/1990", "Phòng Thu", "Chuyên viên", "0912345670", "02438123456"],
            [2, "Trần Văn An", "27/10/1988", "Văn phòng", "Lái xe", "0912345671", "02438123456"],
        ]
    },
    [
        {"row": 2, "full_name": "Lê Thị Bình", "birth_date": D(1990, 6, 4), "birth_year": 1990, "unit": "Phòng Thu",
         "position": "Chuyên viên", "phone": "0912345670"},
        {"row": 3, "full_name": "Trần Văn An", "birth_date": D(1988, 10, 27), "birth_year": 1988, "unit": "Văn phòng",
         "position": "Lái xe", "phone": "0912345671"},
    ],
)  # fmt: skip

SENT["headings cut to their first letters"] = Sent(
    {
        "LL": [
            ["STT", "H.tên", "N/sinh", "Đ/v công tác", "C/vụ", "ĐT LL", "Đ/c"],
            [1, "Lê Thị Bình", "04/06/1990", "Kho bạc", "CV", "0912345670", "Tổ 3"],
            [2, "Trần Văn An", "27/10/1988", "Chi cục Thuế", "PTP", "0912345671", "Tổ 5"],
        ]
    },
    [
        {"row": 2, "full_name": "Lê Thị Bình", "birth_date": D(1990, 6, 4), "birth_year": 1990, "unit": "Kho bạc", "position": "CV",
         "phone": "0912345670"},
        {"row": 3, "full_name": "Trần Văn An", "birth_date": D(1988, 10, 27), "birth_year": 1988, "unit": "Chi cục Thuế",
         "position": "PTP", "phone": "0912345671"},
    ],
)  # fmt: skip

SENT["pupils of several schools, the class beside the school in one cell"] = Sent(
    {
        "BHYT": [
            ["DANH SÁCH HỌC SINH"],
            ["STT", "Họ và tên", "Ngày sinh", "Cháu trai/gái", "Trường/Lớp"],
            [1, "Trần Văn An", "27/10/2014", "Cháu trai", "TH Minh Họa - 4A"],
            [2, "Lê Thị Bình", "04/06/2015", "Gái", "TH Đồng Tâm - 3B"],
        ]
    },
    [
        {"row": 3, "full_name": "Trần Văn An", "birth_date": D(2014, 10, 27), "birth_year": 2014, "sex": "male",
         "unit": "TH Minh Họa - 4A"},
        {"row": 4, "full_name": "Lê Thị Bình", "birth_date": D(2015, 6, 4), "birth_year": 2015, "sex": "female",
         "unit": "TH Đồng Tâm - 3B"},
    ],
)  # fmt: skip

SENT["a village's list that says whose child everybody is, with a family of the name Ông"] = Sent(
    {
        "DS": [
            ["STT", "Họ và tên", "Ngày sinh", "Con ông", "Con bà", "Địa chỉ"],
            [1, "Ông Gia Bảo", "27/10/2014", "Ông Đặng Khang", "Bà Lê Thị Hoa", "Thôn 1"],
            [2, "Vũ Gia Hân", "04/06/2015", "Ông Vũ Văn Tư", "Hồ Thị Lan", "Thôn 2"],
        ]
    },
    [
        {"row": 2, "full_name": "Ông Gia Bảo", "birth_date": D(2014, 10, 27), "birth_year": 2014,
         "guardians": (father("Ông Đặng Khang"), mother("Lê Thị Hoa"))},
        {"row": 3, "full_name": "Vũ Gia Hân", "birth_date": D(2015, 6, 4), "birth_year": 2015,
         "guardians": (father("Vũ Văn Tư"), mother("Hồ Thị Lan"))},
    ],
)  # fmt: skip

SENT["headings in two languages, the English half first"] = Sent(
    {
        "Students": [
            ["No/STT", "Full name/Họ và tên", "Date of birth/Ngày sinh", "Class/Lớp", "Father's name/Họ tên cha", "Father's phone/SĐT cha",
             "Mother's name/Họ tên mẹ", "Mother's phone/SĐT mẹ", "Mother's job/Nghề nghiệp mẹ"],
            [1, "Trần Văn An", "27/10/2014", "3A", "Trần Tư", "0912345670", "Lê Hoa", "0912345671", "Y tá"],
        ]
    },
    [
        {"row": 2, "full_name": "Trần Văn An", "birth_date": D(2014, 10, 27), "birth_year": 2014, "unit": "3A",
         "guardians": (father("Trần Tư", "0912345670"), mother("Lê Hoa", "0912345671"))},
    ],
)  # fmt: skip

SENT["a homeroom teacher's list, and a tab that is too short for the class"] = Sent(
    {"Lớp Lá": [["LỚP CHỦ NHIỆM: LÁ 1 – NIÊN KHÓA 2026-2027"], ["STT", "Họ và tên", "Ngày sinh"], [1, "Trần Văn An", "27/10/2021"]]},
    [{"row": 3, "full_name": "Trần Văn An", "birth_date": D(2021, 10, 27), "birth_year": 2021, "unit": "LÁ 1"}],
)
