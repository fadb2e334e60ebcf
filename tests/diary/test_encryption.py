"""An encrypted diary opens with its passphrase and with nothing else."""

# ruff: noqa: S105, S106 - the passphrases are of diaries made for the tests

import builtins
import io
import sqlite3
from contextlib import closing

import pytest

from evenstride.diary import (
    Diary,
    back_up,
    change_passphrase,
    decrypt,
    encrypt,
    erase,
    is_encrypted,
    restore,
)
from evenstride.diary.encryption import mark
from evenstride.diary.keys import COST, Key, new_key
from evenstride.diary.sealed import Sealer, Unsealed
from evenstride.errors import DiaryError, MissingExtra
from evenstride.model import Outing

from .earlier import make_earlier

SECRET = "Nobody else may read this."
PASSPHRASE = "one two"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """Make guessing cheap, as the tests try many passphrases."""
    monkeypatch.setitem(COST, "n", 2)


@pytest.fixture
def home(tmp_path):
    """Return the folder of an encrypted diary that was plain before, and had a copy in it."""
    (tmp_path / "walk.csv").write_text(SECRET * 100, encoding="utf-8")
    with Diary.open(tmp_path / "home") as diary:
        diary.add_outing(Outing("w", 10**18, note=SECRET))
        diary.keep_recording(tmp_path / "walk.csv")
        back_up(diary, tmp_path / "plain")
    restore(tmp_path / "plain", tmp_path / "home")
    assert () == encrypt(tmp_path / "home", PASSPHRASE)
    return tmp_path / "home"


def test_no_file_tells_what_was_written(home):
    """Neither the words nor a plain SQLite or gzip file are anywhere in the folder."""
    with Diary.open(home, passphrase=PASSPHRASE) as diary:
        diary.add_outing(Outing("later", 10**18, note=SECRET))
        contents = [path.read_bytes() for path in home.rglob("*") if path.is_file()]

    assert 6 == len(contents)  # the diary with two side files, its key, a copy, a recording
    for content in contents:
        assert SECRET.encode() not in content
        assert not content.startswith((b"SQLite format 3", b"\x1f\x8b"))
        assert b"CREATE TABLE" not in content


def test_everything_is_there_with_the_passphrase(home):
    """Rows and recordings come back, and a letter may be typed in another way."""
    change_passphrase(home, PASSPHRASE, "caf\u00e9")

    with Diary.open(home, passphrase="cafe\u0301") as diary:
        assert SECRET == diary.outing("w").note
        with diary.open_recording(diary.recordings()[0].sha256) as file:
            assert (SECRET * 100).encode() == file.read()


def test_a_wrong_or_missing_passphrase_is_said_plainly(home):
    """It says that a forgotten passphrase is lost for good."""
    assert is_encrypted(home)
    with pytest.raises(DiaryError, match="is encrypted"):
        Diary.open(home)
    with pytest.raises(DiaryError, match="not the passphrase") as told:
        Diary.open(home, passphrase="one  two")
    assert "Nobody can bring back" in told.value.hint


def test_a_plain_diary_takes_no_passphrase(tmp_path):
    """Nobody may believe that a plain diary is encrypted; nor is an empty passphrase one."""
    with pytest.raises(DiaryError, match="not encrypted"):
        Diary.open(tmp_path, passphrase=PASSPHRASE)
    with Diary.open(tmp_path):
        pass
    with pytest.raises(DiaryError, match="not encrypted"):
        decrypt(tmp_path, PASSPHRASE)
    with pytest.raises(DiaryError, match="is empty"):
        encrypt(tmp_path, " ")
    with Diary.open(tmp_path):
        assert not is_encrypted(tmp_path)
        assert [] == list(tmp_path.glob("key-*"))


def test_a_changed_passphrase_replaces_the_old_one(home):
    """Only the new one opens it; a backup from before keeps the old one."""
    with Diary.open(home, passphrase=PASSPHRASE) as diary:
        back_up(diary, home.with_name("before"))
    change_passphrase(home, PASSPHRASE, "three")

    with pytest.raises(DiaryError, match="not the passphrase"):
        Diary.open(home, passphrase=PASSPHRASE)
    with Diary.open(home, passphrase="three") as diary:
        diary.remove_outing("w")
    restore(home.with_name("before"), home, PASSPHRASE)
    with Diary.open(home, passphrase=PASSPHRASE) as diary:
        assert SECRET == diary.outing("w").note


def test_a_backup_stays_encrypted(home):
    """It is restored with the passphrase into any folder, and refused without it."""
    with Diary.open(home, passphrase=PASSPHRASE) as diary:
        copy = back_up(diary, home.with_name("copy"))
    assert not any(SECRET.encode() in path.read_bytes() for path in copy.rglob("*.*"))
    erase(home)

    with pytest.raises(DiaryError, match="is encrypted"):
        restore(copy, home)
    restore(copy, home, PASSPHRASE)

    with Diary.open(home, passphrase=PASSPHRASE) as diary:
        assert SECRET == diary.outing("w").note
        assert SECRET.encode() in diary.open_recording(diary.recordings()[0].sha256).read()


def test_an_encrypted_backup_makes_the_plain_diary_it_replaces_encrypted_too(home):
    """What was set aside does not stay readable to everyone."""
    with Diary.open(home, passphrase=PASSPHRASE) as diary:
        copy = back_up(diary, home.with_name("copy"))
    erase(home)
    restore(home.with_name("plain"), home)

    aside = restore(copy, home, PASSPHRASE)

    assert is_encrypted(aside)
    assert [] == list(home.rglob("*.gz"))


