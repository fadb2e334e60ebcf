"""The person's own data at rest (SQLite): storage and nothing else."""

from evenstride.diary.copies import back_up, restore
from evenstride.diary.diary import Diary
from evenstride.diary.encryption import change_passphrase, decrypt, encrypt
from evenstride.diary.export import export
from evenstride.diary.keys import is_encrypted
from evenstride.diary.looks import LOOKS
from evenstride.diary.nouns import (
    Change,
    Derived,
    Entry,
    EntryKind,
    Erased,
    Import,
    KeptCheckUp,
    KeptRecording,
    Stream,
    StreamKind,
    Which,
)
from evenstride.diary.place import INCOMING, home_of
from evenstride.diary.remembered import REMEMBERED
from evenstride.diary.removal import erase, to_erase

__all__ = [
    "INCOMING",
    "LOOKS",
    "REMEMBERED",
    "Change",
    "Derived",
    "Diary",
    "Entry",
    "EntryKind",
    "Erased",
    "Import",
    "KeptCheckUp",
    "KeptRecording",
    "Stream",
    "StreamKind",
    "Which",
    "back_up",
    "change_passphrase",
    "decrypt",
    "encrypt",
    "erase",
    "export",
    "home_of",
    "is_encrypted",
    "restore",
    "to_erase",
]
