"""Asking the questions of the check-up, page by page, so that it can be taken up again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from evenstride.app.person import emergency_number
from evenstride.app.shelf import Shelf
from evenstride.checkup.interview import (
    LAST_TIME,
    Ending,
    Interview,
    Page,
    begun_from,
    finish,
    next_page,
    still_asked,
)
from evenstride.checkup.knowledge import Finding as Question
from evenstride.checkup.knowledge import HomeTest, Knowledge, knowledge
from evenstride.model import CheckUp
from evenstride.model.checkup import Answer

__all__ = ["Asking", "HomeTest", "Page", "Question"]

_STAMP = 32  # letters
_FRESH = timedelta(days=1)  # older answers about warning signs may no longer be true


@dataclass
class Asking:
    """An interview that keeps its steps on disk, so that it can be taken up again.

    Attributes:
        shelf: Where the steps are kept; its ``problem`` says when they cannot be.
        known: The knowledge.
        interview: The steps so far.
        begun: When its first page was shown.
        was_resumed: Whether it goes on where it was left.
        was_too_old: Whether one was left too long ago to go on with.
        last: The check-up before this one, judged with today's knowledge; None if there is none.
        country: Of the person; empty if not known.
    """

    shelf: Shelf
    known: Knowledge
    interview: Interview
    begun: datetime
    was_resumed: bool
    was_too_old: bool
    last: CheckUp | None
    country: str

    @classmethod
    def begin(cls, home: Path | None, *, anew: bool = False) -> Asking:
        """Take up the interview that was left unfinished, or begin one.

        Args:
            home: The person's folder, if not the usual one.
            anew: Drop what was left unfinished.
        """
        shelf, known, now = Shelf(home), knowledge(), datetime.now(UTC)
        last, country = shelf.last(), shelf.country()
        kept = None if anew else shelf.unfinished(known)
        if kept is not None and timedelta() <= now - kept[1] <= _FRESH:
            interview, begun = kept
            return cls(shelf, known, interview, begun, _is_begun(interview), False, last, country)
        too_old = kept is not None and _is_begun(kept[0])
        fresh = begun_from(last.answers, known) if last else Interview()
        return cls(shelf, known, fresh, now, False, too_old, last, country)

    @property
    def emergency_number(self) -> str:
        """The number of the ambulance in the person's country; empty if that is not known."""
        return emergency_number(self.country, "")

    @property
    def taken_over(self) -> tuple[str, ...]:
        """What hardly changes and so is not asked again, as statements."""
        steps = [step for step in self.interview.steps if step.page == LAST_TIME]
        return tuple(
            self.known.findings[name].statement(answer)
            for step in steps
            for name, answer in step.replies.items()
        )

    def page(self) -> Page | Ending:
        """Return what to ask next, or why nothing more is asked."""
        return next_page(self.interview, self.known)

    def stamp(self, page: Page) -> str:
        """Return what shows that a reply is meant for this page, as it is asked here and now.

        It is another one for the same page with other questions, or after other answers.
        """
        steps = [[step.page, dict(step.replies)] for step in self.interview.steps]
        asked = [page.id, [question.id for question in page.questions], steps]
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:_STAMP]

    def reply(self, page: Page, replies: Mapping[str, Answer]) -> None:
        """Take the replies to a page, and keep them."""
        self._take(self.interview.reply(page, replies))

    def back(self) -> None:
        """Take back the last page; before the first one, what was taken over from last time."""
        self._take(self.interview.back())

    def last_time(self, question: Question) -> str:
        """Return what was answered last time, as a statement; empty if nothing was."""
        answer = self.last.answers.get(question.id) if self.last else None
        return "" if answer is None else question.statement(answer).rstrip(".")

    def first_optional(self, page: Page) -> bool:
        """Tell whether this is the first page after all safety questions: it can end here."""
        screens = {screen.id for screen in self.known.screens}
        return page.optional and self.interview.steps[-1].page in screens

    def before_tests(self, page: Page) -> tuple[str, ...]:
        """Return what holds for all home tests, before the first of them; else nothing."""
        tried = any(step.page.startswith("test:") for step in self.interview.steps)
        return () if tried or not page.test else self.known.before_home_tests

    def place(self, page: Page) -> tuple[int, int] | None:
        """Return which of how many safety pages this is; None for a page of another kind."""
        answers = self.interview.answers(self.known)
        ahead = [s.id for s in self.known.screens if still_asked(s, answers, self.known)]
        if page.id not in ahead:
            return None
        done = sum(step.page in {s.id for s in self.known.screens} for step in self.interview.steps)
        return done + 1, done + len(ahead)

    def result(self) -> CheckUp:
        """Judge the answers so far, without keeping the result.

        Raises:
            AnswerError: If a safety question was not asked, unless it is an emergency already.
        """
        return finish(self.interview, self.known)

    def finish(self) -> CheckUp:
        """Judge the answers and keep them; the unfinished interview is then done with.

        Raises:
            AnswerError: If a safety question was not asked, unless it is an emergency already.
        """
        found = self.result()
        self.shelf.keep_finished(found)
        return found

    def keep(self) -> None:
        """Keep the steps as they are now, also if there are none yet."""
        self.shelf.keep(self.interview, self.begun)

    def keep_emergency(self) -> CheckUp:
        """Keep an emergency as a finished check-up, and its steps as well.

        So it holds also when the person only reads what to do and leaves, and it can still be taken
        back with ``take_back``. Once is enough: a second call changes nothing.
        """
        found = self.result()
        if not self.shelf.has_kept(found, self.begun):
            self.shelf.keep_finished(found)
            self.keep()
        return found

    def take_back(self) -> None:
        """Take back the page that made it an emergency: it was answered by mistake."""
        self.shelf.take_back(self.result(), self.begun)
        self.back()

    def _take(self, interview: Interview) -> None:
        self.interview = interview
        self.keep()


def _is_begun(interview: Interview) -> bool:
    """Tell whether a page was answered; what was taken over from last time is none."""
    return any(step.page != LAST_TIME for step in interview.steps)
