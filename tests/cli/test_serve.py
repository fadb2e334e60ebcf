"""``evenstride serve`` says where the app is, how a phone gets in, and what that means."""

import io

import pytest
from click.testing import CliRunner

from evenstride.cli import main
from evenstride.cli import serve as command
from evenstride.web.network import listen
from evenstride.web.network.listen import ForPhones, Told
from evenstride.web.settings import Phone

LINK = "http://127.0.0.1:8470/pair?code=long"


@pytest.fixture
def serve(monkeypatch, tmp_path):
    """Return the command, with a server that only tells; and which pages it opened."""
    opened: list[str] = []
    monkeypatch.setattr(command.webbrowser, "open", lambda url: opened.append(url) or True)

    def run(*arguments, phone=None, is_new=False):
        def tell(home, port, ready, phones):
            run.asked = (home, port, phones)
            ready(Told("http://127.0.0.1:8470", LINK, "12345678", phone, is_new))

        monkeypatch.setattr(listen, "serve", tell)
        return CliRunner().invoke(main, ["serve", "--home", str(tmp_path), *arguments])

    run.opened = opened
    return run


def test_it_opens_the_browser_of_this_computer_once(serve):
    """The link with its long code is opened, and then need not be shown."""
    found = serve()

    assert 0 == found.exit_code
    assert [LINK] == serve.opened
    assert "http://127.0.0.1:8470" in found.stderr
    assert "12345678" in found.stderr
    assert LINK not in found.stderr
    assert found.stderr.endswith("evenstride has stopped.\n")


def test_without_a_browser_the_link_is_shown(serve):
    """Nothing is opened then."""
    found = serve("--no-browser")

    assert [] == serve.opened
    assert LINK in found.stderr


def test_without_options_nobody_else_is_let_in(serve):
    """Phones come in only where that was asked for."""
    serve()
    assert serve.asked[2] is None

    serve("--phone")
    assert ForPhones() == serve.asked[2]

    serve("--phone", "--http", "--address", "192.168.1.20")
    assert ForPhones(encrypted=False, address="192.168.1.20") == serve.asked[2]


@pytest.mark.parametrize("options", [["--http"], ["--address", "192.168.1.20"]])
def test_how_phones_come_in_means_nothing_without_phones(serve, options):
    """It is said rather than passed over."""
    found = serve(*options)

    assert 2 == found.exit_code
    assert "--phone" in found.stderr


def test_the_first_steps_of_a_phone_are_told(serve):
    """Both addresses, the fingerprint, and whether phones have to do it once more."""
    phone = Phone("https://192.168.1.20:8471", "http://192.168.1.20:8472/", "AB CD")
    found = serve("--phone", phone=phone, is_new=True)

    for said in (phone.address, phone.first, phone.fingerprint, "No phone trusts this computer"):
        assert said in found.stderr
    assert "No phone trusts" not in serve("--phone", phone=phone).stderr


def test_what_plain_means_is_told(serve):
    """Who reads along, and what does not work."""
    found = serve("--phone", "--http", phone=Phone("http://192.168.1.20:8471"))

    assert "Nothing is encrypted" in found.stderr
    assert "sensors" in found.stderr


def test_the_picture_is_drawn_for_eyes_only(monkeypatch):
    """A terminal gets a picture of blocks; a file or a pipe does not."""

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    for stream, expected in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(command.sys, "stderr", stream)
        command._draw("http://192.168.1.20:8472/")  # noqa: SLF001 - a runner has no terminal
        assert expected == ("█" in stream.getvalue())
