"""The key of an encrypted diary: random, and wrapped by the passphrase.

One random key of 256 bits encrypts everything. It lies in the folder of the diary, itself encrypted
(AES-256-GCM) under what scrypt (RFC 7914) makes of the passphrase. So a new passphrase rewrites one
small file, and without any passphrase there is no way in.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from evenstride.diary.files import write_file
from evenstride.diary.place import DIARY
from evenstride.errors import DiaryError, MissingExtra

__all__ = [
    "Key",
    "aes_gcm",
    "id_of",
    "is_encrypted",
    "key_path",
    "key_path_of",
    "new_key",
    "unlocked",
    "write_key",
]

COST = {"n": 2**17, "r": 8, "p": 1}
"""Of scrypt: 128 MB and some tenths of a second for each guess."""

_MOST_MEMORY_BYTES = 2**30  # more is asked for by a damaged or hostile key file only
_PLAIN = b"SQLite format 3\0"
_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Key:
    """The key of a diary.

    Attributes:
        id: 16 random bytes, which every database under this key begins with.
        secret: 32 random bytes, never used as they are.
    """

    id: bytes
    secret: bytes = field(repr=False)

    def for_use(self, purpose: bytes) -> bytes:
        """Return 32 bytes for one purpose, which tell nothing of those for another."""
        return hmac.digest(self.secret, purpose, "sha256")

    def for_database(self) -> str:
        """Return key and salt as SQLCipher takes them, in hexadecimal digits."""
        return f"x'{self.for_use(b'database').hex()}{self.id.hex()}'"


def new_key() -> Key:
    """Return a new random key."""
    return Key(secrets.token_bytes(_ID_BYTES), secrets.token_bytes(32))


def id_of(database: Path) -> bytes | None:
    """Return the id of the key that a database is under; None if it is plain or not there."""
    try:
        with database.open("rb") as file:
            start = file.read(_ID_BYTES)
    except FileNotFoundError:
        return None
    return None if start == _PLAIN or len(start) < _ID_BYTES else start


def key_path(folder: Path, id: bytes) -> Path:  # noqa: A002
    """Return where the wrapped key is kept."""
    return folder / f"key-{id.hex()}.json"


def is_encrypted(place: Path) -> bool:
    """Tell whether a diary or backup asks for a passphrase.

    Args:
        place: The folder of a diary, a backup, or one file out of ``backups``.
    """
    database = place / DIARY if place.is_dir() else place
    id = id_of(database)  # noqa: A001
    return id is not None and key_path_of(database, id) is not None


def key_path_of(database: Path, id: bytes) -> Path | None:  # noqa: A002
    """Return where the wrapped key of a database is: beside it, or above ``backups``."""
    places = (key_path(folder, id) for folder in list(database.absolute().parents)[:3])
    return next((path for path in places if path.exists()), None)


def unlocked(database: Path, passphrase: str | None) -> Key | None:
    """Return the key of a database; None if it is plain.

    Raises:
        DiaryError: If the passphrase is missing, wrong, or given for a plain diary, or the key file
            is damaged.
        MissingExtra: If what encryption needs is not installed.
    """
    id = id_of(database)  # noqa: A001
    path = key_path_of(database, id) if id else None
    if path is None:
        if passphrase is None:
            return None  # a file that is neither plain nor under a known key shows as damaged
        if id is None:
            raise DiaryError("This diary is not encrypted.", "Open it without a passphrase.")
        raise DiaryError(
            f"The key file “{key_path(database.parent, id)}” is missing.",
            "Copy it out of a backup: without it nobody can open the diary.",
        )
    if passphrase is None:
        raise DiaryError("This diary is encrypted.", "Give its passphrase.")
    return _unwrapped(path, passphrase)


def write_key(folder: Path, key: Key, passphrase: str) -> None:
    """Wrap the key under a passphrase, in the place of an earlier one.

    Raises:
        DiaryError: If the passphrase is empty.
    """
    if not passphrase.strip():
        raise DiaryError("The passphrase is empty.", "Choose a few words that you can remember.")
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    document = {
        "schema": "evenstride/key/1",
        "scrypt": COST | {"salt": salt.hex()},
        "nonce": nonce.hex(),
        "wrapped": aes_gcm(_stretched(passphrase, salt, **COST))
        .encrypt(nonce, key.secret, key.id)
        .hex(),
    }
    write_file(key_path(folder, key.id), json.dumps(document, indent=1).encode())


def aes_gcm(key: bytes) -> Any:
    """Return the cipher under a key.

    Raises:
        MissingExtra: If the library is not installed.
    """
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ImportError as error:
        raise MissingExtra("Encrypted diaries", "encrypted") from error
    return AESGCM(key)


def _unwrapped(path: Path, passphrase: str) -> Key:
    id = bytes.fromhex(path.stem.removeprefix("key-"))  # noqa: A001
    try:
        document = json.loads(path.read_bytes())
        scrypt = document["scrypt"]
        salt, cost = bytes.fromhex(scrypt["salt"]), {name: int(scrypt[name]) for name in COST}
        nonce, wrapped = bytes.fromhex(document["nonce"]), bytes.fromhex(document["wrapped"])
        cipher = aes_gcm(_stretched(passphrase, salt, **cost))
    except (ValueError, KeyError, TypeError) as error:
        raise DiaryError(
            f"The key file “{path}” is damaged.", "Take the file of the same name out of a backup."
        ) from error
    from cryptography.exceptions import InvalidTag

    try:
        return Key(id, cipher.decrypt(nonce, wrapped, id))
    except InvalidTag as error:
        raise DiaryError(
            "This is not the passphrase of the diary.",
            "Try again. Nobody can bring back a passphrase that was forgotten, "
            "nor open the diary without it.",
        ) from error


@lru_cache(maxsize=2)  # it takes long on purpose: a server opens the diary for each page
def _stretched(passphrase: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    # The same letters may be typed in more than one way.
    letters = unicodedata.normalize("NFKC", passphrase).encode()
    return hashlib.scrypt(letters, salt=salt, n=n, r=r, p=p, maxmem=_MOST_MEMORY_BYTES, dklen=32)
