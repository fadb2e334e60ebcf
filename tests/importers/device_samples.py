"""Made-up raw files of research sensors, byte for byte as the devices lay them out."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import reduce
from operator import xor

import numpy as np
from numpy.typing import NDArray

from .samples import T0, G, Walk


def _runs(walk: Walk, most: int) -> Iterator[NDArray[np.int64]]:
    """Yield the rows of at most ``most`` samples that follow each other without a gap."""
    breaks = np.flatnonzero(np.diff(walk.count) > 1) + 1
    for run in np.split(np.arange(walk.count.size), breaks):
        for at in range(0, run.size, most):
            yield run[at : at + most]


def _packed_date(moment: datetime) -> int:
    parts = (moment.year - 2000, moment.month, moment.day, moment.hour)
    bits = zip((*parts, moment.minute, moment.second), (26, 22, 17, 12, 6, 0), strict=True)
    return sum(value << at for value, at in bits)


def axivity(walk: Walk) -> bytes:
    """An AX6 file: 40 samples in a sector, gyroscope before acceleration."""
    sectors = [b"MD\xfc\x03".ljust(1024, b"\0")]
    for number, run in enumerate(_runs(walk, 40)):
        at = T0 + walk.t[run[0]]
        fraction = round(at % 1 * 65_536) & 0xFFFE
        head = struct.pack(
            "<2sHHIIIHHBBBBhH",
            *(b"AX", 508, 0x8000 | fraction >> 1, 0, number),
            _packed_date(datetime.fromtimestamp(int(at), UTC)),
            *(0x6C00, 0, 0, 0, 0x4A, 0x62, -((fraction * 100) >> 16), run.size),
        )
        turning = np.rad2deg(walk.turn[run]) * 32_768 / 1000
        both = np.column_stack([turning, walk.total[run] / G * 2048])
        body = (head + np.round(both).astype("<i2").tobytes()).ljust(510, b"\0")
        check = -int(np.frombuffer(body, "<u2").sum()) & 0xFFFF
        sectors.append(body + struct.pack("<H", check))
    return b"".join(sectors)


def geneactiv_bin(walk: Walk, zone: str = "GMT +01:00") -> bytes:
    """A GENEActiv file: pages of 300 samples as hex digits, 12 bits for each axis."""
    head = ["Device Identity", "Device Type:GENEActiv", "", "Configuration Info"]
    head += ["Measurement Frequency:100 Hz", f"Time Zone:{zone}", "", "Calibration Data"]
    head += [f"{axis} {what}" for axis in "xyz" for what in ("gain:25600", "offset:0")]
    head += ["Volts:1", "Lux:1"] + [""] * 39
    lines = [*head, "Memory Status", "Number of Pages:9999999"]
    lines += [""] * (59 - len(lines))
    for number, run in enumerate(_runs(walk, 300)):
        moment = datetime.fromtimestamp(round(T0 + walk.t[run[0]], 3), UTC)
        raw = np.round(walk.total[run] / G * 256).astype(int) & 0xFFF
        lines += ["Recorded Data", "Device Unique Serial Code:1", f"Sequence Number:{number}"]
        lines += [f"Page Time:{moment:%Y-%m-%d %H:%M:%S}:{moment.microsecond // 1000:03d}"]
        lines += ["Unassigned:", "Temperature:20.0", "Battery voltage:4.1"]
        lines += ["Device Status:Recording", "Measurement Frequency:100.0"]
        lines.append("".join(f"{x:03X}{y:03X}{z:03X}000" for x, y, z in raw.tolist()))
    return ("\n".join(lines) + "\n").encode()


def _record(kind: int, seconds: int, payload: bytes) -> bytes:
    record = struct.pack("<BBIH", 0x1E, kind, seconds, len(payload)) + payload
    return record + bytes([reduce(xor, record) ^ 0xFF])


def actigraph_files(
    walk: Walk, zone: str = "-05:00:00", rate_hz: int = 100, bits: int = 12
) -> dict[str, bytes]:
    """The files in an ActiGraph zip: a record for each second, y, x, z of 12 bits or x, y, z."""
    scale, rate = (55 << 16, 0x09400000), (10 << 16 | 1, rate_hz)
    log = [_record(21, int(T0), struct.pack("<IIII", *rate, *scale))]
    second = np.floor(walk.t + 1e-9).astype(int)
    for at in np.unique(second).tolist():
        raw = np.round(walk.total[second == at] / G * 256).astype(int)
        digits = "".join(f"{value & 0xFFF:03X}" for value in raw[:, [1, 0, 2]].ravel().tolist())
        narrow = bytes.fromhex(digits + "0" * (len(digits) % 2))
        wide = raw.astype("<i2").tobytes()
        log.append(_record(*(0, int(T0) + at, narrow) if bits == 12 else (26, int(T0) + at, wide)))
    info = f"Serial Number: MOS1\r\nSample Rate: {rate_hz}\r\nTimeZone: {zone}\r\nStart Date: 9\r\n"
    return {"info.txt": info.encode(), "log.bin": b"".join(log)}


def actigraph(walk: Walk) -> bytes:
    """An ActiGraph zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in actigraph_files(walk).items():
            archive.writestr(name, data)
    return out.getvalue()
