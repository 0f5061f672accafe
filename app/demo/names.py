"""Names and numbers drawn from lists and a generator; whoever bears one of them is a coincidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

FAMILIES = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Lâm Mai Trịnh Đào Cao Tạ Lương Quách Thái Vương"
).split(" ")
MIDDLES = {
    "male": "Văn Hữu Đức Minh Quốc Gia Thành Công Bảo Tuấn Xuân Nhật Quang Đình Anh Hoàng Khánh".split(" "),
    "female": "Thị Ngọc Thu Thanh Minh Bảo Khánh Phương Diệu Quỳnh Hồng Mỹ Gia Thùy Kim Mai Thảo".split(" "),
}
GIVENS = {
    "male": (
        "An Anh Bình Cường Dũng Duy Đạt Đức Giang Hải Hiếu Hòa Hùng Huy Khang Khoa Khôi Lâm Long Minh Nam Nghĩa Phong Phúc Quân Quang Sơn "
        "Tài Tâm Thái Thắng Thành Thịnh Tiến Trí Trung Tú Tùng Tuấn Việt Vinh Vũ Vỹ Ý"
    ).split(" "),
    "female": (
        "An Anh Ánh Bích Châu Chi Diệp Dung Giang Hà Hân Hạnh Hiền Hoa Hương Huyền Khuê Lan Linh Ly Mai My Nga Ngân Ngọc Nhi Nhung Oanh "
        "Phương Quyên Quỳnh Tâm Thảo Thu Thư Thủy Trang Trâm Tuyết Uyên Vân Vy Xuân Yến Ý"
    ).split(" "),
}
PLACES = ("001", "019", "025", "031", "036", "040", "048", "056", "064", "072", "079", "086", "092", "096")
MOBILE = ("032", "035", "037", "039", "070", "077", "079", "083", "085", "086", "090", "091", "093", "096", "097", "098")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Somebody drawn: name, birth, sex and numbers that agree with each other."""

    full_name: str
    sex: str
    birth_date: date
    personal_id: str
    bhxh_code: str
    phone: str


class Drawer:
    """Draws people; no number comes twice."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)
        self._given: set[str] = set()

    def person(self, born_after: date, born_before: date, family: str | None = None, sex: str | None = None) -> Drawn:
        pick = self._random
        sex = sex or pick.choice(("male", "female"))
        middle = pick.choice(MIDDLES[sex])
        if pick.random() < 0.25:
            middle = f"{middle} {pick.choice(MIDDLES[sex])}"
        birth = born_after + timedelta(days=pick.randrange((born_before - born_after).days))
        return Drawn(
            full_name=f"{family or pick.choice(FAMILIES)} {middle} {pick.choice(GIVENS[sex])}",
            sex=sex,
            birth_date=birth,
            personal_id=self._unused(lambda: self._personal_id(birth, sex)),
            bhxh_code=self._unused(lambda: f"{pick.choice(('01', '79', '02', '31', '38'))}{pick.randrange(10**8):08d}"),
            phone=self.phone(),
        )

    def phone(self) -> str:
        return self._unused(lambda: f"{self._random.choice(MOBILE)}{self._random.randrange(10**7):07d}")

    def pupil_code(self) -> str:
        return self._unused(lambda: f"01{self._random.randrange(10**8):08d}")

    def _personal_id(self, birth: date, sex: str) -> str:
        century = (birth.year // 100 - 19) * 2 + (sex == "female")
        return f"{self._random.choice(PLACES)}{century}{birth.year % 100:02d}{self._random.randrange(10**6):06d}"

    def _unused(self, draw: Callable[[], str]) -> str:
        number = draw()
        while number in self._given:
            number = draw()
        self._given.add(number)
        return number
