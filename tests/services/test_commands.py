"""The command line: what it prints is stable, and what it will not do it says in a sentence."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook
from sqlalchemy import text

from app import clock, transaction
from app.domain.registration import State
from app.domain.standing import Standing
from app.extensions import db
from app.queries import campaigns, operators, progress

WORKBOOKS = Path(__file__).resolve().parents[1] / "workbooks"
CLASSES = str(WORKBOOKS / "02-class-sheets.xlsx")
HERE = ("--campaign", "v1", "--institution", "thcs-a")
FIRST = "0154777327"


@pytest.fixture
def run(database: Flask) -> Any:
    """Run a command; answers its exit status and what it printed."""
    runner = database.test_cli_runner()

    def run(*words: str) -> tuple[int, str]:
        result = runner.invoke(args=list(words))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return run


@pytest.fixture
def set_up(run: Any) -> Any:
    """A database set up without the demo."""
    for words in (
        ("agency", "add", "079", "BHXH thành phố"),
        ("agency", "add", "07914", "BHXH cơ sở", "--parent", "079"),
        ("institution", "add", "thcs-a", "Trường THCS A", "--kind", "school", "--agency", "07914"),
        ("campaign", "add", "v1", "--agency", "079", "--deadline", "2026-12-30", "--starts", "2026-11-02"),
    ):
        assert run(*words)[0] == 0
    return run


def answer(run: Any, *words: str) -> tuple[int, Any]:
    status, output = run(*words)
    return status, json.loads(output)


def test_a_roster_is_imported_and_the_same_again_is_all_same(set_up: Any) -> None:
    words = ("roster", "import", CLASSES, *HERE, "--apply", "--json")
    nothing = dict.fromkeys(("new", "changed", "moved", "same", "waiting", "absent", "problems", "questions"), 0)
    assert answer(set_up, *words) == (0, {"roster": 1, "applied": True} | nothing | {"new": 105})
    assert answer(set_up, *words) == (0, {"roster": 2, "applied": True} | nothing | {"same": 105})


def test_what_looks_like_somebody_elses_is_applied_only_when_that_is_confirmed(set_up: Any, tmp_path: Path) -> None:
    set_up("institution", "add", "thcs-b", "Trường THCS Ngọc Lâm", "--kind", "school", "--agency", "07914")
    book = Workbook()
    for row in (["TRƯỜNG THCS NGỌC LÂM"], ["STT", "Họ và tên", "Ngày sinh", "Lớp"], [1, "Trần Văn An", "27/10/2014", "6A1"]):
        book.active.append(row)
    path = tmp_path / "nham.xlsx"
    book.save(path)
    words = ("roster", "import", str(path), *HERE, "--apply", "--json")
    status, refused = answer(set_up, *words)
    assert status != 0
    assert refused["refused"] == "unconfirmed"
    assert answer(set_up, "progress", *HERE, "--json")[1]["total"] == 0
    assert answer(set_up, *words, "--confirm")[1]["applied"] is True


def test_without_apply_nobody_comes_in(set_up: Any) -> None:
    status, imported = answer(set_up, "roster", "import", CLASSES, *HERE, "--json")
    assert (status, imported["applied"]) == (0, False)
    assert answer(set_up, "progress", *HERE, "--json")[1]["total"] == 0


def test_an_institution_that_comes_later_takes_part(set_up: Any) -> None:
    set_up("institution", "add", "cong-ty", "Công ty B", "--kind", "employer", "--agency", "07914")
    words = ("roster", "import", str(WORKBOOKS / "06-employer.xls"), "--campaign", "v1", "--institution", "cong-ty", "--apply", "--json")
    assert answer(set_up, *words)[1]["new"] == 70


def test_recording_moves_the_numbers(set_up: Any) -> None:
    set_up("roster", "import", CLASSES, *HERE, "--apply")
    record = ("--person", FIRST, "--json", "--now", "2026-11-20T09:00:00")
    assert answer(set_up, "record", "declared", *HERE, *record) == (0, {"state": "declared", "standing": "paper-due", "done": False})
    assert answer(set_up, "record", "granted", *HERE, *record, "--on", "20/11/2026") == (
        0,
        {"state": "granted", "standing": "done", "done": True},
    )
    expected = {
        "total": 105,
        "in_scope": 105,
        "excluded": 0,
        "declared": 1,
        "granted": 1,
        "in_use": 0,
        "done": 1,
        "left": 104,
        "percent": 0.9,
        "deadline": "2026-12-30",
        "safe_day": "2026-12-29",
    }
    assert answer(set_up, "progress", *HERE, "--json") == (0, expected)
    assert answer(set_up, "progress", "--campaign", "v1", "--json") == (0, expected)


def test_all_time_follows_now(set_up: Any) -> None:
    set_up("roster", "import", CLASSES, *HERE, "--apply")
    record = ("--person", FIRST, "--json", "--now")
    assert answer(set_up, "record", "declared", *HERE, *record, "2026-11-20T23:30:00Z", "--on", "2026-11-21")[0] == 0, "it is the 21st here"
    assert answer(set_up, "record", "app-installed", *HERE, *record, "2026-12-01")[1]["standing"] == "paper-due"
    status, again = answer(set_up, "record", "declared", *HERE, *record, "2026-12-02T08:00")
    assert (status, again) == (0, {"state": "declared", "standing": "paper-due", "done": False})


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        (("record", "declared", *HERE, "--person", "999"), "unknown-person"),
        (("record", "handed-in", *HERE, "--person", FIRST), "not-declared"),
        (("record", "rejected", *HERE, "--person", FIRST), "reason-needed"),
        (("record", "declared", *HERE, "--person", FIRST, "--on", "2026-11-21", "--now", "2026-11-20"), "in-future"),
        (("record", "declared", "--campaign", "v1", "--institution", "nowhere", "--person", FIRST), "unknown"),
        (("progress", "--campaign", "v9"), "unknown"),
        (("roster", "import", sys.executable, *HERE), "not-a-spreadsheet"),
    ],
)
def test_a_refusal_is_named_and_ends_with_status_one(set_up: Any, words: tuple[str, ...], refused: str) -> None:
    set_up("roster", "import", CLASSES, *HERE, "--apply")
    status, said = answer(set_up, *words, "--json")
    assert (status, said["refused"]) == (1, refused)
    assert said["message"].endswith("."), said


@pytest.mark.parametrize(
    "words",
    [
        ("agency", "add", "079", "Lần nữa"),
        ("agency", "add", "có dấu", "Tên"),
        ("institution", "add", "b", "B", "--kind", "school", "--agency", "404"),
        ("campaign", "add", "v2", "--agency", "079", "--deadline", "2026-10-01", "--starts", "2026-11-01"),
        ("campaign", "add", "v2", "--agency", "079", "--deadline", "9999-12-31"),
        ("create-admin", "--email", "a@example.vn", "--name", "A", "--password", "ngắn"),
        ("create-admin", "--email", "không phải", "--name", "A", "--password", "một hai ba bốn"),
        ("export", "--campaign", "v1", "--out", "/nowhere/at/all.xlsx"),
        ("demo",),
    ],
)
def test_what_cannot_be_done_is_said(set_up: Any, words: tuple[str, ...]) -> None:
    status, output = set_up(*words)
    assert status in {1, 2}
    assert output.strip().endswith("."), output
    assert "Traceback" not in output


def test_a_database_without_tables_is_told_so(app: Flask, tmp_path: Path) -> None:
    from app import create_app

    bare = create_app({"DATABASE_URL": f"sqlite:///{tmp_path / 'bare.sqlite3'}", "SECRET_KEY": "for tests only"})
    result = bare.test_cli_runner().invoke(args=["progress", "--campaign", "v1"])
    with bare.app_context():
        db.engine.dispose()
    assert result.exit_code == 1
    assert "db upgrade" in result.output


def test_exports_are_workbooks(set_up: Any, tmp_path: Path) -> None:
    set_up("roster", "import", CLASSES, *HERE, "--apply")
    for words in (HERE, HERE[:2]):
        out = tmp_path / "out.xlsx"
        assert set_up("export", *words, "--out", str(out))[0] == 0
        book = load_workbook(out)
        cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
        assert 105 in cells
        book.close()


def test_two_demos_of_one_seed_are_alike(run: Any, database: Flask) -> None:
    tables = ("agencies", "institutions", "units", "people", "guardianships", "campaigns", "registrations", "events")

    def content() -> list[list[Any]]:
        with database.app_context(), transaction.reading():
            return [[tuple(row) for row in db.session.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4"))] for table in tables]

    demo = ("demo", "--institutions", "2", "--people", "40", "--seed", "7", "--now", "2026-11-20T10:00")
    assert run(*demo)[0] == 0
    first = content()
    with database.app_context(), transaction.writing():
        db.session.execute(text("UPDATE agencies SET parent_id = NULL"))
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(table.delete())
    assert run(*demo)[0] == 0
    assert sum(map(len, first)) > 200
    assert [len(rows) for rows in content()] == [len(rows) for rows in first]
    assert [[row[2:] for row in rows] for rows in content()[2:4]] == [[row[2:] for row in rows] for rows in first[2:4]]


SIBLINGS = str(WORKBOOKS / "12-siblings.xlsx")
OF_SIBLINGS = ("--campaign", "kids", "--institution", "thcs-a")
FATHER, CHILD = "0702605806", "0451512964"
TODAY = ("--now", "2026-11-20T10:00")


@pytest.fixture
def children(set_up: Any) -> Any:
    words = ("campaign", "add", "kids", "--agency", "07914", "--deadline", "2026-12-30", "--starts", "2026-11-02", *TODAY)
    assert set_up(*words, "--guardian-below", "14", "--paper-days", "7", "--keep-images", "--goal", "in-use")[0] == 0
    assert set_up("roster", "import", SIBLINGS, *OF_SIBLINGS, "--apply", *TODAY)[0] == 0
    return set_up


def test_a_child_waits_for_the_guardian_whose_grant_unlocks(children: Any) -> None:
    standing = ("standing", *OF_SIBLINGS, "--person", CHILD, "--json", *TODAY)
    assert answer(children, *standing) == (
        0,
        {
            "state": "to-start",
            "standing": "blocked-guardian",
            "track": "guardian",
            "done": False,
            "attempt": 0,
            "paper_due_on": None,
            "paper_owed": False,
            "next_step": "declared",
            "next_step_by": "guardian",
            "checklist": {
                "portrait": "missing",
                "guardian-id-front": "missing",
                "guardian-id-back": "missing",
                "birth-certificate": "missing",
                "signed-form": "missing",
            },
        },
    )
    granted = answer(children, "record", "granted", *OF_SIBLINGS, "--guardian", "0702 605 806", "--proof", "agency-list", "--json", *TODAY)
    assert granted == (0, {"state": "granted", "standing": "to-sign-in", "done": False})
    _, unlocked = answer(children, *standing)
    assert (unlocked["standing"], unlocked["next_step"], unlocked["next_step_by"]) == ("to-start", "declared", "self")
    grown_up = answer(children, *standing[:-2], "--now", "2033-05-26T08:00")[1]
    assert (grown_up["track"], "birth-certificate" in grown_up["checklist"]) == ("self", False)


def test_a_campaign_that_is_added_answers_as_json(set_up: Any) -> None:
    words = ("campaign", "add", "v2", "--agency", "07914", "--deadline", "2026-12-30", "--json")
    assert answer(set_up, *words) == (0, {"campaign": "v2", "added": True})
    status, refused = answer(set_up, *words)
    assert (status, refused["refused"]) == (1, "code-taken")


@pytest.mark.parametrize(("said", "kept"), [((), "07914"), (("--office", "00104"), "00104")])
def test_a_declaration_names_the_receiving_office(children: Any, database: Flask, said: tuple[str, ...], kept: str) -> None:
    assert children("record", "declared", *OF_SIBLINGS, "--person", CHILD, *said, *TODAY)[0] == 0
    with database.app_context(), transaction.reading():
        assert db.session.scalars(text("SELECT office FROM registrations WHERE attempt = 1")).all() == [kept]


def test_the_campaigns_own_paper_days_count(children: Any) -> None:
    answer(children, "record", "declared", *OF_SIBLINGS, "--person", CHILD, "--file-number", "G12.7", "--way", "batch", "--json", *TODAY)
    _, seen = answer(children, "standing", *OF_SIBLINGS, "--person", CHILD, "--json", *TODAY)
    assert (seen["paper_due_on"], seen["standing"], seen["attempt"]) == ("2026-11-27", "paper-due", 1)
    _, late = answer(children, "standing", *OF_SIBLINGS, "--person", CHILD, "--json", "--now", "2026-11-28T00:01")
    assert late["standing"] == "lapsed"


@pytest.mark.parametrize(
    ("who", "why"), [(("--person", "0000000000"), "unknown-person"), (("--guardian", "0000000000"), "unknown-guardian")]
)
def test_who_is_not_known_is_refused_by_name(children: Any, who: tuple[str, str], why: str) -> None:
    status, said = answer(children, "record", "declared", *OF_SIBLINGS, *who, "--json", *TODAY)
    assert (status, said["refused"]) == (1, why)


def test_a_record_needs_one_of_person_and_guardian(children: Any) -> None:
    assert children("record", "declared", *OF_SIBLINGS, *TODAY)[0] == 2
    assert children("record", "declared", *OF_SIBLINGS, "--person", CHILD, "--guardian", FATHER, *TODAY)[0] == 2


def test_the_demo_shows_every_state_and_every_standing_of_its_goal(run: Any, database: Flask) -> None:
    assert run("demo", "--institutions", "3", "--people", "400", "--now", "2026-11-20T10:00")[0] == 0
    with database.app_context(), transaction.reading(), clock.set_to(datetime(2026, 11, 20, 10, tzinfo=clock.LOCAL)):
        states, standings = set(), set()
        for code in ("thcs-minh-hoa", "th-song-xanh", "det-dong"):
            scope = operators.in_campaign(code, "vssid-2026")
            found = progress.institution_progress(scope, campaigns.campaign(scope))
            states |= {state for state, people in found.by_state.items() if people}
            standings |= {standing for standing, people in found.by_standing.items() if people}
    assert states == set(State)
    assert standings == set(Standing) - {Standing.TO_SIGN_IN}, "who has the account has reached the goal"


def test_a_roster_is_given_back_with_its_findings(set_up: Any, tmp_path: Path) -> None:
    set_up("roster", "import", str(WORKBOOKS / "11-dirty.xlsx"), *HERE)
    out = tmp_path / "sua.xlsx"
    assert set_up("roster", "returned", "1", *HERE, "--out", str(out)) == (0, f"{out} written\n")
    assert "Lỗi" in [cell.value for cell in load_workbook(out)["Tổng hợp"][8]]
    assert set_up("roster", "returned", "2", *HERE, "--out", str(out))[0] == 1
    assert set_up("roster", "returned", "1", *HERE, "--out", str(tmp_path / "none" / "x.xlsx"))[0] == 1


def test_a_template_is_for_whom_the_institution_has_unless_said(set_up: Any, tmp_path: Path) -> None:
    def heading(*words: str) -> str:
        out = tmp_path / "mau.xlsx"
        assert set_up("roster", "template", "--institution", "thcs-a", "--out", str(out), *words)[0] == 0
        return str(load_workbook(out)["Danh sách"]["A1"].value)

    assert heading() == "Danh sách học sinh – Trường THCS A"
    assert heading("--for", "staff") == "Danh sách người lao động – Trường THCS A"


def test_a_roster_is_undone_and_says_what_stays(set_up: Any) -> None:
    assert json.loads(set_up("roster", "import", CLASSES, *HERE, "--apply", "--json")[1])["roster"] == 1
    set_up("record", "declared", *HERE, "--person", FIRST, "--on", "2026-11-20")
    foreseen = json.loads(set_up("roster", "undo", "1", *HERE, "--dry-run", "--json")[1])
    done = json.loads(set_up("roster", "undo", "1", *HERE, "--json")[1])
    assert foreseen == done | {"undone": False}
    assert (done["roster"], done["undone"], done["kept"]) == (1, True, 3)
    assert sorted(one["why"] for one in done["names"]) == ["guards", "guards", "recorded"]
    status, told = set_up("roster", "undo", "1", *HERE, "--json")
    assert status == 1
    assert json.loads(told) == {
        "refused": "already-undone",
        "message": "This roster has been undone already. Nothing was done a second time.",
    }
