"""Times that are missing, shuffled, without a zone or from a clock that was never set."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.importers.contract import Options
from evenstride.model import Start

from . import made
from .made import Point, gpx, reasons, timed, track, walk

BEGIN_NS = int(made.BEGIN.timestamp()) * 10**9


def stamped(texts: list[str | None]) -> bytes:
    """Return a walk with these texts as times."""
    return gpx([[replace(p, time=t) for p, t in zip(walk(len(texts)), texts, strict=True)]])


def test_an_offset_is_kept() -> None:
    """A time with +02:00 tells the world time and the clock on the wall."""
    found = track(stamped([f"2024-05-01T09:30:0{i}+02:00" for i in range(5)]))
    assert Start(BEGIN_NS, 120, None, "file_offset") == found.start


def test_fractions_are_kept() -> None:
    """Milliseconds are not lost."""
    found = track(stamped([f"2024-05-01T07:30:00.{i}25Z" for i in range(4)]))
    assert np.allclose([0.0, 0.1, 0.2, 0.3], found.time_s, atol=1e-9)
    assert found.start is not None
    assert BEGIN_NS + 25_000_000 == found.start.utc_ns


def test_times_without_a_zone_are_taken_in_the_zone_that_was_told() -> None:
    """The person's word counts, in summer as in winter."""
    data = stamped([f"2024-05-01T09:30:0{i}" for i in range(5)])
    found = track(data, options=Options(zone="Europe/Berlin"))
    assert Start(BEGIN_NS, 120, "Europe/Berlin", "asked") == found.start


def test_times_without_a_zone_are_else_taken_on_this_computer_and_it_is_said() -> None:
    """What was assumed is said."""
    found = track(stamped([f"2024-05-01T09:30:0{i}" for i in range(5)]))
    assert found.start is not None
    assert "assumed" == found.start.basis
    assert any("zone" in warning for warning in found.warnings)


@given(st.integers(0, 1_300_000))
def test_the_rules_of_the_zone_hold_on_every_day(quarter: int) -> None:
    """Local times without a zone become the world times that the rules of the zone say."""
    zone = ZoneInfo("Europe/Berlin")
    begin = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarter)
    texts: list[str | None] = [begin.replace(tzinfo=None, second=i).isoformat() for i in range(5)]
    found = track(stamped(texts), options=Options(zone="Europe/Berlin"))
    expected = int(begin.replace(tzinfo=zone).timestamp()) * 10**9
    assert found.start is not None
    assert expected == found.start.utc_ns


def test_a_few_points_without_a_time_are_left_out_and_counted() -> None:
    """Where most points have a time, the others cannot be placed."""
    texts: list[str | None] = [made.stamp(i) for i in range(10)]
    texts[4] = None
    texts[7] = "yesterday"
    assert 8 == len(track(stamped(texts)))
    assert ["2 points: they have no time"] == reasons(stamped(texts))


def test_a_few_times_do_not_make_a_walk() -> None:
    """Where most points have no time, the way is kept and the times are not."""
    texts: list[str | None] = [None] * 9 + [made.stamp(3)]
    found = track(stamped(texts))
    assert 10 == len(found)
    assert np.isnan(found.time_s).all()
    assert any("half" in warning for warning in found.warnings)


def test_a_file_without_times_says_so() -> None:
    """Nothing is made up for a track without times."""
    found = track(stamped([None] * 6))
    assert (6, None, None) == (len(found), found.start, found.activity)
    assert ("The points have no times.",) == found.warnings


def test_a_clock_that_was_never_set_keeps_its_seconds() -> None:
    """From 1970 on the seconds are right and the date is not."""
    found = track(stamped([f"1970-01-01T00:00:{i:02}Z" for i in range(8)]))
    assert list(range(8)) == found.time_s.tolist()
    assert (None, None) == (found.start, found.activity)
    assert any("clock was not set" in warning for warning in found.warnings)


def test_a_clock_that_stands_still_tells_nothing() -> None:
    """The same time of 1901 at each point is no time."""
    found = track(stamped(["1901-12-13T20:45:52.207Z"] * 6))
    assert 6 == len(found)
    assert np.isnan(found.time_s).all()


