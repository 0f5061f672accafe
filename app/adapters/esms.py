"""SMS through eSMS: accepted is not delivered; what becomes of it is reported to the callback's address."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from app.adapters.asking import SECONDS, Answer, ask, integer, make_client, without_words
from app.adapters.channels import Fault, Letter, NotSent, Outcome, Sent, Unknown
from app.adapters.references import local_phone, reference
from app.domain.ladder import Channel

ACCEPTED, REPEATED = 100, 124
FAULTS: dict[int, Fault] = {
    99: Fault.OPERATOR,  # login
    101: Fault.OPERATOR,
    102: Fault.OPERATOR,  # the account is closed
    103: Fault.OPERATOR,  # balance
    104: Fault.OPERATOR,  # brandname
    108: Fault.BAD_ADDRESS,
    118: Fault.OPERATOR,  # kind of message
    131: Fault.OPERATOR,  # too long
    145: Fault.OPERATOR,  # template
    146: Fault.OPERATOR,
    177: Fault.OPERATOR,  # the brandname is not registered with the number's network
}
LONGEST_REQUEST = 50


@dataclass(frozen=True, slots=True)
class EsmsAccount:
    """`callback_url` is where eSMS reports what became of a message; with `sandbox` it answers and sends nothing."""

    url: str
    api_key: str
    secret_key: str
    brandname: str
    sandbox: bool = False
    callback_url: str | None = None
    seconds: float = SECONDS


class EsmsCarrier:
    """One message, one request. eSMS refuses a RequestId that it has had within a day. That is a second lock, and no reason to try again
    what may have arrived: an outage can outlast the day."""

    def __init__(self, account: EsmsAccount) -> None:
        self._account = account
        self._client = make_client(account.seconds)

    @property
    def channel(self) -> Channel:
        return Channel.SMS

    def send(self, letter: Letter) -> Outcome:
        answer = ask(self._client, self._account.url, json=self._question(letter))
        if not isinstance(answer, Answer):
            return answer
        code = integer(answer.said.get("CodeResult")) if answer.said else None
        if answer.said is not None and code == ACCEPTED:
            return Sent(str(answer.said.get("SMSID") or "")[:80] or None)
        if code == REPEATED:
            return Sent()  # it has this message already
        if code is None:
            return without_words(answer)
        return NotSent(FAULTS[code], str(code)) if code in FAULTS else Unknown(f"code {code}, not understood")

    def close(self) -> None:
        self._client.close()

    def _question(self, letter: Letter) -> dict[str, str]:
        account, phone = self._account, local_phone(letter.to)
        question = {
            "ApiKey": account.api_key,
            "SecretKey": account.secret_key,
            "Phone": phone,
            "Content": letter.short,
            "Brandname": account.brandname,
            "SmsType": "2",
            "IsUnicode": "0",
            "Sandbox": "1" if account.sandbox else "0",
            "RequestId": self._request_id(letter.id, phone),
        }
        return question | ({"CallbackUrl": account.callback_url} if account.callback_url else {})

    def _request_id(self, letter_id: str, phone: str) -> str:
        """The nudge's, and a mark of the receiver: another database behind the same account numbers its nudges alike, and a message of one
        must not pass for a repeated message of the other."""
        mark = hashlib.sha256(f"{self._account.secret_key} {phone}".encode()).hexdigest()
        named = f"{reference(letter_id)}-{mark[:8]}"
        return named if len(named) <= LONGEST_REQUEST else hashlib.sha256(named.encode()).hexdigest()[:LONGEST_REQUEST]
