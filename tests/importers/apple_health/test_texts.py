"""Times, numbers and devices: many at once give what one at a time gives."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evenstride.importers.apple_health import stamps, texts
from evenstride.importers.quantities import unit_of
from evenstride.model import Device

PLACES = [i for i, c in enumerate("0000-00-00 00:00:00 +0000") if c == "0"]
DIGITS = st.integers(0, 9)


def split(*fields: tuple[int, int]) -> list[int]:
    """Return numbers of so many digits as digits."""
    return [int(c) for number, width in fields for c in f"{number:0{width}d}"]


NEARLY = st.builds(
    lambda *f: split(*zip(f, (4, 2, 2, 2, 2, 2, 2, 2), strict=True)),
    st.integers(1890, 2110),
    st.integers(0, 13),
    st.integers(0, 32),
    st.integers(0, 25),
    st.integers(0, 61),
    st.integers(0, 62),
    st.integers(0, 17),
    st.integers(0, 61),
)


@given(rows=st.lists(NEARLY | st.lists(DIGITS, min_size=18, max_size=18), min_size=1, max_size=30))
@example(rows=[split((2024, 4), (2, 2), (29, 2), (23, 2), (59, 2), (60, 2), (14, 2), (0, 2))])
def test_times_of_many_records_are_those_of_each(rows):
    """The calendar is the same in both lanes."""
    digits = np.array(rows, np.uint8)
    sign = np.array([ord("+-"[sum(row) % 2]) for row in rows], np.uint8)

    found, good = stamps.utc(digits, sign)

    for row, mark, ns, fine in zip(rows, sign, found, good, strict=True):
        text = bytearray(b"0000-00-00 00:00:00 +0000")
        for place, digit in zip(PLACES, row, strict=True):
            text[place] = 48 + digit
        text[20] = mark
        expected = texts.stamp(bytes(text))
        assert (expected is not None) == bool(fine)
        assert expected is None or expected[0] == ns


@pytest.mark.parametrize("text", [None, b"", b"2024-05-06", b"2024-05-06 07:08:09 +0200 "])
def test_what_is_no_time_is_none(text):
    """A time without its offset is not guessed."""
    assert texts.stamp(text) is None


NUMBERS = st.one_of(
    st.floats(0, 1e15).map(repr),
    st.integers(0, 10**18).map(str),
    st.decimals(0, 10**4, places=8).map(str),
    st.text("0123456789.eE+-_ nainf", max_size=24),
)


@given(values=st.lists(NUMBERS, min_size=1, max_size=30))
@example(values=["9007199254740993", "0.1", "123456789012345.6", "1e400", "nan", "", "."])
def test_numbers_of_many_records_are_those_of_each(values):
    """The same bits come out, column by column or one by one."""
    window = np.full((len(values), stamps.WIDEST_NUMBER), ord('"'), np.uint8)
    for row, value in enumerate(values):
        raw = value.encode()
        window[row, stamps.WIDEST_NUMBER - len(raw) :] = np.frombuffer(raw, np.uint8)

    found = stamps.numbers(window, np.array([len(v) for v in values]))

    for value, number in zip(values, found, strict=True):
        expected = texts.number(value.encode())
        assert expected == number or (math.isnan(expected) and math.isnan(number))


@given(value=st.floats(0, 1e12))
def test_a_number_is_read_exactly(value):
    """What Python writes is what is read."""
    assert value == texts.number(repr(value).encode())


@pytest.mark.parametrize("raw", [b"1_000", b"nan", b"inf", b"0x10", b" 1", b"1,5", b"1e999"])
def test_what_is_no_number_is_absent(raw):
    """Python would take some of these for numbers."""
    assert math.isnan(texts.number(raw))


def test_a_device_is_its_name_and_its_make():
    """Address, software and odd characters do not matter; commas in the hardware do."""
    raw = (
        b"&lt;&lt;HKDevice: 0x28&gt;, name:Apple Watch, model:Watch, hardware:Watch6,2, "
        b"software:9&gt;"
    )

    assert Device("A 'B'", "Apple Watch (Watch6,2)", "watch") == texts.device(
        "A\u00a0\u2018B\u2019\x0b".encode(), raw
    )
    assert Device("x") == texts.device(b"x", None)
    assert Device("x", "y") == texts.device(b"x", b"<<HKDevice: 0x1>, name:y>")


@pytest.mark.parametrize(
    ("text", "si", "value"),
    [
        ("km/hr", "m/s", 1 / 3.6),
        ("degF", "K", 255.9277777777778),
        ("kcal/hr·kg", "W/kg", 4184 / 3600),
        ("Cal", "J", 4184.0),
        ("cal", "J", 4.184),
        ("lb", "kg", 0.45359237),
        ("%", "1", 0.01),
    ],
)
def test_units_become_si(text, si, value):
    """Capital letters matter: a Cal is a thousand cal."""
    unit = unit_of(text)

    assert unit is not None
    assert (si, pytest.approx(value)) == (unit.si, unit.of(1.0))


@pytest.mark.parametrize("text", ["furlong", "KM", "mmol<180.15588000005408>/L", "dBASPL"])
def test_a_unit_that_is_not_in_the_table_is_not_guessed(text):
    """Whoever asks must say that it is not known."""
    assert unit_of(text) is None
