"""The headings that real rosters use, folded (lower case, no marks, no punctuation), and the field each of them means."""

from __future__ import annotations

# What this program writes into workbooks itself, exactly as it stands there: neither is ever taken for a part of a roster.
ERROR_HEADING = "Lỗi"
ERROR_SAID = "Lỗi: "  # what every message begins with where no heading can say it
RETURNED_SUFFIX = " - cần sửa"  # what the name of a workbook that is returned ends in
GUIDE_TITLE = "Hướng dẫn điền danh sách"

# Field -> groups of headings. An earlier group is the more telling one: where a sheet has a heading of two groups, both columns are read
# and the earlier one wins; two headings of the same group contradict each other, and the file is refused.
FIELDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "number": (("stt", "tt", "so tt", "so thu tu", "thu tu", "no", "stt lop"),),
    "full_name": (
        (
            "ho va ten", "ho ten", "ho va ten khai sinh", "ten day du", "ho ten day du", "ho va ten day du", "full name", "fullname",
            "name", "student name", "employee name", "student s name", "student s full name", "student full name", "employee s name",
            "employee full name", "pupil name", "pupil s name", "child s name", "child s full name", "staff name", "ho ten khai sinh",
            "ho va ten nguoi tham gia", "ho chu dem va ten", "ho chu dem ten", "ho dem va ten",
            "ho ten dem va ten", "ho lot va ten", "h ten", "h va ten",
        ),
    ),
    "family_name": (("ho", "ho dem", "ho va", "ho lot", "ho va ten dem", "ho va dem", "ho ten dem", "ho va chu dem", "ho chu dem",
                     "ho va chu lot",
                     "ho va ten lot", "ho va lot", "ho chu lot", "last name", "surname", "family name"),),
    "middle_name": (("ten dem", "dem", "chu dem", "ten lot", "chu lot", "lot", "middle name"),),
    "given_name": (("ten", "ten goi", "first name", "given name"),),
    "birth_date": (
        ("ngay sinh", "ngay thang nam sinh", "sinh ngay", "ngay thang sinh", "ngay thang nam", "ns", "ntns", "ngay sn", "date of birth",
         "dob", "d o b", "birthday", "birth date", "sinh ngay thang nam", "ng sinh", "n sinh", "ngay th nam sinh", "ngay t nam sinh"),
        ("nam sinh", "sinh nam", "birth year", "year of birth"),
    ),
    "sex": (("gioi tinh", "gioi", "phai", "nam nu", "nu nam", "gt", "g tinh", "sex", "gender"),),
    "is_male": (("nam", "be trai", "trai", "phai nam", "gioi tinh nam", "la nam",
                 "phai nam x", "gioi tinh nam x", "nam danh dau x", "gioi tinh nam danh dau x", "phai nam danh dau x", "nam ghi x",
                 "gioi tinh nam ghi x", "gioi tinh x nam", "nam x"),),
    "is_female": (("nu", "gioi tinh nu", "phai nu", "la nu", "be gai", "gai", "phai nu x", "gioi tinh nu x",
                   "nu danh dau x", "gioi tinh nu danh dau x", "phai nu danh dau x", "nu ghi x", "gioi tinh nu ghi x", "gioi tinh x nu",
                   "nu x"),),
    "unit": (
        ("lop", "lop hoc", "ten lop", "lop hien tai", "lop sinh hoat", "lop chinh khoa", "lop nien che", "lop quan ly", "class",
         "con hoc lop nao", "hoc sinh hoc lop nao",
         "em hoc lop nao", "hoc lop nao", "hoc lop", "dang hoc lop", "lop dang hoc"),
        ("to chuyen mon", "to", "bo mon", "to bo mon", "to khoi", "nhom lop", "to cong tac", "to nhom",
         "thuoc to nao", "thuoc to chuyen mon nao"),
        ("chuyen", "chuyen may", "chuyen san xuat", "to chuyen", "chuyen to", "to san xuat"),
        ("phong ban", "phong", "bo phan", "phong ban bo phan", "phong bo phan", "phong khoa", "phong khoa trung tam", "to phong ban",
         "bo phan cong tac", "phong ban cong tac", "phong to", "ban", "to doi", "phan xuong", "xuong", "department", "phong lam viec",
         "noi lam viec", "bo phan lam viec", "dept", "phong ban don vi", "khoa phong", "khoa phong ban", "phong khoa ban"),
        ("khoa", "vien", "trung tam"),
        ("don vi cong tac", "don vi", "ten don vi", "don vi truc thuoc", "don vi lam viec", "don vi phong ban", "unit"),
        ("chi doan", "chi doi"),
    ),
    "pupil_code": (
        ("ma dinh danh bo gd dt", "ma dinh danh bo gddt", "ma dinh danh bo giao duc", "ma dinh danh bo gd", "ma bo gd dt",
         "ma dinh danh bo giao duc va dao tao", "ma dinh danh nganh", "ma dinh danh csdl nganh", "ma dinh danh csdl", "ma dinh danh bgd",
         "ma dinh danh bgddt", "ma moet"),
        ("ma hoc sinh", "ma hs", "ma so hoc sinh", "ma so hs", "mshs", "mssv", "ma sv", "ma sinh vien", "ma so sinh vien", "ma so sv",
         "msv", "mshssv", "ma hs bo",
         "ma hoc vien", "ma so hoc vien", "mshv", "ma hssv", "ma dinh danh hoc sinh", "ma dinh danh hs", "ma tre", "student id",
         "student code"),
    ),
    "staff_code": (
        ("mnv", "m nv", "mscnv", "shcc",
         "ma nhan vien", "ma nv", "msnv", "ma so nhan vien", "ma so nv", "ma can bo", "ma cb", "mscb", "ma so can bo", "ma cbgvnv",
         "ma cbgv nv", "ma cb gv nv", "ma cbgv", "ma cbvc", "ma cbcc", "ma cbccvc", "ma giao vien", "ma gv", "ma giang vien", "msgv",
         "ma vien chuc", "ma cong chuc", "ma nld", "ma nguoi lao dong", "ma lao dong", "ma the nhan vien",
         "so the nhan vien", "ma the nv", "so the nv", "ma the cong nhan", "ma the cbnv", "ma the nld", "ma cong nhan",
         "ma so cbvc", "ma so vien chuc", "ma so cong nhan", "ma cong nhan vien", "ma so cong nhan vien", "ma so cb", "ma so gv",
         "ma so cbgv", "ma so giao vien", "ma so giang vien", "ma so nld", "ma so nguoi lao dong", "ma cnv", "ma so cnv", "ma cbnv",
         "ma so cbnv", "employee id", "employee code", "employee no", "emp id",
         "emp code", "emp no", "worker id", "worker code", "staff id", "staff code", "staff no"),
        ("ma cham cong", "ma so cham cong", "ma the cham cong", "so the cham cong", "ma the tu"),  # of the clock at the gate
    ),
    "bhxh_code": (
        ("ma so bhxh", "ma bhxh", "ma so bao hiem xa hoi", "ma bao hiem xa hoi", "ms bhxh", "msbhxh", "bhxh", "ma so bhxh bhyt",
         "social insurance number", "social insurance code", "social insurance no", "si no", "si number", "si code"),
        ("so so bhxh", "so bhxh", "so so bao hiem xa hoi", "so bao hiem xa hoi", "ma so so bhxh", "ma so bhxh so so", "so so ma so bhxh",
         "so so bhxh ma so bhxh", "ma so bhxh so so bhxh", "so bhxh so", "bhxh so", "ma bhxh so", "si book no", "si book number",
         "social insurance book no"),
    ),
    "health_card": (
        ("so the bhyt", "ma the bhyt", "ma bhyt", "the bhyt", "so bhyt", "ma so bhyt", "ma so the bhyt", "bhyt", "so the bao hiem y te",
         "ma the bao hiem y te", "the bao hiem y te", "ma so bao hiem y te", "so bao hiem y te", "ma so the bao hiem y te", "ma the",
         "the bhyt so", "bhyt so",
         "health insurance card", "health insurance number", "health insurance no", "hi card no", "hi no"),
    ),
    "phone": (
        ("dien thoai di dong", "so dien thoai di dong", "di dong", "so di dong", "dtdd", "so dtdd", "sdt di dong", "dt di dong",
         "so dt di dong", "mobile", "cell phone", "mobile no", "mobile number", "handphone",
         "mobile phone", "sdt ca nhan", "so dien thoai ca nhan", "dien thoai ca nhan"),
        ("dien thoai", "so dien thoai", "sdt", "dt", "so dt", "sdt lien he", "dien thoai lien he", "so dien thoai lien he", "dt lien he",
         "so dt lien he", "dt lien lac", "so dt lien lac",
         "phone", "phone number", "phone no", "tel", "tel no", "d thoai", "sdt lien lac", "dien thoai lien lac",
         "so dien thoai lien lac", "so lien he",
         "so dien thoai dang ky", "sdt dang ky", "sdt dang ky vssid", "so dien thoai dang ky vssid", "sdt zalo", "so dt zalo",
         "dt zalo", "so dien thoai zalo", "dien thoai zalo", "so zalo", "zalo"),
    ),
    "email": (("email", "e mail", "thu dien tu", "mail", "dia chi email", "dia chi e mail", "dia chi thu dien tu", "hop thu",
               "email lien he", "work email", "hop thu dien tu", "email ca nhan", "email address"),
              ("email co quan", "email cong vu", "email cong ty", "email truong cap", "email truong", "email noi bo",
               "email do truong cap"),),
    "position": (
        ("chuc vu", "chuc vu nhiem vu",
         "chuc vu chuc danh", "chuc vu cong tac", "position", "job title", "cap bac chuc vu", "chuc vu chuc danh nghe"),
        ("chuc danh", "chuc danh chuc vu", "chuc danh nghe nghiep", "chuc danh cong viec", "chuc danh nghe", "title",
         "cap bac chuc vu chuc danh nghe", "cap bac chuc vu chuc danh nghe noi lam viec", "ngach chuc danh", "ngach va chuc danh",
         "chuc danh ngach"),
        ("vi tri viec lam", "vi tri", "vtvl", "vi tri cong viec", "vi tri cong tac", "cong viec", "cong viec dang lam"),
        ("nhiem vu", "nhiem vu duoc giao", "nhiem vu duoc phan cong"),
    ),
    "relation": (("quan he", "moi quan he", "quan he voi hoc sinh", "quan he voi hs", "quan he voi tre", "quan he voi nguoi tham gia",
                  "moi quan he voi hoc sinh", "quan he gia dinh", "quan he voi", "relationship"),),
}  # fmt: skip

