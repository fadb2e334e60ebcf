"""ActiGraph ``.gt3x``: a zip with ``info.txt`` and ``log.bin``, a row of records with check sums.

The zip is opened by ``Source``, as any other; the native reader gets small ones made of whole
records.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from functools import partial, reduce
from math import frexp
from operator import xor

import numpy as np

from evenstride.importers.devices.raw import Batch, Facts, RawDevice, read_pieces
from evenstride.importers.source import Member, Source
from evenstride.model.day import NS

__all__ = ["ActigraphGt3x"]

_INFO = re.compile(r"^([A-Za-z ]+):\s*(.*?)\s*$", re.MULTILINE)
_ZONE = re.compile(r"(-?)(\d{1,2}):(\d{2})(?::\d{2})?")
_RECORD = struct.Struct("<BBIH")  # separator, kind, seconds since 1970 in local time, size
_SEPARATOR = 0x1E
_ACTIVITY, _PARAMETERS, _ACTIVITY_16_BIT = 0, 21, 26
_ALL_BITS = 0xFF
_LOWEST, _HIGHEST = -2048, 2047  # of 12 bits
_LARGEST = 16_384
_HEAD_BYTES = 65_536
_ENOUGH_RECORDS = 3
_RATES_HZ = range(10, 257)
_RATE, _SCALE = 10 << 16 | 1, 55 << 16  # identifier and address space of the parameters
_SCALES = {"NEO": 341.0, "CLE": 341.0, "MRA": 341.0}
_SCALE_OF_OTHERS = 256.0
_DEFAULT_RATE_HZ = 30


class ActigraphGt3x(RawDevice):
    """The ``.gt3x`` file of a wGT3X-BT, GT9X or ActiSleep."""

    name = "ActiGraph GT3X"

    def facts(self, source: Source) -> Facts | None:
        """Recognise the serial number in ``info.txt`` beside ``log.bin``."""
        info, log = source.find("info.txt"), source.find("log.bin")
        if log is None:
            return None
        told = _told(source, info)
        records, bad = _first_records(source, log)
        # In a file that was cut, info.txt is missing: it stands behind the records.
        alone = info is None and len(records) >= _ENOUGH_RECORDS and bad <= 1
        if "Serial Number" not in told and not alone:
            return None
        return Facts(
            log,
            "the records in its log.bin" if alone else "“Serial Number” in its info.txt",
            _RECORD.unpack_from(records[0])[2] * NS if records else None,
            offset_min=_offset_min(told.get("TimeZone", "")),
            rate_hz=_rate_hz(told) or _counted_hz(records),
        )

    def batches(self, source: Source, member: Member) -> Iterator[Batch]:
        """Yield whole records of motion; the rate and scale before them come from info.txt."""
        info = source.find("info.txt")
        told = _told(source, info)
        first, _ = _first_records(source, member)
        parameters = _parameters(told, _rate_hz(told) or _counted_hz(first))
        with source.open(member) as stream:
            for records, left in read_pieces(stream, _cut, "records"):
                yield Batch(records, partial(_wrap, parameters), left)


def _first_records(source: Source, log: Member) -> tuple[list[bytes], int]:
    """Return the whole records in the first bytes, and how many were damaged."""
    head = source.head(log)
    records, _, bad = _cut(head, len(head) < _HEAD_BYTES)
    return records, bad


def _told(source: Source, info: Member | None) -> dict[str, str]:
    if info is None:
        return {}
    return dict(_INFO.findall(source.head(info).decode("utf-8", "replace")))


def _rate_hz(told: dict[str, str]) -> float | None:
    rate = told.get("Sample Rate", "")
    return float(rate) if rate.isdecimal() and len(rate) < 4 and int(rate) in _RATES_HZ else None


def _counted_hz(records: list[bytes]) -> float | None:
    """Count the samples in a second; a record holds one, of 36 bits for each sample."""
    if not records:
        return None
    counts = [(len(record) - 9) * 8 // 36 for record in records]
    usual = max(set(counts), key=counts.count)
    return float(usual) if usual in _RATES_HZ else None


def _scale(told: dict[str, str]) -> float:
    """Return the steps of 1 g: as the file tells, else as the kind of device has them."""
    try:
        scale = float(told.get("Acceleration Scale", ""))
    except ValueError:
        scale = 0.0
    if 16 <= scale <= 8192:
        return scale
    return _SCALES.get(told.get("Serial Number", "")[:3], _SCALE_OF_OTHERS)


def _parameters(told: dict[str, str], rate_hz: float | None) -> bytes:
    """Return a record with rate and scale, as the native reader wants it.

    Files of older devices lack it, and a damaged one would spoil all that follows.
    """
    mantissa, exponent = frexp(_scale(told))
    scale = exponent << 24 | round(mantissa * (1 << 23))
    rate = int(rate_hz or _DEFAULT_RATE_HZ)
    return _record(_PARAMETERS, 0, struct.pack("<IIII", _RATE, rate, _SCALE, scale))


def _offset_min(text: str) -> int | None:
    match = _ZONE.fullmatch(text)
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3])
    return -minutes if match[1] else minutes


def _wrap(parameters: bytes, records: tuple[bytes, ...]) -> bytes:
    """Make a small file. Its dates say that it is short: the native reader reserves by them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("info.txt", "Sample Rate: 30\nStart Date: 1\nLast Sample Time: 2\n")
        archive.writestr("log.bin", parameters + b"".join(records))
    return out.getvalue()


