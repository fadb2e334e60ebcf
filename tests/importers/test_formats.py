"""Each format gives back the numbers that were written, in SI units and with the right sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

import evenstride as es
from evenstride.importers import inspect

from . import samples
from .samples import Walk


@dataclass(frozen=True)
class Case:
    """A sample and what must come out of it."""

    make: Callable[[Walk], bytes]
    format: str
    gravity: bool = True
    gyroscope: bool = True
    rounding: float = 2e-3


CASES = {
    "androsensor": Case(samples.androsensor, "AndroSensor"),
    "general": Case(samples.general, "table (CSV)"),
    "geneactiv": Case(samples.geneactiv, "GENEActiv CSV", gyroscope=False),
    "headerless": Case(samples.headerless, "table (CSV)", gyroscope=False),
    "mobilised": Case(samples.mobilised, "Mobilise-D style CSV"),
    "movella": Case(samples.movella_dot, "Movella DOT CSV", gravity=False),
    "own motion": Case(samples.own_motion, "evenstride motion"),
    "phyphox": Case(lambda w: samples.zipped(samples.phyphox(w)), "phyphox"),
    "physics toolbox": Case(samples.physics_toolbox_g, "Physics Toolbox", gyroscope=False),
    "physics toolbox linear": Case(
        samples.physics_toolbox_linear, "Physics Toolbox", gravity=False, gyroscope=False
    ),
    "sensor logger": Case(lambda w: samples.zipped(samples.sensor_logger(w)), "Sensor Logger"),
    "sensorlog": Case(samples.sensorlog_new, "SensorLog (iOS)"),
    "sensorlog old": Case(samples.sensorlog_old, "SensorLog (iOS)"),
    "xsens": Case(samples.xsens_mtw, "Xsens MTw text"),
}


def joined(recording: es.Recording) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """Return all raw samples of a recording."""
    blocks = list(recording.open())
    turning = [b.angular_velocity_rad_s for b in blocks]
    return (
        np.concatenate([b.time_s for b in blocks]),
        np.concatenate([b.acceleration_m_s2 for b in blocks]),
        None if turning[0] is None else np.concatenate([t for t in turning if t is not None]),
    )


@pytest.mark.parametrize("name", CASES)
def test_a_format_gives_back_what_was_written(name: str) -> None:
    """Times, acceleration, turning rate and the facts about them are those of the file."""
    case, walk = CASES[name], Walk(12.0, missing=(4.0, 4.6))
    recording = es.read(case.make(walk), placement="lower back")
    assert recording.format == case.format
    assert recording.placement == "lower back"
    assert recording.gravity_included is case.gravity
    time_s, acceleration, turning = joined(recording)
    assert time_s - time_s[0] == pytest.approx(walk.t, abs=1.1e-3)
    expected = walk.total if case.gravity else walk.linear
    assert np.abs(acceleration - expected).max() < case.rounding
    assert (turning is not None) is case.gyroscope
    if turning is not None:
        known = np.isfinite(turning).all(axis=1)
        assert np.count_nonzero(~known) < 5
        # Streams with their own stamps are interpolated between samples 10 ms apart.
        assert np.abs(turning - walk.turn)[known].max() < 5e-2


@pytest.mark.parametrize("name", CASES)
def test_an_inspection_says_what_was_found(name: str) -> None:
    """The inspection names format, reason, columns, unit and the measured clock."""
    case = CASES[name]
    found = inspect(case.make(Walk(12.0, missing=(4.0, 4.6))), placement="waist")
    assert found.format == case.format
    assert found.recognised_by
    assert len(found.columns) >= 4
    assert found.unit
    assert found.placement == "waist"
    assert found.gyroscope is case.gyroscope
    assert found.clock.rate_hz == pytest.approx(100, rel=0.01)
    assert len(found.clock.gaps) == 1
    assert found.clock.lost_fraction == pytest.approx(0.6 / 12, rel=0.1)


def test_a_dated_file_tells_its_start() -> None:
    """The first stamp is the start, and it is said how its zone is known."""
    for name, basis in (
        ("own motion", "recorded"),
        ("sensor logger", "recorded"),
        ("sensorlog", "file_offset"),
        ("geneactiv", "assumed"),
        ("phyphox", "assumed"),
        ("general", "assumed"),
    ):
        start = es.read(CASES[name].make(Walk(3.0))).start
        assert start is not None, name
        assert start.basis == basis, name
        shift = 3600 if name == "sensorlog" else 0
        if name != "geneactiv":  # its zone is that of the computer
            assert start.utc_ns / 1e9 == pytest.approx(samples.T0 - shift, abs=1e-3), name


def test_a_stated_rate_wins_over_the_assumed_one() -> None:
    """With rate_hz nothing needs to be assumed, and the clock runs at that rate."""
    data = samples.mobilised(Walk(10.0))
    assert "100 samples per second" in es.read(data).assumptions[0]
    told = es.read(data, rate_hz=50)
    assert told.assumptions == ()
    assert told.clock.duration_s == pytest.approx(20.0)


def test_apples_sign_is_turned_only_where_it_is_apples() -> None:
    """An iPhone's values are negated unless the app standardised them; Android's are not."""
    for platform, standard in (("ios", ""), ("ios", ",true"), ("android", "")):
        files = samples.sensor_logger(Walk(5.0), platform, standard)
        _, acceleration, _ = joined(es.read(samples.zipped(files)))
        assert acceleration[:, 1].mean() == pytest.approx(9.6, abs=0.3), (platform, standard)


def test_total_acceleration_is_taken_before_the_sum() -> None:
    """Android's TotalAcceleration carries gravity already."""
    files = samples.sensor_logger(Walk(5.0), "android", total=True)
    found = inspect(samples.zipped(files))
    assert "TotalAcceleration.csv" in found.members
    assert found.gravity_included


