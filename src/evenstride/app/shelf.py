"""Where check-ups are kept between two sittings; when nothing can be kept, asking goes on.

A person who may need help must get the answer also with a full disk or a folder that is closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from evenstride.app.moments import NS, now_utc_ns
from evenstride.app.passphrase import passphrase_of
from evenstride.checkup import check_up
from evenstride.checkup.interview import Interview, Step, resumed
from evenstride.checkup.knowledge import Knowledge
from evenstride.diary import Diary, Entry, KeptCheckUp
from evenstride.errors import AnswerError, DiaryError
from evenstride.model import CheckUp
from evenstride.model.language import ENGLISH, speaking

__all__ = ["Shelf"]

_UNFINISHED = "checkup"


class Shelf:
    """The check-ups in a person's diary.

    Attributes:
        problem: Why something could not be kept; None as long as all of it was.
    """

    def __init__(self, home: Path | None) -> None:
        self.problem: DiaryError | None = None
        self._home = home

    def unfinished(self, known: Knowledge) -> tuple[Interview, datetime] | None:
        """Return the interview that was left, and when it was begun; None if there is none.

        What cannot be read is begun anew, never half believed.
        """
        kept: Entry | None = None
        with self._diary() as diary:
            kept = diary.last_entry("interview") if diary else None
        try:
            document = kept.document if kept else {}
            begun = datetime.fromisoformat(document["begun"]).astimezone(UTC)
            steps = [Step(str(one["page"]), dict(one["replies"])) for one in document["steps"]]
        except (ValueError, KeyError, TypeError, OverflowError):
            return None
        return resumed(tuple(steps), known), begun

    def last(self) -> CheckUp | None:
        """Return the last finished check-up that can be read, judged with today's knowledge."""
        with self._diary() as diary:
            for kept in reversed(diary.checkups() if diary else ()):
                try:
                    return check_up(kept.answers)
                except AnswerError:
                    continue  # its questions were others: no reason to refuse
        return None

    def country(self) -> str:
        """Return the person's country; empty if it is not known."""
        person = None
        with self._diary() as diary:
            person = diary.person() if diary else None
        return person.country if person else ""

    def keep(self, interview: Interview, begun: datetime) -> None:
        """Keep the steps of an interview that goes on."""
        steps = [{"page": step.page, "replies": dict(step.replies)} for step in interview.steps]
        document = {"begun": begun.isoformat(), "steps": steps}
        with self._diary() as diary:
            if diary:
                diary.keep_entry(Entry("interview", _UNFINISHED, now_utc_ns(), document))

    def keep_finished(self, found: CheckUp) -> None:
        """Keep a check-up that is done; the unfinished one is then gone."""
        now = now_utc_ns()
        with self._diary() as diary:
            if diary:
                name = f"{datetime.fromtimestamp(now / 1e9, UTC):%Y-%m-%dT%H%M%S.%fZ}"
                with speaking(ENGLISH):  # what is kept is the same whatever was read
                    diary.add_checkup(name, now, check_up(found.answers))
                if diary.last_entry("interview"):
                    diary.remove_entry("interview", _UNFINISHED)

    def has_kept(self, found: CheckUp, since: datetime) -> bool:
        """Tell whether the newest check-up has these answers and was kept since a moment."""
        last = None
        with self._diary() as diary:
            last = diary.last_checkup() if diary else None
        return last is not None and _is(last, found, since)

    def take_back(self, found: CheckUp, since: datetime) -> None:
        """Remove the newest check-up if it is this one: its answers were given by mistake."""
        with self._diary() as diary:
            last = diary.last_checkup() if diary else None
            if diary and last is not None and _is(last, found, since):
                diary.remove_checkup(last.id)

    @contextmanager
    def _diary(self) -> Iterator[Diary | None]:
        """Open the diary; None, and a note of the problem, if it cannot be read or written."""
        try:
            diary = Diary.open(self._home, passphrase=passphrase_of(self._home))
        except DiaryError as error:
            self.problem = error
            yield None
            return
        with diary:
            try:
                yield diary
            except DiaryError as error:
                self.problem = error


def _is(kept: KeptCheckUp, found: CheckUp, since: datetime) -> bool:
    """Tell whether a check-up is the one that was kept since; an older one is another."""
    return kept.answers == found.answers and kept.at_utc_ns >= since.timestamp() * NS
