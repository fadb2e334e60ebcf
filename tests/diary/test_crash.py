"""Killed with SIGKILL at any step of anything, the diary loses nothing that was confirmed."""

import os
import shutil
import signal
from contextlib import suppress

import numpy as np
import pytest

from evenstride.diary import (
    Diary,
    back_up,
    change_passphrase,
    decrypt,
    encrypt,
    erase,
    export,
    is_encrypted,
    keys,
    restore,
)
from evenstride.diary.schema import TABLES
from evenstride.errors import DiaryError
from evenstride.model import Outing

from .crash import killed_at
from .earlier import make_earlier
from .test_brought import BEGUN, HOUR, everything, series, stream

CONTENT = b"1,2\n" * 500
START = 10**18
PASSPHRASE = "one two"  # noqa: S105 - of a diary made for the test


class Entering:
    """A new diary is opened, and written to."""

    def prepare(self, home):
        """Leave a file to import."""
        home.with_name("walk.csv").write_bytes(CONTENT)

    def act(self, home, confirm):
        """Add, correct and remove, and confirm each."""
        with Diary.open(home) as diary:
            for name in ("a", "b"):
                diary.add_outing(Outing(name, START))
                confirm(name)
            diary.keep_recording(home.with_name("walk.csv"))
            confirm("recording")
            diary.rate("a", "back", "worst", 7)
            confirm("rated")
            diary.remove_outing("b")
            confirm("removed")

    def check(self, home, confirmed):
        """Everything confirmed is there, and nothing is half done."""
        with Diary.open(home) as diary:
            walks = {walk.id: walk for walk in diary.outings()}
            assert "a" in walks or "a" not in confirmed
            assert "b" in walks or "b" not in confirmed or "rated" in confirmed
            assert "b" not in walks or "removed" not in confirmed
            assert "rated" not in confirmed or 7 == walks["a"].back.worst
            assert "recording" not in confirmed or 1 == len(diary.recordings())
            now = {change.id: change.after for change in diary.history("outings")}
            assert set(walks) == {name for name, after in now.items() if after is not None}
            readable(diary)


class Bringing:
    """What a phone counted is brought, and again with more of it."""

    def prepare(self, home):
        """Leave a walk that the stream belongs to."""
        with Diary.open(home) as diary:
            diary.add_outing(Outing("w", BEGUN))

    def act(self, home, confirm):
        """Bring, and confirm each."""
        with Diary.open(home) as diary:
            diary.keep_series(series(BEGUN + HOUR * np.arange(1000)))
            confirm("some")
            diary.keep_series(series(BEGUN + HOUR * np.arange(2000)))
            confirm("more")
            diary.keep_stream(stream())
            confirm("stream")

    def check(self, home, confirmed):
        """A series is there whole, as before or as after."""
        with Diary.open(home) as diary:
            found = len(everything(diary))
            assert found in ({2000} if "more" in confirmed else {0, 1000, 2000})
            assert found >= 1000 or "some" not in confirmed
            assert diary.stream("s") == stream() or "stream" not in confirmed


class WithARecording:
    """A diary that holds the walk "now", and a recording."""

    def prepare(self, home):
        """Make it."""
        source = home.with_name("walk.csv")
        source.write_bytes(CONTENT)
        with Diary.open(home) as diary:
            diary.add_outing(Outing("now", START))
            diary.keep_recording(source)


class BackingUp(WithARecording):
    """A backup is made."""

    def act(self, home, confirm):
        """Back up."""
        with Diary.open(home) as diary:
            back_up(diary, home.with_name("copy"))
        confirm("done")

    def check(self, home, confirmed):
        """The backup is whole or not there."""
        assert ["now"] == walks_of(home)
        copy = home.with_name("copy")
        assert copy.exists() or not confirmed
        if copy.exists():
            shutil.rmtree(home)
            restore(copy, home)
            assert ["now"] == walks_of(home)


