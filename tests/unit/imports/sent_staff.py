"""Rosters as employers and universities send them, laid out by hand, with people who do not exist."""

from __future__ import annotations

from datetime import date as D

from tests.unit.imports.sent import Sent

SENT: dict[str, Sent] = {}

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
