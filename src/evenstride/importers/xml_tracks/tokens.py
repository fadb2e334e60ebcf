"""The tolerant reader: tag after tag, whatever is wrong with the rest of the file.

A strict XML parser stops at the first fault: a control character, a prefix that nobody declared, a
doubled attribute, a flipped bit. People's files have all of these. So tags are found one by one,
elements are known by their name without prefix, and an end tag closes what it can. Entities other
than the five of XML are never replaced, nothing is ever fetched, and a document type definition
ends the reading, as no honest GPX or TCX file needs one.
"""

from __future__ import annotations

import re
from typing import Protocol

from evenstride.importers.xml_tracks.points import Names, Points
from evenstride.importers.xml_tracks.text import LONGEST_TEXT

__all__ = ["Listener", "Tokens"]

_TAG = re.compile(
    rb"<(/?)([^\s<>/=\"'!?&]++)((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>"
    rb"|<!--|<!\[CDATA\[|<\?|<!(?i:DOCTYPE|ENTITY)"
)
_ATTRIBUTE = re.compile(rb"([^\s=<>\"']++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")
_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,30})[\"']")
_LONGEST_TAG = 1 << 16
_DEEPEST = 200
_ROWS = 4096


class Listener(Protocol):
    """Who is told what was found, in the order of the file."""

    names: Names
    encoding: str
    hostile: bool

    def opened(self, path: list[str], attributes: dict[str, bytes]) -> None:
        """An element outside the points begins; it is the last of ``path``."""

    def closed(self, path: list[str], text: bytes) -> None:
        """An element outside the points ends; ``text`` stood directly in it."""

    def found(self, points: Points) -> None:
        """Points follow each other without anything between them."""


class Tokens:
    """Reads pieces of a file, tag by tag.

    Attributes:
        path: Names of the elements that are open outside a point.
        whole: Whether the outermost element was closed at the end.
    """

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self.path: list[str] = []
        self._texts: list[bytes] = [b""]
        self._row: dict[str, bytes] | None = None
        self._rows: list[dict[str, bytes]] = []
        self._skip_to = b""
        self._keep_skipped = False
        self._depth = 0  # of ``path`` where the point began

    @property
    def outside(self) -> bool:
        """Whether it stands between two tags outside any point."""
        return self._row is None and not self._skip_to

    @property
    def whole(self) -> bool:
        """Whether every element that was opened has been closed."""
        return not self.path and not self._skip_to

    def take(self, data: bytes) -> bytes:
        """Read a piece, and return its end that cannot be told yet."""
        at, size = 0, len(data)
        while at < size and not self._listener.hostile:
            if self._skip_to:
                at = self._skipped(data, at)
                if self._skip_to:
                    return data[at:]
                continue
            lt = data.find(b"<", at)
            if lt < 0:
                self._text(data[at:])
                return b""
            if lt > at:
                self._text(data[at:lt])
            match = _TAG.match(data, lt)
            if match is not None:
                at = self._tag(match)
            elif (after := data.find(b"<", lt + 1)) >= 0:  # no tag can be made of it
                following = _TAG.search(data, after)
                at = data.rfind(b"<") if following is None else following.start()
            elif size - lt > _LONGEST_TAG:
                at, self._skip_to = lt, b"<"
                data, size = data[:lt] + data[lt + 1 :], size - 1
            else:
                return data[lt:]
        return b""

    def end(self) -> None:
        """Hand on the points that are whole; one that was cut in the middle is not."""
        self._row = None
        self.hand_on()

    def hand_on(self) -> None:
        """Tell of the points so far."""
        if self._rows:
            self._listener.found(Points.of_texts(self._rows))
            self._rows = []

    def _skipped(self, data: bytes, at: int) -> int:
        """Go to the end of a comment and the like; return where to go on."""
        end = data.find(self._skip_to, at)
        stop = max(len(data) - 2, at) if end < 0 else end
        if self._keep_skipped:
            self._text(data[at:stop])
        if end >= 0:
            stop += 0 if self._skip_to == b"<" else len(self._skip_to)
            self._skip_to, self._keep_skipped = b"", False
        return stop

    def _tag(self, match: re.Match[bytes]) -> int:
        name = match[2]
        if name is None:
            return self._special(match)
        local = name.rpartition(b":")[2].decode("latin-1").lower()
        if match[1]:
            self._close(local)
            return match.end()
        rest = match[3]
        self._open(local, rest)
        if rest.endswith(b"/"):
            self._close(local, empty=True)
        return match.end()

    def _special(self, match: re.Match[bytes]) -> int:
        sign = match[0]
        if sign not in _ENDS:
            self._listener.hostile = True
            return match.end()
        if sign == b"<?":
            found = _ENCODING.search(match.string, match.end(), match.end() + 200)
            if found is not None and not self._listener.encoding:
                self._listener.encoding = found[1].decode("ascii")
        self._skip_to, self._keep_skipped = _ENDS[sign], sign == b"<![CDATA["
        return match.end()

    def _text(self, text: bytes) -> None:
        if len(self._texts[-1]) < LONGEST_TEXT:
            self._texts[-1] += text[:LONGEST_TEXT]

    def _open(self, name: str, rest: bytes) -> None:
        names = self._listener.names
        if name in names.points:
            self._leave_point()
            self._row, self._depth = {}, len(self.path)
            for attribute, text in _attributes(rest).items():
                if attribute in names.attributes:
                    self._row.setdefault(names.attributes[attribute], text)
        if len(self.path) < _DEEPEST:
            self.path.append(name)
            self._texts.append(b"")
        if self._row is None:
            self.hand_on()
            self._listener.opened(self.path, _attributes(rest))

    def _close(self, name: str, *, empty: bool = False) -> None:
        """Close an element and all that was left open in it; ignore an end without a begin."""
        if name not in self.path:
            return
        while True:
            text, last = self._texts.pop(), self.path[-1]
            if self._row is None:
                self.hand_on()
                self._listener.closed(self.path, text)
            elif len(self.path) == self._depth + 1:
                self._rows.append(self._row)
                self._row = None
                if len(self._rows) >= _ROWS:
                    self.hand_on()
            elif not empty and last == name:
                parent = self.path[-2] if len(self.path) > 1 else ""
                field = self._listener.names.field(name, parent)
                if field is not None:
                    self._row.setdefault(field, text)
            self.path.pop()
            if last == name:
                return

    def _leave_point(self) -> None:
        """A point begins inside another: the end of the other was lost, its fields were not."""
        if self._row is not None:
            self._rows.append(self._row)
            self._row = None
            del self.path[self._depth :], self._texts[self._depth + 1 :]


def _attributes(rest: bytes) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name, double, single in _ATTRIBUTE.findall(rest[:_LONGEST_TAG]):
        local = name.rpartition(b":")[2].decode("latin-1").lower()
        found.setdefault(local, double or single)
    return found
