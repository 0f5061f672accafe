"""Numbers for the sex, with and without a word on what they mean; nobody in them exists."""

from __future__ import annotations

from datetime import date as D
from typing import Any

from tests.unit.imports.sent import Rows, Sent

SENT: dict[str, Sent] = {}

_NAMES = ("Trần Văn An", "Lê Thị Bình", "Vũ Minh Châu", "Hồ Thị Dung", "Phạm Văn Em", "Ngô Thị Hoa")
_MEN = ("male", "female") * 3
_IDS = tuple(f"0012140000{n:02}" if sex == "male" else f"0013140000{n:02}" for n, sex in enumerate(_MEN, 1))  # all born in 2014


def _rows(codes: tuple[Any, Any], *, ids: bool = False) -> Rows:
    """Boys and girls in turn, the boys with the first of two codes."""
    return [
        [n, name, f"{n + 12}/10/2014", codes[sex == "female"], *([number] if ids else [])]
        for n, (name, sex, number) in enumerate(zip(_NAMES, _MEN, _IDS, strict=True), 1)
    ]


def _people(first_row: int, sexes: tuple[str | None, str | None] = ("male", "female"), *, ids: bool = False) -> list[dict[str, Any]]:
    return [
        {
            "row": first_row + n, "full_name": name, "birth_date": D(2014, 10, n + 13), "birth_year": 2014, "sex": sexes[sex == "female"],
        } | ({"personal_id": number} if ids else {})
        for n, (name, sex, number) in enumerate(zip(_NAMES, _MEN, _IDS, strict=True))
    ]  # fmt: skip


def _header(sex: str, *more: str) -> list[str]:
    return ["STT", "Họ và tên", "Ngày sinh", sex, *more]


for _heading in (
    "Giới tính (*)\n(0: Nam, 1: Nữ)", "Giới tính (1-Nữ, 0-Nam)", "Giới tính (Nam=0; Nữ=1)", "Phái (0 nam, 1 nữ)",
    "Giới tính (Nam: 0, Nữ: 1)",
    "Nữ (1), Nam (0)", "0: Nam; 1: Nữ", "gioi_tinh (0=nam, 1=nu)", "Nam/Nữ: 0/1", "Giới tính (1 là nữ)", "Nam (0: Nam, 1: Nữ)",
):  # fmt: skip
    SENT[f"a heading says that 1 is a girl: {_heading}"] = Sent({"S": [_header(_heading), *_rows((0, 1))]}, _people(2))
SENT["a heading says that 2 is a boy"] = Sent({"S": [_header("Giới tính (1: Nữ, 2: Nam)"), *_rows((2, 1))]}, _people(2))
SENT["a heading says what is usual"] = Sent({"S": [_header("Giới tính (1: Nam, 0: Nữ)"), *_rows((1, 0))]}, _people(2))
SENT["numbers for the sex of which nobody says anything"] = Sent({"S": [_header("Giới tính"), *_rows((1, 0))]}, _people(2))

SENT["the line below the headings says it"] = Sent(
    {"S": [_header("Giới tính"), ["", "(có dấu)", "(dd/mm/yyyy)", "(0: Nam, 1: Nữ)"], *_rows((0, 1))]}, _people(3)
)
for _said in ("(1: Nữ; 0: Nam)", "0: Nam, 1: Nữ"):
    SENT[f"the sex's cell below the headings says it alone: {_said}"] = Sent(
        {"S": [_header("Giới tính"), ["", "", "", _said], *_rows((0, 1))]}, _people(3)
    )
