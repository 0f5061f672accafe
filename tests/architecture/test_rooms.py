"""What import-linter's contracts (pyproject.toml) can't say: who may use which library, and that the rules use none."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from tests.architecture import source

STANDARD = sys.stdlib_module_names
PURE = {"lxml", "openpyxl", "phonenumbers", "python_calamine", "xlrd"}


PROJECT = tomllib.loads((source.ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def foreign(folder: str, allowed: tuple[str, ...]) -> list[str]:
    """The imports of a room that are neither the standard library nor allowed."""
    return [
        f"{source.name(path)}:{line} imports {module}"
        for path in source.program(folder)
        for line, module in source.imported(path)
        if module.split(".")[0] not in STANDARD and not any(module == name or module.startswith(f"{name}.") for name in allowed)
    ]


def test_the_rules_use_nothing_but_the_standard_library():
    assert foreign("app/domain/", ("app.domain",)) == []


def test_reading_a_roster_uses_only_the_rules_and_pure_libraries():
    assert foreign("imports/", ("imports", "app.domain", *PURE)) == []


def test_every_library_that_the_program_imports_is_declared():
    requirements = PROJECT["project"]["dependencies"]
    declared = {re.split(r"[^\w.-]", requirement)[0].lower().replace("_", "-") for requirement in requirements}
    sources = packages_distributions()
    undeclared = {
        f"{module} ({source.name(path)}:{line})"
        for path in source.program()
        for line, module in source.imported(path)
        if (top := module.split(".")[0]) not in STANDARD | {"app", "imports"}
        and not declared & {name.lower().replace("_", "-") for name in sources.get(top, [])}
    }
    assert undeclared == set()


def test_every_room_stands_in_a_contract():
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    named = {
        module
        for contract in contracts
        for key, modules in contract.items()
        if key.endswith(("_modules", "_importers"))
        for module in modules
    }
    rooms = {
        f"app.{path.parent.name}" for path in source.program("app/") if path.name == "__init__.py" and path.parent.parent.name == "app"
    }
    assert rooms - named == set(), "say in pyproject.toml what may not come in or go out"
