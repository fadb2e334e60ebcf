"""A recording is kept once, joins its walk, and can be measured again with a newer engine."""

import gzip
import os
import shutil
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from tests.app.conftest import at
from tests.report.example_gait import example_gait

from evenstride.app.analyse import Request
from evenstride.app.engine import engine
from evenstride.app.importing import Wanted, again, import_paths, motion, rebuild
from evenstride.app.importing.motion import sensor_of
from evenstride.app.own import own
from evenstride.app.story import show_history
from evenstride.app.told import Told
from evenstride.app.walks import log_walk
from evenstride.errors import EvenstrideError, RecordingError
from evenstride.model import PainRatings
from evenstride.testing import simulate_walk

WALK = Path(str(files("evenstride") / "demo_data" / "lower_back_walk.csv.gz"))  # a real walk
BEGUN = at("2026-06-10 08:00")
NOW = at("2026-06-10 18:00")
BACK = Request(placement="lower back")
MINUTE = 60_000_000_000


def import_file(home, path, request=None, now=NOW, **more):
    """Import a recording."""
    return import_paths(home, [path], Wanted(request or Request(), **more), now=now)


def bring(home, path=WALK, **more):
    """Import a recording, and return what became of its walk."""
    found = import_file(home, path, BACK, **{"start_utc_ns": BEGUN} | more).document
    return found["walks"][0]


def walks_of(home):
    """Return the walks in the diary."""
    with own(home, NOW) as mine:
        return mine.diary.outings()


def test_a_recording_becomes_a_walk_with_what_was_measured(home):
    """The walk has the steps, the minutes and the measures of the recording."""
    found = bring(home)

    (walk,) = walks_of(home)
    assert "new" == found["what"]
    assert BEGUN == walk.start_utc_ns
    assert walk.steps == walk.measures["steps"].value == 126
    assert 1.3 == walk.minutes
    assert 90 < walk.measures["cadence_spm"].value < 100


def test_a_walk_knows_where_its_sensor_was_and_of_what_kind(home):
    """So that it is compared with its like only; a walk without a recording knows neither."""
    bring(home)
    log_walk(home, Told(start_utc_ns=BEGUN - 3 * 60 * MINUTE, minutes=30), now=NOW)

    noted, recorded = walks_of(home)
    assert (None, "") == (noted.placement, noted.sensor)
    assert "lower back" == recorded.placement
    assert "GENEActiv CSV, no gyroscope, gravity, 50 Hz" == recorded.sensor


def test_a_place_that_nobody_told_is_not_made_up(home):
    """What the movement looks like is no placement."""
    import_file(home, WALK, start_utc_ns=BEGUN, now=NOW)

    assert walks_of(home)[0].placement is None


@pytest.mark.parametrize(
    ("slow_hz", "fast_hz", "said"),
    [(24.6, 25.9, "25 Hz"), (49.1, 52.3, "50 Hz"), (98.7, 104.2, "100 Hz"), (198, 208, "200 Hz")],
)
def test_a_rate_that_wanders_is_the_same_kind_of_sensor(slow_hz, fast_hz, said):
    """Sensors are rarely exact: what counts is the setting."""
    slow, fast = (
        sensor_of(replace(example_gait().recording, rate_hz=rate)) for rate in (slow_hz, fast_hz)
    )

    assert slow == fast
    assert slow.endswith(said)


def test_bringing_it_again_changes_nothing(home, tmp_path):
    """The same content under another name is the same recording."""
    bring(home)
    copy = shutil.copy(WALK, tmp_path / "again.csv.gz")
    with own(home, NOW) as mine:
        before = (mine.diary.outings(), mine.diary.recordings(), mine.diary.history())
    found = bring(home, Path(copy), now=NOW + MINUTE)
    with own(home, NOW) as mine:
        assert before == (mine.diary.outings(), mine.diary.recordings(), mine.diary.history())

    assert "again" == found["what"]


def test_the_original_is_kept_as_it_was(home):
    """What comes out of the diary is byte for byte what went in."""
    bring(home)

    with own(home, NOW) as mine:
        (kept,) = mine.diary.recordings()
        with mine.diary.open_recording(kept.sha256) as file:
            assert WALK.read_bytes() == file.read()


def test_a_noted_walk_and_its_recording_are_one_walk(home):
    """Pain told by hand and what the sensor saw stand side by side."""
    told = Told(start_utc_ns=BEGUN + 4 * MINUTE, minutes=5, back=PainRatings(worst=4), note="damp")
    log_walk(home, told, now=NOW)
    found = bring(home)

    (walk,) = walks_of(home)
    assert "joined" == found["what"]
    assert (4, "damp", 5) == (walk.back.worst, walk.note, walk.minutes)
    assert walk.measures["cadence_spm"].value


