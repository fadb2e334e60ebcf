"""Notes that a person typed into Sensor Logger while it recorded: ``Annotation.csv``."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from evenstride.importers.source import Member, Source
from evenstride.importers.start import start_of_epoch
from evenstride.importers.tables.layout import is_number
from evenstride.model import Device, Entry, Left

__all__ = ["NUMBERS_ARE_PAIN", "Notes", "is_notes", "read_notes"]

NUMBERS_ARE_PAIN = "Notes that are just a number from 0 to 10 count as a rating of the back pain."
_HEADER = (b"time", b"seconds_elapsed", b"text")
_MOST_BYTES = 4 << 20
_MOST_TEXT = 2000
_RATING = re.compile(r"(\d{1,2}(?:[.,]\d+)?)(?:\s*/\s*10)?")
_HIGHEST = 10.0
_LOGGER = Device(model="Sensor Logger", kind="phone")


@dataclass(frozen=True, slots=True)
class Notes:
    """Where the notes stand.

    Attributes:
        member: The file.
        zone: IANA name of the zone in which it was recorded, if told.
        since_utc_ns: Notes before this moment are left out; None = take all.
    """

    member: Member
    zone: str | None = None
    since_utc_ns: int | None = None


def is_notes(source: Source, member: Member) -> bool:
    """Tell a table of notes by its header."""
    line = source.head(member, 400).splitlines()[:1]
    cells = line[0].removeprefix(b"\xef\xbb\xbf").split(b",") if line else []
    return tuple(cell.strip(b' "') for cell in cells[:3]) == _HEADER


def read_notes(source: Source, notes: Notes) -> Iterator[Entry | Left]:
    """Yield each note: a rating where it is just a number from 0 to 10, else free text."""
    with source.open(notes.member) as stream:
        data = stream.read(_MOST_BYTES)
        more = bool(stream.read(1))
        damage = "it is far longer than notes are" if more else stream.damage
    text = data.decode("utf-8-sig", "replace").replace("\0", "")
    bad = 0
    try:
        for row in csv.reader(io.StringIO(text, newline="")):
            if not row or row[0].strip() == "time":
                continue
            entry = _entry(row, notes)
            if entry is None:
                bad += 1
            elif notes.since_utc_ns is None or entry.end_utc_ns >= notes.since_utc_ns:
                yield entry
    except csv.Error:
        damage = damage or "a note in it is broken"
    if bad:
        yield Left(f"{bad} notes", "they had no readable time or no text")
    if damage:
        yield Left(f"the rest of {notes.member.path}", damage)


def _entry(row: list[str], notes: Notes) -> Entry | None:
    text = row[2].strip()[:_MOST_TEXT] if len(row) > 2 else ""
    start = start_of_epoch(float(row[0]) * 1e-9, notes.zone) if is_number(row[0]) else None
    if start is None or not text:
        return None
    match = _RATING.fullmatch(text)
    rating = float(match[1].replace(",", ".")) if match else None
    if rating is None or rating > _HIGHEST:
        return Entry("note", start, start.utc_ns, text=text, device=_LOGGER)
    return Entry("back_pain", start, start.utc_ns, rating=rating, text=text, device=_LOGGER)
