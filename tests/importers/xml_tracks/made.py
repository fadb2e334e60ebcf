"""GPX and TCX files as different programs write them; made up, nobody walked there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from evenstride.importers.contract import NO_OPTIONS, Item, Options
from evenstride.importers.source import Source
from evenstride.importers.xml_tracks import Gpx, Tcx
from evenstride.model import Left, Track

BEGIN = datetime(2024, 5, 1, 7, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Point:
    """One point; texts as they are written, None = not written."""

    lat: str
    lon: str
    ele: str | None = None
    time: str | None = None
    more: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Style:
    """How a program writes what means the same."""

    quote: str = '"'
    lon_first: bool = False
    gap: str = "\n"
    prefix: str = "gpxtpx:"
    wrapper: str = "gpxtpx:TrackPointExtension"
    head: str = '<?xml version="1.0" encoding="UTF-8"?>\n'
    root: str = '<gpx version="1.1" creator="Test" xmlns="http://www.topografix.com/GPX/1/1">'


PLAIN = Style()


def stamp(seconds: float) -> str:
    """Return a time as most programs write it."""
    return (BEGIN + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def walk(count: int = 60, begin: int = 0, **more: str) -> list[Point]:
    """Return a straight walk with one point a second, from second ``begin`` on."""
    return [
        Point(f"{48 + i * 1e-5:.6f}", f"{11 + i * 2e-5:.6f}", f"{500 + i / 10:.1f}", stamp(i), more)
        for i in range(begin, begin + count)
    ]


def point(p: Point, style: Style = PLAIN, tag: str = "trkpt") -> str:
    """Return one point of a GPX file."""
    q, gap = style.quote, style.gap
    lat, lon = f"lat={q}{p.lat}{q}", f"lon={q}{p.lon}{q}"
    inner = [f"<ele>{p.ele}</ele>"] if p.ele is not None else []
    inner += [f"<time>{p.time}</time>"] if p.time is not None else []
    if p.more:
        parts = [f"<{style.prefix}{k}>{v}</{style.prefix}{k}>" for k, v in p.more.items()]
        if style.wrapper:
            parts = [f"<{style.wrapper}>", *parts, f"</{style.wrapper}>"]
        inner += ["<extensions>", *parts, "</extensions>"]
    first, second = (lon, lat) if style.lon_first else (lat, lon)
    return gap.join([f"<{tag} {first} {second}>", *inner, f"</{tag}>"])


def gpx(
    segments: Sequence[Sequence[Point]], style: Style = PLAIN, inside: str = "<name>Walk</name>"
) -> bytes:
    """Return a GPX file with one track."""
    gap = style.gap
    parts = [style.head + style.root, "<trk>", inside]
    for segment in segments:
        parts += ["<trkseg>", *(point(p, style) for p in segment), "</trkseg>"]
    return gap.join([*parts, "</trk>", "</gpx>"]).encode()


def trackpoint(p: Point, *, prefix: str = "ns3:") -> str:
    """Return one point of a TCX file; ``more`` may hold hr, cad, run (per leg), speed and dist."""
    out = ["<Trackpoint>"]
    out += [f"<Time>{p.time}</Time>"] if p.time is not None else []
    if p.lat:
        out.append(
            f"<Position><LatitudeDegrees>{p.lat}</LatitudeDegrees>"
            f"<LongitudeDegrees>{p.lon}</LongitudeDegrees></Position>"
        )
    out += [f"<AltitudeMeters>{p.ele}</AltitudeMeters>"] if p.ele is not None else []
    if "dist" in p.more:
        out.append(f"<DistanceMeters>{p.more['dist']}</DistanceMeters>")
    if "hr" in p.more:
        out.append(f"<HeartRateBpm><Value>{p.more['hr']}</Value></HeartRateBpm>")
    if "cad" in p.more:
        out.append(f"<Cadence>{p.more['cad']}</Cadence>")
    names = {"speed": "Speed", "run": "RunCadence"}
    extension = [
        f"<{prefix}{tag}>{p.more[name]}</{prefix}{tag}>"
        for name, tag in names.items()
        if name in p.more
    ]
    if extension:
        out += [f"<Extensions><{prefix}TPX>", *extension, f"</{prefix}TPX></Extensions>"]
    return "\n".join([*out, "</Trackpoint>"])


def lap(*tracks: Sequence[Point], seconds: float = 60.0, metres: float = 80.0) -> str:
    """Return one lap with its totals; several tracks in it are separated by pauses."""
    pieces = ["<Track>" + "\n".join(trackpoint(p) for p in track) + "</Track>" for track in tracks]
    return (
        f'<Lap StartTime="{stamp(0)}"><TotalTimeSeconds>{seconds}</TotalTimeSeconds>'
        f"<DistanceMeters>{metres}</DistanceMeters>"
        f"<AverageHeartRateBpm><Value>100</Value></AverageHeartRateBpm>{''.join(pieces)}</Lap>"
    )


def activity(
    *laps: str, sport: str = "Walking", creator: str = "Forerunner", notes: str = ""
) -> str:
    """Return one activity of a TCX file."""
    said = f"<Notes>{notes}</Notes>" if notes else ""
    return (
        f'<Activity Sport="{sport}"><Id>{stamp(0)}</Id>{"".join(laps)}{said}'
        f'<Creator xsi:type="Device_t"><Name>{creator}</Name></Creator></Activity>'
    )


def tcx(*activities: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    """Return a TCX file."""
    root = (
        '<TrainingCenterDatabase xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">'
    )
    body = f"<Activities>{''.join(activities)}</Activities>"
    return f"{head}{root}{body}</TrainingCenterDatabase>".encode()


def items(
    data: bytes, importer: Gpx | Tcx | None = None, options: Options = NO_OPTIONS, **how: object
) -> list[Item]:
    """Read a file with all that is left out of it."""
    source = Source.of(data)
    reader = importer or (Tcx() if b"TrainingCenterDatabase" in data else Gpx())
    piece = int(str(how.get("piece", 1 << 19)))
    swift = bool(how.get("swift", True))
    return list(reader.read_member(source, source.members()[0], options, piece=piece, swift=swift))


def tracks(data: bytes, importer: Gpx | Tcx | None = None, **how: object) -> list[Track]:
    """Read the tracks of a file."""
    return [item for item in items(data, importer, **how) if isinstance(item, Track)]


def track(data: bytes, **how: object) -> Track:
    """Read the only track of a file."""
    (found,) = tracks(data, **how)
    return found


def reasons(data: bytes, options: Options = NO_OPTIONS) -> list[str]:
    """Read what was left out of a file."""
    found = (item for item in items(data, options=options) if isinstance(item, Left))
    return [f"{item.what}: {item.reason}" for item in found]


def timed(points: list[Point], seconds: Sequence[float]) -> list[Point]:
    """Return the points with other times."""
    return [replace(p, time=stamp(s)) for p, s in zip(points, seconds, strict=True)]
