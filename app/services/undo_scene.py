"""What is known when a roster is to be undone: what it did, what later ones say, what has happened since, who guards whom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from app.domain.scope import CampaignScope
from app.domain.undoing import Why
from app.extensions import db
from app.models import Guardianship, Person, Registration, Roster
from app.services.effects import VALUES, Effects, Pair
from app.services.undo_edited import edited
from app.services.undo_later import Later, later_than
from app.services.undo_touched import Reasons, in_other_campaigns, touched


@dataclass(slots=True)
class Scene:
    """`made` are the people whom the roster brought, `own` reasons that some of them have to stay for their own sake. `here` is what has
    happened in the campaign to whoever was made or registered by the roster; `links` are the families as they are now."""

    scope: CampaignScope
    effects: Effects
    later: Later
    made: set[int]
    here: Reasons
    own: Reasons
    links: dict[Pair, str | None]


def look(scope: CampaignScope, roster: Roster, effects: Effects) -> Scene:
    """Nobody else is asked of than those whom the roster touched in that way: most have only moved to another class."""
    later = later_than(roster)
    mine = select(Person.id, Person.revision).where(Person.institution_id == scope.institution_id, Person.roster_id == roster.id)
    revisions = dict(db.session.execute(mine).all())
    made = set(revisions)
    scene = Scene(scope, effects, later, made, {}, defaultdict(set), {})
    if made or effects.opened:
        scene.here, elsewhere = touched(scope, made, roster.applied_at or roster.uploaded_at)
        for reasons in (scene.here, elsewhere):
            for number in made & reasons.keys():
                scene.own[number] |= reasons[number]
    if made:
        _since(scene, roster.id, revisions)
    if made or effects.opened or effects.links:
        scene.links = _links(scope.institution_id)
    for (child, guardian), relation in scene.links.items() if made else ():
        if child in made and ((child, guardian) not in effects.links or effects.links[child, guardian].after != relation):
            by_roster = later.links.get((child, guardian))
            scene.own[child].add(_of_later(scene, by_roster) if by_roster else Why.GUARDIAN)
    return scene


def registered(scope: CampaignScope) -> dict[int, str]:
    """Everybody who is in the campaign by now, and as what."""
    statement = select(Registration.person_id, Registration.part).where(
        Registration.institution_id == scope.institution_id, Registration.campaign_id == scope.campaign_id
    )
    return dict(db.session.execute(statement).all())


def _since(scene: Scene, roster_id: int, revisions: dict[int, int]) -> None:
    """Other campaigns, edits and later rosters that keep people whom the roster brought."""
    made, later = scene.made, scene.later
    for number in made & in_other_campaigns(scene.scope):
        scene.own[number].add(Why.OTHER_CAMPAIGN)
    for number in edited(scene.scope.institution_id, roster_id, revisions, scene.effects):
        by = {later.edits[number, name] for name in VALUES if (number, name) in later.edits}
        scene.own[number] |= {_of_later(scene, by_roster) for by_roster in by} or {Why.EDITED}
    for number in made & later.listed.keys():
        scene.own[number] |= {_of_later(scene, by_roster) for by_roster, _ in later.listed[number]}


def _of_later(scene: Scene, roster_id: int) -> Why:
    return Why.LATER_ROSTER if scene.later.rosters[roster_id] == scene.scope.campaign_id else Why.OTHER_CAMPAIGN


def _links(institution_id: int) -> dict[Pair, str | None]:
    statement = select(Guardianship.child_id, Guardianship.guardian_id, Guardianship.relation)
    families = db.session.execute(statement.where(Guardianship.institution_id == institution_id))
    return {(child, guardian): relation for child, guardian, relation in families}