# Words that fold to a heading's letters and mean something else: "Năm" is not "Nam", "DT" (dân tộc) is not "ĐT", "chuyên" no "chuyền",
# a village ("bản") no "ban".
WRITTEN_OTHERWISE = frozenset({"năm", "chuyên", "khóa", "khoá", "bản", "dt", "hộ", "hồ"})

# Words of the English half of a heading in two languages ("Họ và tên / Full name").
ENGLISH = frozenset(
    "no number name full date of birth id card code sex gender department dept class student pupil staff employee title position mobile "
    "phone tel telephone contact email social health insurance si hi book unit division job citizen identity family given middle last "
    "first surname father mother parent parents guardian s relationship".split()
)

# Words that may follow a heading and change nothing ("Họ tên học sinh").
SUBJECTS: tuple[str, ...] = (
    "nguoi lao dong", "nguoi tham gia", "hoc sinh", "sinh vien", "hoc vien", "giao vien", "giang vien", "vien chuc", "cong chuc", "can bo",
    "nhan vien", "lao dong", "cong nhan", "thi sinh", "ung vien", "doan vien", "hoi vien", "nhan khau", "nguoi dan", "nguoi duoc cap",
    "ca nhan", "cbgvnv", "cbgv", "cbvc", "cbnv", "cbcc", "cb gv nv", "nld", "cua", "hs", "sv", "gv",
    "nv", "cb", "hv", "hssv", "tre em", "tre", "chau", "be", "con", "em", "thanh vien", "da cap", "neu co", "hien tai", "hien nay", "moi",
)  # fmt: skip

