"""One small made-up file or archive of every built-in importer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from tests.importers import archives, device_samples, samples, test_fitbit_csv, test_google_takeout
from tests.importers import test_health_connect as health_connect
from tests.importers import test_matlab as matlab
from tests.importers import test_samsung_health as samsung
from tests.importers.apple_health import exports as apple
from tests.importers.fit import write
from tests.importers.samples import Walk, zipped
from tests.importers.xml_tracks import made

import evenstride as es
from evenstride.importers.own_track import track_pieces
from evenstride.model import Start

__all__ = ["FORMATS", "Files", "Format", "packed"]

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Format:
    """A format and how a file of it is made.

    Attributes:
        files: Makes its files; a size of 1 is a walk of a few seconds.
        text: Whether its files are text (packed or not), which has an encoding and a locale.
        fixed_size: Whether a larger size makes no larger file.
    """

    files: Callable[[int], Files]
    text: bool = True
    fixed_size: bool = False

    @cache  # noqa: B019 - there are few formats, and they live as long as the tests
    def clean(self) -> Files:
        """Return its files as they should be."""
        return self.files(1)


def packed(files: Files) -> bytes:
    """Return the one file as it is, several as a zip."""
    return next(iter(files.values())) if len(files) == 1 else zipped(dict(files))


def single(make: Callable[[Walk], bytes], name: str = "walk") -> Callable[[int], Files]:
    """Return the maker of a format that is one file of motion."""
    return lambda size: {name: make(Walk(3.0 * size))}


def several(make: Callable[[Walk], Mapping[str, str | bytes]]) -> Callable[[int], Files]:
    """Return the maker of a format that is a folder of files of motion."""
    return lambda size: as_bytes(make(Walk(3.0 * size)))


def as_bytes(files: Mapping[str, str | bytes]) -> Files:
    """Return the same files, all as bytes."""
    return {k: v if isinstance(v, bytes) else v.encode() for k, v in files.items()}


def _apple(size: int) -> Files:
    pain = apple.Record(
        kind=apple.C + "LowerBackPain", unit=None, value="HKCategoryValueSeverityMild"
    )
    inside = apple.statistic("DistanceWalkingRunning", 'sum="1.5" unit="km"')
    walk = apple.workout(3600.0, inside=inside + apple.route_of("route_1.gpx"))
    data = apple.export(*apple.varied(20 * size), pain, walk)
    return {
        "apple_health_export/export.xml": data,
        "apple_health_export/workout-routes/route_1.gpx": apple.gpx(20 * size, 3600.0),
    }


def _google(size: int) -> Files:
    points = [test_google_takeout.point(60 * k, {"intVal": 100 + k}) for k in range(40 * size)]
    files = dict(test_google_takeout.fit() | test_google_takeout.fitbit())
    name = test_google_takeout.FIT + "All Data/derived_com.google.step_count.delta_merge.json"
    files[name] = test_google_takeout.stream(test_google_takeout.MERGED, *points)
    return as_bytes(files)


def _health_connect(size: int) -> Files:
    rows = health_connect.full()
    minute = 60_000
    rows["steps_record_table"] += [
        health_connect.span(
            count=k % 100 + 1,
            start_time=health_connect.MS + k * minute,
            end_time=health_connect.MS + (k + 1) * minute,
        )
        for k in range(1, 40 * size)
    ]
    return {"health_connect_export.db": health_connect.database(rows)}


def _fitbit(size: int) -> Files:
    days = [
        f'"{1 + k % 28:02d}-{1 + k // 28 % 12:02d}-{2024 - k // 336}","2,341","12,{k % 1000:03d}",'
        '"8.64","10","600","1,000"'
        for k in range(28 * size)
    ]
    return {"fitbit.csv": test_fitbit_csv.month(*days).encode()}


def _own(size: int) -> Files:
    at = [float(k) for k in range(60 * size)]
    start = Start(1_774_828_800_000_000_000, 120, "Europe/Berlin", "recorded")
    walk = es.Track(
        time_s=samples.np.array(at),
        latitude_deg=50 + samples.np.array(at) * 1e-6,
        longitude_deg=8 - samples.np.array(at) * 1e-6,
        start=start,
        format="FIT",
    )
    return {"walk.csv": b"".join(track_pieces(walk))}


def _polar(size: int) -> Files:
    session = archives.polar_old()
    shown = {"training-session-2019-05-01-1.json": json.dumps(session)}
    days = {
        f"activity-2019-05-{k:02d}-{k}.json": json.dumps(archives.polar_day(k))
        for k in range(1, min(30, 2 * size + 1))
    }
    return as_bytes({**shown, **days, "account-data-1.json": json.dumps({"username": "x"})})


def _gpx(size: int) -> Files:
    return {"walk.gpx": made.gpx([made.walk(60 * size, hr="99")])}


def _tcx(size: int) -> Files:
    points = made.walk(60 * size, hr="99", dist="1.5", speed="1.4")
    return {"walk.tcx": made.tcx(made.activity(made.lap(points)))}


FORMATS: dict[str, Format] = {
    "ActiGraph GT3X": Format(single(device_samples.actigraph), text=False),
    "AndroSensor": Format(single(samples.androsensor)),
    "Apple Health": Format(_apple),
    "Axivity CWA": Format(single(device_samples.axivity), text=False),
    "FIT": Format(lambda size: {"walk.fit": write.join(write.walk(60 * size))}, text=False),
    "Fitbit monthly CSV": Format(_fitbit),
    "GENEActiv BIN": Format(single(device_samples.geneactiv_bin), text=False),
    "GENEActiv CSV": Format(single(samples.geneactiv)),
    "GPX": Format(_gpx),
    "Garmin archive": Format(lambda _: archives.garmin_files(), fixed_size=True),
    "Google Takeout": Format(_google),
    "Health Connect": Format(_health_connect, text=False),
    "MATLAB CSV": Format(single(matlab.matlab)),
    "Mobilise-D style CSV": Format(single(samples.mobilised)),
    "Movella DOT CSV": Format(single(samples.movella_dot)),
    "Physics Toolbox": Format(single(samples.physics_toolbox_g)),
    "Polar archive": Format(_polar, fixed_size=True),
    "Samsung Health": Format(lambda _: as_bytes(samsung.export()), fixed_size=True),
    "Sensor Logger": Format(several(samples.sensor_logger)),
    "SensorLog (iOS)": Format(single(samples.sensorlog_new)),
    "Strava archive": Format(lambda _: archives.strava_files(), fixed_size=True),
    "TCX": Format(_tcx),
    "Xsens MTw text": Format(single(samples.xsens_mtw)),
    "evenstride motion": Format(single(samples.own_motion)),
    "evenstride track": Format(_own),
    "phyphox": Format(several(samples.phyphox)),
    "table (CSV)": Format(single(samples.general)),
}
