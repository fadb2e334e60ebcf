"""What the diary hands out besides the nouns of the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from evenstride.model.checkup import Answer, Level

__all__ = ["Change", "Derived", "Entry", "EntryKind", "Erased", "KeptCheckUp", "KeptRecording"]

EntryKind = Literal["questionnaire", "routine", "plan", "trial"]


@dataclass(frozen=True, slots=True)
class KeptRecording:
    """A recording in the diary; the file is compressed and never changed.

    Attributes:
        sha256: Of the original bytes; its name in the diary.
        name: Of the original file.
        bytes: Size of the original file.
        format: Name of the file format; empty if not told.
        added_utc_ns: When it was kept.
        path: The compressed file.
    """

    sha256: str
    name: str
    bytes: int
    format: str
    added_utc_ns: int
    path: Path


@dataclass(frozen=True, slots=True)
class Derived:
    """What one version of the engine found in one recording."""

    recording: str
    engine: str
    made_utc_ns: int
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeptCheckUp:
    """A check-up as it was done; with the same knowledge, the answers give it again."""

    id: str
    at_utc_ns: int
    knowledge_version: str
    knowledge_hash: str
    level: Level
    complete: bool
    may_exercise: bool
    answers: Mapping[str, Answer]
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of another room: a questionnaire, a routine done, a plan or a trial."""

    what: EntryKind
    id: str
    at_utc_ns: int
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history; ``before`` and ``after`` are None where there was nothing."""

    number: int
    at_utc_ns: int
    who: str
    what: str
    id: str
    change: Literal["added", "corrected", "removed"]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Erased:
    """What was removed: files by name, and their size."""

    files: tuple[str, ...]
    bytes: int
