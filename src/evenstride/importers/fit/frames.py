"""Where each message of a FIT file stands: one pass over the headers, nothing is decoded yet.

A FIT file is a chain of messages without an index. A definition says how long the data messages of
one local number are, so each must be passed to find the next. Watches write the same message many
times in a row: such a run is found by one comparison of every n-th byte, in C.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Definition", "Field", "Framer"]

_DEFINITION = 0x40
_DEVELOPER = 0x20
_COMPRESSED = 0x80
_NO_MESSAGE = 0xFFFF
_FEW = 3
_LONGEST_LOOK = 1 << 16


class Field(NamedTuple):
    """One field of a definition.

    Attributes:
        number: Of the field in its message, or in what its developer defined.
        size: Bytes.
        kind: As written: the base type, or for fields of developers the index of the developer.
        at: Where it begins, counted from the header of the message.
    """

    number: int
    size: int
    kind: int
    at: int


@dataclass(slots=True, eq=False)
class Definition:
    """How one kind of data message is laid out, and where those messages stand.

    Attributes:
        message: Global number of the message.
        order: Order of bytes, "<" or ">", as NumPy writes it.
        profile: The fields of the FIT profile as written, three bytes each.
        added: The fields that apps define by themselves, likewise.
        size: Bytes of a data message with its header.
    """

    message: int
    order: str
    profile: bytes
    added: bytes
    size: int
    singles: array[int] = field(default_factory=lambda: array("q"))
    runs: list[tuple[int, int]] = field(default_factory=list)

    def fields(self) -> tuple[Field, ...]:
        """Return the fields of the FIT profile."""
        return _fields(self.profile, 1)

    def developer_fields(self) -> tuple[Field, ...]:
        """Return the fields that apps define by themselves."""
        return _fields(self.added, 1 + sum(self.profile[1::3]))

    def offsets(self) -> NDArray[np.int64]:
        """Return where the messages begin, in the order of the file."""
        stretches = [np.array(self.singles, np.int64)]
        stretches += [at + self.size * np.arange(count, dtype=np.int64) for at, count in self.runs]
        if len(stretches) == 1:
            return stretches[0]
        found = np.concatenate(stretches)
        found.sort()
        return found

    def served(self) -> int:
        """Return the number of messages so far."""
        return len(self.singles) + sum(count for _, count in self.runs)

    def forget_from(self, at: int) -> None:
        """Take back the messages that begin at a place or behind it."""
        self.singles = array("q", (place for place in self.singles if place < at))
        counts = ((first, min(count, -(-(at - first) // self.size))) for first, count in self.runs)
        self.runs = [(first, count) for first, count in counts if count > 0]

    def forget_last(self) -> None:
        """Take back the last message of the file, which was cut."""
        if self.runs and (not self.singles or self.runs[-1][0] > self.singles[-1]):
            at, count = self.runs.pop()
            if count > 1:
                self.runs.append((at, count - 1))
        else:
            self.singles.pop()


_NOT_DEFINED = Definition(_NO_MESSAGE, "<", b"", b"", 0)


class Framer:
    """Finds the messages of one FIT file, also in several stretches around damage.

    Attributes:
        owners: The definition in force for each header byte.
        sizes: The bytes of such a message with its header; 0 where nothing is defined.
    """

    def __init__(self, data: bytes) -> None:
        self.owners = [_NOT_DEFINED] * 256
        self.sizes = [0] * 256
        self._data = data
        self._known: dict[bytes, Definition] = {}
        self._bound: list[list[tuple[int, Definition]]] = [[] for _ in range(16)]
        self._last = _NOT_DEFINED

    @property
    def definitions(self) -> list[Definition]:
        """The definitions so far, with the places of their messages."""
        return list(self._known.values())

    def follow(self, at: int, end: int) -> int:
        """Pass from message to message, up to ``end`` or the first byte that belongs to none.

        Returns:
            Where it had to stop.
        """
        data, sizes, owners = self._data, self.sizes, self.owners
        header, previous, before = 0, -1, at
        while at < end:
            header = data[at]
            size = sizes[header]
            before = at
            if not size:
                at = self._define(at, end)
                if at == before:
                    damaged = previous >= 0 and self._extent(at, end) <= end
                    self._last = owners[previous] if damaged else _NOT_DEFINED
                    return at
                previous = -1
            elif header != previous:
                owners[header].singles.append(at)
                at += size
                previous = header
            else:
                count = _run(data, at, end, size)
                owners[header].runs.append((at, count))
                at += size * count
                before = at - size
        if at <= end:
            return at
        owners[header].forget_last()
        return before

    def step_back(self) -> int:
        """After a stop at damage: take back what may be garbage.

        The message right before the stop may be the damaged one. And a definition that served for
        few messages may be made of garbage: then the one that served most takes its place.

        Returns:
            How many bytes of messages were taken back.
        """
        for local, bound in enumerate(self._bound):
            if bound and bound[-1][1].served() <= _FEW:
                self._put_in_force(local, max((b[1] for b in bound), key=Definition.served))
        taken, self._last = self._last, _NOT_DEFINED
        if taken is _NOT_DEFINED:
            return 0
        taken.forget_last()
        return taken.size

    def rewind(self, at: int) -> None:
        """Take back all messages and definitions from ``at`` on."""
        self._last = _NOT_DEFINED
        for local, bound in enumerate(self._bound):
            earlier = [(place, definition) for place, definition in bound if place < at]
            if len(earlier) < len(bound):
                self._bound[local] = earlier
                self._put_in_force(local, earlier[-1][1] if earlier else _NOT_DEFINED)
        for definition in self.definitions:
            definition.forget_from(at)

    def _define(self, at: int, end: int) -> int:
        """Take in the definition at ``at``; return where it ends, or ``at`` if it is none."""
        stop = self._extent(at, end)
        if stop == at or stop > end:
            return at
        data, header = self._data, self._data[at]
        key = bytes([header & _DEVELOPER]) + data[at + 1 : stop]
        definition = self._known.get(key) or _parse(data, at, stop)
        if definition is None:
            return at
        self._known[key] = definition
        local = header & 0x0F
        self._bound[local].append((at, definition))
        self._put_in_force(local, definition)
        return stop

    def _extent(self, at: int, end: int) -> int:
        """Return where the definition at ``at`` would end; ``at`` itself if it is none."""
        data, header = self._data, self._data[at]
        if header & _COMPRESSED or not header & _DEFINITION:
            return at
        if at + 6 > end:
            return end + 1
        stop = at + 6 + 3 * data[at + 5]
        if not header & _DEVELOPER:
            return stop
        return stop + 1 + 3 * data[stop] if stop < end else end + 1

    def _put_in_force(self, local: int, definition: Definition) -> None:
        self.sizes[local], self.owners[local] = definition.size, definition
        if local < 4:  # the same message with the time in its header
            first = _COMPRESSED | local << 5
            self.sizes[first : first + 32] = [definition.size] * 32
            self.owners[first : first + 32] = [definition] * 32


def _run(data: bytes, at: int, end: int, size: int) -> int:
    """Count the messages from ``at`` on that have the same header, one right after the other."""
    header = data[at : at + 1]
    total, look = 0, 64
    while True:
        heads = data[at : min(end, at + size * look) : size]
        count = len(heads) - len(heads.lstrip(header))
        total += count
        if count < look:
            return total
        at += size * look
        look = min(8 * look, _LONGEST_LOOK)


def _parse(data: bytes, at: int, stop: int) -> Definition | None:
    big = data[at + 2]
    message = int.from_bytes(data[at + 3 : at + 5], "big" if big else "little")
    if big > 1 or message == _NO_MESSAGE:
        return None
    end = at + 6 + 3 * data[at + 5]
    profile, added = data[at + 6 : end], data[end + 1 : stop]
    size = 1 + sum(profile[1::3]) + sum(added[1::3])
    return Definition(message, ">" if big else "<", profile, added, size)


def _fields(written: bytes, at: int) -> tuple[Field, ...]:
    found = []
    for number, size, kind in zip(written[0::3], written[1::3], written[2::3], strict=True):
        found.append(Field(number, size, kind, at))
        at += size
    return tuple(found)
