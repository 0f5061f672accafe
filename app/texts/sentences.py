"""What is missing, the next step and its day, for each standing and track: the same that the screens say, in sentences for a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.domain.ladder import Receiver
from app.domain.registration import State
from app.domain.standing import Standing
from app.domain.track import Track
from app.texts.days import by_form_day, by_safe_day, said_day
from app.texts.scrubbing import bare_name, scrubbed
from app.texts.speech import Call, Matter, Speech

HOTLINE = "1900 9068"
REGISTRATION = "https://dichvucong.baohiemxahoi.gov.vn/#/dang-ky"
_LONGEST_REASON = 160


@dataclass(frozen=True, slots=True)
class Todo:
    """One registration's sentences. `step` is what is to be done, or that nothing is (`acts` False); `by` its day, if there is one."""

    missing: str
    step: str
    by: date | None
    acts: bool = True

    @property
    def said(self) -> str:
        return f"{self.missing} {self.step}"


def todo(call: Call, matter: Matter, today: date, *, own_is_told: bool = False) -> Todo:
    """What one registration still needs. `own_is_told`: the same message tells the guardian what their own account needs."""
    if waits_for_guardian(matter):
        return _after_the_guardian(call, today, own_is_told)
    match matter.standing:
        case Standing.TO_START:
            return _to_start(call, matter, today)
        case Standing.BLOCKED_CODE:
            step = f"Hãy đề nghị {call.office} cấp mã số BHXH (mẫu TK1-TS), {_in_time(call, today)}."
            return Todo("Chưa có mã số BHXH.", f"{step} Chưa có mã thì chưa làm được bước nào khác.", call.safe_day)
        case Standing.PAPER_DUE if matter.state is State.FORM_RECEIVED:
            return _with_institution(call, matter)
        case Standing.PAPER_DUE:
            return _paper_due(call, matter, today)
        case Standing.LAPSED:
            return _lapsed(call, matter, today)
        case Standing.TO_FIX:
            return _to_fix(call, matter, today)
        case Standing.WAITING | Standing.WAITING_LONG:
            return _waiting(call, matter)
        case Standing.TO_SIGN_IN:
            return Todo("Cơ quan BHXH đã cấp tài khoản.", f"{_sign_in(call, matter)}, {_in_time(call, today)}.", call.safe_day)
        case _:
            return _done(matter, today)


@lru_cache(maxsize=16)
def todos(speech: Speech) -> tuple[tuple[Matter, Todo], ...]:
    """Every matter with what it needs; the guardian's own account comes first, because children wait for it. One message asks for this
    several times."""
    own_is_told = any(matter.is_own for matter in speech.matters)
    ordered = sorted(speech.matters, key=lambda matter: not matter.is_own)
    return tuple((matter, todo(speech.call, matter, speech.today, own_is_told=own_is_told)) for matter in ordered)


def waits_for_guardian(matter: Matter) -> bool:
    """A child who can't begin before a guardian has an account."""
    if matter.standing is Standing.BLOCKED_GUARDIAN:
        return True
    return matter.track is Track.GUARDIAN and matter.standing is Standing.TO_START and not matter.guardian_has_account


def asks_something(matter: Matter) -> bool:
    """Whether there is anything to do for the person or guardian, rather than for the office or the institution."""
    waits = {Standing.WAITING, Standing.WAITING_LONG, Standing.EXCLUDED}
    is_with_institution = matter.standing is Standing.PAPER_DUE and matter.state is State.FORM_RECEIVED
    return (
        matter.standing not in waits and not is_with_institution and (matter.standing is not Standing.DONE or matter.renew_by is not None)
    )


def how_to_declare(call: Call, *, for_child: bool = False) -> str:
    """How a declaration is made, as the beginning of a sentence."""
    if not call.has_paper:
        whose = " cho con" if for_child else ""
        return f"Hãy đăng nhập VssID bằng tài khoản định danh điện tử (VNeID), đăng ký{whose} và chọn nơi tiếp nhận là {call.office}"
    if for_child:
        return f"Hãy kê khai cho con trong tài khoản VssID của phụ huynh, chọn nơi tiếp nhận là {call.office}"
    return f"Hãy kê khai trên cổng dịch vụ công hoặc trong ứng dụng VssID (“Đăng ký ngay”), chọn nơi tiếp nhận là {call.office}"


def to_prepare(speech: Speech) -> str | None:
    """What to have ready, where somebody has to declare; None where nobody has."""
    if not speech.call.has_paper:
        return None
    declaring = [m for m in speech.matters if m.standing in {Standing.TO_START, Standing.LAPSED, Standing.BLOCKED_GUARDIAN}]
    parts = []
    if any(matter.track is Track.SELF for matter in declaring):
        parts.append("ảnh chân dung, ảnh hai mặt thẻ căn cước của người đăng ký")
    if any(matter.track is Track.GUARDIAN for matter in declaring):
        parts.append("ảnh chân dung và giấy khai sinh của con, ảnh hai mặt thẻ căn cước của phụ huynh")
    return f"{'; '.join(parts)}; điện thoại nhận được tin nhắn" if parts else None


def label(matter: Matter, receiver: Receiver) -> str:
    """Of whom a line speaks. A guardian's own account is called so."""
    if matter.is_own and receiver is Receiver.GUARDIAN:
        return "Tài khoản của phụ huynh"
    name = bare_name(matter.full_name)
    return f"{name} ({bare_name(matter.unit)})" if matter.unit else name


def _in_time(call: Call, today: date) -> str:
    return by_safe_day(call.safe_day, call.deadline_on, today)


