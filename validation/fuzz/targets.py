"""What is fuzzed: how the bytes of the fuzzer become a file, and the files it begins with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.importers.matrix.formats import FORMATS, packed
from tests.importers.xml_tracks.made import gpx, walk

__all__ = ["TARGETS", "Target"]


@dataclass(frozen=True)
class Target:
    """One target.

    Attributes:
        seeds: What the search begins with.
        wrap: Makes the file that is read from the bytes of the fuzzer.
        words: Texts that the fuzzer may put in.
    """

    seeds: Callable[[], list[bytes]]
    wrap: Callable[[bytes], bytes] = bytes
    words: tuple[bytes, ...] = ()


def _files(name: str) -> dict[str, bytes]:
    return dict(FORMATS[name].files(1))


def _stored(files: Mapping[str, bytes]) -> bytes:
    """Return a zip whose members are not packed, so that the fuzzer sees what is in them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


ARCHIVES = (
    "Garmin archive", "Polar archive", "Google Takeout", "Samsung Health", "Strava archive",
    "Sensor Logger", "phyphox",
)  # fmt: skip


def _slots() -> list[tuple[dict[str, bytes], str]]:
    """Return every text of every archive, with the archive it belongs to."""
    found = []
    for name in ARCHIVES:
        files = _files(name)
        ends = (".json", ".csv", ".tcx", ".gpx")
        found += [(files, path) for path in files if path.endswith(ends)]
    return found


SLOTS = _slots()


def _in_archive(data: bytes) -> bytes:
    """Put the bytes after the first in the place of one text of an archive."""
    files, path = SLOTS[(data[0] if data else 0) % len(SLOTS)]
    return _stored({**files, path: data[1:]})


def _one_file(name: str) -> bytes:
    return next(iter(_files(name).values()))


TARGETS: dict[str, Target] = {
    "apple": Target(
        lambda: [_one_file("Apple Health"), _stored(_files("Apple Health"))],
        words=(b"<Record ", b"<Workout ", b"</Workout>", b'value="', b"startDate=", b"<!--", b"&#"),
    ),
    "fit": Target(lambda: [_one_file("FIT")], words=(b".FIT", b"\xff\xff\xff\xff")),
    "xml": Target(
        lambda: [_one_file("GPX"), _one_file("TCX"), gpx([walk(3)])],
        words=(b"<trkpt ", b"</trkseg>", b"<Trackpoint>", b"<![CDATA[", b"<!DOCTYPE", b"&lt;"),
    ),
    "zip": Target(
        lambda: [_stored(_files(name)) for name in ARCHIVES] + [packed(_files("phyphox"))],
        words=(b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\xff\xff\xff\xff", b"\x1f\x8b\x08"),
    ),
    "archives": Target(
        lambda: [bytes([k % 256]) + files[path] for k, (files, path) in enumerate(SLOTS)],
        _in_archive,
        words=(b"null", b"1e308", b"NaN", b"[[", b'{"', b"-1", b"9" * 30, b"0001-01-01"),
    ),
    "database": Target(lambda: [_one_file("Health Connect")], words=(b"CREATE VIEW ", b"SQLite")),
    "devices": Target(
        lambda: [_one_file(n) for n in ("Axivity CWA", "GENEActiv BIN", "ActiGraph GT3X")]
    ),
    "tables": Target(
        lambda: [
            _one_file(name)[:6000]
            for name in ("AndroSensor", "MATLAB CSV", "Mobilise-D style CSV", "Movella DOT CSV",
                         "SensorLog (iOS)", "Xsens MTw text", "table (CSV)", "evenstride track",
                         "evenstride motion", "Fitbit monthly CSV", "Physics Toolbox")
        ],
        words=(b"1e308", b"nan", b";", b",,", b"\n"),
    ),
}  # fmt: skip
