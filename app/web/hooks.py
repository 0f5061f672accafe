"""Where channels report what became of messages: each knows a secret or signs what it says. What names none of our messages is taken in
silence, because whoever asks is a machine that would only repeat it.

eSMS reports by GET, whatever one would wish: its report is the one GET of this program that writes, in a unit of work of its own.
"""

from __future__ import annotations

import hashlib
import hmac

import orjson
from flask import Blueprint, abort, current_app, request
from werkzeug.wrappers import Response

from app import transaction
from app.adapters.references import harmless, referred
from app.domain.ladder import Channel
from app.extensions import csrf, limiter
from app.services import deliveries
from app.services.deliveries import Noted
from app.web import gate

pages = Blueprint("hooks", __name__)
csrf.exempt(pages)

LONGEST = 64 * 1024
RETRY_SECONDS = "60"
RECEIVED = "user_received_message"
_ESMS_SENT, _ESMS_REFUSED = "5", "4"


def _was_wrong(response: Response) -> bool:
    return response.status_code == 404


_guessing = limiter.shared_limit("30 per minute", scope="hooks", deduct_when=_was_wrong)


@pages.get("/hooks/esms/<secret>")
@_guessing
@gate.public
def show_esms_report(secret: str) -> Response:
    """RequestId names the message; SendStatus 5 with a success is delivered, 5 with a failure or 4 will not be; all else is on its way."""
    _check(secret)
    with transaction.writing():
        noted = _esms_noted(request.args.get("SendStatus", ""), _number("SendSuccess"), _number("SendFailed"))
    return _thanks(noted)


def _esms_noted(status: str, delivered: int, failed: int) -> Noted:
    meant = referred(request.args.get("RequestId", ""))
    if meant is None:
        return Noted.NOTHING
    it = meant.campaign_id, meant.nudge_id
    if status == _ESMS_SENT and delivered and not failed:
        return deliveries.note_delivered(*it, channel=Channel.SMS)
    if status == _ESMS_REFUSED or (status == _ESMS_SENT and failed):
        return deliveries.note_bounced(*it, f"eSMS: status {status}", permanent=False, channel=Channel.SMS)
    return Noted.NOTHING


@pages.post("/hooks/mail")
@_guessing
@gate.public
def create_mail_report() -> Response:
    """JSON: {"message_id", "kind": "delivered" | "bounced" | "delayed" | "complained", "detail"}, with the secret in X-Hook-Secret. For
    "bounced", the address counts as dead; of a failure that says nothing against it, "failed" is to be told."""
    _check(request.headers.get("X-Hook-Secret", ""))
    said = _said()
    meant, kind = referred(_text(said, "message_id")), _text(said, "kind")
    if meant is None:
        return _thanks(Noted.NOTHING)
    it, detail = (meant.campaign_id, meant.nudge_id), harmless(_text(said, "detail")) or kind
    if kind == "delivered":
        return _thanks(deliveries.note_delivered(*it, channel=Channel.EMAIL))
    if kind in {"bounced", "failed"}:
        return _thanks(deliveries.note_bounced(*it, detail, permanent=kind == "bounced", channel=Channel.EMAIL))
    if kind == "complained":
        return _thanks(deliveries.note_complaint(*it, channel=Channel.EMAIL))
    return _thanks(Noted.NOTHING)


@pages.post("/hooks/zalo")
@_guessing
@gate.public
def create_zalo_report() -> Response:
    """Zalo's event that a phone has received a message. Its signature is made of the app's id, the body, the event's time and a secret."""
    said = _said()
    app_id, secret = current_app.config["ZALO_APP_ID"], current_app.config["ZALO_OA_SECRET"]
    signed = b"".join((str(app_id).encode(), request.get_data(), _text(said, "timestamp").encode(), str(secret).encode()))
    mac = hashlib.sha256(signed).hexdigest()
    given = request.headers.get("X-ZEvent-Signature", "").strip().removeprefix("mac=")
    if not app_id or not secret or not _are_same(given.lower(), mac):
        abort(404)
    message = said.get("message")
    meant = referred(_text(message, "tracking_id")) if isinstance(message, dict) else None
    if meant is None or _text(said, "event_name") != RECEIVED:
        return _thanks(Noted.NOTHING)
    return _thanks(deliveries.note_delivered(meant.campaign_id, meant.nudge_id, channel=Channel.ZALO))


def _check(given: str) -> None:
    """Who doesn't know the secret finds nothing here; nobody does while none has been set."""
    secret = current_app.config["HOOK_SECRET"]
    if not secret or not _are_same(given, secret):
        abort(404)


def _are_same(given: str, meant: str) -> bool:
    """Compared in a time that tells nothing."""
    return hmac.compare_digest(given.encode(), meant.encode())


def _said() -> dict[str, object]:
    """The JSON object that was sent; nothing where it was none."""
    data = request.get_data()
    if len(data) > LONGEST:
        abort(413)
    try:
        said = orjson.loads(data)
    except orjson.JSONDecodeError:
        said = None
    return said if isinstance(said, dict) else {}


def _text(said: dict[str, object], name: str) -> str:
    found = said.get(name)
    return str(found)[:1000] if isinstance(found, str | int) else ""


def _number(name: str) -> int:
    return request.args.get(name, 0, type=int)


def _thanks(noted: Noted) -> Response:
    """All is well; or: say it again in a while."""
    early = noted is Noted.TOO_EARLY
    return Response(status=503, headers={"Retry-After": RETRY_SECONDS}) if early else Response("ok", mimetype="text/plain")
