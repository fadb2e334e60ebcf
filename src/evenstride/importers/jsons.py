"""JSON from files of any size: whole where it is small, element by element where it is not.

Damage costs the element it is in. Nothing here raises: what cannot be read comes as ``Left``.
Numbers stay exact, so nanoseconds since 1970 survive.
"""

from __future__ import annotations

import codecs
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evenstride.importers.source import Member, Source, Stream
from evenstride.model import Left

__all__ = ["number", "read_items", "read_json", "text", "whole"]

_PIECE_BYTES = 1 << 20
_MOST_WHOLE_BYTES = 32 << 20
_LONGEST_ELEMENT = 8 << 20
_LARGEST = 2**63  # times in nanoseconds fit; what does not is no value of a person
_TOO_DEEP = "its parts are nested too deeply to be a person's own data"
_NEXT = re.compile(r"[}\]]\s*,\s*(?=[{\[])")
_GAP = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder(parse_constant=lambda _: None)


def read_json(source: Source, member: Member, most_bytes: int = _MOST_WHOLE_BYTES) -> object:
    """Return the value in a small file, or ``Left`` with the reason if it cannot be read.

    Args:
        source: Where the file lies.
        member: The file.
        most_bytes: A larger file is not read.
    """
    with source.open(member) as stream:
        data = stream.read(most_bytes + 1)
        damage = stream.damage
    if len(data) > most_bytes:
        return Left(member.path, f"it is larger than {most_bytes >> 20} MB")
    try:
        return _DECODER.decode(data.decode(_encoding(data), "replace").strip())
    except RecursionError:
        return Left(member.path, _TOO_DEEP)
    except ValueError:
        return Left(member.path, damage or ("it is empty" if not data else "it is no whole JSON"))


def read_items(source: Source, member: Member, key: str | None = None) -> Iterator[object]:
    """Yield the elements of an array one by one, in bounded memory, and ``Left`` for damage.

    Args:
        source: Where the file lies.
        member: The file.
        key: Name of the array in the object that the file holds; None = the file is the array.
    """
    with source.open(member) as stream:
        window = _Window(stream)
        if not window.enter(key):
            reason = stream.damage or "it does not hold the list that was expected"
            yield Left(member.path, reason)
            return
        yield from _elements(window, member)


def _elements(window: _Window, member: Member) -> Iterator[object]:
    broken = read = 0
    while True:
        try:
            value = window.element()
        except RecursionError:
            yield Left(f"the rest of {member.path}", _TOO_DEEP)
            break
        except ValueError:
            broken += 1
            if window.skip():
                continue
            broken -= 1
            reason = window.stream.damage or "the file ends in the middle"
            yield Left(f"the rest of {member.path}", f"{reason}; {read} entries were read")
            break
        except StopIteration:
            break
        read += 1
        yield value
    if broken:
        yield Left(f"{broken} entries of {member.path}", "they are broken")
    if window.stream.damage and not window.more:
        yield Left(member.path, window.stream.damage)


@dataclass
class _Window:
    """The part of the text that is being looked at."""

    stream: Stream
    text: str = ""
    at: int = 0
    more: bool = True
    decode: Any = None

    def grow(self) -> bool:
        """Read on; False at the end of the file."""
        data = self.stream.read(_PIECE_BYTES)
        if self.decode is None:
            self.decode = codecs.getincrementaldecoder(_encoding(data))("replace").decode
        self.more = bool(data)
        self.text = self.text[self.at :] + self.decode(data, not data)
        self.at = 0
        return self.more

    def enter(self, key: str | None) -> bool:
        """Go to the first element; False if there is no such array near the start."""
        self.grow()
        sign = r"\s*\[" if key is None else re.escape(json.dumps(key)) + r"\s*:\s*\["
        found = re.match(sign, self.text) if key is None else re.search(sign, self.text)
        self.at = found.end() if found else 0
        return found is not None

    def element(self) -> object:
        """Return the next element.

        Raises:
            StopIteration: At the end of the array.
            ValueError: If it is broken, or cut off.
            RecursionError: If it is nested too deeply.
        """
        while True:
            gap = _GAP.match(self.text, self.at)
            self.at = gap.end() if gap else self.at
            if self.text.startswith("]", self.at):
                raise StopIteration
            try:
                value, end = _DECODER.raw_decode(self.text, self.at)
            except json.JSONDecodeError:
                if len(self.text) - self.at > _LONGEST_ELEMENT or not self.grow():
                    raise
                continue
            if end == len(self.text) and self.grow():
                continue  # a number may go on in what comes next
            self.at = end
            return value

    def skip(self) -> bool:
        """Go behind the broken element; False if nothing follows."""
        while True:
            found = _NEXT.search(self.text, self.at + 1)
            if found:
                self.at = found.end()
                return True
            self.at = max(self.at, len(self.text) - 64)
            if not self.grow():
                return False


def _encoding(data: bytes) -> str:
    return "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def number(value: object) -> float:
    """Return a number of possible size, also from a text; NaN for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return math.nan
    try:
        out = float(value)
    except (ValueError, OverflowError):
        return math.nan
    return out if abs(out) < _LARGEST else math.nan


def whole(value: object) -> int | None:
    """Return an exact whole number of possible size, also from a text; None for anything else."""
    exact: int | None = None
    if isinstance(value, int) and not isinstance(value, bool):
        exact = value
    elif isinstance(value, str) and re.fullmatch(r"-?\d{1,20}", value.strip()):
        exact = int(value)
    if exact is not None:
        return exact if abs(exact) < _LARGEST else None
    out = number(value)
    return None if math.isnan(out) else round(out)


def text(value: object) -> str:
    """Return a text without blanks around it; "" for anything else."""
    return " ".join(value.split()) if isinstance(value, str) else ""
