"""What was ticked and typed on a page of the check-up, as replies or as what is still wrong.

Nothing is guessed: what is not answered, answered twice or not understood is asked again. Only a
list of signs takes what is not ticked for "no", and only once something in it was ticked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from evenstride.app.interview import Page, Question
from evenstride.app.quantities import amount
from evenstride.model.checkup import Answer

__all__ = ["LEAVE", "NONE", "NOT_SURE", "Read", "Wrong", "is_ticked", "read_replies", "typed_as"]

NONE = "none_of_these"
"""The button that says that none of a list fits."""

LEAVE = "leave"
"""The buttons that leave a page out, or end here."""

NOT_SURE = "not_sure"

Wrong = Literal["missing", "twice", "unknown", "number", "nothing", "both"]
"""Not answered; answered in two ways; no such answer; no such number; nothing ticked; ticked, and
"none of these" as well."""

_LIST = ""  # stands for the list as a whole, which is no question


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a form.

    Attributes:
        replies: By question; only those that can be used.
        wrong: What keeps the page from being taken, by question; the whole list is the empty name.
    """

    replies: dict[str, Answer] = field(default_factory=dict)
    wrong: dict[str, Wrong] = field(default_factory=dict)


def is_ticked(page: Page, question: Question) -> bool:
    """Tell whether a question is a line to tick, in a list that "none of these" can answer."""
    return len(page.none_of_these) > 1 and question.id in page.none_of_these


def read_replies(page: Page, form: Mapping[str, Sequence[str]]) -> Read:
    """Return the replies to a page from the fields of its form.

    Args:
        page: The page that is due.
        form: Every value of every field, by name.
    """
    read = Read()
    listed = [question for question in page.questions if is_ticked(page, question)]
    for question in page.questions:
        values = _values(form, question)
        if not (question in listed and not values and question.kind == "bool"):
            _take(question, values, read)
    if listed:
        _take_list(page, listed, form, read)
    return read


def typed_as(answer: Answer) -> str:
    """Return an answer as a form names it."""
    return str(answer).lower() if isinstance(answer, bool) else str(answer)


def _take(question: Question, values: Sequence[str], read: Read) -> None:
    if len(values) != 1:
        read.wrong[question.id] = "twice" if values else "missing"
        return
    answer = _answer(question, values[0])
    if answer is None:
        read.wrong[question.id] = "number" if question.kind == "number" else "unknown"
    else:
        read.replies[question.id] = answer


def _take_list(
    page: Page, listed: Sequence[Question], form: Mapping[str, Sequence[str]], read: Read
) -> None:
    """Add what "none of these" says, and what is not ticked where something is."""
    none = page.none_of_these
    told = [question for question in listed if _values(form, question)]
    worries = [one for one in told if read.replies.get(one.id) != none[one.id]]
    if "1" in form.get(NONE, ()):
        if worries:
            read.wrong[_LIST] = "both"
            return
        for question in listed:
            read.wrong.pop(question.id, None)
            read.replies[question.id] = none[question.id]
    elif not worries and len(told) < len(listed):
        for question in listed:
            if question not in told:
                read.wrong.pop(question.id, None)
        read.wrong[_LIST] = "nothing"
    else:
        for question in listed:
            if question.kind == "bool" and question not in told:
                read.replies[question.id] = none[question.id]


def _values(form: Mapping[str, Sequence[str]], question: Question) -> list[str]:
    """Return the different values that a question was answered with."""
    return list(dict.fromkeys(filter(None, (one.strip() for one in form.get(question.id, ())))))


def _answer(question: Question, value: str) -> Answer | None:
    """Return an answer; None if it cannot be one."""
    if value == NOT_SURE:
        return NOT_SURE
    if question.kind == "bool":
        return {"true": True, "false": False}.get(value)
    if question.kind == "enum":
        return value if value in question.values else None
    number = amount(value, question.unit)
    if number is None or not question.low <= number <= question.high:
        return None
    return int(number) if number.is_integer() else number
