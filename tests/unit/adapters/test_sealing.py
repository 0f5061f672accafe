"""Sealed pictures open with their keys and with nothing else, and keys can be changed without losing one."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from app.adapters.sealing import Sealer, Unsealable, add_key, keys

PICTURE = bytes(range(256)) * 40
OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


def test_what_was_sealed_opens_again():
    sealed = Sealer([OLD]).seal(PICTURE)
    assert PICTURE[:64] not in sealed
    assert len(sealed) < len(PICTURE) + 100
    assert Sealer([OLD]).open(sealed) == PICTURE


def test_another_key_opens_nothing():
    sealed = Sealer([OLD]).seal(PICTURE)
    with pytest.raises(Unsealable):
        Sealer([NEW]).open(sealed)
    with pytest.raises(Unsealable):
        Sealer([NEW]).reseal(sealed)


@pytest.mark.parametrize("place", [0, 1, 9, 30, -1])
def test_what_was_changed_does_not_open(place: int):
    sealed = bytearray(Sealer([OLD]).seal(PICTURE))
    sealed[place] ^= 1
    with pytest.raises(Unsealable):
        Sealer([OLD]).open(bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", b"x", PICTURE, b"\x80"])
def test_what_was_never_sealed_does_not_open(sealed: bytes):
    with pytest.raises(Unsealable):
        Sealer([OLD]).open(sealed)


def test_an_old_key_can_be_thrown_away_once_everything_is_resealed():
    sealed = Sealer([OLD]).seal(PICTURE)
    both = Sealer([NEW, OLD])
    assert both.open(sealed) == PICTURE
    again = both.reseal(sealed)
    assert Sealer([NEW]).open(again) == PICTURE
    with pytest.raises(Unsealable):
        Sealer([OLD]).open(again)


@pytest.mark.parametrize("given", [[], ["secret-but-no-key"], [OLD, ""]])
def test_what_is_no_key_is_refused_without_being_told(given: list[str]):
    with pytest.raises(ValueError, match="evidence keys") as refused:
        Sealer(given)
    assert "secret" not in str(refused.value)


def test_given_keys_are_taken_and_no_file_is_made(tmp_path: Path):
    assert keys(f" {NEW}, {OLD},", tmp_path / "evidence-keys") == [NEW, OLD]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", [None, "", " "])
def test_without_given_keys_a_first_one_is_made_and_kept(given: str | None, tmp_path: Path):
    path = tmp_path / "instance" / "evidence-keys"
    made = keys(given, path)
    assert len(made) == 1
    assert keys(given, path) == made
    assert Sealer(made).open(Sealer(made).seal(PICTURE)) == PICTURE
    assert [file.name for file in path.parent.iterdir()] == ["evidence-keys"]


def test_of_two_processes_that_make_a_first_key_the_first_one_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "evidence-keys"
    link = os.link

    def link_second(source: Path, target: Path) -> None:
        target.write_text(OLD)
        link(source, target)

    monkeypatch.setattr(os, "link", link_second)
    assert keys(None, path) == [OLD]
    assert list(tmp_path.iterdir()) == [path]


def test_only_the_owner_may_read_the_keys(tmp_path: Path):
    path = tmp_path / "evidence-keys"
    keys(None, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    add_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_new_key_comes_first_and_the_old_ones_stay(tmp_path: Path):
    path = tmp_path / "evidence-keys"
    first = keys(None, path)
    sealed = Sealer(first).seal(PICTURE)
    add_key(path)
    add_key(path)
    now = keys(None, path)
    assert len(set(now)) == 3
    assert now[2:] == first
    assert Sealer(now).open(sealed) == PICTURE
    assert list(tmp_path.iterdir()) == [path]


def test_of_two_that_add_a_key_at_the_same_time_one_has_to_wait(tmp_path: Path):
    path = tmp_path / "evidence-keys"
    before = keys(None, path)
    (tmp_path / "evidence-keys.new").touch()
    with pytest.raises(FileExistsError):
        add_key(path)
    assert keys(None, path) == before
