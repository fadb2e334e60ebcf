"""A page of the check-up as its template shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from evenstride.app.interview import Asking, Page, Question
from evenstride.web.interview.replies import NOT_SURE, Wrong, is_ticked, typed_as

__all__ = ["Asked", "asked_of", "whys_of"]

Kind = Literal["tick", "choice", "scale", "number"]
"""A line to tick, one of some choices, 0 to 10, or a number that is typed."""

_MOST_POINTS = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a page.

    Attributes:
        id: Its name in the form.
        kind: How it is answered.
        says: The question, or the line to tick.
        last: What was answered last time; may be empty.
        hint: What a number looks like; may be empty.
        unit: Of a number; empty for any other.
        choices: What is offered, as it is named in the form and as it reads.
        typed: What was typed before, where the page is shown again.
        wrong: Why it was not taken; None if nothing is wrong.
    """

    id: str
    kind: Kind
    says: str
    last: str
    hint: str
    unit: str
    choices: tuple[tuple[str, str], ...]
    typed: Sequence[str]
    wrong: Wrong | None


def asked_of(
    page: Page,
    asking: Asking,
    typed: Mapping[str, Sequence[str]] | None = None,
    wrong: Mapping[str, Wrong] | None = None,
) -> list[Asked]:
    """Return the questions of a page.

    Args:
        page: The page that is due.
        asking: The interview.
        typed: The fields of a form that was not taken.
        wrong: Why not, by question.
    """
    return [
        _asked(page, question, asking, (typed or {}).get(question.id, ()), wrong or {})
        for question in page.questions
    ]


def whys_of(page: Page, asking: Asking) -> list[str]:
    """Return why the questions of a page are asked."""
    said = [f"{one.item or one.ask} {one.why}" for one in page.questions if one.why]
    return said or [asking.known.wording["keyboard"]["no_special_why"]]


def _asked(
    page: Page,
    question: Question,
    asking: Asking,
    typed: Sequence[str],
    wrong: Mapping[str, Wrong],
) -> Asked:
    words = asking.known.wording
    last = asking.last_time(question)
    listed = is_ticked(page, question)
    return Asked(
        id=question.id,
        kind=_kind(question, listed),
        says=(question.item if listed and question.kind == "bool" else "") or question.ask,
        last=words["asking"]["last_time"].format(answer=last) if last else "",
        hint=words["keyboard"]["units"][question.unit] if question.kind == "number" else "",
        unit=question.unit,
        choices=tuple(_choices(question, words["asking"])),
        typed=typed,
        wrong=wrong.get(question.id),
    )


def _kind(question: Question, listed: bool) -> Kind:
    if question.kind == "bool" and listed:
        return "tick"
    if question.kind != "number":
        return "choice"
    return "scale" if question.low == 0 and question.high == _MOST_POINTS else "number"


def _choices(question: Question, words: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if question.kind == "bool":
        yield typed_as(True), words["if_true"]
        yield typed_as(False), words["if_false"]
    for name, value in question.values.items():
        yield name, value.offer
    if "unknown" not in question.values:
        yield NOT_SURE, words["not_sure"]
