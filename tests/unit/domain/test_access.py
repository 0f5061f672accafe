"""The table of roles and actions, held as it was agreed."""

from __future__ import annotations

from app.domain.access import TABLE, Action, Role, may, may_invite


def test_who_may_do_what() -> None:
    rows = {role: {action.value for action in actions} for role, actions in TABLE.items()}
    sees = {"see-institution", "see-people"}
    leads = sees | {"record", "export", "see-images"}
    coordinates = leads | {"edit-people", "import", "hand-over", "plan-desks", "see-who-looked"}
    reminds = {"see-nudges", "send-nudges", "plan-ladder"}
    coordinates |= reminds | {"manage-institution", "invite-to-institution"}
    assert rows == {
        Role.ADMIN: {action.value for action in Action},
        Role.OFFICER: leads
        | reminds
        | {"see-agency", "manage-agency", "confirm-batches", "manage-institution", "invite-to-institution", "invite-to-agency"},
        Role.COORDINATOR: coordinates,
        Role.UNIT_LEAD: leads,
        Role.VIEWER: sees,
    }


def test_what_the_table_does_not_name_is_not_allowed() -> None:
    assert not may(Role.VIEWER, Action.RECORD)
    assert not may(Role.UNIT_LEAD, Action.IMPORT)
    assert not may(Role.OFFICER, Action.IMPORT)


def test_nobody_gives_away_more_than_they_have() -> None:
    assert Role.ADMIN not in may_invite(Role.OFFICER)
    assert Role.OFFICER not in may_invite(Role.COORDINATOR)
    assert may_invite(Role.UNIT_LEAD) == may_invite(Role.VIEWER) == ()
