"""What is written is read, in any mix of definitions, orders of bytes and fields of apps."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.importers.fit.clock import times
from evenstride.importers.fit.crc import check_sum
from evenstride.importers.fit.files import FitFile, fit_files

from . import write
from .write import Added, Field, Layout

RANGES = {
    0: (0, 0xFF), 1: (-0x80, 0x7F), 2: (0, 0xFF), 3: (-0x8000, 0x7FFF), 4: (0, 0xFFFF),
    5: (-0x80000000, 0x7FFFFFFF), 6: (0, 0xFFFFFFFF), 10: (0, 0xFF), 11: (0, 0xFFFF),
    12: (0, 0xFFFFFFFF), 13: (0, 0xFF), 14: (-(2**63), 2**63 - 1), 15: (0, 2**64 - 1),
    16: (0, 2**64 - 1),
}  # fmt: skip


def only(data: bytes) -> FitFile:
    """Return the one FIT file."""
    found = list(fit_files(data))
    assert 1 == len(found)
    return found[0]


def values(base: int) -> st.SearchStrategy[float | None]:
    """Values of a base type, absent ones among them."""
    if base in (8, 9):
        numbers: st.SearchStrategy[Any] = st.floats(width=32 if base == 8 else 64, allow_nan=False)
    else:
        low, high = RANGES[base]
        numbers = st.integers(low, high).filter(lambda v: v != write.INVALID[base])
    return st.none() | numbers


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """A definition of records with any fields, in any order of bytes."""
    bases = st.sampled_from(sorted(write.CODES))
    numbers = draw(st.lists(st.integers(0, 252), max_size=6, unique=True))
    fields = tuple(Field(n, draw(bases), draw(st.integers(1, 3))) for n in numbers)
    keys = draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=3, unique=True))
    added = tuple(Added(number, developer, (6, 8, 3)[number % 3]) for developer, number in keys)
    return Layout(20, fields, draw(st.integers(0, 15)), draw(st.booleans()), added)


def absent_or(value: float | None) -> float:
    """Return a value as a column holds it."""
    return math.nan if value is None else float(value)


@given(st.data())
def test_any_mix_of_definitions_gives_the_same_columns(data: st.DataObject) -> None:
    """Each field of each record is read as written, whatever stands around it."""
    body, rows = b"", []
    for layout in data.draw(st.lists(layouts(), min_size=1, max_size=4)):
        body += layout.define()
        for _ in range(data.draw(st.integers(0, 4))):
            written = [data.draw(values(f.base)) for f in (*layout.fields, *layout.added)]
            body += layout.write(*written)
            row: dict[Any, float] = {}
            for field, value in zip((*layout.fields, *layout.added), written, strict=True):
                key = (field.developer, field.number) if isinstance(field, Added) else field.number
                row[key] = absent_or(value)
            rows.append(row)
    records = only(write.fit(body)).messages(20)
    assert len(rows) == len(records)
    for number in range(253):
        if any(number in row for row in rows):
            expected = [row.get(number, math.nan) for row in rows]
            np.testing.assert_array_equal(records.column(number), expected)
    for developer, number in {key for row in rows for key in row if isinstance(key, tuple)}:
        expected = [row.get((developer, number), math.nan) for row in rows]
        found = records.developer_column(developer, number, (6, 8, 3)[number % 3])
        np.testing.assert_array_equal(found, expected)


@given(st.lists(st.sampled_from([0, 1, 2]), max_size=300))
def test_runs_and_mixtures_of_messages_keep_their_order(kinds: list[int]) -> None:
    """Long runs of one message and quick changes between several give the same rows."""
    made = [Layout(20, (Field(5, 6), *(Field(7, 4),) * (k > 0), *(Field(9, 1),) * (k > 1)), k)
            for k in range(3)]  # fmt: skip
    body = b"".join(layout.define() for layout in made)
    for row, kind in enumerate(kinds):
        body += made[kind].write(row, *(7,) * (kind > 0), *(9,) * (kind > 1))
    records = only(write.fit(body)).messages(20)
    assert list(range(len(kinds))) == records.column(5).tolist()
    assert [k > 0 for k in kinds] == np.isfinite(records.column(7)).tolist()


@given(st.binary(max_size=3000))
def test_the_check_sum_is_that_of_fit(data: bytes) -> None:
    """Folding gives what going bit by bit gives."""
    assert write.crc(data) == check_sum(data)


def test_the_check_sum_of_a_known_text() -> None:
    """The published value of CRC-16/ARC for the digits 1 to 9."""
    assert 0xBB3D == check_sum(b"123456789")


def test_a_local_number_can_be_defined_anew() -> None:
    """What follows a second definition is read by it."""
    first, second = Layout(20, (Field(3, 2),)), Layout(20, (Field(5, 6), Field(3, 2)))
    body = first.define() + first.write(60) + second.define() + second.write(100, 61)
    records = only(write.fit(body + first.define() + first.write(62))).messages(20)
    assert [60, 61, 62] == records.column(3).tolist()


def test_a_field_whose_size_does_not_fit_its_type_is_absent() -> None:
    """Such fields of COROS shift nothing: the others are read."""
    layout = Layout(20, (Field(3, 2), Field(90, 13, 3), Field(4, 2)))
    definition = bytearray(layout.define())
    definition[6 + 3 + 2] = 0x84  # three bytes that claim to be numbers of two
    body = bytes(definition) + layout.write(70, (1, 2, 3), 55)
    records = only(write.fit(body)).messages(20)
    assert [70] == records.column(3).tolist()
    assert [55] == records.column(4).tolist()
    assert np.isnan(records.column(90)).all()


def test_a_base_type_that_nobody_knows_is_absent() -> None:
    """A number of a base type that FIT does not define costs that field only."""
    layout = Layout(20, (Field(3, 2), Field(90, 2), Field(4, 2)))
    definition = bytearray(layout.define())
    definition[6 + 3 + 2] = 0x1E
    records = only(write.fit(bytes(definition) + layout.write(70, 1, 55))).messages(20)
    assert [55] == records.column(4).tolist()
    assert np.isnan(records.column(90)).all()


def test_text_without_an_end_and_of_odd_letters_is_read() -> None:
    """A text may fill its field to the last byte, and hold what is no UTF-8."""
    layout = Layout(23, (Field(27, write.TEXT, 6),))
    body = layout.define() + b"".join(layout.write(t) for t in (b"ELEMNT", b"a\0bcde", b"caf\xe9"))
    assert ["ELEMNT", "a", "caf\ufffd"] == only(write.fit(body)).messages(23).text(27)
    assert ["", "", ""] == only(write.fit(body)).messages(23).text(28)


@pytest.mark.parametrize("big", [False, True])
def test_a_compressed_header_counts_on_from_the_time_before(big: bool) -> None:
    """Five bits of time tell the moment, also over the turn of the counter and many records."""
    whole = Layout(21, (Field(253, 6),), local=5, big=big)
    short = Layout(20, (Field(3, 2),), local=2, big=big)
    body = whole.define() + short.define() + whole.write(write.T0 + 7)
    moments = [8, 8, 20, 38, 60, 61, 90]
    body += b"".join(short.write(70, seconds=write.T0 + m) for m in moments)
    body += whole.write(write.T0 + 500) + short.write(71, seconds=write.T0 + 501)
    file = only(write.fit(body))
    found = times(file.data, file.messages(20), file.definitions)
    assert [write.T0 + m for m in (*moments, 501)] == found.tolist()


def test_a_compressed_header_before_any_time_tells_none() -> None:
    """Nothing to count from: the record has no time."""
    short = Layout(20, (Field(3, 2),), local=2)
    file = only(write.fit(short.define() + short.write(70, seconds=9)))
    assert np.isnan(times(file.data, file.messages(20), file.definitions)).all()
