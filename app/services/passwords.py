"""Passwords: hashed with argon2, and refused when they are too easy."""

from __future__ import annotations

from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.domain.names import fold

MIN_LENGTH = 10
_hasher = PasswordHasher()
_EASY = {"1234567890", "0123456789", "0987654321", "matkhau123", "password123", "password12", "qwertyuiop", "iloveyou123", "abcdefghij"}


class PasswordRefusal(StrEnum):
    TOO_SHORT = "too-short"
    TOO_COMMON = "too-common"
    SAME_AS_NAME = "same-as-name"
    WRONG_OLD = "wrong-old"


def refusal_of(password: str, *about: str) -> PasswordRefusal | None:
    """Why this password will not do; `about` are the user's name and address, which it must not consist of."""
    if len(password) < MIN_LENGTH:
        return PasswordRefusal.TOO_SHORT
    plain = fold(password).replace(" ", "")
    if plain in _EASY or len(set(plain)) < 4:
        return PasswordRefusal.TOO_COMMON
    known = {fold(text).replace(" ", "") for text in about} | {fold(text.partition("@")[0]) for text in about}
    return PasswordRefusal.SAME_AS_NAME if plain in known else None


def hash_of(password: str) -> str:
    return _hasher.hash(password)


def fits(password: str, password_hash: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


# Verified against when the address is unknown, so that the answer takes as long as for a known one.
NOBODY = _hasher.hash("nobody has this password")
