"""A phone comes in over a line that nobody else reads; here everything is on 127.0.0.1."""

import hashlib
import http.client
import re
import ssl
from urllib.parse import urlsplit

import pytest
from tests.web.served import Session, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Serve phones, on this computer alone."""
    home = tmp_path_factory.mktemp("served") / "home"
    with serving(home, "--phone", "--address", "127.0.0.1") as served:
        yield served


@pytest.fixture(scope="module")
def authority(server):
    """Return the certificate as the plain page hands it out."""
    first = urlsplit(server.find(r"for the first time: (\S+)"))
    line = http.client.HTTPConnection(first.hostname, first.port, timeout=30)
    line.request("GET", "/evenstride.crt")
    content = line.getresponse().read()
    line.close()
    return content


@pytest.fixture(scope="module")
def address(server):
    """Return where the app is for phones."""
    return server.find(r"has done so: (https://127\.0\.0\.1:\d+)")


@pytest.fixture
def trusting(authority):
    """Return what a phone trusts that took the first steps: the authority, and nothing else."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=authority)
    return context


def test_a_phone_that_trusts_the_authority_pairs_and_sees_today(server, trusting, address):
    """The chain holds, and the cookie is bound to the encrypted line."""
    phone = server.session(trusting, address)
    answer, page = phone.ask("GET", "/today")

    assert 200 == answer.status
    assert "Welcome" in page
    assert phone.cookie.startswith("__Host-evenstride=")


def test_a_phone_that_does_not_trust_it_sends_nothing(address):
    """Its own list of authorities does not have ours."""
    parts = urlsplit(address)
    phone = Session(parts.hostname, parts.port, ssl.create_default_context())

    with pytest.raises(ssl.SSLCertVerificationError):
        phone.ask("GET", "/")


def test_what_is_handed_out_is_what_the_terminal_told(server, authority):
    """The fingerprint in the terminal is the one of the certificate."""
    shown = server.find(r"must show there:\n([0-9A-F ]+)")
    assert hashlib.sha256(authority).digest() == bytes.fromhex(shown)


def test_the_session_of_an_encrypted_line_does_not_go_by_a_plain_name(server):
    """On the plain line the name of the encrypted cookie means nothing."""
    here = server.session()
    other = Session(here.host, here.port, None)
    other.cookie = "__Host-evenstride=" + here.cookie.partition("=")[2]

    assert 200 == here.ask("GET", "/today")[0].status
    assert 401 == other.ask("GET", "/today")[0].status


def test_old_and_weak_lines_are_refused(address, authority):
    """TLS 1.2 is the least, as phones ask for."""
    weak = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    weak.load_verify_locations(cadata=authority)
    assert ssl.TLSVersion.TLSv1_2 <= weak.minimum_version
    weak.set_ciphers("DEFAULT:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        weak.minimum_version = weak.maximum_version = ssl.TLSVersion.TLSv1_1
    parts = urlsplit(address)

    with pytest.raises(ssl.SSLError):
        Session(parts.hostname, parts.port, weak).ask("GET", "/")


def test_a_plain_question_on_the_encrypted_line_gets_no_page(address):
    """Who forgets the s reads nothing."""
    parts = urlsplit(address)
    with pytest.raises((http.client.BadStatusLine, ConnectionError)):
        Session(parts.hostname, parts.port, None).ask("GET", "/")


def test_the_next_start_needs_nothing_on_the_phone(tmp_path):
    """The authority is kept, so what the phone trusts stays."""
    told = r"must show there:\n([0-9A-F ]+)"
    phones = ("--phone", "--address", "127.0.0.1")
    with serving(tmp_path / "home", *phones) as first:
        assert "No phone trusts this computer yet" in "".join(first.said)
        shown = first.find(told)
        first.stop()
    with serving(tmp_path / "home", *phones) as second:
        assert "No phone trusts this computer yet" not in "".join(second.said)
        assert shown == second.find(told)


def test_http_says_what_others_could_read(tmp_path):
    """Who chooses it is told plainly, and the app is there for phones without encryption."""
    phones = ("--phone", "--http", "--address", "127.0.0.1")
    with serving(tmp_path / "home", *phones) as served:
        said = "".join(served.said)
        assert "Nothing is encrypted" in said
        assert "sensors of the phone do not work" in said
        phone = served.session(None, re.search(r"On your phone: (\S+)", said)[1])

        assert 200 == phone.ask("GET", "/today")[0].status
        assert not (tmp_path / "home" / "web" / "authority.pem").exists()
