"""Whose eyes: the first argument of every query and service. Made in two places only, the gate of the web and a job from its row."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.access import Action, Role, may


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `user_id` is None for a command or a job; `name` is what a timeline shows as the source."""

    user_id: int | None
    name: str


@dataclass(frozen=True, slots=True)
class AgencyScope:
    """An agency's subtree. `path` is the agency's place in the tree ("/079/07914/"): all agencies whose path begins with it are inside."""

    actor: Actor
    role: Role
    agency_id: int
    path: str

    def may(self, action: Action) -> bool:
        return may(self.role, action)


@dataclass(frozen=True, slots=True)
class InstitutionScope:
    """One institution. `unit_ids` is None for all its people, else the units (a homeroom teacher's classes) that may be seen."""

    actor: Actor
    role: Role
    institution_id: int
    unit_ids: frozenset[int] | None = None

    def may(self, action: Action) -> bool:
        return may(self.role, action)


@dataclass(frozen=True, slots=True)
class CampaignScope:
    """One institution in one campaign: where people, registrations and rosters are."""

    within: InstitutionScope
    campaign_id: int

    @property
    def actor(self) -> Actor:
        return self.within.actor

    @property
    def institution_id(self) -> int:
        return self.within.institution_id

    @property
    def unit_ids(self) -> frozenset[int] | None:
        return self.within.unit_ids

    def may(self, action: Action) -> bool:
        return self.within.may(action)
