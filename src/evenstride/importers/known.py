"""Files that people have and that hold no motion we can read yet: what they are, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from evenstride.errors import NotARecording, UnknownFile
from evenstride.importers.source import Member, Source

__all__ = ["explain"]

_ELSEWHERE = "Record the walk with an app such as Sensor Logger or phyphox."
_IN_MATLAB = 'In MATLAB, load it and type: writetimetable(Acceleration, "walk.csv").'
_AS_CSV = "Export it as CSV and give evenstride that file."


@dataclass(frozen=True, slots=True)
class _Known:
    what: str
    advice: str
    signs: tuple[bytes, ...]
    at: int = 0  # the sign stands here; -1 = anywhere in the first bytes


_KNOWN = (
    _Known("a medical document of Apple Health", _ELSEWHERE, (b"<ClinicalDocument",), -1),
    _Known("an old ActiGraph file (GT3X)", "Export it as raw CSV with ActiLife.",
           (b"Serial Number:",)),
    _Known("a MATLAB file", _IN_MATLAB, (b"MATLAB 5.0",)),
    _Known("an HDF5 or MATLAB file", _AS_CSV, (b"\x89HDF\r\n\x1a\n",)),
    _Known("an SQLite database", _AS_CSV, (b"SQLite format 3\0",)),
    _Known("an old Excel workbook", _AS_CSV, (b"\xd0\xcf\x11\xe0",)),
    _Known("a Parquet table", _AS_CSV, (b"PAR1",)),
    _Known("a NumPy file", "Load it in Python and use evenstride.Recording.from_arrays.",
           (b"\x93NUMPY",)),
    _Known("a motion-capture file (C3D)", _AS_CSV, (b"\x02\x50",)),
    _Known("a PDF document", _ELSEWHERE, (b"%PDF-",)),
    _Known("a picture", _ELSEWHERE, (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")),
    _Known("a picture or video of a phone", _ELSEWHERE, (b"ftyp",), 4),
    _Known("a sound or video", _ELSEWHERE, (b"RIFF", b"ID3", b"OggS", b"\x1aE\xdf\xa3")),
    _Known("a web page", _ELSEWHERE, (b"<!doctype html", b"<html", b"<!DOCTYPE html"), -1),
    _Known("an archive of a kind that evenstride cannot open", "Unpack it first.",
           (b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")),
)  # fmt: skip
_SENSOR_LOGGER_JSON = b'"seconds_elapsed"'


def explain(source: Source) -> NotARecording:
    """Return the error that says what the source seems to be and what to do instead."""
    members = source.members()
    for member in members[:200]:
        head = source.head(member)
        found = _recognise(head, source, member)
        if found is not None:
            what, advice = found
            inside = f"“{source.name}”" if len(members) == 1 else f"“{member.path}”"
            return NotARecording(f"{inside} is {what}; evenstride does not read that yet.", advice)
    if len(members) == 1 and (damage := _damage(source, members[0])) is not None:
        return NotARecording(f"“{source.name}” cannot be read: {damage}.", "Copy the file again.")
    if not members or all(not source.head(member, 1) for member in members[:200]):
        return NotARecording(f"“{source.name}” is empty.", "Export or copy the walk again.")
    return UnknownFile(
        f"“{source.name}” holds no motion recording that evenstride knows.",
        "It needs a table with columns for time and for acceleration in x, y and z.",
    )


def _damage(source: Source, member: Member) -> str | None:
    """Return why not even the first bytes of a member can be read, if so."""
    with source.open(member) as stream:
        return None if stream.read(1) else stream.damage


def _archive(source: Source, member: Member) -> tuple[str, str]:
    head = source.head(member)
    if head[6:7] and head[6] & 1:
        return "an archive that is locked with a password", "Unpack it first."
    if b"xl/" in head or b"[Content_Types].xml" in head:
        return "an Excel workbook or another office document", _AS_CSV
    return "an archive that cannot be opened", "Unpack it first."


def _recognise(head: bytes, source: Source, member: Member) -> tuple[str, str] | None:
    if head.startswith(b"PK\x03\x04"):
        return _archive(source, member)
    for known in _KNOWN:
        for sign in known.signs:
            if known.at < 0 and sign in head[:4096]:
                return known.what, known.advice
            if known.at >= 0 and head[known.at : known.at + len(sign)] == sign:
                return known.what, known.advice
    if head.lstrip()[:1] in (b"[", b"{"):
        advice = "In Sensor Logger, choose CSV (zip)." if _SENSOR_LOGGER_JSON in head else _AS_CSV
        return "a JSON file", advice
    return None
