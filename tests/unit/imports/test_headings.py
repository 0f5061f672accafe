"""Which field a heading means."""

from __future__ import annotations

import unicodedata

import pytest

from imports.headings.meaning import meaning

TAKEN = {
    "number": ["STT", "TT", "Số TT", "No", "Số thứ tự"],
    "full_name": ["Họ và tên", "Họ tên", "HỌ VÀ TÊN (*)", "Họ tên học sinh", "Tên học sinh", "Họ và tên thí sinh",
                  "Student's full name", "Họ tên giáo viên",
                  "Họ tên cán bộ", "Ho va ten", "H.tên", "Họ và tên\nFull name", "Full name / Họ và tên",
                  "1. Họ và tên của con (viết có dấu)"],
    "family_name": ["Họ và", "Họ đệm", "Họ lót", "Họ và tên đệm", "Họ"],
    "given_name": ["Tên"],
    "birth_date": ["Ngày sinh", "Ngày\nsinh", "Ngày, tháng, năm sinh", "Sinh ngày", "Năm sinh", "Ngày sinh (dd/mm/yyyy)",
                   "NG.SINH", "D.O.B", "Câu 2: Ngày sinh của con?"],
    "sex": ["Trai/Gái", "Bé trai/gái", "Cháu trai/cháu gái", "Giới tính", "Phái", "Nam/Nữ", "Giới tính (Nam/Nữ)", "Giới tính\nSex"],
    "is_female": ["Nữ", "Nữ (x)", "Bé gái", "Giới tính (Nữ đánh dấu x)", "Nữ ghi X", "Giới tính (x: nữ)"],
    "is_male": ["Nam", "Bé trai", "Phái (Nam: x)", "Giới tính (nam đánh dấu X)"],
    "unit": ["Lớp", "Tên lớp", "Phòng/Ban", "Bộ phận", "Khoa", "Tổ chuyên môn", "Đơn vị công tác",
             "Khoa/Phòng\nDepartment", "Dept.", "4. Con học lớp nào?", "Chi đoàn",
             "Bộ phận/Chuyền", "Lớp / Nhóm lớp", "Phòng/Xưởng/Tổ",
             "Chuyền", "Chuyền/Tổ", "Tổ sản xuất", "Học lớp", "Lớp đang học"],
    "pupil_code": ["Mã định danh Bộ GD&ĐT", "Mã học sinh", "Mã HS", "MSSV", "Mã SV"],
    "staff_code": ["Mã nhân viên", "MSNV", "Mã cán bộ", "Mã CBGVNV", "Mã NV\nStaff ID", "Emp. ID", "Mã NV\nEmp. ID", "Mã NV / Emp. ID",
                   "Mã số công nhân", "Mã số CB", "Mã CBNV",
                   "Mã thẻ NV", "Số thẻ nhân viên", "Mã thẻ công nhân"],
    "personal_id": ["Số định danh cá nhân", "Số ĐDCN", "CCCD", "Căn cước", "Căn cước (công dân)", "Số CMND/CCCD",
                    "CMND/CCCD/Hộ chiếu", "Số ĐDCN/CCCD", "Mã ĐD", "ID No.", "CCCD\nID card No.", "Passport No. / ID No.",
                    "Số CMND/CCCD/HC", "Mã định danh HS (12 số)"],
    "old_id": ["Số CMND", "CMND", "Chứng minh nhân dân"],
    "bhxh_code": ["Mã số BHXH", "Mã BHXH", "Mã số bảo hiểm xã hội", "Số sổ BHXH", "Mã số BHXH đã cấp (nếu có)", "SI book No.",
                  "Số sổ/Mã số BHXH", "mã số bhxh/số sổ", "Sổ BHXH số", "Mã BHXH số"],
    "health_card": ["Số thẻ BHYT", "Mã thẻ BHYT", "Mã BHYT", "Thẻ BHYT số"],
    "phone": ["Điện thoại", "Điện thoại di động", "SĐT", "ĐT", "SĐT liên hệ", "Số điện thoại (đăng ký VssID)", "Điện thoại HV",
              "Số ĐT mới", "số đt/zalo", "ĐT liên lạc", "Số ĐT liên lạc",
              "Di động\nMobile"],
    "email": ["Email", "E-mail", "Thư điện tử", "Email trường cấp"],
    "position": ["Chức vụ", "Chức danh", "Vị trí việc làm", "Chức danh/Vị trí",
                 "Nhiệm vụ", "Nhiệm vụ được giao", "Chức vụ/Nhiệm vụ", "Chức danh\nTitle",
                 "Cấp bậc, chức vụ, chức danh nghề, nơi làm việc"],
    "relation": ["Quan hệ", "Mối quan hệ"],
    "father_name": ["Họ tên cha", "Tên cha", "Họ và tên bố", "Cha", "Họ tên cha\nFather's name",
                    "Father's name/Họ tên cha", "Father's full name\nHọ và tên bố", "Con ông", "Con của ông"],
    "mother_name": ["Họ tên mẹ", "Tên mẹ học sinh", "Mẹ", "Con bà"],
    "mother_phone": ["SĐT mẹ (liên hệ khi cần)", "Mother's phone/SĐT mẹ", "Mother's mobile no. / Điện thoại mẹ"],
    "father_phone": ["SĐT cha", "Số điện thoại bố", "Điện thoại của cha"],
    "parent_name": ["Con ông (bà)", "Con ông/bà", "Parent's name / Họ tên phụ huynh",
                    "Họ tên phụ huynh", "Phụ huynh", "Họ tên cha/mẹ", "6. Họ và tên phụ huynh đăng ký", "Họ tên PH đăng ký",
                    "Họ tên phụ huynh/người giám hộ", "Họ tên cha hoặc mẹ hoặc người giám hộ",
                    "Họ và tên cha/mẹ đăng ký VssID", "Họ tên phụ huynh cài đặt ứng dụng VssID", "Ho ten cha me dang ky tai khoan VssID"],
    "parent_phone": ["SĐT phụ huynh", "Số điện thoại cha hoặc mẹ", "ĐT PH"],
    "parent2_phone": ["SĐT phụ huynh 2"],
    "guardian_name": ["Người giám hộ", "Họ tên bảo hộ"],
    "guardian_phone": ["SĐT bảo hộ", "SĐT người giám hộ"],
    "guardian_personal_id": ["Số CCCD người giám hộ"],
    "contact_name": ["Người liên hệ", "Họ tên người nhận tin", "Người báo tin", "Người liên hệ khẩn cấp", "Emergency contact name"],
    "contact_phone": ["SĐT người liên hệ", "Điện thoại liên hệ khi cần", "SĐT khẩn cấp", "Số ĐT khi cần báo tin"],
    "contact_contact": ["Liên hệ khi cần", "Khi cần báo tin cho ai", "Người liên hệ (họ tên, SĐT)", "Liên hệ khẩn cấp"],
    "contact2_name": ["Người liên hệ 2"],
}  # fmt: skip

