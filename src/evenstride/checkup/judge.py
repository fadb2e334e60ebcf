"""Answers in, check-up out."""

from __future__ import annotations

from collections.abc import Mapping

from evenstride.checkup.answers import checked
from evenstride.checkup.knowledge import Knowledge, knowledge
from evenstride.checkup.patterns import judge_patterns
from evenstride.checkup.triage import judge_triage, missing
from evenstride.model.checkup import Answer, CheckUp

__all__ = ["check_up", "judge"]


def check_up(answers: Mapping[str, Answer]) -> CheckUp:
    """Judge answers: is it safe to wait, and what do they resemble?

    Args:
        answers: ``{id of a question: answer}``. An answer is True, False, "not_sure", one of the
            values of the question, or a number. A question that was not asked is left out.
            ``docs/checkup/questions.md`` lists all of them.

    Returns:
        The result. It judges whatever it is given; ``complete`` says whether every safety question
        was answered. Patterns are empty when help is needed today.

    Raises:
        AnswerError: If an id, a type or a number is wrong; it names it.
    """
    known = knowledge()
    return judge(checked(answers, known), known)


def judge(answers: dict[str, Answer], known: Knowledge) -> CheckUp:
    """Judge checked answers with some knowledge."""
    triage = judge_triage(answers, known)
    return CheckUp(
        knowledge_version=known.version,
        knowledge_hash=known.hash,
        complete=not missing(answers, known),
        triage=triage,
        patterns=() if triage.today else judge_patterns(answers, known),
        answers=answers,
    )
