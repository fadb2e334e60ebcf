"""A track that the diary keeps comes back as it was."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import evenstride as es
from evenstride.importers.own_track import track_pieces
from evenstride.model import Activity, Device, Start

START = Start(1_774_828_800_000_000_000, 120, "Europe/Berlin", "recorded")
FACTS = {
    "start": START,
    "elevation_source": "barometer",
    "activity": Activity(
        START, START.utc_ns + 10**12, "hiking", moving_s=900.0, steps=1500, gear="Blue “shoes”",
        title="Round\nthe lake, #1", device=Device("Watch", "FR935", "watch"), extra={"a_m": 1.5},
    ),
    "format": "FIT",
    "source": "walk.fit",
    "warnings": ("Something.",),
}  # fmt: skip


def walk(rows=50):
    """Return a track with a hole in it."""
    at = np.arange(rows, dtype=float)
    height = np.where(at == 7, np.nan, 100 + at / 8)
    return es.Track(
        at, 50 + at * 1e-6, 8 - at * 1e-6, height, segment=at.astype(int) // 20, **FACTS
    )


def written(track):
    """Return its bytes."""
    return b"".join(track_pieces(track))


def read(data):
    """Return what is in bytes."""
    return list(es.scan(data))


def same(one, other):
    """Tell whether two tracks hold the same."""
    facts = all(getattr(one, name) == getattr(other, name) for name in FACTS)
    columns = zip(one.columns().values(), other.columns().values(), strict=True)
    return facts and all(np.array_equal(a, b, equal_nan=True) for a, b in columns)


def test_a_track_comes_back_with_all_of_its_facts():
    """Every column, every hole, every word."""
    (found,) = read(written(walk()))

    assert same(walk(), found)


@given(arrays(np.float64, (7, 4), elements=st.floats(-80, 80)), st.booleans())
def test_any_values_come_back(values, with_facts):
    """To a ten-thousandth, and positions to a millimetre; a second time exactly."""
    time_s, latitude_deg, longitude_deg, speed = values.T
    track = es.Track(
        np.sort(time_s), latitude_deg, longitude_deg, speed_m_s=speed, **FACTS if with_facts else {}
    )
    (found,) = read(written(track))
    (again,) = read(written(found))

    assert np.allclose(track.latitude_deg, found.latitude_deg, atol=1e-8)
    assert np.allclose(track.speed_m_s, found.speed_m_s, atol=1e-4)
    assert same(found, again)
    assert written(found) == written(again)


@pytest.mark.parametrize("cut", np.linspace(60, 900, 30).astype(int).tolist())
def test_a_file_that_was_cut_keeps_its_whole_rows_or_says_so(cut):
    """Never anything but rows that were there."""
    whole = walk()
    for item in read(written(whole)[:cut]):
        if isinstance(item, es.Track):
            n = max(len(item) - 1, 0)
            assert np.array_equal(whole.time_s[:n], item.time_s[:n])
        else:
            assert item.reason


def test_broken_rows_are_counted():
    """The others are kept."""
    data = written(walk()).replace(b"\n3.0,", b"\nthree,")
    track, left = read(data)

    assert 49 == len(track)
    assert "1 rows" == left.what


def test_an_old_track_is_left_out_when_newer_ones_are_asked_for():
    """It says so."""
    from datetime import UTC, datetime

    (left,) = es.scan(written(walk()), since=datetime(2027, 1, 1, tzinfo=UTC))

    assert isinstance(left, es.Left)
