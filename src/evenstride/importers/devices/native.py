"""Asking the native reader (actfast) in a process of its own.

actfast reads whole files, by their path, and keeps all of one in memory; damage in a file can end
the process that runs it. So it gets small, self-contained files, one after the other, in a helper
process: memory stays bounded and damage costs a piece. The small file lives in memory where the
system can do that (Linux); elsewhere in a private temporary folder (0700) that is removed.
"""

from __future__ import annotations

import atexit
import os
import struct
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from threading import Lock, Timer
from typing import IO

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import MissingExtra

__all__ = ["DESK", "Decoded", "decode", "need_actfast"]

_LONGEST_S = 15.0  # for one small file, which takes milliseconds
_IDLE_S = 20.0
_MOST_SAMPLES = 4_000_000
_HEAD = struct.Struct("<q?")


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """What the native reader found in a small file.

    Attributes:
        time_ns: (n,) nanoseconds on the clock of the device, as if it ran in UTC.
        acceleration_g: (n, 3).
        turning_deg_s: (n, 3), or None without a gyroscope.
    """

    time_ns: NDArray[np.int64]
    acceleration_g: NDArray[np.float32]
    turning_deg_s: NDArray[np.float32] | None


def need_actfast() -> None:
    """Check that the native reader is installed.

    Raises:
        MissingExtra: If it is not.
    """
    if find_spec("actfast") is None:
        raise MissingExtra("Files of research sensors", "devices")


class _Helper:
    """The helper process and the small file it reads."""

    def __init__(self) -> None:
        kept: tuple[int, ...] = ()
        self.folder = tempfile.TemporaryDirectory() if not _has_memory_files() else None
        if self.folder is None:
            self.file = os.memfd_create("evenstride", os.MFD_CLOEXEC)
            path = f"/proc/self/fd/{self.file}"
            kept = (self.file,)
        else:
            path = str(Path(self.folder.name, "piece"))
            flags = os.O_CREAT | os.O_RDWR | getattr(os, "O_BINARY", 0)
            self.file = os.open(path, flags, 0o600)
        script = str(Path(__file__).with_name("helper.py"))
        self.process = subprocess.Popen(  # noqa: S603 - our own script
            [sys.executable, "-P", script, path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Telling where it gave up can take it forever where memory is short.
            env={**os.environ, "RUST_BACKTRACE": "0"},
            pass_fds=kept,
        )

        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("The helper was started without pipes.")
        self.questions, self.answers = self.process.stdin, self.process.stdout
        self.works = True

    def ask(self, data: bytes) -> Decoded | None:
        """Return what is in a small file, or None if the reader refused or the helper ended."""
        os.ftruncate(self.file, 0)
        os.lseek(self.file, 0, os.SEEK_SET)
        with os.fdopen(os.dup(self.file), "wb") as file:
            file.write(data)
        watch = Timer(_LONGEST_S, self.process.kill)
        watch.start()
        try:
            self.questions.write(b"\n")
            self.questions.flush()
            return _answer(self.answers)
        except (OSError, EOFError):
            self.works = False
            return None
        finally:
            watch.cancel()

    def close(self) -> None:
        """End the process and remove the small file."""
        with suppress(OSError), self.process:
            self.process.kill()
        with suppress(OSError):
            os.close(self.file)
        if self.folder is not None:
            self.folder.cleanup()


def _has_memory_files() -> bool:
    return (
        sys.platform == "linux" and hasattr(os, "memfd_create") and Path("/proc/self/fd").exists()
    )


def _answer(pipe: IO[bytes]) -> Decoded | None:
    """Read an answer; None if the file was refused.

    Raises:
        EOFError: If the helper ended in the middle.
    """
    count, turns = _HEAD.unpack(_exactly(pipe, _HEAD.size))
    if count < 0:
        return None
    if count > _MOST_SAMPLES:
        raise EOFError
    time_ns = np.frombuffer(_exactly(pipe, 8 * count), np.int64)
    acceleration = np.frombuffer(_exactly(pipe, 12 * count), np.float32)
    turning = np.frombuffer(_exactly(pipe, 12 * count), np.float32) if turns else None
    return Decoded(
        time_ns,
        acceleration.reshape(-1, 3),
        None if turning is None else turning.reshape(-1, 3),
    )


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


class Desk:
    """Keeps one helper for all passes and lets it go when it has been idle for a while."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.helper: _Helper | None = None
        self.idle: Timer | None = None

    def ask(self, data: bytes) -> Decoded | None:
        """Return what is in a small file, or None; starts a helper if there is none."""
        with self.lock:
            if self.idle is not None:
                self.idle.cancel()
            if self.helper is None:
                self.helper = _Helper()
            found = self.helper.ask(data)
            if not self.helper.works:
                self.helper.close()
                self.helper = None
            self.idle = Timer(_IDLE_S, self.close)
            self.idle.daemon = True
            self.idle.start()
            return found

    def close(self) -> None:
        """Let the helper go."""
        with self.lock:
            if self.helper is not None:
                self.helper.close()
                self.helper = None


DESK = Desk()
atexit.register(DESK.close)


def decode(data: bytes) -> Decoded | None:
    """Read a small raw file of a device.

    Returns:
        What is in it; None if the native reader refused it, or gave up on it.
    """
    return DESK.ask(data)
