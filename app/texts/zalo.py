"""What fills a Zalo template: the parameters of a template that is registered there are to be named by these keys."""

from __future__ import annotations

from app.domain.ladder import Receiver
from app.texts import digests, people, sms
from app.texts.days import said_day
from app.texts.scrubbing import bare_name
from app.texts.sentences import HOTLINE
from app.texts.speech import Digest, Speech

# Each key with what stands in it and how long it can be.
KEYS = {
    "ten": ("tên người nhận", 30),
    "con": ("tên các con, cách nhau bằng dấu phẩy; của người khác là tên của chính họ", 100),
    "viec": ("việc cần làm, một dòng", 200),
    "han": ("ngày phải xong, dạng 28/11/2026", 20),
    "don_vi": ("tên đơn vị", 100),
    "noi_nhan": ("cơ quan BHXH tiếp nhận", 100),
    "lien_he": ("người liên hệ và điện thoại; không có thì là tổng đài", 100),
}


def values(said_to: Speech | Digest) -> dict[str, str]:
    """The values by key, none of them empty: Zalo refuses empty ones."""
    call = said_to.call
    common = {
        "ten": bare_name(said_to.name) or ("Quý phụ huynh" if said_to.receiver is Receiver.GUARDIAN else "Người phụ trách"),
        "don_vi": call.institution,
        "noi_nhan": call.office,
        "lien_he": people.contact(call) or HOTLINE,
    }
    if isinstance(said_to, Digest):
        of_whom, task, day = said_to.place, digests.subject(said_to), call.safe_day
    else:
        longest = {key: most for key, (_, most) in KEYS.items()}
        of_whom, task, day = names(said_to), sms.brief(said_to, longest["viec"]), people.first_day(said_to) or call.safe_day
        of_whom = of_whom if len(of_whom) <= longest["con"] else sms.short_names(said_to)
    found = common | {"con": of_whom, "viec": task, "han": said_day(day)}
    return {key: _cut(found[key], longest) for key, (_, longest) in KEYS.items()}


def names(speech: Speech) -> str:
    """Whom a message is about, without the guardian."""
    found = [bare_name(matter.full_name) for matter in speech.matters if not matter.is_own or speech.receiver is Receiver.PERSON]
    return ", ".join(found) or bare_name(speech.name)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
