"""The check-up: ask, keep, judge, show, hand on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from evenstride.app.person import emergency_number
from evenstride.app.shelf import Shelf
from evenstride.checkup import check_up
from evenstride.checkup.changes import Changes, compare
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
from evenstride.errors import AnswerError, OptionError
from evenstride.model import CheckUp
from evenstride.model.checkup import Answer

__all__ = [
    "Asking",
    "HomeTest",
    "Page",
    "Question",
    "as_text",
    "explained",
    "exported",
    "judge_file",
]

_FRESH = timedelta(days=1)  # older answers about warning signs may no longer be true
_MOST_BYTES = 1_000_000  # a file of answers is a few kilobytes


def judge_file(path: Path) -> CheckUp:
    """Judge the answers in a file: ``{id: answer}``, or a FHIR QuestionnaireResponse.

    Raises:
        OptionError: If the file is no JSON.
        AnswerError: If an answer cannot be used.
    """
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise OptionError(f"“{path}” is too large to be a file of answers.")
    try:
        answers = json.loads(content, object_pairs_hook=_each_once, parse_int=_number)
    except (ValueError, RecursionError) as error:
        raise OptionError(
            f"“{path}” is no JSON file of answers.", 'It should look like {"fever": false}.'
        ) from error
    if isinstance(answers, dict) and "resourceType" in answers:
        from evenstride.checkup.fhir import answers_from

        answers = answers_from(answers, knowledge())
    return check_up(answers)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name that is given twice: the last one would win, and a "yes" could be lost."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise AnswerError(twice, f"“{twice}” is answered twice.", "Give each answer once.")
    return found


def _number(digits: str) -> float:
    """Return a whole number; one of thousands of digits is as good as endless."""
    try:
        return int(digits)
    except ValueError:
        return float("inf")


def as_text(
    found: CheckUp,
    *,
    professional: bool,
    width: int,
    color: bool,
    before: CheckUp | None = None,
    emergency_number: str = "",
) -> str:
    """Return a check-up for a terminal, with what changed since an earlier one.

    Args:
        found: The check-up.
        professional: Clinical words.
        width: Of the terminal, in letters.
        color: Whether colour is welcome.
        before: The check-up before this one.
        emergency_number: Of the person's country; empty if that is not known.
    """
    from evenstride.report.checkup import checkup_report
    from evenstride.report.sheet_text import render_sheet

    changes: Changes | None = compare(before, found) if before else None
    report = checkup_report(
        found,
        knowledge(),
        professional=professional,
        changes=changes,
        emergency_number=emergency_number,
    )
    return render_sheet(report, width=width, color=color)


def explained(rule_id: str, *, width: int, color: bool) -> str:
    """Return a triage rule: what it asks for, when, why, on what sources.

    Raises:
        OptionError: If there is no such rule.
    """
    from evenstride.report.checkup import rule_report
    from evenstride.report.sheet_text import render_sheet

    known = knowledge()
    names = [rule.id for rule in known.rules]
    found = [name for name in names if rule_id.casefold() in (name.casefold(), name[:3].casefold())]
    if not found:
        raise OptionError(f"There is no rule “{rule_id}”.", f"There are: {', '.join(names)}.")
    rule = known.rules[names.index(found[0])]
    return render_sheet(rule_report(rule, known), width=width, color=color)


def exported(kind: Literal["questionnaire", "response", "dmn"], found: CheckUp | None) -> str:
    """Return the questions or the answers for FHIR R4, or the rules as a DMN decision table.

    Args:
        kind: What is wanted.
        found: The check-up whose answers are handed on; only for "response".
    """
    known = knowledge()
    if kind == "dmn":
        from evenstride.checkup.dmn import decision_table

        return decision_table(known)
    from evenstride.checkup.fhir import questionnaire, response

    if kind == "questionnaire":
        document = questionnaire(known)
    elif found is None:
        raise OptionError("There are no answers to hand on.", "Name them with --answers FILE.")
    else:
        now = datetime.now(UTC)
        document = response(found.answers, known, now, complete=found.complete)
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)


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
        emergency_number: Of the person's country; empty if that is not known.
    """

    shelf: Shelf
    known: Knowledge
    interview: Interview
    begun: datetime
    was_resumed: bool
    was_too_old: bool
    last: CheckUp | None
    emergency_number: str

    @classmethod
    def begin(cls, home: Path | None, *, anew: bool = False) -> Asking:
        """Take up the interview that was left unfinished, or begin one.

        Args:
            home: The person's folder, if not the usual one.
            anew: Drop what was left unfinished.
        """
        shelf, known, now = Shelf(home), knowledge(), datetime.now(UTC)
        last, number = shelf.last(), emergency_number(shelf.country(), "")
        kept, begun = (Interview(), now) if anew else shelf.unfinished(known)
        too_old = bool(kept.steps) and not timedelta() <= now - begun <= _FRESH
        if kept.steps and not too_old:
            return cls(shelf, known, kept, begun, True, False, last, number)
        fresh = begun_from(last.answers, known) if last else Interview()
        return cls(shelf, known, fresh, now, False, too_old, last, number)

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

    def reply(self, page: Page, replies: Mapping[str, Answer]) -> None:
        """Take the replies to a page, and keep them."""
        self._take(self.interview.reply(page, replies))

    def back(self) -> None:
        """Take back the last page; before the first one, what was taken over from last time."""
        self._take(self.interview.back())

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

    def _take(self, interview: Interview) -> None:
        self.interview = interview
        self.shelf.keep(interview, self.begun)
