"""Plays timed steps in a terminal: a cue, a countdown, pause, skip and stop."""

from __future__ import annotations

import select
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import click

__all__ = ["Clock", "TerminalClock", "play"]


class Clock(Protocol):
    """Lets time pass, and listens for a key meanwhile."""

    def wait(self, seconds: float | None) -> str | None:
        """Wait for a line, at most so long (None: for ever); None if none was typed."""


class TerminalClock:
    """The real time, and lines typed at the keyboard."""

    def wait(self, seconds: float | None) -> str | None:
        """Wait for a line, at most so long (None: for ever); None if none was typed."""
        if not sys.stdin.isatty():
            time.sleep(seconds or 0)
            return None
        ready, _, _ = select.select([sys.stdin], [], [], seconds)
        return sys.stdin.readline().strip().lower() if ready else None


def play(steps: Sequence[Any], words: Mapping[str, Any], clock: Clock) -> tuple[bool, float]:
    """Play timed steps.

    Args:
        steps: Each with ``seconds`` and ``cue``.
        words: Of the screen "routine".
        clock: Lets the time pass.

    Returns:
        Whether it was played to its end, and how many seconds were.
    """
    click.echo(words["keys"], err=True)
    played = 0.0
    for step in steps:
        if step.cue:
            click.echo(f"{step.cue}  ({step.seconds} s)", err=True)
        left = step.seconds
        while left > 0:
            _countdown(left)
            typed = clock.wait(1)
            if typed is None:
                left, played = left - 1, played + 1
            elif typed == "q":
                return False, played
            elif typed == "s":
                break
            else:
                click.echo(words["paused"], err=True)
                if clock.wait(None) == "q":
                    return False, played
        _countdown(0)
    return True, played


def _countdown(left: int) -> None:
    """Show the seconds that are left on one line, in a terminal only."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{left:>4} " if left else "\r\x1b[K")
        sys.stderr.flush()