def test_without_gravity_the_recording_says_so() -> None:
    """Sensor Logger's Accelerometer alone holds no pull of the earth."""
    files = samples.sensor_logger(Walk(5.0))
    del files["Gravity.csv"]
    assert not es.read(samples.zipped(files)).gravity_included


def test_what_is_not_read_is_named_with_the_reason() -> None:
    """The empty notes of Sensor Logger are left out, and said."""
    items = list(es.scan(samples.zipped(samples.sensor_logger(Walk(5.0)))))
    left = [item for item in items if isinstance(item, es.Left)]
    assert [item.what for item in left] == ["Annotation.csv"]
    tracks = [item for item in items if isinstance(item, es.Track)]
    assert tracks[0].latitude_deg.tolist() == [48.2, 48.2001]
    assert np.isnan(tracks[0].speed_m_s[1])


@pytest.mark.parametrize("sep", [",", "\t", ";"])
@pytest.mark.parametrize("decimal", [".", ","])
def test_all_five_dialects_of_phyphox_are_read(sep: str, decimal: str) -> None:
    """Comma, tab or semicolon, with point or comma in the numbers."""
    if sep == decimal:
        return
    walk = Walk(5.0)
    _, acceleration, _ = joined(es.read(samples.zipped(samples.phyphox(walk, sep, decimal))))
    assert np.abs(acceleration - walk.total).max() < 1e-6


def test_a_pause_in_phyphox_becomes_a_gap() -> None:
    """Its clock stands still while paused; the real time between is put back."""
    files = samples.phyphox(Walk(10.0))
    files["meta/time.csv"] = (
        '"event","experiment time","system time","system time text"\n'
        f'"START",0,{samples.T0},"a"\n"PAUSE",4.005,{samples.T0 + 4.005},"b"\n'
        f'"START",4.005,{samples.T0 + 34.005},"c"\n"PAUSE",10,{samples.T0 + 40},"d"\n'
    )
    clock = es.read(samples.zipped(files)).clock
    assert clock.duration_s == pytest.approx(40.0, abs=0.02)
    assert clock.gaps[0].end_s - clock.gaps[0].start_s == pytest.approx(30.0, abs=0.02)


def test_a_silent_gyroscope_is_not_invented() -> None:
    """Where the gyroscope stopped early, the acceleration is kept and no turning rate made up."""
    walk = Walk(20.0)
    files = samples.sensor_logger(walk)
    lines = files["Gyroscope.csv"].splitlines(keepends=True)
    files["Gyroscope.csv"] = "".join(lines[:500])
    recording = es.read(samples.zipped(files))
    (block,) = recording.open()
    assert block.angular_velocity_rad_s is None
    assert block.time_s.size == walk.t.size
    assert "turning rate" in block.left[0].what


