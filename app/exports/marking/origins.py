"""The property with which a returned workbook says of which roster it is."""

from __future__ import annotations

from lxml import etree

from app.exports.marking.archive import Archive, Relations, parsed, whole, written
from imports.files.origins import PROPERTY, Origin

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_OF_USERS = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the set of properties that users make
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FIRST_NUMBER = 2  # as the format has it


def say_origin(archive: Archive, origin: Origin) -> None:
    """Write it in the place of what an earlier return has said; the owner's own properties stay."""
    relations = Relations(archive, "")
    found = relations.find("/custom-properties")
    if found:
        part, root = found[1], parsed(archive.read(found[1]))
    else:
        part, root = "docProps/custom.xml", etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={None: _PROPERTIES, "vt": _VALUES})
    for old in [one for one in root if one.get("name") == PROPERTY]:
        root.remove(old)
    number = max((whole(one, "pid") for one in root), default=_FIRST_NUMBER - 1) + 1
    said = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_OF_USERS, pid=str(number), name=PROPERTY)
    etree.SubElement(said, f"{{{_VALUES}}}lpwstr").text = origin.written
    archive.write(part, written(root), None if found else _TYPE)
    if not found:
        relations.add("/custom-properties", part)
