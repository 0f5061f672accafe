"""What is said to somebody who records on a view that has become old."""

from __future__ import annotations

from flask_babel import gettext as _

from app.services.registrations import ChangedMeanwhile
from app.web import words
from app.web.filters import day, instant


def who_was_faster(changed: ChangedMeanwhile) -> str:
    said = _(
        "Nothing was recorded, because %(who)s was faster: “%(event)s” of %(day)s, recorded %(at)s. Below is how it stands now.",
        who=changed.by,
        event=words.EVENTS[changed.event],
        day=day(changed.on),
        at=instant(changed.at),
    )
    return str(said)
