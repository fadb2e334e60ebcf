"""Messages of one kind as columns: one gather per definition, then one conversion per field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.fit.base_types import BASE_TYPES, STRING
from evenstride.importers.fit.frames import Definition, Field

__all__ = ["Messages", "numbers"]

Floats = NDArray[np.float64]
Buffer = bytes | NDArray[np.void]

NOT_SCALED: Mapping[int, tuple[float, float]] = MappingProxyType({})


class Messages:
    """All messages of one kind in one FIT file, in the order of the file.

    Attributes:
        number: Global number of the message.
        offsets: Where each begins in the file.
    """

    def __init__(self, data: bytes, number: int, definitions: Sequence[Definition]) -> None:
        self.number = number
        self._parts = [_Part(data, d, d.offsets()) for d in definitions if d.message == number]
        self._parts = [part for part in self._parts if len(part.offsets)]
        self.offsets = np.zeros(0, np.int64)
        if len(self._parts) == 1:
            self.offsets = self._parts[0].offsets
        elif self._parts:
            places = np.concatenate([part.offsets for part in self._parts])
            order = np.argsort(places, kind="stable")
            self.offsets = places[order]
            rank = np.empty(len(places), np.intp)
            rank[order] = np.arange(len(places))
            ends = np.cumsum([len(part.offsets) for part in self._parts])[:-1]
            for part, rows in zip(self._parts, np.split(rank, ends), strict=True):
                part.rows = rows

    def __len__(self) -> int:
        return len(self.offsets)

    def fields(self) -> list[int]:
        """Return the numbers of the fields that hold numbers, each once."""
        found = (field for part in self._parts for field in part.fields.values())
        return list(dict.fromkeys(f.number for f in found if f.kind & 0x1F != STRING))

    def column(self, number: int, scale: float = 1.0, offset: float = 0.0) -> Floats:
        """Return a field as numbers, NaN where absent: what is written / scale - offset.

        Of a field with several values it is the first.
        """
        out = self._joined([(part, part.column(number)) for part in self._parts])
        if scale != 1.0:
            out /= scale
        if offset:
            out -= offset
        return out

    def _joined(self, columns: Sequence[tuple[_Part, Floats | None]]) -> Floats:
        if len(columns) == 1 and columns[0][1] is not None:
            return columns[0][1]
        out = np.full(len(self), np.nan)
        for part, values in columns:
            if values is not None:
                out[part.rows] = values
        return out

    def bytes_of(self, number: int, count: int) -> NDArray[np.uint8] | None:
        """Return a field of several bytes as rows of them (0xFF = absent), or None."""
        out = None
        for part in self._parts:
            field = part.fields.get(number)
            if field is not None and field.size == count:
                out = np.full((len(self), count), 0xFF, np.uint8) if out is None else out
                out[part.rows] = part.raw(field, "u1", count)
        return out

    def text(self, number: int) -> list[str]:
        """Return a field as text, "" where absent."""
        out = [""] * len(self)
        for part in self._parts:
            field = part.fields.get(number)
            if field is not None and field.size:
                rows = np.arange(len(self))[part.rows]
                for row, written in zip(rows, part.raw(field, "u1", field.size), strict=True):
                    out[row] = written.tobytes().split(b"\0")[0].decode("utf-8", "replace").strip()
        return out

    def compressed(self) -> NDArray[np.int64]:
        """Return the part of the time that stands in the header of each message; -1 = none."""
        out = np.full(len(self), -1, np.int64)
        for part in self._parts:
            heads = part.heads().astype(np.int64)
            out[part.rows] = np.where(heads & 0x80, heads & 0x1F, -1)
        return out

    def developer_fields(self) -> list[tuple[int, int]]:
        """Return the fields that apps define, as (index of the developer, number)."""
        found = (field for part in self._parts for field in part.definition.developer_fields())
        return list(dict.fromkeys((field.kind, field.number) for field in found))

    def developer_column(self, developer: int, number: int, base: int) -> Floats:
        """Return a field that an app defines; ``base`` is the number of its base type."""
        return self._joined(list(self._developer_columns(developer, number, base)))

    def _developer_columns(
        self, developer: int, number: int, base: int
    ) -> Iterator[tuple[_Part, Floats | None]]:
        for part in self._parts:
            fields = part.definition.developer_fields()
            field = next((f for f in fields if (f.kind, f.number) == (developer, number)), None)
            yield part, None if field is None else part.numbers(field, base)


class _Part:
    """The messages of one definition."""

    def __init__(self, data: bytes, definition: Definition, offsets: NDArray[np.int64]) -> None:
        self.definition = definition
        self.offsets = offsets
        self.rows: NDArray[np.intp] | slice = slice(None)
        self.fields = {field.number: field for field in reversed(definition.fields())}
        self._data = data
        self._gathered: tuple[Buffer, int] | None = None

    def _buffer(self) -> tuple[Buffer, int]:
        """Return a buffer in which the messages stand side by side, and where the first begins."""
        if self._gathered is None:
            self._gathered = self._gather()
        return self._gathered

    def _gather(self) -> tuple[Buffer, int]:
        size = self.definition.size
        if len(self.definition.singles) == 1 and len(self.definition.runs) <= 1:
            return self._data, int(self.offsets[0])  # one stretch of the file: no copy at all
        rows = len(self._data) - size + 1
        every = np.ndarray((rows,), f"V{size}", buffer=self._data, strides=(1,))
        return every[self.offsets], 0

    def raw(self, field: Field, code: str, count: int = 1) -> NDArray[np.generic]:
        """Return a view of a field as it is written, one row per message."""
        buffer, at = self._buffer()
        size, rows = self.definition.size, len(self.offsets)
        dtype = np.dtype(self.definition.order + code)
        if count == 1:
            return np.ndarray((rows,), dtype, buffer, at + field.at, (size,))
        strides = (size, dtype.itemsize)
        return np.ndarray((rows, count), dtype, buffer, at + field.at, strides)

    def heads(self) -> NDArray[np.generic]:
        return self.raw(Field(0, 1, 0, 0), "u1")

    def column(self, number: int) -> Floats | None:
        field = self.fields.get(number)
        return None if field is None else self.numbers(field, field.kind)

    def numbers(self, field: Field, base: int) -> Floats | None:
        """Return a field as numbers; None for text and for sizes that do not fit the type."""
        known = BASE_TYPES.get(base & 0x1F)
        if known is None or not field.size or field.size % known.size:
            return None
        raw = self.raw(field, known.code)
        out = raw.astype(np.float64)
        if known.invalid is not None:
            out[out == known.invalid if known.size < 8 else raw == known.invalid] = np.nan
        return out


def numbers(
    found: Messages, written: Mapping[int, tuple[float, float]] = NOT_SCALED
) -> dict[int, Floats]:
    """Return every field that holds numbers as a column, by its number.

    Args:
        found: The messages.
        written: Scale and offset by the number of the field; others are returned as written.
    """
    out = {}
    for number in found.fields():
        scale, offset = written.get(number, (1.0, 0.0))
        out[number] = found.column(number, scale, offset)
    return out
