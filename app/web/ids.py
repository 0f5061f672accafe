"""Ids as they come in URLs and forms: whole numbers no larger than a key can be, on either engine."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class IdConverter(IntegerConverter):
    """`<int:…>` in a URL; what is too large for a key names nothing."""

    def __init__(self, url_map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(url_map, *args, **({"max": LARGEST} | kwargs))


def register(app: Flask) -> None:
    app.url_map.converters["int"] = IdConverter


def an_id(text: str) -> int:
    """For `request.args.get(…, type=an_id)`; raises ValueError for what can't be a key."""
    number = int(text)
    if not 0 <= number <= LARGEST:
        raise ValueError(text)
    return number
