"""Workbooks put together: what the queries count and list, worded in Vietnamese, as the rows that exports write.

The web and the command line both come here, so a file says the same wherever it was asked for. People are read while the file is
written, so a book is used up within the unit of work that made it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from flask_babel import force_locale

from app import clock
from app.domain.progress import Progress, total_of
from app.domain.registration import Proof, State
from app.domain.scope import AgencyScope, CampaignScope
from app.domain.standing import Standing
from app.exports.rows import AgencyBook, Heading, InstitutionBook, PeopleBook, PersonLine, ProgressLine
from app.queries import export_rows, places, progress
from app.queries.campaigns import CampaignView
from app.queries.export_rows import ExportRow, GuardianContact
from app.queries.filters import EVERYBODY, PeopleFilter
from app.web import words

TITLE = "TIẾN ĐỘ ĐĂNG KÝ VssID"
TOTAL = "Tổng cộng"
NO_UNIT_NAME = "Chưa rõ lớp, phòng ban"
NO_ROSTER = "Chưa có danh sách"
UNIT_WORDS = {"school": "Lớp", "university": "Đơn vị", "employer": "Phòng ban"}
GUARDIAN_FIELDS = frozenset({"guardian", "guardian_phone"})
PAPER_FIELDS = frozenset({"handed_in_on", "paper_due_on"})


def institution_book(scope: CampaignScope, campaign: CampaignView) -> InstitutionBook:
    """The institution's workbook: the units that the scope sees, and their people."""
    institution = places.institution(scope.within)
    units, guardians = progress.unit_progress(scope, campaign), export_rows.guardian_contacts(scope)
    return InstitutionBook(
        heading=_heading(campaign, institution.name),
        unit_word=UNIT_WORDS[institution.kind],
        units=tuple(_line(unit.name or NO_UNIT_NAME, unit.progress, campaign) for unit in units),
        total=_line(TOTAL, total_of(unit.progress for unit in units), campaign),
        people=_people(scope, campaign, EVERYBODY, guardians),
        proofs=_proofs(progress.granted_by_proof(scope)),
        unused=_unused(scope, campaign, guardians),
    )


def people_book(scope: CampaignScope, campaign: CampaignView, wanted: PeopleFilter, meant: str) -> PeopleBook:
    """The people whom a filter means; `meant` says in words who they are."""
    institution, guardians = places.institution(scope.within), export_rows.guardian_contacts(scope)
    return PeopleBook(
        heading=_heading(campaign, institution.name),
        unit_word=UNIT_WORDS[institution.kind],
        meant=meant,
        count=progress.institution_progress(scope, campaign, wanted).total,
        people=_people(scope, campaign, wanted, guardians),
        unused=_unused(scope, campaign, guardians),
    )


def agency_book(scope: AgencyScope, campaign: CampaignView) -> AgencyBook:
    """The agency's progress table: every institution of the subtree that takes part."""
    found = progress.agency_progress(scope, campaign)
    return AgencyBook(
        heading=_heading(campaign, places.agency(scope).name, places.name_above(scope) or ""),
        institutions=tuple(_line(i.name, i.progress, campaign, "" if i.has_roster else NO_ROSTER) for i in found),
        total=_line(TOTAL, total_of(i.progress for i in found), campaign),
        proofs=_proofs(progress.agency_granted_by_proof(scope, campaign)),
    )


def _proofs(counted: Mapping[Proof | None, int]) -> str:
    """How the accounts are known that were granted, the strongest proof first."""
    with force_locale("vi"):
        said = [f"{words.PROOFS[proof]} {counted[proof]}" for proof in Proof if counted.get(proof)]
    said += [f"chưa ghi {counted[None]}"] if counted.get(None) else []
    return f"Nguồn xác nhận tài khoản đã cấp: {'; '.join(said)}." if said else ""


def _heading(campaign: CampaignView, issuer: str, above: str = "") -> Heading:
    return Heading(
        issuer=issuer,
        above_issuer=above,
        title=TITLE,
        campaign=_letter(campaign),
        deadline=_deadline(campaign),
        as_of=clock.local(clock.now()).replace(tzinfo=None),
    )


