"""What stands inside of a record: where the phone was carried, and in which zone."""

from __future__ import annotations

import re

from evenstride.importers.apple_health import texts
from evenstride.importers.apple_health.tags import elements
from evenstride.model.day import is_zone

__all__ = ["ZONE_KEY", "facts_of", "side_and_zone"]

ZONE_KEY = b"HKTimeZone"
"""What names the zone in which something was recorded."""

_SIDE_KEY = b"HKMetadataKeyDevicePlacementSide"
_SIDES = {"1": -1, "2": 1}
_PLAIN = re.compile(rb"[\w/+-]*")


def side_and_zone(body: bytes, *, sided: bool) -> tuple[int, str | None]:
    """Return the side (-1 left, +1 right, 0 not known) and the zone, if the file tells it.

    Args:
        body: What is inside of a record.
        sided: Whether records of its type tell a side.
    """
    side = _value(body, _SIDE_KEY) if sided else ""
    zone = _value(body, ZONE_KEY)
    return _SIDES.get(side, 0), zone if zone and is_zone(zone) else None


def facts_of(body: bytes) -> dict[str, str]:
    """Return the metadata in a body by their keys; the first of each key counts."""
    facts: dict[str, str] = {}
    if b"MetadataEntry" in body:
        for child in elements(body, 0, len(body), final=True)[0]:
            if child.name == b"MetadataEntry":
                key = texts.word(child.attributes.get(b"key"))
                facts.setdefault(key, texts.word(child.attributes.get(b"value")))
    return facts


def _value(body: bytes, key: bytes) -> str:
    """Return one entry of the metadata in a body; the usual spelling is found without parsing."""
    if key not in body:
        return ""
    _, usual, rest = body.partition(b'<MetadataEntry key="' + key + b'" value="')
    value, quote, _ = rest.partition(b'"')
    if usual and quote and body.count(key) == 1 and _PLAIN.fullmatch(value):
        return value.decode()
    return facts_of(body).get(key.decode(), "")
