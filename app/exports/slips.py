"""Slips to hand out in a class, as a PDF: four to a page with lines to cut along, in the order in which the class is listed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import orjson
import segno
import typst

from app.exports.text import clean

_TEMPLATE = Path(__file__).with_suffix(".typ")
_LONGEST = 360  # characters of what is to be done; the rest would not fit on a quarter of a page


@dataclass(frozen=True, slots=True)
class Slip:
    """One person's slip. `to` is how it begins ("Kính gửi phụ huynh em"), `missing` how it stands, `step` what to do, `by` the day; `url`
    the person's own page, None for the portal's page of registration."""

    to: str
    name: str
    unit: str | None
    missing: str
    step: str
    by: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all slips of one print say. `registration` is the portal's page; `as_of` the day on which they were right."""

    institution: str
    title: str
    office: str
    help: str
    registration: str
    as_of: str
    slips: tuple[Slip, ...]


@dataclass(frozen=True, slots=True)
class _PrintedSlip:
    to: str
    name: str
    unit: str
    missing: str
    step: str
    by: str
    code: str
    caption: str


@dataclass(frozen=True, slots=True)
class _Printed:
    """What the template is given: text only, as data, so nothing that people wrote is read as markup; and the codes to draw, by address."""

    institution: str
    title: str
    office: str
    help: str
    as_of: str
    slips: list[_PrintedSlip]
    codes: dict[str, str]


def pdf(sheet: Sheet) -> bytes:
    """The same sheet gives the same bytes: no time of making stands in them."""
    data = orjson.dumps(_printed(sheet)).decode()
    return typst.compile(_TEMPLATE.read_bytes(), format="pdf", font_paths=_fonts(), sys_inputs={"sheet": data})


def _printed(sheet: Sheet) -> _Printed:
    addresses = dict.fromkeys(slip.url or sheet.registration for slip in sheet.slips)
    return _Printed(
        institution=clean(sheet.institution),
        title=clean(sheet.title),
        office=clean(sheet.office),
        help=clean(sheet.help),
        as_of=clean(sheet.as_of),
        slips=_slips(sheet),
        codes={address: code(address) for address in addresses},
    )


def _slips(sheet: Sheet) -> list[_PrintedSlip]:
    return [
        _PrintedSlip(
            to=clean(slip.to),
            name=clean(slip.name),
            unit=clean(slip.unit or ""),
            missing=clean(slip.missing),
            step=_short(clean(slip.step)),
            by=clean(slip.by),
            code=slip.url or sheet.registration,
            caption="Trang của hồ sơ này" if slip.url else "Trang đăng ký",
        )
        for slip in sheet.slips
    ]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rsplit(' ', 1)[0]}…"


def code(address: str) -> str:
    """A QR code as SVG."""
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", border=2, xmldecl=False, svgns=True)
    return drawn.getvalue().decode()


@cache
def _fonts() -> typst.Fonts:
    """Found once: to search the system takes longer than to set a class's slips."""
    return typst.Fonts()
