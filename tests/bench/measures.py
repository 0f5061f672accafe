"""One measurement per process, so that none warms the next: `python -m tests.bench.measures NAME ARGUMENTS` prints JSON."""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROUNDS = 100


def bare_openpyxl(path: str) -> dict[str, float]:
    import openpyxl

    return _timed(
        lambda: [sum(1 for _ in sheet.iter_rows(values_only=True)) for sheet in openpyxl.load_workbook(path, read_only=True).worksheets]
    )


def bare_calamine(path: str) -> dict[str, float]:
    from python_calamine import CalamineWorkbook

    return _timed(lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())


def read_only(path: str) -> dict[str, float]:
    """Reading and judging without a database."""
    import imports

    data = Path(path).read_bytes()
    return _timed(lambda: imports.read(data, "bench.xlsx"))


def applied(path: str, engine: str) -> dict[str, float]:
    """From file to applied: read, judged, planned, kept for review, let in, committed."""
    from app import transaction
    from app.queries import operators
    from app.services import rosters
    from tests.bench.database import fresh

    with fresh(engine) as app, app.app_context():
        with transaction.writing():
            one_institution()
        with transaction.reading():
            scope = operators.in_campaign("bench", "bench")

        def whole_way() -> None:
            data = Path(path).read_bytes()
            with transaction.writing():
                roster_id = rosters.receive(scope, "bench.xlsx", data)
                answer = rosters.apply(scope, roster_id)
            assert isinstance(answer, rosters.Applied), answer

        return _timed(whole_way)


def changed(engine: str, first: str, second: str) -> dict[str, float]:
    """Processor time of a roster that changes everybody of the one before: planned, let in, looked at before undoing, undone."""
    from app import transaction
    from app.queries import operators
    from app.services import rosters, undoing
    from tests.bench.database import fresh

    with fresh(engine) as app, app.app_context():
        with transaction.writing():
            one_institution()
            scope = operators.in_campaign("bench", "bench")
            rosters.apply(scope, rosters.receive(scope, "first.xlsx", Path(first).read_bytes()))
        taken = {}
        for name, work in (
            ("planned", lambda: rosters.receive(scope, "second.xlsx", Path(second).read_bytes())),
            ("let in", lambda: rosters.apply(scope, 2)),
            ("looked at", lambda: undoing.foreseen(scope, 2)),
            ("undone", lambda: undoing.undo(scope, 2)),
        ):
            with transaction.reading() if name == "looked at" else transaction.writing():
                start = time.process_time()
                answer = work()
                taken[name] = time.process_time() - start
            assert not isinstance(answer, rosters.RosterRefusal), (name, answer)
        return taken


def peer(path: str) -> dict[str, float]:
    """The same file by django-import-export in its bulk mode."""
    import tempfile

    from tests.bench.peer import Peer

    with tempfile.TemporaryDirectory() as folder:
        other = Peer(Path(folder) / "peer.sqlite3")
        taken = _timed(lambda: other.take_in(Path(path).read_bytes()))
        assert other.person.objects.count() > 0
        return taken


def told() -> dict[str, list[str]]:
    """What our check and, where it is laid, the other one say of a file in which every usual mistake is made ten times. The other one's
    models are cleaned here, too, which its bulk mode leaves out."""
    import tempfile
    from collections import Counter

    import imports
    from tests.bench import peer
    from tests.bench.workbook import FLAWS, write_flawed

    with tempfile.TemporaryDirectory() as folder:
        flawed = write_flawed(Path(folder) / "flawed.xlsx", 1000, 10)
        content = (Path(folder) / "flawed.xlsx").read_bytes()
        problems = imports.read(content, "flawed.xlsx").problems
        ours = ", ".join(f"{count} × {code}" for code, count in Counter(problem.code for problem in problems).items())
        named = {problem.row for problem in problems}
        lines = [
            f"    1,000 rows, {len(flawed)} of them spoilt ({', '.join(FLAWS)}):",
            f"    ours names {len(named & flawed)} of them and {len(named - flawed)} sound rows: {ours}",
        ]
        if not peer.is_laid():
            return {"told": lines}
        other = peer.Peer(Path(folder) / "peer.sqlite3")
        rows, said = peer.findings(other.take_in(content, cleaned=True))
        kept = other.person.objects.count()
    theirs = ", ".join(f"{count} × {sentence}" for sentence, count in said.items())
    named_there = f"{len(rows & flawed)} and {len(rows - flawed)} sound rows"
    return {"told": [*lines, f"    django-import-export names {named_there}, takes in {kept}: {theirs}"]}