class Exporting(WithARecording):
    """An export is made."""

    def act(self, home, confirm):
        """Export."""
        with Diary.open(home) as diary:
            export(diary, home.with_name("out"))
        confirm("done")

    def check(self, home, confirmed):
        """The export is whole or not there."""
        assert ["now"] == walks_of(home)
        out = home.with_name("out")
        assert out.exists() or not confirmed
        assert not out.exists() or len(TABLES) + 1 == len(list(out.iterdir()))


class Restoring(WithARecording):
    """An earlier backup is put in the place of a diary."""

    def prepare(self, home):
        """Make a backup with the walk "then" only; what came last stands in the write-ahead log."""
        with Diary.open(home) as diary:
            diary.add_outing(Outing("then", START))
            back_up(diary, home.with_name("copy"))
            diary.remove_outing("then")

        def unclean(_):
            super(Restoring, self).prepare(home)
            open_again = Diary.open(home)
            open_again.rate("now", "back", "worst", 3)
            os.kill(os.getpid(), signal.SIGKILL)

        killed_at(0, unclean)
        assert (home / "diary.sqlite-wal").exists()

    def act(self, home, confirm):
        """Restore."""
        restore(home.with_name("copy"), home)
        confirm("done")

    def check(self, home, confirmed):
        """One of the two is there, and the other one is not lost."""
        if (home / ".evenstride-cut-off").exists():
            with pytest.raises(DiaryError, match="cut off"):
                Diary.open(home)
            restore(home.with_name("copy"), home)
        found = walks_of(home)
        assert found == ["then"] or (found == ["now"] and not confirmed)
        if found == ["then"]:
            earliest = min((home / "backups").glob("replaced-*"))
            restore(earliest, home)
            assert ["now"] == walks_of(home)
        with Diary.open(home) as diary:
            assert 3 == diary.outing("now").back.worst


class Erasing(WithARecording):
    """Everything is removed."""

    def act(self, home, confirm):
        """Erase."""
        erase(home)
        confirm("done")

    def check(self, home, confirmed):
        """The diary is whole, or says that it is half gone; then the rest can be removed."""
        if confirmed:
            assert not home.exists()
            return
        if (home / ".evenstride-cut-off").exists():
            with pytest.raises(DiaryError, match="cut off"):
                Diary.open(home)
        elif home.exists():
            assert walks_of(home) in (["now"], [])
        erase(home)
        assert not home.exists()


class Upgrading(WithARecording):
    """A diary of the first version is brought up to date."""

    def prepare(self, home):
        """Make it as the first version did."""
        make_earlier(home, 1)

    def act(self, home, confirm):
        """Open it."""
        with Diary.open(home):
            confirm("done")

    def check(self, home, _confirmed):
        """All of it is there, and so is a copy from before; that much needs no confirmation."""
        assert ["w"] == walks_of(home, recordings=False)
        assert list((home / "backups").glob("version-1-*.sqlite"))


class Encrypting(WithARecording):
    """A diary with an old copy is encrypted."""

    def prepare(self, home):
        """Have a plain copy in the folder, too."""
        super().prepare(home)
        with Diary.open(home) as diary:
            back_up(diary, home.with_name("copy"))
        restore(home.with_name("copy"), home)

    def act(self, home, confirm):
        """Encrypt."""
        encrypt(home, PASSPHRASE)
        confirm("done")

    def check(self, home, confirmed):
        """It is all plain or, once opened, all encrypted."""
        encrypted = is_encrypted(home)
        assert encrypted or not confirmed
        assert ["now"] == walks_of(home, PASSPHRASE if encrypted else None)
        only(home, encrypted=encrypted)


class Decrypting(Encrypting):
    """It is decrypted again."""

    def prepare(self, home):
        """Encrypt it."""
        super().prepare(home)
        encrypt(home, PASSPHRASE)

    def act(self, home, confirm):
        """Decrypt."""
        decrypt(home, PASSPHRASE)
        confirm("done")

    def check(self, home, confirmed):
        """It is all plain or, once opened, all encrypted."""
        encrypted = is_encrypted(home)
        assert not encrypted or not confirmed
        assert ["now"] == walks_of(home, PASSPHRASE if encrypted else None)
        only(home, encrypted=encrypted)