def test_a_table_without_time_needs_a_rate() -> None:
    """No rate is made up: the error asks for it, and with it the table is read."""
    walk = Walk(5.0)
    data = ("x,y,z\n" + samples.rows(walk.total)).encode()
    with pytest.raises(es.UnusableRecording, match="rate_hz"):
        es.read(data)
    assert es.read(data, rate_hz=100).clock.duration_s == pytest.approx(5.0)


@pytest.mark.parametrize("unit", [1.0, 1e3, 1e6, 1e9])
@pytest.mark.parametrize("sep", [",", ";", "\t", "|", " "])
def test_the_unit_of_a_time_column_is_told_by_its_slope(unit: float, sep: str) -> None:
    """Seconds, milliseconds, microseconds and nanoseconds are told apart, and it is said."""
    walk = Walk(5.0)
    table = samples.rows(walk.t * unit, walk.total / samples.G, fmt="%.6f", sep=sep)
    recording = es.read((sep.join(["t", "ax", "ay", "az"]) + "\n" + table).encode())
    assert recording.clock.duration_s == pytest.approx(5.0)
    assert any("because of how fast it grows" in text for text in recording.assumptions)
    assert any("units of g" in text for text in recording.assumptions)


def test_raw_counts_are_refused_with_a_reason() -> None:
    """Values that fit no unit are not scaled by a guess."""
    walk = Walk(5.0)
    table = samples.rows(walk.t, walk.total * 1000)
    with pytest.raises(es.UnusableRecording, match="fit no unit"):
        es.read(("time,ax,ay,az\n" + table).encode())


def test_broken_rows_are_counted_and_the_rest_is_kept() -> None:
    """Half a row, a word in a cell and an empty cell cost only their own rows."""
    lines = samples.general(Walk(5.0)).decode().splitlines()
    lines[100] = lines[100][:20]
    lines[200] = lines[200].replace(lines[200].split(",")[1], "oops")
    lines[300] = lines[300].replace(lines[300].split(",")[2], "")
    found = inspect("\n".join(lines).encode() + b"\n")
    assert found.clock.samples == 498
    assert {item.what for item in found.left} == {"2 rows", "1 row"}


def test_rows_that_only_repeat_are_dropped() -> None:
    """An app that polls faster than its sensor writes each sample twice; each counts once."""
    lines = samples.sensorlog_new(Walk(5.0)).decode().splitlines()
    twice = [lines[0]] + [line for line in lines[1:] for _ in range(2)]
    found = inspect("\n".join(twice).encode())
    assert found.clock.samples == 501
    assert found.clock.rate_hz == pytest.approx(100)
    assert any("repeated" in item.reason for item in found.left)


def test_a_rate_above_the_table_serves_when_no_column_tells_the_time() -> None:
    """ActiGraph's CSV states its rate in its head and holds no time."""
    walk = Walk(5.0, rate_hz=30)
    head = "-- Data File Created By ActiGraph at 30 Hz --\nSerial Number: X\n"
    head += "Accelerometer X,Accelerometer Y,Accelerometer Z\n"
    recording = es.read((head + samples.rows(walk.total / samples.G)).encode())
    assert recording.clock.rate_hz == pytest.approx(30)
    assert "30 samples per second" in recording.assumptions[0]


def test_a_line_of_units_below_the_names_is_understood() -> None:
    """Names and units in two lines count as one header."""
    walk = Walk(5.0)
    head = "Time\tAccel_X\tAccel_Y\tAccel_Z\tGyro_X\tGyro_Y\tGyro_Z\nms\tg\tg\tg\tdps\tdps\tdps\n"
    table = samples.rows(walk.t * 1e3, walk.total / samples.G, np.rad2deg(walk.turn), sep="\t")
    recording = es.read((head + table).encode())
    _, acceleration, turning = joined(recording)
    assert np.abs(acceleration - walk.total).max() < 1e-4
    assert turning is not None
    assert np.abs(turning - walk.turn).max() < 1e-4
    assert recording.assumptions == ()


