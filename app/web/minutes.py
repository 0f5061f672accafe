"""The minutes of a batch as a PDF to print and sign.

They name people, so taking them out is written down first: as with workbooks (`app.web.permits`), the download begins with a POST,
which answers with an address that holds for a minute and for this visitor alone.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO

from flask import Blueprint, Response, abort, flash, redirect, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app import clock
from app.domain.access import Action
from app.domain.scope import CampaignScope
from app.exports import handover
from app.exports.handover import FormLine, Minutes
from app.queries import batches, campaigns, places
from app.queries.batch_forms import FormView
from app.queries.batches import BatchView
from app.queries.campaigns import CampaignView
from app.services import log
from app.web import gate, permits

pages = Blueprint("minutes", __name__)


@pages.post("/institutions/<institution_code>/campaigns/<campaign_code>/batches/<int:batch_id>/minutes.pdf")
@gate.in_campaign(Action.EXPORT)
def allow_minutes(scope: CampaignScope, batch_id: int) -> Answer:
    batch = _whole_batch(scope, campaigns.campaign(scope), batch_id)
    log.note(scope.actor, "exported-minutes", institution_id=scope.institution_id, count=len(batch.forms) + len(batch.taken_out))
    return redirect(permits.address(scope, "minutes.download_minutes"), 303)


@pages.get("/institutions/<institution_code>/campaigns/<campaign_code>/batches/<int:batch_id>/minutes.pdf")
@gate.in_campaign(Action.EXPORT)
def download_minutes(scope: CampaignScope, batch_id: int) -> Response | Answer:
    campaign = campaigns.campaign(scope)
    batch = _whole_batch(scope, campaign, batch_id)
    if not permits.holds(scope):
        flash(_("The download was not fetched in time. Press the button again."), "warn")
        return redirect(url_for("batches.show_batch", **(request.view_args or {})))
    institution = places.institution(scope.within)
    content = handover.pdf(minutes_of(batch, institution.name, campaign))
    name = f"bien-ban-{institution.code}-{batch.id}-{clock.local(clock.now()):%Y%m%d-%H%M}.pdf"
    return send_file(BytesIO(content), "application/pdf", as_attachment=True, download_name=name)


def _whole_batch(scope: CampaignScope, campaign: CampaignView, batch_id: int) -> BatchView:
    """Both sides sign one list, so who sees only some of the forms prints none."""
    batch = batches.batch(scope, campaign, batch_id) or abort(404)
    return batch if scope.unit_ids is None else abort(403)


def minutes_of(batch: BatchView, institution: str, campaign: CampaignView) -> Minutes:
    """A batch as its minutes say it: in Vietnamese whatever the screen's language, days counted from the handing over."""
    return Minutes(
        number=batch.id,
        institution=institution,
        institution_above=None,
        agency=campaign.receiving_name,
        on=batch.on,
        place=None,
        campaign=campaign.title,
        given_by=batch.given_by,
        given_by_position=None,
        received_by=batch.received_by,
        note=batch.note,
        forms=tuple(_line(form, batch.on) for form in (*batch.forms, *batch.taken_out)),
        as_of=f"Lập từ dữ liệu ngày {clock.today():%d/%m/%Y} lúc {clock.local(clock.now()):%H:%M}.",
    )


def _line(form: FormView, on: date) -> FormLine:
    return FormLine(
        name=form.full_name,
        birth=f"{form.birth_date:%d/%m/%Y}" if form.birth_date else str(form.birth_year or ""),
        unit=", ".join((*form.units, "người giám hộ") if form.children else form.units) or None,
        guardian=", ".join(form.guardians) or None,
        file_number=form.file_number,
        declared_on=form.declared_on,
        due_on=form.due_on,
        left=_left(form.due_on, on),
        taken_out=form.taken_out.reason if form.taken_out else None,
    )


def _left(due_on: date | None, on: date) -> str | None:
    if due_on is None:
        return None
    days = (due_on - on).days
    return "quá hạn" if days < 0 else f"còn {days} ngày" if days else "ngày cuối"
