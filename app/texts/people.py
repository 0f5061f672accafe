"""The message to a person or guardian that comes with the program: subject and body, one message for all of a guardian's children."""

from __future__ import annotations

import re
from datetime import date

from app.domain.ladder import Receiver
from app.domain.standing import Standing
from app.texts.days import said_day, with_weekday
from app.texts.scrubbing import bare_name
from app.texts.sentences import HOTLINE, REGISTRATION, label, to_prepare, todos, waits_for_guardian
from app.texts.speech import Call, Speech

_TASKS = {
    Standing.TO_START: "cần kê khai",
    Standing.BLOCKED_CODE: "cần đề nghị cấp mã số BHXH",
    Standing.BLOCKED_GUARDIAN: "phụ huynh cần đăng ký trước",
    Standing.PAPER_DUE: "cần nộp tờ khai",
    Standing.LAPSED: "cần kê khai lại",
    Standing.TO_FIX: "hồ sơ bị từ chối, cần sửa",
    Standing.TO_SIGN_IN: "cần đăng nhập",
    Standing.DONE: "cần đổi mật khẩu",
}
_LONG_NUMBER = re.compile(r"(?<!\d)\d{8,11}(?!\d)")


def subject(speech: Speech) -> str:
    """What is asked for and until when, without a name: subjects are read on locked screens."""
    acting = [(matter, it) for matter, it in todos(speech) if it.acts]
    if not acting:
        return "Đăng ký VssID: hiện không cần làm gì thêm"
    day = first_day(speech)
    # A day that is over reads badly in a subject; the text says what holds then.
    by = f" chậm nhất ngày {said_day(day)}" if day and speech.today <= day else ""
    children = sum(not matter.is_own for matter in speech.matters)
    if len(acting) == 1:
        [(matter, _)] = acting
        whose = " của phụ huynh" if matter.is_own and speech.receiver is Receiver.GUARDIAN else ""
        task = "cần đăng ký" if matter.standing is Standing.TO_START and not speech.call.has_paper else _TASKS[matter.standing]
        return f"Đăng ký VssID{whose}: {task}{by}"
    return f"Đăng ký VssID cho {children} con: việc cần làm{by}" if children > 1 else f"Đăng ký VssID: việc cần làm{by}"


def body(speech: Speech) -> str:
    """The whole text, without how to decline further messages."""
    parts = [greeting(speech), opening(speech), lines(speech), *_around(speech)]
    return "\n\n".join(part for part in parts if part)


def greeting(speech: Speech) -> str:
    name = bare_name(speech.name)
    if speech.receiver is Receiver.GUARDIAN:
        return f"Kính gửi phụ huynh {name}," if name else "Kính gửi quý phụ huynh,"
    return f"Kính gửi {name},"


def opening(speech: Speech) -> str:
    call = speech.call
    letter = f" theo công văn số {call.dispatch} của {call.agency}" if call.dispatch else ""
    if not any(it.acts for _, it in todos(speech)):
        return f"{call.institution} báo tình trạng đăng ký ứng dụng VssID{letter}."
    return f"{call.institution} nhắc việc đăng ký ứng dụng VssID{letter}."


def lines(speech: Speech) -> str:
    """What is to be done: one line for each registration; a guardian's own account comes first and says that it does."""
    found = todos(speech)
    if speech.receiver is Receiver.PERSON and len(found) == 1:
        return found[0][1].said
    first = any(waits_for_guardian(matter) for matter, _ in found)
    return "\n".join(
        f"- {'Trước hết, tài khoản của phụ huynh' if first and matter.is_own and it.acts else label(matter, speech.receiver)}: {it.said}"
        for matter, it in found
    )


def first_day(speech: Speech) -> date | None:
    """The first day by which something has to be done; None where nothing has."""
    return min((it.by for _, it in todos(speech) if it.acts and it.by), default=None)


def contact(call: Call) -> str:
    """Whom to ask; numbers in groups, so that nobody takes a telephone for another number."""
    return _LONG_NUMBER.sub(lambda found: grouped(found[0]), call.contact) if call.contact else ""


def grouped(number: str) -> str:
    head = 4 if len(number) in {8, 10} else 3
    rest = number[head:]
    size = 3 if len(rest) % 3 == 0 else 4
    return " ".join([number[:head], *(rest[i : i + size] for i in range(0, len(rest), size))])


def _around(speech: Speech) -> list[str]:
    call, acts = speech.call, [it for _, it in todos(speech) if it.acts]
    prepare = to_prepare(speech)
    found = [f"Cần chuẩn bị: {prepare}.\nTrang đăng ký: {REGISTRATION}"] if prepare else []
    if len(acts) > 1 and speech.today <= call.safe_day:
        found.append(f"Để kịp thời hạn của đợt, mọi việc cần xong chậm nhất {with_weekday(call.safe_day)}.")
    if call.office not in lines(speech):
        found.append(f"Nơi tiếp nhận hồ sơ: {call.office}.")
    asked = f"{contact(call)} hoặc tổng đài" if call.contact else "tổng đài"
    found.append(f"Cần hỗ trợ, xin liên hệ: {asked} BHXH Việt Nam {HOTLINE}.")
    if acts:
        found.append("Việc nào đã làm xong thì xin bỏ qua.")
    return [*found, f"Trân trọng,\n{call.institution}"]
