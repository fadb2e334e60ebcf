"""The FIT files in a run of bytes: several may be chained, cut, damaged, or followed by junk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from evenstride.importers.fit.crc import check_sum
from evenstride.importers.fit.frames import Definition, Framer
from evenstride.importers.fit.messages import Messages
from evenstride.importers.fit.resume import misread_from, resume
from evenstride.model import Left

__all__ = ["SIGN", "FitFile", "fit_files", "is_fit"]

SIGN = b".FIT"
_SIGN_AT = 8
_SHORT_HEADER, _LONG_HEADER = 12, 14
_CRC_BYTES = 2

_MOST_DAMAGE = 100
_LONGEST_MESSAGE = 300
_DAMAGED = "the file is damaged there"

_CUT = "The file ends in the middle; what came before was read."
_NO_LENGTH = "The file does not say how long it is; it was read to its end."
_WRONG_LENGTH = "The file is longer than it says; it was read to its end."
_NO_SUM = "The file has no check sum, so damage in it would not be noticed."
_WRONG_SUM = "The check sum of the file is wrong: some of its values may be damaged."


@dataclass(slots=True)
class FitFile:
    """One FIT file, not yet decoded.

    Attributes:
        data: All bytes, those of its neighbours too.
        definitions: What is where.
        warnings: What is wrong with it, each a sentence in plain words.
        left: What could not be read of it.
    """

    data: bytes
    definitions: list[Definition]
    warnings: list[str] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    def messages(self, number: int) -> Messages:
        """Return all messages of one kind."""
        return Messages(self.data, number, self.definitions)

    def counted(self, number: int) -> int:
        """Return how many messages of a kind there are."""
        return sum(d.served() for d in self.definitions if d.message == number)


def is_fit(head: bytes, at: int = 0) -> bool:
    """Tell whether a FIT file begins here."""
    return head[at + _SIGN_AT : at + _SIGN_AT + len(SIGN)] == SIGN


def fit_files(data: bytes) -> Iterator[FitFile]:
    """Yield the FIT files, one after the other; what lies between them is told as left."""
    at = 0
    while is_fit(data, at):
        file, at = _one(data, at)
        if at < len(data) and not is_fit(data, at):
            following = _next_file(data, at)
            file.left.append(
                Left(f"{following - at} bytes", "they follow the end of the file and tell nothing")
            )
            at = following
        yield file


def _next_file(data: bytes, at: int) -> int:
    found = data.find(SIGN, at + _SIGN_AT)
    return len(data) if found < 0 else found - _SIGN_AT


def _header_bytes(data: bytes, at: int) -> int:
    stated = data[at]
    if stated in (_SHORT_HEADER, _LONG_HEADER):
        return stated
    first = data[at + _SHORT_HEADER : at + _SHORT_HEADER + 1]
    return _SHORT_HEADER if first == b"\x40" else _LONG_HEADER


def _one(data: bytes, at: int) -> tuple[FitFile, int]:
    """Read the file that begins at ``at``; return it with the place right after it."""
    begin = at + _header_bytes(data, at)
    stated = int.from_bytes(data[at + 4 : at + 8], "little")
    end = begin + stated
    warnings = []
    if not stated:
        warnings.append(_NO_LENGTH)
        end = _next_file(data, at + _SIGN_AT) - _CRC_BYTES
    elif _says_too_little(data, at, end + _CRC_BYTES):
        warnings.append(_WRONG_LENGTH)
        end = len(data) - _CRC_BYTES
    cut = end > len(data)
    end = min(end, len(data))
    after = min(end + _CRC_BYTES, len(data))
    if cut:
        warnings.append(_CUT)
    elif after < end + _CRC_BYTES:
        warnings.append(_NO_SUM)
    elif any(data[end:after]) and check_sum(memoryview(data)[at:after]):
        warnings.append(_WRONG_SUM)
    definitions, lost = _followed(data, min(begin, end), end, doubtful=bool(warnings))
    if cut and lost and lost[-1][1] == end and end - lost[-1][0] < _LONGEST_MESSAGE:
        lost.pop()  # the message in which the file ends
    return FitFile(data, definitions, warnings, _told(lost)), after


def _told(lost: list[tuple[int, int]]) -> list[Left]:
    if not lost:
        return []
    count = sum(to - first for first, to in lost)
    places = f" in {len(lost)} places" if len(lost) > 1 else ""
    return [Left(f"{count} bytes{places}", _DAMAGED)]


def _says_too_little(data: bytes, at: int, after: int) -> bool:
    """Tell whether the check sum is right only if the file goes on to the end of the data."""
    if after >= len(data) or is_fit(data, after):
        return False
    view = memoryview(data)
    return bool(check_sum(view[at:after])) and not check_sum(view[at:])


def _followed(
    data: bytes, begin: int, end: int, *, doubtful: bool
) -> tuple[list[Definition], list[tuple[int, int]]]:
    """Find the messages; go on behind damage where it is certain how. Return what was skipped.

    Args:
        data: All bytes.
        begin: Where the messages begin.
        end: Where they end.
        doubtful: Whether something is known to be wrong, so that what was found is looked at.
    """
    framer = Framer(data)
    lost: list[tuple[int, int]] = []
    at = framer.follow(begin, end)
    while len(lost) < _MOST_DAMAGE:
        misread = misread_from(data, framer) if doubtful else None
        if misread is not None:
            framer.rewind(misread)
            at = misread
        elif at < end:
            at -= framer.step_back()
        else:
            return framer.definitions, lost
        resumed = resume(data, at, end, framer)
        lost.append((at, resumed))
        at = framer.follow(resumed, end) if resumed < end else end
    if at < end:
        lost.append((at, end))
    return framer.definitions, lost
