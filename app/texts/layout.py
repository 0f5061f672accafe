"""A plain text as the HTML form shows it: paragraphs, lists, and addresses that can be clicked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of lines, or a list of items."""

    is_list: bool
    lines: tuple[Markup, ...]


def blocks(text: str) -> tuple[Block, ...]:
    """Lines that begin with a dash are a list's; an empty line ends a paragraph."""
    found: list[Block] = []
    kept: list[str] = []
    for line in [*text.splitlines(), ""]:
        is_item = line.lstrip().startswith("- ")
        if kept and (not line.strip() or is_item is not kept[-1].lstrip().startswith("- ")):
            found.append(_block(kept))
            kept = []
        if line.strip():
            kept.append(line)
    return tuple(found)


def _block(lines: list[str]) -> Block:
    is_list = lines[0].lstrip().startswith("- ")
    return Block(is_list, tuple(linked(line.strip().removeprefix("- ") if is_list else line.strip()) for line in lines))


def linked(text: str) -> Markup:
    """Escaped, with its web addresses as links."""
    if "://" not in text:
        return escape(text)
    made, at = Markup(), 0
    for found in _ADDRESS.finditer(text):
        made += escape(text[at : found.start()]) + Markup('<a href="{0}">{0}</a>').format(found[0])
        at = found.end()
    return made + escape(text[at:])
