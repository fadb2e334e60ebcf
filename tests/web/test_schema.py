"""Whatever is sent to whichever route, the server answers as it describes itself, and never fails.

schemathesis makes the requests up from the description, so a route that is added is tried, too.
"""

import os
import re

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CheckFunction
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient
from tests.web.conftest import ORIGIN, paired

from evenstride.web.application import create_app
from evenstride.web.settings import Settings

EXAMPLES = int(os.environ.get("EVENSTRIDE_SCHEMA_EXAMPLES", "4"))
"""How many requests per route: few, as all tests together should take minutes."""

PUSHED = "/api/push/"  # has keys of its own
SAME_FOR_ALL = {"/", "/pair", "/sw.js", "/manifest.webmanifest", "/offline"}

CHECKS: list[CheckFunction] = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

_MADE = create_app(Settings(None, frozenset({ORIGIN})))
OPERATIONS = [
    one.ok() for one in schemathesis.openapi.from_dict(_MADE.openapi()).get_all_operations()
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Return a server over a new folder, and what a paired browser sends along."""
    app = create_app(Settings(tmp_path_factory.mktemp("schema") / "home", frozenset({ORIGIN})))
    browser = paired(app)
    return app, {"x-csrf-token": browser.headers["x-csrf-token"]}, dict(browser.cookies)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.label)
def test_every_route_needs_a_paired_browser(server, operation):
    """A stranger gets nothing from any route that there is, but what is the same for everybody."""
    app, _, _ = server
    stranger = TestClient(app, base_url=ORIGIN, follow_redirects=False)
    path = re.sub(r"\{\w+\}", "1", operation.path)
    answer = stranger.request(operation.method, path)

    assert (401 != answer.status_code) == (path in SAME_FOR_ALL)
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.label)
def test_it_answers_as_it_says(server, operation):
    """No request of a paired browser makes the server fail, or say what it does not describe."""
    app, headers, cookies = server

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy())
    def holds(case):
        case.operation.app = case.operation.schema.app = app
        answer = case.call(base_url=ORIGIN, headers=headers, cookies=cookies)
        case.validate_response(answer, checks=CHECKS)
        assert (401 == answer.status_code) == operation.path.startswith(PUSHED)

    holds()
