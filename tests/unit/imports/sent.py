"""A roster as somebody sends it, and what a careful clerk reads in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Rows = list[list[Any]]


@dataclass(frozen=True)
class Sent:
    """Sheets, merged cells by sheet, the people (only what stands there; anything else must be None) and the errors and warnings."""

    sheets: dict[str, Rows]
    people: list[dict[str, Any]]
    merges: dict[str, list[str]] = field(default_factory=dict)
    problems: list[tuple[int, str, str]] = field(default_factory=list)


def father(name: str | None, phone: str | None = None, number: str | None = None) -> tuple[str | None, ...]:
    return ("father", name, phone, number)


def mother(name: str | None, phone: str | None = None, number: str | None = None) -> tuple[str | None, ...]:
    return ("mother", name, phone, number)


def guardian(name: str | None, phone: str | None = None, number: str | None = None) -> tuple[str | None, ...]:
    return ("guardian", name, phone, number)
