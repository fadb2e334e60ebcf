"""Walks for the screens that look at them closely: real and simulated recordings, with a track."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from evenstride.app.analyse import Request
from evenstride.app.importing import Wanted, import_paths
from evenstride.app.own import own
from evenstride.diary import Entry
from evenstride.model import Outing, PainRatings, Person, Shoe
from evenstride.model.day import NS
from evenstride.testing import Sensor, Walker, simulate_walk
from evenstride.testing.ground import simulate_ground

HILLY, REAL, RIDE, NOTED, TRACKED = "hilly", "real", "ride", "noted", "tracked"
"""Ids of the walks: the newest, with everything; a real recording; a ride; and two with less."""

EARLIER = 6
_HEADER = "time_s,acc_x_m_s2,acc_y_m_s2,acc_z_m_s2,gyro_x_rad_s,gyro_y_rad_s,gyro_z_rad_s"
_POINT = (
    '<trkpt lat="{:.7f}" lon="{:.7f}"><ele>{:.1f}</ele><time>{:%Y-%m-%dT%H:%M:%SZ}</time></trkpt>'
)
_GPX = '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{}</trkseg></trk></gpx>'
_RATED = PainRatings(before=1.0, worst=3.0, hour_after=2.0, next_morning=1.0)


def walked_diary(home: Path, folder: Path, now: datetime) -> None:
    """Make a diary of walks up to yesterday, each with something else known of it.

    Args:
        home: Where the diary goes.
        folder: Where the files are made that are imported.
        now: The moment.
    """
    folder.mkdir(parents=True, exist_ok=True)
    now_ns = _ns(now)
    with own(home, now_ns) as mine:
        mine.diary.keep_person(Person("Simulated person", 1980, 1.70, 71.0, "Europe/London"))
        mine.diary.keep_shoe(Shoe("boots", "Brown boots", retired=True))
        for number in range(EARLIER):
            begun = now - timedelta(days=2 * EARLIER + 4 - 2 * number, hours=2)
            mine.diary.add_outing(replace(_walk(f"w{number}", begun, 5.0), shoe="boots"))
        mine.diary.add_outing(_walk(REAL, now - timedelta(days=40), 3.0))
        mine.diary.add_outing(replace(_walk(RIDE, now - timedelta(days=3), 40.0), kind="cycling"))
        mine.diary.add_outing(Outing(NOTED, _ns(now - timedelta(days=2)), "Europe/London"))
        hilly = replace(
            _walk(HILLY, now - timedelta(days=1), 25.0),
            shoe="boots", load_kg=2.0, note="Through the <woods>, slowly.",
        )  # fmt: skip
        mine.diary.add_outing(hilly)
    for number in range(EARLIER):
        walker = Walker(cadence_spm=107.0 + number)
        begun = now - timedelta(days=2 * EARLIER + 4 - 2 * number, hours=2)
        _record(home, folder, f"w{number}", begun, 300.0, walker, seed=number)
    with as_file(files("evenstride") / "demo_data" / "lower_back_walk.csv.gz") as real:
        _bring(home, real, now - timedelta(days=40), REAL)
    _climb(home, folder, now - timedelta(days=1), now_ns)
    _tracked(home, folder, now - timedelta(days=20))


def _climb(home: Path, folder: Path, begun: datetime, now_ns: int) -> None:
    """Keep the newest walk: a recording with a stop, a track over hills, and pain on the way."""
    stops = [(700.0, 60.0)]
    _record(home, folder, HILLY, begun, 1500.0, Walker(cadence_spm=112.0), seed=9, stops=stops)
    track = simulate_ground(3, length_m=1900.0, hills="steep", source="barometer").track
    path = folder / "hilly.gpx"
    path.write_text(gpx(track, begun))
    import_paths(home, [path])
    with own(home, now_ns) as mine:
        for number, (after_s, rating) in enumerate(((300, 2.0), (800, 3.0), (1300, 5.0))):
            at = _ns(begun) + after_s * NS
            document = {
                "what": "back_pain", "severity": None, "rating": rating, "text": f"{rating:g}",
                "start": {"utc_ns": at}, "end_utc_ns": at,
            }  # fmt: skip
            mine.diary.keep_entry(Entry("symptom", f"on-the-way-{number}", at, document))


def _tracked(home: Path, folder: Path, begun: datetime) -> None:
    """Keep a walk of which only a track is known."""
    path = folder / "tracked.gpx"
    path.write_text(gpx(simulate_ground(4, length_m=1200.0, source="gps").track, begun))
    import_paths(home, [path])


def gpx(track, begun: datetime) -> str:
    """Return a track as GPX that begins at a moment."""
    points = [
        _POINT.format(
            track.latitude_deg[row], track.longitude_deg[row], track.elevation_m[row],
            (begun + timedelta(seconds=float(track.time_s[row]))).astimezone(UTC),
        )
        for row in range(len(track))
        if np.isfinite([track.latitude_deg[row], track.elevation_m[row]]).all()
    ]  # fmt: skip
    return _GPX.format("".join(points))


def _walk(name: str, begun: datetime, minutes: float) -> Outing:
    return Outing(
        name, _ns(begun), "Europe/London", minutes=minutes, back=_RATED,
        surface="paved", hills="flat",
    )  # fmt: skip


def _record(home, folder, name, begun, seconds, walker, *, seed, stops=()) -> None:
    """Keep a simulated recording of a walk, with a standing reference."""
    sensor = Sensor(rate_hz=100.0)
    path, standing = folder / f"{name}.csv", folder / f"{name}-standing.csv"
    _write(path, simulate_walk(seconds, walker, sensor, stops=stops, seed=seed).recording)
    _write(standing, simulate_walk(5.0, walker, sensor, stand_s=20.0, seed=seed).recording, 15.0)
    _bring(home, path, begun, name, standing)


def _write(path: Path, recording, until_s: float = np.inf) -> None:
    blocks = list(recording.blocks())
    columns = [
        np.concatenate([getattr(block, name) for block in blocks])
        for name in ("time_s", "acceleration_m_s2", "angular_velocity_rad_s")
    ]
    rows = np.column_stack(columns)
    np.savetxt(path, rows[rows[:, 0] < until_s], "%.4f", ",", header=_HEADER, comments="")


def _bring(home: Path, path: Path, begun: datetime, walk: str, standing=None) -> None:
    request = Request(placement="lower back", height_m=1.70, standing=standing)
    import_paths(home, [path], Wanted(request, start_utc_ns=_ns(begun), walk=walk))


def _ns(moment: datetime) -> int:
    return round(moment.timestamp()) * NS