# Words for a child or for sex itself before Nam or Nữ, Trai or Gái ("Bé trai", "Giới tính: Nữ").
CHILD_WORDS = frozenset("be chau con em tre hoc sinh hs gioi tinh phai la".split())

# Words of which headings for an identity paper are made, in any order ("Số CMND/CCCD/Hộ chiếu", "Căn cước (công dân)").
ID_WORDS = frozenset(
    "so ma the cmnd cmt cmtnd cccd can cuoc cong dan ho chieu dinh danh ca nhan ddcn ddcd passport hoac va cc chung minh thu gan chip "
    "cu moi hc id card citizen number identity dd no gttt giay to tuy than".split()
)

SENSITIVE = (
    "dan toc", "ton giao", "khuyet tat", "suc khoe", "dang vien", "doan vien", "ngay vao dang", "nhom mau", "luong", "phu cap", "tai khoan",
    "chinh sach", "hoan canh", "ho ngheo", "can ngheo", "thuong binh", "liet si", "mo coi", "benh", "quoc tich", "ngan hang",
    "ethnicity", "ethnic", "religion", "nationality", "salary", "disability",
)  # fmt: skip

NOT_NEEDED = (
    "noi sinh", "que quan", "nguyen quan", "nghe nghiep", "ngay cap", "noi cap", "ho khau", "thuong tru", "tam tru", "dia chi", "cho o",
    "noi o", "trang thai", "tinh trang", "ghi chu", "khoi", "khoa hoc", "nien khoa", "nam hoc", "xa phuong", "phuong xa", "quan huyen",
    "tinh thanh", "tinh", "huyen", "xa", "phuong", "thon", "to dan pho", "trinh do", "chuyen nganh", "nganh", "bang cap", "hop dong",
    "hdld", "ngay vao", "kham chua benh", "kcb", "tu ngay", "den ngay", "thoi han", "gia tri the", "muc dong", "bhtn", "so tien", "ky ten",
    "ky nhan", "chu ky",
    "xac nhan", "dien thoai ban", "dien thoai co quan", "dien thoai nha", "dien thoai co dinh", "dt co quan", "dt nha", "noi cong tac",
    "noi lam viec", "ho so", "diem", "xep loai", "hanh kiem", "hoc luc", "thu tu", "ma ho gia dinh", "chu ho", "facebook",
    "ma so thue", "mst", "gvcn", "giao vien chu nhiem", "gv chu nhiem", "ma lop", "ma truong", "ten truong", "ma don vi", "ma ho",
    "so nha", "nguoi phu trach", "cu", "address", "note", "notes", "remark", "remarks", "place of birth", "occupation", "sdt co quan",
)  # fmt: skip
