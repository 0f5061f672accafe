"""A page as a test sees it: what it says, and whether it is sound HTML that everybody can use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import html5lib
from bs4 import BeautifulSoup, Tag
from html5lib.constants import E as PARSE_ERRORS

# The element a fragment is parsed in, by how the fragment begins; a div for all others.
CONTAINERS = {"tr": "tbody", "td": "tr", "th": "tr", "tbody": "table", "thead": "table", "option": "select", "optgroup": "select"}
UNLABELLED_INPUTS = {"hidden", "submit", "button", "reset", "image"}
REFERENCES = {"for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-errormessage", "list", "form"}


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it stands: where it goes and what it would send."""

    action: str
    method: str
    values: dict[str, str | list[str]]


class Page:
    """A whole page, or a fragment of one (which has no <html>)."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.whole = re.search(r"<html[\s>]", html, re.IGNORECASE) is not None

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser")

    @property
    def title(self) -> str:
        return words(self.one("title"))

    @property
    def h1(self) -> str:
        return words(self.one("h1"))

    @property
    def text(self) -> str:
        """All that is written on it, spaces evened."""
        return words(self.soup.body or self.soup)

    def all(self, css: str) -> list[Tag]:
        return list(self.soup.select(css))

    def one(self, css: str) -> Tag:
        """The only element that `css` finds."""
        found = self.all(css)
        assert len(found) == 1, f"{css} finds {len(found)} elements, not one"
        return found[0]

    def texts(self, css: str) -> list[str]:
        return [words(tag) for tag in self.all(css)]

    def link(self, text: str) -> str:
        """Where the only link of that text leads."""
        found = {str(tag["href"]) for tag in self.all("a[href]") if words(tag) == text}
        assert len(found) == 1, f"«{text}» is the text of links to {sorted(found) or 'nothing'}; there are: {self.texts('a[href]')}"
        return found.pop()

    def rows(self, css: str = "table") -> list[list[str]]:
        """The cells of a table, head included."""
        return [[words(cell) for cell in row.select("th, td")] for row in self.one(css).select("tr")]

    def form(self, css: str = "form") -> Form:
        """The only form that `css` finds, with what it would send if nothing were touched."""
        form = self.one(css)
        values: dict[str, str | list[str]] = {}
        for name, value in _sent(form):
            before = values.get(name)
            values[name] = value if before is None else [*(before if isinstance(before, list) else [before]), value]
        return Form(str(form.get("action", "")), str(form.get("method", "get")).lower(), values)

    def problems(self) -> list[str]:
        """What is wrong with the HTML, in sentences; empty if all is well."""
        found = list(self._parse_errors())
        if self.whole:
            found += self._frame_problems()
        found += [f"the id «{id_}» is used {times} times" for id_, times in self._ids.items() if times > 1]
        found += self._field_problems()
        found += [f"a link has no text: {_start(tag)}" for tag in self._tags if tag.name == "a" and tag.get("href") and not self._name(tag)]
        found += [f"a button has no text: {_start(tag)}" for tag in self._tags if tag.name == "button" and not self._name(tag)]
        found += [f"a picture has no alt: {_start(tag)}" for tag in self._tags if tag.name == "img" and not tag.has_attr("alt")]
        return found

    @cached_property
    def _tags(self) -> list[Tag]:
        """Every element, in the page's order: going through them once more is quicker than any CSS."""
        return self.soup.find_all(True)

    @cached_property
    def _ids(self) -> Counter[str]:
        return Counter(str(tag["id"]) for tag in self._tags if tag.has_attr("id"))

    @cached_property
    def _labels(self) -> dict[str, list[Tag]]:
        """The labels by the id of the field that each is for."""
        labels: dict[str, list[Tag]] = {}
        for tag in self._tags:
            if tag.name == "label" and tag.has_attr("for"):
                labels.setdefault(str(tag["for"]), []).append(tag)
        return labels

    def _parse_errors(self) -> Iterator[str]:
        parser = html5lib.HTMLParser()
        if self.whole:
            parser.parse(self.html)
        else:
            first = re.search(r"<([a-z][a-z0-9]*)", self.html)
            parser.parseFragment(self.html, container=CONTAINERS.get(first[1] if first else "", "div"))
        lines = self.html.splitlines()
        for (line, _column), code, data in parser.errors:
            yield f"line {line}: {PARSE_ERRORS[code] % data} «{lines[min(line, len(lines)) - 1].strip()[:120]}»"

    def _frame_problems(self) -> Iterator[str]:
        if not self.soup.select("html[lang]"):
            yield "<html> has no lang"
        for name, css in (("title", "head > title"), ("h1", "h1")):
            if len(texts := self.texts(css)) != 1 or not texts[0]:
                yield f"there should be one {name} with text, there are {texts}"
        for tag in self._tags:
            for attribute in REFERENCES & tag.attrs.keys():
                yield from (f"{attribute} names no id here: {_start(tag)}" for id_ in str(tag[attribute]).split() if id_ not in self._ids)
            if tag.name == "a" and str(tag.get("href", "")).startswith("#") and str(tag["href"])[1:] not in self._ids:
                yield f"a link leads to no id here: {_start(tag)}"

    def _field_problems(self) -> Iterator[str]:
        for tag in self._tags:
            if tag.name in {"input", "select", "textarea"} and tag.get("type") not in UNLABELLED_INPUTS and not self._labelled(tag):
                yield f"a field has no label: {_start(tag)}"

    def _labelled(self, field: Tag) -> bool:
        around = field.find_parent("label")
        labels = [*self._labels.get(str(field.get("id")), []), *([around] if around else [])]
        return any(words(label) for label in labels) or bool(self._given_name(field))

    def _name(self, tag: Tag) -> str:
        return self._given_name(tag) or words(tag) or "".join(str(image.get("alt", "")) for image in tag.select("img"))

    def _given_name(self, tag: Tag) -> str:
        ids = str(tag.get("aria-labelledby", "")).split()
        named = [words(other) for other in self._tags if other.get("id") in ids] if ids else []
        return str(tag.get("aria-label", "")).strip() or " ".join(named)


def words(tag: Tag) -> str:
    """The text of an element, spaces evened."""
    return " ".join(tag.get_text(" ").split())


def _start(tag: Tag) -> str:
    return str(tag)[: str(tag).find(">") + 1]


def _sent(form: Tag) -> Iterator[tuple[str, str]]:
    for field in form.select("input[name], select[name], textarea[name]"):
        name, kind = str(field["name"]), field.get("type")
        if field.has_attr("disabled") or kind in {"submit", "button", "reset", "image", "file"}:
            continue
        if field.name == "select":
            options = field.select("option")
            chosen = [option for option in options if option.has_attr("selected")] or ([] if field.has_attr("multiple") else options[:1])
            yield from ((name, str(option.get("value", words(option)))) for option in chosen)
        elif field.name == "textarea":
            yield name, field.get_text()
        elif kind not in {"checkbox", "radio"} or field.has_attr("checked"):
            yield name, str(field.get("value", "on" if kind in {"checkbox", "radio"} else ""))
