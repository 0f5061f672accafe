"""Commands for what is sealed, the images of papers above all: a new key, everything sealed anew with it, and the images of one person gone
on request."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app import transaction
from app.adapters import sealing
from app.adapters.sealing import Sealer, Unsealable
from app.cli.answers import as_json, at_now, refuse, refusing, say
from app.domain.ladder import SENT_BY_US, Channel
from app.domain.scope import CampaignScope
from app.queries import evidence as kept
from app.queries import guardians, operators, people
from app.queries.evidence import SealedImage
from app.services import evidence as noting
from app.services import tokens

evidence = AppGroup("evidence", help="Images of papers, and the keys that seal them.")


@evidence.command("new-key")
def new_key() -> None:
    """Put a new key before those in the key file. Older ones still open what they sealed: run `evidence reseal`, then take them out."""
    if (current_app.config["EVIDENCE_KEYS"] or "").strip():
        refuse("keys-given", "The keys come from EVIDENCE_KEYS: put a new one before them there, with a comma between.", False)
    path = Path(current_app.config["EVIDENCE_KEY_FILE"])
    try:
        sealing.add_key(path)
    except OSError as failed:
        refuse("not-written", f"{path} could not be written: {failed.strerror}.", False)
    click.echo(f"new key in {path}; keep a copy apart from the database's backups")


@evidence.command("reseal")
@as_json
def reseal(as_json: bool) -> None:
    """Seal all images, and the tokens of channels, anew with the newest key. Can be interrupted and begun again at any time."""
    with refusing(as_json):
        sealer = _sealer(as_json)
        done, lost = _reseal_all(sealer)
        lost += sum(not _reseal_tokens(sealer, channel) for channel in SENT_BY_US)
    if lost:
        told = f"{done} images were sealed anew, but no key opens {lost} others or tokens. "
        told += "Put back the key that sealed them, then run this again."
        refuse("not-opened", told, as_json)
    say({"resealed": done}, as_json)


def _sealer(as_json: bool) -> Sealer:
    config = current_app.config
    try:
        return Sealer(sealing.keys(config["EVIDENCE_KEYS"], Path(config["EVIDENCE_KEY_FILE"])))
    except ValueError as bad:
        refuse("bad-keys", f"{str(bad)[:1].upper()}{str(bad)[1:]}.", as_json)


def _reseal_all(sealer: Sealer) -> tuple[int, int]:
    """How many were sealed anew, and how many no key opens. Each block is a unit of work of its own, so nobody waits for long."""
    done, lost = 0, 0
    last: SealedImage | None = None
    while True:
        with transaction.reading():
            block = kept.sealed_block(last)
        if not block:
            return done, lost
        anew = [fresh for image in block if (fresh := _resealed(sealer, image))]
        with transaction.writing():
            done += noting.replace_sealed(anew)
        lost, last = lost + len(block) - len(anew), block[-1]


def _reseal_tokens(sealer: Sealer, channel: Channel) -> bool:
    """The tokens by which a channel is used; a sender that renews them just now is waited for. False where no key opens them."""
    with transaction.writing():
        kept = tokens.locked(channel) if tokens.kept(channel) else None
        try:
            if kept is not None:
                tokens.replace(channel, sealer.reseal(kept))
        except Unsealable:
            return False
    return True


def _resealed(sealer: Sealer, image: SealedImage) -> SealedImage | None:
    try:
        return SealedImage(image.institution_id, image.id, sealer.reseal(image.sealed))
    except Unsealable:
        return None


@evidence.command("purge")
@click.option("--institution", "institution_code", required=True)
@click.option("--campaign", "campaign_code", required=True)
@click.option("--person", "key", required=True, help="Any of the person's numbers, or a guardian's phone.")
@as_json
@at_now
def purge(institution_code: str, campaign_code: str, key: str, as_json: bool) -> None:
    """Delete all images of one person in a campaign, because they or their guardian ask for it. How the papers stand remains."""
    with refusing(as_json), transaction.writing():
        scope = operators.in_campaign(institution_code, campaign_code)
        gone = noting.purge_person(scope, _one_person(scope, key, as_json))
    say({"purged": gone}, as_json)


def _one_person(scope: CampaignScope, key: str, as_json: bool) -> int:
    found = people.numbered(scope, key) or guardians.with_phone(scope, key)
    if len(found) != 1:
        refuse("several-people" if found else "unknown-person", f"{len(found)} people of this institution have this number.", as_json)
    return found[0]
