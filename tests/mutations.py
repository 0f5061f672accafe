"""Workbooks as broken programs, broken downloads and hands that mean harm leave them: bytes, parts, markup, values changed at random."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.unit.imports.kinds import writers
from tests.unit.imports.kinds.test_kinds import CLASS, HIDDEN
from tests.unit.imports.test_old_fonts import written

BOOKS = Path(__file__).parent / "workbooks"

_MARKUP = re.compile(rb"<[^<>]{1,200}>")
_ATTRIBUTE = re.compile(rb"=\s*([\"'])([^\"'<>]{0,80})\1")
_VALUE = re.compile(rb">([^<>]{1,80})<|([^,;\t\r\n<>]{1,60})(?=[,;\t\r\n])")
_ODD_VALUES = [
    b"", b"0", b"-1", b"1e999", b"NaN", b"99999999999999999999", b"1048577", b"XFE1", b"2147483648", b"4294967295", b"16385",
    b"1.5", b"true", b"31/02/2014", b"7.92E+10", b"=1+1", b"'", b'"', b"&#0;", b"&amp;", b"&bogus;",
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xe2\x80\xae",
    "ngày 12 tháng 3".encode(), "Họ và tên".encode(), "Tổng cộng".encode(), b"a" * 40_000, b"9" * 400, b"<", b">", b"]]>", b"\r\n", b"\x0b",
    b"2014-02-30T00:00:00", b"-693594", b"2958466", b"../../etc", b"VNI-Times", b".VnTime",
]  # fmt: skip
_INSERTED = [b"<!DOCTYPE a [<!ENTITY b 'bbbb'>]>", b"<!--", b"<![CDATA[", b"<a>" * 50, b"</a>", b"<?xml version='1.1'?>", b"\xef\xbb\xbf"]


def sent() -> dict[str, bytes]:
    """Sound workbooks of every kind, small enough to be read often."""
    found = {path.name: path.read_bytes() for folder in (BOOKS, BOOKS / "kinds") for path in sorted(folder.iterdir()) if path.is_file()}
    for kind, make in writers.WITH_SHEETS.items():
        found[f"class.{kind}"] = make(CLASS, HIDDEN)
        found[f"old-font.{kind}"] = make(written(".VnTime"))
    found["class from 1904.xlsb"] = writers.xlsb(CLASS, from_1904=True)
    found["page.html"] = writers.html(CLASS)
    found["page-vni.html"] = writers.html(written("VNI-Times"))
    for separator, encoding in ((",", "utf-8"), (";", "utf-16"), ("\t", "utf-8-sig")):
        found[f"text {encoding}.csv"] = writers.separated(CLASS, separator, encoding)
    return found


def mutated(chance: random.Random, books: Mapping[str, bytes]) -> tuple[str, bytes]:
    """One of the workbooks, changed; and its name with what was done."""
    name = chance.choice(sorted(books))
    data = books[name]
    how = chance.choice([_in_its_parts, _in_its_parts, _in_its_bytes] if data.startswith(b"PK") else [_in_its_bytes, _in_its_text])
    for _ in range(chance.choice([1, 1, 2, 5])):
        data = how(chance, data)
    return f"{name}, {how.__name__.replace('_', ' ').strip()}", data


def _in_its_bytes(chance: random.Random, data: bytes) -> bytes:
    if not data:
        return data
    change: Callable[[random.Random, bytes], bytes] = chance.choice([_flip, _flip, _overwrite, _cut, _end_early, _repeat])
    return change(chance, data)


def _place(chance: random.Random, data: bytes) -> int:
    return chance.randrange(len(data))


def _flip(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice([1, 3, 20])):
        changed[_place(chance, data)] = chance.randrange(256)
    return bytes(changed)


def _overwrite(chance: random.Random, data: bytes) -> bytes:
    at = _place(chance, data)
    filler = chance.choice([b"\xff", b"\x00", b"\x7f\xff\xff\xff", b"\x80"]) * chance.choice([1, 2, 4])
    return data[:at] + filler + data[at + len(filler) :]


def _cut(chance: random.Random, data: bytes) -> bytes:
    at = _place(chance, data)
    return data[:at] + data[at + chance.choice([1, 2, 100, 5000]) :]


def _end_early(chance: random.Random, data: bytes) -> bytes:
    return data[: _place(chance, data)]


def _repeat(chance: random.Random, data: bytes) -> bytes:
    at = _place(chance, data)
    return data[:at] + data[at : at + chance.choice([10, 1000])] * chance.choice([2, 50]) + data[at:]


def _in_its_text(chance: random.Random, data: bytes) -> bytes:
    """Markup and values, where there are any; text with separators has values alone."""
    if data.startswith(b"\xd0\xcf"):
        return _in_its_bytes(chance, data)
    change = chance.choice([_odd_value, _odd_value, _odd_attribute, _tag_gone, _tag_twice, _something_inserted])
    return change(chance, data)


def _replaced(chance: random.Random, data: bytes, pattern: re.Pattern[bytes], group: int, new: Callable[[bytes], bytes]) -> bytes:
    """One of the places that a pattern finds in a stretch of the data, put anew."""
    start = chance.randrange(max(1, len(data) - 2000))
    found = [match for match in pattern.finditer(data, start, start + 20_000) if match[group] is not None]
    if not found:
        return _in_its_bytes(chance, data)
    match = chance.choice(found)
    return data[: match.start(group)] + new(match[group]) + data[match.end(group) :]


def _odd_value(chance: random.Random, data: bytes) -> bytes:
    return _replaced(chance, data, _VALUE, chance.choice([1, 2]), lambda _: chance.choice(_ODD_VALUES))


def _odd_attribute(chance: random.Random, data: bytes) -> bytes:
    return _replaced(chance, data, _ATTRIBUTE, 2, lambda _: chance.choice(_ODD_VALUES))


def _tag_gone(chance: random.Random, data: bytes) -> bytes:
    return _replaced(chance, data, _MARKUP, 0, lambda _: b"")


def _tag_twice(chance: random.Random, data: bytes) -> bytes:
    return _replaced(chance, data, _MARKUP, 0, lambda tag: tag * chance.choice([2, 3, 1000]))


def _something_inserted(chance: random.Random, data: bytes) -> bytes:
    at = _place(chance, data) if data else 0
    return data[:at] + chance.choice(_INSERTED) + data[at:]


def _in_its_parts(chance: random.Random, data: bytes) -> bytes:
    """One part of an archive changed, lost, doubled or taken for another."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
    except Exception:  # what was changed before is no archive any more
        return _in_its_bytes(chance, data)
    if not parts:  # its list of parts was taken for that of an empty one
        return _in_its_bytes(chance, data)
    telling = [n for n, (name, _) in enumerate(parts) if re.search(r"sheet|workbook|styles|content|strings", name, re.IGNORECASE)]
    number = chance.choice(telling or range(len(parts)))
    name, content = parts[number]
    done = chance.random()
    if done < 0.8:
        parts[number] = (name, (_in_its_bytes if name.endswith(".bin") else _in_its_text)(chance, content))
    elif done < 0.86:
        del parts[number]
    elif done < 0.93:
        parts[number] = (name, chance.choice(parts)[1])
    else:
        parts.append((chance.choice(["xl/extra.xml", name.upper(), f"/{name}"]), content))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", chance.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])) as made:
        for part, text in parts:
            made.writestr(part, text)
    return stream.getvalue()