def test_decrypting_gives_the_plain_diary_again(home):
    """Any SQLite tool opens it, with the old copy in the folder, and no key stays behind."""
    assert () == decrypt(home, PASSPHRASE)

    assert not is_encrypted(home)
    assert [] == [*home.glob("key-*"), *home.rglob("*.sealed")]
    for path in home.rglob("*.sqlite"):
        with closing(sqlite3.connect(path)) as plain:
            assert [(SECRET,)] == plain.execute("SELECT note FROM outings").fetchall()
    with Diary.open(home) as diary:
        assert SECRET.encode() in diary.open_recording(diary.recordings()[0].sha256).read()


def test_a_forgotten_passphrase_does_not_stop_a_restore(home):
    """A plain backup takes the place; the encrypted diary is kept, with its key."""
    aside = restore(home.with_name("plain"), home)

    with Diary.open(home) as diary:
        assert SECRET == diary.outing("w").note
    restore(aside, home, PASSPHRASE)
    with Diary.open(home, passphrase=PASSPHRASE) as diary:
        assert SECRET == diary.outing("w").note


def test_a_damaged_copy_does_not_stop_encryption_and_is_named(home):
    """Who encrypts is told what could not be."""
    decrypt(home, PASSPHRASE)
    harmed = home / "backups" / "version-1-1.sqlite"
    harmed.write_bytes(b"SQLite format 3\0" + b"harm" * 999)

    assert (harmed,) == encrypt(home, PASSPHRASE)


def test_what_cannot_be_sealed_does_not_keep_the_diary_from_opening(home):
    """It is tried again at every opening, until it can be."""
    with Diary.open(home, passphrase=PASSPHRASE) as diary:
        mark(home, diary.key)
    stuck = home / "recordings" / f"{'a' * 64}.gz"
    stuck.mkdir()

    with Diary.open(home, passphrase=PASSPHRASE) as diary:
        assert SECRET == diary.outing("w").note
    stuck.rmdir()
    stuck.write_bytes(b"plain")
    with Diary.open(home, passphrase=PASSPHRASE):
        assert not stuck.exists()


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [(lambda path: path.unlink(), "is missing"), (lambda path: path.write_text("{}"), "damaged")],
)
def test_a_harmed_key_file_is_said(home, harm, sentence):
    """The message names the file to take out of a backup."""
    (path,) = home.glob("key-*.json")
    harm(path)

    with pytest.raises(DiaryError, match=f"{path.name}.*{sentence}") as told:
        Diary.open(home, passphrase=PASSPHRASE)
    assert "backup" in told.value.hint


def test_without_the_extra_the_install_line_is_named(home, monkeypatch):
    """Whoever lacks a library is told what to install; nothing is harmed."""
    real = builtins.__import__

    def without(name, *given):
        if name.startswith(("sqlcipher3", "cryptography")):
            raise ImportError(name)
        return real(name, *given)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"pip install 'evenstride\[encrypted\]'"):
        Diary.open(home, passphrase=PASSPHRASE)
    monkeypatch.undo()


def test_an_open_diary_is_not_converted(home):
    """Encryption, like a restore, waits until no program has the diary open."""
    with (
        Diary.open(home, passphrase=PASSPHRASE),
        pytest.raises(DiaryError, match="has the diary open"),
    ):
        decrypt(home, PASSPHRASE)


def test_an_earlier_version_is_encrypted_as_the_newest(tmp_path):
    """It is brought up to date first, and the copy from before is encrypted as well."""
    make_earlier(tmp_path / "home", 1)

    encrypt(tmp_path / "home", PASSPHRASE)

    (copy,) = (tmp_path / "home" / "backups").glob("version-1-*")
    assert is_encrypted(copy)
    with Diary.open(tmp_path / "home", passphrase=PASSPHRASE) as diary:
        assert ["w"] == [walk.id for walk in diary.outings()]


def sealed(tmp_path, content, key):
    """Seal a content in pieces of odd sizes."""
    with (tmp_path / "file").open("wb") as file:
        sealer = Sealer(file, key)
        for start in range(0, len(content), 30_001):
            sealer.write(content[start : start + 30_001])
        sealer.finish()
    return tmp_path / "file"


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])
def test_a_sealed_file_is_read_from_any_place(tmp_path, size):
    """All of it comes back, at the edges of chunks too."""
    content, key = bytes(range(256)) * (size // 256) + b"x" * (size % 256), new_key()

    with io.BufferedReader(Unsealed(sealed(tmp_path, content, key), key)) as file:
        assert content == file.read()
        assert b"" == file.read(1)
        assert size == file.seek(0, io.SEEK_END)
        for place in (0, size // 2, max(0, size - 3)):
            file.seek(place)
            assert content[place : place + 70_000] == file.read(70_000)


@pytest.mark.parametrize("change", ["cut chunk", "cut byte", "swap", "flip", "add", "key"])
def test_a_sealed_file_shows_every_change(tmp_path, change):
    """Chunks can be neither cut off, nor swapped, nor changed, nor added."""
    key = new_key()
    path = sealed(tmp_path, bytes(200_000), key)
    content, chunk = path.read_bytes(), 65_536 + 16
    head, first, second = (
        content[:48],
        content[48 : 48 + chunk],
        content[48 + chunk : 48 + 2 * chunk],
    )
    path.write_bytes(
        {
            "cut chunk": head + first + second,
            "cut byte": content[:-1],
            "swap": head + second + first + content[48 + 2 * chunk :],
            "flip": content[:70_000] + bytes([content[70_000] ^ 1]) + content[70_001:],
            "add": content + bytes(chunk),
            "key": content,
        }[change]
    )
    given = Key(key.id, bytes(32)) if change == "key" else key

    with pytest.raises(OSError, match="changed or cut"), Unsealed(path, given) as file:
        file.readall()
