"""What is known of a piece of long work while it waits, runs and has ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from evenstride.app.shown import Shown

__all__ = ["ENDED", "Job", "Order", "Phase", "State", "Tell"]

Phase = Literal["waiting", "running", "stopping", "done", "failed", "stopped"]
ENDED: frozenset[Phase] = frozenset({"done", "failed", "stopped"})

Tell = Callable[[int, int, str], None]
"""Told how much is done, how much there is (0: nobody knows), and what is being done."""


@dataclass(frozen=True, slots=True)
class State:
    """How far a piece of work is; a new one takes its place each time something changes.

    Attributes:
        phase: Where it is in its life.
        done: How much is done, such as bytes.
        total: How much there is; 0 if nobody knows.
        what: What is being done, such as the name of a file.
        begun_s: When the first of it was done, on the clock of ``time.monotonic``.
        seen_s: When the last of it was done.
        problem: Why it failed, in a sentence.
        hint: What can be done about it.
        shown: What came out.
    """

    phase: Phase = "waiting"
    done: int = 0
    total: int = 0
    what: str = ""
    begun_s: float = 0.0
    seen_s: float = 0.0
    problem: str = ""
    hint: str = ""
    shown: Shown | None = None

    @property
    def has_ended(self) -> bool:
        """Whether nothing will change any more."""
        return self.phase in ENDED

    @property
    def percent(self) -> int | None:
        """How much is done of 100; None if nobody knows."""
        return min(100, 100 * self.done // self.total) if self.total else None

    @property
    def seconds_left(self) -> int | None:
        """How long it will still take if it goes on as it did; None if nobody knows."""
        passed_s = self.seen_s - self.begun_s
        if not (self.total and self.done and passed_s > 0):
            return None
        return round(passed_s * max(0, self.total - self.done) / self.done)


@dataclass(frozen=True, slots=True)
class Order:
    """What a piece of work is for.

    Attributes:
        kind: Such as "import"; its words stand in ``web-import.yaml`` under ``jobs``.
        about: What it belongs to, such as the id of an upload or a recording.
        name: What the person knows that by; may be empty.
        quick: It is short and somebody waits for it, so that it is not queued behind an import.
        ended: Called in the server with the last state, just before others can see that state.
    """

    kind: str
    about: str = ""
    name: str = ""
    quick: bool = False
    ended: Callable[[State], None] | None = None


@dataclass(slots=True)
class Job:
    """A piece of work.

    Attributes:
        id: Its name to the server.
        order: What it is for.
        state: How far it is.
    """

    id: str
    order: Order
    state: State = field(default_factory=State)

    def document(self) -> dict[str, Any]:
        """Return what a script is told of it."""
        state = self.state
        return {
            "id": self.id,
            "kind": self.order.kind,
            "about": self.order.about,
            "name": self.order.name,
            "phase": state.phase,
            "ended": state.has_ended,
            "what": state.what,
            "done": state.done,
            "total": state.total,
            "percent": state.percent,
            "seconds_left": state.seconds_left,
            "problem": state.problem,
            "hint": state.hint,
        }
