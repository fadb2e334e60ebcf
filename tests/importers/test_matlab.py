"""Timetables that MATLAB saved as CSV."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

import evenstride as es
from evenstride.errors import NotARecording, UnusableRecording
from evenstride.importers import Options, Source
from evenstride.importers.matlab import MatlabCsv
from evenstride.importers.registry import recognise
from evenstride.model import Start
from evenstride.testing.importer_contract import ImporterContract

from . import samples
from .samples import T0, Walk


def times(walk: Walk, form: str = "%d-%b-%Y %H:%M:%S", *, millis: bool = True) -> list[str]:
    """Return clock texts as MATLAB writes them."""
    moments = [datetime.fromtimestamp(round(T0 + t, 3), UTC) for t in walk.t]
    return [
        f"{m.strftime(form)}.{m.microsecond // 1000:03d}" if millis else m.strftime(form)
        for m in moments
    ]


def matlab(walk: Walk, head: str = "Timestamp,X,Y,Z") -> bytes:
    """Return the file of an acceleration."""
    return (head + "\n" + samples.texted(times(walk), samples.rows(walk.total))).encode()


class TestMatlabCsv(ImporterContract):
    """MATLAB's files keep the contract."""

    importer = MatlabCsv()

    def sample(self, seconds: float, missing: tuple[float, float] | None = None) -> bytes:
        """Return a file of MATLAB."""
        return matlab(Walk(seconds, missing))


@pytest.mark.parametrize(
    "head",
    ["Timestamp,X,Y,Z", "Time,X,Y,Z", "Timestamp,Acceleration_X,Acceleration_Y,Acceleration_Z",
     "Timestamp,X_Acceleration,Y_Acceleration,Z_Acceleration"],
)  # fmt: skip
def test_names_of_columns_may_differ(head: str) -> None:
    """Both names of the time and all ways to name the axes give the same samples."""
    recording = es.read(matlab(Walk(5.0), head))
    assert "MATLAB CSV" == recording.format
    assert 501 == recording.clock.samples
    assert abs(recording.clock.rate_hz - 100) < 0.01


def test_a_table_with_the_turning_rate_is_read() -> None:
    """What synchronize joined carries both sensors."""
    walk = Walk(5.0)
    names = [f"{axis}_{what}" for what in ("Acceleration", "AngularVelocity") for axis in "XYZ"]
    table = samples.texted(times(walk), samples.rows(walk.total, walk.turn))
    block = next(iter(es.read((",".join(["Timestamp", *names]) + "\n" + table).encode()).open()))
    assert block.angular_velocity_rad_s is not None
    assert np.allclose(walk.turn, block.angular_velocity_rad_s, atol=1e-5)


@pytest.mark.parametrize(
    "form", ["%Y-%m-%d %H:%M:%S", "%d-%b-%Y %H:%M:%S", "%Y-%m-%dT%H:%M:%S"]
)  # fmt: skip
def test_times_may_be_written_in_other_ways(form: str) -> None:
    """The display format that was set in MATLAB changes nothing."""
    walk = Walk(5.0)
    table = samples.texted(times(walk, form), samples.rows(walk.total))
    recording = es.read(("Timestamp,X,Y,Z\n" + table).encode())
    assert "MATLAB CSV" == recording.format
    assert abs(recording.clock.duration_s - 5.0) < 1e-3


def test_whole_seconds_are_spread_and_said() -> None:
    """Where the milliseconds are gone the clock says how it helped itself."""
    walk = Walk(60.0)
    table = samples.texted(times(walk, millis=False), samples.rows(walk.total))
    clock = es.read(("Timestamp,X,Y,Z\n" + table).encode()).clock
    assert abs(clock.rate_hz - 100) < 2
    assert any("spread evenly" in repair for repair in clock.repairs)


def test_the_zone_that_is_named_is_taken() -> None:
    """The clock of the phone is local; without a zone that of the computer is assumed and said."""
    source = Source.of(matlab(Walk(3.0)))
    told = MatlabCsv().plan(source, Options(zone="Europe/Vienna")).parts[0]
    assert Start(round((T0 - 3600) * 1e9), 60, "Europe/Vienna", "asked") == told.start
    assert () == told.assumptions
    assumed = MatlabCsv().plan(source, Options()).parts[0]
    assert assumed.start is not None
    assert "assumed" == assumed.start.basis
    assert 1 == len(assumed.assumptions)


def test_another_sensor_never_passes_for_an_acceleration() -> None:
    """AngularVelocity has the same columns; it is refused, with the line to type."""
    walk = Walk(5.0)
    data = ("Timestamp,X,Y,Z\n" + samples.texted(times(walk), samples.rows(walk.turn))).encode()
    with pytest.raises(UnusableRecording, match="pull of the earth") as error:
        es.read(data)
    assert "writetimetable(Acceleration" in error.value.hint


def test_the_mat_file_is_explained_with_the_line_to_type() -> None:
    """A .mat holds timetables that only MATLAB reads."""
    with pytest.raises(NotARecording, match="MATLAB") as error:
        es.read(b"MATLAB 5.0 MAT-file, Platform: GLNXA64" + b"\0" * 200)
    assert 'writetimetable(Acceleration, "walk.csv")' in error.value.hint


def test_tables_of_other_programs_are_not_claimed() -> None:
    """A clock text before x, y, z in a wider table belongs to the general reader."""
    walk = Walk(3.0)
    table = samples.texted(samples.clock_text(walk.t), samples.rows(walk.total))
    found = recognise(Source.of(("time,ax,ay,az\n" + table).encode()))
    assert found is not None
    assert "MATLAB CSV" != found[0].name