SENT["a line above the list says it"] = Sent({"S": [["Giới tính: 1 là nữ, 0 là nam"], _header("Giới tính"), *_rows((0, 1))]}, _people(3))
SENT["a line below the list says it"] = Sent({"S": [_header("Giới tính"), *_rows((0, 1)), ["", "Ghi chú: 0 = Nam, 1 = Nữ"]]}, _people(2))
SENT["a line that counts boys and girls says nothing of the numbers"] = Sent(
    {"S": [["Sĩ số: 1, nam: 0, nữ: 1"], _header("Giới tính"), *_rows((1, 0)), ["", "Ghi chú: nam 0 em, nữ 1 em = 1 em"]]}, _people(3)
)
SENT["cells below the list say it"] = Sent({"S": [_header("Giới tính"), *_rows((0, 1)), ["", "Ghi chú:", "0 = Nam", "1 = Nữ"]]}, _people(2))
SENT["a line for each sex below the list says it"] = Sent(
    {"S": [_header("Giới tính"), *_rows((0, 1)), ["", "Quy ước"], ["", "0: Nam"], ["", "1: Nữ"]]}, _people(2)
)
SENT["counts of boys and girls below the list say nothing of the numbers"] = Sent(
    {"S": [_header("Giới tính"), *_rows((1, 0)), ["", "Nam = 3, Nữ = 3"], ["", "Nam: 1"], ["", "Nữ = 2, nam = 4"]]}, _people(2)
)
SENT["a sheet that counts boys and girls says nothing of the numbers"] = Sent(
    {"S": [_header("Giới tính"), *_rows((1, 0))], "Thống kê": [["", "Số lượng"], ["Nam", 0], ["Nữ", 1]]}, _people(2)
)
SENT["a look-up sheet says it"] = Sent(
    {
        "S": [_header("Giới tính"), *_rows((0, 1))],
        "DanhMuc": [["Mã", "Giới tính"], [0, "Nam"], [1, "Nữ"]],
    },
    _people(2),
)

SENT["what is written is followed though the CCCD numbers show the opposite, and that is said"] = Sent(
    {"S": [_header("Giới tính (1: Nam, 0: Nữ)", "Số CCCD"), *_rows((0, 1), ids=True)]},
    _people(2, ("female", "male"), ids=True),
    problems=sorted(
        [(row, "sex", "sex-legend-contradicted") for row in range(2, 8)] + [(row, "personal_id", "other-sex") for row in range(2, 8)],
        key=lambda problem: problem[0],
    ),
)
SENT["nobody says it, but all CCCD numbers do"] = Sent(
    {"S": [_header("Giới tính", "Số CCCD"), *_rows((0, 1), ids=True)]}, _people(2, ids=True)
)
SENT["few CCCD numbers contradict what is usual: said of everybody"] = Sent(
    {"S": [_header("Giới tính", "Số CCCD"), *_rows((0, 1), ids=True)[:2], *([*row[:4], ""] for row in _rows((0, 1), ids=True)[2:])]},
    [person if n < 2 else person | {"personal_id": None} for n, person in enumerate(_people(2, ("female", "male"), ids=True))],
    problems=[
        *((row, field, code) for row in (2, 3) for field, code in (("sex", "sex-number-doubtful"), ("personal_id", "other-sex"))),
        *((row, "sex", "sex-number-doubtful") for row in range(4, 8)),
    ],
)
SENT["half of the CCCD numbers contradict what is usual: only those are said"] = Sent(
    {
        "S": [
            _header("Giới tính", "Số CCCD"),
            *([*row[:3], int((row[3] == 0) == (row[0] < 4)), *row[4:]] for row in _rows((0, 1), ids=True)),
        ]
    },
    [person | ({} if person["row"] < 5 else {"sex": "female" if person["sex"] == "male" else "male"}) for person in _people(2, ids=True)],
    problems=[(row, "personal_id", "other-sex") for row in range(5, 8)],
)

SENT["T and G under T/G are boys and girls"] = Sent({"S": [_header("T/G"), *_rows(("T", "G"))]}, _people(2))
SENT["T and G under Phái"] = Sent({"S": [_header("Phái"), *_rows(("T", "G"))]}, _people(2))
SENT["signs for the sexes"] = Sent({"S": [_header("GT"), *_rows(("♂", "♀"))]}, _people(2))
SENT["T/G of times is no sex"] = Sent({"S": [_header("T/G"), *_rows(("7h30", "13h30"))]}, _people(2, (None, None)))
