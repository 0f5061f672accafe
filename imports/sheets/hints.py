"""A row below the headings that says how to fill them in ("(viết có dấu) | (dd/mm/yyyy) | (Nam/Nữ) | (12 số)") and is nobody."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from imports.files.cells import Cell, shown
from imports.headings.sex_legends import legend_of
from imports.judges.usual_names import is_usual_name

_IN_BRACKETS = re.compile(r"\(.*\)\W*|\[.*\]\W*|<.*>", re.DOTALL)
_SAYS_HOW = re.compile(
    r"\b(?:viết|ghi|chữ in|in hoa|có dấu|không dấu|chọn|nhập|điền|định dạng|bắt buộc|nếu có|đánh dấu|theo (?:cccd|giấy|khai sinh)"
    r"|dạng text)\b|\bd{1,2}\W?m{1,2}\W?y{2,4}\b|\bngày\W+tháng\W+năm\b|\bnam\W*(?:/|hoặc|hay|-|,)\W*nữ\b"
    r"|\b\d{1,2}\s*(?:-\s*\d{1,2}\s*)?(?:chữ\s+)?(?:số|ký tự|kí tự)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(r"\d{6,}|\d[./-]\d")
_FEWEST = 2


def is_hint(line: Sequence[Cell], names: Collection[int], number: int | None) -> bool:
    """Whether a row tells how to write each column and nothing of a person. `names`, `number`: the columns of names and running numbers."""
    filled = {place: cell for place, cell in enumerate(line) if cell != ""}
    if not filled or not all(isinstance(cell, str) for cell in filled.values()):
        return False
    texts = {place: text for place, cell in filled.items() if (text := shown(cell).strip())}
    legends = {place for place, text in texts.items() if legend_of(text)}
    how = {place for place, text in texts.items() if _SAYS_HOW.search(text)} | legends
    said = {place for place, text in texts.items() if _IN_BRACKETS.fullmatch(text)} | how
    if not how or 2 * len(said) <= len(texts) or (number in texts and texts[number].isdigit()):
        return False
    if any(_VALUE.search(text) for place, text in texts.items() if place not in said):
        return False
    if any(is_usual_name(texts[place]) for place in names if place in texts):
        return False
    return len(said) >= _FEWEST or all(_IN_BRACKETS.fullmatch(texts[place]) or place in legends for place in how)
