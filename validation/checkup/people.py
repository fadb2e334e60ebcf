"""Simulated people: random answers, and someone who goes through the interview."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from evenstride.checkup.interview import Ending, Interview, Page, next_page
from evenstride.checkup.knowledge import Finding, Knowledge
from evenstride.checkup.questions import possible_answers
from evenstride.checkup.triage import applies
from evenstride.model.checkup import Answer

__all__ = [
    "Person",
    "Walked",
    "all_answers",
    "ordinary_person",
    "random_answers",
    "random_person",
    "walk_through",
]

Generator = random.Random


@dataclass(frozen=True, eq=False)
class Person:
    """Someone who could answer every question.

    Attributes:
        answers: To every question.
        leaves_out: Optional pages that this person leaves out.
    """

    answers: Mapping[str, Answer]
    leaves_out: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Walked:
    """An interview from the first page to its end.

    Attributes:
        pages: What was shown.
        states: The interview before each page, and at the end.
        ending: Why it ended.
    """

    pages: tuple[Page, ...]
    states: tuple[Interview, ...]
    ending: Ending

    @property
    def interview(self) -> Interview:
        """The interview at its end."""
        return self.states[-1]

    @property
    def questions(self) -> int:
        """How many questions were answered."""
        return sum(len(step.replies) for step in self.interview.steps)


def random_answer(finding: Finding, rng: Generator, worry: float, known: Knowledge) -> Answer:
    """Return any answer that a question takes.

    Args:
        finding: The question.
        rng: Random numbers.
        worry: How likely a yes, or another than the first choice, is.
        known: The knowledge; numbers gather where some rule changes its mind.
    """
    if finding.kind == "bool":
        return rng.random() < worry
    if finding.kind == "enum":
        calm = finding.worry[0] if finding.worry else next(iter(finding.values))
        return rng.choice(list(finding.values)) if rng.random() < worry else calm
    near = [
        number
        for border in possible_answers(finding, known)
        if not isinstance(border, str)
        for number in (border - 1, border, border + 1)
        if finding.low <= number <= finding.high
    ]
    if rng.random() < 0.5:
        return rng.choice(near)
    return rng.randint(int(finding.low), int(finding.high))


def random_answers(rng: Generator, known: Knowledge) -> dict[str, Answer]:
    """Return answers to some questions, in any order: from nearly none to all, calm to alarming."""
    share, unsure = rng.random(), rng.choice((0.0, 0.05, 0.3))
    worry = rng.choice((0.0, 0.02, 0.05, 0.1, 0.3, 0.6))
    names = [name for name in known.findings if rng.random() < share]
    rng.shuffle(names)
    return {
        name: "not_sure"
        if rng.random() < unsure
        else random_answer(known.findings[name], rng, worry, known)
        for name in names
    }


def random_person(rng: Generator, known: Knowledge) -> Person:
    """Return someone with anything from no warning sign to many."""
    alarm, unsure = rng.choice((0.0, 0.01, 0.03, 0.1)), rng.choice((0.0, 0.0, 0.02, 0.1))
    answers: dict[str, Answer] = {}
    for name, finding in known.findings.items():
        worry = alarm if name in known.first_tier and finding.kind == "bool" else 0.3
        sure = rng.random() >= unsure
        answers[name] = random_answer(finding, rng, worry, known) if sure else "not_sure"
    left_out = rng.choice((0.0, 0.2))
    pages = [*known.findings, *(f"test:{test.id}" for test in known.home_tests)]
    return Person(answers, frozenset(page for page in pages if rng.random() < left_out))


def ordinary_person(rng: Generator, known: Knowledge) -> Person:
    """Return someone without a warning sign, whose back hurts after walking."""
    answers = {
        name: random_answer(finding, rng, 0.0 if name in known.first_tier else 0.25, known)
        for name, finding in known.findings.items()
    }
    answers |= {
        "age": rng.randint(25, 70),
        "duration_days": rng.choice((3, 10, 20, 40, 100, 400)),
        "pain_worst": rng.randint(2, 6),
        "walk_worse": True,
        "loc_back": True,
    }
    return Person(answers)


def all_answers(person: Person, walked: Walked, known: Knowledge) -> dict[str, Answer]:
    """Return what the interview has learnt, with every answer that it did not ask for.

    Left out are questions that do not apply, and home tests and measures that were not asked for.
    """
    found = walked.interview.answers(known)
    asked = (name for name, f in known.findings.items() if f.tier in ("1", "2", "3"))
    return {n: person.answers[n] for n in asked if applies(n, found, known)} | found


def walk_through(person: Person, known: Knowledge, most: int = 500) -> Walked:
    """Answer page after page to the end.

    Raises:
        RuntimeError: If it has not ended after ``most`` pages.
    """
    states = [Interview()]
    pages: list[Page] = []
    for _ in range(most):
        page = next_page(states[-1], known)
        if not isinstance(page, Page):
            return Walked(tuple(pages), tuple(states), page)
        left_out = page.optional and page.id in person.leaves_out
        replies = {} if left_out else {q.id: person.answers[q.id] for q in page.questions}
        pages.append(page)
        states.append(states[-1].reply(page, replies))
    raise RuntimeError(f"the interview has not ended after {most} pages")
