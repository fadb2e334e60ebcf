"""Axivity AX3 and AX6: a head of 1024 bytes, then sectors of 512 bytes with a check sum."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterator
from functools import partial

import numpy as np

from evenstride.importers.devices.raw import Batch, Facts, RawDevice, read_pieces
from evenstride.importers.source import Member, Source
from evenstride.model.day import NS

__all__ = ["AxivityCwa"]

_FILE, _SECTOR = b"MD\xfc\x03", b"AX\xfc\x01"
_HEAD_BYTES, _SECTOR_BYTES = 1024, 512
_SIGN = np.frombuffer(_SECTOR, "<u2")
_AXES_WITH_GYROSCOPE = 6


class AxivityCwa(RawDevice):
    """The ``.cwa`` file that lies on an AX3 or AX6."""

    name = "Axivity CWA"

    def facts(self, source: Source) -> Facts | None:
        """Recognise the file by its first four bytes; the first whole sector tells the rest."""
        members = source.members()
        head = source.head(members[0]) if len(members) == 1 else b""
        if not head.startswith(_FILE):
            return None
        reason = "the first bytes of an Axivity file"
        sectors, _, _ = _cut(head[_HEAD_BYTES:], False)
        first = next((found for s in sectors if (found := _first_ns(s)) is not None), None)
        if first is None:
            return Facts(members[0], reason, None)
        return Facts(
            members[0],
            reason,
            first,
            rate_hz=_rate_hz(sectors[0]),
            gyroscope=sectors[0][25] >> 4 >= _AXES_WITH_GYROSCOPE,
        )

    def batches(self, source: Source, member: Member) -> Iterator[Batch]:
        """Yield whole sectors; the native reader wants the head of the file before them."""
        with source.open(member) as stream:
            head = stream.read(_HEAD_BYTES).ljust(_HEAD_BYTES, b"\0")
            for sectors, left in read_pieces(stream, _cut, "sectors"):
                yield Batch(sectors, partial(_wrap, head), left)


def _wrap(head: bytes, sectors: tuple[bytes, ...]) -> bytes:
    return head + b"".join(sectors)


def _cut(data: bytes, at_end: bool) -> tuple[list[bytes], int, int]:
    """Cut out every sector whose check sum fits; after damage look for the next one."""
    found: list[bytes] = []
    at = bad = 0
    while len(data) - at >= _SECTOR_BYTES:
        good = _good_in_a_row(data, at)
        stop = at + good * _SECTOR_BYTES
        found += [data[i : i + _SECTOR_BYTES] for i in range(at, stop, _SECTOR_BYTES)]
        at = stop
        if len(data) - at < _SECTOR_BYTES:
            break
        bad += 1
        at = _next_good(data, at + 1)
    if at_end and len(data) - at >= len(_SECTOR):
        bad += 1
    return found, at, bad


def _good_in_a_row(data: bytes, at: int) -> int:
    """Return how many whole sectors follow each other from a place on."""
    count = (len(data) - at) // _SECTOR_BYTES
    words = np.frombuffer(data, "<u2", count * _SECTOR_BYTES // 2, at).reshape(count, -1)
    good = (words[:, 0] == _SIGN[0]) & (words[:, 1] == _SIGN[1])
    sums = words.sum(axis=1, dtype=np.uint16)
    # Very old files have neither a rate nor a check sum.
    good &= (sums == 0) | (words[:, 12] & 0xFF == 0)
    return count if good.all() else int(np.argmin(good))


def _next_good(data: bytes, at: int) -> int:
    """Return where the next sector begins that is whole, or may be so with more bytes."""
    while (at := data.find(_SECTOR, at)) >= 0:
        if len(data) - at < _SECTOR_BYTES or _good_in_a_row(data[at : at + _SECTOR_BYTES], 0):
            return at
        at += 1
    return len(data) - len(_SECTOR) + 1


def _rate_hz(sector: bytes) -> float | None:
    code = sector[24]
    return 3200.0 / (1 << (15 - (code & 0x0F))) if code else None


def _first_ns(sector: bytes) -> int | None:
    """Return the time of a sector's first sample on the clock of the device.

    The stamp names whole seconds; a fraction of a second may stand elsewhere in the sector, and
    says for which sample the stamp was taken.
    """
    packed = int.from_bytes(sector[14:18], "little")
    shift = int.from_bytes(sector[26:28], "little", signed=True)
    parts = [(packed >> at) & mask for at, mask in _DATE]
    year, month, day = parts[0] + 2000, parts[1], parts[2]
    if not (1 <= month <= 12 and 1 <= day <= 31 and parts[3] < 24 and parts[4] < 60):
        return None
    seconds = timegm((year, month, day, parts[3], parts[4], parts[5]))
    rate_hz = _rate_hz(sector) or 100.0
    fraction = int.from_bytes(sector[4:6], "little")
    fraction = (fraction & 0x7FFF) << 1 if fraction & 0x8000 else 0
    shift += (fraction * int(rate_hz)) >> 16
    return seconds * NS + ((fraction * NS) >> 16) - round(shift * NS / rate_hz)


_DATE = ((26, 0x3F), (22, 0x0F), (17, 0x1F), (12, 0x1F), (6, 0x3F), (0, 0x3F))
