"""Made-up Apple Health exports: no one's data, and every fault that people have met."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from evenstride.importers.apple_health import AppleHealth
from evenstride.importers.apple_health.reader import Reader
from evenstride.importers.apple_health.routes import Routes
from evenstride.importers.contract import NO_OPTIONS, Item, Options
from evenstride.importers.source import Source
from evenstride.model import Activity, Entry, Left, Series, Track

Q = "HKQuantityTypeIdentifier"
C = "HKCategoryTypeIdentifier"
T0_S = 1_700_000_000  # 2023-11-14 22:13:20 UTC
WATCH = (
    "&lt;&lt;HKDevice: 0x{address:x}&gt;, name:Apple Watch, manufacturer:Apple Inc., "
    "model:Watch, hardware:Watch6,2, software:9.1&gt;"
)
PHONE = (
    "&lt;&lt;HKDevice: 0x{address:x}&gt;, name:iPhone, manufacturer:Apple Inc., model:iPhone, "
    "hardware:iPhone14,2, software:17.0&gt;"
)
DTD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 14 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary)*)>
<!ATTLIST Record type CDATA #REQUIRED sourceName CDATA #REQUIRED>
]>
"""
BROKEN_DTD = DTD.replace(
    "]>", "<!ATTLIST VisionPrescription\n  type CDATA #REQUIRED\n<!ELEMENT\n>\n]>"
)
SUMMARY = ' <ActivitySummary dateComponents="2023-11-14" activeEnergyBurned="5"/>\n'
END = "</HealthData>\n"


def stamp(seconds: float, offset_min: int = 60) -> str:
    """Return a time as Apple writes it."""
    local = np.datetime64(int(T0_S + seconds + offset_min * 60), "s")
    sign = "+" if offset_min >= 0 else "-"
    hours, minutes = divmod(abs(offset_min), 60)
    return f"{str(local).replace('T', ' ')} {sign}{hours:02d}{minutes:02d}"


@dataclass(frozen=True)
class Record:
    """One record, and how it is written."""

    kind: str = Q + "StepCount"
    value: str | None = "100"
    unit: str | None = "count"
    at: float = 0.0
    lasts: float = 10.0
    source: str = "Sam\u2019s iPhone"
    device: str | None = PHONE
    address: int = 0x282E00000
    offset_min: int = 60
    metadata: tuple[tuple[str, str], ...] = ()
    version: str | None = "17.0"
    created: bool = True

    def attributes(self) -> list[tuple[str, str]]:
        """Return the attributes in Apple's order."""
        found = [
            ("type", self.kind),
            ("sourceName", self.source),
            ("sourceVersion", self.version),
            ("device", self.device and self.device.format(address=self.address)),
            ("unit", self.unit),
            ("creationDate", stamp(self.at + self.lasts + 5, self.offset_min)),
            ("startDate", stamp(self.at, self.offset_min)),
            ("endDate", stamp(self.at + self.lasts, self.offset_min)),
            ("value", self.value),
        ]
        return [(k, v) for k, v in found if v is not None and (self.created or k[0] != "c")]

    def xml(self, indent: str = " ") -> str:
        """Return it as Apple writes it."""
        return element("Record", self.attributes(), self.metadata, indent)


def element(
    name: str,
    attributes: Iterable[tuple[str, str]],
    metadata: Iterable[tuple[str, str]] = (),
    indent: str = " ",
) -> str:
    """Return an element on a line of its own, with its metadata on further lines."""
    text = "".join(f' {key}="{value}"' for key, value in attributes)
    inside = "".join(
        f'{indent} <MetadataEntry key="{key}" value="{value}"/>\n' for key, value in metadata
    )
    if not inside:
        return f"{indent}<{name}{text}/>\n"
    return f"{indent}<{name}{text}>\n{inside}{indent}</{name}>\n"


def workout(
    at: float = 0.0, *, kind: str = "Walking", inside: str = "", attributes: str = ""
) -> str:
    """Return a workout of 42 minutes, of which 41 minutes were not paused."""
    return (
        f' <Workout workoutActivityType="HKWorkoutActivityType{kind}" duration="41"'
        f' durationUnit="min"{attributes} sourceName="Sam\u2019s Watch"'
        f' device="{WATCH.format(address=77)}" creationDate="{stamp(at + 2520)}"'
        f' startDate="{stamp(at)}" endDate="{stamp(at + 2520)}">\n{inside} </Workout>\n'
    )


def statistic(kind: str, text: str) -> str:
    """Return one line of the statistics of a workout."""
    return (
        f'  <WorkoutStatistics type="{Q}{kind}" startDate="{stamp(0)}" endDate="{stamp(9)}" '
        f"{text}/>\n"
    )


def metadatum(key: str, value: str) -> str:
    """Return one line of metadata."""
    return f'  <MetadataEntry key="{key}" value="{value}"/>\n'


def route_of(name: str) -> str:
    """Return the lines that name the route of a workout."""
    return (
        f'  <WorkoutRoute sourceName="x" startDate="{stamp(0)}" endDate="{stamp(9)}">\n'
        f'   <FileReference path="/workout-routes/{name}"/>\n  </WorkoutRoute>\n'
    )


