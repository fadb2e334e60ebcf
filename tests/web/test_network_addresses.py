"""Beyond this computer the server listens on addresses of a home only."""

import socket
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.web.network import addresses
from evenstride.web.network.addresses import is_private, own_addresses, own_names


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.168.1.20", True),
        ("10.0.0.1", True),
        ("172.16.0.1", True),
        ("172.31.255.255", True),
        ("169.254.7.7", True),
        ("127.0.0.1", True),
        ("172.32.0.1", False),
        ("192.0.2.1", False),
        ("8.8.8.8", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - must be refused
        ("224.0.0.251", False),
        ("::1", False),
        ("fe80::1", False),
        ("", False),
        ("192.168.1.20 ", False),
        ("desk.local", False),
    ],
)
def test_which_addresses_the_internet_does_not_lead_to(address, expected):
    """Those of RFC 1918 and 3927, and this computer itself; never all of them at once."""
    assert expected == is_private(address)


@given(st.text())
def test_any_text_can_be_asked_about(text):
    """What is no address is not private."""
    assert not is_private(f"{text}?")


class NoPackets(socket.socket):
    """A socket that can only be asked which address it would use."""

    answers: ClassVar[dict[str, str]] = {}

    def connect(self, address):
        """Take note of the other side, as the system does; nothing is sent."""
        assert socket.SOCK_DGRAM == self.type
        if address[0] not in self.answers:
            raise OSError(101, "Network is unreachable")
        self.aim = address[0]

    def getsockname(self):
        """Return the address that leads there."""
        return (self.answers[self.aim], 1234)

    def send(self, *_):
        """Fail: nothing may be sent."""
        raise AssertionError("something was sent")

    sendto = sendall = send


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, ()),
        ({"192.0.2.1": "203.0.113.7"}, ()),
        ({"192.0.2.1": "192.168.1.20", "192.168.254.254": "192.168.1.20"}, ("192.168.1.20",)),
        (
            {"192.0.2.1": "10.8.0.3", "192.168.254.254": "192.168.1.20"},
            ("10.8.0.3", "192.168.1.20"),
        ),
        ({"192.0.2.1": "127.0.0.1"}, ()),
    ],
)
def test_own_addresses_are_found_without_sending_anything(monkeypatch, answers, expected):
    """The way out comes first; a public address is left out, and no network is no error."""
    monkeypatch.setattr(NoPackets, "answers", answers)
    monkeypatch.setattr(addresses.socket, "socket", NoPackets)

    assert expected == own_addresses()


def test_this_computer_can_be_asked():
    """Whatever networks there are, only private addresses come out."""
    assert all(is_private(one) for one in own_addresses())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Desk", ("desk", "desk.local")),
        ("desk.example.org", ("desk", "desk.local")),
        ("my_desk", ()),
        ("", ()),
        ("localhost", ()),
        ("schreibtisch-müller", ()),
        ("desk\r\nx: y", ()),
    ],
)
def test_only_what_can_be_a_name_is_one(name, expected):
    """A name goes into certificates and addresses, so it has to be one."""
    assert expected == own_names(name)
