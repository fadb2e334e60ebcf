"""GENEActiv ``.bin``: 59 lines about the device, then pages of nine lines and one of hex digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import numpy as np

from evenstride.importers.devices.raw import Batch, Facts, RawDevice, read_pieces
from evenstride.importers.source import Member, Source
from evenstride.importers.tables.stamps import seconds_of_text

__all__ = ["GeneActivBin"]

_SIGN, _PAGE = b"Device Identity", b"Recorded Data"
_HEAD_LINES, _PAGE_LINES = 59, 10
_MOST_HEAD_BYTES, _MOST_PAGE_BYTES = 60_000, 8192
_RATE = re.compile(rb"Measurement Frequency:\s*([\d.]{1,8})")
_TIME = re.compile(rb"Page Time:([\d: -]{19,23})")
_ZONE = re.compile(rb"Time Zone:\s*GMT\s*([+-])(\d{2}):(\d{2})")
_HEX = re.compile(rb"[0-9A-Fa-f]{12,}")
_SAFE = re.compile(rb"[^\t\r\n -~]")


class GeneActivBin(RawDevice):
    """The ``.bin`` file that lies on a GENEActiv."""

    name = "GENEActiv BIN"

    def facts(self, source: Source) -> Facts | None:
        """Recognise the first line; the clock names its distance to UTC."""
        members = source.members()
        head = source.head(members[0]) if len(members) == 1 else b""
        if not head.startswith(_SIGN):
            return None
        at = head.find(_PAGE)
        pages, _, _ = _cut(head[at:], True) if at >= 0 else ([], 0, 0)
        first = next((ns for page in pages if (ns := _page_ns(page)) is not None), None)
        rate, zone = _RATE.search(head), _ZONE.search(head)
        minutes = None
        if zone is not None:
            minutes = int(zone[2]) * 60 + int(zone[3])
            minutes = -minutes if zone[1] == b"-" else minutes
        return Facts(
            members[0],
            "its first line “Device Identity”",
            first,
            offset_min=minutes,
            rate_hz=_number(rate),
        )

    def batches(self, source: Source, member: Member) -> Iterator[Batch]:
        """Yield whole pages; the native reader wants the lines about the device before them."""
        at = source.head(member, _MOST_HEAD_BYTES).find(_PAGE)
        if at < 0:
            return
        with source.open(member) as stream:
            head = _head(stream.read(at))
            for pages, left in read_pieces(stream, _cut, "pages"):
                yield Batch(pages, partial(_wrap, head), left)


def _number(match: re.Match[bytes] | None) -> float | None:
    try:
        value = 0.0 if match is None else float(match[1])
    except ValueError:
        return None
    return value if 0 < value <= 1000 else None


def _head(data: bytes) -> bytes:
    """Return exactly 59 plain lines; the number of pages is that of a small file."""
    lines = _SAFE.sub(b" ", data).split(b"\n")[:_HEAD_LINES]
    lines += [b""] * (_HEAD_LINES - len(lines))
    few = b"Number of Pages:1"
    return (
        b"\n".join(few if line.startswith(b"Number of Pages") else line for line in lines) + b"\n"
    )


def _wrap(head: bytes, pages: tuple[bytes, ...]) -> bytes:
    return head + b"".join(pages)


def _page_ns(page: bytes) -> int | None:
    stamp = _TIME.search(page)
    seconds = seconds_of_text(np.array(["" if stamp is None else stamp[1].decode().strip()]))[0]
    return round(float(seconds) * 1000) * 1_000_000 if np.isfinite(seconds) else None


def _cut(data: bytes, at_end: bool) -> tuple[list[bytes], int, int]:
    """Cut out every page that is whole: its lines, a time, a rate and hex digits only."""
    found: list[bytes] = []
    at = bad = 0
    while True:
        begin = data.find(_PAGE, at)
        if begin < 0:
            used = len(data) if at_end else max(at, len(data) - len(_PAGE))
            return found, used, bad
        end = data.find(_PAGE, begin + len(_PAGE))
        if end < 0 and not at_end and len(data) - begin < _MOST_PAGE_BYTES:
            return found, begin, bad
        end = len(data) if end < 0 else end
        page = _page(data[begin:end])
        if page is None:
            bad += 1
        else:
            found.append(page)
        at = end


def _page(data: bytes) -> bytes | None:
    lines = [line.strip() for line in data.split(b"\n")][:_PAGE_LINES]
    if len(lines) < _PAGE_LINES or any(_SAFE.search(line) for line in lines):
        return None
    rate = _number(_RATE.search(data))
    digits = _HEX.match(lines[-1])
    if rate is None or _TIME.search(data) is None or digits is None:
        return None
    # A page that was cut, or is damaged from somewhere on, is whole up to there.
    lines[-1] = lines[-1][: digits.end() // 12 * 12]
    return b"\n".join(lines) + b"\n"
