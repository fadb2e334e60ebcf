"""A server in this process, over a folder of a simulated person."""

import shutil
import tempfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from evenstride.app.demo_diary import make_demo
from evenstride.web.application import create_app
from evenstride.web.settings import Settings

ORIGIN = "http://127.0.0.1:8470"


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Path:
    """Return the folder of a simulated person with eight weeks of walks; nobody may change it."""
    home = tmp_path_factory.mktemp("demo") / "home"
    make_demo(home)
    return home


@pytest.fixture
def app(tmp_path):
    """Return the application over a new folder in which nothing was told yet."""
    return create_app(Settings(tmp_path / "home", frozenset({ORIGIN})))


@pytest.fixture
def stranger(app):
    """Return a browser that is not paired."""
    return TestClient(app, base_url=ORIGIN, follow_redirects=False)


@pytest.fixture
def browser(app):
    """Return a browser that is paired, and sends the token of its forms."""
    return paired(app)


@pytest.fixture
def home(tmp_path, demo):
    """Return a copy of the simulated person's folder."""
    return shutil.copytree(demo, tmp_path / "person")


@pytest.fixture
def person(home):
    """Return a paired browser of the simulated person."""
    return paired(create_app(Settings(home, frozenset({ORIGIN}))))


@pytest.fixture
def no_traces(tmp_path, monkeypatch):
    """Return the folder for passing files, in which nothing may stay."""
    folder = tmp_path / "passing"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def paired(app) -> TestClient:
    """Pair a new browser with a server, as the link that it opens itself does."""
    client = TestClient(app, base_url=ORIGIN, follow_redirects=False)
    answer = client.get("/pair", params={"code": app.state.pairing.new_link()})
    assert 303 == answer.status_code
    client.headers["x-csrf-token"] = token_of(client)
    return client


def token_of(client: TestClient) -> str:
    """Return the token that the pages of a session carry."""
    page = client.get("/more").text
    return page.partition('name="csrf-token" content="')[2].partition('"')[0]
