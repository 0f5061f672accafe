"""The cell formats of a workbook, and further ones like them but for a colour."""

from __future__ import annotations

from copy import deepcopy
from functools import cache

from lxml import etree

from app.exports.marking.archive import MAIN, Archive, Node, Unmarkable, parsed, whole, written
from imports.values import Severity

_PART = "xl/styles.xml"
_TEXT_FORMAT = "49"  # "@", by its number known to every program
# Light enough for dark letters (over 12:1), and apart from each other in lightness as well as in hue. Nobody else's palette has them.
COLOURS = {Severity.ERROR: "FFFFC2BD", Severity.WARNING: "FFFFE59A", Severity.REPAIR: "FFD3E6FC"}
_LEGACY_FONTS = (".vn", "vni-", "vnt")  # their glyphs stand for other letters


def _tag(name: str) -> str:
    return f"{{{MAIN}}}{name}"


class Styles:
    """Formats are known by their number (`xf`). A number that a file uses without having it counts as the plain one."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._root = parsed(archive.read(_PART))
        self._fills, self._fonts, self._formats = (self._list(name) for name in ("fills", "fonts", "cellXfs"))
        self.painted = cache(self._painted)
        self.message = cache(self._message)
        self.heading = cache(self._heading)
        self.text = cache(self._text)
        self.with_fill_of = cache(self._with_fill_of)
        self.is_ours = cache(self._is_ours)
        self._fill = cache(self._new_fill)

    def save(self) -> None:
        for of_a_kind in (self._fills, self._fonts, self._formats):
            of_a_kind.set("count", str(len(of_a_kind)))
        self._archive.write(_PART, written(self._root))

    def _painted(self, xf: int, severity: Severity) -> int:
        return self._like(xf, fillId=str(self._fill(severity)), applyFill="1")

    def _message(self, xf: int, severity: Severity) -> int:
        """For a text that stays text, on one line, in the format of a cell beside it."""
        made = self._like(self._painted(self._readable(xf), severity), numFmtId=_TEXT_FORMAT, applyNumberFormat="1", applyAlignment="1")
        node = self._formats[made]
        for old in node.findall(_tag("alignment")):
            node.remove(old)
        node.insert(0, etree.Element(_tag("alignment"), horizontal="left", vertical="center"))
        return made

    def _heading(self, xf: int) -> int:
        return self._readable(xf)

    def _text(self, xf: int) -> int:
        return self._like(xf, numFmtId=_TEXT_FORMAT, applyNumberFormat="1")

    def _with_fill_of(self, xf: int, other: int | None) -> int:
        """Our colour taken away again: what the neighbour has takes its place."""
        fill = "0" if other is None else self._format(other).get("fillId", "0")
        return self._like(xf, fillId=fill, applyFill="0" if fill == "0" else "1")

    def _is_ours(self, xf: int) -> bool:
        number = whole(self._format(xf), "fillId")
        colour = self._fills[number].find(f"{_tag('patternFill')}/{_tag('fgColor')}") if number < len(self._fills) else None
        return colour is not None and colour.get("rgb", "").upper() in COLOURS.values()

    def _readable(self, xf: int) -> int:
        """The same format; letters in a font of the time before Unicode give way to ones that can show our text."""
        number = whole(self._format(xf), "fontId")
        name = self._fonts[number].find(_tag("name")) if number < len(self._fonts) else None
        if name is None or not name.get("val", "").lower().startswith(_LEGACY_FONTS):
            return xf
        font = deepcopy(self._fonts[number])
        font.find(_tag("name")).set("val", "Times New Roman")
        for hint in [*font.findall(_tag("charset")), *font.findall(_tag("family"))]:
            font.remove(hint)
        self._fonts.append(font)
        return self._like(xf, fontId=str(len(self._fonts) - 1), applyFont="1")

    def _new_fill(self, severity: Severity) -> int:
        fill = etree.SubElement(self._fills, _tag("fill"))
        pattern = etree.SubElement(fill, _tag("patternFill"), patternType="solid")
        etree.SubElement(pattern, _tag("fgColor"), rgb=COLOURS[severity])
        etree.SubElement(pattern, _tag("bgColor"), indexed="64")
        return len(self._fills) - 1

    def _like(self, xf: int, **changed: str) -> int:
        node = deepcopy(self._format(xf))
        for name, value in changed.items():
            node.set(name, value)
        self._formats.append(node)
        return len(self._formats) - 1

    def _format(self, xf: int) -> Node:
        return self._formats[xf if 0 <= xf < len(self._formats) else 0]

    def _list(self, name: str) -> Node:
        found = self._root.find(_tag(name))
        if found is None or not len(found):
            raise Unmarkable
        return found
