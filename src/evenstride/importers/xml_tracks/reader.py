"""Reads a file piece by piece: many points at once where that is safe, else tag by tag."""

from __future__ import annotations

from evenstride.importers.xml_tracks.swift import last_end, stretches
from evenstride.importers.xml_tracks.tokens import Listener, Tokens

__all__ = ["Reader"]


class Reader:
    """Hands what it finds in the pieces of a file to a listener, in the order of the file."""

    def __init__(self, listener: Listener, *, swift: bool = True) -> None:
        """Begin a file.

        Args:
            listener: Who is told.
            swift: False = always go tag by tag.
        """
        self._listener = listener
        self._tokens = Tokens(listener)
        self._swift = swift
        self._rest = b""

    @property
    def whole(self) -> bool:
        """Whether all that was opened has been closed."""
        return self._tokens.whole and not self._rest.strip()

    def take(self, piece: bytes) -> None:
        """Read a piece; its end is kept until it can be told what it is."""
        data = self._rest + piece
        self._rest = b""
        found = stretches(data, self._listener.names) if self._swift and self._ready else None
        if found is None:
            self._slowly(data)
            return
        parts, stop = found
        for part in parts:
            rest = self._tokens.take(data[part.before : part.begin])
            if rest or not self._ready:  # what looked like a point stands in a comment or text
                self._slowly(rest + data[part.begin :])
                return
            self._tokens.hand_on()
            self._listener.found(part.points)
        self._rest = data[stop:]

    def end(self) -> None:
        """Read what was kept; a point that was cut in the middle is not handed on."""
        self._rest = self._tokens.take(self._rest)
        self._tokens.end()

    @property
    def _ready(self) -> bool:
        return self._tokens.outside and not self._listener.hostile

    def _slowly(self, data: bytes) -> None:
        """Go tag by tag up to the last whole point, so that the next piece may be read swiftly."""
        stop = (last_end(data, self._listener.names) if self._swift else 0) or len(data)
        self._rest = self._tokens.take(data[:stop]) + data[stop:]
