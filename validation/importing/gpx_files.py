"""GPX and TCX files for the comparison: made up, and broken in the ways that people's files are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

__all__ = ["apple_route", "broken", "laps"]

_BEGIN = datetime(2024, 6, 11, 22, tzinfo=UTC)
_APPLE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Apple Health Export" '
    'xmlns="http://www.topografix.com/GPX/1/1">\n  <metadata>\n    '
    "<time>2024-11-07T03:43:52Z</time>\n  </metadata>\n"
    "  <trk>\n    <name>Route 2024-06-11 3:00pm</name>\n    <trkseg>\n"
)
_TCX = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<TrainingCenterDatabase '
    'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" '
    'xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">\n<Activities>\n'
    '<Activity Sport="Running">\n<Id>2024-06-11T22:00:00Z</Id>\n'
    '<Lap StartTime="2024-06-11T22:00:00Z">\n<TotalTimeSeconds>5000</TotalTimeSeconds>\n'
    "<DistanceMeters>6500</DistanceMeters>\n<Calories>300</Calories>\n"
    "<Intensity>Active</Intensity>\n<TriggerMethod>Manual</TriggerMethod>\n<Track>\n"
)


def _stamps(count: int) -> list[str]:
    moments = (_BEGIN + timedelta(seconds=i) for i in range(count))
    return [moment.strftime("%Y-%m-%dT%H:%M:%S") for moment in moments]


def _ways(count: int) -> tuple[list[float], ...]:
    """Return latitude, longitude, height, and four values for extensions."""
    dice = np.random.default_rng(3)
    lat, lon = (np.cumsum(dice.normal(0, 1e-5, count)) for _ in range(2))
    high = 4 + np.cumsum(dice.normal(0, 0.05, count))
    more = [dice.uniform(2, 9, count).tolist() for _ in range(4)]
    return ((37.78 + lat).tolist(), (-122.39 + lon).tolist(), high.tolist(), *more)


def apple_route(count: int = 20_000) -> bytes:
    """Return a route as Apple Health exports it, one point a second."""
    rows = zip(_stamps(count), *_ways(count), strict=True)
    points = [
        f'      <trkpt lon="{lon:.6f}" lat="{lat:.6f}"><ele>{ele:.6f}</ele><time>{t}Z</time>'
        f"<extensions><speed>{a:.6f}</speed><course>{b * 40:.6f}</course><hAcc>{c:.6f}</hAcc>"
        f"<vAcc>{d:.6f}</vAcc></extensions></trkpt>\n"
        for t, lat, lon, ele, a, b, c, d in rows
    ]
    return (_APPLE + "".join(points) + "    </trkseg>\n  </trk>\n</gpx>").encode()


def laps(count: int = 5_000) -> bytes:
    """Return a run as Garmin Connect exports it, with pulse, distance, speed and cadence."""
    rows = zip(range(count), _stamps(count), *_ways(count)[:4], strict=True)
    points = [
        f"<Trackpoint>\n<Time>{t}.000Z</Time>\n<Position>\n<LatitudeDegrees>{lat:.9f}"
        f"</LatitudeDegrees>\n<LongitudeDegrees>{lon:.9f}</LongitudeDegrees>\n</Position>\n"
        f"<AltitudeMeters>{ele:.3f}</AltitudeMeters>\n<DistanceMeters>{i * 1.3:.2f}"
        f"</DistanceMeters>\n<HeartRateBpm>\n<Value>{120 + i % 40}</Value>\n</HeartRateBpm>\n"
        f"<Extensions>\n<ns3:TPX>\n<ns3:Speed>{a:.3f}</ns3:Speed>\n<ns3:RunCadence>{80 + i % 7}"
        "</ns3:RunCadence>\n</ns3:TPX>\n</Extensions>\n</Trackpoint>\n"
        for i, t, lat, lon, ele, a in rows
    ]
    end = "</Track>\n</Lap>\n</Activity>\n</Activities>\n</TrainingCenterDatabase>"
    return (_TCX + "".join(points) + end).encode()


def broken(data: bytes) -> dict[str, bytes]:
    """Return the faults of real files, each alone, in a GPX file."""
    middle = data.index(b"<trkpt", len(data) // 2)
    text = data.decode()
    named = text.replace("Route 2024", "Über 2024")
    flipped = bytearray(data)
    flipped[data.index(b"<ele>", middle)] ^= 4
    entity = b'<!DOCTYPE gpx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>\n<gpx'
    return {
        "clean": data,
        "cut in the middle": data[:middle],
        "a flipped bit": bytes(flipped),
        "an undeclared prefix": data.replace(b"<speed>", b"<x:speed>").replace(
            b"</speed>", b"</x:speed>"
        ),
        "a control character in the name": data.replace(b"Route", b"Route\x0b"),
        "an attribute twice": data.replace(b'version="1.1"', b'version="1.1" version="1.1"'),
        "blanks before the declaration": b"  \n" + data,
        "UTF-16": text.replace('"UTF-8"', '"UTF-16"').encode("utf-16"),
        "UTF-16 that says UTF-8": text.encode("utf-16"),
        "Latin-1 that says UTF-8": named.encode("latin-1"),
        "decimal commas": text.replace('lon="-122.', 'lon="-122,').encode(),
        "written twice": data + data,
        "no points": data[: data.index(b"<trkpt")] + b"</trkseg></trk></gpx>",
        "empty": b"",
        "own entities (to be refused)": data.replace(b"<gpx", entity, 1),
    }
