"""Zalo's notification service (ZNS): a template that Zalo has approved, filled in, to a telephone number.

Its access tokens hold for a day, and a refresh token can be used once: renewing them is the token store's affair, which lets one sender do
it at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.adapters.asking import SECONDS, Answer, ask, integer, make_client, without_words
from app.adapters.channels import Fault, Letter, NotSent, Outcome, Sent, Unknown
from app.adapters.references import reference
from app.domain.ladder import Channel

BAD_TOKEN = frozenset({-124, -216, -220})
FAULTS: dict[int, Fault] = {
    -32: Fault.AGAIN,  # too many in a minute
    -108: Fault.BAD_ADDRESS,
    -110: Fault.NO_ACCOUNT,  # a Zalo too old to show it
    -114: Fault.NO_ACCOUNT,
    -118: Fault.NO_ACCOUNT,
    -119: Fault.NO_ACCOUNT,
    -133: Fault.MORNING,
    -139: Fault.REFUSED,
    -141: Fault.REFUSED,
    -144: Fault.TOMORROW,
    -147: Fault.TOMORROW,
}
# Balance, the app and the official account with their rights, the template and what fills it.
_FOR_THE_OPERATOR = (
    *(-101, -102, -103, -104, -105, -106, -109, -111, -112, -115, -117, -120, -121, -122, -125, -126, -127, -130),
    *(-131, -132, -135, -136, -137, -138, -145, -1121, -1122, -1123, -1351),
)
FAULTS |= dict.fromkeys(_FOR_THE_OPERATOR, Fault.OPERATOR)


@dataclass(frozen=True, slots=True)
class Tokens:
    """A fresh pair; the access token holds for `seconds`."""

    access: str
    refresh: str
    seconds: int


class NotRenewed(Exception):
    """There are no new tokens; `outcome` says why."""

    def __init__(self, outcome: NotSent) -> None:
        super().__init__(outcome.detail)
        self.outcome = outcome


class TokenStore(Protocol):
    """Where the tokens are kept, for all senders."""

    def access(self) -> str | None:
        """The access token that holds now, None where there is none."""
        ...

    def renew(self, refused: str | None, exchange: Callable[[str], Tokens]) -> str:
        """A new access token in place of the one that was refused. Another sender's, where one has renewed it meanwhile; else what
        `exchange` gives for the refresh token, kept before anybody else may ask. Raises what `exchange` raises: NotRenewed."""
        ...


@dataclass(frozen=True, slots=True)
class ZaloApp:
    """The app through which an official account sends, and its template."""

    url: str
    oauth_url: str
    app_id: str
    secret: str
    template: str
    seconds: float = SECONDS


class ZaloCarrier:
    """One message, one request; with a token that Zalo no longer takes, once more with a new one."""

    def __init__(self, app: ZaloApp, tokens: TokenStore) -> None:
        self._app, self._tokens = app, tokens
        self._client = make_client(app.seconds)
        self._access: str | None = None

    @property
    def channel(self) -> Channel:
        return Channel.ZALO

    def send(self, letter: Letter) -> Outcome:
        try:
            self._access = self._access or self._tokens.access() or self._tokens.renew(None, self._exchange)
            outcome = self._tried(letter, self._access)
            if outcome is None:
                self._access = self._tokens.renew(self._access, self._exchange)
                outcome = self._tried(letter, self._access)
        except NotRenewed as failed:
            self._access = None
            return failed.outcome
        return outcome or NotSent(Fault.OPERATOR, "the new token is refused, too")

    def close(self) -> None:
        self._client.close()

    def _tried(self, letter: Letter, access: str) -> Outcome | None:
        """None where the token is refused."""
        question = {
            "phone": letter.to.removeprefix("+"),
            "template_id": self._app.template,
            "template_data": dict(letter.values),
            "tracking_id": reference(letter.id),
        }
        answer = ask(self._client, self._app.url, json=question, headers={"access_token": access})
        if not isinstance(answer, Answer):
            return answer
        code = integer(answer.said.get("error")) if answer.said else None
        if code is None or answer.said is None:
            return without_words(answer)
        if code == 0:
            data = answer.said.get("data")
            return Sent(str(data.get("msg_id") or "")[:80] or None if isinstance(data, dict) else None)
        if code in BAD_TOKEN:
            return None
        return NotSent(FAULTS[code], str(code)) if code in FAULTS else Unknown(f"code {code}, not understood")

    def _exchange(self, refresh: str) -> Tokens:
        question = {"refresh_token": refresh, "app_id": self._app.app_id, "grant_type": "refresh_token"}
        answer = ask(self._client, self._app.oauth_url, data=question, headers={"secret_key": self._app.secret})
        if not isinstance(answer, Answer):
            raise NotRenewed(NotSent(Fault.AGAIN, f"token: {answer.detail}"))
        said = answer.said or {}
        access, fresh, seconds = said.get("access_token"), said.get("refresh_token"), integer(said.get("expires_in"))
        if isinstance(access, str) and isinstance(fresh, str) and access and fresh:
            return Tokens(access, fresh, seconds or 0)
        if answer.said is None and (answer.status == 429 or answer.status >= 500):
            raise NotRenewed(NotSent(Fault.AGAIN, f"token: HTTP {answer.status}"))
        why = integer(said.get("error"))
        raise NotRenewed(NotSent(Fault.OPERATOR, f"token: error {why}" if why is not None else f"token: HTTP {answer.status}"))
