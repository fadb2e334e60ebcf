"""Answers are checked before anything rests on them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from evenstride.checkup.knowledge import Finding, Knowledge
from evenstride.errors import AnswerError
from evenstride.model.checkup import Answer

__all__ = ["checked", "checked_answer"]


def checked(answers: Any, known: Knowledge) -> dict[str, Answer]:
    """Return the answers, in the order of the questions, or refuse them.

    Args:
        answers: ``{id of a question: answer}``; a question that was not asked is left out.
        known: The knowledge.

    Raises:
        AnswerError: If an id, a type or a number is wrong; it names the first one.
    """
    if not isinstance(answers, Mapping):
        raise AnswerError(
            "", "Answers come as one object: a name of a question and its answer, and so on."
        )
    for name in answers:
        if not isinstance(name, str) or name not in known.findings:
            raise _no_such_question(name, known)
    return {
        name: checked_answer(answers[name], finding)
        for name, finding in known.findings.items()
        if name in answers
    }


def checked_answer(answer: Any, finding: Finding) -> Answer:
    """Return one answer, or refuse it.

    Raises:
        AnswerError: If it is no answer to this question.
    """
    if isinstance(answer, str) and answer == "not_sure":
        return answer
    if finding.kind == "bool" and isinstance(answer, bool):
        return answer
    if finding.kind == "enum" and isinstance(answer, str) and answer in finding.values:
        return answer
    if (
        finding.kind == "number"
        and isinstance(answer, int | float)
        and not isinstance(answer, bool)
        and (isinstance(answer, int) or math.isfinite(answer))
        and finding.low <= answer <= finding.high
    ):
        return answer
    raise AnswerError(
        finding.id, f"“{_text(answer)}” is no answer to “{finding.id}”.", f"Use {_wanted(finding)}."
    )


def _wanted(finding: Finding) -> str:
    if finding.kind == "bool":
        return "true, false or not_sure"
    if finding.kind == "enum":
        return f"{', '.join(finding.values)} or not_sure"
    return f"a number from {finding.low:g} to {finding.high:g} ({finding.unit}) or not_sure"


def _no_such_question(name: Any, known: Knowledge) -> AnswerError:
    text = _text(name)
    near = get_close_matches(text, known.findings, n=1)
    return AnswerError(
        text,
        f"There is no question “{text}”.",
        f"Did you mean “{near[0]}”?" if near else "docs/checkup/questions.md lists all of them.",
    )


def _text(value: Any) -> str:
    """Return what was given, cut to a length that a person can read."""
    try:
        text = value if isinstance(value, str) else repr(value)
    except (ValueError, RecursionError):  # an integer of thousands of digits, a list in itself
        text = f"a {type(value).__name__}"
    return text if len(text) <= 60 else text[:57] + "..."
