"""Measuring where only a part of what is measured against is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench import measures, peer


@pytest.fixture
def no_peer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(peer, "INSTALLED", tmp_path / "peer")


@pytest.mark.usefixtures("no_peer")
def test_without_the_peer_one_sentence_says_how_to_lay_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bench.over_the_peer(tmp_path / "none.xlsx", {"seconds": 1.0, "peak_mb": 1.0})
    (line,) = capsys.readouterr().out.splitlines()
    assert "`make bench` lays it" in line


@pytest.mark.usefixtures("no_peer")
def test_without_the_peer_our_own_check_is_told_all_the_same() -> None:
    about, ours = measures.told()["told"]
    assert "spoilt" in about
    assert ours.startswith("    ours names 90 of them")
