"""Who may do what: the one table of roles and actions. What it does not allow, is not allowed."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    ADMIN = "admin"
    OFFICER = "officer"  # an agency's subtree
    COORDINATOR = "coordinator"  # one institution
    UNIT_LEAD = "unit-lead"  # own units of one institution: a homeroom teacher
    VIEWER = "viewer"  # one institution, reading only


class Action(StrEnum):
    SEE_AGENCY = "see-agency"  # the agency's table of institutions, its campaigns
    MANAGE_AGENCY = "manage-agency"  # make and change campaigns, institutions, the agency's contact
    MANAGE_TREE = "manage-tree"  # add agencies
    SEE_INSTITUTION = "see-institution"  # the home page with its numbers
    SEE_PEOPLE = "see-people"  # names and details
    RECORD = "record"  # events on registrations
    EDIT_PEOPLE = "edit-people"  # a person's details
    IMPORT = "import"  # rosters
    EXPORT = "export"  # workbooks with names
    SEE_IMAGES = "see-images"  # images of papers; each look is noted
    SEE_WHO_LOOKED = "see-who-looked"  # at images of papers
    HAND_OVER = "hand-over"  # batches of signed forms
    CONFIRM_BATCHES = "confirm-batches"  # the office's side of them
    PLAN_DESKS = "plan-desks"  # registration desks; at one, people only record
    SEE_NUDGES = "see-nudges"  # what goes out, what went out, and to whom
    SEND_NUDGES = "send-nudges"  # by hand; to pause a class or person
    PLAN_LADDER = "plan-ladder"  # rungs and texts: an officer's of the campaign, a coordinator's of the own institution
    MANAGE_INSTITUTION = "manage-institution"  # its contact person
    INVITE_TO_INSTITUTION = "invite-to-institution"
    INVITE_TO_AGENCY = "invite-to-agency"


_SEES = frozenset({Action.SEE_INSTITUTION, Action.SEE_PEOPLE})
_LEADS = _SEES | {Action.RECORD, Action.EXPORT, Action.SEE_IMAGES}
_COORDINATES = _LEADS | {
    Action.EDIT_PEOPLE,
    Action.IMPORT,
    Action.HAND_OVER,
    Action.PLAN_DESKS,
    Action.SEE_WHO_LOOKED,
    Action.SEE_NUDGES,
    Action.SEND_NUDGES,
    Action.PLAN_LADDER,
    Action.MANAGE_INSTITUTION,
    Action.INVITE_TO_INSTITUTION,
}
# An officer sees all and records what the office decides, but an institution's roster stays the institution's.
_OFFICER = _LEADS | {
    Action.SEE_AGENCY,
    Action.MANAGE_AGENCY,
    Action.CONFIRM_BATCHES,
    Action.SEE_NUDGES,
    Action.SEND_NUDGES,
    Action.PLAN_LADDER,
    Action.MANAGE_INSTITUTION,
    Action.INVITE_TO_INSTITUTION,
    Action.INVITE_TO_AGENCY,
}

TABLE: dict[Role, frozenset[Action]] = {
    Role.ADMIN: frozenset(Action),
    Role.OFFICER: _OFFICER,
    Role.COORDINATOR: _COORDINATES,
    Role.UNIT_LEAD: _LEADS,
    Role.VIEWER: _SEES,
}


def may(role: Role, action: Action) -> bool:
    return action in TABLE[role]


def may_invite(inviter: Role) -> tuple[Role, ...]:
    """The roles that somebody may give away: never more than their own."""
    match inviter:
        case Role.ADMIN:
            return tuple(Role)
        case Role.OFFICER:
            return (Role.OFFICER, Role.COORDINATOR, Role.UNIT_LEAD, Role.VIEWER)
        case Role.COORDINATOR:
            return (Role.COORDINATOR, Role.UNIT_LEAD, Role.VIEWER)
        case _:
            return ()
