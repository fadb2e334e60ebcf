"""What the diary hands out besides the nouns of the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from evenstride.model.activity import Activity
from evenstride.model.checkup import Answer, Level

__all__ = [
    "ENTRY_KINDS",
    "Change",
    "Derived",
    "Entry",
    "EntryKind",
    "Erased",
    "Import",
    "KeptCheckUp",
    "KeptRecording",
    "Stream",
    "StreamKind",
    "Which",
]

EntryKind = Literal["questionnaire", "routine", "plan", "trial", "interview", "setting", "symptom"]
ENTRY_KINDS: tuple[EntryKind, ...] = get_args(EntryKind)
"""An "interview" is one that was left unfinished: of it the history keeps nothing.

A "symptom" was noted in another program and brought from there.
"""

StreamKind = Literal["motion", "track", "activity", "counted"]
"""A "counted" one is what phone and watch counted in the minutes of the walk, by no one's doing."""

Which = Literal["all", "measured", "rated"]
"""Every walk, those of which something was measured, or those of which some pain was rated."""


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
class Stream:
    """What one device or program has of a walk; a walk may have several.

    Attributes:
        id: The same for the same stream, from whatever file it is brought.
        outing: Id of the walk; None if the person removed it.
        kind: A recording of motion, a track, facts only, or what was counted all the same.
        activity: The facts.
        recording: SHA-256 of the kept file; None if it has facts only.
        format: Name of the file format it was brought from.
    """

    id: str
    outing: str | None
    kind: StreamKind
    activity: Activity
    recording: str | None
    format: str


@dataclass(frozen=True, slots=True)
class Import:
    """A file that was brought to its end.

    Attributes:
        sha256: Of its bytes.
        name: Of the file.
        at_utc_ns: When.
        document: What was asked for, and the account.
    """

    sha256: str
    name: str
    at_utc_ns: int
    document: Mapping[str, Any]


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
    """A document of another room, such as a plan, which the diary keeps as it is.

    Attributes:
        what: The kind.
        id: Its name among those of its kind.
        at_utc_ns: The moment it belongs to.
        document: Plain values.
    """

    what: EntryKind
    id: str
    at_utc_ns: int
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history.

    Attributes:
        number: Counts up from 1.
        at_utc_ns: When it was changed.
        who: Who changed it.
        what: The table, or the kind of the entry.
        id: Of the row.
        change: What was done.
        before: The row before, by column; None if there was none.
        after: The row afterwards; None if it was removed.
    """

    number: int
    at_utc_ns: int
    who: str
    what: str
    id: str
    change: Literal["added", "corrected", "removed"]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    def differences(self) -> dict[str, tuple[Any, Any]]:
        """Return what differs, as before and after by column; None where nothing was told."""
        before, after = self.before or {}, self.after or {}
        return {
            name: (before.get(name), after.get(name))
            for name in {**before, **after}
            if before.get(name) != after.get(name)
        }


@dataclass(frozen=True, slots=True)
class Erased:
    """What was removed, or would be: files by name, and their size."""

    files: tuple[str, ...]
    bytes: int