def reviews(engine: str, few: str, many: str) -> dict[str, float]:
    """p95 in milliseconds until the first byte of a review's tabs, of a small roster and of a large one, asked in turn."""
    from app import transaction
    from app.queries import operators
    from app.services import rosters
    from tests.bench.database import fill, fresh

    with fresh(engine) as app:
        paths = {}
        with app.app_context():
            fill(1, 1)
            for name, path in (("few", few), ("many", many)):
                with transaction.writing():
                    scope = operators.in_campaign("thcs-minh-hoa", "vssid-2026")
                    paths[name] = (
                        f"/institutions/thcs-minh-hoa/campaigns/vssid-2026/rosters/{rosters.receive(scope, path, Path(path).read_bytes())}"
                    )
        client = _signed_in(app)
        taken: dict[str, list[float]] = {}
        for visit in range(-3, ROUNDS):
            for tab in ("new", "problems"):
                for name, address in paths.items():
                    took = _one_get(client, f"{address}?show={tab}")
                    if visit >= 0:  # the first visits warm templates and plans
                        taken.setdefault(f"{tab} {name}", []).append(took)
        return {name: _p95(values) for name, values in taken.items()}


def one_institution() -> None:
    """A place to import into."""
    from datetime import date

    from app.queries import operators
    from app.services import campaigns, places

    places.add_root_agency("bench", "BHXH")
    campaigns.create(operators.everything(), "bench", "bench", campaigns.CampaignDraft(date(2030, 1, 1), True), takes_all=True)
    places.add_institution(operators.everything(), "bench", "bench", "Công ty", "employer")


