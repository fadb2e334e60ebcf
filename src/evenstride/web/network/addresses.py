"""By what names and addresses a phone at home reaches this computer; nothing is sent to find out.

To connect a datagram socket sends nothing: the system only decides which of its own addresses it
would use. Asked for each range that home networks use, it tells them all, on every platform.
"""

from __future__ import annotations

import re
import socket
from ipaddress import AddressValueError, IPv4Address, IPv4Network

__all__ = ["is_private", "own_addresses", "own_names"]

_PRIVATE = tuple(
    IPv4Network(one)
    for one in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8")
)
# The way out comes first: the phone is most likely to be there. 192.0.2.1 is nobody's (RFC 5737).
_TOWARDS = ("192.0.2.1", "192.168.254.254", "10.254.254.254", "172.31.254.254", "169.254.254.254")
_ANY_PORT = 9
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def is_private(address: str) -> bool:
    """Tell whether an IPv4 address is one that the internet does not lead to (RFC 1918, 3927)."""
    try:
        found = IPv4Address(address)
    except AddressValueError:
        return False
    return any(found in network for network in _PRIVATE)


def own_addresses() -> tuple[str, ...]:
    """Return the private addresses of this computer on its networks; the likeliest comes first."""
    found = dict.fromkeys(_towards(target) for target in _TOWARDS)
    return tuple(one for one in found if is_private(one) and not one.startswith("127."))


def own_names(name: str | None = None) -> tuple[str, ...]:
    """Return the names that this computer goes by at home; none if its name cannot be one.

    Args:
        name: What it calls itself; None: look.
    """
    first = (socket.gethostname() if name is None else name).lower().partition(".")[0]
    return (first, f"{first}.local") if _LABEL.fullmatch(first) and first != "localhost" else ()


def _towards(target: str) -> str:
    """Return the own address that would be used towards another; empty if there is no way."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect((target, _ANY_PORT))
        except OSError:
            return ""
        address: str = asking.getsockname()[0]
        return address
