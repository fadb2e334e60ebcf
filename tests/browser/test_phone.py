"""A phone's browser uses the app over the encrypted line, and may then use its sensors."""

import base64
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import BrowserContext, Playwright
from tests.browser.serving import ARGUMENTS

PHONE = {"width": 390, "height": 844}


@dataclass
class Told:
    """What the terminal told."""

    home: Path
    app: str
    first: str
    code: str
    fingerprint: str


@pytest.fixture
def told(tmp_path) -> Iterator[Told]:
    """Serve phones, on this computer alone."""
    home = tmp_path / "home"
    command = [sys.executable, "-m", "evenstride", "serve", "--no-browser", "--port", "0"]
    options = ["--phone", "--address", "127.0.0.1", "--home", str(home)]
    process = subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True)
    said = ""
    assert process.stderr is not None
    for line in process.stderr:
        said += line
        if "pair?code=" in line:
            break
    patterns = {
        "first": r"for the first time: (\S+)",
        "app": r"has done so: (\S+)",
        "code": r"type this code there: (\d+)",
        "fingerprint": r"must show there:\n([0-9A-F ]+)",
    }
    found = {name: re.search(pattern, said) for name, pattern in patterns.items()}
    assert all(found.values()), said
    yield Told(home, **{name: one[1] for name, one in found.items() if one})
    process.terminate()
    process.communicate(timeout=30)


def trusting(playwright: Playwright, told: Told, profile: Path) -> BrowserContext:
    """Open a Chromium that takes the key of this server, as if its authority were installed.

    OpenSSL checks the chain and its bounds in ``tests/web/test_network_certificates.py``.
    """
    server = x509.load_pem_x509_certificate((told.home / "web" / "server.pem").read_bytes())
    key = server.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    pin = base64.b64encode(hashlib.sha256(key).digest()).decode()
    return playwright.chromium.launch_persistent_context(
        profile,
        executable_path=shutil.which("chromium"),
        args=[*ARGUMENTS, f"--ignore-certificate-errors-spki-list={pin}"],
        viewport=PHONE,
    )


def test_from_the_first_steps_to_today_on_an_encrypted_line(playwright, told, tmp_path):
    """The plain page leads to the app, the code lets the phone in, and sensors may be used."""
    context = trusting(playwright, told, tmp_path / "profile")
    page = context.new_page()
    page.goto(told.first)
    assert told.fingerprint in page.inner_text("main")
    page.get_by_role("link", name="Open the app").click()
    page.wait_for_url(f"{told.app}/")
    page.get_by_label("Code").fill(told.code)
    page.get_by_role("button", name="Pair").click()
    page.get_by_role("heading", name="Welcome").wait_for()

    assert page.evaluate("window.isSecureContext")
    assert page.evaluate("'serviceWorker' in navigator && 'wakeLock' in navigator")
    (cookie,) = context.cookies(told.app)
    assert "__Host-evenstride" == cookie["name"]
    assert (True, True, "Strict") == (cookie["secure"], cookie["httpOnly"], cookie["sameSite"])
    assert "" == page.evaluate("document.cookie")
    page.goto(f"{told.app}/devices")
    assert 1 == page.get_by_text("This one", exact=True).count()
    context.close()


def test_a_phone_that_took_no_first_steps_is_warned(playwright, told, tmp_path):
    """Chromium refuses the server until its authority is trusted."""
    context = playwright.chromium.launch_persistent_context(
        tmp_path / "profile", executable_path=shutil.which("chromium"), args=ARGUMENTS
    )
    page = context.new_page()
    with pytest.raises(Exception, match="ERR_CERT_AUTHORITY_INVALID"):
        page.goto(told.app)
    context.close()