def pages(engine: str, few: str, many: str, people: str) -> dict[str, float]:
    """p95 in milliseconds of an institution's home, people list and search, with few institutions and with many, asked in turn."""
    from tests.bench.database import fill, fresh

    with ExitStack() as open_ones:
        visits = {}
        for name, institutions in (("few", int(few)), ("many", int(many))):
            app = open_ones.enter_context(fresh(engine))
            with app.app_context():
                fill(institutions, int(people))
            visits[name] = _signed_in(app), ["thcs-minh-hoa", *(f"copy-{n:05d}" for n in range(2, institutions + 1))]
        found = {}
        for page, path in (("home", ""), ("list", "/people"), ("search", "/people?q=tran+an")):
            taken: dict[str, list[float]] = {"few": [], "many": []}
            for visit in range(-3, ROUNDS):
                for name, (client, codes) in visits.items():
                    code = codes[visit * len(codes) // ROUNDS]
                    took = _one_get(client, f"/institutions/{code}/campaigns/vssid-2026{path}")
                    if visit >= 0:  # the first visits warm templates and plans
                        taken[name].append(took)
            found |= {f"{page} {name}": _p95(values) for name, values in taken.items()}
        return found


def _signed_in(app: Any) -> Any:
    client = app.test_client()
    client.post("/sign-in", data={"email": "admin@demo.example", "password": "tien-do-2026"})
    return client


def _one_get(client: Any, url: str) -> float:
    start = time.perf_counter()
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return (time.perf_counter() - start) * 1000


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def bulk(engine: str, path: str) -> dict[str, float]:
    """Recording one event for all of a roster's people at once, and the bare SQL that writes as many rows."""
    from datetime import date

    from app import transaction
    from app.domain.registration import Event
    from app.extensions import db
    from app.queries import campaigns, operators, people
    from app.queries.filters import EVERYBODY
    from app.services import registrations, rosters
    from tests.bench.database import fresh

    with fresh(engine) as app, app.app_context():
        with transaction.writing():
            one_institution()
            scope = operators.in_campaign("bench", "bench")
            rosters.apply(scope, rosters.receive(scope, "bench.xlsx", Path(path).read_bytes()))
        with transaction.reading():
            ids = people.ids(scope, campaigns.campaign(scope), EVERYBODY)

        def recorded() -> None:
            with transaction.writing():
                answer = registrations.record_many(scope, ids, Event.APP_INSTALLED, date(2026, 11, 2))
            assert answer.recorded == len(ids), answer

        def bare() -> None:
            with transaction.writing():
                raw: Any = db.session.connection().connection.driver_connection
                mark = "?" if engine == "sqlite" else "%s"
                cursor = raw.cursor()
                cursor.executemany(
                    f"UPDATE registrations SET state = 'declared', declared_on = {mark}, revision = 2 "
                    f"WHERE institution_id = {mark} AND campaign_id = {mark} AND person_id = {mark}",
                    [("2026-11-02", scope.institution_id, scope.campaign_id, number) for number in ids],
                )
                cursor.executemany(
                    "INSERT INTO events (institution_id, campaign_id, person_id, number, event, on_date, source, recorded_at) "
                    f"VALUES ({', '.join([mark] * 8)})",
                    [
                        (scope.institution_id, scope.campaign_id, number, 2, "declared", "2026-11-02", "bench", "2026-11-02 08:00:00")
                        for number in ids
                    ],
                )

        return _timed(recorded) | {"bare": _timed(bare)["seconds"]}


def cards(engine: str, few: str, many: str, each: str) -> dict[str, float]:
    """p95 in milliseconds of finding somebody at a desk by the QR of their card, among few people and among many, asked in turn."""
    from app import transaction
    from app.queries import campaigns, desks, operators, people
    from app.queries.filters import EVERYBODY
    from tests.bench.database import fill, fresh

    with ExitStack() as open_ones:
        visits = {}
        for name, institutions in (("few", int(few)), ("many", int(many))):
            app = open_ones.enter_context(fresh(engine))
            with app.app_context():
                fill(institutions, int(each))
                with transaction.reading():
                    scope = operators.in_campaign("thcs-minh-hoa", "vssid-2026")
                    view = campaigns.campaign(scope)
                    seen = [people.person(scope, view, row.id) for row in people.people_page(scope, view, EVERYBODY).rows]
                    lines = [f"{p.personal_id}||{p.full_name}|{p.birth_date:%d%m%Y}|Nam|Minh Hà|01012022" for p in seen if p]
            visits[name] = app, scope, lines
        taken: dict[str, list[float]] = {"few": [], "many": []}
        for visit in range(-3, ROUNDS):
            for name, (app, scope, lines) in visits.items():
                with app.app_context(), transaction.reading():
                    view = campaigns.campaign(scope)
                    start = time.perf_counter()
                    found = desks.find(scope, view, lines[visit % len(lines)])
                    took = (time.perf_counter() - start) * 1000
                assert found.exact, found
                if visit >= 0:
                    taken[name].append(took)
        return {name: _p95(values) for name, values in taken.items()}


def exported(engine: str, people: str) -> dict[str, float]:
    """The institution's workbook from the database to bytes."""
    from app import books, transaction
    from app.exports import institution
    from app.queries import campaigns, operators
    from tests.bench.database import fill, fresh

    with fresh(engine) as app, app.app_context():
        fill(1, int(people))
        with transaction.reading():
            scope = operators.in_campaign("thcs-minh-hoa", "vssid-2026")
            view = campaigns.campaign(scope)
            return _timed(lambda: institution.workbook(books.institution_book(scope, view)))


def bare_xlsxwriter(rows: str, columns: str) -> dict[str, float]:
    """A bare constant-memory write of as many text cells."""
    import io

    import xlsxwriter

    def write() -> None:
        book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
        sheet = book.add_worksheet()
        values = [f"giá trị {n}" for n in range(int(columns))]
        for n in range(int(rows)):
            sheet.write_row(n, 0, values)
        book.close()

    return _timed(write)


def sending(engine: str, count: str) -> dict[str, float]:
    """Sending reminders through a server on loopback, and a bare smtplib loop that sends as many of the same words, in turn; of each the
    best of three rounds."""
    import tempfile

    from app import create_app, transaction
    from app.extensions import db
    from app.jobs import ticks
    from app.models import MessageDay, Nudge
    from tests.bench import nudge_scene
    from tests.bench.database import fresh
    from tests.bench.mail_server import mail_server

    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        port = stack.enter_context(mail_server(Path(folder) / "accepted"))
        migrated = stack.enter_context(fresh(engine))
        stack.enter_context(create_app(nudge_scene.settings(migrated.config["DATABASE_URL"], port)).app_context())
        nudge_scene.set_up(1, int(count))
        assert ticks.plan().planned == int(count)
        best = {"seconds": float("inf"), "bare": float("inf")}
        for _ in range(3):
            start = time.perf_counter()
            assert ticks.send().sent == int(count)
            best["seconds"] = min(best["seconds"], time.perf_counter() - start)
            with transaction.writing():
                letters = [tuple(row) for row in db.session.query(Nudge.address, Nudge.subject, Nudge.text)]
                db.session.query(MessageDay).delete()
                db.session.query(Nudge).update({"status": "planned", "channel": None, "claim": None})
            start = time.perf_counter()
            _bare_smtp(port, letters)
            best["bare"] = min(best["bare"], time.perf_counter() - start)
        return best


BARE_DUE = """
SELECT r.institution_id, r.person_id, r.state, r.self_from, r.opened_on, r.declared_on, r.rejected_on, r.granted_on, r.password_changed_on,
       p.unit_id, p.full_name, p.phone, p.email, g.guardian_id, gp.full_name, gp.phone, gp.email
FROM registrations r
JOIN people p ON p.institution_id = r.institution_id AND p.id = r.person_id
LEFT JOIN guardianships g ON g.institution_id = r.institution_id AND g.child_id = r.person_id
LEFT JOIN people gp ON gp.institution_id = g.institution_id AND gp.id = g.guardian_id
WHERE r.campaign_id = {campaign} AND r.part = 'member' AND r.state NOT IN ('granted', 'in-use', 'excluded')
"""


def planning(engine: str, institutions: str, people: str, left: str) -> dict[str, float]:
    """Planning a week before the deadline with one in `left` people not done, and the bare SQL that selects them and whom to tell, in
    turn; of each the best of three rounds."""
    from datetime import datetime, timedelta

    from sqlalchemy import text, update

    from app import clock, transaction
    from app.domain.ladder import SENT_BY_US
    from app.extensions import db
    from app.models import LadderRung
    from app.queries import ladders
    from app.services import planning as planned_by
    from tests.bench.database import fill, fresh

    best = {"seconds": float("inf"), "bare": float("inf")}
    with fresh(engine) as app, app.app_context():
        fill(int(institutions), int(people))
        with transaction.writing():
            done = "UPDATE registrations SET state = 'granted', granted_on = declared_on WHERE part = 'member'"
            db.session.execute(text(f"{done} AND (person_id + institution_id) % {left} <> 0"))
        with transaction.writing():
            db.session.execute(text("ANALYZE"))
        with transaction.reading():
            (view,) = ladders.active()
        day = view.deadline.on - timedelta(days=7)
        before = update(LadderRung).where(LadderRung.anchor == "deadline", LadderRung.distance < -7)
        now_due = update(LadderRung).where(LadderRung.distance >= -7)
        with clock.set_to(datetime(day.year, day.month, day.day, 8)):
            with transaction.writing():
                db.session.execute(before.values(planned_for=view.deadline.on, planned_at=clock.now()))
            for _ in range(3):
                start = time.perf_counter()
                with transaction.writing():
                    found = planned_by.plan(view, frozenset(SENT_BY_US))
                best["seconds"] = min(best["seconds"], time.perf_counter() - start)
                best["planned"] = found.planned + found.left_out
                with transaction.writing():
                    for statement in ("DELETE FROM nudge_people", "DELETE FROM nudges"):
                        db.session.execute(text(statement))
                    db.session.execute(now_due.values(planned_for=None, planned_at=None))
                start = time.perf_counter()
                with transaction.reading():
                    cursor = db.session.connection().connection.cursor()
                    cursor.execute(BARE_DUE.format(campaign=view.id))
                    best["due"] = len(cursor.fetchall())
                best["bare"] = min(best["bare"], time.perf_counter() - start)
    return best


def preview(engine: str, institutions: str, people: str) -> dict[str, float]:
    """p95 in milliseconds of the page that shows what goes out a week before the deadline, at one of many institutions with everybody's
    standing as the demo has it; and seconds of the same for the whole campaign, which no page asks for."""
    from datetime import timedelta

    from app import transaction
    from app.domain.ladder import SENT_BY_US
    from app.queries import forecast, ladders
    from tests.bench.database import fill, fresh

    with fresh(engine) as app:
        with app.app_context():
            fill(int(institutions), int(people))
            with transaction.reading():
                (view,) = ladders.active()
        day = view.deadline.on - timedelta(days=7)
        client = _signed_in(app)
        url = f"/institutions/thcs-minh-hoa/campaigns/vssid-2026/nudges?on={day.isoformat()}"
        taken = [_one_get(client, url) for _ in range(ROUNDS)]
        with app.app_context(), transaction.reading():
            start = time.perf_counter()
            whole = forecast.forecast(view, frozenset(SENT_BY_US), day)
            seconds = time.perf_counter() - start
        return {"p95": _p95(taken), "whole": seconds, "messages": whole.messages}


def _bare_smtp(port: int, letters: list[tuple[str, str, str]]) -> None:
    import smtplib
    from email.message import EmailMessage

    with smtplib.SMTP("127.0.0.1", port) as line:
        for number, (to, subject, text) in enumerate(letters):
            mail = EmailMessage()
            mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = "nhac@bench.example", to, subject, f"<{number}@bench.example>"
            mail.set_content(text)
            mail.add_alternative(f"<p>{text}</p>", subtype="html")
            line.send_message(mail)


def _timed(work: Callable[[], Any]) -> dict[str, float]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, busy_before = time.perf_counter(), time.process_time()
    work()
    seconds, busy = time.perf_counter() - start, time.process_time() - busy_before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": seconds, "busy": busy, "peak_mb": peak / 1024, "grown_mb": (peak - before) / 1024}


if __name__ == "__main__":
    measure: Callable[..., dict[str, Any]] = globals()[sys.argv[1]]
    print(json.dumps(measure(*sys.argv[2:])))
