"""What browser stories stand on: the program served with the demo, Chromium looking at it, axe checking it, pictures for those who ask.

Stories run on SQLite, whatever the engine: they are about what a person sees. `SCREENSHOTS=folder pytest tests/browser` keeps pictures;
`SLOW=4 pytest tests/browser` shows the pages as an old laptop would, a quarter as fast, with every script arriving half a second late.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright
from waitress.server import create_server
from werkzeug.wsgi import ClosingIterator

from app import create_app
from tests.conftest import TESTING, migrate
from tests.engines import Sqlite
from tests.runner.programs import CHROMIUM

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REFUSAL = r"the server responded with a status of 4\d\d|Response Status Error Code 4\d\d"  # as the browser says it, and as htmx does
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
LOOKS = [(size, scheme) for size in (WIDE, NARROW) for scheme in ("light", "dark")]

SLOW = float(os.environ.get("SLOW", "1"))
LATE = 0.5  # seconds
PATIENCE = 20_000  # milliseconds, for busy machines; it costs nothing where all is well

OpenPage = Callable[..., Page]


class Served:
    """The program as a browser finds it: `url` says where; `app` reaches its database."""

    def __init__(self, app: Flask, url: str, counter: Counter) -> None:
        self.app, self.url, self.counter = app, url, counter


class Counter:
    """Counts the requests that are being answered: pages that have been closed may have left some behind."""

    def __init__(self, app: Flask) -> None:
        self._app, self._open, self._changed = app, 0, threading.Condition()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self._count(1)
        if SLOW > 1 and environ["PATH_INFO"].endswith(".js"):
            time.sleep(LATE)
        try:
            answer = self._app(environ, start_response)
        except BaseException:
            self._count(-1)
            raise
        return ClosingIterator(answer, lambda: self._count(-1))

    def _count(self, more: int) -> None:
        with self._changed:
            self._open += more
            self._changed.notify_all()

    def wait_until_idle(self) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: not self._open, timeout=30), "requests are still being answered"


@pytest.fixture(scope="session")
def _demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Sqlite, Flask]]:
    """An application on the demo's database, made once and kept. A browser has to send every form's token, as in real life."""
    database = Sqlite(tmp_path_factory.mktemp("demo"))
    app = create_app({**TESTING, "WTF_CSRF_ENABLED": True, "DATABASE_URL": database.url})
    migrate(app)
    with app.app_context():
        app.test_cli_runner(catch_exceptions=False).invoke(args=["demo"])
    database.keep()
    yield database, app
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()


@pytest.fixture(scope="session")
def _served(_demo: tuple[Sqlite, Flask]) -> Iterator[Served]:
    _, app = _demo
    counter = Counter(app)
    server = create_server(counter, host="127.0.0.1", port=0, threads=4 if SLOW == 1 else 16)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Served(app, f"http://127.0.0.1:{server.effective_port}", counter)
    server.close()
    thread.join(timeout=5)


@pytest.fixture
def live_server(_demo: tuple[Sqlite, Flask], _served: Served) -> Served:
    """The program, served with the demo as it is at first."""
    database, app = _demo
    with app.app_context():
        engine = app.extensions["sqlalchemy"].engine
    _served.counter.wait_until_idle()
    database.restore(engine)
    return _served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = CHROMIUM.path()
    assert path, "there is no Chromium here (Debian: apt-get install chromium)"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session", autouse=True)
def _whole_pages() -> Iterator[None]:
    """What a test does, it does to a page whose scripts have run, as nearly everybody does. Whoever is faster is a story of their own, told
    with `page.mouse` and a keyboard taken before the page is opened."""
    with pytest.MonkeyPatch.context() as patched:
        for name in ("check", "click", "dblclick", "fill", "press", "select_option", "set_input_files", "tap", "uncheck"):
            patched.setattr(Locator, name, _once_whole(getattr(Locator, name)))
        keyboard = Page.keyboard.fget
        patched.setattr(Page, "keyboard", property(lambda page: page.wait_for_load_state() or keyboard(page)))
        yield


def _once_whole(act: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(act)
    def patient(locator: Locator, *args: Any, **kwargs: Any) -> Any:
        locator.page.wait_for_load_state()
        return act(locator, *args, **kwargs)

    return patient


@pytest.fixture
def open_page(browser: Browser, live_server: Served) -> Iterator[OpenPage]:
    """Makes pages, each a visitor of their own, of a size and colour scheme. What goes wrong in one (an error on the console, a refused
    script, a broken answer) fails the test at its end."""
    wrong: list[str] = []
    with ExitStack() as contexts:

        def open_one(size: dict[str, int] = WIDE, scheme: str = "light", **options: Any) -> Page:
            look = {"viewport": size, "color_scheme": scheme, "locale": "vi-VN"}
            context = browser.new_context(**{"base_url": live_server.url, **look, **options})
            contexts.callback(context.close)
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            if SLOW > 1:
                context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
            page.on("console", lambda message: _note(message, wrong))
            page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
            page.on("response", lambda response: wrong.append(f"{response.status} from {response.url}") if response.status >= 500 else None)
            return page

        yield open_one
    assert not wrong, "the browser complained:\n" + "\n".join(wrong)


def _note(message: ConsoleMessage, wrong: list[str]) -> None:
    """A refusal (403, 404, 422) is an answer that a story may be about; any other error is not."""
    if message.type == "error" and not re.search(REFUSAL, message.text):
        wrong.append(f"console: {message.text}")


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page 1280 pixels wide, in light."""
    return open_page()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A page 360 pixels wide, in light."""
    return open_page(NARROW)


@pytest.fixture(params=LOOKS, ids=[f"{size['width']}-{scheme}" for size, scheme in LOOKS])
def any_page(request: pytest.FixtureRequest, open_page: OpenPage) -> Page:
    """A page in each of the four looks: 1280 and 360 pixels wide, light and dark. The test runs once in each."""
    size, scheme = request.param
    return open_page(size, scheme)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Fails on anything that WCAG 2.2 AA forbids and a program can see, on a page of which nothing is still being fetched."""

    def check(page: Page) -> None:
        expect(page.locator(".htmx-request")).to_have_count(0)
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        result = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", list(RULES))
        found = [
            f"{violation['help']} ({violation['id']}): {node['target']} {node['html'][:160]}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]
        assert not found, f"{page.url} keeps somebody out:\n" + "\n".join(found)

    return check


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Keeps a picture of the whole page under a name, if SCREENSHOTS names a folder for them."""
    folder = os.environ.get("SCREENSHOTS")

    def keep(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            scheme = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'")
            page.screenshot(path=Path(folder) / f"{name}-{page.viewport_size['width']}-{scheme}.png", full_page=True)

    return keep