def correlation(*records: Record) -> str:
    """Return a group of records; each of them stands in a file a second time at the top."""
    inside = "".join(record.xml("  ") for record in records)
    dates = f'startDate="{stamp(0)}" endDate="{stamp(0)}"'
    return f' <Correlation type="x" sourceName="y" {dates}>\n{inside} </Correlation>\n'


def export(*pieces: str | Record, dtd: str = DTD, end: str = END) -> bytes:
    """Return the XML of an export."""
    body = "".join(piece if isinstance(piece, str) else piece.xml() for piece in pieces)
    head = (
        f'<HealthData locale="de_DE">\n <ExportDate value="{stamp(1000)}"/>\n'
        ' <Me HKCharacteristicTypeIdentifierDateOfBirth="1975-01-15"/>\n'
    )
    return (dtd + head + body + end).encode()


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def gpx(seconds: int = 20, at: float = 0.0) -> bytes:
    """Return a route as Apple writes it."""
    points = []
    for k in range(seconds):
        when = np.datetime64(int(T0_S + at + k), "s")
        points.append(
            f'<trkpt lon="{13.4 + k * 1e-5:.6f}" lat="52.500000"><ele>40.5</ele>'
            f"<time>{when}Z</time><extensions><speed>1.3</speed><course>90</course><hAcc>3.5</hAcc><vAcc>2.5</vAcc>"
            "</extensions></trkpt>\n"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Apple Health Export" '
        'xmlns="http://www.topografix.com/GPX/1/1">\n<metadata><time>2024-11-20T11:00:00Z</time>'
        f"</metadata>\n<trk><name>Route</name><trkseg>\n{''.join(points)}</trkseg></trk>\n</gpx>\n"
    ).encode()


def varied(count: int = 60) -> list[Record]:
    """Return records of many types, sources and spellings, as in a real file."""
    found = []
    for k in range(count):
        base = Record(at=60.0 * k, address=0x282E00000 + (k // 3) * 16)
        watch = replace(base, source="Sam\u2019s Apple\u00a0Watch", device=WATCH)
        found += [
            replace(base, value=str(k * 7 % 900)),
            replace(watch, kind=Q + "DistanceWalkingRunning", unit="km", value=f"{k / 977:.6f}"),
            replace(watch, kind=Q + "HeartRate", unit="count/min", value="80"),
            replace(base, kind=Q + "WalkingSpeed", unit="km/hr", value=f"{4 + k / 40:.3f}"),
            replace(base, kind=Q + "WalkingStepLength", unit="cm", value=str(55 + k % 20)),
            replace(
                base,
                kind=Q + "WalkingAsymmetryPercentage",
                unit="%",
                value="0.07" if k % 2 else "2.41e-04",
                metadata=(("HKMetadataKeyDevicePlacementSide", str(k % 4)),),
            ),
            replace(
                base,
                kind=C + "SleepAnalysis",
                unit=None,
                value="HKCategoryValueSleepAnalysisAsleepCore",
                metadata=(("HKTimeZone", "Europe/Berlin"),),
            ),
        ]
    return sorted(found, key=lambda record: record.kind)


@dataclass
class Found:
    """What came out, in a form that can be compared."""

    series: dict[tuple[str, str, str | None], list[tuple[Any, ...]]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)

    def values(self, metric: str) -> list[float]:
        """Return the values of a metric, whatever its zone."""
        return [row[2] for key, rows in self.series.items() if key[0] == metric for row in rows]

    def reason(self, what: str) -> str:
        """Return why something was left out; "" if it was not."""
        return "; ".join(reason for name, reason in self.left if name == what)

    def counted(self) -> int:
        """Return how many records were read or left out with a count."""
        read = sum(len(rows) for rows in self.series.values()) + len(self.entries)
        words = [what.split() for what, _ in self.left]
        return read + sum(int(w[0]) for w in words if w[1:] in (["record"], ["records"]))


def gathered(items: Iterable[Item]) -> Found:
    """Put items together."""
    found = Found()
    for item in items:
        if isinstance(item, Series):
            key = (item.metric, item.unit, item.zone)
            rows = found.series.setdefault(key, [])
            for row in item.rows():
                value = None if np.isnan(row["value"]) else row["value"]
                who = item.devices[row["device"]]
                rows.append((row["start_utc_ns"], row["end_utc_ns"], value, who, row["side"]))
        elif isinstance(item, Entry):
            found.entries.append(item)
        elif isinstance(item, Track):
            found.tracks.append(item)
        elif isinstance(item, Activity):
            found.activities.append(item)
        elif isinstance(item, Left):
            found.left.append((item.what, item.reason))
    return found


def read(data: bytes, options: Options = NO_OPTIONS) -> Found:
    """Read an export through the importer."""
    source, importer = Source.of(data), AppleHealth()
    assert importer.sniff(source).score > 90
    return gathered(importer.read(source, importer.plan(source, options)))


def read_xml(
    data: bytes, *, everything: bool = True, chunk_bytes: int = 1 << 20, fast: bool = True
) -> Found:
    """Read the XML in chunks of a size, with lane A or without it."""
    source = Source.of(data)
    reader = Reader(
        Routes(source, {}, "Apple Health", NO_OPTIONS),
        everything=everything,
        since_utc_ns=None,
        chunk_bytes=chunk_bytes,
        fast=fast,
    )
    return gathered(reader.read(source, source.members()[0]))
