"""The one place where errors become words and exit codes."""

from __future__ import annotations

import errno
import os
import sys
from io import TextIOWrapper
from typing import IO, Any

import click

from evenstride.app.present import visible
from evenstride.app.words import in_own_words
from evenstride.errors import EvenstrideError, OptionError

__all__ = ["Boundary", "Said", "Stopped", "WronglyUsed", "say"]


class Said(click.ClickException):
    """An error that is told in one sentence and a hint."""

    def __init__(self, sentence: str, hint: str = "") -> None:
        # Click shows it when the command is over, and with it the language that it spoke.
        super().__init__(in_own_words(sentence))
        self.hint = in_own_words(hint)

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence and the hint to the error stream."""
        del file  # click offers another stream; errors always go to the error stream
        say(self.message, self.hint)


def say(sentence: str, hint: str = "") -> None:
    """Print a sentence and a hint to the error stream."""
    lines = map(in_own_words, filter(None, (sentence, hint)))
    click.echo(visible("\n".join(lines)), err=True)


class WronglyUsed(Said):
    """What was asked cannot be done."""

    exit_code = 2


class Stopped(Said):
    """The person pressed Ctrl-C."""

    exit_code = 130


class Boundary(click.Group):
    """A group of commands that never ends in a traceback for bad input."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command and turn what can go wrong into words."""
        _open_closed_streams()
        for stream in (sys.stdin, sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")  # no mark is worth a crash in an old terminal
        try:
            return super().invoke(ctx)
        except EvenstrideError as error:
            kind = WronglyUsed if isinstance(error, OptionError) else Said
            raise kind(error.sentence, error.hint) from error
        except KeyboardInterrupt as error:
            raise Stopped("Stopped; nothing was left half-done.") from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # the reader of our output went away: click ends quietly
            if error.filename is None:
                raise Said(f"The output could not be written: {error.strerror}.") from error
            place = os.fsdecode(error.filename)
            raise Said(f"“{place}” could not be used: {error.strerror}.") from error


def _open_closed_streams() -> None:
    """Let words go nowhere where a shell has closed a stream; Python then has None in its place."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8")  # noqa: SIM115, PTH123
            setattr(sys, name, nowhere)
