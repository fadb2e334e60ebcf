"""The process that does one piece of work.

Its standard input brings the order, pickled, and later perhaps the wish to stop; its standard
output carries what the server is told. Nothing secret stands in its arguments or its environment.
When the server is gone, however that came, it stops too.
"""

from __future__ import annotations

import _thread
import json
import os
import pickle
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from evenstride.app.languages import speaking
from evenstride.app.passphrase import ask_with
from evenstride.app.shown import Shown
from evenstride.app.words import words_of
from evenstride.errors import EvenstrideError

__all__ = ["SIZE_BYTES", "Failed", "Stopped", "Told", "Work", "main"]

SIZE_BYTES = 8
"""How many bytes tell the size of the order, which follows."""

_EVERY_S = 0.1
_PATIENCE_S = 20.0
_NICE = 5


@dataclass(frozen=True, slots=True)
class Work:
    """What the process is to do.

    Attributes:
        call: A function of a module; it is given a ``Tell`` first.
        arguments: What follows.
        more: What is named.
        passphrase: Of the diary; None if it is plain.
        language: In which it is told.
        quick: Somebody waits for it.
    """

    call: Callable[..., Shown]
    arguments: tuple[Any, ...]
    more: dict[str, Any]
    passphrase: str | None
    language: str
    quick: bool


@dataclass(frozen=True, slots=True)
class Told:
    """How far it is."""

    done: int
    total: int
    what: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Why it could not be done."""

    sentence: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Stopped:
    """It was stopped; what was kept before is whole."""


def main() -> None:
    """Do what the standard input says."""
    say = _voice()
    line = sys.stdin.fileno()
    size = int.from_bytes(_exactly(line, SIZE_BYTES), "big")
    work: Work = pickle.loads(_exactly(line, size))  # noqa: S301 - from the server that started us
    if not work.quick and hasattr(os, "nice"):
        os.nice(_NICE)  # the pages come first
    ended = threading.Event()
    threading.Thread(target=_heed, args=(line, ended), daemon=True).start()
    with speaking(work.language):
        last = _outcome(work, say)
    ended.set()
    say(last)


def _outcome(work: Work, say: Callable[[object], None]) -> Shown | Failed | Stopped:
    """Do the work, and return what came of it.

    A mistake of ours ends the process with its traceback among the errors; the server then knows
    what to say.
    """
    secret = work.passphrase
    if secret is not None:
        ask_with(lambda: secret)
    words = words_of("web-import")["jobs"]
    try:
        shown = work.call(_Meter(say), *work.arguments, **work.more)
        return Shown(json.loads(shown.to_json(None)), shown.sheet)
    except KeyboardInterrupt:
        return Stopped()
    except EvenstrideError as error:
        return Failed(error.sentence, error.hint)
    except OSError as error:
        return Failed(words["no_disk"].format(why=error.strerror or error))
    except MemoryError:
        return Failed(words["no_memory"])


class _Meter:
    """Tells the server how far it is, some times a second."""

    def __init__(self, say: Callable[[object], None]) -> None:
        self._say = say
        self._next_s = 0.0

    def __call__(self, done: int, total: int, what: str) -> None:
        """Take note of how much is done."""
        now = time.monotonic()
        if now >= self._next_s:
            self._next_s = now + _EVERY_S
            self._say(Told(done, total, what))


def _voice() -> Callable[[object], None]:
    """Return a way to tell the server something; what libraries print goes to the errors."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def say(message: object) -> None:
        with suppress(BrokenPipeError):  # the server is gone: the wish to stop is on its way
            pickle.dump(message, out)
            out.flush()

    return say


def _exactly(line: int, size: int) -> bytes:
    """Read so many bytes; a buffer would keep what comes after them from the thread that heeds."""
    found = b""
    while len(found) < size:
        piece = os.read(line, size - len(found))
        if not piece:
            raise EOFError("the server went away")
        found += piece
    return found


def _heed(line: int, ended: threading.Event) -> None:
    """Wait for the wish to stop, or for the end of the server, and stop as Ctrl-C does."""
    os.read(line, 1)
    if not ended.is_set():
        _thread.interrupt_main()
    if not ended.wait(_PATIENCE_S):
        os._exit(1)
