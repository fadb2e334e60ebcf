"""What a walk in a FIT file becomes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.importers.contract import NO_OPTIONS, Options
from evenstride.importers.fit import Fit
from evenstride.importers.source import Source
from evenstride.importers.start import ZONE_ASSUMED
from evenstride.model import Activity, Left, Series, Start, Track

from . import write
from .helpers import items, lefts, tracks
from .write import Field, Layout

NS = 10**9


def the(data: bytes, options: Options = NO_OPTIONS) -> Track:
    """Return the one track."""
    (track,) = tracks(data, options)
    return track


def activity(data: bytes) -> Activity:
    """Return what the one track says of the outing."""
    found = the(data).activity
    assert found is not None
    return found


def test_a_walk_in_si_units() -> None:
    """Every column has its unit, and cadence counts both feet."""
    track = the(write.join(write.walk(30)))
    assert list(range(30)) == track.time_s.tolist()
    degree = 180 / 2**31
    np.testing.assert_allclose(track.latitude_deg[:2], [5e8 * degree, (5e8 + 100) * degree])
    np.testing.assert_allclose(track.longitude_deg, 1e8 * degree)
    assert {100.0} == set(track.elevation_m)
    np.testing.assert_allclose(track.distance_m[:3], [0, 1.4, 2.8])
    assert {1.4} == set(track.speed_m_s)
    assert {111.0} == set(track.cadence_spm)
    assert {90.0} == set(track.heart_rate_bpm)
    np.testing.assert_allclose(track.stance_time_s, 0.52)
    np.testing.assert_allclose(track.stance_left, 0.505)
    np.testing.assert_allclose(track.step_length_m, 0.7)
    np.testing.assert_allclose(track.vertical_oscillation_m, 0.04)
    assert np.isnan(track.pressure_pa).all()
    assert ("FIT", "walk.fit", None) == (track.format, track.source, track.elevation_source)
    assert Start(write.UTC0 * NS, 120, None, "recorded") == track.start


def test_the_sums_of_the_device_are_its_activity() -> None:
    """Strides of one leg count twice; pauses are no part of the moving time."""
    found = activity(write.join(write.walk(60)))
    assert "walking" == found.sport
    assert (55.0, 84.0, 82) == (found.moving_s, found.distance_m, found.steps)
    assert (12.0, 7.0, 91.0) == (found.ascent_m, found.descent_m, found.heart_rate_bpm)
    assert (write.UTC0 + 60) * NS == found.end_utc_ns
    assert ("Garmin product 2697", "watch") == (found.device.model, found.device.kind)


@pytest.mark.parametrize(
    ("sport", "kind", "expected", "indoor"),
    [
        (11, 0, "walking", None),
        (11, 27, "treadmill", True),
        (11, 1, "treadmill", True),
        (17, 0, "hiking", None),
        (1, 0, "running", None),
        (1, 1, "running", True),
        (2, 6, "cycling", True),
        (0, None, "unknown", None),
        (4, 1, "unknown", True),
        (5, 17, "other", None),
    ],
)
def test_sports(sport: int, kind: int, expected: str, indoor: bool | None) -> None:
    """What was done, and whether inside."""
    body = b"".join(write.walk(9)[:-4]) + write.SESSION.define()
    found = activity(write.fit(body + write.session(9, sport=sport, kind=kind)))
    assert (expected, indoor) == (found.sport, found.indoor)


def test_turns_of_pedals_are_no_steps() -> None:
    """A ride has neither steps nor a cadence of steps."""
    track = the(write.join(write.walk(20, sport=2)))
    assert np.isnan(track.cadence_spm).all()
    assert track.activity is not None
    assert track.activity.steps is None


@pytest.mark.parametrize(
    ("cadence", "strides", "halved"), [(55, 50, False), (150, 150, True), (110, 101, True)]
)
def test_doubled_steps_of_a_treadmill_are_halved(cadence: int, strides: int, halved: bool) -> None:
    """No one walks 300 steps a minute, or 220 at 1.4 m/s."""
    body = write.head() + write.RECORD.define()
    body += b"".join(write.record(second, cadence=cadence) for second in range(60))
    body += write.SESSION.define() + write.session(60, kind=27, strides=strides)
    track = the(write.fit(body))
    assert halved == any("halved" in warning for warning in track.warnings)
    assert (2 * cadence + 1) / (2 if halved else 1) == track.cadence_spm[0]
    assert track.activity is not None
    assert (strides if halved else 2 * strides) == track.activity.steps


def test_stance_on_a_walk_comes_with_a_warning() -> None:
    """Watches apply their model of running; on a run there is nothing to say."""
    assert any("model of running" in w for w in the(write.join(write.walk(20))).warnings)
    assert not the(write.join(write.walk(20, sport=1))).warnings


def test_zero_is_not_a_measurement() -> None:
    """A pulse of 0 and the place 0/0 are absent; a cadence of 0 is standing."""
    body = write.head() + write.RECORD.define() + write.record(0)
    body += write.RECORD.write(write.T0 + 1, 0, 0, 3000, 140, 0, 0, 0, 0, 0, 0, 0, 0)
    track = the(write.fit(body))
    for name in ("latitude_deg", "heart_rate_bpm", "stance_time_s", "stance_left", "step_length_m"):
        assert [False, True] == np.isnan(getattr(track, name)).tolist()
    assert 0 == track.cadence_spm[1]


def test_pauses_begin_new_segments() -> None:
    """The timer was stopped twice; two starts without a stop are no pause."""
    body = write.head() + write.RECORD.define() + write.EVENT.define()
    marks = {0: (0, 0), 10: (4,), 20: (0,), 25: (0,), 30: (1,), 40: (0,)}
    for second in range(60):
        for kind in marks.get(second, ()):
            body += write.EVENT.write(write.T0 + second, 0, kind)
        body += write.record(second)
    track = the(write.fit(body))
    assert [0] * 20 + [1] * 20 + [2] * 20 == track.segment.tolist()


def test_several_sessions_are_several_outings() -> None:
    """Records belong to the session in which they were made; the order of writing is free."""
    for order in (1, -1):
        parts = [write.session(30, sport=1), write.session(30, sport=11, begin=30)]
        body = write.head() + write.SESSION.define() + b"".join(parts[::order])
        body += write.RECORD.define() + b"".join(map(write.record, range(60)))
        first, second = tracks(write.fit(body))
        assert [30, 30] == [len(first), len(second)]
        assert first.activity is not None
        assert second.activity is not None
        assert ("running", "walking") == (first.activity.sport, second.activity.sport)
        assert 0 == second.time_s[0]
        assert (write.UTC0 + 30) * NS == second.start.utc_ns  # type: ignore[union-attr]


def test_a_summary_that_stands_there_twice_is_one_outing() -> None:
    """Some files repeat it at their end."""
    body = b"".join(write.walk(30)) + write.session(30)
    assert [Track] == [type(item) for item in items(write.fit(body))]


def test_a_summary_without_points_is_an_activity() -> None:
    """Facts without samples."""
    body = write.head() + write.SESSION.define() + write.session(600)
    (found,) = items(write.fit(body))
    assert isinstance(found, Activity)
    assert (600 + write.UTC0) * NS == found.end_utc_ns


def test_points_without_a_summary_are_a_track() -> None:
    """A watch that lost its power wrote no summary: the sport it was set to is still known."""
    sport = Layout(12, (Field(0, write.ENUM), Field(1, write.ENUM)))
    body = write.head() + sport.define() + sport.write(17, 0) + write.RECORD.define()
    found = activity(write.fit(body + b"".join(map(write.record, range(50)))))
    assert "hiking" == found.sport
    assert (68.6, None) == (found.distance_m, found.steps)
    assert (write.UTC0 + 49) * NS == found.end_utc_ns


@pytest.mark.parametrize(
    ("ahead_s", "expected"),
    [(-25200, -420), (20700, 345), (3599, 60), (10**8, None), (1234, None), (None, None)],
)
def test_the_zone_is_what_the_watch_wrote(ahead_s: int | None, expected: int | None) -> None:
    """Local time minus UTC, in whole quarters of an hour; nonsense is no zone."""
    start = the(write.join(write.walk(9, ahead_s=ahead_s))).start
    assert start is not None
    assert expected == start.utc_offset_min
    assert ("assumed" if expected is None else "recorded") == start.basis


def test_an_unknown_zone_is_said_or_asked_for() -> None:
    """The zone that the person gives is taken; without it, the assumption is said."""
    data = write.join(write.walk(9, ahead_s=None))
    assert ZONE_ASSUMED in the(data).warnings
    asked = the(data, Options(zone="Europe/London"))
    assert Start(write.UTC0 * NS, None, "Europe/London", "asked") == asked.start
    assert ZONE_ASSUMED not in asked.warnings


def test_utc_far_from_greenwich_is_no_local_time() -> None:
    """Some watches write UTC as the local time: the sun knows better."""
    data = write.join(write.walk(9, ahead_s=0))
    assert 0 == the(data).start.utc_offset_min  # type: ignore[union-attr]
    west = Layout(20, (Field(253, 6), Field(0, 5), Field(1, 5)), local=1)
    body = write.head() + west.define() + west.write(write.T0, 5 * 10**8, -(10**9))
    body += write.ACTIVITY.define() + write.ACTIVITY.write(write.T0, write.T0)
    assert the(write.fit(body)).start.utc_offset_min is None  # type: ignore[union-attr]


def test_a_clock_that_was_not_set_gives_no_date() -> None:
    """The seconds are good, the date is unknown, and this is said."""
    layout = Layout(20, (Field(253, 6), Field(5, 6)))
    body = write.head() + layout.define()
    body += b"".join(layout.write(17_000_000 + second, 140 * second) for second in range(5))
    track = the(write.fit(body))
    assert [0, 1, 2, 3, 4] == track.time_s.tolist()
    assert (None, None) == (track.start, track.activity)
    assert any("clock" in warning for warning in track.warnings)


@pytest.mark.parametrize("info", [(1, 4, 5, ""), (4, None, None, "Barometer")])
def test_a_barometer_among_the_sensors_measured_the_height(
    info: tuple[int, int | None, int | None, str],
) -> None:
    """Only where the file names one."""
    body = b"".join(write.walk(9)) + write.DEVICE.define() + write.DEVICE.write(*info)
    assert "barometer" == the(write.fit(body)).elevation_source


def test_the_name_of_the_device_and_its_kind() -> None:
    """An app on a phone is no watch."""
    body = write.head(265) + write.DEVICE.define() + write.DEVICE.write(0, None, None, "Strava App")
    body += write.RECORD.define() + write.record(0)
    device = activity(write.fit(body)).device
    assert ("Strava App", "Strava App", "phone") == (device.name, device.model, device.kind)


def described(
    number: int, base: int, name: str, unit: str, replaces: int | None, message: int | None = 20
) -> bytes:
    """Return the description of a field of an app."""
    text = write.DESCRIPTION.write(0, number, base, name, unit, message, replaces)
    return write.DESCRIPTION.define() + text


@pytest.mark.parametrize(
    ("base", "name", "unit", "replaces", "value", "column", "expected"),
    [
        (4, "Ground Time", "Milliseconds", 41, 640, "stance_time_s", 0.64),
        (4, "", "ms", 41, 640, "stance_time_s", 0.64),
        (4, "Ground Time", "ms", None, 640, "stance_time_s", 0.64),
        (8, "Vertical Oscillation", "Centimeters", 39, 4.0, "vertical_oscillation_m", 0.04),
        (2, "Cadence", "RPM", 4, 55, "cadence_spm", 110.0),
        (2, "Steps", "spm", 4, 111, "cadence_spm", 111.0),
        (8, "Anything", "%", 84, 49.5, "stance_left", 0.495),
        (4, "Ground Time", "furlongs", 41, 640, "stance_time_s", np.nan),
        (4, "Form Power", "Watts", None, 640, "stance_time_s", np.nan),
    ],
)
def test_fields_of_foot_pods_fill_what_the_watch_has_not(
    base: int, name: str, unit: str, replaces: int, value: float, column: str, expected: float
) -> None:
    """They count by the field they replace or by a known name, in a unit that is known."""
    layout = Layout(20, (Field(253, 6),), added=(write.Added(3, 0, base),))
    body = write.head() + described(3, base, name, unit, replaces) + layout.define()
    track = the(write.fit(body + layout.write(write.T0, value)))
    np.testing.assert_allclose(getattr(track, column), [expected], rtol=1e-6)


def test_the_watch_comes_before_the_foot_pod() -> None:
    """What is measured twice is taken from the watch."""
    layout = Layout(20, (Field(253, 6), Field(41, 4)), added=(write.Added(3, 0, 4),))
    body = write.head() + described(3, 4, "Ground Time", "ms", 41) + layout.define()
    body += layout.write(write.T0, 5200, 640) + layout.write(write.T0 + 1, None, 650)
    np.testing.assert_allclose(the(write.fit(body)).stance_time_s, [0.52, 0.65])


def test_a_field_that_is_described_anew_holds_from_there_on() -> None:
    """The same number may mean something else later in the file."""
    layout = Layout(20, (Field(253, 6),), added=(write.Added(3, 0, 4),))
    body = write.head() + described(3, 4, "", "ms", 41) + layout.define()
    body += layout.write(write.T0, 640) + described(3, 4, "", "mm", 85)
    track = the(write.fit(body + layout.write(write.T0 + 1, 700)))
    np.testing.assert_allclose(track.stance_time_s, [0.64, np.nan])
    np.testing.assert_allclose(track.step_length_m, [np.nan, 0.7])


@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 4094)), min_size=1, max_size=40))
def test_compressed_speed_and_distance(steps: list[tuple[int, int]]) -> None:
    """Three bytes hold both; the distance goes on where its counter starts again."""
    layout = Layout(20, (Field(253, 6), Field(8, write.BYTE, 3)))
    body, total, expected = write.head() + layout.define(), 0, []
    for second, (speed, step) in enumerate(steps):
        total += step
        packed = speed | (total % 4096) << 12
        body += layout.write(write.T0 + second, tuple(packed.to_bytes(3, "little")))
        expected.append(total / 16)
    track = the(write.fit(body))
    assert expected == track.distance_m.tolist()
    np.testing.assert_allclose(track.speed_m_s, [speed / 100 for speed, _ in steps])


def test_two_messages_of_one_moment_are_one_point() -> None:
    """Joined where they do not contradict each other; two places stay two points."""
    place = Layout(20, (Field(253, 6), Field(0, 5), Field(1, 5)), local=1)
    way = Layout(20, (Field(253, 6), Field(5, 6)), local=2)
    body = write.head() + place.define() + way.define()
    for second in range(3):
        body += way.write(write.T0 + second, 140 * second)
        body += place.write(write.T0 + second, 10**8, 10**8)
    assert [0, 1, 2] == the(write.fit(body)).time_s.tolist()
    assert np.isfinite(the(write.fit(body)).distance_m).all()
    body += place.write(write.T0 + 2, 10**8 + 5, 10**8)
    assert [0, 1, 2, 2, 2] == the(write.fit(body)).time_s.tolist()


def test_points_out_of_order_are_put_in_order_and_said() -> None:
    """Time rises in a track."""
    body = write.head() + write.RECORD.define() + b"".join(map(write.record, (5, 6, 7, 1, 2)))
    track = the(write.fit(body))
    assert [0, 1, 4, 5, 6] == track.time_s.tolist()
    np.testing.assert_allclose(track.distance_m, [1.4, 2.8, 7.0, 8.4, 9.8])
    assert any("order" in warning for warning in track.warnings)


def test_a_course_is_a_route_that_was_drawn() -> None:
    """Its times were made up by a computer, so it has none."""
    body = write.head(kind=6) + write.RECORD.define() + b"".join(map(write.record, range(5)))
    track = the(write.fit(body))
    assert np.isnan(track.time_s).all()
    assert np.isfinite(track.latitude_deg).all()
    assert (None, None) == (track.start, track.activity)


def test_since_leaves_out_what_ended_before() -> None:
    """Only newer outings are read."""
    data = write.join(write.walk(60))
    ends = (write.UTC0 + 60) * NS
    assert 1 == len(tracks(data, Options(since_utc_ns=ends)))
    assert [] == items(data, Options(since_utc_ns=ends + 1))


def test_the_plan_tells_what_would_be_read() -> None:
    """A dry run names the columns, the start and what was assumed; reading gives the same."""
    source = Source.of(write.join(write.walk(20, ahead_s=None)), "x")
    plan = Fit().plan(source, NO_OPTIONS)
    (part,) = plan.parts
    assert ("track", "x", (ZONE_ASSUMED,)) == (part.kind, part.name, part.assumptions)
    assert "cadence_spm" in part.columns
    assert "pressure_pa" not in part.columns
    (track,) = Fit().read(source, plan)
    assert isinstance(track, Track)
    assert part.start == track.start


@given(st.integers(-(10**6), 10**6))
def test_a_shift_of_the_clock_shifts_the_start_alone(seconds: int) -> None:
    """Times in a track count from its start."""
    layout = Layout(20, (Field(253, 6), Field(5, 6)))
    made = []
    for begin in (write.T0, write.T0 + seconds):
        body = write.head() + layout.define()
        body += b"".join(layout.write(begin + s, 140 * s) for s in (0, 1, 3))
        made.append(the(write.fit(body)))
    assert made[0].time_s.tolist() == made[1].time_s.tolist()
    first, second = (track.start for track in made)
    assert first is not None
    assert second is not None
    assert seconds * NS == second.utc_ns - first.utc_ns


MONITORING = Layout(
    55,
    (
        Field(253, write.UINT32),
        Field(26, write.UINT16),
        Field(5, write.ENUM),
        Field(3, write.UINT32),
        Field(2, write.UINT32),
        Field(27, write.UINT8),
    ),
)


def series(body: bytes) -> dict[str, Series]:
    """Return the series of a monitoring file by their metric."""
    found = items(write.fit(write.head(kind=32) + MONITORING.define() + body))
    return {item.metric: item for item in found if isinstance(item, Series)}


def test_counts_of_a_day_are_differences() -> None:
    """What was counted before the file belongs to another file; a fall begins a new day."""
    t0 = write.T0
    body = MONITORING.write(t0, None, 6, 1000, 70_000, None)
    body += MONITORING.write(t0 + 900, None, 6, 1200, 84_000, None)
    body += MONITORING.write(None, (t0 + 1800) % 65_536, 6, 1300, 91_000, None)
    body += MONITORING.write(t0 + 1800, None, 1, 50, 5000, None)
    body += MONITORING.write(t0 + 2700, None, 2, 999, 99_000, None)
    body += MONITORING.write(t0 + 3600, None, 6, 40, 2800, None)
    steps = series(body)["steps"]
    begins = (steps.start_utc_ns // NS - write.UTC0).tolist()
    ends = (steps.end_utc_ns // NS - write.UTC0).tolist()
    assert [(0, 900, 200), (900, 1800, 150), (1800, 3600, 40)] == list(
        zip(begins, ends, steps.value.tolist(), strict=True)
    )
    assert 390.0 - 102.0 == pytest.approx(series(body)["distance_m"].value.sum(), abs=1e-9)


@given(st.lists(st.tuples(st.sampled_from((6, 1)), st.integers(0, 5000)), max_size=20))
def test_running_within_a_walk_is_counted_beside_it(counts: list[tuple[int, int]]) -> None:
    """Kinds of movement are counted apart; their steps add up, and no interval overlaps another."""
    totals = {6: 0, 1: 0}
    body = MONITORING.write(write.T0, None, 6, 0, 0, None)
    for row, (kind, more) in enumerate(counts, 1):
        totals[kind] += more
        body += MONITORING.write(write.T0 + 600 * row, None, kind, totals[kind], 0, None)
    steps = series(body).get("steps")
    assert sum(totals.values()) == (0 if steps is None else steps.value.sum())
    if steps is not None:
        assert (steps.start_utc_ns[1:] >= steps.end_utc_ns[:-1]).all()


def test_the_pulse_of_a_day_is_read_at_its_moments() -> None:
    """Only the lower half of the time is written with it."""
    body = MONITORING.write(write.T0, None, None, None, None, None)
    body += MONITORING.write(None, (write.T0 + 60) % 65_536, None, None, None, 61)
    body += MONITORING.write(None, (write.T0 + 70_000) % 65_536, None, None, None, 62)
    beats = series(body)["heart_rate_bpm"]
    assert [61, 62] == beats.value.tolist()
    assert [60, 70_000 - 65_536] == (beats.start_utc_ns // NS - write.UTC0).tolist()


@pytest.mark.parametrize("at", [20, 59])
@pytest.mark.parametrize("late_s", [18_000, 86_400])
def test_one_late_record_does_not_make_a_walk_long(at: int, late_s: int) -> None:
    """A record whose time is hours late, while the others agree, is left out and counted."""
    messages = write.walk(60)
    messages[2 + at] = write.record(at + late_s)
    data = write.join([part for part in messages if part not in messages[62:64]])  # no summary
    track = the(data)
    assert (59, float(58 + (at != 59))) == (len(track), track.time_s.max())
    assert [Left("1 point", "their time cannot be right")] == lefts(data)
