"""What a campaign's own text may put in: a fixed set of names, Vietnamese as the texts are, each with what it stands for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.texts import digests, people, sms, zalo
from app.texts.days import said_day
from app.texts.scrubbing import bare_name
from app.texts.sentences import HOTLINE, REGISTRATION
from app.texts.short import unaccented
from app.texts.speech import Digest, Speech


@dataclass(frozen=True, slots=True)
class Variable:
    """`meaning` is shown beside the form; what does not apply to a receiver is empty, so that it can be asked for by `{% if %}`."""

    meaning: str
    of_speech: Callable[[Speech], str]
    of_digest: Callable[[Digest], str]


def _same(value: Callable[[Speech | Digest], str], meaning: str) -> Variable:
    return Variable(meaning, value, value)


def _nothing(_said_to: Speech | Digest) -> str:
    return ""


VARIABLES: dict[str, Variable] = {
    "ten": _same(lambda it: bare_name(it.name), "tên người nhận"),
    "viec": Variable("việc cần làm, mỗi người một dòng; với người phụ trách: số liệu theo từng tình trạng", people.lines, digests.lines),
    "viec_ngan": Variable(
        "việc cần làm trong một dòng ngắn không dấu, dùng cho tin SMS",
        lambda it: unaccented(sms.brief(it)),
        lambda it: unaccented(digests.subject(it)),
    ),
    "con": Variable("tên các con của phụ huynh, cách nhau bằng dấu phẩy", lambda it: _children(it), _nothing),
    "so_con": Variable("số con nói ở trên", lambda it: _count(it), _nothing),
    "lop": Variable("lớp, phòng ban; với người phụ trách: nơi được báo cáo", lambda it: _units(it), lambda it: it.place),
    "han": Variable(
        "ngày gần nhất phải xong một việc, ví dụ 28/11/2026",
        lambda it: said_day(day) if (day := people.first_day(it)) else "",
        lambda it: said_day(it.call.safe_day),
    ),
    "han_chung": _same(lambda it: said_day(it.call.safe_day), "ngày làm việc cuối cùng còn chắc chắn kịp thời hạn của đợt"),
    "don_vi": _same(lambda it: it.call.institution, "tên đơn vị"),
    "co_quan": _same(lambda it: it.call.agency, "cơ quan BHXH của đợt"),
    "noi_nhan": _same(lambda it: it.call.office, "nơi tiếp nhận hồ sơ, như trên cổng dịch vụ công"),
    "cong_van": _same(lambda it: it.call.dispatch or "", "số công văn"),
    "lien_he": _same(lambda it: people.contact(it.call), "người liên hệ và điện thoại"),
    "tong_dai": _same(lambda _: HOTLINE, "tổng đài BHXH Việt Nam"),
    "trang_dang_ky": _same(lambda _: REGISTRATION, "địa chỉ trang đăng ký"),
    "da_xong": Variable("với người phụ trách: số người đã xong", _nothing, lambda it: str(it.done)),
    "con_lai": Variable("với người phụ trách: số người còn lại", _nothing, lambda it: str(digests.left(it))),
    "ty_le": Variable("với người phụ trách: tỷ lệ đã xong", _nothing, digests.percent),
    "duong_dan": Variable("với người phụ trách: liên kết đến danh sách", _nothing, lambda it: it.url),
    "ngung_nhan": Variable("liên kết để không nhận tin nữa", lambda it: it.stop_url or "", _nothing),
}


def values(said_to: Speech | Digest) -> dict[str, str]:
    """Every variable's value for one message."""
    if isinstance(said_to, Digest):
        return {name: variable.of_digest(said_to) for name, variable in VARIABLES.items()}
    return {name: variable.of_speech(said_to) for name, variable in VARIABLES.items()}


def _children(speech: Speech) -> str:
    return zalo.names(speech) if _count(speech) else ""


def _count(speech: Speech) -> str:
    children = sum(not matter.is_own for matter in speech.matters)
    return str(children) if children else ""


def _units(speech: Speech) -> str:
    return ", ".join(dict.fromkeys(bare_name(matter.unit) for matter in speech.matters if matter.unit))
