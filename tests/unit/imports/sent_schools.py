"""Rosters as schools send them, laid out by hand, with people who do not exist."""

from __future__ import annotations

from datetime import date as D

from tests.unit.imports.sent import Sent, father, guardian, mother

SENT: dict[str, Sent] = {}

SENT["a preschool's list with three rows of headings, both parents and a guardian with relation"] = Sent(
    {
        "Lá 1": [
            ["PHÒNG GD&ĐT QUẬN LONG BIÊN"],
            ["TRƯỜNG MẦM NON HOA SEN"],
            [""],
            ["", "", "DANH SÁCH TRẺ LỚP LÁ 1 NĂM HỌC 2025-2026"],
            [""],
            ["TT", "Họ và tên trẻ", "Ngày tháng năm sinh", "", "Thông tin phụ huynh", "", "", "", "Người giám hộ", "", "", "Ghi chú"],
            ["", "", "Nam", "Nữ", "Cha", "", "Mẹ", "", "", "", "", ""],
            ["", "", "", "", "Họ và tên", "Số ĐT", "Họ và tên", "Số ĐT", "Họ tên", "Quan hệ", "Điện thoại", ""],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)", "(12)"],
            [1, "Nguyễn Gia Bảo", "15/3/2020", "", "Nguyễn Văn Hùng", "0912.345.678", "Trần Thị Mai", "0987 654 321", "", "", "", ""],
            [2, "Lê Thảo My", "", "2/11/2020", "", "", "Phạm Thị Nga", "+84 903 111 222", "Lê Thị Lành", "Bà nội", "0904111222", "x"],
            ["", "Ấn định danh sách: 02 cháu"],
            ["", "", "", "", "", "", "Long Biên, ngày 05 tháng 9 năm 2025"],
            ["", "Giáo viên chủ nhiệm", "", "", "", "", "Hiệu trưởng"],
            [""],
            ["", "Đỗ Thị Hạnh", "", "", "", "", "Vũ Thị Hoa"],
        ]
    },
    [
        {
            "row": 10, "full_name": "Nguyễn Gia Bảo", "birth_date": D(2020, 3, 15), "birth_year": 2020, "sex": "male", "unit": "LÁ 1",
            "guardians": (father("Nguyễn Văn Hùng", "0912345678"), mother("Trần Thị Mai", "0987654321")),
        },
        {
            "row": 11, "full_name": "Lê Thảo My", "birth_date": D(2020, 11, 2), "birth_year": 2020, "sex": "female", "unit": "LÁ 1",
            "guardians": (mother("Phạm Thị Nga", "0903111222"), guardian("Lê Thị Lành", "0904111222")),
        },
    ],
    {"Lá 1": ["C6:D6", "E6:H6", "I6:K7", "E7:F7", "G7:H7", "A6:A8", "B6:B8"]},
)  # fmt: skip

_CLASS_HEADER = ["STT", "Họ và tên học sinh", "Ngày sinh", "Giới tính", "Số định danh cá nhân", "Ghi chú"]
SENT["class after class on one sheet, each with its own titles, header and signatures"] = Sent(
    {
        "Khối 6": [
            ["TRƯỜNG THCS NGUYỄN DU"],
            ["DANH SÁCH HỌC SINH LỚP 6A1"],
            ["GVCN: Nguyễn Thị Lan"],
            _CLASS_HEADER,
            [1, "Trần Văn An", "27/10/2014", "Nam", "001214000011", ""],
            [2, "Lê Thị Bình", "04/06/2014", "Nữ", "001314000012", ""],
            ["", "Tổng số: 2 học sinh", "", "", "", ""],
            ["", "", "", "", "HIỆU TRƯỞNG", ""],
            ["", "", "", "", "Nguyễn Văn Thành", ""],
            [""],
            ["TRƯỜNG THCS NGUYỄN DU"],
            ["DANH SÁCH HỌC SINH LỚP 6A2"],
            ["GVCN: Phạm Văn Minh"],
            _CLASS_HEADER,
            [1, "Vũ Minh Châu", "13/01/2014", "Nữ", "001314000013", ""],
            [2, "Hồ Gia Hân", "05/05/2014", "Nữ", "001314000014", ""],
            ["", "Tổng số: 2 học sinh", "", "", "", ""],
            ["", "", "", "", "HIỆU TRƯỞNG", ""],
            ["", "", "", "", "Nguyễn Văn Thành", ""],
        ]
    },
    [
        {"row": row, "full_name": name, "birth_date": born, "birth_year": 2014, "sex": sex, "personal_id": number, "unit": unit}
        for row, name, born, sex, number, unit in (
            (5, "Trần Văn An", D(2014, 10, 27), "male", "001214000011", "6A1"),
            (6, "Lê Thị Bình", D(2014, 6, 4), "female", "001314000012", "6A1"),
            (15, "Vũ Minh Châu", D(2014, 1, 13), "female", "001314000013", "6A2"),
            (16, "Hồ Gia Hân", D(2014, 5, 5), "female", "001314000014", "6A2"),
        )
    ],
)