NOT_TAKEN = {
    "sensitive": ["Dân tộc", "Tôn giáo", "Dân tộc mẹ", "Số tài khoản", "Tình trạng sức khỏe"],
    "not-needed": [
        "Nghề nghiệp cha", "Father's job / Nghề nghiệp cha",
        "Năm sinh mẹ", "Nơi sinh", "Quê quán", "Ngày cấp", "Nơi cấp", "Hộ khẩu thường trú", "Ghi chú", "Khối học",
        "Địa chỉ", "Số ĐT cũ", "Mã số BHXH cũ",
        "Điện thoại nhà riêng", "Phụ huynh đã cài VssID", "Phụ huynh cài VssID",
    ],
    "unknown": ["Đã cài VssID", "Ngày đăng ký VssID", "SĐT bà", "Chức vụ/Đơn vị", "Lớp/Màu áo",
                "Mã phòng thi", "DT", "Năm", "Khóa", "Bản", "Chuyên", "Abc", "", "Lớp dạy", "Họ tên\nPhone", "Mã số\nID number",
                "Họ và tên " * 30],
}  # fmt: skip

UNDER = [
    ("Cha", "Họ và tên", "father_name"),
    ("Thông tin mẹ", "Điện thoại", "mother_phone"),
    ("Thẻ BHYT", "Mã số", "health_card"),
    ("Người giám hộ 1", "Họ và tên", "guardian_name"),
    ("Người giám hộ 2", "SĐT", "guardian2_phone"),
    ("Phụ huynh 2", "Quan hệ", "parent2_relation"),
    ("Phụ huynh", "Họ tên bố", "father_name"),
    ("Người liên hệ", "SĐT", "contact_phone"),
    ("Người liên hệ", "Mẹ", "mother_name"),
    ("Thông tin gia đình", "ĐT mẹ", "mother_phone"),
    ("Cha mẹ học sinh", "Mẹ", "mother_name"),
    ("Phụ huynh", "Năm sinh mẹ", None),
    ("Họ tên, số điện thoại phụ huynh", "Cha", "father_name"),
    ("Họ tên, số điện thoại phụ huynh", "ĐT", "parent_phone"),
    ("Họ tên và SĐT phụ huynh", "Họ tên", "parent_name"),
    ("Họ tên và SĐT mẹ", "SĐT", "mother_phone"),
    ("Phụ huynh", "Họ tên cha/mẹ", "parent_name"),
    ("Điện thoại", "Mẹ", "mother_phone"),
    ("Giới tính", "Nữ", "is_female"),
    ("Ngày sinh", "Ngày", "birth_day"),
    ("Ngày sinh", "Tháng", "birth_month"),
    ("Ngày sinh", "Năm", "birth_year"),
    ("Năm sinh", "Nam", "birth_if_male"),
    ("Năm sinh", "Nữ", "birth_if_female"),
    ("Họ và tên", "Họ đệm", "family_name"),
    ("Họ và tên", "Tên", "given_name"),
    ("CCCD", "Số", "personal_id"),
    ("CCCD", "Ngày cấp", None),
    ("Mẹ", "Năm sinh", None),
    ("Hộ khẩu", "Lớp", None),
    ("Thông tin học sinh", "Ngày sinh", "birth_date"),
]


@pytest.mark.parametrize(("field", "heading"), [(field, heading) for field, headings in TAKEN.items() for heading in headings])
def test_a_heading_of_the_field_is_known(field: str, heading: str):
    assert meaning(heading).field == field


@pytest.mark.parametrize(("why", "heading"), [(why, heading) for why, headings in NOT_TAKEN.items() for heading in headings])
def test_a_column_that_is_not_taken_says_why(why: str, heading: str):
    assert meaning(heading) == (None, why, 0)


@pytest.mark.parametrize(("above", "heading", "field"), UNDER)
def test_a_heading_under_a_merged_one_means_both_together(above: str, heading: str, field: str | None):
    assert meaning(heading, above).field == field


def test_a_decomposed_heading_is_the_same_heading():
    assert meaning(unicodedata.normalize("NFD", "Họ và tên")).field == "full_name"


def test_the_second_telephone_of_one_parent_stands_in_for_the_first():
    assert [meaning(f"SĐT mẹ{further}") for further in ("", " 1", " 2")] == [("mother_phone", None, rank) for rank in (1, 11, 21)]