def test_the_finer_of_two_time_columns_is_taken() -> None:
    """A clock text in whole seconds gives way to a finer column."""
    walk = Walk(5.0)
    texts = [text[:19] for text in samples.clock_text(walk.t)]
    table = samples.rows(walk.t, walk.total)
    data = ("date,elapsed (s),x,y,z\n" + samples.texted(texts, table)).encode()
    found = inspect(data)
    assert found.columns[0] == "elapsed (s)"
    assert found.clock.repairs == ()
    assert found.start is not None


def test_clock_texts_without_a_date_go_on_after_midnight() -> None:
    """A walk into the night is one walk."""
    walk = Walk(10.0)
    texts = [text[11:] for text in samples.clock_text(walk.t + 6395.0)]
    assert texts[0].startswith("23:59:55")
    data = ("time,ax,ay,az\n" + samples.texted(texts, samples.rows(walk.total))).encode()
    clock = es.read(data).clock
    assert clock.duration_s == pytest.approx(10.0)
    assert clock.gaps == ()


def test_a_slow_recording_is_read_with_a_warning() -> None:
    """Two rows per second cannot measure a walk, and the inspection says so."""
    found = inspect(samples.androsensor(Walk(60.0, rate_hz=2)))
    assert "too few" in found.warnings[0]


def test_streams_are_joined_by_time_and_never_by_row() -> None:
    """A gyroscope at half the rate with lost rows still turns when it turned."""
    walk = Walk(10.0)
    slow = Walk(10.0, rate_hz=50)
    keep = np.arange(slow.t.size) % 7 != 3
    files = samples.sensor_logger(walk)
    slow.t, slow.turn = (
        slow.t[keep] + 0.0013,
        np.sin(2 * np.pi * 1.8 * (slow.t[keep, None] + 0.0013) + np.array([2.0, 1.0, 0.0])),
    )
    files["Gyroscope.csv"] = samples.sensor_logger_table(slow.t, slow.turn)
    _, _, turning = joined(es.read(samples.zipped(files)))
    assert turning is not None
    known = np.isfinite(turning).all(axis=1)
    assert np.abs(turning - walk.turn / 0.8)[known].max() < 0.03


def test_matlab_dates_are_understood() -> None:
    """What writetimetable writes is read, with its date."""
    walk = Walk(3.0)
    texts = [f"14-Nov-2023{text[10:]}" for text in samples.clock_text(walk.t)]
    data = ("Timestamp,X,Y,Z\n" + samples.texted(texts, samples.rows(walk.total))).encode()
    recording = es.read(data)
    assert recording.clock.duration_s == pytest.approx(3.0)
    assert recording.start is not None
    assert recording.start.basis == "assumed"


@pytest.mark.parametrize(
    ("header", "gravity", "gyroscope"),
    [
        ("time,gFx,gFy,gFz,ax,ay,az", True, False),
        ("time,ax,ay,az,wx,wy,wz", True, True),
        ("Time (s),X (m/s^2),Y (m/s^2),Z (m/s^2),a,b,c", True, False),
        ("Timestamp,AccelerationX,AccelerationY,AccelerationZ,p,q,r", True, False),
        ("t,x-axis [g],y-axis [g],z-axis [g],d,e,f", True, False),
        ("time,Linear Acceleration x,Linear Acceleration y,Linear Acceleration z,d,e,f",
         False, False),
        ("time,accel_x (mg),accel_y (mg),accel_z (mg),gyro_x (mdps),gyro_y (mdps),gyro_z (mdps)",
         True, True),
    ],
)  # fmt: skip
def test_names_from_many_apps_are_understood(header: str, gravity: bool, gyroscope: bool) -> None:
    """Sensor, axis and unit are read from the names, whatever the app."""
    walk = Walk(3.0)
    total, other = (walk.total if gravity else walk.linear), walk.turn
    if "gFx" in header or "[g]" in header:
        total, other = total / samples.G, walk.linear
    elif "mg" in header:
        total, other = total / samples.G * 1000, np.rad2deg(other) * 1000
    recording = es.read((header + "\n" + samples.rows(walk.t, total, other)).encode())
    assert recording.gravity_included is gravity
    _, acceleration, turning = joined(recording)
    assert np.abs(acceleration - (walk.total if gravity else walk.linear)).max() < 1e-3
    assert (turning is not None) is gyroscope