SENT["two classes below one another with different columns"] = Sent(
    {
        "DS": [
            ["LỚP: 10A1"],
            ["STT", "Họ tên", "Ngày sinh", "SĐT"],
            [1, "Trần Văn An", "27/10/2010", "0912345678"],
            [2, "Lê Thị Bình", "04/06/2010", "0912345679"],
            [""],
            ["LỚP: 10A2"],
            ["STT", "Họ và tên đệm", "Tên", "SĐT", "Ngày sinh"],
            [1, "Vũ Minh", "Châu", "0912345670", "13/01/2010"],
            [2, "Hồ Gia", "Hân", "0912345671", "05/05/2010"],
        ]
    },
    [
        {"row": 3, "full_name": "Trần Văn An", "birth_date": D(2010, 10, 27), "birth_year": 2010, "phone": "0912345678", "unit": "10A1"},
        {"row": 4, "full_name": "Lê Thị Bình", "birth_date": D(2010, 6, 4), "birth_year": 2010, "phone": "0912345679", "unit": "10A1"},
        {"row": 8, "full_name": "Vũ Minh Châu", "birth_date": D(2010, 1, 13), "birth_year": 2010, "phone": "0912345670", "unit": "10A2"},
        {"row": 9, "full_name": "Hồ Gia Hân", "birth_date": D(2010, 5, 5), "birth_year": 2010, "phone": "0912345671", "unit": "10A2"},
    ],
)

SENT["two tables side by side"] = Sent(
    {
        "6B": [
            ["DANH SÁCH LỚP 6B"],
            ["STT", "Họ và tên", "Ngày sinh", "", "STT", "Họ và tên", "Ngày sinh"],
            [1, "Trần Văn An", "27/10/2014", "", 3, "Vũ Minh Châu", "13/01/2014"],
            [2, "Lê Thị Bình", "04/06/2014", "", "", "", ""],
        ]
    },
    [
        {"row": 3, "full_name": "Trần Văn An", "birth_date": D(2014, 10, 27), "birth_year": 2014, "unit": "6B"},
        {"row": 4, "full_name": "Lê Thị Bình", "birth_date": D(2014, 6, 4), "birth_year": 2014, "unit": "6B"},
        {"row": 3, "full_name": "Vũ Minh Châu", "birth_date": D(2014, 1, 13), "birth_year": 2014, "unit": "6B"},
    ],
)

SENT["signs copied from elsewhere: NFD, NBSP, zero width, apostrophes in front"] = Sent(
    {
        "7C": [
            ["Số TT", "Ho\u0323 va\u0300 te\u0302n", "Nga\u0300y\u00a0sinh", "CCCD", "SĐT liên hệ"],
            ["'1", "Nguye\u0302\u0303n\u00a0Thi\u0323\u200b Hoa", "\u200b27/10/2013", "'001313000031", "0912\u00a0345\u00a0678"],
            ["'2", "Tra\u0302\u0300n  Va\u0306n An ", "'04/06/2013", "001 213 000 032", "\ufeff0912345679"],
        ]
    },
    [
        {
            "row": 2, "full_name": "Nguyễn Thị Hoa", "birth_date": D(2013, 10, 27), "birth_year": 2013, "personal_id": "001313000031",
            "phone": "0912345678", "unit": "7C",
        },
        {
            "row": 3, "full_name": "Trần Văn An", "birth_date": D(2013, 6, 4), "birth_year": 2013, "personal_id": "001213000032",
            "phone": "0912345679", "unit": "7C",
        },
    ],
)  # fmt: skip

