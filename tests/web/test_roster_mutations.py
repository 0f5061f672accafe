"""Whatever is uploaded is answered by a review or one sentence, and nothing is half stored. `python -m tests.bench fuzz` goes on so."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from flask import Flask

from tests.bench.fuzz_route import Uploads
from tests.cast import ALICE, HOME, set_the_scene, signed_in
from tests.client import CheckedClient
from tests.mutations import mutated, sent

SEED = 20261128
BOOKS = sent()


@pytest.fixture
def uploads(database: Flask, make_client: Callable[[], CheckedClient]) -> Uploads:
    with database.app_context():
        set_the_scene()
    return Uploads(database, signed_in(make_client, ALICE), HOME)


@pytest.mark.parametrize("part", range(8))
def test_a_mutated_workbook_is_reviewed_or_refused_and_never_half_stored(uploads: Uploads, part: int):
    for number in range(part * 15, part * 15 + 15):
        name, data = mutated(random.Random(f"{SEED}-{number}"), BOOKS)
        assert uploads.trouble_with(data) is None, f"seed {SEED}, number {number}: {name}"


def test_every_sound_workbook_is_kept_for_review(uploads: Uploads):
    assert {name: trouble for name, data in BOOKS.items() if (trouble := uploads.trouble_with(data))} == {}
    assert uploads.kept == len(BOOKS)
