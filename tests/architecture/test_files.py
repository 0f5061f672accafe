"""House rules about files: short, introduced, quiet, without inline script or style, and telling nothing of the machine they came from."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture import source

LONGEST = 400
LONGER_FOR_A_REASON: set[str] = set()
REGISTRIES = (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"), ("debian", "org"))
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=|\bhref=[\"']?javascript:|\shx-on", re.IGNORECASE)


def text(path: Path) -> str:
    """What a file says; nothing if it is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def templates() -> list[Path]:
    return [path for path in source.files() if source.name(path).startswith("templates/")]


def test_no_file_grew_too_long():
    written = [*source.program(), *templates(), *(path for path in source.files() if source.name(path).startswith("app/static/"))]
    lengths = {source.name(path): text(path).count("\n") for path in written}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST and name not in LONGER_FOR_A_REASON} == {}


def test_every_module_opens_with_what_it_is_for():
    modules = [*source.program(), *source.program("tests/")]
    assert [source.name(path) for path in modules if text(path).strip() and not ast.get_docstring(source.tree(path))] == []


def test_only_the_command_line_prints():
    prints = [
        f"{source.name(path)}:{node.lineno}"
        for path in source.program("app/")
        if not source.name(path).startswith("app/cli")
        for statement in source.tree(path).body
        if not (isinstance(statement, ast.If) and ast.unparse(statement.test) == "__name__ == '__main__'")
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert prints == []


def test_templates_hold_no_script_or_style():
    inline = [
        f"{source.name(path)}:{number} {line.strip()}"
        for path in templates()
        if not source.name(path).startswith("templates/emails/")
        for number, line in enumerate(text(path).splitlines(), 1)
        if INLINE.search(line)
    ]
    assert inline == [], "the content security policy forbids it"


@pytest.mark.parametrize(
    "line", ["<script>x</script>", "<style>", '<p style="x">', '<a onclick="x">', "<a href='javascript:x'>", '<b hx-on:click="x">']
)
def test_each_kind_of_inline_code_is_seen(line: str):
    assert INLINE.search(line)


def test_a_script_of_its_own_file_is_fine():
    assert not INLINE.search('<script src="/static/app.js" defer></script><link rel="stylesheet" href="/x.css">')


def test_no_file_tells_of_a_registry_or_of_this_machine():
    hosts = [".".join(parts) for parts in REGISTRIES]
    homes = [re.escape(f"{path}/") for path in (source.ROOT, Path.home()) if len(path.parts) > 1]
    telling = re.compile("|".join([*map(re.escape, hosts), *homes, r"/(home|Users)/\w+/", r"--(extra-)?index-url", r"\"resolved\": *\""]))
    found = [
        f"{source.name(path)}:{number} {line.strip()[:120]}"
        for path in source.files()
        for number, line in enumerate(text(path).splitlines(), 1)
        if telling.search(line) and path != Path(__file__).resolve()
    ]
    assert found == []


@pytest.mark.parametrize("name", ["requirements.lock", "tests/bench/peer.lock"])
def test_locks_pin_every_package_by_hash(name):
    lock = text(source.ROOT / name)
    entries = re.split(r"\n(?=[a-z])", lock.strip())
    assert [entry.split(" ")[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