SENT["name in three columns, birth in three, class in a column, sex as 1 and 0"] = Sent(
    {
        "Data": [
            ["Lớp", "Họ", "Đệm", "Tên", "Ngày sinh", "", "", "Nam/Nữ"],
            ["", "", "", "", "Ngày", "Tháng", "Năm", ""],
            ["9A", "Trần", "Văn", "An", 27, 10, 2011, 1],
            ["9A", "Lê", "Thị Thu", "Bình", 4, 6, 2011, 0],
            ["9B", "Hồ", "", "Hân", "", "", 2011, 0],
        ]
    },
    [
        {"row": 3, "full_name": "Trần Văn An", "birth_date": D(2011, 10, 27), "birth_year": 2011, "sex": "male", "unit": "9A"},
        {"row": 4, "full_name": "Lê Thị Thu Bình", "birth_date": D(2011, 6, 4), "birth_year": 2011, "sex": "female", "unit": "9A"},
        {"row": 5, "full_name": "Hồ Hân", "birth_year": 2011, "sex": "female", "unit": "9B"},
    ],
)

SENT["the given name in a column of its own without a heading or a merged cell"] = Sent(
    {
        "8D": [
            ["TT", "HỌ VÀ TÊN", "", "NĂM SINH", "NỮ", "HỌ TÊN CHA", "HỌ TÊN MẸ", "SỐ ĐT"],
            [1, "Trần Văn", "An", "27/10/2012", "", "Trần Hải", "Lê Hoa", "0912345678 (mẹ)"],
            [2, "Lê Thị", "Bình", "04/06/2012", "x", "Lê Tư", "", "0912345679/0912345670"],
            [3, "Vũ Minh", "Châu", "30/06/2012", "x", "", "Hồ Thị Sáu", "02438271234"],
        ]
    },
    [
        {
            "row": 2, "full_name": "Trần Văn An", "birth_date": D(2012, 10, 27), "birth_year": 2012, "sex": "male", "unit": "8D",
            "guardians": (father("Trần Hải"), mother("Lê Hoa")),
        },
        {
            "row": 3, "full_name": "Lê Thị Bình", "birth_date": D(2012, 6, 4), "birth_year": 2012, "sex": "female", "unit": "8D",
            "guardians": (father("Lê Tư"),),
        },
        {
            "row": 4, "full_name": "Vũ Minh Châu", "birth_date": D(2012, 6, 30), "birth_year": 2012, "sex": "female", "unit": "8D",
            "guardians": (mother("Hồ Thị Sáu"),),
        },
    ],
    problems=[(row, "phone", "which-parents-phone") for row in (2, 3, 4)],
)  # fmt: skip

SENT["an export with a heading in every column and both a ministry's and a school's code"] = Sent(
    {
        "Danh sách học sinh": [
            [
                "STT", "Mã lớp", "Tên lớp", "Mã định danh Bộ GD&ĐT", "Mã học sinh", "Họ và tên", "Ngày sinh", "Giới tính", "Trạng thái",
                "Dân tộc", "Tôn giáo", "Số CMND/CCCD", "Nơi sinh", "Họ tên cha", "Năm sinh cha", "Nghề nghiệp cha", "SĐT cha",
                "Họ tên mẹ", "Năm sinh mẹ", "SĐT mẹ", "Địa chỉ",
            ],
            [
                1, "L6A1", "6A1", 154777327, "HS0001", "Trần Văn An", "27/10/2014", "Nam", "Đang học", "Kinh", "Không", "001214000051",
                "Hà Nội", "Trần Hải", "1980", "Nông dân", "0912345678", "Lê Hoa", "1982", "", "Số 1, Long Biên",
            ],
            [
                2, "L6A1", "6A1", 154777328, "HS0002", "Lê Thị Bình", "04/06/2014", "Nữ", "Đang học", "Kinh", "Không", "001314000052",
                "Hà Nội", "", "", "", "", "Hồ Thị Sáu", "1985", "0912345679", "Số 2, Long Biên",
            ],
        ],
        "Huong dan": [["Bước 1", "Điền họ và tên"], ["Bước 2", "Lưu lại"]],
        "Dân tộc": [["STT", "Mã", "Tên"], [1, "01", "Kinh"], [2, "02", "Tày"], [3, "03", "Thái"]],
    },
    [
        {
            "row": 2, "full_name": "Trần Văn An", "birth_date": D(2014, 10, 27), "birth_year": 2014, "sex": "male", "unit": "6A1",
            "pupil_code": "0154777327", "personal_id": "001214000051",
            "guardians": (father("Trần Hải", "0912345678"), mother("Lê Hoa")),
        },
        {
            "row": 3, "full_name": "Lê Thị Bình", "birth_date": D(2014, 6, 4), "birth_year": 2014, "sex": "female", "unit": "6A1",
            "pupil_code": "0154777328", "personal_id": "001314000052", "guardians": (mother("Hồ Thị Sáu", "0912345679"),),
        },
    ],
)  # fmt: skip

