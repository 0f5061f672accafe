"""Who is signed in: a frozen value, read from the session once per request."""

from __future__ import annotations

from flask_login import LoginManager, UserMixin

from app.queries import users
from app.queries.users import SignedIn


class Visitor(UserMixin):  # type: ignore[misc]
    """Flask-Login's view of a signed-in user. The session holds the id and the session key, so a new key ends the session."""

    def __init__(self, user: SignedIn) -> None:
        self.user = user

    def get_id(self) -> str:
        return f"{self.user.id}:{self.user.session_key}"


def register(login: LoginManager) -> None:
    login.login_view = "sessions.new_session"
    login.session_protection = "basic"
    login.user_loader(_load)


def _load(session_id: str) -> Visitor | None:
    number, _, key = session_id.partition(":")
    user = users.signed_in(int(number), key) if number.isdigit() else None
    return Visitor(user) if user else None
