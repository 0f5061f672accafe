"""The ledger as a workbook to take away; like every list with names, it is written down who took it, and fetched within a minute."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from flask import Blueprint, Response, flash, redirect, request, send_file, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app import clock
from app.books import UNIT_WORDS
from app.domain.access import Action
from app.domain.ladder import Receiver
from app.domain.scope import CampaignScope
from app.exports import nudges as nudges_export
from app.exports.nudges import NudgeBook, NudgeLine
from app.exports.rows import Heading
from app.queries import campaigns, nudges, places
from app.queries.campaigns import CampaignView
from app.queries.nudges import NudgeFilter, NudgeView
from app.services import log
from app.web import gate, nudge_filtering, nudge_words, permits
from app.web.nudge_ledger import place_of
from app.web.words import deadline_words
from app.web.workbooks import XLSX

pages = Blueprint("nudge_books", __name__)

BOOK = "/institutions/<institution_code>/campaigns/<campaign_code>/nudges/workbook"


@pages.post(BOOK)
@gate.in_campaign(Action.SEE_NUDGES)
def allow_nudges(scope: CampaignScope) -> Answer:
    """The messages that the URL's filter means."""
    wanted = nudge_filtering.parse(request.args)
    log.note(scope.actor, "exported-nudges", institution_id=scope.institution_id, count=_count(scope, wanted))
    return redirect(permits.address(scope, "nudge_books.download_nudges", **nudge_filtering.arguments(wanted)), 303)


@pages.get(BOOK)
@gate.in_campaign(Action.SEE_NUDGES)
def download_nudges(scope: CampaignScope) -> Response | Answer:
    wanted = nudge_filtering.parse(request.args)
    if not permits.holds(scope):
        flash(_("The download was not fetched in time. Press the button again."), "warn")
        return redirect(url_for("nudge_ledger.list_nudges", **place_of(), **nudge_filtering.arguments(wanted)))
    campaign, institution = campaigns.campaign(scope), places.institution(scope.within)
    with force_locale("vi"):
        content = nudges_export.workbook(_book(scope, campaign, wanted))
    name = f"nhac-viec-{institution.code}-{campaign.code}-{clock.local(clock.now()):%Y%m%d-%H%M}.xlsx"
    return send_file(BytesIO(content), XLSX, as_attachment=True, download_name=name)


def _count(scope: CampaignScope, wanted: NudgeFilter) -> int:
    counts = nudges.counted(scope, wanted)
    return counts[wanted.status] if wanted.status else sum(counts.values())


def _book(scope: CampaignScope, campaign: CampaignView, wanted: NudgeFilter) -> NudgeBook:
    institution = places.institution(scope.within)
    units = {unit.id: unit.name for unit in places.units(scope.within)}
    rungs = {rung.id: rung for rung in nudges.rungs_of(scope)}
    return NudgeBook(
        heading=Heading(
            issuer=institution.name,
            above_issuer="",
            title=nudges_export.SHEET,
            campaign=campaign.title,
            deadline=f"Thời hạn: {deadline_words(campaign)}",
            as_of=clock.local(clock.now()).replace(tzinfo=None),
        ),
        unit_word=UNIT_WORDS[institution.kind],
        meant=nudge_filtering.described(wanted, units, rungs),
        count=_count(scope, wanted),
        nudges=_lines(scope, wanted),
    )


def _lines(scope: CampaignScope, wanted: NudgeFilter) -> Iterator[NudgeLine]:
    return (_line(nudge) for nudge in nudges.every_nudge(scope, wanted))


def _line(nudge: NudgeView) -> NudgeLine:
    units = dict.fromkeys(child.unit for child in nudge.about if child.unit) or dict.fromkeys([nudge.unit] if nudge.unit else [])
    own = nudge.name or "" if nudge.receiver is Receiver.PERSON else ""
    return NudgeLine(
        goes_on=nudge.goes_on,
        receiver=nudge_words.receiver_name(nudge),
        role=str(nudge_words.RECEIVERS[nudge.receiver]),
        about=", ".join(child.full_name for child in nudge.about) or own,
        unit=", ".join(units),
        rung=nudge_words.rung_name(nudge.rung),
        channel=str(nudge_words.CHANNELS[nudge.channel]) if nudge.channel else "",
        status=str(nudge_words.STATUSES[nudge.status][1]),
        why=str(nudge_words.WHYS[nudge.why]) if nudge.why else "",
        sent_at=f"{clock.local(nudge.sent_at):%d/%m/%Y %H:%M}" if nudge.sent_at else "",
        subject=nudge.subject or "",
        text=nudge.text or "",
        made_by=nudge.made_by or "",
    )
