"""A recording comes back byte for byte, or the diary says what became of it."""

import gzip
import hashlib
import os
import time

import pytest

from evenstride.diary import Diary, back_up, encrypt, restore
from evenstride.diary.keys import COST
from evenstride.errors import DiaryError

CONTENT = b"time,x\n" * 40_000
PASSPHRASE = "one two"  # noqa: S105 - of a diary made for the test


@pytest.fixture(params=["plain", "encrypted"])
def diary(request, tmp_path, monkeypatch):
    """Return a diary with one recording."""
    monkeypatch.setitem(COST, "n", 2)
    (tmp_path / "walk.csv").write_bytes(CONTENT)
    passphrase = PASSPHRASE if request.param == "encrypted" else None
    with Diary.open(tmp_path / "home"):
        pass
    if passphrase:
        encrypt(tmp_path / "home", passphrase)
    with Diary.open(tmp_path / "home", passphrase=passphrase) as opened:
        opened.keep_recording(tmp_path / "walk.csv", "csv")
        yield opened


def cut(path):
    """Cut a file short."""
    path.write_bytes(path.read_bytes()[:-40])


def swap(path):
    """Swap two pieces in the middle of a file."""
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 20], content[middle + 20 : middle + 40] = (
        content[middle + 20 : middle + 40],
        content[middle : middle + 20],
    )
    path.write_bytes(content)


def replace(path):
    """Put a whole file of other content in its place."""
    path.write_bytes(gzip.compress(b"other"))


def empty(path):
    """Leave nothing in it."""
    path.write_bytes(b"")


def remove(path):
    """Remove it."""
    path.unlink()


HARMS = pytest.mark.parametrize("harm", [cut, swap, replace, empty, remove])


def test_a_recording_comes_back_and_is_kept_once(diary, tmp_path):
    """The same content under another name is the same recording."""
    (kept,) = diary.recordings()
    (tmp_path / "twin.csv").write_bytes(CONTENT)

    assert kept == diary.keep_recording(tmp_path / "twin.csv")
    assert hashlib.sha256(CONTENT).hexdigest() == kept.sha256
    with diary.open_recording(kept.sha256) as file:
        assert CONTENT == file.read()
        file.seek(7000)
        assert CONTENT[7000:7100] == file.read(100)
    assert [kept.path] == list((diary.home / "recordings").iterdir())


@HARMS
def test_a_harmed_recording_is_said_and_put_right_by_its_original(diary, tmp_path, harm):
    """It is never handed out as if it were whole; importing the original again repairs it."""
    (kept,) = diary.recordings()
    harm(kept.path)

    with pytest.raises(DiaryError, match=r"“walk\.csv” (is|was|cannot)") as told:
        diary.open_recording(kept.sha256)

    assert "Import the original" in told.value.hint
    diary.keep_recording(tmp_path / "walk.csv")
    with diary.open_recording(kept.sha256) as file:
        assert CONTENT == file.read()


@HARMS
def test_a_backup_with_a_harmed_recording_is_refused_unless_it_is_wanted(diary, tmp_path, harm):
    """Nothing is replaced by it; but who has nothing better can restore all the rest."""
    (kept,) = diary.recordings()
    passphrase = PASSPHRASE if diary.key else None
    backup, fresh = back_up(diary, tmp_path / "copy"), tmp_path / "fresh"
    harm(backup / "recordings" / kept.path.name)

    with pytest.raises(DiaryError, match=r"walk\.csv\. Nothing was changed"):
        restore(backup, fresh, passphrase)
    assert not (fresh / "diary.sqlite").exists()

    restore(backup, fresh, passphrase, without_damaged=True)
    with Diary.open(fresh, passphrase=passphrase) as again:
        assert [kept.sha256] == [one.sha256 for one in again.recordings()]


def test_a_harmed_recording_is_put_right_by_a_backup(diary, tmp_path):
    """A restore brings back what was lost from the folder of recordings."""
    (kept,) = diary.recordings()
    passphrase = PASSPHRASE if diary.key else None
    backup = back_up(diary, tmp_path / "copy")
    diary.close()
    cut(kept.path)

    restore(backup, diary.home, passphrase)

    with Diary.open(diary.home, passphrase=passphrase) as again:
        assert CONTENT == again.open_recording(kept.sha256).read()


def test_what_a_killed_program_left_is_cleared_after_a_day(diary, tmp_path):
    """Old leftovers go, beside a backup too; those of today stay: another may be writing them."""
    folders = [diary.home, diary.home / "recordings", tmp_path / "elsewhere"]
    old, new = ([], [])
    for folder in folders:
        folder.mkdir(exist_ok=True)
        for parts, name in ((old, "old"), (new, "new")):
            part = folder / f".evenstride-{name}.part"
            part.mkdir()
            (part / "diary.sqlite").touch()
            parts.append(part)
    for part in old:
        os.utime(part, (time.time() - 90_000,) * 2)

    passphrase = PASSPHRASE if diary.key else None
    with Diary.open(diary.home, passphrase=passphrase) as again:
        back_up(again, tmp_path / "elsewhere" / "copy")

    assert not any(part.exists() for part in old)
    assert all(part.exists() for part in new)
