"""Papers: noted by hand, kept as images where the campaign does so, looked at on record, and gone when they are no longer needed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock, transaction
from app.adapters.sealing import Sealer, Unsealable, keys
from app.domain.ladder import Channel
from app.domain.registration import Event
from app.domain.scope import Actor, CampaignScope
from app.domain.todo import Work
from app.domain.track import Flaw, Item, ItemStatus
from app.extensions import db
from app.jobs import ticks
from app.models import Evidence, Image, ImageView
from app.queries import campaigns, evidence, people, progress
from app.queries.evidence import PaperRow
from app.queries.filters import PeopleFilter
from app.services import evidence as noting
from app.services import tokens
from app.services.evidence import EvidenceRefusal
from app.services.guardians import add_guardian
from imports.values import GuardianRead
from tests import builders
from tests.cast import CAMPAIGN, OTHER_SCHOOL, SCHOOL

DAY = date(2026, 11, 23)
KEEPING = "co-anh"
GROWN = {"birth_date": date(2009, 1, 1)}
CHILD = {"birth_date": date(2014, 5, 3)}


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.set_to(builders.at(DAY)):
        yield


@pytest.fixture
def place(stage: Flask) -> str:
    """A campaign that keeps images, for thirty days after the account."""
    return builders.make_campaign(KEEPING, "99004", keep_images=True, image_days=30)


def person(name: str = "Trần Bảo An", campaign: str = KEEPING, school: str = SCHOOL, unit: str | None = "6A1", **known: Any) -> int:
    return builders.make_person(school, campaign, name, unit, **(GROWN | known))


def scope(campaign: str = KEEPING, school: str = SCHOOL, by: str | None = None) -> CampaignScope:
    found = builders.scope_of(school, campaign)
    return replace(found, within=replace(found.within, actor=Actor(None, by))) if by else found


def papers(number: int, campaign: str = KEEPING) -> dict[Item, PaperRow]:
    with transaction.reading():
        here = scope(campaign)
        view = campaigns.campaign(here)
        seen = people.person(here, view, number)
        assert seen is not None
        return {row.item: row for row in evidence.papers_of(here, view, seen)}


def statuses(number: int, campaign: str = KEEPING) -> list[str]:
    return [row.status.value for row in papers(number, campaign).values()]


def marked(number: int, item: Item, status: Any = ItemStatus.SEEN, flaw: Flaw | None = None, **of: Any) -> EvidenceRefusal | None:
    with transaction.writing():
        return noting.mark(scope(**of), number, item, status, flaw)


def kept(number: int, item: Item = Item.PORTRAIT, sealed: bytes = b"sealed", **of: Any) -> int:
    with transaction.writing():
        answer = noting.keep_image(scope(**of), number, item, sealed, 600, 800, Flaw.BLURRED)
    assert not isinstance(answer, EvidenceRefusal), answer
    return answer


def count(table: Any) -> int:
    with transaction.reading():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


# Noting


def test_a_paper_is_noted_as_seen_with_who_and_when(place: str):
    an = person()
    assert statuses(an) == ["missing", "missing", "missing", "missing"]
    assert marked(an, Item.ID_FRONT, by="Alice") is None
    row = papers(an)[Item.ID_FRONT]
    assert (row.status, row.flaw, row.by, row.at) == (ItemStatus.SEEN, None, "Alice", builders.at(DAY))
    assert statuses(an) == ["missing", "seen", "missing", "missing"]


def test_what_was_noted_later_counts_and_is_noted_once(place: str):
    an = person()
    marked(an, Item.PORTRAIT, by="Alice")
    assert marked(an, Item.PORTRAIT, ItemStatus.NOT_GOOD, Flaw.BLURRED, by="Bob") is None
    row = papers(an)[Item.PORTRAIT]
    assert (row.status, row.flaw, row.by) == (ItemStatus.NOT_GOOD, Flaw.BLURRED, "Bob")
    marked(an, Item.PORTRAIT, by="Alice")
    assert papers(an)[Item.PORTRAIT].flaw is None
    assert count(Evidence) == 1


def test_not_good_needs_its_flaw(place: str):
    an = person()
    assert marked(an, Item.PORTRAIT, ItemStatus.NOT_GOOD) == EvidenceRefusal.FLAW_NEEDED
    assert statuses(an)[0] == "missing"


def test_only_papers_of_the_present_track_are_noted(place: str):
    an, bi = person(), person("Lê Bi", **CHILD)
    assert marked(an, Item.BIRTH_CERTIFICATE) == EvidenceRefusal.NOT_ON_LIST
    assert marked(bi, Item.ID_FRONT) == EvidenceRefusal.NOT_ON_LIST
    assert marked(bi, Item.GUARDIAN_ID_BACK) is None


def test_the_signed_form_follows_from_the_events(place: str):
    an = person()
    assert marked(an, Item.SIGNED_FORM) == EvidenceRefusal.FROM_EVENTS
    builders.record(SCHOOL, KEEPING, an, Event.DECLARED, DAY)
    builders.record(SCHOOL, KEEPING, an, Event.FORM_RECEIVED, DAY)
    assert papers(an)[Item.SIGNED_FORM].status is ItemStatus.SEEN


def test_taking_back_makes_a_paper_missing_again_and_twice_does_no_harm(place: str):
    an = person()
    marked(an, Item.PORTRAIT)
    for _ in range(2):
        with transaction.writing():
            assert noting.unmark(scope(), an, Item.PORTRAIT) is None
        assert statuses(an)[0] == "missing"


def test_all_at_once_keeps_who_saw_what_was_seen_before(place: str):
    an = person()
    marked(an, Item.PORTRAIT, by="Bob")
    marked(an, Item.ID_FRONT, ItemStatus.NOT_GOOD, Flaw.CUT_OFF, by="Bob")
    with transaction.writing():
        assert noting.mark_all_seen(scope(by="Alice"), an) is None
    assert [(row.status.value, row.by) for row in papers(an).values()] == [
        ("seen", "Bob"), ("seen", "Alice"), ("seen", "Alice"), ("missing", None)
    ]  # fmt: skip


def test_a_child_who_turns_fifteen_has_another_list_and_nothing_is_lost(place: str):
    bi = person("Lê Bi", birth_date=date(2011, 12, 24))
    marked(bi, Item.PORTRAIT)
    marked(bi, Item.BIRTH_CERTIFICATE, ItemStatus.NOT_GOOD, Flaw.BLURRED)
    assert list(papers(bi)) == [
        Item.PORTRAIT, Item.GUARDIAN_ID_FRONT, Item.GUARDIAN_ID_BACK, Item.BIRTH_CERTIFICATE, Item.SIGNED_FORM
    ]  # fmt: skip
    with clock.set_to(builders.at(date(2026, 12, 24))):
        assert list(papers(bi)) == [Item.PORTRAIT, Item.ID_FRONT, Item.ID_BACK, Item.SIGNED_FORM]
        assert statuses(bi) == ["seen", "missing", "missing", "missing"]
        assert marked(bi, Item.BIRTH_CERTIFICATE) == EvidenceRefusal.NOT_ON_LIST
        assert count(Evidence) == 2


def test_the_number_of_people_with_a_bad_paper_is_that_of_their_list(place: str):
    an, bi, chi = person(), person("Lê Bi", **CHILD), person("Vũ Chi")
    for item in (Item.ID_FRONT, Item.ID_BACK):
        marked(an, item, ItemStatus.NOT_GOOD, Flaw.CUT_OFF)
    marked(bi, Item.PORTRAIT, ItemStatus.NOT_GOOD, Flaw.ANOTHER_PERSONS)
    marked(chi, Item.PORTRAIT)
    with transaction.reading():
        here = scope()
        listed = people.people_page(here, campaigns.campaign(here), PeopleFilter(paper_not_good=True)).rows
        assert {row.id for row in listed} == {an, bi}
        assert progress.beside_the_way(here, campaigns.campaign(here))[Work.BAD_PAPER] == 2


# Whose papers


def test_another_institutions_person_is_not_there(place: str):
    stranger = person(school=OTHER_SCHOOL, unit=None)
    for _ in range(stranger):
        last = person()
    assert last >= stranger
    marked(stranger, Item.PORTRAIT)
    with transaction.writing():
        here = scope(school=OTHER_SCHOOL)
        assert noting.mark(here, 10_000, Item.PORTRAIT, ItemStatus.SEEN) == EvidenceRefusal.UNKNOWN_PERSON
        view = campaigns.campaign(here)
        seen = people.person(here, view, stranger)
        assert seen is not None
        assert [row.status.value for row in evidence.papers_of(here, view, seen)] == ["missing"] * 4
        image = noting.keep_image(here, stranger, Item.PORTRAIT, b"theirs", 600, 800)
    with transaction.writing():
        assert isinstance(image, int)
        assert noting.look(scope(), image) == EvidenceRefusal.UNKNOWN_IMAGE
        assert evidence.sealed(scope(), image) is None
        assert evidence.next_waiting(scope()) is None
        assert evidence.waiting(scope()) == 0


def test_who_leads_a_class_knows_its_people_and_their_guardians_alone(place: str):
    an, other = person(**CHILD), person("Lê Bình", unit="6A2")
    with transaction.writing():
        mother = add_guardian(scope(), an, GuardianRead("mother", "Phạm Thị Hoa", "0912000111", None))
    assert isinstance(mother, int)
    leads = builders.make_unit(SCHOOL, "6A1")
    of_mother, of_other = kept(mother), kept(other)
    with transaction.writing():
        lead = replace(scope(), within=replace(scope().within, unit_ids=frozenset({leads})))
        assert noting.mark(lead, an, Item.PORTRAIT, ItemStatus.SEEN) is None
        assert noting.mark(lead, mother, Item.ID_FRONT, ItemStatus.SEEN) is None
        assert noting.mark(lead, other, Item.PORTRAIT, ItemStatus.SEEN) == EvidenceRefusal.UNKNOWN_PERSON
        assert noting.mark_all_seen(lead, other) == EvidenceRefusal.UNKNOWN_PERSON
        assert noting.unmark(lead, other, Item.PORTRAIT) == EvidenceRefusal.UNKNOWN_PERSON
        assert noting.judge(lead, of_other, ItemStatus.SEEN) == EvidenceRefusal.UNKNOWN_IMAGE
        assert noting.remove_image(lead, of_other) == EvidenceRefusal.UNKNOWN_IMAGE
        assert noting.purge_person(lead, other) == EvidenceRefusal.UNKNOWN_PERSON
        assert (evidence.waiting(lead), evidence.next_waiting(lead)) == (1, of_mother)
        assert evidence.waiting(scope()) == 2


# Images


def test_a_campaign_keeps_images_only_where_it_says_so(stage: Flask):
    an = person(campaign=CAMPAIGN)
    with transaction.writing():
        answer = noting.keep_image(scope(CAMPAIGN), an, Item.PORTRAIT, b"sealed", 600, 800)
    assert answer == EvidenceRefusal.NO_IMAGES
    assert (count(Image), count(Evidence)) == (0, 0)


def test_an_image_waits_to_be_looked_at_and_the_newest_takes_the_place_of_the_one_before(place: str):
    an = person()
    marked(an, Item.PORTRAIT, ItemStatus.NOT_GOOD, Flaw.BLURRED)
    first = kept(an, sealed=b"first")
    second = kept(an, sealed=b"second", by="Alice")
    row = papers(an)[Item.PORTRAIT]
    assert (row.status, row.flaw) == (ItemStatus.WAITING, None)
    assert row.image is not None
    assert (row.image.id, row.image.hint, row.image.uploaded_by) == (second, Flaw.BLURRED, "Alice")
    with transaction.reading():
        assert (evidence.sealed(scope(), first), evidence.sealed(scope(), second)) == (None, b"second")
    assert count(Image) == 1


@pytest.mark.parametrize("item", [Item.SIGNED_FORM, Item.BIRTH_CERTIFICATE])
def test_an_image_is_kept_only_of_a_paper_that_is_asked_for(place: str, item: Item):
    an = person()
    with transaction.writing():
        assert isinstance(noting.keep_image(scope(), an, item, b"sealed", 600, 800), EvidenceRefusal)
    assert count(Image) == 0


def test_two_who_send_an_image_at_once_leave_one(place: str, scene: Flask):
    an = person()
    start = threading.Barrier(2)

    def send(sealed: bytes) -> None:
        with scene.app_context(), clock.set_to(builders.at(DAY)):
            start.wait()
            kept(an, sealed=sealed)

    threads = [threading.Thread(target=send, args=(sealed,)) for sealed in (b"one", b"two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (count(Image), count(Evidence)) == (1, 1)


def test_images_are_looked_at_in_the_order_in_which_they_came(place: str):
    an, bi = person(), person("Lê Bi", **CHILD)
    came = [kept(bi), kept(an), kept(an, Item.ID_FRONT)]
    with transaction.reading():
        assert evidence.waiting(scope()) == 3
        assert [evidence.next_waiting(scope(), after) for after in (0, *came)] == [*came, None]


def test_an_image_of_a_paper_that_is_no_longer_asked_for_waits_for_nobody(place: str):
    bi = person("Lê Bi", birth_date=date(2011, 12, 24))
    image = kept(bi, Item.BIRTH_CERTIFICATE)
    with clock.set_to(builders.at(date(2026, 12, 24))), transaction.writing():
        assert (evidence.waiting(scope()), evidence.next_waiting(scope())) == (0, None)
        assert noting.judge(scope(), image, ItemStatus.SEEN) == EvidenceRefusal.NOT_ON_LIST


def test_each_look_is_noted_and_stays_when_the_image_is_gone(place: str):
    an = person()
    image = kept(an)
    for who in ("Alice", "Bob"):
        with transaction.writing():
            assert noting.look(scope(by=who), image) is None
    with transaction.writing():
        noting.purge_person(scope(), an)
    with transaction.reading():
        rows = evidence.views(scope()).rows
        assert [(row.by, row.full_name, row.unit, row.item, row.at) for row in rows] == [
            (who, "Trần Bảo An", "6A1", Item.PORTRAIT, builders.at(DAY)) for who in ("Bob", "Alice")
        ]
        assert evidence.views(scope(), person_id=an + 1).rows == ()


def test_looks_are_listed_page_by_page(place: str):
    image = kept(person())
    for _ in range(5):
        with transaction.writing():
            noting.look(scope(), image)
    seen, after = [], None
    with transaction.reading():
        while True:
            page = evidence.views(scope(), after=after, size=2)
            seen += [row.id for row in page.rows]
            after = page.after
            if after is None:
                break
    assert len(seen) == 5
    assert seen == sorted(seen, reverse=True)


def test_a_judgement_is_of_the_image_that_was_looked_at_and_made_once(place: str):
    an = person()
    old = kept(an)
    new = kept(an)
    with transaction.writing():
        assert noting.judge(scope(by="Alice"), old, ItemStatus.SEEN) == EvidenceRefusal.UNKNOWN_IMAGE
        assert noting.judge(scope(by="Alice"), new, ItemStatus.NOT_GOOD, Flaw.CUT_OFF) is None
    with transaction.writing():
        assert noting.judge(scope(by="Bob"), new, ItemStatus.SEEN) == EvidenceRefusal.JUDGED_ALREADY
        found = evidence.image(scope(), new)
    assert found is not None
    assert (found.status, found.flaw, found.by) == (ItemStatus.NOT_GOOD, Flaw.CUT_OFF, "Alice")
    with transaction.reading():
        assert evidence.waiting(scope()) == 0


def test_of_two_who_judge_at_once_one_is_told(place: str, scene: Flask):
    image = kept(person())
    answers: list[EvidenceRefusal | None] = []
    start = threading.Barrier(2)

    def judge(flaw: Flaw) -> None:
        with scene.app_context(), clock.set_to(builders.at(DAY)):
            start.wait()
            with transaction.writing():
                answers.append(noting.judge(scope(), image, ItemStatus.NOT_GOOD, flaw))

    threads = [threading.Thread(target=judge, args=(flaw,)) for flaw in (Flaw.BLURRED, Flaw.CUT_OFF)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, answers)) == ["None", "judged-already"]


def test_taking_back_a_judgement_lets_the_image_wait_again(place: str):
    an = person()
    image = kept(an)
    with transaction.writing():
        noting.judge(scope(), image, ItemStatus.SEEN)
        assert noting.unmark(scope(), an, Item.PORTRAIT) is None
        assert evidence.next_waiting(scope()) == image


def test_a_wrong_image_can_be_deleted_and_a_judgement_stays(place: str):
    an = person()
    wrong, judged = kept(an), kept(an, Item.ID_FRONT)
    with transaction.writing():
        noting.judge(scope(), judged, ItemStatus.SEEN)
        assert noting.remove_image(scope(), wrong) is None
        assert noting.remove_image(scope(), judged) is None
        assert noting.remove_image(scope(), judged) == EvidenceRefusal.UNKNOWN_IMAGE
    assert statuses(an) == ["missing", "seen", "missing", "missing"]
    assert count(Image) == 0


# Letting go


def cleaned(day: date) -> str:
    with clock.set_to(builders.at(day)):
        return ticks.clean()


def test_images_go_so_many_days_after_the_account_and_what_was_seen_remains(place: str):
    an, bi = person(), person("Lê Bi", **CHILD)
    for number in (an, bi):
        kept(number)
    marked(an, Item.PORTRAIT)
    builders.record(SCHOOL, KEEPING, an, Event.GRANTED, DAY)
    assert ", 0 images and" in cleaned(DAY + timedelta(days=29))
    assert count(Image) == 2
    assert ", 1 images and" in cleaned(DAY + timedelta(days=30))
    assert papers(an)[Item.PORTRAIT].status is ItemStatus.SEEN
    assert papers(an)[Item.PORTRAIT].image is None
    assert papers(bi)[Item.PORTRAIT].image is not None


def test_who_was_never_granted_but_signed_in_is_counted_from_that_day(place: str):
    an = person()
    kept(an)
    builders.record(SCHOOL, KEEPING, an, Event.SIGNED_IN, DAY)
    assert ", 1 images and" in cleaned(DAY + timedelta(days=30))


def test_the_images_of_who_is_put_outside_the_target_go_at_once(place: str):
    an = person()
    kept(an)
    builders.record(SCHOOL, KEEPING, an, Event.EXCLUDED, DAY, "chuyển trường")
    assert ", 1 images and" in cleaned(DAY)
    assert statuses(an)[0] == "waiting"
    with transaction.reading():
        assert evidence.waiting(scope()) == 0, "nobody can look at what is gone"


def test_who_declares_again_keeps_the_images_of_this_time(place: str):
    an, stopped, again = person(), DAY + timedelta(days=40), DAY + timedelta(days=42)
    builders.record(SCHOOL, KEEPING, an, Event.GRANTED, DAY)
    with clock.set_to(builders.at(stopped)):
        builders.record(SCHOOL, KEEPING, an, Event.STOPPED, stopped)
        kept(an)
    assert ", 0 images and" in cleaned(stopped)
    with clock.set_to(builders.at(again)):
        builders.record(SCHOOL, KEEPING, an, Event.DECLARED, again)
    assert ", 0 images and" in cleaned(again + timedelta(days=20))


def test_who_never_gets_an_account_loses_the_images_so_many_days_after_the_campaign(place: str):
    an, bi, deadline = person(), person("Lê Bi", **CHILD), date(2026, 12, 30)
    kept(an)
    with clock.set_to(builders.at(deadline + timedelta(days=20))):
        kept(bi)  # somebody goes on when the campaign is over
    assert ", 0 images and" in cleaned(deadline + timedelta(days=29))
    assert ", 1 images and" in cleaned(deadline + timedelta(days=30))
    assert papers(an)[Item.PORTRAIT].image is None
    assert papers(bi)[Item.PORTRAIT].image is not None
    assert ", 1 images and" in cleaned(deadline + timedelta(days=50))


# The command line


@pytest.fixture
def run(place: str, scene: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setitem(scene.config, "EVIDENCE_KEYS", None)
    monkeypatch.setitem(scene.config, "EVIDENCE_KEY_FILE", tmp_path / "keys")
    runner = scene.test_cli_runner()

    def run(*words: str) -> tuple[int, str]:
        result = runner.invoke(args=["evidence", *words])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return run


def test_with_a_new_key_everything_is_sealed_anew_and_the_old_one_can_go(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "keys"
    old = Sealer(keys(None, file))
    an = person()
    images = [kept(an, item, old.seal(item.encode())) for item in (Item.PORTRAIT, Item.ID_FRONT, Item.ID_BACK)]
    assert run("new-key")[0] == 0
    newest = keys(None, file)[0]
    monkeypatch.setattr(evidence.sealed_block, "__defaults__", (2,))
    assert (run("reseal", "--json")[1]) == '{"resealed":3}\n'
    with transaction.reading():
        sealed = [evidence.sealed(scope(), image) for image in images]
    assert [Sealer([newest]).open(one or b"") for one in sealed] == [b"portrait", b"id-front", b"id-back"]
    with pytest.raises(Unsealable):
        old.open(sealed[0] or b"")


def test_the_tokens_of_channels_are_sealed_anew_too(run: Any, tmp_path: Path):
    file = tmp_path / "keys"
    run("new-key")
    old, until = Sealer(keys(None, file)), datetime(2026, 12, 7, 5, tzinfo=UTC)
    with transaction.writing():
        tokens.keep(Channel.ZALO, old.seal(b"refresh 1"), until)
    run("new-key")
    assert run("reseal", "--json") == (0, '{"resealed":0}\n')
    with transaction.reading():
        kept = tokens.kept(Channel.ZALO) or b""
    assert Sealer([keys(None, file)[0]]).open(kept) == b"refresh 1"
    with transaction.writing():
        tokens.keep(Channel.ZALO, b"sealed with a lost key", until)
    assert json.loads(run("reseal", "--json")[1])["refused"] == "not-opened"


def test_an_image_that_no_key_opens_is_told_and_left_as_it_is(run: Any, tmp_path: Path):
    an = person()
    kept(an, Item.PORTRAIT, b"sealed with a lost key")
    kept(an, Item.ID_FRONT, Sealer(keys(None, tmp_path / "keys")).seal(b"front"))
    status, output = run("reseal", "--json")
    assert (status, json.loads(output)["refused"]) == (1, "not-opened")
    assert count(Image) == 2


def test_keys_that_come_from_the_environment_are_not_added_to(run: Any, scene: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(scene.config, "EVIDENCE_KEYS", keys(None, tmp_path / "other")[0])
    status, output = run("new-key")
    assert (status, output.strip().endswith(".")) == (1, True)
    assert not (tmp_path / "keys").exists()


def test_bad_keys_are_said_in_a_sentence(run: Any, scene: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(scene.config, "EVIDENCE_KEYS", "not a key")
    status, output = run("reseal")
    assert (status, output.strip().endswith(".")) == (1, True)


def test_the_images_of_one_person_go_on_request(run: Any):
    an, bi = person(bhxh_code="0100000001"), person("Lê Bi", bhxh_code="0100000002")
    for number in (an, bi):
        kept(number)
        kept(number, Item.ID_FRONT)
    words = ("purge", "--institution", SCHOOL, "--campaign", KEEPING, "--json", "--person")
    assert run(*words, "0100000001") == (0, '{"purged":2}\n')
    assert run(*words, "0100000001") == (0, '{"purged":0}\n')
    assert json.loads(run(*words, "0999999999")[1])["refused"] == "unknown-person"
    assert [row.image is None for row in papers(an).values()] == [True] * 4
    assert statuses(an) == ["waiting", "waiting", "missing", "missing"]
    assert count(Image) == 2
    assert count(ImageView) == 0
