"""The tables, their keys and constraints; no decisions. Keys of a tenant's rows carry institution_id."""

from app.models.campaigns import Bulk, Campaign, Participation, RecordedEvent, Registration
from app.models.desks import Desk, DeskPerson, DeskVisitor, Difficulty, DifficultyStep
from app.models.nudges import Address, ChannelState, Ladder, LadderRung, MessageDay, MessageText, Nudge, NudgePerson, Pause
from app.models.papers import Batch, BatchForm, Evidence, Image, ImageView
from app.models.people import Double, GuardianKey, Guardianship, Person
from app.models.places import Agency, Institution, Unit
from app.models.rosters import ChangePage, EffectPage, Roster, RosterAnswer, RosterCorrection, RosterFile, RosterProblem
from app.models.running import Heartbeat, LogEntry, Setting
from app.models.runs import RosterRun
from app.models.users import Invitation, Membership, MembershipUnit, User

__all__ = [
    "Address",
    "Agency",
    "Batch",
    "BatchForm",
    "Bulk",
    "Campaign",
    "ChangePage",
    "ChannelState",
    "Desk",
    "DeskPerson",
    "DeskVisitor",
    "Difficulty",
    "DifficultyStep",
    "Double",
    "EffectPage",
    "Evidence",
    "GuardianKey",
    "Guardianship",
    "Heartbeat",
    "Image",
    "ImageView",
    "Institution",
    "Invitation",
    "Ladder",
    "LadderRung",
    "LogEntry",
    "Membership",
    "MembershipUnit",
    "MessageDay",
    "MessageText",
    "Nudge",
    "NudgePerson",
    "Participation",
    "Pause",
    "Person",
    "RecordedEvent",
    "Registration",
    "Roster",
    "RosterAnswer",
    "RosterCorrection",
    "RosterFile",
    "RosterProblem",
    "RosterRun",
    "Setting",
    "Unit",
    "User",
]
