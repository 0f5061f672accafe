"""What stands before names: degrees, grades and forms of address, and names that only look so; nobody in them exists."""

from __future__ import annotations

from tests.unit.imports.sent import Sent

SENT: dict[str, Sent] = {}

_NAMES = ("Trần Văn An", "Lê Thị Bình", "Vũ Minh Châu", "Hồ Thị Dung", "Phạm Văn Hải", "Ngô Thị Hoa")


def _sent(written: list[str], names: list[str] | None = None, *, numbered: bool = True) -> Sent:
    """A list of these names as written, and as they are."""
    names = names or list(_NAMES)
    heading = [*(["STT"] if numbered else []), "Họ và tên", "Năm sinh", "Khoa"]
    rows = [[*([n] if numbered else []), name, 1980 + n, "Nội"] for n, name in enumerate(written, 1)]
    return Sent(
        {"S": [heading, *rows]},
        [{"row": n + 1, "full_name": name, "birth_year": 1980 + n, "unit": "Nội"} for n, name in enumerate(names, 1)],
    )


for _title in (
    "BS.CKII. ", "BSCKI. ", "BS CKII ", "BS. CK II ", "BSCK1. ", "DS.CKI. ", "BSNT. ", "ĐD. ", "ĐD ", "KTV. ", "NHS. ", "YS. ", "CNĐD ",
    "Ths. ", "ThS-", "BS.", "PGS, TS ", "PGS.TS. ", "TS.GVC ", "NGƯT. ", "Đ/c ", "Ông/Bà ", "Bác sĩ ", "Điều dưỡng ",
):  # fmt: skip
    _written = [(_title if n % 3 == 0 else "") + name for n, name in enumerate(_NAMES)]
    SENT[f"some names with {_title}"] = _sent(_written)
    SENT[f"some names with {_title} and no numbers"] = _sent(_written, numbered=False)
for _title in ("Thầy ", "Cô ", "Bà ", "Em ", "Bé ", "Chị ", "Cháu ", "Ông "):
    SENT[f"some names with {_title}"] = _sent([(_title if n % 3 == 0 else "") + name for n, name in enumerate(_NAMES)])
    SENT[f"all names with {_title}"] = _sent([_title + name for name in _NAMES])
SENT["Ông and Bà in turn, before rare names too"] = _sent(
    ["Ông Y Ksor", "Bà H Niê Kdăm", "Ông Siu Blơ", "Bà Rmah Hlen"], ["Y Ksor", "H Niê Kdăm", "Siu Blơ", "Rmah Hlen"]
)
SENT["capital letters"] = _sent([f"BÀ {name.upper()}" for name in _NAMES])
SENT["people of a family called Ông"] = _sent(*([["Ông Cao Thắng", "Ông Đăng Nhật Khang", "Ông Thị Hoa", *_NAMES]] * 2))
SENT["a household called Ông"] = _sent(*([["Ông Văn Hai", "Ông Thị Ba", "Ông Minh Tư", "Lê Thị Bình"]] * 2))
SENT["names that begin or end like a form of address"] = _sent(
    *(
        [
            [
                "Bế Văn Đàn",
                "Châu Văn Liêm",
                "Cố Minh Tư",
                "Trần Thị Bé",
                "Nguyễn Văn Em",
                "Anh Đức",
                "Y Bhiôk",
                "Bé Na",
                "Y Sĩ Niê Kdăm",
                "Đồng Chí Minh Thành",
            ]
        ]
        * 2
    )
)
SENT["notes and titles behind names"] = _sent(
    ["Trần Văn An - Trưởng khoa", "Lê Thị Bình, ThS", "Vũ Minh Châu, BS.CKI", "BS. Hồ Thị Dung - phó khoa", "Phạm Văn Hải", "Ngô Thị Hoa"]
)
_twice = _sent(
    ["Trần Văn An", "Vũ Lan - Anh", "Lê Văn Hai - Lê Thị Ba", "Hồ Thị Lan-Anh"],
    ["Trần Văn An", "Vũ Lan - Anh", "Lê Văn Hai - Lê Thị Ba", "Hồ Thị Lan-Anh"],
)
SENT["a dash that may be a part of the name is said"] = Sent(
    _twice.sheets, _twice.people, problems=[(3, "full_name", "odd-name"), (4, "full_name", "odd-name")]
)
