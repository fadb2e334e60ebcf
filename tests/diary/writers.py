"""Write to a diary from a process of its own: run by test_crash.py."""

import resource
import signal
import sys
from pathlib import Path

from evenstride.diary import Diary
from evenstride.errors import DiaryError
from evenstride.model import Outing


def fill(home: Path) -> None:
    """Write walks until the files may not grow any more, then try to keep a recording."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with Diary.open(home) as diary:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
        try:
            for number in range(10_000):
                diary.add_outing(Outing(f"w{number}", 10**18, note="x" * 2000))
                print(f"w{number}")
        except DiaryError as error:
            print(error)
        try:
            diary.keep_recording(home / "big.bin")
        except DiaryError as error:
            print(error)


def write(home: Path, name: str) -> None:
    """Write a hundred walks."""
    with Diary.open(home) as diary:
        for number in range(100):
            diary.add_outing(Outing(f"{name}{number}", 10**18))


if sys.argv[2] == "fill":
    fill(Path(sys.argv[1]))
else:
    write(Path(sys.argv[1]), sys.argv[2])
