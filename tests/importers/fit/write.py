"""Writes FIT files for the tests, byte by byte and the slow way, so that it shares no code."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

CODES = {0: "B", 1: "b", 2: "B", 3: "h", 4: "H", 5: "i", 6: "I", 8: "f", 9: "d", 10: "B", 11: "H"}
CODES |= {12: "I", 13: "B", 14: "q", 15: "Q", 16: "Q"}
INVALID: dict[int, float] = {0: 0xFF, 1: 0x7F, 2: 0xFF, 3: 0x7FFF, 4: 0xFFFF, 5: 0x7FFFFFFF}
INVALID |= {6: 0xFFFFFFFF, 8: float("nan"), 9: float("nan"), 10: 0, 11: 0, 12: 0, 13: 0xFF}
INVALID |= {14: 0x7FFFFFFFFFFFFFFF, 15: 0xFFFFFFFFFFFFFFFF, 16: 0}
TEXT = 7
ENUM, INT8, UINT8, UINT16, SINT32, UINT32, FLOAT, BYTE = 0, 1, 2, 4, 5, 6, 8, 13

T0 = 1_000_000_000
"""FIT time at which the written walks begin: 8 September 2021, 01:46:40 UTC."""

UTC0 = T0 + 631_065_600


@dataclass(frozen=True)
class Field:
    """A field of a definition; ``base`` is the number of the base type, ``count`` its values."""

    number: int
    base: int
    count: int = 1

    @property
    def size(self) -> int:
        """Bytes of the field."""
        return self.count * (1 if self.base == TEXT else struct.calcsize("=" + CODES[self.base]))


@dataclass(frozen=True)
class Added:
    """A field of an app: ``base`` is not written, it stands in the field description."""

    number: int
    developer: int
    base: int


@dataclass(frozen=True)
class Layout:
    """A definition message."""

    message: int
    fields: tuple[Field, ...]
    local: int = 0
    big: bool = False
    added: tuple[Added, ...] = ()

    def define(self) -> bytes:
        """Return the definition message."""
        order = ">" if self.big else "<"
        out = struct.pack(
            order + "BBBHB", 0x40 | self.local | (0x20 if self.added else 0), 0, self.big,
            self.message, len(self.fields),
        )  # fmt: skip
        for field in self.fields:
            wide = field.base not in (0, 1, 2, 7, 10, 13)
            out += bytes((field.number, field.size, field.base | (0x80 if wide else 0)))
        if self.added:
            out += bytes((len(self.added),))
            for added in self.added:
                out += bytes((added.number, Field(0, added.base).size, added.developer))
        return out

    def write(self, *values: Any, seconds: int | None = None) -> bytes:
        """Return a data message; None is absent, ``seconds`` the time in a compressed header."""
        head = self.local if seconds is None else 0x80 | self.local << 5 | seconds % 32
        fields = (*self.fields, *(Field(a.number, a.base) for a in self.added))
        parts = [packed(f, v, self.big) for f, v in zip(fields, values, strict=True)]
        return bytes((head,)) + b"".join(parts)


def packed(field: Field, value: Any, big: bool) -> bytes:
    """Return one value as FIT writes it."""
    if field.base == TEXT:
        raw = value if isinstance(value, bytes) else (value or "").encode()
        return raw[: field.count].ljust(field.count, b"\0")
    values = list(value) if isinstance(value, tuple | list) else [value]
    values += [None] * (field.count - len(values))
    filled = [INVALID[field.base] if v is None else v for v in values]
    return struct.pack(f"{'>' if big else '<'}{field.count}{CODES[field.base]}", *filled)


def crc(data: bytes) -> int:
    """Return the check sum, bit by bit."""
    state = 0
    for byte in data:
        state ^= byte
        for _ in range(8):
            state = (state >> 1) ^ (0xA001 if state & 1 else 0)
    return state


def fit(
    body: bytes, *, header: int = 14, size: int | None = None, end: bytes | None = None
) -> bytes:
    """Return a whole FIT file.

    Args:
        body: Its messages.
        header: Bytes of the header.
        size: What the header says of the length of the body, if not the truth.
        end: The check sum, if not the true one.
    """
    stated = len(body) if size is None else size
    head = struct.pack("<BBHI4s", header, 0x10, 2132, stated, b".FIT")
    if header == 14:
        head += struct.pack("<H", crc(head))
    whole = head + body
    return whole + (struct.pack("<H", crc(whole)) if end is None else end)


FILE_ID = Layout(0, (Field(0, ENUM), Field(1, UINT16), Field(2, UINT16)), local=15)
RECORD = Layout(
    20,
    (
        Field(253, UINT32),
        Field(0, SINT32),
        Field(1, SINT32),
        Field(2, UINT16),
        Field(5, UINT32),
        Field(6, UINT16),
        Field(4, UINT8),
        Field(53, UINT8),
        Field(3, UINT8),
        Field(41, UINT16),
        Field(84, UINT16),
        Field(85, UINT16),
        Field(39, UINT16),
    ),
    local=1,
)
EVENT = Layout(21, (Field(253, UINT32), Field(0, ENUM), Field(1, ENUM)), local=2)
SESSION = Layout(
    18,
    (
        Field(253, UINT32),
        Field(2, UINT32),
        Field(5, ENUM),
        Field(6, ENUM),
        Field(7, UINT32),
        Field(8, UINT32),
        Field(9, UINT32),
        Field(10, UINT32),
        Field(16, UINT8),
        Field(22, UINT16),
        Field(23, UINT16),
    ),
    local=3,
)
ACTIVITY = Layout(34, (Field(253, UINT32), Field(5, UINT32)), local=4)
DEVICE = Layout(
    23, (Field(0, UINT8), Field(1, UINT8), Field(25, ENUM), Field(27, TEXT, 16)), local=5
)
DESCRIPTION = Layout(
    206,
    (
        Field(0, UINT8),
        Field(1, UINT8),
        Field(2, UINT8),
        Field(3, TEXT, 24),
        Field(8, TEXT, 16),
        Field(14, UINT16),
        Field(15, UINT8),
    ),
    local=6,
)


def record(second: int, *, cadence: int | None = 55) -> bytes:
    """Return the record of a walk at 1.4 m/s; cadence is in strides a minute."""
    return RECORD.write(
        T0 + second, 500_000_000 + 100 * second, 100_000_000, 5 * (500 + 100), 140 * second, 1400,
        cadence, 64, 90, 5200, 5050, 7000, 400,
    )  # fmt: skip


def session(
    seconds: int, *, sport: int = 11, kind: int | None = 0, begin: int = 0, strides: int = 41
) -> bytes:
    """Return the summary of an outing."""
    return SESSION.write(
        T0 + begin + seconds + 1, T0 + begin, sport, kind, 1000 * seconds, 1000 * (seconds - 5),
        140 * seconds, strides, 91, 12, 7,
    )  # fmt: skip


def head(maker: int = 1, product: int = 2697, kind: int = 4) -> bytes:
    """Return the messages with which every file begins."""
    return FILE_ID.define() + FILE_ID.write(kind, maker, product)


def walk(seconds: int = 60, *, sport: int = 11, ahead_s: int | None = 7200) -> list[bytes]:
    """Return the messages of a whole walk, one by one."""
    out = [head(), RECORD.define()]
    out += [record(second) for second in range(seconds)]
    out += [SESSION.define(), session(seconds, sport=sport)]
    if ahead_s is not None:
        out += [ACTIVITY.define(), ACTIVITY.write(T0 + seconds, T0 + seconds + ahead_s)]
    return out


def join(messages: Sequence[bytes]) -> bytes:
    """Return the messages as a whole file."""
    return fit(b"".join(messages))