SENT["a commune's list of children with parents' cards, the relation in a column and a header of merged rows"] = Sent(
    {
        "DS": [
            ["Biểu 02"],
            ["Số TT", "Họ và tên khai sinh", "Ngày, tháng, năm sinh", "Giới", "Số ĐDCN", "Chủ hộ / người bảo hộ", "", "", "", "Lớp"],
            ["", "", "", "", "", "Họ tên bảo hộ", "Quan hệ", "Số CCCD", "SĐT bảo hộ", ""],
            [1, "Trần Văn An", "27-10-2014", "nam", "001214000061", "Trần Hải", "Bố", "001080000062", "912345678", "2A"],
            [2, "Lê Thị Bình", "04-06-2014", "nữ", "001314000063", "Hồ Thị Sáu", "Mẹ đẻ", "001185000064", "0912345679", "2A"],
            [3, "Vũ Minh Châu", "13-01-2014", "Nữ", "001314000065", "Vũ Thị Già", "Bà ngoại", "", "", "2B"],
        ]
    },
    [
        {
            "row": 4, "full_name": "Trần Văn An", "birth_date": D(2014, 10, 27), "birth_year": 2014, "sex": "male",
            "personal_id": "001214000061", "unit": "2A", "guardians": (father("Trần Hải", "0912345678", "001080000062"),),
        },
        {
            "row": 5, "full_name": "Lê Thị Bình", "birth_date": D(2014, 6, 4), "birth_year": 2014, "sex": "female",
            "personal_id": "001314000063", "unit": "2A", "guardians": (mother("Hồ Thị Sáu", "0912345679", "001185000064"),),
        },
        {
            "row": 6, "full_name": "Vũ Minh Châu", "birth_date": D(2014, 1, 13), "birth_year": 2014, "sex": "female",
            "personal_id": "001314000065", "unit": "2B", "guardians": (guardian("Vũ Thị Già"),),
        },
    ],
    {"DS": ["F2:I2", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "J2:J3"]},
)  # fmt: skip

SENT["parents side by side below labels, in a file that knows no merged cells"] = Sent(
    {
        "1C": [
            ["", "", "", "Thông tin cha", "", "Thông tin mẹ", ""],
            ["STT", "Họ tên", "Ngày sinh", "Họ tên", "SĐT", "Họ tên", "SĐT"],
            [1, "Trần Văn An", "27/10/2019", "Trần Hải", "0912345678", "Lê Hoa", "0912345679"],
            [2, "Lê Thị Bình", "04/06/2019", "", "", "Hồ Thị Sáu", "0912345670; 0912345671"],
        ]
    },
    [
        {
            "row": 3, "full_name": "Trần Văn An", "birth_date": D(2019, 10, 27), "birth_year": 2019, "unit": "1C",
            "guardians": (father("Trần Hải", "0912345678"), mother("Lê Hoa", "0912345679")),
        },
        {
            "row": 4, "full_name": "Lê Thị Bình", "birth_date": D(2019, 6, 4), "birth_year": 2019, "unit": "1C",
            "guardians": (mother("Hồ Thị Sáu", "0912345670"),),
        },
    ],
    problems=[(4, "guardian_phone", "two-phones")],
)  # fmt: skip

SENT["a sheet that also lists who teaches, below the pupils"] = Sent(
    {
        "6A3": [
            ["Lớp 6A3"],
            ["STT", "Họ và tên", "Ngày sinh", "Nữ", "Ghi chú"],
            [1, "Trần Văn An", "27/10/2014", "", ""],
            [2, "Lê Thị Bình", "04/06/2014", "x", "Chuyển đi 10/2025"],
            ["", "Sĩ số: 2 (nữ: 1)", "", "", ""],
            ["", "Giáo viên bộ môn:", "", "", ""],
            ["", "Toán: Nguyễn Văn Thành", "", "", ""],
            ["", "Văn: Lê Thị Lan", "", "", ""],
        ]
    },
    [
        {"row": 3, "full_name": "Trần Văn An", "birth_date": D(2014, 10, 27), "birth_year": 2014, "sex": "male", "unit": "6A3"},
        {"row": 4, "full_name": "Lê Thị Bình", "birth_date": D(2014, 6, 4), "birth_year": 2014, "sex": "female", "unit": "6A3"},
    ],
)
