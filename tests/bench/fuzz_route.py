"""One upload after another through the page, each looked at afterwards: what was answered, and whether what is stored is whole."""

from __future__ import annotations

import io
from typing import Any

from flask import Flask
from sqlalchemy import text

from app import transaction
from app.extensions import db

# Rows that belong to a roster which isn't there, or is there without what it must have.
_HALF_STORED = """
SELECT 'a review without its file' FROM rosters r WHERE status IN ('read', 'asking') AND NOT EXISTS
  (SELECT 1 FROM roster_files f WHERE f.institution_id = r.institution_id AND f.roster_id = r.id)
UNION ALL SELECT 'a review without its changes' FROM rosters r WHERE status = 'read' AND new + changed + moved + same + waiting + absent > 0
  AND NOT EXISTS (SELECT 1 FROM change_pages c WHERE c.institution_id = r.institution_id AND c.roster_id = r.id)
UNION ALL SELECT 'a review without its problems' FROM rosters r WHERE status = 'read' AND problems + repairs <>
  (SELECT count(*) FROM roster_problems p WHERE p.institution_id = r.institution_id AND p.roster_id = r.id)
UNION ALL SELECT 'a roster that is ' || status FROM rosters WHERE status IN ('reading', 'failed', 'stopped')
UNION ALL SELECT 'a run that is ' || state FROM roster_runs WHERE state IN ('waiting', 'running') OR failure LIKE '%broken%'
UNION ALL SELECT 'something of a discarded roster' FROM rosters r WHERE status = 'discarded' AND (
  EXISTS (SELECT 1 FROM roster_files f WHERE f.institution_id = r.institution_id AND f.roster_id = r.id) OR
  EXISTS (SELECT 1 FROM change_pages c WHERE c.institution_id = r.institution_id AND c.roster_id = r.id))
"""
_APPLIED_EVERY = 20


class Uploads:
    """A signed-in client that uploads; what is kept is looked at, now and then applied, and put away. The application must be so patient
    (`ROSTER_PATIENCE`) that whatever goes on in the background has ended when it answers."""

    def __init__(self, app: Flask, client: Any, home: str) -> None:
        self._app, self._client, self._home = app, client, home
        self.kept = self.refused = 0

    def trouble_with(self, data: bytes) -> str | None:
        """What is wrong with how the page takes this upload; None if nothing is."""
        before = self._count()
        answer = self._client.post(f"{self._home}/rosters", data={"workbook": (io.BytesIO(data), "danh sách.xlsx")})
        if answer.status_code == 302:
            return self._trouble_with_review(str(answer.location), before)
        self.refused += 1
        if answer.status_code != 422:
            return f"the upload is answered {answer.status_code}"
        return "a refused file is kept" if self._count() != before else self._half_stored()

    def _trouble_with_review(self, review: str, before: int) -> str | None:
        self.kept += 1
        if self._count() != before + 1:
            return "the review is not kept"
        shown = self._client.get(review, follow_redirects=True)
        if shown.status_code != 200:
            return f"the review is answered {shown.status_code}"
        if self.kept % _APPLIED_EVERY == 0:
            applied = self._client.post(f"{review}/application")
            if applied.status_code not in (302, 409, 422):
                return f"applying is answered {applied.status_code}"
        trouble = self._half_stored()
        put_away = self._client.post(f"{review}/removal")
        if put_away.status_code not in (302, 409):
            return f"putting the review away is answered {put_away.status_code}"
        return trouble or self._half_stored()

    def _count(self) -> int:
        with self._app.app_context(), transaction.reading():
            return int(db.session.execute(text("SELECT count(*) FROM rosters")).scalar_one())

    def _half_stored(self) -> str | None:
        with self._app.app_context(), transaction.reading():
            found = db.session.execute(text(_HALF_STORED)).scalar()
        return None if found is None else str(found)
