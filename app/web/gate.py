"""The gate every request passes: who is it, may they, which scope do they get, and is this a reading or a writing unit of work.

A view declares its policy with one of the decorators below; an endpoint without one keeps the application from starting. A place
that does not concern the visitor answers 404, as if it were not there; an action that their role lacks answers 403.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, abort, g, make_response, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import transaction
from app.domain.access import Action
from app.queries import users
from app.queries.users import SignedIn
from app.web import paths

View = Callable[..., Any]
READS = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True, slots=True)
class Policy:
    """What an endpoint asks of its visitor. `place` names the kind of scope that the view gets as its first argument."""

    place: str  # "public", "user", "agency", "institution", "campaign"
    action: Action | None = None


def public(view: View) -> View:
    """Anybody; the view gets no scope."""
    return _guarded(view, Policy("public"), lambda _user: None)


def signed_in(view: View) -> View:
    """Anybody who is signed in; the view gets the user."""
    return _guarded(view, Policy("user"), lambda user: user)


def at_agency(action: Action) -> Callable[[View], View]:
    """Whoever may do `action` at the agency of the URL (`agency_code`)."""
    return lambda view: _guarded(view, Policy("agency", action), lambda user: users.agency_scope(user, _taken("agency_code")))


def at_institution(action: Action) -> Callable[[View], View]:
    """Whoever may do `action` at the institution of the URL (`institution_code`)."""
    return lambda view: _guarded(
        view, Policy("institution", action), lambda user: users.institution_scope(user, _taken("institution_code"))
    )


def in_campaign(action: Action) -> Callable[[View], View]:
    """Whoever may do `action` at the institution of the URL in its campaign (`institution_code`, `campaign_code`)."""
    return lambda view: _guarded(
        view,
        Policy("campaign", action),
        lambda user: users.campaign_scope(user, _taken("institution_code"), _taken("campaign_code")),
    )


def check(app: Flask) -> None:
    """Refuse to start while an endpoint declares no policy."""
    app.view_functions["static"] = _static(app.view_functions["static"])
    bare = sorted(endpoint for endpoint, view in app.view_functions.items() if not hasattr(view, "policy"))
    if bare:
        raise RuntimeError(f"no policy declared for: {', '.join(bare)}")


def policy_of(view: View) -> Policy:
    found: Policy = view.policy  # type: ignore[attr-defined]
    return found


def visitor() -> SignedIn | None:
    """The signed-in user, None for a stranger."""
    return current_user.user if current_user.is_authenticated else None


def _guarded(view: View, policy: Policy, find: Callable[[SignedIn], Any]) -> View:
    @wraps(view)
    def guarded(**arguments: Any) -> Any:
        with ExitStack() as units:
            units.enter_context(transaction.reading())
            user = visitor()
            if policy.place != "public" and user is None:
                return _to_sign_in()
            scope = g.scope = _admitted(policy, find(user)) if user and policy.place != "public" else None
            if request.method not in READS:
                units.close()
                units.enter_context(transaction.writing())
            response = make_response(view(*([] if scope is None else [scope]), **_left(policy, arguments)))
            if response.status_code >= 400:
                transaction.abandon()
            return response

    guarded.policy = policy  # type: ignore[attr-defined]
    return guarded


def _admitted(policy: Policy, scope: Any) -> Any:
    if scope is None:
        abort(404)
    if policy.action is not None and not scope.may(policy.action):
        abort(403)
    return scope


def _static(view: View) -> View:
    """Files of the program itself are open to everybody and need no database."""

    @wraps(view)
    def files(**arguments: Any) -> Any:
        return view(**arguments)

    files.policy = Policy("public")  # type: ignore[attr-defined]
    return files


def _taken(name: str) -> str:
    """A part of the URL that only the gate needs."""
    return str((request.view_args or {})[name])


_OWN = {"agency": {"agency_code"}, "institution": {"institution_code"}, "campaign": {"institution_code", "campaign_code"}}


def _left(policy: Policy, arguments: dict[str, Any]) -> dict[str, Any]:
    """What the view gets besides its scope."""
    return {name: value for name, value in arguments.items() if name not in _OWN.get(policy.place, set())}


def _to_sign_in() -> Response:
    """A plain request is sent to the sign-in page and comes back afterwards; HTMX follows a redirect in the header.

    Who sends a form, or works in a page by HTMX, was signed in a moment ago: they come back to that page and are told what happened.
    """
    by_htmx = bool(request.headers.get("HX-Request"))
    if request.method == "GET" and not by_htmx:
        return redirect(url_for("sessions.new_session", next=request.full_path.rstrip("?")))
    target = url_for("sessions.new_session", next=paths.came_from(), ended=1)
    if not by_htmx:
        return redirect(target)
    answer = make_response("", 200)
    answer.headers["HX-Redirect"] = target
    return answer
