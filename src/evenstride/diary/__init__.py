"""The person's own data at rest (SQLite): storage and nothing else."""

from evenstride.diary.copies import back_up, erase, export, restore
from evenstride.diary.diary import Diary
from evenstride.diary.nouns import (
    Change,
    Derived,
    Entry,
    EntryKind,
    Erased,
    KeptCheckUp,
    KeptRecording,
)

__all__ = [
    "Change",
    "Derived",
    "Diary",
    "Entry",
    "EntryKind",
    "Erased",
    "KeptCheckUp",
    "KeptRecording",
    "back_up",
    "erase",
    "export",
    "restore",
]
