"""Damage that is searched for: whatever is cut, changed or put in, nothing but sane data comes."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from tests.importers.matrix.damages import largest
from tests.importers.matrix.facts import Came, come
from tests.importers.matrix.formats import FORMATS, packed

NAMES = st.sampled_from(sorted(FORMATS))
SHARE = st.floats(0, 1, exclude_max=True)


@cache
def parts(name: str) -> tuple[dict[str, bytes], str]:
    """Return the files of a format, and which of them is damaged."""
    files = dict(FORMATS[name].clean())
    return files, largest(files)


def damaged(name: str, data: bytes, *, outside: bool) -> Came:
    """Read a format with other bytes for its largest file, or for the whole archive."""
    files, path = parts(name)
    return come(data if outside else packed({**files, path: data}))


def of(name: str, *, outside: bool) -> bytes:
    """Return the bytes that are damaged."""
    files, path = parts(name)
    return packed(files) if outside else files[path]


@given(NAMES, st.booleans(), SHARE, SHARE)
def test_a_stretch_that_is_missing_never_breaks_it(
    name: str, outside: bool, begin: float, end: float
) -> None:
    """At the end or in the middle: what is whole comes, or something is said."""
    data = of(name, outside=outside)
    first, last = sorted((round(begin * len(data)), round(end * len(data))))
    came = damaged(name, data[:first] + data[last:], outside=outside)
    assert came.facts or came.said


@given(
    NAMES, st.booleans(), st.lists(st.tuples(SHARE, st.integers(0, 255))), SHARE,
    st.binary(max_size=40),
)  # fmt: skip
def test_changed_and_added_bytes_never_break_it(
    name: str, outside: bool, changes: list[tuple[float, int]], place: float, junk: bytes
) -> None:
    """Other bytes here and there, and some more of them: sane data, or something is said."""
    data = bytearray(of(name, outside=outside))
    for share, value in changes:
        data[int(share * len(data))] = value
    at = int(place * len(data))
    came = damaged(name, bytes(data[:at] + junk + data[at:]), outside=outside)
    assert came.facts or came.said
