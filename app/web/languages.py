"""Which language and which look the visitor has chosen, and the Vietnamese catalogue, read from its .po file itself."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Blueprint, Flask, has_request_context, redirect, request, session
from flask_babel import Domain, get_locale
from werkzeug.wrappers import Response

from app.config import LANGUAGES
from app.extensions import babel
from app.web import gate, paths

pages = Blueprint("languages", __name__)
CATALOGUE = Path(__file__).resolve().parent.parent / "translations" / "vi" / "LC_MESSAGES" / "messages.po"
LOOKS = ("light", "dark")


class Catalogue(Domain):  # type: ignore[misc]
    """The English words are the message ids. Nothing is compiled beforehand, so nothing can be out of date."""

    def get_translations(self) -> NullTranslations:
        return _vietnamese() if str(get_locale()) == "vi" else NullTranslations()


@cache
def _vietnamese() -> Translations:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="vi")
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def chosen() -> str:
    """The language of this request: the visitor's choice, else Vietnamese; Vietnamese outside of requests, too."""
    choice = session.get("language") if has_request_context() else None
    return choice if choice in LANGUAGES else LANGUAGES[0]


def look() -> str | None:
    """Light or dark if the visitor chose one; None follows the device."""
    choice = session.get("look")
    return choice if choice in LOOKS else None


@pages.post("/language")
@gate.public
def choose_language() -> Response:
    return _keep("language", LANGUAGES)


@pages.post("/look")
@gate.public
def choose_look() -> Response:
    return _keep("look", LOOKS)


def _keep(name: str, known: tuple[str, ...]) -> Response:
    """A choice that is not known means none."""
    choice = request.form.get(name)
    if choice in known:
        session[name] = choice
    else:
        session.pop(name, None)
    return redirect(paths.own(request.form.get("back")) or "/")


def register(app: Flask) -> None:
    babel.domain_instance = Catalogue()
    app.jinja_env.globals.update(language=chosen, chosen_look=look)
