"""A made-up export of Apple Health of any size, written quickly."""

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>
]>
<HealthData locale="en_GB">
 <ExportDate value="2026-06-01 08:00:00 +0000"/>
"""
_RECORD = (
    ' <Record type="HKQuantityTypeIdentifier{what}" sourceName="Phone of nobody"'
    ' sourceVersion="17.5" device="&lt;&lt;HKDevice: 0x1&gt;, name:iPhone, manufacturer:Nobody,'
    ' model:iPhone, hardware:iPhone12,1&gt;" unit="{unit}" creationDate="{end} +0000"'
    ' startDate="{start} +0000" endDate="{end} +0000" value="{value}"/>\n'
)
_BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
_AT_ONCE = 5000


def write_export(path: Path, megabytes: float) -> None:
    """Write an export whose XML has about so many megabytes: steps, and beats of the heart."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("apple_health_export/export.xml", "w", force_zip64=True) as file,
    ):
        file.write(_HEAD.encode())
        written = 0
        for piece in _pieces():
            written += file.write(piece)
            if written >= megabytes * 1e6:
                break
        file.write(b"</HealthData>\n")


def _pieces() -> Iterator[bytes]:
    """Yield records without end, a minute apart, a third of them steps."""
    for begin in count(0, _AT_ONCE):
        yield "".join(map(_record, range(begin, begin + _AT_ONCE))).encode()


def _record(number: int) -> str:
    start = _BEGIN + timedelta(minutes=number)
    is_step = number % 3 == 0
    return _RECORD.format(
        what="StepCount" if is_step else "HeartRate",
        unit="count" if is_step else "count/min",
        start=f"{start:%Y-%m-%d %H:%M:%S}",
        end=f"{start + timedelta(seconds=50):%Y-%m-%d %H:%M:%S}",
        value=60 + number % 40,
    )
