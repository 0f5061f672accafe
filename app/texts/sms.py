"""The SMS that comes with the program: one part for one person, two for three children; names and the institution are shortened last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from app.domain.ladder import Receiver
from app.domain.names import split
from app.domain.registration import State
from app.domain.standing import Standing
from app.domain.track import Track
from app.texts import digests
from app.texts.days import short_day
from app.texts.people import contact
from app.texts.scrubbing import bare_name, scrubbed
from app.texts.sentences import HOTLINE, todo, todos, waits_for_guardian
from app.texts.short import length, room, unaccented
from app.texts.speech import Call, Digest, Matter, Speech

_MANY = 3  # children that fit into two parts; for more there is a third
_SHORT_REASON = 40
_KINDS = {"Trường Tiểu học": "TH", "Trường Trung học cơ sở": "THCS", "Trường Trung học phổ thông": "THPT", "Trường Đại học": "ĐH"}
_KINDS |= {"Trường Cao đẳng": "CĐ", "Trường Mầm non": "MN", "Công ty Trách nhiệm hữu hạn": "Cty TNHH", "Công ty Cổ phần": "Cty CP"}
_KINDS |= {"Công ty": "Cty", "Trường": ""}


@dataclass(frozen=True, slots=True)
class _Cut:
    """How much is still in. It is left out step by step, in the order of `_STEPS`; not `apart`: who stand alike are named together."""

    contact_name: bool = True
    reason: bool = True
    apart: bool = True
    details: bool = True
    contact: bool = True
    hotline: bool = True
    full_institution: bool = True
    full_names: bool = True


_STEPS = ("contact_name", "reason", "apart", "details", "contact", "hotline", "full_institution", "full_names")


@dataclass(frozen=True, slots=True)
class _Brief:
    """One registration in a few words: how it stands, what to do, and more of it where there is room."""

    state: str
    step: str
    more: str = ""


def short_form(speech: Speech) -> str:
    """Unaccented, within one part for one registration and two for three of them."""
    limit = room(1 if len(speech.matters) == 1 else 2 if len(speech.matters) <= _MANY + 1 else 3)
    return _fitting((_one(speech, cut) if len(speech.matters) == 1 else _several(speech, cut) for cut in _cuts()), limit)


def short_digest(digest: Digest) -> str:
    """Counts alone; the link where there is room for it."""
    today, call = digest.today, digest.call
    share = digests.percent(digest).replace(" ", "")
    head = f"VssID {digest.place}: xong {digest.done}/{digest.in_scope} ({share}), còn {digests.left(digest)}."
    urgent = [f"{digest.counts[s]} {_COUNTED[s]}" for s in digests.ORDER if digest.counts.get(s)]
    until = f" Hạn {short_day(call.safe_day, today)}." if today <= call.safe_day else ""
    forms = [
        f"{head} Gồm: {', '.join(urgent)}.{until} {digest.url}",
        f"{head} Gồm: {', '.join(urgent[:3])}...{until} {digest.url}",
        f"{head}{until} {digest.url}",
        f"{head} Gồm: {', '.join(urgent[:3])}...{until}",
        f"{head}{until}",
    ]
    return _fitting(iter(forms if urgent else forms[2:]), room(1))


_COUNTED = {
    Standing.PAPER_DUE: "cần nộp tờ khai",
    Standing.LAPSED: "quá hạn tờ khai",
    Standing.TO_FIX: "bị từ chối",
    Standing.BLOCKED_CODE: "chưa có mã BHXH",
    Standing.BLOCKED_GUARDIAN: "chờ phụ huynh",
    Standing.TO_START: "chưa bắt đầu",
    Standing.TO_SIGN_IN: "chưa đăng nhập",
    Standing.WAITING_LONG: "BHXH duyệt chậm",
    Standing.WAITING: "chờ duyệt",
}


def brief(speech: Speech, longest: int | None = None) -> str:
    """What is to be done, all of it in one short line: for a campaign's own SMS and a Zalo template, which takes so many characters. The
    more there are, the less is said of each, so that nobody is left out."""
    if len(speech.matters) == 1:
        [matter] = speech.matters
        it = _brief(speech, matter, _Cut())
        return f"{it.state[:1].upper()}{it.state[1:]}. {it.step}."
    forms = [f"{'; '.join(_lines(speech, cut))}." for cut in ((_Cut(),) if longest is None else _cuts())]
    return next((form for form in forms if longest is None or len(form) <= longest), forms[-1])


def short_names(speech: Speech) -> str:
    """Whom a message is about, each by the given name and initials."""
    cut = _Cut(full_names=False)
    return ", ".join(_name(matter, speech, cut) for matter in speech.matters if not matter.is_own or speech.receiver is Receiver.PERSON)


def _cuts() -> Iterator[_Cut]:
    cut = _Cut()
    yield cut
    for step in _STEPS:
        cut = replace(cut, **{step: False})
        yield cut


def _fitting(forms: Iterator[str], limit: int) -> str:
    """The first that fits; where none does, the last cut off."""
    plain = ""
    for form in forms:
        plain = unaccented(form)
        if length(plain) <= limit:
            return plain
    while length(plain) > limit - 3:
        plain = plain[:-1]
    return f"{plain.rstrip()}..."


def _one(speech: Speech, cut: _Cut) -> str:
    [matter] = speech.matters
    it = _brief(speech, matter, cut)
    who = "" if speech.receiver is Receiver.PERSON and not cut.full_names else f"{_name(matter, speech, cut)}: "
    more = f" {it.more}." if it.more and cut.details else ""
    return f"{_institution(speech.call, cut)}: VssID, {who}{it.state}. {it.step}.{more}{_help(speech.call, cut)}"


def _several(speech: Speech, cut: _Cut) -> str:
    found = _lines(speech, cut)
    until = f" Hạn {short_day(speech.call.safe_day, speech.today)}." if speech.today <= speech.call.safe_day else ""
    return f"{_institution(speech.call, cut)}: VssID. {'; '.join(found)}.{until}{_help(speech.call, cut)}"


def _lines(speech: Speech, cut: _Cut) -> list[str]:
    """Each of several registrations, or those who stand alike together."""
    said = [(_name(matter, speech, cut), _of_several(speech, matter, cut)) for matter, _ in todos(speech)]
    if cut.apart:
        return [f"{name}: {text}" for name, text in said]
    return [f"{', '.join(name for name, its in said if its == text)}: {text}" for text in dict.fromkeys(text for _, text in said)]


def _of_several(speech: Speech, matter: Matter, cut: _Cut) -> str:
    """What is said of one of several registrations. Their common day stands once, at the end."""
    own_is_told = any(each.is_own for each in speech.matters)
    if waits_for_guardian(matter) and own_is_told:
        return "làm sau khi phụ huynh có TK"
    it = _brief(speech, matter, cut)
    is_common = todo(speech.call, matter, speech.today).by in {speech.call.safe_day, None}
    step = re.sub(r",? (chậm nhất \S+|ngay hôm nay)$", "", it.step) if is_common else it.step
    step = step[:1].lower() + step[1:] if not step.startswith(("TK", "VssID")) else step
    return f"{it.state}, {step}" if cut.details else it.state


def _brief(speech: Speech, matter: Matter, cut: _Cut) -> _Brief:
    call, today = speech.call, speech.today
    by = _by(call.safe_day, today)
    child = matter.track is Track.GUARDIAN
    if waits_for_guardian(matter):
        return _Brief("chờ TK phụ huynh", f"Phụ huynh đăng ký VssID trước, rồi kê khai cho con, {by}", _where(call))
    match matter.standing:
        case Standing.TO_START:
            how = "trong TK VssID phụ huynh" if child else "trên cổng BHXH hoặc app VssID"
            if not call.has_paper:
                return _Brief("chưa đăng ký", f"Đăng nhập app VssID bằng VNeID, {by}", _where(call))
            return _Brief("chưa kê khai", f"Kê khai {how}, {by}", _where(call))
        case Standing.BLOCKED_CODE:
            return _Brief("chưa có mã số BHXH", f"Đề nghị BHXH cấp mã (mẫu TK1-TS), {by}", _where(call))
        case Standing.PAPER_DUE if matter.state is State.FORM_RECEIVED:
            return _Brief("đơn vị đã nhận tờ khai", "Không cần làm gì thêm")
        case Standing.PAPER_DUE:
            due = todo(call, matter, today).by or call.safe_day
            return _Brief("chưa nộp tờ khai", f"In, ký và nộp tờ khai {_by(due, today)}", "Quá hạn phải kê khai lại")
        case Standing.LAPSED:
            return _Brief("quá hạn nộp tờ khai", f"Kê khai lại và nộp tờ khai mới, {by}", _where(call))
        case Standing.TO_FIX:
            again = "kê khai hoặc nộp lại" if call.has_paper else "đăng ký lại"
            return _Brief(_rejected(matter, cut), f"Sửa rồi {again}, {by}")
        case Standing.WAITING | Standing.WAITING_LONG:
            return _Brief("chờ BHXH duyệt", "Không cần làm gì thêm")
        case Standing.TO_SIGN_IN:
            how = "Đăng nhập app, đổi mật khẩu" if call.has_paper else "Đăng nhập app bằng VNeID"
            return _Brief("đã có tài khoản", f"{how}, {by}")
        case _ if matter.renew_by:
            return _Brief("đến hạn đổi mật khẩu", f"Đổi mật khẩu trong app VssID, {_by(matter.renew_by, today)}")
        case _:
            return _Brief("đã xong", "Không cần làm gì thêm")


def _rejected(matter: Matter, cut: _Cut) -> str:
    reason = scrubbed(matter.reason or "").strip(" .;:,…")
    if not reason or not cut.reason:
        return "bị từ chối"
    return f"bị từ chối ({reason})" if len(reason) <= _SHORT_REASON else f"bị từ chối ({reason[: _SHORT_REASON - 3].rstrip()}...)"


def _by(day: date, today: date) -> str:
    return f"chậm nhất {short_day(day, today)}" if today < day else "ngay hôm nay"


def _where(call: Call) -> str:
    """The office by the number that the portal lists it under; square brackets count two."""
    code = re.match(r"\[(\w+)\] *(.*)", call.office)
    return f"Nơi nhận: {code[1]} {code[2]}" if code else f"Nơi nhận: {call.office}"


def _help(call: Call, cut: _Cut) -> str:
    if cut.contact and call.contact:
        name, _, phone = contact(call).rpartition(",")
        return f" Hỏi {name} {phone.strip()}".replace("  ", " ") if cut.contact_name else f" Hỏi {phone.strip()}"
    return f" Hỏi {HOTLINE}" if cut.hotline else ""


def _name(matter: Matter, speech: Speech, cut: _Cut) -> str:
    if matter.is_own and speech.receiver is Receiver.GUARDIAN:
        return "TK phụ huynh"
    name = bare_name(matter.full_name)
    if cut.full_names:
        return name
    parts = split(name)
    initials = "".join(f"{word[0]}." for word in (*parts.family.split(), *parts.middle.split()))
    return f"{initials}{parts.given}"


def _institution(call: Call, cut: _Cut) -> str:
    if cut.full_institution:
        return call.institution
    for long, brief_form in _KINDS.items():
        if call.institution.lower().startswith(long.lower()):
            return f"{brief_form} {call.institution[len(long) :].strip()}".strip()[:24].strip()
    return call.institution[:24].strip()