def test_first_points_from_before_the_clock_was_set_are_left_out() -> None:
    """A watch that finds the time during the walk writes 1970 before."""
    texts: list[str | None] = ["1970-01-01T00:00:01Z"] * 2
    data = stamped(texts + [made.stamp(i) for i in range(10)])
    assert BEGIN_NS == getattr(track(data).start, "utc_ns", None)
    assert ["2 points: they have no time"] == reasons(data)


@given(st.permutations(range(30)))
def test_shuffled_points_are_put_in_order(order: list[int]) -> None:
    """Points that were written in any order come in the order of time, and it is said."""
    points = walk(30)
    found = track(gpx([[points[i] for i in order]]))
    assert track(gpx([points])).latitude_deg.tolist() == found.latitude_deg.tolist()
    assert (order == sorted(order)) != any("went back" in w for w in found.warnings)


def test_swapped_segments_are_put_in_order() -> None:
    """The segment that was walked first comes first."""
    points = walk(20)
    found = track(gpx([points[10:], points[:10]]))
    assert track(gpx([points])).latitude_deg.tolist() == found.latitude_deg.tolist()
    assert [0] * 10 + [1] * 10 == found.segment.tolist()


def test_a_clock_that_was_set_back_loses_its_times_not_its_way() -> None:
    """No order of such points makes sense: the way is kept as it stands in the file."""
    points = timed(walk(40), [*range(20, 40), *range(20)])
    far = [replace(p, lat=f"{48.5 + i * 1e-5:.6f}") for i, p in enumerate(points)]
    shuffled = [p for pair in zip(points[:20], far[20:], strict=True) for p in pair]
    kept = gpx([points[:20] + far[20:]])
    found = track(gpx([timed(points[:20] + far[20:], [*range(0, 40, 2), *range(1, 41, 2)])]))
    assert track(kept).latitude_deg.size == found.latitude_deg.size == len(shuffled)
    assert np.isnan(found.time_s).all()
    assert [float(p.lat) for p in points[:20] + far[20:]] == found.latitude_deg.tolist()
    assert any("went back" in warning for warning in found.warnings)
    assert found.activity is not None, "first and last moment are still known"


def test_points_that_equal_the_one_before_are_left_out() -> None:
    """A point that was written twice counts once; another place at the same second stays."""
    points = walk(10)
    moved = Point("48.9", "11.9", "500", points[9].time)
    data = gpx([[*points[:5], points[4], *points[5:], moved]])
    assert 11 == len(track(data))
    assert ["1 point: they stand in the file twice"] == reasons(data)


@given(st.integers(-86_400 * 5000, 86_400 * 5000))
def test_another_day_is_the_same_walk(shift_s: int) -> None:
    """Moving all times moves the start and nothing else."""
    points = walk(12)
    moved = track(gpx([timed(points, [i + shift_s for i in range(12)])]))
    still = track(gpx([points]))
    assert still.time_s.tolist() == moved.time_s.tolist()
    assert moved.start is not None
    assert BEGIN_NS + shift_s * 10**9 == moved.start.utc_ns


@pytest.mark.parametrize("off_s", [600, 5 * 3600, 86_400, 10 * 365 * 86_400, -10 * 365 * 86_400])
@pytest.mark.parametrize("at", [20, 199])
def test_one_time_far_from_the_others_does_not_make_a_walk_long(at: int, off_s: int) -> None:
    """A point with a time that cannot be right is left out, and the walk stays as it was."""
    texts: list[str | None] = [made.stamp(i) for i in range(400)]
    texts[at] = made.stamp(at + off_s)
    found = track(stamped(texts))
    assert 399 == len(found)
    assert [*range(at), *range(at + 1, 400)] == found.time_s.tolist()
    assert found.activity is not None
    assert BEGIN_NS + 399 * 10**9 == found.activity.end_utc_ns
    reason = "their time is far from that of the points around them"
    assert [f"1 point: {reason}"] == reasons(stamped(texts))


@pytest.mark.parametrize(("at", "off_s"), [(0, -20 * 365 * 86_400), (0, -6 * 3600), (-1, 86_400)])
def test_a_stray_first_or_last_point_does_not_move_the_walk(at: int, off_s: int) -> None:
    """A place from the memory of the phone is no begin of a walk."""
    texts: list[str | None] = [made.stamp(i) for i in range(60)]
    texts[at] = made.stamp((0 if at == 0 else 59) + off_s)
    found = track(stamped(texts))
    assert 59 == len(found)
    assert 58.0 == found.time_s[-1]