def _then_the_form(call: Call) -> str:
    return f" Sau đó in tờ khai, ký, ghi rõ họ tên và nộp cho {call.institution}." if call.has_paper else ""


def _after_the_guardian(call: Call, today: date, own_is_told: bool) -> Todo:
    missing = "Chờ phụ huynh có tài khoản."
    if own_is_told:
        return Todo(missing, "Khi phụ huynh đã có tài khoản, hãy kê khai cho con trong tài khoản đó." + _then_the_form(call), call.safe_day)
    step = f"Phụ huynh cần đăng ký tài khoản VssID của mình trước, rồi kê khai cho con trong tài khoản đó, {_in_time(call, today)}."
    return Todo(missing, f"{step} Nơi tiếp nhận: {call.office}.{_then_the_form(call)}", call.safe_day)


def _to_start(call: Call, matter: Matter, today: date) -> Todo:
    stopped = matter.state is State.STOPPED
    missing = "Tài khoản đã ngừng sử dụng, cần kê khai lại." if stopped else "Chưa kê khai." if call.has_paper else "Chưa đăng ký."
    declare = how_to_declare(call, for_child=matter.track is Track.GUARDIAN)
    return Todo(missing, f"{declare}, {_in_time(call, today)}.{_then_the_form(call)}", call.safe_day)


def _with_institution(call: Call, matter: Matter) -> Todo:
    by = f" chậm nhất ngày {said_day(matter.paper_due_on)}" if matter.paper_due_on else ""
    step = f"Hiện không cần làm gì thêm: {call.institution} sẽ nộp tờ khai cho {call.office}{by}."
    return Todo(f"{call.institution} đã nhận tờ khai.", step, matter.paper_due_on, acts=False)


def _paper_due(call: Call, matter: Matter, today: date) -> Todo:
    """The portal's day, or the campaign's where that comes sooner; the portal deletes after its own."""
    due = matter.paper_due_on or call.safe_day
    hand_in = f"Hãy in tờ khai, ký, ghi rõ họ tên và nộp cho {call.institution}"
    where = f"{hand_in} hoặc nộp thẳng tại {call.office}"
    if today <= call.safe_day < due:
        step = f"{where}, {_in_time(call, today)}. Sau ngày {said_day(due)}, cổng tự xóa lần kê khai."
        return Todo("Đã kê khai, chưa nộp tờ khai có chữ ký.", step, call.safe_day)
    step = f"{where}, {by_form_day(due, today)}. Quá ngày này, cổng tự xóa lần kê khai."
    return Todo("Đã kê khai, chưa nộp tờ khai có chữ ký.", step, due)


def _lapsed(call: Call, matter: Matter, today: date) -> Todo:
    due = f"Hạn nộp tờ khai là {said_day(matter.paper_due_on)}" if matter.paper_due_on else "Đã quá hạn nộp tờ khai"
    declare = how_to_declare(call, for_child=matter.track is Track.GUARDIAN).replace("kê khai", "kê khai lại", 1)
    return Todo(f"{due} nên cổng đã xóa lần kê khai.", f"{declare}, {_in_time(call, today)}.{_then_the_form(call)}", call.safe_day)


def _to_fix(call: Call, matter: Matter, today: date) -> Todo:
    reason = scrubbed(matter.reason or "").rstrip(" .;:,")
    if len(reason) > _LONGEST_REASON:
        reason = reason[: _LONGEST_REASON - 1].rsplit(" ", 1)[0] + "…"
    missing = f"Hồ sơ bị từ chối: {reason}." if reason.strip("… ") else "Hồ sơ bị từ chối."
    again = "kê khai lại hoặc nộp lại tờ khai" if call.has_paper else "đăng ký lại"
    return Todo(missing, f"Hãy sửa chỗ bị từ chối, rồi {again}, {_in_time(call, today)}.", call.safe_day)


def _waiting(call: Call, matter: Matter) -> Todo:
    since = f" từ ngày {said_day(matter.waits_since)}" if matter.waits_since else ""
    missing = f"Hồ sơ đang ở {call.office}{since}, chờ xét duyệt."
    if not call.has_paper:
        return Todo(missing, "Hiện không cần làm gì thêm.", None, acts=False)
    result = "tài khoản và mật khẩu sẽ được gửi qua tin nhắn"
    if matter.standing is Standing.WAITING_LONG:
        step = f"Hiện không cần làm gì thêm; ai đã nhận được tin nhắn về tài khoản thì xin báo cho {call.institution}."
        return Todo(missing, step, None, acts=False)
    return Todo(missing, f"Hiện không cần làm gì thêm; {result}.", None, acts=False)


def _sign_in(call: Call, matter: Matter) -> str:
    if not call.has_paper:
        return "Hãy đăng nhập VssID bằng tài khoản định danh điện tử (VNeID)"
    if matter.track is Track.GUARDIAN:
        return "Hãy đăng nhập VssID cho con bằng mật khẩu trong tin nhắn gửi đến điện thoại của phụ huynh, rồi đổi mật khẩu"
    return "Hãy đăng nhập VssID bằng mật khẩu trong tin nhắn, rồi đổi mật khẩu"


def _done(matter: Matter, today: date) -> Todo:
    if matter.renew_by is None:
        return Todo("Đã xong.", "Không cần làm gì thêm.", None, acts=False)
    day = said_day(matter.renew_by)
    by = f"chậm nhất ngày {day}" if today <= matter.renew_by else f"càng sớm càng tốt (hạn là ngày {day})"
    step = f"Hãy đổi mật khẩu trong ứng dụng VssID, {by}."
    return Todo("Mật khẩu VssID cần được đổi ít nhất 6 tháng một lần.", step, matter.renew_by)
