"""A real server on this computer alone, and a real Chromium over it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from tests.browser.serving import ARGUMENTS, Served, serving

from evenstride.app.demo_diary import make_demo


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Return Playwright: there can be one only."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright) -> Iterator[Browser]:
    """Return Debian's Chromium; without it these tests fail, and say what is missing."""
    path = shutil.which("chromium")
    assert path, "These tests need Chromium: apt install chromium"
    browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Path:
    """Return the folder of a simulated person with eight weeks of walks; copy it to change it."""
    home = tmp_path_factory.mktemp("demo") / "home"
    make_demo(home)
    return home


@pytest.fixture
def server(tmp_path, chromium) -> Iterator[Served]:
    """Serve a new folder in which nothing was told yet."""
    with stopping(serving(tmp_path / "home"), chromium) as served:
        yield served


@pytest.fixture
def demo_server(tmp_path, demo, chromium) -> Iterator[Served]:
    """Serve a copy of the simulated person's folder."""
    home = tmp_path / "home"
    shutil.copytree(demo, home)
    with stopping(serving(home), chromium) as served:
        yield served


@pytest.fixture(scope="module")
def module_server(tmp_path_factory, demo, chromium) -> Iterator[Served]:
    """Serve a copy of the simulated person's folder to all tests of a module, which only read."""
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(demo, home)
    with stopping(serving(home), chromium) as served:
        yield served


@contextmanager
def stopping(served: Served, chromium: Browser) -> Iterator[Served]:
    """Stop a server at the end, after the pages that show it: they would ask it on and on."""
    yield served
    for context in chromium.contexts:
        if any(page.url.startswith(served.origin) for page in context.pages):
            context.close()
    served.stop()
