"""The metronome: a click for each step, in a file of any length with little memory."""

import io
import tracemalloc
import wave
from array import array
from datetime import date
from itertools import pairwise

import pytest

from evenstride.errors import OptionError
from evenstride.plan import Session, track, write_metronome
from evenstride.plan.metronome import RATE_HZ, click_times_s

SESSION = Session(
    day=date(2026, 2, 2),
    minutes=20,
    parts_min=(20,),
    brisk_parts=3,
    brisk_min=2,
    cadence_spm=100,
    brisk_spm=110,
    ground="flat",
    load_kg=0,
    walk_to=None,
    rest_to=None,
    says="",
)


class OneWay(io.RawIOBase):
    """A file that cannot go back, and forgets what it was given."""

    def __init__(self):
        self.size = 0
        self.head = b""

    def writable(self):
        """Return that it can be written."""
        return True

    def seekable(self):
        """Return that it cannot go back."""
        return False

    def write(self, block):
        """Count the bytes."""
        self.head = (self.head + bytes(block))[:44]
        self.size += len(block)
        return len(block)


def sound(stretches):
    """Return (facts, samples) of a track."""
    file = io.BytesIO()
    write_metronome(file, stretches)
    file.seek(0)
    with wave.open(file, "rb") as read:
        samples = array("h")
        samples.frombytes(read.readframes(read.getnframes()))
        return read.getparams(), samples


def onsets(samples):
    """Return the samples at which a click begins, after quiet."""
    loud = [at for at, value in enumerate(samples) if abs(value) > 3000]
    gap = RATE_HZ // 10
    return [at for before, at in pairwise([-gap, *loud]) if at - before >= gap]


def test_the_file_is_mono_with_a_click_for_each_step():
    """A minute at 100 steps is a minute long and has a hundred even clicks."""
    facts, samples = sound([(1.0, 100.0)])
    found = onsets(samples)

    assert (1, 2, RATE_HZ, 60 * RATE_HZ) == facts[:4]
    assert 60 * RATE_HZ == len(samples)
    assert 100 == len(found)
    assert max(abs(at - found[0] - 0.6 * RATE_HZ * n) for n, at in enumerate(found)) <= 1


def test_clicks_do_not_drift():
    """After half an hour at 103 steps a minute, each click is where it belongs, to a sample."""
    times = list(click_times_s([(30.0, 103.0)]))

    assert 3090 == len(times)
    assert abs(times[-1] - 3089 * 60 / 103) < 1e-9


def test_pace_changes_where_the_plan_says():
    """Easy stretches lie before, between and after the faster ones."""
    stretches = track(SESSION)

    assert 20 == sum(minutes for minutes, _ in stretches)
    assert [100, 110, 100, 110, 100, 110, 100] == [spm for _, spm in stretches]
    assert [2.0, 2.0, 2.0] == [minutes for minutes, spm in stretches if spm == 110]
    facts, _ = sound(stretches)
    assert 20 * 60 * RATE_HZ == facts.nframes


def test_memory_does_not_grow_with_the_length():
    """Two hours are written in blocks, to a file that cannot go back."""
    file = OneWay()
    tracemalloc.start()
    write_metronome(file, [(120.0, 110.0)])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert 44 + 2 * 120 * 60 * RATE_HZ == file.size
    assert file.size - 8 == int.from_bytes(file.head[4:8], "little")
    assert peak < 1_000_000


def test_a_path_is_written_too(tmp_path):
    """The target may be a path."""
    write_metronome(tmp_path / "walk.wav", [(0.5, 90)])

    with wave.open(str(tmp_path / "walk.wav")) as read:
        assert 30 * RATE_HZ == read.getnframes()


def test_without_a_measured_cadence_there_is_no_track():
    """A pace that is not known is not made up."""
    from dataclasses import replace

    assert () == track(replace(SESSION, cadence_spm=None))


@pytest.mark.parametrize(
    "stretches", [[], [(0, 100)], [(-1, 100)], [(500, 100)], [(10, 0)], [(10, 900)]]
)
def test_a_track_that_makes_no_sense_is_refused(stretches):
    """The error says what is wrong before anything is written."""
    file = io.BytesIO()
    with pytest.raises(OptionError):
        write_metronome(file, stretches)

    assert b"" == file.getvalue()
