"""What a web page's style sheet and attributes say of its cells: fonts of the 1990s, number formats."""

from __future__ import annotations

import re

from imports.files.fonts.tables import OldFont, font_of

Attributes = dict[str, str]

_FONT_FAMILY = re.compile(r"font-family\s*:\s*([^;}]*)", re.IGNORECASE)
_NUMBER_FORMAT = re.compile(r"mso-number-format\s*:\s*(\"[^\"]*\"|'[^']*'|[^;}]*)", re.IGNORECASE)
_CLASS = re.compile(r"\.([\w\-]+)")
_LONGEST_CLASS = 200
_LONGEST_CSS = 1_000_000


class Css:
    """The fonts and number formats that classes and elements are given."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._rules: dict[str, str] = {}  # by ".class" or element

    def add(self, text: str) -> None:
        self._pieces.append(text)

    def font(self, tag: str, attributes: Attributes, inherited: OldFont | None) -> OldFont | None:
        if not attributes and not self._rules and not self._pieces:
            return inherited
        if tag == "font" and "face" in attributes:
            return font_of(attributes["face"].split(",")[0])
        family = self._told(_FONT_FAMILY, tag, attributes)
        return inherited if family is None else font_of(family.split(",")[0])

    def number_format(self, tag: str, attributes: Attributes) -> str:
        if "sdval" in attributes:  # as LibreOffice writes it
            return attributes.get("sdnum", "").rpartition(";")[2]
        if "x:num" not in attributes:
            return ""
        told = self._told(_NUMBER_FORMAT, tag, attributes) or ""
        bare = told.strip()
        return bare[1:-1] if bare[:1] in ("'", '"') and bare[-1:] == bare[:1] else bare

    def _told(self, wanted: re.Pattern[str], tag: str, attributes: Attributes) -> str | None:
        if self._pieces:
            self._take_rules()
        own = attributes.get("style")
        if own and (match := wanted.search(own)):
            return match[1]
        if not self._rules:
            return None
        for name in (*(f".{name}" for name in attributes.get("class", "")[:_LONGEST_CLASS].split()), tag):
            if name in self._rules and (match := wanted.search(self._rules[name])):
                return match[1]
        return None

    def _take_rules(self) -> None:
        text = "".join(self._pieces)[:_LONGEST_CSS]
        self._pieces.clear()
        for rule in text.split("}"):
            selectors, _, told = rule.rpartition("{")
            for selector in selectors.split(","):
                last = selector.split()[-1:]
                if last and ("mso-number-format" in told or "font-family" in told):
                    name = _CLASS.search(last[0])
                    self._rules[f".{name[1]}" if name else last[0].lower()] = told
