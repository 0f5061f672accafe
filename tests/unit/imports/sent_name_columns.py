"""Lists in which the column of names is told by those beside it; nobody in them exists."""

from __future__ import annotations

from tests.unit.imports.sent import Sent

SENT: dict[str, Sent] = {}

_FAMILY, _GIVEN = ("Trần Văn", "Lê Thị"), ("An", "Bình")
_WHOLE = ("Trần Văn An", "Lê Thị Bình")


def _people(**more: tuple[str, ...]) -> list[dict[str, object]]:
    return [
        {"row": n + 2, "full_name": name, "birth_year": 2010 + n, "sex": ("male", "female")[n]}
        | {field: some[n] for field, some in more.items()}
        for n, name in enumerate(_WHOLE)
    ]  # fmt: skip


def _list(headings: list[str], *columns: tuple[str, ...]) -> dict[str, list[list[object]]]:
    rows = [[n + 1, *cells, 2010 + n, ("Nam", "Nữ")[n]] for n, cells in enumerate(zip(*columns, strict=True))]
    return {"S": [["STT", *headings, "Năm sinh", "Giới tính"], *rows]}


for _family in ("Họ", "Họ đệm", "Họ lót", "Họ và chữ lót", "HỌ VÀ", "Họ và tên đệm"):
    for _given in ("Tên", "Tên HS", "Tên học sinh", "Tên SV", "Tên NV", "Tên trẻ"):
        SENT[f"the given name alone under {_given} beside {_family}"] = Sent(_list([_family, _given], _FAMILY, _GIVEN), _people())
SENT["the given name left of the family name"] = Sent(_list(["Tên HS", "Họ đệm"], _GIVEN, _FAMILY), _people())
SENT["family and middle names in columns of their own beside Tên HS"] = Sent(
    _list(["Họ", "Tên đệm", "Tên HS"], ("Trần", "Lê"), ("Văn", "Thị"), _GIVEN), _people()
)
SENT["the whole name once more beside its parts"] = Sent(
    _list(["Họ và chữ lót", "Tên HS", "Họ tên đầy đủ"], _FAMILY, _GIVEN, _WHOLE), _people()
)
SENT["the whole name under Tên HS alone"] = Sent(_list(["Tên HS"], _WHOLE), _people())
SENT["the whole name under Tên HS, though the family name stands beside it once more"] = Sent(
    _list(["Họ", "Tên HS"], ("Trần", "Lê"), _WHOLE), _people()
)
