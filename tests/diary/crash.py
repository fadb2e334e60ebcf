"""Write to a diary and die at the n-th step: run by test_crash.py in a process of its own."""

import os
import signal
import sqlite3
import sys
from pathlib import Path

from evenstride.diary import Diary
from evenstride.model import Outing

HOME, AT, LOG = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
steps = 0


def step(*_: object) -> None:
    """Count, and die without a word when it is time."""
    global steps
    steps += 1
    if steps == AT:
        os.kill(os.getpid(), signal.SIGKILL)


def confirm(name: str) -> None:
    """Tell that a call has returned."""
    handle = os.open(LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(handle, f"{name}\n".encode())
    os.close(handle)


def audited(event: str, _: object) -> None:
    """Take every touch of the file system by Python as a step."""
    if event in {"open", "os.rename", "os.remove", "os.mkdir", "os.chmod", "sqlite3.connect"}:
        step()


connect = sqlite3.connect


def watched(*args, **options):
    """Take every hundred instructions of SQLite, and every statement, as a step."""
    connection = connect(*args, **options)
    connection.set_progress_handler(step, 100)
    connection.set_trace_callback(step)
    return connection


sqlite3.connect = watched
fsync = os.fsync
os.fsync = lambda handle: (step(), fsync(handle), step())[1]
sys.addaudithook(audited)

with Diary.open(HOME) as diary:
    for number in range(3):
        diary.add_outing(Outing(f"w{number}", 10**18 + number))
        confirm(f"w{number}")
    source = HOME / "walk.csv"
    source.write_bytes(b"1,2\n" * 500)
    diary.keep_recording(source)
    confirm("recording")
    diary.rate("w0", "back", "worst", 7)
    confirm("rated")
    diary.remove_outing("w1")
    confirm("removed")
confirm(f"steps {steps}")
