"""What those who answer for others are told, and what a class's group may read: counts, days and links, never a name."""

from __future__ import annotations

from app.domain.ladder import Receiver
from app.domain.standing import Standing
from app.texts.days import said_day, with_weekday
from app.texts.people import contact
from app.texts.scrubbing import bare_name
from app.texts.sentences import HOTLINE, REGISTRATION, how_to_declare
from app.texts.speech import Digest

# The most pressing first: what is lost with a day, what is stuck, what has not begun, what waits for others.
ORDER = (
    *(Standing.PAPER_DUE, Standing.LAPSED, Standing.TO_FIX, Standing.BLOCKED_CODE, Standing.BLOCKED_GUARDIAN),
    *(Standing.TO_START, Standing.TO_SIGN_IN, Standing.WAITING_LONG, Standing.WAITING),
)
WORDS = {
    Standing.PAPER_DUE: "cần nộp tờ khai",
    Standing.LAPSED: "quá hạn nộp tờ khai, phải kê khai lại",
    Standing.TO_FIX: "bị từ chối, cần sửa",
    Standing.BLOCKED_CODE: "chưa có mã số BHXH",
    Standing.BLOCKED_GUARDIAN: "chờ phụ huynh có tài khoản",
    Standing.TO_START: "chưa bắt đầu",
    Standing.TO_SIGN_IN: "đã cấp tài khoản, chưa đăng nhập",
    Standing.WAITING_LONG: "BHXH duyệt chậm, nên hỏi",
    Standing.WAITING: "đang chờ BHXH duyệt",
}


def left(digest: Digest) -> int:
    return digest.in_scope - digest.done


def percent(digest: Digest) -> str:
    """Rounded down: 100 % means that nobody is left."""
    tenths = digest.done * 1000 // digest.in_scope if digest.in_scope else 0
    return f"{tenths // 10} %" if tenths in {0, 1000} else f"{tenths // 10},{tenths % 10} %"


def subject(digest: Digest) -> str:
    if not digest.in_scope:
        return f"Đăng ký VssID, {digest.place}: chưa có danh sách"
    if not left(digest):
        return f"Đăng ký VssID, {digest.place}: tất cả đã xong"
    return f"Đăng ký VssID, {digest.place}: đã xong {percent(digest)}, còn {left(digest)} người"


def body(digest: Digest) -> str:
    call = digest.call
    letter = f" theo công văn số {call.dispatch} của {call.agency}" if call.dispatch else ""
    parts = [
        _greeting(digest),
        f"Tình hình đăng ký VssID{letter} tại {digest.place}, tính đến ngày {said_day(digest.today)}:",
        lines(digest),
        _days(digest),
        f"Danh sách và việc cần làm: {digest.url}",
        f"Nơi tiếp nhận hồ sơ: {call.office}. Tổng đài BHXH Việt Nam: {HOTLINE}.",
    ]
    return "\n\n".join(part for part in parts if part)


def lines(digest: Digest) -> str:
    """The counts, one to a line."""
    if not digest.in_scope:
        return "- Chưa có ai trong danh sách: cần nhập danh sách."
    found = [f"- Đã xong: {digest.done}/{digest.in_scope} người ({percent(digest)}), còn {left(digest)} người."]
    for standing in _present(digest):
        words = WORDS[standing]
        found.append(f"- {words[:1].upper()}{words[1:]}: {digest.counts[standing]} người.")
    if digest.unreachable:
        found.append(f"- Không gửi được tin nhắn (thiếu hoặc sai địa chỉ): {digest.unreachable} người, cần phát giấy hoặc gọi điện.")
    return "\n".join(found)


