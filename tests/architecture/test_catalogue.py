"""The Vietnamese catalogue is complete: every text of the program has its translation, and no translation is left over."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po
from babel.util import pathmatch

from tests.architecture import source

FOLDER = source.ROOT / "app" / "translations"
HEAD = (FOLDER / "babel.cfg").read_text(encoding="utf-8")
KEYWORDS = DEFAULT_KEYWORDS | parse_keywords(re.findall(r"-k (\S+)", HEAD))
PLACE = re.compile(r"%\((\w+)\)([sd])")
GETTEXT = {"_", "gettext", "ngettext", "lazy_gettext"}


@cache
def written() -> Catalog:
    """All texts as the program has them."""
    with (FOLDER / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    catalogue = Catalog()
    for path in source.files():
        name = source.name(path)
        pattern, method = next(((pattern, method) for pattern, method in methods if pathmatch(pattern, name)), ("", ""))
        if method:
            for line, texts, _, context in extract_from_file(method, path, keywords=KEYWORDS, options=options.get(pattern)):
                catalogue.add(texts, locations=[(name, line)], context=context)
    return catalogue


@cache
def translated() -> Catalog:
    with (FOLDER / "vi" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale="vi", abort_invalid=True)


def forms(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def test_every_text_has_a_vietnamese_translation():
    missing = []
    for message in messages(written()):
        found = translated().get(message.id, message.context)
        if found is None or not all(forms(found.string)):
            missing.append(f"{message.locations[0][0]}: {message.id}")
    assert missing == []


def test_no_translation_is_left_over_or_doubtful():
    assert [message.id for message in messages(translated()) if written().get(message.id, message.context) is None] == []
    assert [message.id for message in messages(translated()) if message.fuzzy] == []
    assert not translated().obsolete


def test_translations_fill_in_the_same_values():
    unequal = [
        message.id
        for message in messages(translated())
        for form in forms(message.string)
        if set(PLACE.findall(forms(message.id)[-1])) != set(PLACE.findall(form))
    ]
    assert unequal == []


def test_a_percent_sign_is_written_so_that_it_can_be_filled_in():
    filled_in = [message for message in messages(translated()) if PLACE.search(str(message.id)) or "%%" in str(message.id)]
    assert [form for message in filled_in for form in forms(message.string) if "%" in PLACE.sub("", form.replace("%%", ""))] == []


def test_no_text_hides_in_an_f_string_where_extraction_cant_see_it():
    hidden = [
        f"{source.name(path)}:{call.lineno}"
        for path in source.program("app/")
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in GETTEXT
    ]
    assert hidden == []


def test_no_lazy_text_carries_values_into_a_page():
    """Flask-Babel's lazy texts are never escaped, so what somebody has typed would reach the page as HTML."""
    found = [
        f"{source.name(path)}:{call.lineno}"
        for path in source.program("app/")
        for function in ast.walk(source.tree(path))
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in lazy_names(path) and call.keywords
    ]
    assert found == []


def lazy_names(path: Path) -> set[str]:
    """What a module calls the functions that make lazy texts."""
    return {
        alias.asname or alias.name
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.ImportFrom) and node.module == "flask_babel"
        for alias in node.names
        if alias.name.startswith("lazy_")
    }


def test_translations_are_tidy():
    untidy = [
        form
        for message in messages(translated())
        for form in forms(message.string)
        if form != form.strip() or "  " in form or forms(message.id)[0].endswith(".") != form.endswith(".")
    ]
    assert untidy == []