def test_uncalibrated_values_of_an_iphone_are_in_g() -> None:
    """Their unit is told by the values, and gravity is in them."""
    walk = Walk(5.0)
    files = {
        "Metadata.csv": samples.METADATA.format(platform="ios", standard=""),
        "AccelerometerUncalibrated.csv": samples.sensor_logger_table(
            walk.t, -walk.total / samples.G
        ),
    }
    found = inspect(samples.zipped(files))
    assert found.unit == "g"
    assert found.gravity_included
    _, acceleration, _ = joined(es.read(samples.zipped(files)))
    assert np.abs(acceleration - walk.total).max() < 1e-4


def test_a_lone_table_of_sensor_logger_is_read_by_its_values() -> None:
    """Without its name and its export, the values tell what it is, and a question is asked."""
    walk = Walk(5.0)
    found = inspect(samples.sensor_logger_table(walk.t, walk.total).encode())
    assert found.format == "Sensor Logger"
    assert found.gravity_included
    assert found.questions
    assert any("Android's sign" in text for text in found.assumptions)


def test_sensor_logger_without_an_acceleration_says_what_to_switch_on() -> None:
    """Only a gyroscope is not enough."""
    files = samples.sensor_logger(Walk(5.0))
    del files["Accelerometer.csv"]
    with pytest.raises(es.DamagedFile, match="switch on Accelerometer"):
        es.read(samples.zipped(files))


def test_phyphox_on_an_iphone_names_its_columns_by_axis_only() -> None:
    """X, Y, Z: the unit tells the gyroscope, the name of the file the linear acceleration."""
    walk = Walk(5.0)

    def table(values: np.ndarray, unit: str) -> str:
        head = '"Time (s)",' + ",".join(f'"{axis} ({unit})"' for axis in "XYZ") + "\n"
        return head + samples.rows(walk.t, values, fmt="%.9E")

    files = {
        "Accelerometer.csv": table(walk.total, "m/s^2"),
        "Linear Accelerometer.csv": table(walk.linear, "m/s^2"),
        "Gyroscope.csv": table(walk.turn, "rad/s"),
    }
    recording = es.read(samples.zipped(files))
    _, acceleration, turning = joined(recording)
    assert recording.gravity_included
    assert np.abs(acceleration - walk.total).max() < 1e-6
    assert turning is not None
    assert np.abs(turning - walk.turn).max() < 1e-6
    del files["Accelerometer.csv"]
    assert not es.read(samples.zipped(files)).gravity_included


def test_positions_of_phyphox_become_a_track_on_the_clock_of_the_motion() -> None:
    """The first sample of the motion is second zero of the track."""
    walk = Walk(5.0)
    walk.t = walk.t + 2.0
    files = samples.phyphox(walk)
    files["Location.csv"] = (
        '"Time (s)","Latitude (°)","Longitude (°)","Height (m)","Velocity (m/s)",'
        '"Direction (°)","Horizontal Accuracy (m)","Vertical Accuracy (°)"\n'
        "3.0E0,4.82E1,1.637E1,3.1E2,NaN,9.0E1,4.5E0,3.0E0\n"
        "4.0E0,4.8201E1,1.637E1,3.1E2,1.2E0,9.0E1,4.5E0,3.0E0\n"
    )
    (track,) = (i for i in es.scan(samples.zipped(files)) if isinstance(i, es.Track))
    assert track.time_s.tolist() == [1.0, 2.0]
    assert track.accuracy_m.tolist() == [4.5, 4.5]


def test_a_counter_serves_as_clock_when_the_rate_is_told() -> None:
    """A column named like a counter places the samples, so lost rows stay gaps."""
    walk = Walk(5.0, missing=(2.0, 3.0))
    table = samples.rows(walk.count, walk.total, fmt=["%d"] + ["%.5f"] * 3)
    clock = es.read(("index,ax,ay,az\n" + table).encode(), rate_hz=100).clock
    assert clock.duration_s == pytest.approx(5.0)
    assert len(clock.gaps) == 1
