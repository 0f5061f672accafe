"""What a class is told without sending anything: a text for its group, and slips to print and hand out.

The text holds counts, never names. The slips name people, so taking them out is written down first: as with workbooks
(`app.web.workbooks`), the download begins with a POST, which answers with an address that holds for a minute and for this visitor alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, send_file, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Answer

from app import clock
from app.domain.access import Action
from app.domain.ladder import Channel
from app.domain.names import fold
from app.domain.scope import CampaignScope
from app.domain.track import Track
from app.exports import slips as printing
from app.exports.slips import Sheet, Slip
from app.queries import campaigns, people, places, progress, speeches
from app.queries import slips as reading
from app.queries.filters import NO_UNIT, PeopleFilter
from app.queries.progress import UnitProgress
from app.queries.slips import SlipRow
from app.services import hand_sending, log
from app.texts.days import for_paper, in_a_box, said_day
from app.texts.digests import for_group
from app.texts.people import contact
from app.texts.scrubbing import bare_name
from app.texts.sentences import HOTLINE, REGISTRATION, todo
from app.texts.speech import Call
from app.web import gate, permits
from app.web.render import respond

pages = Blueprint("slips", __name__)

IN_CAMPAIGN = "/institutions/<institution_code>/campaigns/<campaign_code>"
UNIT = f"{IN_CAMPAIGN}/units/<int:unit_id>"
_HOTLINE = HOTLINE.replace(" ", "\u00a0")  # never parted at the end of a line
FEW = 3  # so many classes stand open at once


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One class: what its group may read, and how many slips there are for it."""

    id: int
    name: str
    left: int
    in_scope: int
    slips: int
    text: str


@pages.get(f"{IN_CAMPAIGN}/slips")
@gate.in_campaign(Action.SEE_PEOPLE)
def list_slips(scope: CampaignScope) -> Response:
    campaign = campaigns.campaign(scope)
    call = speeches.calls(campaign, [scope.institution_id]).of(scope.institution_id)
    counts = Counter(row.unit_id for row in reading.slip_rows(scope, campaign, None))
    units = progress.unit_progress(scope, campaign)
    lines = [
        UnitLine(
            unit.id,
            _name(unit),
            unit.progress.left,
            unit.progress.in_scope,
            counts[unit.id],
            for_group(reading.group_digest(campaign, call, unit)),
        )
        for unit in units
        if unit.progress.left
    ]
    return respond(
        "slips/list.html",
        campaign=campaign,
        place=_place(scope),
        units=lines,
        done=[_name(unit) for unit in units if not unit.progress.left and unit.progress.in_scope],
        is_open=len(lines) <= FEW,
        may_export=scope.may(Action.EXPORT),
        may_record=scope.may(Action.RECORD),
    )


@pages.post(f"{UNIT}/slips.pdf")
@gate.in_campaign(Action.EXPORT)
def allow_slips(scope: CampaignScope, unit_id: int) -> Answer:
    count = len(_rows(scope, unit_id))
    if not count:
        flash(_("Nobody there has anything to do now, so there is no slip."), "warn")
        return _to_list(scope)
    log.note(scope.actor, "exported-slips", institution_id=scope.institution_id, count=count)
    return redirect(permits.address(scope, "slips.download_slips"), 303)


@pages.get(f"{UNIT}/slips.pdf")
@gate.in_campaign(Action.EXPORT)
def download_slips(scope: CampaignScope, unit_id: int) -> Response | Answer:
    if not permits.holds(scope):
        _known(scope, unit_id)
        flash(_("The download was not fetched in time. Press the button again."), "warn")
        return _to_list(scope)
    content = printing.pdf(sheet_of(scope, _rows(scope, unit_id)))
    about = (places.institution(scope.within).code, *_slug(_known(scope, unit_id)))
    name = "-".join(("giay-nhac", *about, f"{clock.local(clock.now()):%Y%m%d-%H%M}"))
    return send_file(BytesIO(content), "application/pdf", as_attachment=True, download_name=f"{name}.pdf")


@pages.post(f"{UNIT}/slips")
@gate.in_campaign(Action.RECORD)
def create_handing_out(scope: CampaignScope, unit_id: int) -> Answer:
    """The slips were handed out: for each receiver that counts as the next rung."""
    return _noted(scope, [row.person_id for row in _rows(scope, unit_id)], Channel.SLIP)


@pages.post(f"{UNIT}/posts")
@gate.in_campaign(Action.RECORD)
def create_posting(scope: CampaignScope, unit_id: int) -> Answer:
    """The text was posted to the class's group."""
    _known(scope, unit_id)
    return _noted(scope, people.ids(scope, campaigns.campaign(scope), PeopleFilter(unit=unit_id, left=True)), Channel.PASTE)


def _noted(scope: CampaignScope, person_ids: list[int], channel: Channel) -> Answer:
    """A second click finds that all have been reminded today."""
    count = hand_sending.handed_out(scope, person_ids, channel)
    if count:
        flash(ngettext("Noted for %(num)s receiver.", "Noted for %(num)s receivers.", count), "good")
    else:
        flash(_("Nothing was noted: everybody who is left there has been reminded today already."), "warn")
    return _to_list(scope)


def sheet_of(scope: CampaignScope, rows: list[SlipRow]) -> Sheet:
    """A class's slips; Vietnamese whatever the screen's language."""
    call = speeches.calls(campaigns.campaign(scope), [scope.institution_id]).of(scope.institution_id)
    asked = f"{contact(call)} hoặc tổng đài" if call.contact else "tổng đài"
    return Sheet(
        institution=call.institution,
        title="GIẤY NHẮC ĐĂNG KÝ VssID",
        office=call.office,
        help=f"Cần hỗ trợ: {asked} {_HOTLINE}.",
        registration=REGISTRATION,
        as_of=f"Theo số liệu ngày {said_day(clock.today())}. Việc đã làm xong thì xin bỏ qua.",
        slips=tuple(_slip(call, row) for row in rows),
    )


def _slip(call: Call, row: SlipRow) -> Slip:
    it, today = todo(call, row.matter, clock.today()), clock.today()
    return Slip(
        to="Kính gửi phụ huynh em" if row.matter.track is Track.GUARDIAN else "Kính gửi",
        name=bare_name(row.matter.full_name),
        unit=row.matter.unit,
        missing=it.missing,
        step=for_paper(it.step),
        by=in_a_box(it.by, today),
    )


def _rows(scope: CampaignScope, unit_id: int) -> list[SlipRow]:
    _known(scope, unit_id)
    return reading.slip_rows(scope, campaigns.campaign(scope), unit_id)


def _known(scope: CampaignScope, unit_id: int) -> str | None:
    """The unit's name; a unit that the scope does not see is not there. Who sees only own units sees nobody without one."""
    if unit_id == NO_UNIT and scope.unit_ids is None:
        return None
    return next((unit.name for unit in places.units(scope.within) if unit.id == unit_id), None) or abort(404)


def _name(unit: UnitProgress) -> str:
    return unit.name or _("No class or department")


def _slug(name: str | None) -> list[str]:
    """The unit's name in letters that every system takes."""
    return ["".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in fold(name)).strip("-")] if name else []


def _place(scope: CampaignScope) -> dict[str, Any]:
    return {"institution_code": places.institution(scope.within).code, "campaign_code": campaigns.campaign(scope).code}


def _to_list(scope: CampaignScope) -> Answer:
    return redirect(url_for("slips.list_slips", **_place(scope)), 303)