def _letter(campaign: CampaignView) -> str:
    if not campaign.dispatch_number:
        return f"Đợt {campaign.code} của {campaign.agency_name}"
    on = f" ngày {campaign.dispatch_on:%d/%m/%Y}" if campaign.dispatch_on else ""
    return f"Theo văn bản số {campaign.dispatch_number}{on} của {campaign.issued_by or campaign.agency_name}"


def _deadline(campaign: CampaignView) -> str:
    with force_locale("vi"):
        return f"Thời hạn: {words.deadline_words(campaign)}; ngày làm việc cuối cùng chắc chắn còn kịp: {campaign.safe_day:%d/%m/%Y}"


def _line(name: str, counted: Progress, campaign: CampaignView, note: str = "") -> ProgressLine:
    """Who has an account is taken to have handed in the form, as milestones are cumulative."""
    paper = campaign.procedure.paper_days is not None
    return ProgressLine(
        name=name,
        total=counted.total,
        in_scope=counted.in_scope,
        code_missing=counted.by_state[State.CODE_MISSING],
        declared=counted.declared,
        handed_in=counted.by_state[State.HANDED_IN] + counted.granted if paper else None,
        rejected=counted.by_state[State.REJECTED],
        granted=counted.granted,
        in_use=counted.in_use,
        done=counted.done,
        left=counted.left,
        percent=counted.percent if counted.in_scope else None,
        note=note,
    )


def _unused(scope: CampaignScope, campaign: CampaignView, guardians: Mapping[int, GuardianContact]) -> frozenset[str]:
    """The fields that need no column here."""
    paperless = PAPER_FIELDS if campaign.procedure.paper_days is None else frozenset[str]()
    return export_rows.unused_fields(scope) | paperless | (frozenset() if guardians else GUARDIAN_FIELDS)


def _people(
    scope: CampaignScope, campaign: CampaignView, wanted: PeopleFilter, guardians: Mapping[int, GuardianContact]
) -> Iterator[PersonLine]:
    worded = Wording(clock.today(), guardians)
    return (worded.line(row) for row in export_rows.export_rows(scope, campaign, wanted))


class Wording:
    """Words for rows. People share few combinations of state and dates, so each is worded once."""

    def __init__(self, today: date, guardians: Mapping[int, GuardianContact]) -> None:
        self.today, self.guardians = today, guardians
        self.known: dict[tuple[object, ...], tuple[str, str]] = {}
        with force_locale("vi"):
            self.sexes = {sex: str(word) for sex, word in words.SEXES.items()}

    def line(self, row: ExportRow) -> PersonLine:
        key = (row.state, row.standing, row.paper_due_on, row.submitted_on)
        state, standing = self.known.get(key) or self.known.setdefault(key, self._worded(row))
        guardian = self.guardians.get(row.id)
        return PersonLine(
            full_name=row.full_name,
            unit=row.unit or NO_UNIT_NAME,
            birth_date=row.birth_date,
            birth_year=row.birth_year,
            sex=self.sexes.get(row.sex or ""),
            personal_id=row.personal_id,
            bhxh_code=row.bhxh_code,
            pupil_code=row.pupil_code,
            staff_code=row.staff_code,
            phone=row.phone,
            email=row.email,
            position=row.position,
            guardian=guardian.full_name if guardian else None,
            guardian_phone=guardian.phone if guardian else None,
            state=state,
            standing=standing,
            declared_on=row.declared_on,
            paper_due_on=row.paper_due_on if row.standing in {Standing.PAPER_DUE, Standing.LAPSED} else None,
            handed_in_on=row.handed_in_on,
            granted_on=row.granted_on,
            signed_in_on=row.signed_in_on,
            reason=row.reason,
            left=row.standing not in {Standing.DONE, Standing.EXCLUDED},
        )

    def _worded(self, row: ExportRow) -> tuple[str, str]:
        """The reason has a column of its own."""
        with force_locale("vi"):
            return str(words.STATES[row.state]), words.standing_words(replace(row, reason=None), self.today).text
