"""The client of the tests: a browser without a screen that won't take unsound HTML."""

from __future__ import annotations

from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.page import Page


class CheckedClient(FlaskClient):
    """Every HTML answer is checked; `page` gives it to be read."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        assert not has_app_context(), "a request of a test starts outside any application context, or it would share the test's session"
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.data and not response.location:
            problems = Page(response.text).problems()
            assert not problems, f"{response.request.path} is not sound HTML:\n" + "\n".join(f"- {problem}" for problem in problems)
        return response

    def page(self, path: str, *, status: int = 200, **kwargs: Any) -> Page:
        """The page at `path`."""
        response = self.get(path, **kwargs)
        assert response.status_code == status, f"{path} answers {response.status}"
        return Page(response.text)

    def fragment(self, path: str, *, status: int = 200, **kwargs: Any) -> Page:
        """What HTMX gets from `path`."""
        return self.page(path, status=status, headers={"HX-Request": "true"}, **kwargs)