def test_a_walk_of_another_hour_stays_a_walk_of_its_own(home):
    """A recording joins no walk that was walked hours before."""
    log_walk(home, Told(start_utc_ns=BEGUN - 3 * 60 * MINUTE, minutes=30), now=NOW)
    bring(home)

    assert 2 == len(walks_of(home))


def plain_csv(path, time_s, acceleration_m_s2):
    """Write a recording that does not tell when it was made."""
    rows = np.column_stack([time_s, acceleration_m_s2])
    np.savetxt(path, rows, "%.4f", ",", header="time_s,ax,ay,az", comments="")
    return path


def test_a_file_that_does_not_tell_when_says_so(home, tmp_path):
    """The date on disk stands in, and the document tells that it was guessed."""
    walk = simulate_walk(60, seed=1).recording
    (block,) = walk.blocks(seconds=3600)
    path = plain_csv(tmp_path / "walk.csv", block.time_s, block.acceleration_m_s2)
    os.utime(path, ns=(BEGUN, BEGUN))
    found = import_file(home, path, BACK, now=NOW)

    assert found.document["walks"][0]["start_guessed"]
    assert any("date on disk" in line for part in found.sheet.sections for line in part.sentences)
    assert BEGUN - 2 * MINUTE < walks_of(home)[0].start_utc_ns < BEGUN


@pytest.mark.parametrize("content", [b"", b"hello", gzip.compress(b"t,x,y,z\n1,2"), b"\0" * 5000])
def test_a_file_that_cannot_be_used_leaves_no_trace(home, tmp_path, content):
    """Nothing is kept of it: no file, no walk."""
    path = tmp_path / "walk.csv"
    path.write_bytes(content)
    with pytest.raises(RecordingError):
        import_file(home, path, now=NOW)

    assert [] == list((home / "recordings").iterdir())
    assert () == walks_of(home)


def test_a_folder_is_kept_as_one_file(home, tmp_path):
    """A recording that is a folder is packed, and measured again from what was packed."""
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "Accelerometer.csv").write_bytes(gzip.decompress(WALK.read_bytes()))
    bring(home, folder)
    found = bring(home, folder)

    assert "again" == found["what"]
    with own(home, NOW) as mine:
        assert ["export.zip"] == [kept.name for kept in mine.diary.recordings()]


def test_a_newer_engine_measures_again_and_the_old_numbers_stay(home, monkeypatch):
    """After an upgrade the walk has new numbers; what the old engine found is still there."""
    monkeypatch.setattr(motion, "engine", lambda: "old")
    bring(home)
    with own(home, NOW) as mine:
        (kept,) = mine.diary.recordings()
        old = mine.diary.derived(kept.sha256)[0].document
        walk = mine.diary.outings()[0]
        mine.diary.correct_outing(
            replace(walk, measures={"steps": walk.measures["steps"]}, placement=None, sensor="")
        )
    monkeypatch.undo()
    found = rebuild(home, now=NOW).document

    assert (1, 1, []) == (found["recordings"], found["measured"], found["failed"])
    with own(home, NOW) as mine:
        engines = [one.engine for one in mine.diary.derived(kept.sha256)]
        assert ["old", engine()] == engines
        assert old["gait"] == mine.diary.derived(kept.sha256)[1].document["gait"]
        assert walk == mine.diary.outings()[0]
    assert 0 == rebuild(home, now=NOW).document["recordings"]


def test_what_cannot_be_measured_again_is_named_and_stops_nothing(home, monkeypatch):
    """One bad file does not keep the others from being measured."""
    monkeypatch.setattr(motion, "engine", lambda: "old")
    bring(home)
    monkeypatch.undo()

    def refuse(*_):
        raise EvenstrideError("It is damaged.")

    monkeypatch.setattr(again, "analyse_file", refuse)
    found = rebuild(home, now=NOW).document

    assert [{"name": WALK.name, "why": "It is damaged."}] == found["failed"]
    assert 126 == walks_of(home)[0].steps


def test_a_standing_reference_is_kept_with_its_walk(home, tmp_path, monkeypatch):
    """The lean can be measured again, because the standing recording is kept too."""
    seconds = np.arange(0, 12, 0.02)
    noise = np.random.default_rng(1).normal(0, 0.02, (seconds.size, 3))
    standing = plain_csv(tmp_path / "standing.csv", seconds, noise + np.array([0, 9.81, 0]))
    monkeypatch.setattr(motion, "engine", lambda: "old")
    import_file(
        home,
        WALK,
        Request(placement="lower back", standing=standing),
        start_utc_ns=BEGUN,
        now=NOW,
    )
    monkeypatch.undo()
    before = walks_of(home)[0].measures
    rebuild(home, now=NOW)

    assert before == walks_of(home)[0].measures
    with own(home, NOW) as mine:
        assert 2 == len(mine.diary.recordings())


def test_the_history_shows_a_walk_with_its_recording(home):
    """The document of the history names the recording by its content."""
    bring(home)

    (walk,) = show_history(home, now=NOW).document["walks"]
    assert 64 == len(walk["recording"])
