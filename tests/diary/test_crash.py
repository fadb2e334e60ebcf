"""Whatever was confirmed is there after kill -9, a full disk, and two programs at once."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from evenstride.diary import Diary
from evenstride.errors import DiaryError
from evenstride.model import Outing

CRASH = Path(__file__).with_name("crash.py")


def started(home, what):
    """Start a writer in a process of its own."""
    return subprocess.Popen(
        [sys.executable, str(CRASH.with_name("writers.py")), str(home), what],
        stdout=subprocess.PIPE,
        text=True,
    )


def run(home, at, log):
    """Run the writer until it dies at a step; return the way it ended and what was confirmed."""
    done = subprocess.run(
        [sys.executable, "-S", str(CRASH), str(home), str(at), str(log)],
        check=False,
        env={"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.defpath},
    )
    return done.returncode, log.read_text().splitlines() if log.exists() else []


def holds(home, confirmed):
    """Check that everything confirmed is there and nothing is half done."""
    with Diary.open(home) as diary:
        walks = {walk.id: walk for walk in diary.outings()}
        for name in ("w0", "w1", "w2"):
            if name in confirmed and not (name == "w1" and len(confirmed) >= 5):
                assert name in walks
        if "removed" in confirmed:
            assert "w1" not in walks
        if "rated" in confirmed:
            assert 7 == walks["w0"].back.worst
        if "recording" in confirmed:
            assert 1 == len(diary.recordings())
        for kept in diary.recordings():
            with diary.open_recording(kept.sha256) as file:
                assert b"1,2\n" * 500 == file.read()
        now = {change.id: change.after for change in diary.history("outings")}
        assert set(walks) == {name for name, after in now.items() if after is not None}
        diary.add_outing(Outing("later", 10**18))


def test_kill_at_every_step(tmp_path):
    """Killed at any step, the diary opens, and holds what was confirmed."""
    code, confirmed = run(tmp_path / "whole", 0, tmp_path / "whole.log")
    steps = int(confirmed[-1].removeprefix("steps "))
    assert 0 == code

    # Every step with EVENSTRIDE_EVERY_STEP=1; else a spread of them, for the sake of time.
    stride = 1 if os.environ.get("EVENSTRIDE_EVERY_STEP") else max(1, steps // 40)
    for at in range(1, steps + 1, stride):
        home = tmp_path / f"home{at}"
        code, confirmed = run(home, at, tmp_path / f"{at}.log")
        assert -signal.SIGKILL == code
        holds(home, confirmed)


def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path):
    """What was confirmed before the disk was full is there, and no half file stays."""
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


def test_two_programs_at_once(tmp_path):
    """Two programs that open a new diary and write at the same time lose nothing."""
    with started(tmp_path / "home", "a") as one, started(tmp_path / "home", "b") as other:
        one.communicate()
        other.communicate()

    assert [0, 0] == [one.returncode, other.returncode]
    with Diary.open(tmp_path / "home") as diary:
        assert 200 == len(diary.outings())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_said(tmp_path):
    """A diary that may not be written says so."""
    with Diary.open(tmp_path):
        pass
    (tmp_path / "diary.sqlite").chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(DiaryError, match="may not be written"):
            Diary.open(tmp_path)
    finally:
        tmp_path.chmod(0o700)
