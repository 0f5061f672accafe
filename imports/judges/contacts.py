"""Telephone numbers and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.domain.numbers import MOBILE_STARTS, is_digits, is_mobile, modern_mobile
from imports.files.cells import Cell, shown
from imports.files.signs import visible
from imports.judges.blanks import Findings, says_nothing
from imports.judges.lengths import LONGEST_EMAIL, LONGEST_PHONE, TOO_LONG
from imports.values import Finding, Severity

_LONGEST_CONTACT = 254  # with a note, a name or a second one beside it
BETWEEN_TWO = re.compile(r"[/;,\n|]|\s-\s|\s{2,}|\b(?:hoặc|hoac|và)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\(?\d[\d\s.\-()–]*\d")
_EMAIL = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-]++(?:\.[\w!#$%&'*+/=?^`{|}~-]++)*+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", re.A | re.I
)
# Usual addresses, one a line: a whole column in one match. Unusual ones are looked at one by one.
_PLAIN_EMAILS = re.compile(
    r"(?:(?:[a-z0-9_-]{1,40}+(?:\.[a-z0-9_-]{1,40}+){0,3}+@(?:[a-z0-9]++(?:-[a-z0-9]++)*+\.){1,4}+[a-z]{2,20}+)?+\n)*+"
)

_ZERO = Finding(Severity.REPAIR, "zero-restored", "The zero missing in front was put back.")
_MODERN = Finding(Severity.REPAIR, "mobile-modernised", "The number had eleven digits; it was turned into the ten that it has since 2018.")
TWO_PHONES = Finding(Severity.WARNING, "two-phones", "Two numbers stand in one cell; the first was kept.")
NOTE_REMOVED = Finding(Severity.REPAIR, "note-removed", "A note beside the number was left out.")
_UNUSUAL = Finding(Severity.WARNING, "unusual-phone", "No network in Viet Nam is known to use this number. It was kept; check it.")
_NO_PHONE = Finding(Severity.ERROR, "not-a-phone", "This is not a telephone number: digits are missing or too many. Write all ten digits.")
_NO_EMAIL = Finding(Severity.ERROR, "not-an-email", "This is not an e-mail address. Write it like name@example.vn.")
_TWO_EMAILS = Finding(Severity.WARNING, "two-emails", "Two addresses stand in one cell; the first was kept.")


def judge_phones(cells: Sequence[Cell]) -> tuple[list[str | None], Findings]:
    """A column of telephone numbers."""
    if _all_mobiles(cells):
        return [cell or None for cell in cells], []  # type: ignore[misc]
    phones: list[str | None] = []
    findings: Findings = []
    for index, cell in enumerate(cells):
        if type(cell) is str and is_mobile(cell):
            phones.append(cell)
            continue
        phone, finding = judge_phone(cell)
        phones.append(phone)
        if finding:
            findings.append((index, finding))
    return phones, findings


def _all_mobiles(cells: Sequence[Cell]) -> bool:
    if set(map(type, cells)) != {str} or not set(map(len, cells)) <= {0, 10}:  # type: ignore[arg-type]
        return False
    return {cell[:2] for cell in cells} <= MOBILE_STARTS | {""} and is_digits("".join(cells) or "0")  # type: ignore[index,arg-type]


def judge_phone(cell: Cell) -> tuple[str | None, Finding | None]:
    """One telephone number, national, ten digits where it is a mobile."""
    if says_nothing(cell):
        return None, None
    text = visible(shown(cell)).strip()
    if len(text) > _LONGEST_CONTACT:
        return None, _NO_PHONE
    numbers = [match[0] for part in BETWEEN_TWO.split(text) for match in _NUMBER.finditer(part)]
    if not numbers:
        return None, _NO_PHONE
    phone, finding = _judge_one(numbers[0])
    if phone is None:
        whole = _judge_one(text)  # what looked like two numbers may be one with odd separators
        return whole if whole[0] else (None, finding)
    if len(numbers) > 1 and _judge_one(numbers[1])[0]:
        return phone, TWO_PHONES
    return phone, finding or (NOTE_REMOVED if any(c.isalpha() for c in text) else None)


def _judge_one(text: str) -> tuple[str | None, Finding | None]:
    digits = "".join(c for c in text if "0" <= c <= "9")
    if is_mobile(digits):
        return digits, None
    if len(digits) == 20 and is_mobile(digits[:10]) and is_mobile(digits[10:]):
        return digits[:10], TWO_PHONES
    national = _national(digits)
    if is_mobile(national):
        return national, _ZERO if len(digits) == 9 else None
    modern = modern_mobile(national)
    if modern:
        return modern, _MODERN
    return _ask_the_plan("+" + digits if text.lstrip("( ").startswith("+") else national)


def _national(digits: str) -> str:
    """With the zero in front that is dialled inside the country, instead of +84, 0084 or nothing at all."""
    for prefix in ("0084", "84"):
        if digits.startswith(prefix) and 9 <= len(digits) - len(prefix) <= 11:
            rest = digits[len(prefix) :]
            return rest if rest.startswith("0") else "0" + rest
    return "0" + digits if len(digits) in (9, 10) and not digits.startswith("0") else digits


def _ask_the_plan(number: str) -> tuple[str | None, Finding | None]:
    """What the numbering plan says of a number that isn't a plain mobile: a landline, a service, somewhere abroad."""
    import phonenumbers  # slow to load, and most rosters never get here

    try:
        parsed = phonenumbers.parse(number, "VN")
    except phonenumbers.NumberParseException:
        return None, _NO_PHONE
    if phonenumbers.is_valid_number(parsed):
        style = phonenumbers.PhoneNumberFormat.NATIONAL if parsed.country_code == 84 else phonenumbers.PhoneNumberFormat.E164
        phone = phonenumbers.format_number(parsed, style).replace(" ", "")
        return (phone, None) if len(phone) <= LONGEST_PHONE else (None, _NO_PHONE)
    plausible = len(number) == 10 or (len(number) == 11 and number.startswith("02"))
    return (number, _UNUSUAL) if plausible and number.startswith("0") else (None, _NO_PHONE)


def judge_emails(cells: Sequence[Cell]) -> tuple[list[str | None], Findings]:
    """A column of e-mail addresses."""
    if set(map(type, cells)) == {str}:
        text = "\n".join(cells).lower()  # type: ignore[arg-type]
        addresses = text.split("\n")
        if len(addresses) == len(cells) and len(max(addresses, key=len)) <= LONGEST_EMAIL and _PLAIN_EMAILS.fullmatch(text + "\n"):
            return [address or None for address in addresses], []
    judged = [judge_email(cell) for cell in cells]
    return [email for email, _ in judged], [(index, finding) for index, (_, finding) in enumerate(judged) if finding]


def judge_email(cell: Cell) -> tuple[str | None, Finding | None]:
    """One e-mail address, in small letters."""
    if says_nothing(cell):
        return None, None
    text = visible(shown(cell)).strip().removeprefix("mailto:")
    parts = re.split(r"[\s;,<>]+", text)
    addresses = [part.lower() for part in parts if len(part) <= LONGEST_EMAIL and _EMAIL.fullmatch(part)]
    if not addresses:
        return None, TOO_LONG if any(len(part) > LONGEST_EMAIL and "@" in part for part in parts) else _NO_EMAIL
    return addresses[0], _TWO_EMAILS if len(addresses) > 1 else None
