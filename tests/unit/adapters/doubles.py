"""The other side, on loopback: a real mail server, a line that does what a script says, a service that answers over HTTP."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = "127.0.0.1"


class MailHouse:
    """What an aiosmtpd server took, and what it says at each stage; an empty answer means that all is well."""

    def __init__(self) -> None:
        self.mails: list[Envelope] = []
        self.connections = 0
        self.to_sender: str | None = None
        self.to_receiver: str | None = None
        self.to_message: str | None = None
        self.wait: float = 0
        self.port = 0

    async def handle_EHLO(self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]) -> list[str]:
        self.connections += session.ssl is None or server.require_starttls is False
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if self.to_sender:
            return self.to_sender
        envelope.mail_from = address
        return "250 2.1.0 Ok"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if self.to_receiver:
            return self.to_receiver
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.mails.append(envelope)
        await asyncio.sleep(self.wait)
        return self.to_message or "250 2.0.0 Ok: queued"


@contextmanager
def mail_house(context: ssl.SSLContext | None = None, *, tls: bool = False, **options: Any) -> Iterator[MailHouse]:
    """A mail server; with a context it offers STARTTLS, or speaks TLS from the start. `options` are aiosmtpd's."""
    house, loop, ready = MailHouse(), asyncio.new_event_loop(), threading.Event()
    if not tls and context:
        options |= {"tls_context": context, "require_starttls": True}

    async def serve() -> asyncio.Server:
        return await loop.create_server(
            lambda: SMTP(house, hostname="mx.example", enable_SMTPUTF8=True, loop=loop, **options),
            *(HERE, 0),
            ssl=context if tls else None,
        )

    def run() -> None:
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(serve())
        house.port = server.sockets[0].getsockname()[1]
        ready.set()
        loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(asyncio.sleep(0.01))
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait(5)
    try:
        yield house
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


def knows(user: str, password: str) -> Callable[..., AuthResult]:
    """An authenticator with one login."""

    def check(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: LoginPassword) -> AuthResult:
        return AuthResult(success=(given.login, given.password) == (user.encode(), password.encode()), handled=False)

    return check


class Line:
    """One accepted connection of a scripted server."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._file = connection.makefile("rb")
        self.heard: list[str] = []

    def says(self, *lines: str) -> None:
        self._connection.sendall("".join(f"{line}\r\n" for line in lines).encode())

    def raw(self, data: bytes) -> None:
        self._connection.sendall(data)

    def hears(self) -> str:
        line = self._file.readline().decode("utf-8", "replace").rstrip("\r\n")
        self.heard.append(line)
        return line

    def hears_all(self, end: str = ".") -> None:
        while self.hears() != end:
            if not self.heard[-1] and self._file.peek(1) == b"":
                return

    def drops(self) -> None:
        """As a cable that is pulled: what was not read is lost."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.closes()

    def closes(self) -> None:
        self._file.close()
        self._connection.close()


class Scripted:
    """`lines` are the connections that have been made, in order."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.lines: list[Line] = []


@contextmanager
def scripted(*scripts: Callable[[Line], object], context: ssl.SSLContext | None = None) -> Iterator[Scripted]:
    """A server that does as each script says, one connection after the other; the last one goes for all that follow. With a context it
    speaks TLS."""
    listener = socket.create_server((HERE, 0))
    listener.settimeout(5)
    server = Scripted(listener.getsockname()[1])
    threads: list[threading.Thread] = []

    def run(script: Callable[[Line], object], line: Line) -> None:
        with suppress(OSError, ValueError):
            script(line)
        line.closes()

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                connection.settimeout(5)
                if context:
                    try:
                        connection = context.wrap_socket(connection, server_side=True)
                    except OSError:  # the other side does not trust us
                        continue
                line = Line(connection)
                server.lines.append(line)
                script = scripts[min(len(server.lines), len(scripts)) - 1]
                threads.append(threading.Thread(target=run, args=(script, line)))
                threads[-1].start()

    accepting = threading.Thread(target=accept)
    accepting.start()
    try:
        yield server
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for thread in [accepting, *threads]:
            thread.join(5)


class HttpHouse:
    """A service over HTTP: what it was asked, and what it answers, a JSON value or the bytes themselves."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: list[tuple[int, Any]] = []
        self.hangs_up = False
        self.waits_for: threading.Event | None = None
        self.url = ""

    def json(self, number: int = -1) -> Any:
        return json.loads(self.asked[number][2])


@contextmanager
def http_house() -> Iterator[HttpHouse]:
    house = HttpHouse()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            house.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            if house.waits_for:
                house.waits_for.wait(5)
            if house.hangs_up:
                self.close_connection = True
                return
            status, said = house.answers.pop(0)
            data = said if isinstance(said, bytes) else json.dumps(said).encode()
            with suppress(OSError):
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer((HERE, 0), Handler)
    house.url = f"http://{HERE}:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield house
    finally:
        if house.waits_for:
            house.waits_for.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def free_port() -> int:
    """One at which nobody listens."""
    with socket.create_server((HERE, 0)) as taken:
        return int(taken.getsockname()[1])


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's and a client's side of TLS: a certificate for 127.0.0.1, and who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mx.example")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HERE))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "certificate.pem"
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    pem.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(pem)
    return server, ssl.create_default_context(cafile=str(pem))
