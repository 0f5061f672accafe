"""Messages put into words: the program's own text, or a campaign's, which is checked first and never keeps a message from going."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from app.texts import digests, people, sms, variables
from app.texts.examples import examples
from app.texts.layout import blocks
from app.texts.scrubbing import holds_identity_number
from app.texts.short import parts, unaccented
from app.texts.speech import Digest, Said, Speech, Wording

_TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
MOST_PARTS = 3
LONGEST = {"subject": 200, "body": 6000, "short": 600}
# All that a text may do: put a variable in, and say something only where one has a value.
_ALLOWED = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Not, nodes.And, nodes.Or)


class Fault(StrEnum):
    """Why a text can't be used."""

    EMPTY = "empty"
    TOO_LONG = "too-long"
    BROKEN = "broken"
    UNKNOWN_VARIABLE = "unknown-variable"
    NOT_ALLOWED = "not-allowed"
    IDENTITY_NUMBER = "identity-number"
    TOO_MANY_PARTS = "too-many-parts"
    TWO_LINES = "two-lines"


@dataclass(frozen=True, slots=True)
class Problem:
    """`part` is "subject", "body" or "short"; `detail` what it is about: the variable's name, the line, the number."""

    part: str
    fault: Fault
    detail: str = ""


def said(speech: Speech | Digest, wording: Wording | None) -> Said:
    """The message in all its forms. A campaign's own text that can't be used gives way to the one that comes with the program."""
    own = _own(speech, wording) if wording else None
    subject, body, short = own or _built_in(speech)
    text = _with_stop(body, speech)
    return Said(subject, text, _html(subject, text), short, fell_back=wording is not None and own is None)


@lru_cache(maxsize=512)
def check(wording: Wording) -> tuple[Problem, ...]:
    """Everything that keeps a text from being used; empty where it can be."""
    found = [problem for part in LONGEST for problem in _checked(part, getattr(wording, part))]
    if not found:
        count = max(parts(_own_short(speech, wording)) for speech in examples())
        found += [Problem("short", Fault.TOO_MANY_PARTS, str(count))] if count > MOST_PARTS else []
    return tuple(found)


def _checked(part: str, text: str) -> list[Problem]:
    if not text.strip():
        return [] if part == "short" else [Problem(part, Fault.EMPTY)]
    if len(text) > LONGEST[part]:
        return [Problem(part, Fault.TOO_LONG, str(LONGEST[part]))]
    if part == "subject" and len(text.splitlines()) > 1:
        return [Problem(part, Fault.TWO_LINES)]
    try:
        tree = _sandbox().parse(text)
    except TemplateSyntaxError as error:
        return [Problem(part, Fault.BROKEN, str(error.lineno))]
    found = _misused(part, tree)
    if any(holds_identity_number(data.data) for data in tree.find_all(nodes.TemplateData)):
        found.append(Problem(part, Fault.IDENTITY_NUMBER))
    return found


def _misused(part: str, tree: nodes.Template) -> list[Problem]:
    """Loops, calls, attributes, filters and the like; and names that stand for nothing."""
    found: dict[Problem, None] = {}
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            found[Problem(part, Fault.NOT_ALLOWED, str(node.lineno))] = None
        elif isinstance(node, nodes.Name) and node.name not in variables.VARIABLES:
            found[Problem(part, Fault.UNKNOWN_VARIABLE, node.name)] = None
    return list(found)


def _own(speech: Speech | Digest, wording: Wording) -> tuple[str, str, str] | None:
    if check(wording):
        return None
    try:
        values = variables.values(speech)
        subject, body = (_filled(text, values) for text in (wording.subject, wording.body))
        short = _own_short(speech, wording)
    except TemplateError:
        return None
    subject = " ".join(subject.split())
    # What was short enough for invented people may not be for somebody with five children and long names.
    return (subject, body.strip(), short if parts(short) <= MOST_PARTS else _built_in_short(speech)) if subject and body.strip() else None


def _own_short(speech: Speech | Digest, wording: Wording) -> str:
    if not wording.short.strip():
        return _built_in_short(speech)
    return unaccented(_filled(wording.short, variables.values(speech))) or _built_in_short(speech)


def _filled(text: str, values: dict[str, str]) -> str:
    return _compiled(text).render(values)


def _built_in(speech: Speech | Digest) -> tuple[str, str, str]:
    if isinstance(speech, Digest):
        return digests.subject(speech), digests.body(speech), sms.short_digest(speech)
    return people.subject(speech), people.body(speech), sms.short_form(speech)


def _built_in_short(speech: Speech | Digest) -> str:
    return sms.short_digest(speech) if isinstance(speech, Digest) else sms.short_form(speech)


def _with_stop(body: str, speech: Speech | Digest) -> str:
    """How to decline further messages stands in every message to a person, also where a text of the campaign's own forgot it."""
    stop = speech.stop_url if isinstance(speech, Speech) else None
    return body if not stop or stop in body else f"{body}\n\nKhông muốn nhận tin nhắc nữa, xin mở: {stop}"


def _html(subject: str, text: str) -> str:
    return _files().get_template("emails/nudge.html").render(subject=subject, blocks=blocks(text))


@lru_cache(maxsize=512)
def _compiled(text: str) -> Template:
    return _sandbox().from_string(text)


@cache
def _sandbox() -> SandboxedEnvironment:
    """For what people have written. It makes plain text; the HTML is laid out from that, and escaped there."""
    env = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)
    env.globals.clear()
    return env


@cache
def _files() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
