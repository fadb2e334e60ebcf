"""A phone that trusts this computer trusts nothing else through it: asked of OpenSSL itself."""

import socket
import ssl
import stat
import subprocess
import threading
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from evenstride.web.network import authority as made
from evenstride.web.network.authority import certificates

NAMES, ADDRESSES = ("desk", "desk.local"), ("192.168.1.20", "127.0.0.1")
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    """Return where the keys are kept."""
    return tmp_path / "web"


def certificate_in(path):
    """Return the certificate of a file."""
    return x509.load_pem_x509_certificate(path.read_bytes())


def handshake(server_file, authority_der, name):
    """Shake hands as a client that trusts the authority alone; return what went wrong."""
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(server_file)
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.verify_flags |= ssl.VERIFY_X509_STRICT
    trusting.load_verify_locations(cadata=authority_der)
    here, there = socket.socketpair()

    def answer():
        try:
            theirs.wrap_socket(there, server_side=True).close()
        except OSError:
            there.close()

    serving = threading.Thread(target=answer)
    serving.start()
    try:
        with trusting.wrap_socket(here, server_hostname=name):
            return ""
    except ssl.SSLCertVerificationError as error:
        return error.verify_message
    finally:
        here.close()
        serving.join()


@pytest.mark.parametrize("name", [*NAMES, *ADDRESSES])
def test_the_chain_holds_for_every_name_of_this_computer(folder, name):
    """OpenSSL, strict and trusting nothing but the authority, accepts the server."""
    ours = certificates(folder, NAMES, ADDRESSES)

    assert "" == handshake(ours.server, ours.authority, name)


@pytest.mark.parametrize(
    "name", ["bank.example", "desk.example", "local", "192.168.1.21", "8.8.8.8"]
)
def test_the_authority_cannot_vouch_for_anybody_else(folder, name):
    """Even who has its key cannot pretend to be another site: the constraints forbid it."""
    ours = certificates(folder, NAMES, ADDRESSES)
    stolen = (folder / "authority.pem").read_bytes()
    pair = made._Pair(  # noqa: SLF001 - what a thief would do
        x509.load_pem_x509_certificate(stolen), load_pem_private_key(stolen, None)
    )
    made._keep(folder / "forged.pem", made._new_server(pair, frozenset({name}), datetime.now(UTC)))  # noqa: SLF001

    assert "permitted subtree violation" == handshake(folder / "forged.pem", ours.authority, name)


def test_the_server_is_refused_under_another_name(folder):
    """The certificate is for the names of this computer only."""
    ours = certificates(folder, NAMES, ADDRESSES)

    assert "mismatch" in handshake(ours.server, ours.authority, "other.local")


def test_who_does_not_trust_the_authority_refuses(folder, tmp_path):
    """Another authority of the same kind vouches for nothing here."""
    ours = certificates(folder, NAMES, ADDRESSES)
    other = certificates(tmp_path / "other", NAMES, ADDRESSES)

    assert handshake(ours.server, other.authority, "desk.local")


def test_keys_are_for_their_owner_only(folder):
    """Files with keys are readable by nobody else, and so is their folder."""
    certificates(folder, NAMES, ADDRESSES)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert {"authority.pem": 0o600, "server.pem": 0o600} == modes
    assert 0o700 == stat.S_IMODE(folder.stat().st_mode)


def test_what_phones_ask_of_certificates(folder):
    """The server's lives 398 days at most, is for servers, and names them; the authority is one."""
    certificates(folder, NAMES, ADDRESSES, NOW)
    server, authority = (certificate_in(folder / name) for name in ("server.pem", "authority.pem"))

    assert server.not_valid_after_utc - server.not_valid_before_utc <= timedelta(days=398)
    purposes = server.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert [x509.oid.ExtendedKeyUsageOID.SERVER_AUTH] == list(purposes)
    basic = authority.extensions.get_extension_for_class(x509.BasicConstraints)
    assert (True, 0, True) == (basic.value.ca, basic.value.path_length, basic.critical)
    assert authority.extensions.get_extension_for_class(x509.NameConstraints).critical


def test_the_fingerprint_is_the_one_that_phones_show(folder, tmp_path):
    """OpenSSL computes the same from what is handed out."""
    ours = certificates(folder, NAMES, ADDRESSES)
    (tmp_path / "ca.crt").write_bytes(ours.authority)
    command = ["openssl", "x509", "-inform", "der", "-noout", "-fingerprint", "-sha256"]
    said = subprocess.run(
        [*command, "-in", tmp_path / "ca.crt"], capture_output=True, text=True, check=True
    )

    assert ours.fingerprint == said.stdout.strip().partition("=")[2].replace(":", " ")


def test_what_still_fits_is_kept(folder):
    """A phone that trusts the computer goes on to do so after a restart."""
    first = certificates(folder, NAMES, ADDRESSES, NOW)
    server = first.server.read_bytes()
    again = certificates(folder, NAMES, ADDRESSES, NOW + timedelta(days=90))

    assert first.is_new
    assert not again.is_new
    assert first.fingerprint == again.fingerprint
    assert server == again.server.read_bytes()


def test_near_its_end_the_server_gets_a_new_one_that_the_phone_trusts(folder):
    """The authority stays, so nothing has to be done on the phone."""
    first = certificates(folder, NAMES, ADDRESSES, NOW)
    server = first.server.read_bytes()
    later = certificates(folder, NAMES, ADDRESSES, NOW + timedelta(days=380))

    assert first.fingerprint == later.fingerprint
    assert server != later.server.read_bytes()


def test_fewer_names_need_no_new_authority(folder):
    """It may vouch for them already; only the server's certificate changes."""
    first = certificates(folder, NAMES, ADDRESSES)
    fewer = certificates(folder, NAMES, ADDRESSES[:1])

    assert first.fingerprint == fewer.fingerprint
    assert "mismatch" in handshake(fewer.server, fewer.authority, ADDRESSES[1])


def test_a_new_address_needs_a_new_authority(folder):
    """What was promised to phones is never widened."""
    first = certificates(folder, NAMES, ADDRESSES)
    other = certificates(folder, NAMES, ("192.168.1.77",))

    assert other.is_new
    assert first.fingerprint != other.fingerprint
    assert "" == handshake(other.server, other.authority, "192.168.1.77")


def test_an_authority_ends_before_it_is_too_old_to_vouch(folder):
    """No certificate outlives the authority that vouches for it."""
    certificates(folder, NAMES, ADDRESSES, NOW)
    late = certificates(folder, NAMES, ADDRESSES, NOW + timedelta(days=3500))

    assert late.is_new


@pytest.mark.parametrize("name", ["authority.pem", "server.pem"])
@pytest.mark.parametrize("content", [b"", b"\xff", b"-----BEGIN CERTIFICATE-----\nAAAA"])
def test_a_damaged_file_is_made_anew(folder, name, content):
    """A file that cannot be used never stops the server."""
    certificates(folder, NAMES, ADDRESSES)
    (folder / name).write_bytes(content)
    ours = certificates(folder, NAMES, ADDRESSES)

    assert "" == handshake(ours.server, ours.authority, "desk.local")


def test_an_authority_without_bounds_is_not_used(folder):
    """A file that somebody put there in its place does not make us vouch without limits."""
    certificates(folder, NAMES, ADDRESSES)
    (folder / "authority.pem").write_bytes((folder / "server.pem").read_bytes())

    assert certificates(folder, NAMES, ADDRESSES).is_new
