"""Google Takeout: what a file is, told by its first bytes, as most names are localised."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from evenstride.importers.named_rows import head_rows
from evenstride.importers.source import Member, Source

__all__ = ["VALUES", "FileKind", "Found", "classify"]

FileKind: TypeAlias = Literal[
    "stream", "session", "quarters", "days", "tcx", "values", "twin", "places", "exercises", "logs"
]

VALUES: dict[str, tuple[str, float]] = {
    "steps": ("steps", 1.0),
    "distance": ("distance_m", 1.0),
    "beats per minute": ("heart_rate_bpm", 1.0),
    "weight grams": ("mass_kg", 1e-3),
    "height millimeters": ("height_m", 1e-3),
}
"""Second column of Fitbit's tables of values -> metric and factor to SI."""

_LOOK_BYTES = 4096
_STREAM = re.compile(rb'"Data Source"\s*:\s*"([^"]*)"|"dataTypeName"\s*:\s*"([^"]*)"')
_QUARTER = re.compile(r"\d{2}:\d{2}:\d{2}(?:\.\d+)?[+-]\d{2}:?\d{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TWINS = ("steps", "distance")


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a kind that is known.

    Attributes:
        member: The file.
        kind: ``stream``, ``session``, ``quarters``, ``days`` and ``tcx`` are of Fit, the others of
            Fitbit, which is called Google Health now.
        detail: The data source of a stream, or the metric of values.
    """

    member: Member
    kind: FileKind
    detail: str = ""


def classify(source: Source, member: Member) -> Found | None:
    """Return what a file is, or None if it is nothing of Fit or Fitbit."""
    head = source.head(member, _LOOK_BYTES)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "replace").encode()
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")):
        return _json(member, head, start)
    if b"<TrainingCenterDatabase" in head:
        return Found(member, "tcx")
    return _table(member, head)


def _json(member: Member, head: bytes, start: bytes) -> Found | None:
    if b'"Data Points"' in head or b'"Data Source"' in head:
        match = _STREAM.search(head)
        detail = (match[1] or match[2] or b"") if match else b""
        return Found(member, "stream", detail.decode("utf-8", "replace"))
    if b'"fitnessActivity"' in head and b'"startTime"' in head:
        return Found(member, "session")
    if b'"logId"' in head and b'"activityName"' in head:
        return Found(member, "logs")
    if start.startswith(b"[") and b'"dateTime"' in head and b'"value"' in head:
        # Nothing in the file says what is counted; the start of its name does, in any language.
        metric = next((name for name in _TWINS if member.stem.startswith(name + "-")), "")
        return Found(member, "twin", metric)
    return None


def _table(member: Member, head: bytes) -> Found | None:
    rows = head_rows(head)
    if not rows:
        return None
    names = [cell.strip().lower() for cell in rows[0]]
    if "exercise_id" in names and "exercise_start" in names:
        return Found(member, "exercises")
    if names[0] == "timestamp" and {"latitude", "longitude"} <= set(names):
        return Found(member, "places")
    if names[0] == "timestamp" and len(names) in (2, 3) and names[1] in VALUES:
        # A value a day under the same names; other tables that repeat the steps are longer.
        daily = "resting" in member.stem or member.stem.startswith("daily")
        sourced = names[2:] in ([], ["data source"])
        return Found(member, "values", names[1]) if sourced and not daily else None
    first = rows[1] if len(rows) > 1 else []
    if len(first) > 2 and _QUARTER.fullmatch(first[0]) and _QUARTER.fullmatch(first[1]):
        return Found(member, "quarters")
    if len(first) > 2 and _DAY.fullmatch(first[0]) and "(kcal)" in rows[0][2] + rows[0][1]:
        return Found(member, "days")
    return None
