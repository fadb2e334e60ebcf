"""The long work of a server: started, followed, stopped, and remembered for a while."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import replace
from pathlib import Path
from typing import Concatenate, ParamSpec

from evenstride.app.languages import language
from evenstride.app.passphrase import passphrase_of
from evenstride.app.shown import Shown
from evenstride.app.words import words_of
from evenstride.errors import EvenstrideError
from evenstride.web.jobs.child import Failed, Stopped, Told, Work
from evenstride.web.jobs.process import WorkProcess
from evenstride.web.jobs.state import Job, Order, State, Tell

__all__ = ["Jobs"]

P = ParamSpec("P")

_REMEMBERED = 20
_CLOSING_S = 10.0


class Jobs:
    """Long work, one piece at a time; what is quick has a lane of its own.

    Args:
        home: The person's folder, if not the usual one.
    """

    def __init__(self, home: Path | None) -> None:
        self._home = home
        self._turn = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._lanes = {quick: _Lane() for quick in (False, True)}
        self._closed = False

    def start(
        self,
        order: Order,
        call: Callable[Concatenate[Tell, P], Shown],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Job:
        """Let a function run in a process of its own, as soon as the work before it is done.

        Args:
            order: What it is for.
            call: A function at the top of a module, such as those in ``tasks``. Its first argument
                is told how far it is. ``KeyboardInterrupt`` comes up in it when it is to stop.
            *args: What it is given after that; it travels pickled through a pipe.
            **kwargs: What it is given by name.

        Returns:
            The piece of work, which waits or runs already.
        """
        secret = passphrase_of(self._home)
        work = Work(call, args, kwargs, secret, language(), order.quick)
        job = Job(secrets.token_hex(8), order)
        # What it calls in the end may open the diary, as the request that started it may.
        context = copy_context()
        with self._turn:
            self._jobs[job.id] = job
            self._forget()
        self._lanes[order.quick].add(lambda: context.run(self._run, job, work))
        return job

    def get(self, id: str) -> Job | None:  # noqa: A002
        """Return a piece of work; None if it is not known, or was forgotten."""
        with self._turn:
            return self._jobs.get(id)

    def all(self) -> tuple[Job, ...]:
        """Return every piece of work that is remembered, the newest first."""
        with self._turn:
            return tuple(reversed(self._jobs.values()))

    def find(self, kind: str, about: str) -> Job | None:
        """Return the newest piece of work of a kind that belongs to something."""
        kept = (one for one in self.all() if (one.order.kind, one.order.about) == (kind, about))
        return next(kept, None)

    def stop(self, job: Job) -> None:
        """Stop a piece of work as Ctrl-C does; one that has ended is left as it is."""
        with self._turn:
            if job.state.has_ended:
                return
            job.state = replace(job.state, phase="stopping")
            process = self._lanes[job.order.quick].processes.get(job.id)
        if process is not None:
            process.stop()

    def forget_all(self) -> None:
        """Stop everything, and forget all of it, also what came of what has ended."""
        for job in self.all():
            self.stop(job)
        with self._turn:
            self._jobs.clear()

    def close(self) -> None:
        """Stop everything, and wait until no process is left."""
        self._closed = True
        for job in self.all():
            self.stop(job)
        for lane in self._lanes.values():
            lane.wait(_CLOSING_S)

    def _run(self, job: Job, work: Work) -> None:
        """Do one piece of work, and follow it to its end."""
        processes = self._lanes[job.order.quick].processes
        with self._turn:
            if stopped := self._closed or job.state.phase == "stopping":
                outcome: Shown | Failed | Stopped | None = Stopped()
            else:
                job.state = replace(job.state, phase="running")
        if not stopped:
            outcome = self._in_process(job, work)
        last = _ended(job.state, outcome)
        try:
            if job.order.ended is not None:
                job.order.ended(last)
        except (EvenstrideError, OSError) as error:
            logging.getLogger(__name__).warning("after %s: %s", job.order.kind, error)
        finally:
            with self._turn:
                processes.pop(job.id, None)
                job.state = last

    def _in_process(self, job: Job, work: Work) -> Shown | Failed | Stopped | None:
        """Start a process, outside of the turn: nobody waits for it to see how far the rest is."""
        try:
            process = WorkProcess(work)
        except OSError as error:  # the system has no room for one more
            logging.getLogger(__name__).warning("before %s: %s", job.order.kind, error)
            return None
        with self._turn:
            self._lanes[job.order.quick].processes[job.id] = process
            stopped_meanwhile = self._closed or job.state.phase == "stopping"
        if stopped_meanwhile:
            process.stop()
        return self._follow(job, process)

    def _follow(self, job: Job, process: WorkProcess) -> Shown | Failed | Stopped | None:
        outcome: Shown | Failed | Stopped | None = None
        for message in process.messages():
            if isinstance(message, Told):
                with self._turn:
                    job.state = _told(job.state, message, time.monotonic())
            else:
                outcome = message
        return outcome

    def _forget(self) -> None:
        """Forget the oldest of what has ended."""
        ended = [name for name, job in self._jobs.items() if job.state.has_ended]
        for name in ended[: max(0, len(ended) - _REMEMBERED)]:
            del self._jobs[name]


class _Lane:
    """Does one thing after another, each on a thread that first waits for the one before."""

    def __init__(self) -> None:
        self.processes: dict[str, WorkProcess] = {}
        self._turn = threading.Lock()
        self._last: threading.Thread | None = None

    def add(self, do: Callable[[], None]) -> None:
        """Do something once everything before it is done."""
        with self._turn:
            before = self._last
            self._last = threading.Thread(target=_after, args=(before, do), daemon=True)
            self._last.start()

    def wait(self, longest_s: float) -> None:
        """Wait until there is nothing to do."""
        if self._last is not None:
            self._last.join(longest_s)


def _after(before: threading.Thread | None, do: Callable[[], None]) -> None:
    if before is not None:
        before.join()
    do()


def _told(state: State, message: Told, now_s: float) -> State:
    return replace(
        state,
        done=message.done,
        total=message.total,
        what=message.what,
        begun_s=state.begun_s or now_s,
        seen_s=now_s,
    )


def _ended(state: State, outcome: Shown | Failed | Stopped | None) -> State:
    """Return the last state of a piece of work; one that died without a word has failed."""
    if isinstance(outcome, Shown):
        return replace(state, phase="done", shown=outcome)
    if isinstance(outcome, Failed):
        return replace(state, phase="failed", problem=outcome.sentence, hint=outcome.hint)
    if isinstance(outcome, Stopped) or state.phase == "stopping":
        return replace(state, phase="stopped")
    words = words_of("web-import")["jobs"]
    return replace(state, phase="failed", problem=words["crashed"], hint=words["crashed_hint"])
