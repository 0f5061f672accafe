"""The scheduler's ticks by hand: what they answer is stable, all time follows --now, and health says when they stay away."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app import transaction
from app.adapters.recording import RecordingCarrier
from app.domain.ladder import Channel
from app.domain.nudge import Status
from app.extensions import db
from app.jobs import ticks
from app.jobs.timetable import TIMETABLE
from app.models import Ladder
from app.queries import nudge_health
from app.queries.nudge_health import SilentDay
from app.services import heartbeats, troubles
from tests import builders
from tests.cast import CAMPAIGN, OTHER_SCHOOL, SCHOOL
from tests.client import CheckedClient
from tests.nudging import D_7, NINE, after, at, keep_one_rung, make_people, nudge_of, plan, send, set_nudge

NOW = ("--now", "2026-12-23T09:00", "--json")
NOTHING = {"planned": 0, "sent": 0, "failed": 0, "skipped": 0, "unknown": 0}


@pytest.fixture
def school(scene: Flask) -> Flask:
    with scene.app_context():
        keep_one_rung()
    return scene


def tick(app: Flask, *words: str) -> dict[str, Any]:
    result = app.test_cli_runner().invoke(args=["tick", *words])
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.output)
    return answer


def test_every_tick_tells_the_same_five_counts(school: Flask) -> None:
    with school.app_context():
        make_people(3)
    assert tick(school, "plan", *NOW) == NOTHING | {"planned": 3}
    assert tick(school, "plan", *NOW) == NOTHING
    assert tick(school, "send", *NOW) == NOTHING | {"sent": 3}
    assert tick(school, "send", *NOW) == NOTHING
    assert tick(school, "sweep", *NOW) == NOTHING
    cleaned = tick(school, "clean", *NOW)
    assert {name: cleaned[name] for name in NOTHING} == NOTHING
    assert cleaned["did"].startswith("0 files")


def test_without_json_the_console_shows_what_would_go(school: Flask) -> None:
    with school.app_context():
        make_people(1)
    tick(school, "plan", *NOW)
    shown = school.test_cli_runner().invoke(args=["tick", "send", "--now", "2026-12-23T09:00"]).output
    assert "[email] a…@" in shown
    assert ": Đăng ký VssID" in shown
    assert shown.endswith("planned 0, sent 1, failed 0, skipped 0, unknown 0\n")


def test_all_time_follows_now(school: Flask) -> None:
    with school.app_context():
        make_people(1)
    assert tick(school, "plan", "--json", "--now", "2026-12-22T09:00") == NOTHING
    assert tick(school, "plan", "--json", "--now", "2026-12-23T06:00")["planned"] == 1
    assert tick(school, "send", "--json", "--now", "2026-12-23T06:59")["sent"] == 0
    assert tick(school, "send", "--json", "--now", "2026-12-23T07:00")["sent"] == 1


def test_a_sweep_tells_what_it_found(school: Flask) -> None:
    with school.app_context():
        an, bi = make_people(2)
    tick(school, "plan", *NOW)
    with school.app_context():
        set_nudge(an, status=Status.CLAIMED, claim="x", claimed_at=NINE, channel="email")
        set_nudge(bi, status=Status.CLAIMED, claim="x", claimed_at=NINE, channel=None)
    assert tick(school, "sweep", "--json", "--now", "2026-12-23T09:16") == NOTHING | {"unknown": 1, "planned": 1}
    with school.app_context():
        assert (nudge_of(an).status, nudge_of(bi).status) == (Status.UNKNOWN, Status.PLANNED)


def test_a_campaign_that_cannot_be_planned_keeps_no_other_back(school: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with school.app_context():
        builders.make_campaign("dot-0", "990")
        make_people(1)
        real = ticks.planning.plan

        def stumbles(view: Any, ways: Any) -> Any:
            assert view.code != "dot-0"
            return real(view, ways)

        monkeypatch.setattr(ticks.planning, "plan", stumbles)
        with at(NINE):
            with pytest.raises(RuntimeError, match="dot-0"):
                ticks.plan()
            assert send(RecordingCarrier(Channel.EMAIL)) == {Status.SENT: 1}


def test_a_channel_is_mended_by_command(school: Flask) -> None:
    run = school.test_cli_runner().invoke
    with school.app_context(), transaction.writing():
        troubles.begin(Channel.SMS, "balance", after(hours=1))
    assert run(args=["channels", "mended", "sms"]).output == "sms is used again\n"
    assert run(args=["channels", "mended", "sms"]).output == "sms was in no trouble\n"
    assert run(args=["channels", "mended", "paste"]).exit_code == 2


def test_a_day_beyond_all_campaigns_is_refused_in_a_sentence(school: Flask) -> None:
    for day in ("9999-12-31", "0001-01-01"):
        words = ["nudges", "preview", "--campaign", CAMPAIGN, "--on", day, "--json"]
        result = school.test_cli_runner().invoke(args=words)
        assert (result.exit_code, json.loads(result.output)["refused"]) == (1, "odd-day")


def test_the_timetable_plans_sends_sweeps_and_cleans() -> None:
    assert {name: seconds for name, _, seconds in TIMETABLE} == {"plan": 300, "send": 60, "sweep": 300, "rosters": 15, "clean": 3600}


# Health


def health(app: Flask, make_client: Any) -> dict[str, Any]:
    client: CheckedClient = make_client()
    answer: dict[str, Any] = client.get("/health").json or {}
    return answer


def test_health_is_red_while_nobody_plans_or_sends(school: Flask, make_client: Any) -> None:
    with at(NINE):
        assert (health(school, make_client)["ticks"], health(school, make_client)["state"]) == ("late", "red")
        with school.app_context():
            ticks.plan()
            ticks.send()
        assert (health(school, make_client)["ticks"], health(school, make_client)["state"]) == ("ok", "ok")
    with at(after(minutes=16)):
        assert health(school, make_client)["ticks"] == "late"


def test_a_scheduler_that_has_just_begun_is_not_late_and_one_that_gets_nowhere_is(school: Flask, make_client: Any) -> None:
    def begin() -> tuple[str, str]:
        with school.app_context(), transaction.writing():
            heartbeats.begin()
        said = health(school, make_client)
        return said["ticks"], said["state"]

    with at(NINE):
        assert begin() == ("starting", "ok")
    with at(after(minutes=4)):
        assert begin() == ("late", "red"), "it began before, and has done nothing since"
        with school.app_context():
            ticks.plan()
            ticks.send()
    with at(after(hours=2)):
        assert health(school, make_client)["state"] == "red", "it has ended"
        assert begin() == ("starting", "ok")


def test_where_no_campaign_reminds_no_tick_is_late(school: Flask, make_client: Any) -> None:
    with school.app_context(), transaction.writing():
        db.session.execute(update(Ladder).values(paused_at=NINE))
    with at(NINE):
        assert health(school, make_client)["state"] == "ok"


def test_health_tells_a_channels_trouble_and_open_questions(school: Flask, make_client: Any) -> None:
    with school.app_context(), at(NINE):
        (an,) = make_people(1)
        ticks.plan()
        ticks.send()
        set_nudge(an, status=Status.UNKNOWN)
        with transaction.writing():
            troubles.begin(Channel.EMAIL, "login: 535", after(hours=1))
    with at(NINE):
        told = health(school, make_client)
    assert (told["state"], told["channels"], told["unknown"], told["nudges"]) == ("red", {"email": "login: 535"}, 1, "ok")


def silent(school: str | None = None) -> tuple[SilentDay, ...]:
    """As seen at noon, everywhere or at one school."""
    with transaction.reading(), at(after(hours=3)):
        scope = builders.scope_of(school, CAMPAIGN) if school else None
        return nudge_health.silent_days(scope, after(hours=3))


def test_a_day_with_a_plan_and_nothing_sent_is_silent(stage: Flask) -> None:
    keep_one_rung()
    make_people(2)
    with at(NINE):
        plan()
        with transaction.reading():
            assert nudge_health.silent_days(None, after(hours=1, minutes=59)) == (), "there is still time"
        assert silent() == silent(SCHOOL) == (SilentDay(D_7, 2),)
        assert silent(OTHER_SCHOOL) == ()
        send(RecordingCarrier(Channel.EMAIL))
        assert silent() == ()


def test_a_day_on_which_all_fails_is_silent_although_each_waits_for_its_next_try(stage: Flask) -> None:
    keep_one_rung()
    (an,) = make_people(1)
    with at(NINE):
        plan()
        set_nudge(an, error="451", not_before=after(hours=4))
        assert silent() == (SilentDay(D_7, 1),)


def test_one_that_fails_while_others_arrive_is_no_silence(stage: Flask) -> None:
    keep_one_rung()
    an, _ = make_people(2)
    with at(NINE):
        plan()
        set_nudge(an, error="451", not_before=after(hours=4))
        send(RecordingCarrier(Channel.EMAIL))
        assert silent() == ()


def test_what_stopped_in_mid_day_is_silence_too(stage: Flask) -> None:
    keep_one_rung()
    an, _ = make_people(2)
    with at(NINE):
        plan()
        set_nudge(an, not_before=after(minutes=30))
        send(RecordingCarrier(Channel.EMAIL))
        assert silent() == (SilentDay(D_7, 1),)


def test_what_waits_for_another_day_or_for_a_paused_campaign_is_no_silence(stage: Flask) -> None:
    keep_one_rung()
    (an,) = make_people(1)
    with at(NINE):
        plan()
        set_nudge(an, not_before=NINE + timedelta(days=1))
        assert silent() == ()
        set_nudge(an, not_before=NINE)
        with transaction.writing():
            db.session.execute(update(Ladder).values(paused_at=NINE))
        assert silent() == ()
