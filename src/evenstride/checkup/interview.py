"""Asking well: the safety questions first and all of them, then only what can change the answer.

An interview is nothing but the steps taken so far. Going back drops the last step; resuming takes
up a list of steps that was kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from evenstride.checkup.answers import checked_answer
from evenstride.checkup.judge import judge
from evenstride.checkup.knowledge import Finding, HomeTest, Knowledge, Screen
from evenstride.checkup.questions import best_question, useful_tests
from evenstride.checkup.triage import applies, judge_triage, missing
from evenstride.errors import AnswerError
from evenstride.model.checkup import Answer, CheckUp

__all__ = [
    "LAST_TIME",
    "Ending",
    "Interview",
    "Page",
    "Step",
    "begun_from",
    "finish",
    "next_page",
    "resumed",
    "still_asked",
]

LAST_TIME = "last_time"
"""The step that holds what was taken over from an earlier interview."""

PageKind = Literal["list", "again", "question", "test"]
Ending = Literal["emergency", "urgent", "done"]


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked at once.

    Attributes:
        id: Its name.
        kind: A "list" of safety questions, one asked "again" with an example, one further
            "question", or a home "test".
        title: What is asked of all of them.
        lead: A sentence before them; may be empty.
        questions: Each is answered alone.
        test: The movement to try, for a home test.
        optional: Whether the person may leave it out, or end here: true once every safety question
            is answered.
    """

    id: str
    kind: PageKind
    title: str
    lead: str
    questions: tuple[Finding, ...]
    test: HomeTest | None = None
    optional: bool = False

    @property
    def none_of_these(self) -> dict[str, Answer]:
        """What one tap on "none of these" answers; empty if that means nothing here."""
        found = {question.id: question.least_worrying for question in self.questions}
        return {name: answer for name, answer in found.items() if answer is not None}


@dataclass(frozen=True, slots=True)
class Step:
    """A page that was answered; no replies mean that it was left out."""

    page: str
    replies: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Interview:
    """The steps taken so far."""

    steps: tuple[Step, ...] = ()

    def reply(self, page: Page, replies: Mapping[str, Answer]) -> Interview:
        """Return the interview with one more page answered.

        Args:
            page: The page that was shown.
            replies: An answer to each of its questions; none at all leaves an optional page out.

        Raises:
            AnswerError: If an answer is missing, of the wrong kind, or to another question.
        """
        asked = {question.id: question for question in page.questions}
        if replies or not page.optional:
            for name in [*asked, *replies]:
                if name not in asked or name not in replies:
                    raise AnswerError(name, f"“{name}” is not answered on this page.")
        right = {name: checked_answer(answer, asked[name]) for name, answer in replies.items()}
        return Interview((*self.steps, Step(page.id, right)))

    def back(self) -> Interview:
        """Return the interview before the last page; at the start it stays as it is."""
        return Interview(self.steps[:-1])

    def answers(self, known: Knowledge) -> dict[str, Answer]:
        """Return all answers, with those that other answers made needless to ask."""
        given = {name: answer for step in self.steps for name, answer in step.replies.items()}
        for name, answer, hidden in known.implied():
            if name not in given and hidden.judge(given):
                given[name] = answer
        return {name: given[name] for name in known.findings if name in given}


def begun_from(last: Mapping[str, Answer], known: Knowledge) -> Interview:
    """Return a new interview that takes over what hardly changes since an earlier one.

    Safety questions are always asked anew, and what was not known may be known by now.
    """
    lasting = {
        name: answer
        for name, answer in last.items()
        if known.findings[name].lasting and name not in known.first_tier and answer != "not_sure"
    }
    return Interview((Step(LAST_TIME, lasting),) if lasting else ())


def resumed(steps: tuple[Step, ...], known: Knowledge) -> Interview:
    """Return an interview that was kept; steps that the knowledge no longer allows are dropped."""
    return Interview(tuple(step for step in steps if _still_right(step, known)))


def next_page(interview: Interview, known: Knowledge) -> Page | Ending:
    """Return what to ask next, or why nothing more is asked.

    "emergency" ends it at once; "urgent" after all safety questions, since one of them might still
    be an emergency; "done" when no further question can change the answer.
    """
    answers = interview.answers(known)
    level = judge_triage(answers, known).level
    if level == "emergency_now":
        return "emergency"
    if page := _again(interview, answers, known) or _screen(answers, known):
        return page
    if level == "urgent_same_day":
        return "urgent"
    passed = {step.page for step in interview.steps}
    return _question(answers, passed, known) or _test(answers, passed, known) or "done"


def finish(interview: Interview, known: Knowledge) -> CheckUp:
    """Return the check-up of an interview.

    Raises:
        AnswerError: If a safety question was not asked yet, unless it is an emergency already.
    """
    answers = interview.answers(known)
    found = judge(answers, known)
    if not found.complete and found.triage.level != "emergency_now":
        left = missing(answers, known)
        raise AnswerError(
            left[0],
            f"The check-up cannot end yet: {len(left)} safety questions were not asked.",
            f"The next one is “{left[0]}”.",
        )
    return found


def still_asked(screen: Screen, answers: Mapping[str, Answer], known: Knowledge) -> tuple[str, ...]:
    """Return the questions of a screen that are still to be answered."""
    return tuple(
        name for name in screen.items if name not in answers and applies(name, answers, known)
    )


def _again(interview: Interview, answers: Mapping[str, Answer], known: Knowledge) -> Page | None:
    """Ask once more, with an example, where "not sure" alone would send a person to a doctor."""
    passed = {step.page for step in interview.steps}
    for name, answer in answers.items():
        finding, page = known.findings[name], f"again:{name}"
        if finding.asked_again and answer == "not_sure" and page not in passed:
            return Page(page, "again", finding.ask, finding.example, (finding,))
    return None


def _screen(answers: Mapping[str, Answer], known: Knowledge) -> Page | None:
    for screen in known.screens:
        left = tuple(known.findings[name] for name in still_asked(screen, answers, known))
        if left:
            return Page(screen.id, "list", screen.title, screen.lead, left)
    return None


def _question(answers: Mapping[str, Answer], passed: set[str], known: Knowledge) -> Page | None:
    name = best_question(answers, passed, known)
    if name is None:
        return None
    finding = known.findings[name]
    return Page(name, "question", finding.ask, finding.example, (finding,), optional=True)


def _test(answers: Mapping[str, Answer], passed: set[str], known: Knowledge) -> Page | None:
    for test in useful_tests(answers, known):
        page = f"test:{test.id}"
        if page not in passed:
            finding = known.findings[test.id]
            return Page(page, "test", test.name, "", (finding,), test, optional=True)
    return None


def _still_right(step: Step, known: Knowledge) -> bool:
    try:
        for name, answer in step.replies.items():
            checked_answer(answer, known.findings[name])
    except (AnswerError, KeyError):
        return False
    return True