_STEPS = {
    Standing.PAPER_DUE: "in tờ khai, ký, ghi rõ họ tên và nộp cho {institution}. Quá hạn nộp, cổng tự xóa lần kê khai",
    Standing.LAPSED: "kê khai lại rồi nộp tờ khai mới",
    Standing.TO_FIX: "sửa chỗ bị từ chối theo tin nhắn của cơ quan BHXH, rồi kê khai lại hoặc nộp lại",
    Standing.BLOCKED_CODE: "đề nghị {office} cấp mã số BHXH (mẫu TK1-TS)",
    Standing.BLOCKED_GUARDIAN: "phụ huynh đăng ký tài khoản của mình trước, rồi kê khai cho con",
    Standing.TO_SIGN_IN: "đăng nhập VssID rồi đổi mật khẩu",
    Standing.WAITING_LONG: "không cần làm gì thêm",
    Standing.WAITING: "không cần làm gì thêm",
}


def for_group(digest: Digest) -> str:
    """Ready to paste into a class's group: counts and what to do, never a name."""
    call = digest.call
    if not left(digest):
        thanks = f"Đến ngày {said_day(digest.today)}, {digest.place} đã xong toàn bộ. Trân trọng cảm ơn!"
        return f"THÔNG BÁO ĐĂNG KÝ VssID – {digest.place}\n\n{thanks}"
    letter = f" (công văn số {call.dispatch} của {call.agency})" if call.dispatch else ""
    head = [
        f"THÔNG BÁO ĐĂNG KÝ VssID – {digest.place}",
        f"{call.institution} trân trọng đề nghị hoàn thành đăng ký ứng dụng VssID{letter}.",
        f"Đến ngày {said_day(digest.today)}: đã xong {digest.done}/{digest.in_scope} ({percent(digest)}), còn {left(digest)}.",
    ]
    declare = how_to_declare(call).removeprefix("Hãy ")
    steps = [
        f"- {digest.counts[standing]} hồ sơ {_IN_A_GROUP.get(standing, WORDS[standing])}: {_step(digest, standing, declare)}."
        for standing in _present(digest)
    ]
    foot = [_days(digest)]
    if call.has_paper:
        foot.append(f"Trang đăng ký: {REGISTRATION}")
    asked = f"{contact(call)} hoặc tổng đài" if call.contact else "tổng đài"
    foot.append(f"Cần hỗ trợ, xin liên hệ: {asked} BHXH Việt Nam {HOTLINE}. Xin không đăng ảnh giấy tờ, mật khẩu, mã OTP lên nhóm.")
    return "\n\n".join(["\n".join(head), "\n".join(steps), "\n".join(part for part in foot if part)])


_IN_A_GROUP = {Standing.WAITING_LONG: "đang ở cơ quan BHXH, chờ duyệt", Standing.WAITING: "đang ở cơ quan BHXH, chờ duyệt"}


def _step(digest: Digest, standing: Standing, declare: str) -> str:
    if standing is Standing.TO_START:
        return declare
    text = _STEPS[standing] if digest.call.has_paper else _STEPS_WITHOUT_PAPER.get(standing, _STEPS[standing])
    return text.format(institution=digest.call.institution, office=digest.call.office)


_STEPS_WITHOUT_PAPER = {
    Standing.TO_FIX: "sửa chỗ bị từ chối theo tin nhắn của cơ quan BHXH, rồi đăng ký lại",
    Standing.TO_SIGN_IN: "đăng nhập VssID bằng tài khoản định danh điện tử (VNeID)",
}


def _present(digest: Digest) -> list[Standing]:
    return [standing for standing in ORDER if digest.counts.get(standing)]


def _greeting(digest: Digest) -> str:
    name = bare_name(digest.name)
    if digest.receiver is Receiver.HEAD and not name:
        return f"Kính gửi thủ trưởng {digest.place},"
    return f"Kính gửi {name}," if name else "Kính gửi người phụ trách,"


def _days(digest: Digest) -> str:
    call = digest.call
    if not left(digest) and digest.in_scope:
        return ""
    if digest.today > call.safe_day:
        over = "đã qua" if digest.today > call.deadline_on else "sắp hết"
        return f"Thời hạn {over}: ngày {said_day(call.deadline_on)}."
    workdays = f" (còn {digest.workdays_left} ngày làm việc)" if digest.workdays_left is not None else ""
    return f"Cần hoàn thành chậm nhất {with_weekday(call.safe_day)}{workdays}."
