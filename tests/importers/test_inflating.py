"""Both engines that inflate give the same bytes, and both notice damage."""

import importlib
import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.importers import inflating
from evenstride.importers.source import Source

WINDOWS = {"deflate": -15, "zlib": 15, "gzip": 31}


@pytest.fixture
def plain(monkeypatch):
    """Return the module as it is where ISA-L is not installed."""
    monkeypatch.setitem(sys.modules, "isal", None)
    yield importlib.reload(inflating)
    monkeypatch.undo()
    importlib.reload(inflating)


def inflated(engine, data, step):
    """Return everything, a piece at a time, and whether the end was reached."""
    out = []
    while not engine.eof:
        out.append(engine.decompress(data, step))
        data = engine.unconsumed_tail
        if not data and len(out[-1]) < step:
            break
    return b"".join(out), engine.eof, engine.unused_data


def packed(data, window):
    """Return compressed data."""
    engine = zlib.compressobj(wbits=window)
    return engine.compress(data) + engine.flush()


@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
@given(st.binary(max_size=5000).map(lambda data: data * 3), st.integers(1, 4000))
def test_what_was_packed_comes_out(window, data, step):
    """In whatever steps; what follows the end is told."""
    found = inflated(inflating.inflater(window), packed(data, window) + b"more", step)

    assert (data, True, b"more") == found
    assert zlib.crc32(data, 7) == inflating.checksum(data, 7)


def test_without_the_extra_it_is_the_same(plain):
    """Zlib stands in."""
    data = bytes(range(256)) * 50
    found = inflated(plain.inflater(-15), packed(data, -15) + b"more", 100)

    assert (data, True, b"more") == found
    assert zlib.crc32(data, 7) == plain.checksum(data, 7)
    with pytest.raises(plain.DAMAGED):
        plain.inflater(-15).decompress(b"\xff" * 50, 100)


def test_damage_is_noticed():
    """By the errors that are named."""
    with pytest.raises(inflating.DAMAGED):
        inflating.inflater(-15).decompress(b"\xff" * 50, 100)


@pytest.mark.parametrize("size", [(1 << 18) + more for more in (-1, 0, 1, 100, 257, 300)])
def test_the_last_bytes_come_out_whatever_the_size(size):
    """Also where a piece of output ends just before the end of the data."""
    for data in (b"ab" * (size // 2) + b"a" * (size % 2), bytes(size)):
        source = Source.of(packed(data, 31), "walk.csv.gz")
        with source.open(source.members()[0]) as stream:
            assert data == stream.read(1 << 20)
            assert stream.damage is None


@given(st.binary(min_size=200, max_size=3000), st.data())
def test_a_cut_stream_gives_only_bytes_that_were_there(data, draw):
    """A prefix, and the reason why it ends."""
    whole = packed(data, 31)
    cut = draw.draw(st.integers(18, len(whole) - 1))
    source = Source.of(whole[:cut], "walk.csv.gz")
    with source.open(source.members()[0]) as stream:
        found = stream.read(1 << 20)
        assert data.startswith(found)
        assert stream.damage
