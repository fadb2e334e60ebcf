"""Whatever the bytes, the front door gives recordings or one clear error."""

from __future__ import annotations

import gzip
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import evenstride as es
from evenstride.importers import Item, inspect

from . import samples

MAKERS = {
    "androsensor": samples.androsensor,
    "general": samples.general,
    "geneactiv": samples.geneactiv,
    "headerless": samples.headerless,
    "mobilised": samples.mobilised,
    "movella": samples.movella_dot,
    "phyphox": lambda walk: samples.zipped(samples.phyphox(walk)),
    "physics toolbox": samples.physics_toolbox_g,
    "physics toolbox linear": samples.physics_toolbox_linear,
    "sensor logger": lambda walk: samples.zipped(samples.sensor_logger(walk)),
    "sensorlog": samples.sensorlog_new,
    "sensorlog old": samples.sensorlog_old,
    "xsens": samples.xsens_mtw,
}


@cache
def made(name: str) -> bytes:
    """Return three seconds in a format."""
    return MAKERS[name](samples.Walk(3.0))


def survives(data: bytes) -> None:
    """Go through all front doors; anything but a clear error is a failure."""
    with suppress(es.EvenstrideError):
        inspect(data)
    with suppress(es.EvenstrideError):
        for block in es.read(data).blocks():
            assert block.time_s.size > 0
    with suppress(es.EvenstrideError):
        for item in es.scan(data):
            assert isinstance(item, Item)


NAMES = st.sampled_from(sorted(MAKERS))


@given(st.binary(max_size=3000))
@example(b"")
@example(b"\0" * 100)
@example(b"PK\x03\x04")
@example(b"\x1f\x8b")
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe1\0,\x002\0")
def test_random_bytes_never_break_it(data: bytes) -> None:
    """Bytes that mean nothing give one clear error."""
    survives(data)


@given(st.text(alphabet='0123456789.,;\t\n -+eEx:naif/"', max_size=2000))
def test_random_tables_never_break_it(text: str) -> None:
    """Text that looks almost like a table gives what can be read, or one clear error."""
    survives(text.encode())


@given(NAMES, st.floats(0, 1))
def test_truncation_never_breaks_it(name: str, share: float) -> None:
    """A file cut at any place gives what is whole, or one clear error."""
    data = made(name)
    survives(data[: int(len(data) * share)])


@given(NAMES, st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255))))
def test_changed_bytes_never_break_it(name: str, changes: list[tuple[float, int]]) -> None:
    """A file with damaged bytes gives what can be read, or one clear error."""
    data = bytearray(made(name))
    for place, value in changes:
        data[int(place * len(data))] = value
    survives(bytes(data))


@given(NAMES, st.floats(0, 1), st.binary(max_size=300))
def test_inserted_bytes_never_break_it(name: str, place: float, junk: bytes) -> None:
    """A file with junk in the middle gives what can be read, or one clear error."""
    data = made(name)
    at = int(place * len(data))
    survives(data[:at] + junk + data[at:])


@pytest.mark.parametrize("name", sorted(MAKERS))
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "latin-1"])
def test_other_encodings_are_read(name: str, encoding: str) -> None:
    """A table that was saved again in another encoding gives the same samples."""
    data = made(name)
    if data.startswith((b"PK", b"\x1f\x8b")):
        return
    text = data.decode("latin-1" if name == "androsensor" else "utf-8")
    again = es.read(text.encode(encoding)).clock
    assert again.samples == es.read(data).clock.samples


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_huge_fields_and_endless_lines_never_break_it(name: str) -> None:
    """A cell of megabytes, or a line without an end, costs that row and no more."""
    data = made(name)
    if not data.startswith((b"PK", b"\x1f\x8b")):
        survives(data + b"9" * 6_000_000 + b"\n")
        kept = es.read(data + b"9" * 6_000_000 + b"\n" + b"x").clock.samples
        assert kept == es.read(data).clock.samples


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_gzip_and_blank_lines_change_nothing(name: str) -> None:
    """The same file packed, or with blank lines at its end, gives the same samples."""
    data = made(name)
    if not data.startswith((b"PK", b"\x1f\x8b")):
        expected = es.read(data).clock
        assert es.read(gzip.compress(data)).clock == expected
        assert es.read(data + b"\n\n  \n").clock == expected
