"""Seals pictures of papers before they are kept: whoever gets hold of the database alone sees none of them."""

from __future__ import annotations

import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class Unsealable(Exception):
    """None of the keys opens this: it was sealed with another one, or changed since."""


class Sealer:
    """Seals with the first of its keys, opens with any of them."""

    __slots__ = ("_fernet",)

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            raise ValueError("the evidence keys are not keys made by Fernet, or there is none") from None  # a key belongs in no log

    def seal(self, plain: bytes) -> bytes:
        return urlsafe_b64decode(self._fernet.encrypt(plain))  # as bytes it takes a quarter less room than as text

    def open(self, sealed: bytes) -> bytes:
        try:
            return self._fernet.decrypt(urlsafe_b64encode(sealed))
        except InvalidToken:
            raise Unsealable from None

    def reseal(self, sealed: bytes) -> bytes:
        """The same under the newest key, so that an older one can be thrown away."""
        try:
            return urlsafe_b64decode(self._fernet.rotate(urlsafe_b64encode(sealed)))
        except InvalidToken:
            raise Unsealable from None


def keys(given: str | None, path: Path) -> list[str]:
    """The keys, newest first: as given (with commas between them), else those in the file. Where there is no file, it is made with a key.

    Who loses the keys loses the pictures.
    """
    if given and given.strip():
        return [key for part in given.split(",") if (key := part.strip())]
    if not path.exists():
        _keep_first_key(path)
    return path.read_text().split()


def add_key(path: Path) -> None:
    """Put a new key before those in the file. What is sealed already opens as before, until it is sealed anew and the old key taken out."""
    new = path.with_name(f"{path.name}.new")
    with _opened_new(new) as file:  # FileExistsError while another process adds a key: of two at the same time, one would be lost
        _write(file, [_fresh(), *keys(None, path)])
    new.replace(path)


def _keep_first_key(path: Path) -> None:
    """Whole or not at all, and never over another: two processes may need the file at the same moment, and the first one's key counts."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with _opened_new(draft) as file:
        _write(file, [_fresh()])
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _opened_new(path: Path) -> TextIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w")


def _fresh() -> str:
    return Fernet.generate_key().decode()


def _write(file: TextIO, lines: Sequence[str]) -> None:
    file.writelines(f"{line}\n" for line in lines)
    file.flush()
    os.fsync(file.fileno())  # a key that something was sealed with must not be lost
