"""Where check-ups are kept between two sittings; when nothing can be kept, asking goes on.

A person who may need help must get the answer also with a full disk or a folder that is closed.
"""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evenstride.app.private import write_private
from evenstride.checkup import check_up
from evenstride.checkup.interview import Interview, Step, resumed
from evenstride.checkup.knowledge import Knowledge
from evenstride.diary.place import home_of
from evenstride.errors import EvenstrideError
from evenstride.model import CheckUp
from evenstride.model.checkup import Answer

__all__ = ["Shelf"]

_UNFINISHED = "unfinished.json"
_LEFTOVER_S = 3600.0  # no write takes as long: what is older was left by one that was cut off


class Shelf:
    """The folder of a person's check-ups.

    Attributes:
        problem: Why something could not be kept; None as long as all of it was.
    """

    def __init__(self, home: Path | None) -> None:
        self.problem: OSError | None = None
        self._folder: Path | None = None
        try:
            folder = home_of(home) / "checkups"
            folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
            self._folder = folder
            self._sweep(folder)
        except OSError as error:
            self.problem = error

    def unfinished(self, known: Knowledge) -> tuple[Interview, datetime]:
        """Return the interview that was left, and when it was begun.

        What cannot be read is begun anew, never half believed.
        """
        kept = self._read(_UNFINISHED)
        try:
            begun = datetime.fromisoformat(kept["begun"]).astimezone(UTC)
            steps = tuple(Step(str(step["page"]), dict(step["replies"])) for step in kept["steps"])
        except (ValueError, KeyError, TypeError, OverflowError):
            return Interview(), datetime.now(UTC)
        return resumed(steps, known), begun

    def last(self) -> CheckUp | None:
        """Return the last finished check-up that can be read, judged with today's knowledge."""
        names = sorted(path.name for path in self._folder.glob("2*.json")) if self._folder else []
        for name in reversed(names):
            try:
                return check_up(self._read(name).get("answers", []))
            except EvenstrideError:
                continue  # a file of another version, or a damaged one, is no reason to refuse
        return None

    def keep(self, interview: Interview, begun: datetime) -> None:
        """Keep the steps of an interview that goes on."""
        steps = [{"page": step.page, "replies": dict(step.replies)} for step in interview.steps]
        self._write(_UNFINISHED, {"begun": begun.isoformat(), "steps": steps})

    def keep_finished(self, answers: dict[str, Answer]) -> None:
        """Keep the answers of a check-up that is done; the unfinished one is then gone."""
        now = datetime.now(UTC)
        finished = {"finished": now.isoformat(timespec="seconds"), "answers": answers}
        if self._write(f"{now:%Y-%m-%dT%H%M%S.%fZ}.json", finished) and self._folder:
            (self._folder / _UNFINISHED).unlink(missing_ok=True)

    def _write(self, name: str, kept: dict[str, Any]) -> bool:
        if self._folder is None:
            return False
        try:
            write_private(self._folder / name, json.dumps(kept, ensure_ascii=False).encode())
        except OSError as error:
            self.problem = error
            return False
        return True

    def _read(self, name: str) -> dict[str, Any]:
        """Return the content of a file; empty if there is none, or if it is damaged or closed."""
        if self._folder is None:
            return {}
        try:
            found = json.loads((self._folder / name).read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    @staticmethod
    def _sweep(folder: Path) -> None:
        """Remove what a computer left that went off while it wrote; never what is being written."""
        for part in folder.glob(".evenstride-*.part"):
            if time.time() - part.stat().st_mtime > _LEFTOVER_S:
                part.unlink(missing_ok=True)
