"""What recordings of phones carry beside motion: positions, air pressure and notes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import evenstride as es
from evenstride.importers import Options, Source
from evenstride.importers.notes import Notes, read_notes
from evenstride.importers.sensor_logger import SensorLogger
from evenstride.model import Entry, Left, Track

from . import samples
from .samples import T0, Walk

NOTES_HEAD = "time,seconds_elapsed,text,millisecond_press_duration\n"


def air(walk: Walk, pressure: str, every: int = 4) -> str:
    """Return a barometer table of Sensor Logger with one fixed pressure."""
    lines = [
        f"{1_700_000_000_000_000_000 + round(t * 1e9)},{t:.6f},0,{pressure}\n"
        for t in walk.t[::every]
    ]
    return "time,seconds_elapsed,relativeAltitude,pressure\n" + "".join(lines)


def the_track(files: dict[str, str]) -> Track:
    """Return the one track of an export."""
    (track,) = (i for i in es.scan(samples.zipped(dict(files))) if isinstance(i, Track))
    return track


def entries(text: str) -> list[Entry]:
    """Return the notes of an export."""
    files = samples.sensor_logger(Walk(3.0))
    files["Annotation.csv"] = text
    return [i for i in es.scan(samples.zipped(dict(files))) if isinstance(i, Entry)]


def note_row(seconds: int, text: str) -> str:
    """Return a row of notes."""
    return f"{1_700_000_000_000_000_000 + seconds * 1_000_000_000},{seconds},{text},0\n"


@pytest.mark.parametrize("pressure", ["981.25", "98.125", "98125"])
def test_air_pressure_joins_the_positions(pressure: str) -> None:
    """Whether in hPa, kPa or Pa, it stands beside the positions in Pa."""
    files = samples.sensor_logger(Walk(5.0))
    files["Barometer.csv"] = air(Walk(5.0), pressure)
    track = the_track(files)
    assert [98125.0, 98125.0] == track.pressure_pa.tolist()
    assert [3.0, 3.0] == track.vertical_accuracy_m.tolist()


def test_the_track_tells_its_moment() -> None:
    """Its start is that of the recording, so it can be found among other walks."""
    track = the_track(samples.sensor_logger(Walk(5.0)))
    assert track.start is not None
    assert round(T0 * 1e9) == track.start.utc_ns
    assert "Europe/Vienna" == track.start.zone
    assert "Sensor Logger" == track.format
    assert "device" == track.elevation_source


def test_air_pressure_alone_is_a_track_without_positions() -> None:
    """Indoors there is no position; the pressure still tells stairs. One row a second."""
    files = samples.sensor_logger(Walk(5.0))
    del files["Location.csv"]
    files["Barometer.csv"] = air(Walk(5.0), "981.25")
    track = the_track(files)
    assert 6 == track.time_s.size
    assert np.isnan(track.latitude_deg).all()
    assert track.elevation_source is None
    assert {98125.0} == set(track.pressure_pa.tolist())


def test_a_gap_in_the_pressure_is_not_bridged() -> None:
    """More than 5 s away from any pressure nothing is invented."""
    files = samples.sensor_logger(Walk(20.0))
    files["Location.csv"] += "1700000012000000000,12.0,1,1,3,4.5,1,90,310.7,16.3701,48.2001\n"
    files["Barometer.csv"] = air(Walk(3.0), "981.25")
    pressure = the_track(files).pressure_pa
    assert np.isfinite(pressure[:2]).all()
    assert np.isnan(pressure[2])


def test_impossible_pressure_is_absent() -> None:
    """A barometer that reads zero, or nonsense, gives nothing, never a wrong height."""
    files = samples.sensor_logger(Walk(5.0))
    files["Barometer.csv"] = air(Walk(5.0), "0")
    assert np.isnan(the_track(files).pressure_pa).all()


@given(st.floats(min_value=300, max_value=1100), st.integers(min_value=1, max_value=60))
def test_pressure_keeps_its_value_at_any_rate(hectopascals: float, every: int) -> None:
    """However often the barometer was read, a steady pressure stays what it was."""
    files = samples.sensor_logger(Walk(2.0))
    files["Barometer.csv"] = air(Walk(2.0), f"{hectopascals:.3f}", every)
    found = the_track(files).pressure_pa
    assert np.allclose(round(hectopascals, 3) * 100, found[np.isfinite(found)])
    assert np.isfinite(found).any()


def test_phyphox_carries_pressure_and_a_moment_too() -> None:
    """Location.csv and Pressure.csv make one track on the clock of the motion."""
    files = samples.phyphox(Walk(5.0))
    files["Location.csv"] = (
        '"Time (s)","Latitude (°)","Longitude (°)","Height (m)","Velocity (m/s)",'
        '"Direction (°)","Horizontal Accuracy (m)","Vertical Accuracy (°)"\n'
        "3.0E0,4.82E1,1.637E1,3.1E2,NaN,9.0E1,4.5E0,3.0E0\n"
        "4.0E0,4.8201E1,1.637E1,3.1E2,1.2E0,9.0E1,4.5E0,3.0E0\n"
    )
    files["Pressure.csv"] = '"Time (s)","Pressure (hPa)"\n' + "".join(
        f"{t / 10:.1f}E0,9.8125E2\n" for t in range(50)
    )
    track = the_track(files)
    assert [98125.0, 98125.0] == track.pressure_pa.tolist()
    assert [3.0, 3.0] == track.vertical_accuracy_m.tolist()
    assert track.start is not None
    assert round(T0 * 1e9) == track.start.utc_ns
    assert "gps" == track.elevation_source


def test_a_phyphox_walk_with_positions_only_is_a_track() -> None:
    """The experiment “Location (GPS)” has no motion; its positions are still worth having."""
    place = '"Time (s)","Latitude (°)","Longitude (°)"\n3.0E0,4.82E1,1.6E1\n4.0E0,4.82E1,1.6E1\n'
    track = the_track({"Location.csv": place, "meta/time.csv": samples.phyphox(Walk(1))[
        "meta/time.csv"]})  # fmt: skip
    assert [0.0, 1.0] == track.time_s.tolist()
    with pytest.raises(es.EvenstrideError):
        es.read(samples.zipped({"Location.csv": place}))


@pytest.mark.parametrize(
    ("text", "rating"),
    [("7", 7.0), ("0", 0.0), ("10", 10.0), ('"4,5"', 4.5), ("3.5", 3.5), ("6/10", 6.0)],
)
def test_a_number_from_0_to_10_is_a_rating(text: str, rating: float) -> None:
    """What the person typed is kept beside it."""
    (entry,) = entries(NOTES_HEAD + note_row(2, text))
    assert ("back_pain", rating) == (entry.what, entry.rating)
    assert text.strip('"') == entry.text
    assert round((T0 + 2) * 1e9) == entry.start.utc_ns == entry.end_utc_ns
    assert "Europe/Vienna" == entry.start.zone


@pytest.mark.parametrize("text", ["11", "-1", "back hurts 7", '"steep, stony"', "7 8", "100", "7%"])
def test_anything_else_is_a_note(text: str) -> None:
    """No number is made out of words."""
    (entry,) = entries(NOTES_HEAD + note_row(2, text))
    assert ("note", None) == (entry.what, entry.rating)
    assert text.strip('"') == entry.text


def test_no_notes_are_fine() -> None:
    """A file of 0 bytes, or a header alone, holds no note."""
    assert [] == entries("")
    assert [] == entries(NOTES_HEAD)


def test_notes_without_a_time_are_left_out_and_counted() -> None:
    """A broken row costs that row."""
    source = Source.of(
        (NOTES_HEAD + "x,1,hello,0\n" + note_row(1, "") + note_row(2, "8")).encode(), "Annotation"
    )
    found = list(read_notes(source, Notes(source.members()[0])))
    assert [Left("2 notes", "they had no readable time or no text")] == found[1:]


def test_notes_before_the_wanted_time_are_left_out() -> None:
    """Only what is new is handed on."""
    files = samples.sensor_logger(Walk(3.0))
    files["Annotation.csv"] = NOTES_HEAD + note_row(1, "3") + note_row(5, "4")
    source = Source.of(samples.zipped(dict(files)))
    since = Options(since_utc_ns=round((T0 + 3) * 1e9))
    plan = SensorLogger().plan(source, since)
    found = [i for i in SensorLogger().read(source, plan) if isinstance(i, Entry)]
    assert [4.0] == [entry.rating for entry in found]


def test_numbers_taken_as_pain_are_said_before_reading() -> None:
    """The dry run tells what a bare number will count as."""
    files = samples.sensor_logger(Walk(3.0))
    files["Annotation.csv"] = NOTES_HEAD + note_row(1, "3")
    plan = SensorLogger().plan(Source.of(samples.zipped(dict(files))), Options())
    (part,) = (part for part in plan.parts if part.kind == "entry")
    assert "rating of the back pain" in part.assumptions[0]


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_as_notes_are_borne(data: bytes, headed: bool) -> None:
    """Junk gives notes, or says what was left out; never another error."""
    source = Source.of((NOTES_HEAD.encode() if headed else b"") + data, "Annotation.csv")
    for item in read_notes(source, Notes(source.members()[0])):
        assert isinstance(item, Entry | Left)
        assert not isinstance(item, Entry) or item.rating is None or 0 <= item.rating <= 10


def test_reading_a_walk_is_not_changed_by_what_lies_beside_it() -> None:
    """Notes and pressure change nothing of the recording."""
    plain = samples.sensor_logger(Walk(5.0))
    rich = plain | {
        "Annotation.csv": NOTES_HEAD + note_row(1, "3"),
        "Barometer.csv": air(Walk(5.0), "981.2"),
    }
    assert es.read(samples.zipped(dict(plain))).clock == es.read(samples.zipped(dict(rich))).clock


def test_positions_in_the_table_of_androsensor_are_a_track() -> None:
    """One row a second, with km/h and hPa turned into SI."""
    walk = Walk(5.0)
    lines = samples.androsensor(walk).decode("latin-1").splitlines()
    more = "LOCATION Latitude : ;LOCATION Longitude : ;LOCATION Altitude ( m);"
    more += "LOCATION Speed ( Kmh);LOCATION Accuracy ( m);"
    fixes = [f"48.2{i // 100};16.37;310.5;3.6;4.5;" for i in range(walk.t.size)]
    lines = [more + lines[0]] + [a + b for a, b in zip(fixes, lines[1:], strict=True)]
    data = "\n".join(lines).replace(";NaN;", ";981.25;").encode("latin-1")
    (track,) = (item for item in es.scan(data) if isinstance(item, Track))
    assert [0.0, 1.0, 2.0, 3.0, 4.0, 5.0] == track.time_s.tolist()
    assert [48.20, 48.21, 48.22, 48.23, 48.24, 48.25] == track.latitude_deg.tolist()
    assert {1.0} == set(track.speed_m_s.tolist())
    assert {98125.0} == set(track.pressure_pa.tolist())
    assert "gps" == track.elevation_source
    assert es.read(data).clock == es.read(samples.androsensor(walk)).clock


def test_positions_in_the_table_of_sensorlog_are_a_track() -> None:
    """Its names carry the units; pressure is in kPa; -1 is not known."""
    walk = Walk(3.0)
    lines = samples.sensorlog_new(walk).decode().splitlines()
    more = (
        ",locationLatitude(WGS84),locationLongitude(WGS84),locationAltitude(m),locationSpeed(m/s)"
    )
    more += ",locationHorizontalAccuracy(m),locationVerticalAccuracy(m),altimeterPressure(kPa)"
    lines = [lines[0] + more] + [f"{line},48.2,16.37,310.5,-1,4.5,3,98.125" for line in lines[1:]]
    (track,) = (i for i in es.scan("\n".join(lines).encode()) if isinstance(i, Track))
    assert 4.5 == track.accuracy_m[0]
    assert 3.0 == track.vertical_accuracy_m[0]
    assert np.isnan(track.speed_m_s).all()
    assert {98125.0} == set(track.pressure_pa.tolist())
    assert abs(float(track.time_s[0])) < 1e-9
