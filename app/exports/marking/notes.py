"""The comments of a sheet: ours are added and taken away, everybody else's stay."""

from __future__ import annotations

import re
from math import ceil

from lxml import etree

from app.exports.marking.archive import MAIN, Archive, Node, Relations, parsed, whole, written
from imports.files.cells import letters_of

SIGN = "Tiến độ VssID:"
_OURS = re.compile(rf"\s*^{SIGN}$.*", re.DOTALL | re.MULTILINE)
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_VML = "urn:schemas-microsoft-com:vml"
_VML_OFFICE, _VML_EXCEL = (f"urn:schemas-microsoft-com:office:{part}" for part in ("office", "excel"))
_WIDE, _LETTERS_IN_A_LINE, _FIRST_ID = 3, 30, 1025

Place = tuple[int, int]  # Excel's row, column counted from 0

_EMPTY_VML = f"""<xml xmlns:v="{_VML}" xmlns:o="{_VML_OFFICE}" xmlns:x="{_VML_EXCEL}">
<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>
<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>
<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>""".encode()


def _tag(name: str) -> str:
    return f"{{{MAIN}}}{name}"


class Notes:
    """Comments live in two parts: their texts, and their boxes as VML. `relation` is the id of the second, for the sheet to name."""

    def __init__(self, archive: Archive, sheet: str) -> None:
        self._archive, self._relations = archive, Relations(archive, sheet)
        self._texts, self._boxes = self._relations.find("/comments"), self._relations.find("/vmlDrawing")
        empty = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode()
        self._root = parsed(archive.read(self._texts[1]) if self._texts else empty)
        self._vml = parsed(archive.read(self._boxes[1]) if self._boxes else _EMPTY_VML, forgiving=True)
        self._list = self._part("commentList")
        self._by_place = {place: comment for comment in self._list if (place := _place(comment.get("ref", "")))}

    @property
    def relation(self) -> str | None:
        return self._boxes[0] if self._boxes else None

    def take_back(self) -> set[Place]:
        """Take our texts away, and where nothing else was said the comment; answers where they were."""
        ours = {place for place, comment in self._by_place.items() if _OURS.search(_text(comment))}
        for place in ours:
            rest = _OURS.sub("", _text(self._by_place[place]))
            if rest.strip():
                self._say(self._by_place[place], rest)
            else:
                self._list.remove(self._by_place.pop(place))
        gone = ours - self._by_place.keys()
        for shape in [shape for shape in self._shapes() if _shape_place(shape) in gone]:
            self._vml.remove(shape)
        return ours

    def add(self, place: Place, message: str) -> None:
        """Say something at a cell, below what somebody else has said there. A conversation (Excel 365) is left alone."""
        text, comment = f"{SIGN}\n{message}", self._by_place.get(place)
        if comment is not None:
            if not self._author(comment).startswith("tc="):
                self._say(comment, f"{_text(comment)}\n\n{text}")
            return
        comment = etree.SubElement(self._list, _tag("comment"), ref=f"{letters_of(place[1])}{place[0]}", authorId=self._our_author())
        self._say(comment, text)
        self._by_place[place] = comment
        self._vml.append(_shape(self._next_id(), place, text))

    def save(self) -> None:
        """Keep the comments; parts in which nothing is left are removed."""
        if self._by_place:
            self._keep_texts()
            self._keep_boxes()
            return
        if self._texts:
            self._relations.remove(self._texts[0])
            self._archive.remove(self._texts[1])
        if self._boxes and self._texts and not self._shapes():
            self._relations.remove(self._boxes[0])
            self._archive.remove(self._boxes[1])
            self._boxes = None
        elif self._boxes:
            self._keep_boxes()

    def _keep_texts(self) -> None:
        new = None if self._texts else self._archive.unused("xl/comments{}.xml")
        part = new or (self._texts or ("", ""))[1]
        self._archive.write(part, written(self._root), _COMMENTS_TYPE if new else None)
        if new:
            self._texts = self._relations.add("/comments", new), new

    def _keep_boxes(self) -> None:
        new = None if self._boxes else self._archive.unused("xl/drawings/vmlDrawing{}.vml")
        part = new or (self._boxes or ("", ""))[1]
        self._archive.write(part, etree.tostring(self._vml), _VML_TYPE if new else None)
        if new:
            self._boxes = self._relations.add("/vmlDrawing", new), new

    def _part(self, name: str) -> Node:
        found = self._root.find(_tag(name))
        return etree.SubElement(self._root, _tag(name)) if found is None else found

    def _author(self, comment: Node) -> str:
        authors = list(self._part("authors"))
        number = whole(comment, "authorId")
        return (authors[number].text or "") if number < len(authors) else ""

    def _our_author(self) -> str:
        authors = self._part("authors")
        name = SIGN.rstrip(":")
        names = [author.text for author in authors]
        if name not in names:
            etree.SubElement(authors, _tag("author")).text = name
            names.append(name)
        return str(names.index(name))

    def _say(self, comment: Node, text: str) -> None:
        for old in comment.findall(_tag("text")):
            comment.remove(old)
        body = etree.Element(_tag("text"))
        comment.insert(0, body)
        node = etree.SubElement(body, _tag("t"))
        node.text = text
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _shapes(self) -> list[Node]:
        return list(self._vml.findall(f"{{{_VML}}}shape"))

    def _next_id(self) -> int:
        if not hasattr(self, "_last_id"):
            numbers = [int(found[1]) for shape in self._shapes() if (found := re.search(r"_s(\d+)$", shape.get("id", "")))]
            self._last_id = max(numbers, default=_FIRST_ID - 1)
        self._last_id += 1
        return self._last_id


def _text(comment: Node) -> str:
    return "".join(node.text or "" for node in comment.iter(_tag("t")))


def _place(reference: str) -> Place | None:
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column - 1


def _shape_place(shape: Node) -> Place | None:
    data = shape.find(f"{{{_VML_EXCEL}}}ClientData")
    if data is None or data.get("ObjectType") != "Note":
        return None
    row, column = (data.findtext(f"{{{_VML_EXCEL}}}{name}", "").strip() for name in ("Row", "Column"))
    return (int(row) + 1, int(column)) if row.isdigit() and column.isdigit() else None


def _shape(number: int, place: Place, text: str) -> Node:
    row, column = place[0] - 1, place[1]
    lines = sum(max(1, ceil(len(line) / _LETTERS_IN_A_LINE)) for line in text.split("\n"))
    anchor = f"{column + 1}, 15, {max(row - 1, 0)}, 10, {column + 1 + _WIDE}, 15, {max(row - 1, 0) + lines + 1}, 4"
    return parsed(
        f"""<v:shape xmlns:v="{_VML}" xmlns:o="{_VML_OFFICE}" xmlns:x="{_VML_EXCEL}" id="_x0000_s{number}" type="#_x0000_t202"
 style="position:absolute;margin-left:59.25pt;margin-top:1.5pt;width:200px;height:{18 * (lines + 1)}px;z-index:1;visibility:hidden"
 fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>
<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>
<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>""".encode()
    )
