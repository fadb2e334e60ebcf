"""What goes wrong with a disk or a file is said in a sentence of its own, and nothing is lost."""

import errno
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from evenstride.diary import Diary, back_up, restore
from evenstride.diary.trouble import explaining
from evenstride.errors import DiaryError
from evenstride.model import Outing

WRITERS = Path(__file__).with_name("writers.py")


def started(home, what):
    """Start a writer in a process of its own."""
    return subprocess.Popen(
        [sys.executable, str(WRITERS), str(home), what], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "disk is full"),
        (errno.EFBIG, "may not grow"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "may not be written"),
        (errno.EIO, "did not take"),
        (errno.ENOENT, "is not there"),
        (errno.ENAMETOOLONG, "File name too long"),
    ],
)
def test_every_trouble_of_a_disk_has_its_own_sentence(tmp_path, number, sentence):
    """What the system says is told as what it is."""
    with pytest.raises(DiaryError, match=sentence), explaining(tmp_path):
        raise OSError(number, os.strerror(number))


def test_a_full_database_is_said_as_full(tmp_path):
    """SQLite's own word for a full disk is told as such, and what was kept before is there."""
    with Diary.open(tmp_path) as diary:
        diary.add_outing(Outing("w", 10**18))
        diary.tables.execute("PRAGMA max_page_count = 1")  # of a file that is larger: no page more
        with pytest.raises(DiaryError, match="disk is full"):
            diary.add_outing(Outing("x", 10**18, note="x" * 1_000_000))

        assert ["w"] == [walk.id for walk in diary.outings()]


def test_a_limit_is_said_and_nothing_is_lost(tmp_path):
    """What was confirmed before files could not grow is there, and no half file stays."""
    with Diary.open(tmp_path):
        pass
    (tmp_path / "big.bin").write_bytes(os.urandom(1_000_000))

    with started(tmp_path, "fill") as writer:
        told, _ = writer.communicate()

    assert 0 == writer.returncode
    *walks, first, second = told.splitlines()
    assert "did not take" in first
    assert "may not grow" in second
    assert [] == list((tmp_path / "recordings").iterdir())
    with Diary.open(tmp_path) as diary:
        assert set(walks) == {walk.id for walk in diary.outings()}


def test_two_programs_at_once_lose_nothing(tmp_path):
    """Two programs may open a new diary and write at the same time."""
    with started(tmp_path / "home", "a") as one, started(tmp_path / "home", "b") as other:
        one.communicate()
        other.communicate()

    assert [0, 0] == [one.returncode, other.returncode]
    with Diary.open(tmp_path / "home") as diary:
        assert 200 == len(diary.outings())


def test_a_writer_that_does_not_end_is_said(tmp_path, monkeypatch):
    """A diary that stays locked is told to be busy."""
    monkeypatch.setattr("evenstride.diary.database.WAIT_S", 0.0)
    with (
        Diary.open(tmp_path) as diary,
        closing(sqlite3.connect(tmp_path / "diary.sqlite")) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DiaryError, match="Another program"):
            diary.add_outing(Outing("w", 10**18))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_closed_folder_is_said(tmp_path):
    """A diary that may not be written says so."""
    with Diary.open(tmp_path):
        pass
    (tmp_path / "diary.sqlite").chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(DiaryError, match="may not be written"):
            Diary.open(tmp_path)
    finally:
        tmp_path.chmod(stat.S_IRWXU)


@pytest.mark.parametrize("harm", ["cut", "flip", "text"])
def test_a_damaged_diary_is_left_and_the_last_whole_copy_is_named(tmp_path, harm):
    """The damaged file stays as it is; the copy named is not the newest, which is damaged too."""
    home = tmp_path / "home"
    with Diary.open(home) as diary:
        for number in range(100):
            diary.add_outing(Outing(f"w{number}", 10**18, note="x" * 500))
        back_up(diary, tmp_path / "copy")
    aside = restore(tmp_path / "copy", home)
    (home / "backups" / "version-1-2.sqlite").write_bytes(b"harm" * 999)
    content = bytearray((home / "diary.sqlite").read_bytes())
    if harm == "cut":
        content = content[: len(content) // 2]
    elif harm == "flip":
        content[4096 * 8 : 4096 * 12] = bytes(4096 * 4)
    else:
        content = bytearray(b"not a database " * 500)
    (home / "diary.sqlite").write_bytes(content)
    os.utime(aside / "diary.sqlite", (0, 0))  # the damaged one is newer

    with pytest.raises(DiaryError, match="damaged") as told:
        Diary.open(home)

    assert bytes(content) == (home / "diary.sqlite").read_bytes()
    assert f"“{aside}”" in told.value.hint
