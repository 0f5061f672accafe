"""The tables, their keys and constraints; no decisions. Keys of a tenant's rows carry institution_id."""

from app.models.campaigns import Campaign, Participation, RecordedEvent, Registration
from app.models.people import Guardianship, Person
from app.models.places import Agency, Institution, Unit
from app.models.rosters import ChangePage, Roster, RosterFile, RosterProblem
from app.models.running import Heartbeat, LogEntry, Setting
from app.models.users import Invitation, Membership, MembershipUnit, User

__all__ = [
    "Agency",
    "Campaign",
    "ChangePage",
    "Guardianship",
    "Heartbeat",
    "Institution",
    "Invitation",
    "LogEntry",
    "Membership",
    "MembershipUnit",
    "Participation",
    "Person",
    "RecordedEvent",
    "Registration",
    "Roster",
    "RosterFile",
    "RosterProblem",
    "Setting",
    "Unit",
    "User",
]
