"""One question to a service over HTTP, and whether it can have arrived where no answer came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from app.adapters.channels import Fault, NotSent, Unknown

SECONDS = 20.0
_TOO_MANY = 429
_NOBODY_HOME = 503
# Until there is a connection, nothing has left.
_NOT_REACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, and the JSON object, None where it was none."""

    status: int
    said: Mapping[str, Any] | None


def make_client(seconds: float = SECONDS) -> httpx.Client:
    """One connection for many questions. It is let go soon when nothing is asked: who asks on a line that the other side is just closing
    never knows whether that was heard."""
    return httpx.Client(timeout=seconds, limits=httpx.Limits(max_connections=1, keepalive_expiry=2))


def ask(client: httpx.Client, url: str, **question: Any) -> Answer | NotSent | Unknown:
    """POST, once. `question` is what httpx takes: json, data, headers."""
    try:
        response = client.post(url, **question)
    except _NOT_REACHED as error:
        return NotSent(Fault.AGAIN, f"no connection: {type(error).__name__}")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Unknown(f"no answer: {type(error).__name__}")
    try:
        said = response.json()
    except ValueError:
        said = None
    return Answer(response.status_code, said if isinstance(said, dict) else None)


def without_words(answer: Answer) -> NotSent | Unknown:
    """What an answer means that says nothing we understand."""
    detail = f"HTTP {answer.status}"
    if answer.status in {_TOO_MANY, _NOBODY_HOME}:
        return NotSent(Fault.AGAIN, detail)
    if 300 <= answer.status < 500:  # another address, no right: it was not taken, and won't be
        return NotSent(Fault.OPERATOR, detail)
    return Unknown(f"{detail}, not understood")


def integer(value: object) -> int | None:
    """A code that services send as a number or as text."""
    try:
        return int(str(value))
    except ValueError:
        return None
