"""A workbook's archive, part by part: what nobody changes passes through byte for byte."""

from __future__ import annotations

import posixpath
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT_TYPES = "[Content_Types].xml"
_WORKBOOK = "xl/workbook.xml"
_SHEETS = ("/worksheet", "/xlMacrosheet")  # charts and dialogs have sheets, too, but no rows

Node = Any  # lxml has no types of its own


class Unmarkable(Exception):
    """The archive is put together in a way that isn't known here."""


def parsed(content: bytes, *, forgiving: bool = False) -> Node:
    """XML without entities and without a look outside. `forgiving`: for VML, which programs write carelessly."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=forgiving)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Unmarkable from error
    if root is None:
        raise Unmarkable
    return root


def written(root: Node) -> bytes:
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def whole(node: Node, name: str) -> int:
    """An attribute that should be a number, 0 where it is none."""
    said: str = node.get(name, "0")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


class Archive:
    def __init__(self, data: bytes) -> None:
        self._old = ZipFile(BytesIO(data))
        self._names = dict.fromkeys(self._old.namelist())
        self._new: dict[str, bytes] = {}

    def read(self, part: str) -> bytes:
        if part not in self._names:
            raise Unmarkable
        return self._new[part] if part in self._new else self._old.read(part)

    def write(self, part: str, content: bytes, content_type: str | None = None) -> None:
        """Change a part, or with its `content_type` add one."""
        if content_type:
            self._declare(part, content_type)
        self._names[part] = None
        self._new[part] = content

    def remove(self, part: str) -> None:
        self._names.pop(part, None)
        self._declare(part, None)

    def unused(self, pattern: str) -> str:
        """The first name of this pattern ("xl/comments{}.xml") that no part has."""
        taken = {name.lower() for name in self._names}
        return next(name for number in range(1, len(taken) + 2) if (name := pattern.format(number)).lower() not in taken)

    def sheets(self) -> list[str]:
        """The parts of the sheets that have rows, in the workbook's order."""
        targets = Relations(self, _WORKBOOK)
        listed = parsed(self.read(_WORKBOOK)).findall(f"{{{MAIN}}}sheets/{{{MAIN}}}sheet")
        return [part for sheet in listed if (part := targets.part(sheet.get(f"{{{OFFICE}}}id"), _SHEETS))]

    def forget_chain(self) -> None:
        """Let the order of computing go, which Excel makes anew: it must not name a cell that has no formula any more."""
        relations = Relations(self, _WORKBOOK)
        if found := relations.find("/calcChain"):
            relations.remove(found[0])
            self.remove(found[1])

    def packed(self) -> bytes:
        finished = BytesIO()
        with ZipFile(finished, "w", ZIP_DEFLATED) as target:
            for name in self._names:
                target.writestr(name, self.read(name))
        return finished.getvalue()

    def _declare(self, part: str, content_type: str | None) -> None:
        types = parsed(self.read(_CONTENT_TYPES))
        for old in types.findall(f"{{{_TYPES}}}Override"):
            if old.get("PartName", "").lower() == f"/{part}".lower():
                types.remove(old)
        if content_type and part.endswith(".vml"):  # as Excel has it: by its ending
            if all(old.get("Extension", "").lower() != "vml" for old in types.findall(f"{{{_TYPES}}}Default")):
                types.insert(0, etree.Element(f"{{{_TYPES}}}Default", Extension="vml", ContentType=content_type))
        elif content_type:
            etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=content_type)
        self.write(_CONTENT_TYPES, written(types))


class Relations:
    """What a part refers to, by id; the part "" is the archive as a whole."""

    def __init__(self, archive: Archive, part: str) -> None:
        self._archive, self._folder = archive, posixpath.dirname(part)
        self._part = posixpath.join(self._folder, "_rels", f"{posixpath.basename(part)}.rels")
        try:
            self._root = parsed(archive.read(self._part))
        except Unmarkable:
            self._root = etree.Element(f"{{{_PACKAGE}}}Relationships", nsmap={None: _PACKAGE})

    def find(self, kind: str) -> tuple[str, str] | None:
        """Id and part of the first relation of a kind ("/comments")."""
        return next(((one.get("Id"), self._target(one)) for one in self._root if one.get("Type", "").endswith(kind)), None)

    def part(self, relation: str | None, kinds: tuple[str, ...]) -> str | None:
        return next((self._target(one) for one in self._root if one.get("Id") == relation and one.get("Type", "").endswith(kinds)), None)

    def add(self, kind: str, part: str) -> str:
        taken = {one.get("Id") for one in self._root}
        relation = next(f"rId{number}" for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
        etree.SubElement(self._root, f"{{{_PACKAGE}}}Relationship", Id=relation, Type=f"{OFFICE}{kind}", Target=f"/{part}")
        self._save()
        return relation

    def remove(self, relation: str) -> None:
        for one in [one for one in self._root if one.get("Id") == relation]:
            self._root.remove(one)
        self._save()

    def _target(self, one: Node) -> str:
        return posixpath.normpath(posixpath.join(f"/{self._folder}", one.get("Target", ""))).lstrip("/")

    def _save(self) -> None:
        self._archive.write(self._part, written(self._root))
