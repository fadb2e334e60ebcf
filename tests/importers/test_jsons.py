"""JSON is read exactly, in pieces, and around what is broken."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.importers.jsons import number, read_items, read_json, text, whole
from evenstride.importers.source import Source
from evenstride.model import Left

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)


def items(data: bytes, key: str | None = None) -> list[object]:
    """Return the elements of the array in these bytes."""
    source = Source.of(data)
    return list(read_items(source, source.members()[0], key))


def value(data: bytes, most_bytes: int = 1 << 20) -> object:
    """Return the value in these bytes."""
    source = Source.of(data)
    return read_json(source, source.members()[0], most_bytes)


@given(st.lists(JSON, max_size=6), st.sampled_from([None, 2]))
def test_elements_come_as_they_were_written(elements: list[object], indent: int | None) -> None:
    """An array gives its elements, alone or in an object, whatever the blanks."""
    assert elements == items(json.dumps(elements, indent=indent).encode())
    data = json.dumps({"Data Source": "x", "Data Points": elements}, indent=indent).encode()
    assert elements == items(data, "Data Points")


def test_nanoseconds_stay_exact() -> None:
    """Whole numbers of nineteen digits lose nothing, as numbers or as texts."""
    ns = 1_700_000_000_123_456_789
    assert [ns] == items(b"[%d]" % ns)
    assert ns == whole(str(ns)) == whole(ns)


def test_an_array_longer_than_a_piece_is_read() -> None:
    """Elements on both sides of a piece's end come once."""
    numbers = list(range(400_000))
    assert numbers == items(json.dumps(numbers).encode())


def test_a_broken_element_costs_itself_only() -> None:
    """What follows a broken element is read, and the break is told."""
    got = items(b'[{"a": 1}, {"a": oops}, {"a": 3}]')
    assert [{"a": 1}, {"a": 3}] == got[:2]
    assert [Left("1 entries of data", "they are broken")] == got[2:]


def test_a_cut_file_keeps_what_is_whole() -> None:
    """A file that ends in the middle gives its whole elements and says so."""
    got = items(b'[{"a": 1}, {"a": 2}, {"a"')
    assert [{"a": 1}, {"a": 2}] == got[:2]
    assert isinstance(got[2], Left)
    assert "ends in the middle" in got[2].reason


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"a":' * 100_000, b"[1," + b"[" * 100_000])
def test_deep_nesting_is_refused_in_words(data: bytes) -> None:
    """A file that was nested to do harm gives one reason, whichever way it is read."""
    assert any(isinstance(item, Left) for item in items(data))
    assert isinstance(value(data), Left)


@given(st.binary(max_size=300))
def test_noise_never_breaks_it(noise: bytes) -> None:
    """Any bytes give values or a reason."""
    items(noise)
    items(b"[" + noise)
    value(noise)


def test_what_cannot_be_a_whole_value_says_why() -> None:
    """Too large, empty and cut files have different reasons."""
    assert Left("data", "it is larger than 0 MB") == value(b"[1, 2, 3]", 4)
    assert Left("data", "it is no whole JSON") == value(b'{"a": ')
    assert {"a": None} == value(b'\xef\xbb\xbf{"a": NaN}')
    assert [1] == value("[1]".encode("utf-16"))
    assert Left("data", "it does not hold the list that was expected") == items(b"{}")[0]
    assert isinstance(value(b"9" * 5000), Left)


def test_numbers_and_texts_are_taken_with_care() -> None:
    """What is no number is NaN or None, never 0; texts lose odd blanks."""
    assert 1.5 == number("1.5") == number(1.5)
    assert all(math.isnan(number(x)) for x in (None, True, "", "x", "inf", 1e999, [1], {}, 10**400))
    assert whole("x") is None
    assert whole(None) is None
    assert 2 == whole(2.0)
    assert "a b" == text(" a \n b ")
    assert "" == text(5)
