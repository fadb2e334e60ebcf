"""The plain page hands out one certificate, explains it, and knows nothing about anybody."""

import pytest
from starlette.testclient import TestClient

from evenstride.web.network.first_steps import CERTIFICATE, first_steps

HOST = "192.168.1.20:8472"


@pytest.fixture
def phone():
    """Return a phone that trusts nothing yet."""
    app = first_steps(frozenset({HOST, "desk.local:8472"}), b"0\x82der", "AB CD EF", 8471)
    return TestClient(app, base_url=f"http://{HOST}")


def test_the_certificate_is_of_a_type_that_phones_install(phone):
    """An iPhone offers to install it and an Android phone saves it under its name."""
    answer = phone.get(CERTIFICATE)

    assert b"0\x82der" == answer.content
    assert "application/x-x509-ca-cert" == answer.headers["content-type"]
    assert CERTIFICATE.endswith(".crt")


def test_the_page_explains_the_taps_and_leads_to_the_app(phone):
    """Both systems, the fingerprint to compare, and the encrypted address on the same host."""
    page = phone.get("/").text

    assert "Certificate Trust Settings" in page
    assert "CA certificate" in page
    assert "AB CD EF" in page
    assert f'href="{CERTIFICATE}">Get the certificate<' in page
    assert 'href="https://192.168.1.20:8471/"' in page
    assert (
        'href="https://desk.local:8471/"'
        in phone.get("/", headers={"host": "desk.local:8472"}).text
    )


@pytest.mark.parametrize(
    "path", ["/today", "/pair", "/api/openapi.json", "/static/app.js", "/css/../../app.js"]
)
def test_nothing_else_is_there(phone, path):
    """No page of the app is reached unencrypted."""
    assert 404 == phone.get(path).status_code


@pytest.mark.parametrize("host", ["evil.example", "192.168.1.20", "192.168.1.20:8471", ""])
def test_another_name_is_refused(phone, host):
    """Also here a page that made its own name point to us gets nothing."""
    assert 421 == phone.get("/", headers={"host": host}).status_code


def test_nothing_can_be_sent(phone):
    """It takes nothing."""
    assert 405 == phone.post("/").status_code


def test_it_is_as_strict_as_the_app(phone):
    """No scripts at all, no frames, and the browser does not keep it."""
    page = phone.get("/")

    assert "<script" not in page.text
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert "no-store" == page.headers["cache-control"]
