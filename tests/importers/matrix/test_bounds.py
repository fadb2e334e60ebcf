"""More data cost more in proportion, and never more memory than was promised."""

from __future__ import annotations

import sys
import tracemalloc
from functools import cache
from types import FrameType

import pytest

from evenstride.importers import scan
from evenstride.model import Recording

from .formats import FORMATS, Format, packed

SMALL, TIMES = 4, 10
_GROWING = [name for name, form in FORMATS.items() if not form.fixed_size]
_MOST_HELD = 48 << 20
_FREE_CALLS = 20_000
_FREE_BYTES = 6 << 20


@cache
def made(name: str, size: int) -> bytes:
    """Return a file of a size."""
    return packed(FORMATS[name].files(size))


def drain(data: bytes) -> int:
    """Read all of a file, keeping nothing; return how many values came."""
    values = 0
    for item in scan(data, zone="Europe/Berlin"):
        if isinstance(item, Recording):
            values += sum(block.time_s.size for block in item.open())
        elif hasattr(item, "__len__"):
            values += len(item)
    return values


def calls(data: bytes) -> int:
    """Return how many calls the reading of a file takes."""
    count = 0

    def step(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(step)
    try:
        drain(data)
    finally:
        sys.setprofile(before)
    return count


def peak(data: bytes) -> int:
    """Return how many bytes are held at most."""
    tracemalloc.start()
    try:
        drain(data)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", _GROWING)
def test_work_grows_with_the_size_not_with_its_square(name: str) -> None:
    """Ten times the data take at most about ten times the calls."""
    small, large = made(name, SMALL), made(name, SMALL * TIMES)
    assert drain(large) > 5 * drain(small) > 0
    assert calls(large) <= 1.5 * TIMES * calls(small) + _FREE_CALLS


@pytest.mark.parametrize("name", _GROWING)
def test_memory_grows_no_faster_than_the_file(name: str) -> None:
    """Ten times the data hold at most about ten times the memory, and never more than 48 MB."""
    small, large = peak(made(name, SMALL)), peak(made(name, SMALL * TIMES))
    assert large <= 1.5 * TIMES * small + _FREE_BYTES
    assert large < _MOST_HELD


@pytest.mark.parametrize(
    "what", [b"9", b"<", b'"', b"[", b"{", b"&", b",", b"\0", b"\n", b"PK\3\4"]
)
@pytest.mark.parametrize(
    "name", ["Apple Health", "GPX", "TCX", "table (CSV)", "Fitbit monthly CSV"]
)
def test_endless_repetition_takes_work_in_proportion(name: str, what: bytes) -> None:
    """A file that goes on with one sign: four times as long takes about four times the work."""
    form: Format = FORMATS[name]
    begin = max(form.clean().values(), key=len)
    begin = begin[: len(begin) // 2]
    short, long = (calls(begin + what * (size // len(what))) for size in (200_000, 800_000))
    assert long <= 6 * short + _FREE_CALLS
