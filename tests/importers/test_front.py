"""The front door: one recording, or a sentence that says what the file is and what to do."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

import evenstride as es
from evenstride.importers import inspect, registry
from evenstride.importers.mobilised import MobiliseD

from . import samples
from .samples import Walk


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE HealthData [', "Apple Health"),
        (b'<?xml version="1.0"?>\n<gpx version="1.1">', "GPX"),
        (b"<TrainingCenterDatabase>", "TCX"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"%PDF-1.7", "PDF"),
        (b'[{"seconds_elapsed": "1"}]', "JSON"),
        (samples.zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), "Excel"),
        (samples.zipped({"info.txt": b"Serial Number: X\n", "activity.bin": b"\x1e"}), "ActiGraph"),
        (b"", "is empty"),
        (b"Dear diary, my back hurts.", "no motion recording"),
    ],
)
def test_a_file_of_another_kind_is_named(head: bytes, what: str) -> None:
    """The error says what the file seems to be, and a hint says what to do."""
    with pytest.raises(es.NotARecording, match=what) as caught:
        es.read(head)
    assert caught.value.hint


def test_several_recordings_are_not_chosen_from_in_silence(tmp_path: Path) -> None:
    """A folder of walks needs scan, which gives them all and names the rest."""
    for i in range(3):
        (tmp_path / f"{i}.csv").write_bytes(samples.general(Walk(3.0)))
    (tmp_path / "notes.txt").write_text("it hurt after two kilometres")
    with pytest.raises(es.NotARecording, match="holds 3 recordings") as caught:
        es.read(tmp_path)
    assert "scan" in caught.value.hint
    items = list(es.scan(tmp_path))
    assert [type(item) for item in items] == [es.Recording] * 3 + [es.Left]
    assert items[0].source == "0.csv"


def test_the_one_recording_in_a_folder_is_found(tmp_path: Path) -> None:
    """Other files beside it do no harm, and a folder inside a zip is no obstacle."""
    (tmp_path / "walk.dat").write_bytes(samples.mobilised(Walk(3.0)))
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    assert es.read(tmp_path).format == "Mobilise-D style CSV"
    inside = {f"2023-11-14/{n}": d for n, d in samples.sensor_logger(Walk(3.0)).items()}
    assert es.read(samples.zipped(inside)).format == "Sensor Logger"


def test_the_best_of_several_streams_is_taken_and_said() -> None:
    """Phone and watch in one export: the phone is taken, with a warning."""
    walk = Walk(3.0)
    files = samples.sensor_logger(walk)
    names = [
        f"{what}{axis}" for what in ("rotationRate", "gravity", "acceleration") for axis in "XYZ"
    ]
    table = samples.rows(1e9 * walk.t, walk.t, walk.turn, -walk.gravity / 9.8, -walk.linear / 9.8)
    files["WristMotion.csv"] = "time,seconds_elapsed," + ",".join(names) + "\n" + table
    recording = es.read(samples.zipped(files))
    assert "2 motion streams" in recording.warnings[0]
    assert "Accelerometer.csv, Gravity.csv, Gyroscope.csv was taken" in recording.warnings[0]
    wrist = [i for i in es.scan(samples.zipped(files)) if isinstance(i, es.Recording)][1]
    (block,) = wrist.open()
    assert block.acceleration_m_s2[:, 1].mean() == pytest.approx(9.6, abs=0.3)


def test_a_header_without_rows_is_damaged() -> None:
    """A known kind of file with nothing in it is a clear error."""
    with pytest.raises(es.RecordingError):
        es.read(b"samples,acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z\n")
    with pytest.raises(es.DamagedFile):
        es.read(b"time,ax,ay,az\n1.00,nan,nan,nan\n1.01,nan,nan,nan\n1.02,nan,nan,nan\n")


@pytest.mark.parametrize("rate_hz", [0, -5, float("nan"), 1e6])
def test_an_impossible_rate_is_refused(rate_hz: float) -> None:
    """A rate out of range is the caller's mistake."""
    with pytest.raises(es.OptionError):
        es.read(samples.mobilised(Walk(1.0)), rate_hz=rate_hz)


def test_an_unknown_placement_is_refused() -> None:
    """The error lists the places that are known."""
    with pytest.raises(es.OptionError, match="lower back"):
        es.read(samples.mobilised(Walk(1.0)), placement="hat")  # type: ignore[arg-type]


def test_other_packages_can_add_importers(monkeypatch: pytest.MonkeyPatch) -> None:
    """An importer registered as entry point takes part in the recognition."""
    point = EntryPoint("mine", "tests_of_importers:Mine", registry.GROUP)
    monkeypatch.setattr(EntryPoint, "load", lambda _: MobiliseD)
    monkeypatch.setattr(registry, "entry_points", lambda group: [point] if group else [])
    registry.importers.cache_clear()
    try:
        assert len(registry.importers()) == len(registry.BUILT_IN) + 1
        monkeypatch.setattr(EntryPoint, "load", lambda _: object)
        registry.importers.cache_clear()
        with pytest.raises(es.NotARecording, match="mine"):
            registry.importers()
    finally:
        registry.importers.cache_clear()


def test_a_cut_file_is_read_and_the_inspection_says_where_it_ends() -> None:
    """What is whole is kept, and how much that is, is said."""
    data = samples.headerless(Walk(60.0))
    found = inspect(data[: len(data) * 2 // 3])
    assert found.clock.samples > 3000
    assert any("ends in the middle" in item.reason for item in found.left)


def test_a_locked_archive_in_a_folder_does_not_hide_the_rest(tmp_path: Path) -> None:
    """Members behind a password cannot be read; that is said, and the walk beside it is read."""
    data = bytearray(samples.zipped({"a.csv": b"1,2\n"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(es.NotARecording, match="password"):
        es.read(bytes(data))
    (tmp_path / "locked.zip").write_bytes(data)
    (tmp_path / "walk.csv").write_bytes(samples.general(Walk(3.0)))
    assert es.read(tmp_path).source == "walk.csv"
    assert any("password" in i.reason for i in es.scan(tmp_path) if isinstance(i, es.Left))


def test_a_file_that_vanishes_is_a_clear_error(tmp_path: Path) -> None:
    """A recording reads its file anew each time and says when it is no longer there."""
    path = tmp_path / "walk.csv"
    path.write_bytes(samples.general(Walk(3.0)))
    recording = es.read(path)
    path.unlink()
    with pytest.raises(es.DamagedFile, match="no longer there"):
        list(recording.blocks())