class ChangingThePassphrase(Decrypting):
    """It gets another passphrase."""

    def act(self, home, confirm):
        """Change it."""
        change_passphrase(home, PASSPHRASE, "three")
        confirm("done")

    def check(self, home, confirmed):
        """One of the two opens it."""
        found = []
        for passphrase in ("three",) if confirmed else (PASSPHRASE, "three"):
            with suppress(DiaryError):
                found.append(walks_of(home, passphrase))
        assert [["now"]] == found


class RestoringAnEncryptedOne(Encrypting):
    """An encrypted backup is put in the place of a plain diary."""

    def prepare(self, home):
        """Make it."""
        super().prepare(home)
        encrypt(home, PASSPHRASE)
        with Diary.open(home, passphrase=PASSPHRASE) as diary:
            back_up(diary, home.with_name("sealed"))
        shutil.rmtree(home)
        restore(home.with_name("copy"), home)

    def act(self, home, confirm):
        """Restore."""
        restore(home.with_name("sealed"), home, PASSPHRASE)
        confirm("done")

    def check(self, home, confirmed):
        """It is all plain or, once opened, all encrypted; or says what to do, and that helps."""
        if (home / ".evenstride-cut-off").exists():
            with pytest.raises(DiaryError, match="cut off"):
                Diary.open(home)
            restore(home.with_name("sealed"), home, PASSPHRASE)
        super().check(home, confirmed)


def readable(diary):
    """Check that every recording has its original bytes."""
    for kept in diary.recordings():
        with diary.open_recording(kept.sha256) as file:
            assert CONTENT == file.read()


def walks_of(home, passphrase=None, *, recordings=True):
    """Open a diary, read its recordings, write to it, and return the walks."""
    with Diary.open(home, passphrase=passphrase) as diary:
        names = [walk.id for walk in diary.outings()]
        if recordings:
            readable(diary)
        diary.add_outing(Outing("later", START))
        diary.remove_outing("later")
    return names


def only(home, *, encrypted):
    """Check that the folder holds encrypted files only, or plain ones only."""
    plain = [*home.rglob("*.gz")]
    plain += [path for path in home.rglob("*.sqlite") if path.read_bytes().startswith(b"SQLite")]
    sealed = [path for path in home.rglob("*") if path.suffix == ".sealed"]
    assert not (plain if encrypted else sealed)
    assert encrypted == bool([*home.glob("key-*.json")])


SCENARIOS = [
    Entering,
    Bringing,
    BackingUp,
    Exporting,
    Restoring,
    Erasing,
    Upgrading,
    Encrypting,
    Decrypting,
    ChangingThePassphrase,
    RestoringAnEncryptedOne,
]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
def test_kill_at_every_step(tmp_path, monkeypatch, scenario):
    """Killed at any step, the diary opens or says what happened, and holds what was confirmed."""
    monkeypatch.setitem(keys.COST, "n", 2)  # a passphrase that is tried a thousand times
    scenario = scenario()
    before = tmp_path / "before"
    before.mkdir()
    scenario.prepare(before / "home")

    def run(step):
        place = tmp_path / f"step{step}"
        shutil.copytree(before, place)
        ended, confirmed = killed_at(step, lambda confirm: scenario.act(place / "home", confirm))
        return place, ended, confirmed

    for _ in range(2):  # the first time, modules are loaded as well
        place, ended, confirmed = run(0)
        assert 0 == ended
        steps = int(confirmed.pop())
        scenario.check(place / "home", confirmed)
        shutil.rmtree(place)

    # Every step with EVENSTRIDE_EVERY_STEP=1; else a spread of them, for the sake of time.
    stride = 1 if os.environ.get("EVENSTRIDE_EVERY_STEP") else max(1, steps // 4)
    for step in range(1, steps + 1, stride):
        place, ended, confirmed = run(step)
        # Random salts change the number of steps a little: only one of the last may not be reached.
        assert signal.SIGKILL == ended or step > steps - 5
        scenario.check(place / "home", confirmed)
        shutil.rmtree(place)
