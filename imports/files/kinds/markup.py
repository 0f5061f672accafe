"""XML, event by event: no tree in memory, no entities of a file's own, one refusal for whatever is not well-formed."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from imports.files.limits import MAX_TAGS
from imports.files.refusals import damaged, too_many_cells

Attributes = dict[str, str]
_AT_ONCE = 1 << 20


def walk(
    content: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call `start`, `end` and `text` for what stands in a document. Names are "namespace name", or the name alone where it has none."""
    if content.count(b"<") > MAX_TAGS:
        raise too_many_cells()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    if end:
        parser.EndElementHandler = end
    if text:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for position in range(0, len(content), _AT_ONCE):
            parser.Parse(content[position : position + _AT_ONCE], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two: an encoding that nobody knows
        raise damaged() from error


def _refuse_doctype(*_: object) -> None:
    """No spreadsheet program writes one, and entities that unfold into each other need it."""
    raise damaged()


def local(name: str) -> str:
    return name.rpartition(" ")[2]
