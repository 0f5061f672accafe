"""Rosters as schools, universities and employers send them, and what a careful clerk reads in each: laid out by hand, people invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

Rows = list[list[Any]]


@dataclass(frozen=True)
class Sent:
    """Sheets, merged cells by sheet, the people (only what stands there; anything else must be None) and the errors and warnings."""

    sheets: dict[str, Rows]
    people: list[dict[str, Any]]
    merges: dict[str, list[str]] = field(default_factory=dict)
    problems: list[tuple[int, str, str]] = field(default_factory=list)


def father(name: str | None, phone: str | None = None, number: str | None = None) -> tuple[str | None, ...]:
    return ("father", name, phone, number)


def mother(name: str | None, phone: str | None = None, number: str | None = None) -> tuple[str | None, ...]:
    return ("mother", name, phone, number)


def guardian(name: str | None, phone: str | None = None, number: str | None = None) -> tuple[str | None, ...]:
    return ("guardian", name, phone, number)


D = date
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

SENT["teachers in rows of their professional group, with subtotals, positions and the head's office on top"] = Sent(
    {
        "CBGVNV": [
            ["DANH SÁCH CÁN BỘ, GIÁO VIÊN, NHÂN VIÊN"],
            ["STT", "Họ và tên", "Nam", "Nữ", "Chức vụ", "Số CMND/CCCD", "Số sổ BHXH", "Điện thoại", "Dân tộc"],
            ["I", "BAN GIÁM HIỆU", "", "", "", "", "", "", ""],
            [1, "NGUYỄN THỊ HOÀ", "", 1975, "Hiệu trưởng", "001175000021", "0112345678", "0912345678", "Kinh"],
            ["II", "TỔ TOÁN - TIN", "", "", "", "", "", "", ""],
            [2, "TRẦN VĂN AN", 1980, "", "Tổ trưởng", 1080000022, 112345679, 912345679, "Kinh"],
            [3, "LÊ THỊ BÌNH", "", 1985, "Giáo viên", "012345678", "0112345680", "0912345670", "Tày"],
            ["", "Cộng tổ Toán - Tin: 2", "", "", "", "", "", "", ""],
            ["III", "TỔ VĂN PHÒNG", "", "", "", "", "", "", ""],
            [4, "PHẠM VĂN DŨNG", 1990, "", "Bảo vệ", "", "", "", "Kinh"],
            ["", "Tổng cộng: 4 người"],
        ]
    },
    [
        {
            "row": 4, "full_name": "Nguyễn Thị Hoà", "birth_year": 1975, "sex": "female", "position": "Hiệu trưởng",
            "personal_id": "001175000021", "bhxh_code": "0112345678", "phone": "0912345678", "unit": "BAN GIÁM HIỆU",
        },
        {
            "row": 6, "full_name": "Trần Văn An", "birth_year": 1980, "sex": "male", "position": "Tổ trưởng",
            "personal_id": "001080000022", "bhxh_code": "0112345679", "phone": "0912345679", "unit": "TỔ TOÁN - TIN",
        },
        {
            "row": 7, "full_name": "Lê Thị Bình", "birth_year": 1985, "sex": "female", "position": "Giáo viên",
            "old_id": "012345678", "bhxh_code": "0112345680", "phone": "0912345670", "unit": "TỔ TOÁN - TIN",
        },
        {"row": 10, "full_name": "Phạm Văn Dũng", "birth_year": 1990, "sex": "male", "position": "Bảo vệ", "unit": "TỔ VĂN PHÒNG"},
    ],
    problems=[(7, "personal_id", "old-id")],
)  # fmt: skip

SENT["English headings, no running number, phones with +84 and dots, names in capitals"] = Sent(
    {
        "Students": [
            ["Student ID", "Full name", "Gender", "Date of birth", "Class", "Mobile phone", "E-mail", "Nationality"],
            ["SV2021001", "TRẦN VĂN AN", "Male", "2003-10-27", "LAW-01", "+84 912.345.678", "An.Tran@uni.example.vn", "VN"],
            ["SV2021002", "LÊ THỊ BÌNH", "Female", "2003-06-04", "LAW-01", "84912345679", "", "VN"],
        ]
    },
    [
        {
            "row": 2, "full_name": "Trần Văn An", "sex": "male", "birth_date": D(2003, 10, 27), "birth_year": 2003,
            "pupil_code": "SV2021001", "unit": "LAW-01", "phone": "0912345678", "email": "an.tran@uni.example.vn",
        },
        {
            "row": 3, "full_name": "Lê Thị Bình", "sex": "female", "birth_date": D(2003, 6, 4), "birth_year": 2003,
            "pupil_code": "SV2021002", "unit": "LAW-01", "phone": "0912345679",
        },
    ],
)  # fmt: skip

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
            "phone": "0912345678", "guardians": (father("Trần Hải"), mother("Lê Hoa")),
        },
        {
            "row": 3, "full_name": "Lê Thị Bình", "birth_date": D(2012, 6, 4), "birth_year": 2012, "sex": "female", "unit": "8D",
            "phone": "0912345679", "guardians": (father("Lê Tư"),),
        },
        {
            "row": 4, "full_name": "Vũ Minh Châu", "birth_date": D(2012, 6, 30), "birth_year": 2012, "sex": "female", "unit": "8D",
            "phone": "02438271234", "guardians": (mother("Hồ Thị Sáu"),),
        },
    ],
    problems=[(3, "phone", "two-phones")],
)  # fmt: skip

SENT["an old CMND beside the new number, health cards of 15, 12 and 10, a 9-digit number under CCCD"] = Sent(
    {
        "BHYT": [
            ["TT", "Họ tên", "Ngày sinh", "Phái", "Số CMND", "Số CCCD", "Mã thẻ BHYT", "Nơi KCB ban đầu"],
            [1, "Trần Văn An", "27/10/1990", "Nam", "012345678", "001090000041", "HS4010123456789", "BV Long Biên"],
            [2, "Lê Thị Bình", "04/06/1991", "Nữ", "", "123456789", "0123456780", "BV Long Biên"],
            [3, "Vũ Minh Châu", "13/01/1992", "Nữ", "", "", "001192000043", "BV Long Biên"],
        ]
    },
    [
        {
            "row": 2, "full_name": "Trần Văn An", "birth_date": D(1990, 10, 27), "birth_year": 1990, "sex": "male", "old_id": "012345678",
            "personal_id": "001090000041", "bhxh_code": "0123456789",
        },
        {
            "row": 3, "full_name": "Lê Thị Bình", "birth_date": D(1991, 6, 4), "birth_year": 1991, "sex": "female", "old_id": "123456789",
            "bhxh_code": "0123456780",
        },
        {
            "row": 4, "full_name": "Vũ Minh Châu", "birth_date": D(1992, 1, 13), "birth_year": 1992, "sex": "female",
            "personal_id": "001192000043",
        },
    ],
    problems=[(3, "personal_id", "old-id")],
)  # fmt: skip

SENT["an employer's list under a letter, in parts and workshops, with totals in the middle"] = Sent(
    {
        "Sheet1": [
            ["CÔNG TY TNHH MAY BÌNH MINH", "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["Số: 12/CV-BM", "", "", "", "Độc lập - Tự do - Hạnh phúc"],
            *[[""]] * 5,
            ["", "DANH SÁCH NGƯỜI LAO ĐỘNG THAM GIA BHXH, BHYT, BHTN"],
            ["", "(Kèm theo công văn số 12/CV-BM ngày 01 tháng 10 năm 2025)"],
            *[[""]] * 5,
            ["STT", "Mã NV", "Họ và tên", "Năm sinh", "Mã số BHXH", "Chức danh", "Tiền lương", "Ghi chú"],
            ["A", "KHỐI VĂN PHÒNG", "", "", "", "", "", ""],
            ["I", "Phòng Kế toán", "", "", "", "", "", ""],
            [1, "NV001", "Trần Văn An", 1980, "0123456789", "Kế toán trưởng", 15000000, ""],
            ["", "Cộng phòng: 1", "", "", "", "", 15000000, ""],
            ["B", "KHỐI SẢN XUẤT", "", "", "", "", "", ""],
            ["I", "Phân xưởng 1", "", "", "", "", "", ""],
            [2, "NV002", "Lê Thị Bình", 1985, "0123456780", "Công nhân", 9000000, "nghỉ thai sản"],
            [3, "NV003", "Vũ Minh Châu", 1986, "0123456781", "Công nhân", 9000000, ""],
            ["", "TỔNG CỘNG", "", "", "", "", 33000000, ""],
            ["", "Bằng chữ: Ba mươi ba triệu đồng"],
            ["", "Người lập biểu", "", "", "", "Giám đốc"],
        ]
    },
    [
        {"row": 18, "full_name": "Trần Văn An", "birth_year": 1980, "staff_code": "NV001", "bhxh_code": "0123456789",
         "position": "Kế toán trưởng", "unit": "Phòng Kế toán"},
        {"row": 22, "full_name": "Lê Thị Bình", "birth_year": 1985, "staff_code": "NV002", "bhxh_code": "0123456780",
         "position": "Công nhân", "unit": "Phân xưởng 1"},
        {"row": 23, "full_name": "Vũ Minh Châu", "birth_year": 1986, "staff_code": "NV003", "bhxh_code": "0123456781",
         "position": "Công nhân", "unit": "Phân xưởng 1"},
    ],
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

SENT["numbers that lost their zeros, and one that lost its digits"] = Sent(
    {
        "NV": [
            ["STT", "Họ tên cán bộ", "Ngày tháng năm sinh", "Giới tính", "Căn cước công dân", "Mã BHXH", "ĐT di động", "Phòng/Ban"],
            [1, "Trần Văn An", D(1990, 10, 27), "Nam", 1090000071, 123456789, 912345678, "Tổ chức"],
            [2, "Lê Thị Bình", D(1991, 6, 4), "Nữ", 79191000072, 7912345678, 912345679, "Tổ chức"],
            [3, "Vũ Minh Châu", D(1992, 1, 13), "Nữ", 7.9e10, 7.91e9, "9.12E+08", "Hành chính"],
        ]
    },
    [
        {
            "row": 2, "full_name": "Trần Văn An", "birth_date": D(1990, 10, 27), "birth_year": 1990, "sex": "male",
            "personal_id": "001090000071", "bhxh_code": "0123456789", "phone": "0912345678", "unit": "Tổ chức",
        },
        {
            "row": 3, "full_name": "Lê Thị Bình", "birth_date": D(1991, 6, 4), "birth_year": 1991, "sex": "female",
            "personal_id": "079191000072", "bhxh_code": "7912345678", "phone": "0912345679", "unit": "Tổ chức",
        },
        {"row": 4, "full_name": "Vũ Minh Châu", "birth_date": D(1992, 1, 13), "birth_year": 1992, "sex": "female", "unit": "Hành chính"},
    ],
    problems=[(4, "personal_id", "digits-gone"), (4, "bhxh_code", "digits-gone"), (4, "phone", "not-a-phone")],
)  # fmt: skip

SENT["a university's faculty list with classes in group rows and remarks among the people"] = Sent(
    {
        "Khoa Luật": [
            ["TRƯỜNG ĐẠI HỌC LUẬT"],
            ["KHOA LUẬT DÂN SỰ"],
            ["DANH SÁCH SINH VIÊN THAM GIA BHYT"],
            ["TT", "MSSV", "Họ lót", "Tên", "Phái", "Ngày sinh", "Số CMND/CCCD/Hộ chiếu", "Điện thoại", "Email"],
            ["Lớp: DS45A", "", "", "", "", "", "", "", ""],
            [1, "2053801012001", "Trần Văn", "An", "Nam", "27/10/2002", "079202000081", "0912345678", "an@sv.example.vn"],
            [2, "2053801012002", "Lê Thị", "Bình", "Nữ", "04/06/2002", "B1234567", "0912345679", "binh@sv.example.vn"],
            ["Lớp: DS45B", "", "", "", "", "", "", "", ""],
            ["Sinh viên bảo lưu", "", "", "", "", "", "", "", ""],
            [1, "2053801012003", "Vũ Minh", "Châu", "Nữ", "13/01/2002", "079302000083", "không có", "chau@sv"],
        ]
    },
    [
        {
            "row": 6, "full_name": "Trần Văn An", "birth_date": D(2002, 10, 27), "birth_year": 2002, "sex": "male", "unit": "DS45A",
            "pupil_code": "2053801012001", "personal_id": "079202000081", "phone": "0912345678", "email": "an@sv.example.vn",
        },
        {
            "row": 7, "full_name": "Lê Thị Bình", "birth_date": D(2002, 6, 4), "birth_year": 2002, "sex": "female", "unit": "DS45A",
            "pupil_code": "2053801012002", "phone": "0912345679", "email": "binh@sv.example.vn",
        },
        {
            "row": 10, "full_name": "Vũ Minh Châu", "birth_date": D(2002, 1, 13), "birth_year": 2002, "sex": "female", "unit": "DS45B",
            "pupil_code": "2053801012003", "personal_id": "079302000083",
        },
    ],
    problems=[(7, "personal_id", "passport"), (10, "email", "not-an-email")],
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

SENT["months before days, shown by one column for all"] = Sent(
    {
        "Export": [
            ["No", "Name", "DOB", "Department"],
            [1, "Trần Văn An", "10/27/1990", "IT"],
            [2, "Lê Thị Bình", "6/4/1991", "IT"],
            [3, "Vũ Minh Châu", "1/13/1992", "HR"],
        ]
    },
    [
        {"row": 2, "full_name": "Trần Văn An", "birth_date": D(1990, 10, 27), "birth_year": 1990, "unit": "IT"},
        {"row": 3, "full_name": "Lê Thị Bình", "birth_date": D(1991, 6, 4), "birth_year": 1991, "unit": "IT"},
        {"row": 4, "full_name": "Vũ Minh Châu", "birth_date": D(1992, 1, 13), "birth_year": 1992, "unit": "HR"},
    ],
)

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
