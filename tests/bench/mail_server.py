"""An SMTP server on loopback, in a process of its own: keeps which messages it has accepted and when, and hangs up at random moments."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import random
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO

from aiosmtpd.smtp import SMTP, Envelope, Session

PROCESSES = multiprocessing.get_context("spawn")
MOMENTS = ("before DATA", "in DATA", "after the dot, message taken", "after the dot, message lost")
_MESSAGE_ID = re.compile(rb"^Message-ID: <(?:nudge-)?([^@]+)@", re.MULTILINE | re.IGNORECASE)


@contextmanager
def mail_server(accepted: Path, drops: float = 0.0, seed: int = 1) -> Iterator[int]:
    """The port of a running server. `accepted` gets a line for each message: the nudge's id and when; `drops` is how many of a hundred
    messages' connections break, in hundredths."""
    mine, theirs = PROCESSES.Pipe()
    server = PROCESSES.Process(target=_serve, args=(theirs, accepted, drops, seed), daemon=True)
    server.start()
    try:
        yield mine.recv()
    finally:
        mine.send("end")
        server.join(10)
        server.kill()


def _serve(pipe: Connection, accepted: Path, drops: float, seed: int) -> None:
    logging.disable()  # lines that break are meant to
    with accepted.open("a", buffering=1) as log:
        asyncio.run(_until_told(pipe, _Post(log, drops, seed)))


async def _until_told(pipe: Connection, post: _Post) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Server(post, hostname="loopback.example", loop=loop), "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname()[1])
    await loop.run_in_executor(None, pipe.recv)
    server.close()


class _Post:
    """Says of each message, when it begins, whether and where its line breaks; keeps what has been taken."""

    def __init__(self, log: IO[str], drops: float, seed: int) -> None:
        self._log, self._drops, self._chance = log, drops, random.Random(seed)

    def moment(self) -> str | None:
        return self._chance.choice(MOMENTS) if self._chance.random() < self._drops else None

    async def handle_DATA(self, server: _Server, _session: Session, envelope: Envelope) -> str:
        if server.moment != "after the dot, message lost":
            found = _MESSAGE_ID.search(envelope.original_content or b"")
            self._log.write(f"{found[1].decode() if found else '-'} {time.time():.6f}\n")
        if server.moment is not None:
            server.hang_up()
        return "250 taken"


class _Server(SMTP):
    """Hangs up without a word, as a broken line does."""

    moment: str | None = None

    async def smtp_MAIL(self, arg: str | None) -> None:
        self.moment = self.event_handler.moment()
        if self.moment == "before DATA":
            self.hang_up()
        else:
            await super().smtp_MAIL(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if self.moment == "in DATA":
            await self.push("354 go on")
            await self._reader.readline()
            self.hang_up()
        else:
            await super().smtp_DATA(arg)

    def hang_up(self) -> None:
        if self.transport is not None:
            self.transport.abort()
