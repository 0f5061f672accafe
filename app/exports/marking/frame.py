"""What stands around a sheet's rows: column widths, merged cells, the reference to its comments."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from app.exports.marking.archive import MAIN, OFFICE, Node, Unmarkable, parsed, whole
from app.exports.marking.rows import Parts
from imports.files.cells import letters_of

_AFTER_COMMENTS = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"
)  # fmt: skip
_DATA_SPLIT = re.compile(rb"(?=</(?:[\w.-]+:)?sheetData\s*>)")


def _tag(name: str) -> str:
    return f"{{{MAIN}}}{name}"


class Frame:
    def __init__(self, parts: Parts) -> None:
        self._root = parsed(parts.before + parts.after)
        self._data = self._root.find(_tag("sheetData"))
        if self._data is None:
            raise Unmarkable

    def around(self, rows: bytes) -> bytes:
        """The whole sheet, with these rows in it."""
        self._data.text = " "  # keeps the element from closing itself
        content = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        before, after = _DATA_SPLIT.split(content, maxsplit=1)
        return b"".join([before[:-1], rows, after])

    def widen(self, column: int, width: float) -> None:
        """Give one column a width of its own; neighbours that shared an entry with it keep theirs."""
        cols = self._root.find(_tag("cols"))
        if cols is None:
            cols = etree.Element(_tag("cols"))
            self._data.addprevious(cols)
        number = column + 1
        for old in [old for old in cols if whole(old, "min") <= number <= whole(old, "max")]:
            first, last = whole(old, "min"), whole(old, "max")
            for begin, end in ((first, number - 1), (number + 1, last)):
                if begin <= end:
                    part = deepcopy(old)
                    part.set("min", str(begin))
                    part.set("max", str(end))
                    old.addprevious(part)
            cols.remove(old)
        new = etree.Element(_tag("col"), min=str(number), max=str(number), width=f"{width:g}", customWidth="1")
        cols.insert(sum(1 for other in cols if whole(other, "min") < number), new)

    def reach(self, column: int) -> None:
        """Let the declared size take this column in: readers that trust it would not see it otherwise."""
        size = self._root.find(_tag("dimension"))
        found = re.fullmatch(r"([A-Z]+\d+):([A-Z]+)(\d+)", size.get("ref", "")) if size is not None else None
        if found and (len(found[2]), found[2]) < (len(letters_of(column)), letters_of(column)):
            size.set("ref", f"{found[1]}:{letters_of(column)}{found[3]}")

    def merge(self, column: int, first: int, last: int) -> None:
        merged = self._merged()
        if merged is not None:
            etree.SubElement(merged, _tag("mergeCell"), ref=f"{letters_of(column)}{first}:{letters_of(column)}{last}")
            merged.set("count", str(len(merged)))

    def part(self, column: int, first: int, last: int) -> None:
        """Undo `merge`."""
        merged = self._merged()
        if merged is None:
            return
        for one in [one for one in merged if one.get("ref") == f"{letters_of(column)}{first}:{letters_of(column)}{last}"]:
            merged.remove(one)
        merged.set("count", str(len(merged)))
        if not len(merged):
            self._root.remove(merged)

    def refer_to_comments(self, relation: str | None) -> None:
        old = self._root.find(_tag("legacyDrawing"))
        if old is not None:
            self._root.remove(old)
        if relation is None:
            return
        new = etree.Element(_tag("legacyDrawing"), {f"{{{OFFICE}}}id": relation}, nsmap={"r": OFFICE})
        following = next((node for node in self._root if etree.QName(node).localname in _AFTER_COMMENTS), None)
        if following is None:
            self._root.append(new)
        else:
            following.addprevious(new)

    def _merged(self) -> Node:
        return self._root.find(_tag("mergeCells"))
