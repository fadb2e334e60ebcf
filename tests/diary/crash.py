"""Die in the middle of something: for the tests of what a diary survives."""

import os
import signal
import sqlite3
import sys
import traceback
from collections.abc import Callable

import cryptography.hazmat.primitives.ciphers.aead  # noqa: F401 - loading it is no step
from sqlcipher3 import dbapi2 as sqlcipher

EVENTS = {
    "open",
    "fcntl.flock",
    "os.chmod",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "tempfile.mkdtemp",
    "tempfile.mkstemp",
}
"""Every way in which the diary touches the file system by Python."""

Act = Callable[[Callable[[str], None]], None]


def killed_at(step: int, act: Act) -> tuple[int, list[str]]:
    """Do something in a process of its own that is killed with SIGKILL at its n-th step.

    Args:
        step: Counts from 1; 0: it is not killed.
        act: What is done; it is given a function to confirm what has returned.

    Returns:
        The signal that ended it, 0 if none did; and what was confirmed, last of all the number of
        steps if it came to its end.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _act_and_end(step, act, writing)
    os.close(writing)
    with os.fdopen(reading) as told:
        confirmed = told.read().splitlines()
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended <= 0, "it raised an error"
    return -ended, confirmed


def _act_and_end(step: int, act: Act, writing: int) -> None:
    count = 0

    def confirm(name: str) -> None:
        os.write(writing, f"{name}\n".encode())

    def stepped(*_: object) -> None:
        nonlocal count
        count += 1
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        _watch(stepped)
        act(confirm)
        confirm(str(count))
        os._exit(0)
    except BaseException:  # noqa: BLE001 - a test must not go on in a second process
        traceback.print_exc()
        os._exit(1)


def _watch(stepped: Callable[..., None]) -> None:
    """Take every touch of a file, statement and hundred instructions of SQLite as a step."""

    def watched(connect):
        def connected(*given, **options):
            connection = connect(*given, **options)
            connection.set_progress_handler(stepped, 100)
            connection.set_trace_callback(stepped)
            return connection

        return connected

    sqlite3.connect = watched(sqlite3.connect)
    sqlcipher.connect = watched(sqlcipher.connect)
    fsync = os.fsync
    os.fsync = lambda handle: (stepped(), fsync(handle), stepped())[1]
    sys.addaudithook(lambda event, _: stepped() if event in EVENTS else None)