def _cut(data: bytes, at_end: bool) -> tuple[list[bytes], int, int]:
    """Cut out the records that are needed and whole; after damage look for the next one."""
    found, at, bad = [], 0, 0
    in_step = True
    while len(data) - at > _RECORD.size:
        separator, kind, _, size = _RECORD.unpack_from(data, at)
        end = at + _RECORD.size + size + 1
        known = separator == _SEPARATOR and size <= _LARGEST
        if known and end > len(data):
            if not at_end:
                break
            known = False
        record = data[at:end]
        if known and _is_whole(record):
            motion = record if kind == _ACTIVITY else _twelve_bits(record)
            if motion is not None and size > 1:
                found.append(motion)
            at, in_step = end, True
            continue
        bad += in_step
        in_step = False
        after = data.find(_SEPARATOR, at + 1)
        at = after if after >= 0 else len(data)
    if at_end and at < len(data):
        bad += in_step
        at = len(data)
    return found, at, bad


def _is_whole(record: bytes) -> bool:
    """Check the sum at the end of a record."""
    return int(np.bitwise_xor.reduce(np.frombuffer(record, np.uint8))) == _ALL_BITS


def _twelve_bits(record: bytes) -> bytes | None:
    """Turn a record of 16-bit x, y, z into one of 12-bit y, x, z, the only one actfast reads."""
    if record[1] != _ACTIVITY_16_BIT:
        return None
    values = np.frombuffer(record, "<i2", (len(record) - 9) // 6 * 3, 8).reshape(-1, 3)
    if values.size == 0 or values.min() < _LOWEST or values.max() > _HIGHEST + 1:
        return None
    digits = np.minimum(values[:, [1, 0, 2]], _HIGHEST).astype(np.int64).ravel() & 0xFFF
    text = "".join(f"{value:03X}" for value in digits.tolist())
    payload = bytes.fromhex(text + "0" * (len(text) % 2))
    _, _, seconds, _ = _RECORD.unpack_from(record)
    return _record(_ACTIVITY, seconds, payload)


def _record(kind: int, seconds: int, payload: bytes) -> bytes:
    record = _RECORD.pack(_SEPARATOR, kind, seconds, len(payload)) + payload
    return record + bytes([reduce(xor, record) ^ _ALL_BITS])
