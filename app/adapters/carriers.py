"""The channels that have been set up, each by its carrier; where none is, the console in their place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from app.adapters.bounces import Mailbox
from app.adapters.channels import Carrier
from app.adapters.console import ConsoleCarrier
from app.adapters.esms import EsmsAccount, EsmsCarrier
from app.adapters.mail import MailCarrier, MailServer
from app.adapters.pacing import Booking, PacedCarrier, Pacer
from app.adapters.zalo import TokenStore, ZaloApp, ZaloCarrier
from app.domain.ladder import SENT_BY_US, Channel

_MAIL_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_IMAP_PORTS = {"starttls": 143, "tls": 993, "none": 143}
_RATES = {Channel.EMAIL: "MAIL_RATE", Channel.SMS: "ESMS_RATE", Channel.ZALO: "ZALO_RATE"}


def carriers(
    settings: Mapping[str, Any], tokens: TokenStore, now: Callable[[], datetime], book: Callable[[Channel, float], float]
) -> dict[Channel, Carrier]:
    """A carrier for each channel in the settings' WAYS, at its rate; for one sender, which closes them. `now` dates the mails; with `book`
    seconds of a channel's time are booked (`app.adapters.pacing.Booking`)."""
    if settings["TRYING_OUT"]:
        return {channel: ConsoleCarrier(channel) for channel in SENT_BY_US}
    makers: dict[Channel, Callable[[], Carrier]] = {
        Channel.EMAIL: lambda: MailCarrier(_mail_server(settings), now),
        Channel.SMS: lambda: EsmsCarrier(_esms_account(settings)),
        Channel.ZALO: lambda: ZaloCarrier(_zalo_app(settings), tokens),
    }
    wanted = [channel for channel in makers if channel in settings["WAYS"]]

    def pacer(channel: Channel) -> Pacer:
        booking: Booking = partial(book, channel)
        return Pacer(float(settings[_RATES[channel]] or 0), booking)

    return {channel: PacedCarrier(makers[channel](), pacer(channel)) for channel in wanted}


def mailbox(settings: Mapping[str, Any]) -> Mailbox | None:
    """Where mails that could not be delivered come back to; None where none has been set up."""
    if not settings["BOUNCE_IMAP"]:
        return None
    host, port = _place(settings["BOUNCE_IMAP"], _IMAP_PORTS[settings["BOUNCE_SECURITY"]])
    user, password = settings["BOUNCE_USER"] or "", settings["BOUNCE_PASSWORD"] or ""
    return Mailbox(host, port, settings["BOUNCE_SECURITY"], user, password, settings["BOUNCE_FOLDER"] or "INBOX")


def esms_callback(settings: Mapping[str, Any]) -> str | None:
    """Where eSMS reports what became of a message; None where no secret has been set for it."""
    secret = settings["HOOK_SECRET"]
    return f"{settings['PUBLIC_URL']}/hooks/esms/{secret}" if secret else None


def _mail_server(settings: Mapping[str, Any]) -> MailServer:
    security = settings["MAIL_SECURITY"]
    host, port = _place(settings["MAIL_SERVER"], _MAIL_PORTS[security])
    login = settings["MAIL_USER"], settings["MAIL_PASSWORD"]
    return MailServer(host, port, security, settings["MAIL_FROM"], *login, settings["MAIL_BOUNCES_TO"])


def _esms_account(settings: Mapping[str, Any]) -> EsmsAccount:
    keys = settings["ESMS_API_KEY"], settings["ESMS_SECRET_KEY"]
    is_sandbox = str(settings["ESMS_SANDBOX"] or "0") not in {"0", "False"}
    return EsmsAccount(settings["ESMS_URL"], *keys, settings["ESMS_BRANDNAME"], is_sandbox, esms_callback(settings))


def _zalo_app(settings: Mapping[str, Any]) -> ZaloApp:
    app = settings["ZALO_APP_ID"], settings["ZALO_SECRET"]
    return ZaloApp(settings["ZALO_URL"], settings["ZALO_OAUTH_URL"], *app, settings["ZALO_TEMPLATE"])


def _place(server: str, port: int) -> tuple[str, int]:
    """Host and port; without a port, the usual one."""
    host, colon, given = server.rpartition(":")
    return (host.strip("[]"), int(given)) if colon and given.isdigit() else (server.strip("[]"), port)
