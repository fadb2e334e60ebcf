"""What both formats do with the elements around the points."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

from evenstride.importers.xml_tracks.outing import Outing
from evenstride.importers.xml_tracks.points import Names, Points
from evenstride.importers.xml_tracks.text import readable
from evenstride.model import Device, DeviceKind, Left

__all__ = ["Outline"]


class Outline(ABC):
    """Gathers the outings of a file while it is read.

    Attributes:
        encoding: That the file declares.
        hostile: Whether the file holds what no honest file needs; reading has ended.
        points: How many points were found.
    """

    names: Names

    def __init__(self) -> None:
        self.encoding = ""
        self.hostile = False
        self.points = 0
        self._outing: Outing | None = None
        self._finished: list[Outing] = []

    @abstractmethod
    def opened(self, path: list[str], attributes: dict[str, bytes]) -> None:
        """An element outside the points begins; it is the last of ``path``."""

    @abstractmethod
    def closed(self, path: list[str], text: bytes) -> None:
        """An element outside the points ends; ``text`` stood directly in it."""

    def found(self, points: Points) -> None:
        """Add points to the outing; in a damaged file it may have lost its begin."""
        self.points += len(points)
        self.outing.add(points)

    def finished(self) -> Iterator[Outing]:
        """Yield the outings that have ended since the last call."""
        while self._finished:
            yield self._finished.pop(0)

    def end(self) -> Iterator[Outing]:
        """Yield what the end of the file leaves open."""
        self.close_outing()
        yield from self.finished()

    def left(self) -> tuple[Left, ...]:
        """Return what was seen and is of no use."""
        return ()

    @property
    def outing(self) -> Outing:
        """The outing that is being read."""
        if self._outing is None:
            self._outing = self.new()
        return self._outing

    def new(self) -> Outing:
        """Return an outing with what the file says of all of them."""
        return Outing()

    def begin(self) -> Outing:
        """Begin a new outing, and end the one before."""
        self.close_outing()
        return self.outing

    def close_outing(self) -> None:
        """End the outing that is being read, if there is one."""
        if self._outing is not None:
            self._finished.append(self._outing)
            self._outing = None

    def text(self, raw: bytes) -> str:
        """Return a text of the file as people read it."""
        return readable(raw, self.encoding)

    def device(self, raw: bytes) -> Device:
        """Return who recorded or wrote the file, by the name that it gives itself."""
        name = self.text(raw)[:200]
        low = name.lower()
        phone = any(word in low for word in ("phone", "android"))
        kind: DeviceKind = "phone" if phone else "watch" if "watch" in low else "other"
        return Device(model=name, kind=kind)
